"""What an audit of a round was asked ↔ the settings a ledger keeps: a round is closed as it was opened."""

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from fupin_cli.catalogue import both
from fupin_cli.errors import UsageError
from fupin_cli.jobs.files import expanded, sha256
from fupin_cli.jobs.request import Request
from fupin_cli.model.settings import Settings, Wishes

_WORDS = {
    "select": "--select", "ignore": "--ignore", "severity": "--severity", "as_of": "--as-of", "region": "--region",
    "profile": "--profile", "given": "--set", "lists": "--list", "ledgers": "--ledger", "previous": "--previous",
    "rules": "--rules", "sheets": "--sheet", "map": "--map", "mapping": "--mapping",
}  # fmt: skip


def settings_of(request: Request) -> dict[str, Any]:
    """Return what is kept of a request: everything but its files and today."""
    settings, wishes = request.settings, request.wishes
    return {
        "select": list(settings.select),
        "ignore": list(settings.ignore),
        "severity": settings.severity,
        "as_of": settings.as_of.isoformat() if settings.as_of else None,
        "region": settings.region,
        "profile": settings.profile,
        "given": dict(settings.given),
        "lists": [[name, _absolute(file)] for name, file in request.lists],
        "ledgers": [_absolute(file) for file in request.ledgers],
        "previous": [_absolute(file) for file in request.previous if isinstance(file, Path)],
        "rules": _absolute(request.rules_dir) if request.rules_dir else None,
        "sheets": list(wishes.sheets),
        "map": dict(wishes.mapping),
        "beside": sorted(beside(request)),
        "mapping": _absolute(request.mapping) if request.mapping else None,
    }


def _absolute(path: Path) -> str:
    """Return a path that means the same from whatever folder the round is closed."""
    return str(path.absolute())


def request_of(kept: dict[str, Any], files: Sequence[Path], today: date) -> Request:
    """Return the request that a round's settings stand for, over other files and on another day."""
    settings = Settings(
        today=today,
        as_of=date.fromisoformat(kept["as_of"]) if kept["as_of"] else None,
        region=kept["region"],
        profile=kept["profile"],
        select=tuple(kept["select"]),
        ignore=tuple(kept["ignore"]),
        severity=kept["severity"],
        given=dict(kept["given"]),
    )
    return Request(
        files=tuple(files),
        settings=settings,
        wishes=Wishes(sheets=tuple(kept["sheets"]), mapping=dict(kept["map"])),
        lists=tuple((name, Path(file)) for name, file in kept["lists"]),
        ledgers=tuple(Path(file) for file in kept["ledgers"]),
        previous=tuple(Path(file) for file in kept["previous"]),
        rules_dir=Path(kept["rules"]) if kept["rules"] else None,
        mapping=Path(kept["mapping"]) if kept["mapping"] else None,
    )


def beside(request: Request) -> dict[str, str]:
    """Return path → sha256 of the files that are no registry: lists, ledgers, the earlier edition."""
    previous = [file for file in request.previous if isinstance(file, Path)]
    return hashes([*(file for _, file in request.lists), *request.ledgers, *previous])


def hashes(files: Iterable[Path]) -> dict[str, str]:
    """Return path → sha256 of every file, those of folders included; one that cannot be read is left to the reader."""
    found: dict[str, str] = {}
    for source in expanded(files):
        if source.skipped or source.failed:
            continue
        path = source.file if source.file.is_file() else next((p for p in source.file.parents if p.is_file()), None)
        if path is not None:
            found[_absolute(path)] = sha256(path)
    return found


def all_severities(request: Request) -> Request:
    """Return the request without a least severity: what is only not told must not look as if it were gone."""
    return replace(request, settings=replace(request.settings, severity="notice"))


def differing(one: dict[str, Any], other: dict[str, Any]) -> tuple[str, ...]:
    """Return the options in which the settings of two rounds differ, as they are written."""
    return tuple(word for name, word in _WORDS.items() if one.get(name) != other.get(name))


def refuse_baseline(request: Request) -> None:
    """Refuse a baseline: a round has answers of its own for what may stay."""
    if request.baseline is not None:
        raise UsageError(
            *both("清洗轮次不用基线：可以接受的问题由核实反馈和县一级确认销号（fupin round close --confirm）。")
        )
