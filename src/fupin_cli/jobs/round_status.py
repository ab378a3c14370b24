"""`fupin round status`: a campaign's folder in; how its doubts stand, place by place and round by round, out."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from fupin_cli.jobs.round_close import last_round
from fupin_cli.model.round import STATUSES, Doubt, Event, RoundFigures, RoundStatus, Standing, Status
from fupin_cli.rounds import Ledger, doubts, events, open_ledger, rounds

_WAITING: frozenset[Status] = frozenset(("open", "issued", "reappeared"))  # nobody has answered


def run(folder: Path, level: str, day: date) -> RoundStatus:
    """Return how the doubts stand.

    Args:
        folder: of the campaign.
        level: 乡 or 村: what the doubts are counted by.
        day: against which a deadline is held.

    Raises:
        UsageError: no round was opened.
        InputError: no ledger.
    """
    with open_ledger(folder) as ledger:
        current = last_round(ledger)
        all_doubts = doubts(ledger)
        places: dict[tuple[str, str], list[Doubt]] = {}
        for doubt in all_doubts:
            village = (doubt.village or "") if level == "村" else ""
            places.setdefault((doubt.township or "", village), []).append(doubt)
        standings = tuple(_standing(place, found, day) for place, found in sorted(places.items()))
        figures = tuple(_figures(ledger))
        return RoundStatus(str(folder), current.number, day, standings, _standing(("", ""), all_doubts, day), figures)


def _standing(place: tuple[str, str], found: Sequence[Doubt], day: date) -> Standing:
    counts: dict[Status, int] = dict.fromkeys(STATUSES, 0)
    for doubt in found:
        counts[doubt.status] += 1
    overdue = sum(doubt.status in _WAITING and doubt.deadline is not None and doubt.deadline < day for doubt in found)
    return Standing(*place, counts, overdue)


def _figures(ledger: Ledger) -> Iterable[RoundFigures]:
    """Yield each round: what came, what went, what was left; townships that opened a round apart found a doubt once."""
    happened: dict[int, list[Event]] = {}
    for event in events(ledger):
        happened.setdefault(event.round, []).append(event)
    found = Counter(number for (number,) in ledger.rows("SELECT round FROM seen"))
    stands: dict[str, Status] = {}
    for one in rounds(ledger):
        here = happened.get(one.number, [])
        new = {event.doubt for event in here if event.before is None} - stands.keys()
        stands |= {event.doubt: event.after for event in here}
        yield RoundFigures(
            number=one.number,
            opened=one.opened[:10],
            closed=one.closed[:10] if one.closed else None,
            deadline=one.deadline,
            found=found[one.number],
            new=len(new),
            reappeared=len({event.doubt for event in here if event.after == "reappeared"}),
            struck_off=len({event.doubt for event in here if event.after == "closed"}),
            left=sum(status != "closed" for status in stands.values()),
        )
