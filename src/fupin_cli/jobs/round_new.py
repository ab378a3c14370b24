"""`fupin round new`: workbooks in; the next round open in the campaign's ledger, every finding a doubt, out."""

from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

from msgspec import Struct, field

from fupin_cli.catalogue import both
from fupin_cli.errors import InputError, UsageError
from fupin_cli.jobs.request import Progress, Request
from fupin_cli.jobs.round_audit import Seen, named, seen
from fupin_cli.jobs.round_keys import corrected
from fupin_cli.jobs.round_request import settings_of
from fupin_cli.rounds import (
    KeyChange,
    Ledger,
    Moment,
    RoundOpened,
    doubt_keys,
    known_as,
    mark,
    open_ledger,
    record_findings,
    record_key_change,
    record_round,
    rounds,
)

Note = tuple[str, str]  # zh, en


class Opening(Struct, frozen=True):
    """A round that is to be opened."""

    folder: Path
    at: str  # ISO moment
    who: str
    fupin: str  # version
    deadline: date | None = None
    number: int | None = None  # None: the next


class Opened(Struct, frozen=True):
    """A round that was opened."""

    number: int
    counts: dict[str, int]  # new, open, reappeared, excused, gone (open before, not found now)
    keys: int  # corrected keys
    done_before: bool  # this very round was open already: nothing was written
    notes: tuple[Note, ...] = field(default=())


def run(request: Request, opening: Opening, progress: Progress = lambda _stage, _done, _total: None) -> Opened:
    """Audit the files and open the next round with what was found.

    Raises:
        UsageError: an unknown rule id, list, profile or region; a round number that is not to come.
        InputError: a file cannot be read: its doubts would be missing from the round.
        OutputError: the ledger cannot be written, or another process is writing it.
    """
    made = open_ledger(opening.folder, create=True, at=opening.at, fupin=opening.fupin)
    with made as ledger, seen(request, progress) as found:
        _refuse_failed(found)
        return _opened(ledger, found, settings_of(request), opening)


def _opened(ledger: Ledger, found: Seen, settings: dict[str, Any], opening: Opening) -> Opened:
    """Enter everything in one step; which number it gets is decided inside, where no other process writes."""
    closed = [(each.number, each.closed) for each in rounds(ledger) if each.closed]
    key = mark(
        sorted(found.sources.items()), sorted(map(repr, settings.items())), opening.deadline, opening.number, closed
    )
    with ledger.step("new", key, opening.at, opening.who) as step:
        if not step.done:
            number = _number(ledger, opening.number)
            when = Moment(number, opening.at, opening.who)
            data_date = found.audit.as_of
            record_round(
                ledger,
                RoundOpened(settings, opening.deadline, data_date, opening.fupin, found.sources, found.rules),
                when,
            )
            keys = _keys(ledger, found)
            for change in keys:
                record_key_change(ledger, change, when)
            before = {each.id for each in doubt_keys(ledger) if each.status != "closed"}
            sightings = named(found, known_as(ledger))
            became = record_findings(
                ledger, sightings, when, f"第{number}轮核查 {step_files(found.sources)}", opening.deadline
            )
            counts = dict(Counter(became.values())) | {"gone": len(before - became.keys())}
            unstable = sum(not each.stable for each in sightings)
            step.result.update(number=number, counts=counts, keys=len(keys), unstable=unstable)
        result, done = dict(step.result), step.done
    notes = (*_unstable(result["unstable"]), *found.audit.notes)
    return Opened(result["number"], result["counts"], result["keys"], done, notes)


def step_files(sources: dict[str, str]) -> str:
    """Return the files a step read, as a proof names them: how many, and a mark of all their hashes."""
    return f"（{len(sources)} 个文件，sha256 {mark(sorted(sources.values()))}）"


def _number(ledger: Ledger, asked: int | None) -> int:
    last = max((each.number for each in rounds(ledger)), default=0)
    if asked is not None and asked <= last:
        raise UsageError(
            *both(
                "--round {asked}：台账里已有第 {last} 轮；下一轮是第 {last2} 轮，不写 --round 即可。",
                asked=asked,
                last=last,
                last2=last + 1,
            )
        )
    return last + 1 if asked is None else asked


def _keys(ledger: Ledger, found: Seen) -> tuple[KeyChange, ...]:
    names = known_as(ledger)
    known = doubt_keys(ledger)
    ids = {each.id for each in known}
    now = {names.get(each.found_as, each.found_as) for each in found.sightings}
    lost = [each for each in known if each.id not in now]
    new = [each for each in found.sightings if names.get(each.found_as, each.found_as) not in ids]
    return corrected(found.judged, lost, new)


def _refuse_failed(found: Seen) -> None:
    if found.audit.failed_files:
        path, zh, en = found.audit.failed_files[0]
        raise InputError(
            *both(
                "{path}：{why} 有文件没有读到，没有开轮：它的疑点会漏掉；修好或移走后再运行。", path=path, why=(zh, en)
            )
        )


def _unstable(count: int) -> tuple[Note, ...]:
    if not count:
        return ()
    return (both("{count} 条疑点没有户编号可依，下一轮可能认不出是同一条；请先补户编号。", count=count),)
