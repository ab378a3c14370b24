"""Turn a Place into the link of a report's cell that opens the original workbook there."""

import os
from pathlib import Path

from fupin_cli.model.place import Place
from fupin_cli.values.text import legible

_LONGEST = 2000  # characters a link may have in Excel, with room for escapes


def link_to(place: Place, folder: Path) -> str:
    """Return `external:book.xlsx#'Sheet'!B12` as seen from `folder`; "" when no link can be made.

    The path is relative where both stand on one drive, so that a folder moved as a whole keeps its links.
    """
    file = place.file.resolve()
    if any(parent.is_file() for parent in file.parents):
        return ""  # it stands in an archive
    try:
        path = os.path.relpath(file, folder)
    except ValueError:  # another drive of Windows
        path = str(file)
    if "#" in path or "%" in path or legible(path) != path:
        return ""  # a link cannot carry these: Excel and WPS would open another file
    link = f"external:{path}"
    if place.sheet and (place.cells or place.row is not None):
        sheet = place.sheet.replace("'", "''")
        cell = place.cells[0] if place.cells else f"A{place.row}"
        link += f"#'{sheet}'!{cell}"
    return link if len(link.encode()) <= _LONGEST else ""
