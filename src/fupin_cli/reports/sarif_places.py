"""The places of a finding → locations as SARIF has them."""

import os
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from msgspec.structs import replace

from fupin_cli.model.finding import Finding
from fupin_cli.model.place import Place
from fupin_cli.reports.format_words import said
from fupin_cli.reports.positions import from_here, position
from fupin_cli.reports.words import Lang

BASE = "%SRCROOT%"  # what a CI takes for the root of the repository


def located(file: str | Path) -> dict[str, Any]:
    """Return where a file is: relative to the folder fupin was run in, or a whole address where it is elsewhere."""
    return dict(_located(str(file), str(Path.cwd())))


@lru_cache(maxsize=1024)  # a hundred thousand findings stand in a few files
def _located(file: str, _here: str) -> tuple[tuple[str, str], ...]:
    path = from_here(Path(file))
    if path.is_absolute():
        return (("uri", path.as_uri()),)
    return ("uri", quote(os.fsencode(path.as_posix()))), ("uriBaseId", BASE)


def location_of(place: Place, cell: str = "") -> dict[str, Any]:
    """Return the location of a place, or of one of its cells; a whole sheet has no region."""
    row, column = position(replace(place, row=None, cells=(cell,)) if cell else place)
    physical: dict[str, Any] = {"artifactLocation": located(place.file)}
    if row is not None:
        region = {"startLine": row}
        physical["region"] = {**region, "startColumn": column, "endColumn": column + 1} if column else region
    location: dict[str, Any] = {"physicalLocation": physical}
    name = cell or (place.cells[0] if place.cells else str(row or ""))
    kind = "cell" if cell or place.cells else "row" if row else "sheet"
    called = "!".join(part for part in (place.sheet, name) if part)
    if called:
        location["logicalLocations"] = [{"name": name or place.sheet, "fullyQualifiedName": called, "kind": kind}]
    return location


def related(finding: Finding, lang: Lang) -> list[dict[str, Any]]:
    """Return the other cells of the first place, and the other places, each with what it is."""
    if not finding.places:
        return []
    first, *rest = finding.places
    found = [
        {**location_of(first, cell), "message": {"text": said("also_cell", lang, cell=cell)}}
        for cell in first.cells[1:]
    ]
    found += [{**location_of(place), "message": {"text": said(f"role_{place.role}", lang)}} for place in rest]
    return [{"id": number, **location} for number, location in enumerate(found, 1)]
