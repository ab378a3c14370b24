"""Copies that were written in; the fixes that do not read as meant there, or that make a finding which was not there, out."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Protocol

from msgspec.structs import replace

from fupin_cli.catalogue import both
from fupin_cli.errors import FupinError
from fupin_cli.fixes import reads_alike, same_value
from fupin_cli.jobs.clean_copies import Copied, Left
from fupin_cli.jobs.clean_seen import At, Reading, Seen, Wanted, seen
from fupin_cli.jobs.request import Progress, Request
from fupin_cli.model.finding import Finding
from fupin_cli.model.fix import Fix
from fupin_cli.model.sheet import Kind

_NARROW = 3  # times that only the fixes of a finding's own rows are taken back; then all of its files
_MISREAD = both("改后读出的值与改前不同，没有改动")
_NEW = both("改后会出现原来没有的问题（{rule}），没有改动")
_UNREADABLE = both("改后读不出表，没有改动")


class Copies(Protocol):
    """What is written so far."""

    folder: Path
    below: dict[Path, str]
    fixes: dict[Path, dict[str, Fix]]
    copied: dict[Path, Copied]


def unproven(work: Copies, request: Request, before: Seen, rounds: int, progress: Progress) -> list[Left]:
    """Return the fixes to be taken back, each with the reason in both languages; [] when all holds."""
    copies = {file: work.folder / below for file, below in work.below.items()}
    originals = {copy: file for file, copy in copies.items()}
    fixes = [fix for own in work.fixes.values() for fix in own.values()]
    where = {fix: _at(fix, copies, work.copied) for fix in fixes}
    sheets = request.wishes.sheets
    names = {new for copied in work.copied.values() for old, new in (copied.names or {}).items() if old in sheets}
    wishes = replace(request.wishes, sheets=tuple(dict.fromkeys((*sheets, *names))) if sheets else ())
    try:
        again = seen(
            replace(request, files=tuple(copies.values()), wishes=wishes), Wanted(at=list(where.values())), progress
        )
    except FupinError:
        return [(fix, *_UNREADABLE) for fix in fixes]
    broken = {originals[Path(path)] for path, _, _ in again.failed if Path(path) in originals}
    bad: dict[Fix, Left] = {fix: (fix, *_UNREADABLE) for fix in fixes if fix.file in broken}
    for fix in fixes:
        was = before.readings[fix.file, fix.sheet, fix.row, fix.index]
        if fix not in bad and not _as_meant(fix, was, again.readings.get(where[fix])):
            bad[fix] = (fix, *_MISREAD)
    for finding in _new(before, again, originals):
        for fix in _blamed(finding, fixes, originals, whole=rounds > _NARROW):
            bad.setdefault(fix, (fix, _NEW[0].format(rule=finding.rule), _NEW[1].format(rule=finding.rule)))
    return list(bad.values())


def _at(fix: Fix, copies: dict[Path, Path], copied: dict[Path, Copied]) -> At:
    names = copied[fix.file].names or {}
    return copies[fix.file], names.get(fix.sheet, fix.sheet), fix.row, fix.index


def _as_meant(fix: Fix, was: Reading, now: Reading | None) -> bool:
    """Tell whether the copy holds what was to be written, and reads as before; one that says more need only be read."""
    if now is None:  # of a row or a table that is none any more
        return False
    if now.text != fix.after or (now.kind is not fix.after_kind and now.kind is not Kind.TEXT):
        return False
    if not reads_alike(fix.repair):
        return now.state == 0 or fix.after is None
    return now.state == was.state and same_value(was.value, now.value)


def _new(before: Seen, again: Seen, originals: dict[Path, Path]) -> Iterator[Finding]:
    """Yield the findings that were not there: neither by their id, nor of that rule at that place."""
    ids = {one.id for one in before.findings}
    places = {_place(one, {}) for one in before.findings}
    for one in again.findings:
        if one.id not in ids and _place(one, originals) not in places:
            yield one


def _place(finding: Finding, originals: dict[Path, Path]) -> tuple[Any, ...]:
    """Return the rule and where it stands; the copy of an .xls has its sheets under other names."""
    first = finding.places[0] if finding.places else None
    where = (originals.get(first.file, first.file), first.row, first.cells) if first else ()
    return finding.rule, where, finding.column, finding.list


def _blamed(finding: Finding, fixes: Iterable[Fix], originals: dict[Path, Path], *, whole: bool) -> list[Fix]:
    """Return the fixes that may have made a finding: of its rows, else of its column, else of its files, else all."""
    places = [(originals.get(one.file, one.file), one.row) for one in finding.places]
    files = {file for file, _ in places}
    there = list(fixes)
    own = [fix for fix in there if (fix.file, fix.row) in places]
    column = [fix for fix in there if fix.file in files and fix.column == finding.column]
    of_files = [fix for fix in there if fix.file in files]
    choices = (of_files, there) if whole else (own, column, of_files, there)
    return next((choice for choice in choices if choice), [])
