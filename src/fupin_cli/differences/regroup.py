"""Pairs of persons and of households in; moved, split, merged and changed heads, as records, out."""

from collections.abc import Iterable

from msgspec import Struct

from fupin_cli.differences.records import records
from fupin_cli.differences.regroup_events import Events, Parting, events
from fupin_cli.differences.sides import Sides
from fupin_cli.engines import Engine
from fupin_cli.model.difference import HeadChange, Move, Regrouping


class Regrouped(Struct, frozen=True):
    """What happened to households; each person stands in one move, split or merger, but where a split is a merger too."""

    moved: tuple[Move, ...] = ()
    regrouped: tuple[Regrouping, ...] = ()  # splits, then mergers
    head_changed: tuple[HeadChange, ...] = ()


def regroup(engine: Engine, sides: Sides) -> Regrouped:
    """Tell moves, splits, mergers and changed heads from `对_人` and `对_户`.

    Persons are those met on both sides and known to be there on each (not 自然减少); one whose number stands in two
    households of a side is a duplicate, and where he lives is not known. A clerk wants each event once:

    - split: a household of the left whose members stand in two households of the right or more, each of which goes on
      from it (they are a pair) or was not there before. Mirror: merged, into a household that goes on or is new.
    - moved: everybody else whose two households are not a pair: from a household that goes on to one that was there
      before, or into no household, or out of none. A member of a split or merger is told there and not here.
    - head changed: a pair of households with one sure 户主 on each side, and these are two persons: one of them is met
      elsewhere on the other side, or name and day of birth both differ. What is only a corrected name or number is none.

    Swapping the sides swaps left and right, and splits and mergers.
    """
    found = events(engine, sides)
    seen = _Seen(engine, sides, found)
    return Regrouped(
        tuple(
            Move(
                seen.person_l[left],
                seen.person_r[right],
                None if lh is None else seen.home_l[lh],
                None if rh is None else seen.home_r[rh],
            )
            for left, right, lh, rh in found.moved
        ),
        (*(seen.split(one) for one in found.split), *(seen.merged(one) for one in found.merged)),
        tuple(
            HeadChange(seen.home_l[lh], seen.home_r[rh], seen.person_l[left], seen.person_r[right])
            for lh, left, rh, right in found.heads
        ),
    )


class _Seen:
    """The records of every row that an event names."""

    def __init__(self, engine: Engine, sides: Sides, found: Events) -> None:
        split, merged, moved, heads = found.split, found.merged, found.moved, found.heads
        homes_l = [row[2] for row in moved] + [one.one for one in split] + [row[0] for row in heads]
        homes_r = [row[3] for row in moved] + [one.one for one in merged] + [row[2] for row in heads]
        homes_l += [other for one in merged for other in one.others]
        homes_r += [other for one in split for other in one.others]
        self.person_l = records(
            engine, sides, "left", "人", _once([*(row[0] for row in moved), *(row[1] for row in heads)])
        )
        self.person_r = records(
            engine, sides, "right", "人", _once([*(row[1] for row in moved), *(row[3] for row in heads)])
        )
        self.home_l = records(engine, sides, "left", "户", _once(homes_l))
        self.home_r = records(engine, sides, "right", "户", _once(homes_r))

    def split(self, one: Parting) -> Regrouping:
        members = tuple((name, 0, position) for name, position in one.members)
        return Regrouping("split", (self.home_l[one.one],), tuple(self.home_r[other] for other in one.others), members)

    def merged(self, one: Parting) -> Regrouping:
        members = tuple((name, position, 0) for name, position in one.members)
        return Regrouping("merged", tuple(self.home_l[other] for other in one.others), (self.home_r[one.one],), members)


def _once(ids: Iterable[int | None]) -> list[int]:
    return sorted({one for one in ids if one is not None})
