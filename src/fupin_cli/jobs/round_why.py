"""`fupin round why A B`: two rounds of a campaign in; what differs between them, each with its cause, out."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Literal

from msgspec import Struct

from fupin_cli.catalogue import both
from fupin_cli.errors import UsageError
from fupin_cli.jobs.files import sha256
from fupin_cli.jobs.request import Progress
from fupin_cli.jobs.round_audit import Seen, named, seen
from fupin_cli.jobs.round_causes import Both, Judged, Sides, cause_of
from fupin_cli.jobs.round_request import all_severities, differing, request_of
from fupin_cli.model.round import Cause, Doubt, RoundWhy
from fupin_cli.rounds import Ledger, RoundKept, doubts, known_as, open_ledger, rounds, rules_of, sources

DATA = ("lists", "ledgers", "previous")  # settings that name files


class _Round(Struct, frozen=True):
    """One of the two rounds."""

    kept: RoundKept
    doubts: dict[str, Doubt]
    files: dict[str, str]  # path → sha256


def run(folder: Path, first: int, second: int, progress: Progress = lambda _stage, _done, _total: None) -> RoundWhy:
    """Return what differs between two rounds, by cause.

    Where the files of one of them are still as they were, they are judged again as the other round judged: then data and rules
    are told apart for each doubt. Else by what the ledger kept of files, rules and parameters; where both changed, nobody can tell.

    Raises:
        UsageError: no such round, or not in this order.
        InputError: no ledger.
    """
    with open_ledger(folder) as ledger:
        one, other = _round(ledger, first), _round(ledger, second)
        if first >= second:
            raise UsageError(
                *both("{first} {second}：先写前一轮，再写后一轮，如 fupin round why 1 2。", first=first, second=second)
            )
        judged = _again(ledger, one, other, progress)
        shared = Both(
            _sides(ledger, one), _sides(ledger, other), judged, differing(one.kept.settings, other.kept.settings)
        )
    return RoundWhy(
        first=first,
        second=second,
        kept=len(one.doubts.keys() & other.doubts.keys()),
        causes=tuple(_causes(one, other, shared)),
        moved=tuple(_moved(one, other)),
        rejudged=judged.which if judged else "",
        notes=() if judged else (_not_again(one, other),),
    )


def _round(ledger: Ledger, number: int) -> _Round:
    kept = next((each for each in rounds(ledger) if each.number == number), None)
    if kept is None:
        known = "、".join(str(each.number) for each in rounds(ledger))
        raise UsageError(
            *both("台账里没有第 {number} 轮；有第 {known} 轮。", number=number, known=(known or both("（无）")))
        )
    return _Round(kept, {doubt.id: doubt for doubt in doubts(ledger, number)}, sources(ledger, number))


def _sides(ledger: Ledger, one: _Round) -> Sides:
    return Sides(one.kept.number, rules_of(ledger, one.kept.number), tuple(sorted(one.files.values())), one.kept.fupin)


def _again(ledger: Ledger, one: _Round, other: _Round, progress: Progress) -> Judged | None:
    """Judge the files of one round as the other did; None where neither's files are there unchanged."""
    options: list[tuple[Literal["first", "second"], _Round, _Round]] = [("first", one, other), ("second", other, one)]
    for which, data, rules in options:
        if not data.files or not _unchanged(data.files):
            continue
        settings = {**rules.kept.settings, **{name: data.kept.settings[name] for name in DATA}}
        registry = [Path(path) for path in data.files if path not in _named_in(data)]
        day = date.fromisoformat(rules.kept.opened[:10])
        request = all_severities(request_of(settings, registry, day))
        with seen(request, progress) as found:
            return Judged(which, _found(found, ledger), {rule.id: rule for rule in found.rules})
    return None


def _found(found: Seen, ledger: Ledger) -> frozenset[str]:
    return frozenset(each.doubt for each in named(found, known_as(ledger)))


def _unchanged(files: dict[str, str]) -> bool:
    return all(Path(path).is_file() and sha256(Path(path)) == sha for path, sha in files.items())


def _named_in(one: _Round) -> set[str]:
    """Return the files of a round that are no registry: lists, ledgers, the earlier edition."""
    return set(one.kept.settings.get("beside", ()))


def _causes(one: _Round, other: _Round, shared: Both) -> Iterator[Cause]:
    for id_ in sorted(one.doubts.keys() - other.doubts.keys()):
        yield cause_of(one.doubts[id_], "gone", shared)
    for id_ in sorted(other.doubts.keys() - one.doubts.keys()):
        yield cause_of(other.doubts[id_], "new", shared)


def _moved(one: _Round, other: _Round) -> Iterator[tuple[str, str, str]]:
    for id_ in sorted(one.doubts.keys() & other.doubts.keys()):
        before, after = _where(one.doubts[id_]), _where(other.doubts[id_])
        if before != after:
            yield id_, before, after


def _where(doubt: Doubt) -> str:
    name = doubt.file.replace("\\", "/").rpartition("/")[2]
    return f"{name} › {doubt.sheet}" if doubt.sheet else name


def _not_again(one: _Round, other: _Round) -> tuple[str, str]:
    a, b = one.kept.number, other.kept.number
    return both(
        "第 {a} 轮和第 {b} 轮的文件都已不在原处或改过，没有重新判断；按台账记下的文件、规则和标准比较，"
        "两样都变了的说不清是哪一样。",
        a=a,
        b=b,
    )
