"""A heading with members side by side in, the columns of the household and of each member out."""

from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from fupin_cli.catalogue import both
from fupin_cli.engines import Engine
from fupin_cli.model.place import column_index, letter
from fupin_cli.model.sheet import Kind, Sheet
from fupin_cli.model.table import Fixed, Layout, Mapped, Tie
from fupin_cli.tables import heading_text
from fupin_cli.tables.columns import Headed, Mapping, map_columns, written
from fupin_cli.tables.headings import Heading
from fupin_cli.tables.kinds import Claims, Doubt
from fupin_cli.tables.lexicon import Candidate, Lexicon, is_of_another, is_serial
from fupin_cli.tables.numbered_headings import numbered
from fupin_cli.tables.repeats import find_repeats, is_folded, same_values
from fupin_cli.tables.spread_rows import IS_HEAD, Cells, rows_that_go_on

_NAMES = ("姓名", "证件号码", "人编号")
_HEAD_NAME, _HEAD_NUMBER, _RELATION = "户主姓名", "户主证件号码", "与户主关系"
_OWN_OF_HEAD = {_HEAD_NAME: "姓名", _HEAD_NUMBER: "证件号码", "户主编号": "人编号"}
Slot = dict[int, tuple[str, ...]]  # column of the sheet → its heading without what tells the member


class Spread(Struct, frozen=True):
    """The columns of a table in which members stand side by side: each row is a household, or goes on with the one above."""

    shared: Mapping  # of the household
    members: tuple[Mapping, ...]  # of each member, from left to right; of the head first where no other has him
    head: Sheet | None = None  # the rows in which the first member is the head, and no other is
    serials: tuple[int, ...] = ()  # columns of the sheet that count the households

    @property
    def whole(self) -> Mapping:
        """Every column, for what is asked of the table as a whole."""
        parts = (self.shared, *self.members)
        columns = {each.index: each for part in reversed(parts) for each in part.columns if each.cell is None}
        unmapped = {where: heading for part in parts for where, heading in part.unmapped.items()}
        doubts = tuple(dict.fromkeys(doubt for part in parts for doubt in part.doubts))
        explained = tuple(where for part in parts for where in part.explained)
        return Mapping(tuple(columns[i] for i in sorted(columns)), unmapped, doubts, explained=explained)

    def apart(self, engine: Engine, whole: Layout, lexicon: Lexicon) -> list[Layout]:
        """Return the layout of the household and those of its members, tied by the row; `whole` has their rows."""
        going_on = rows_that_go_on(engine, whole, self._cells(lexicon))
        tie = Tie(f"{whole.sheet.relation}|{whole.heading_rows[0]}", by_row=True, going_on=going_on)
        own = replace(whole, columns=self.shared.columns, unmapped=self.shared.unmapped, tie=tie)
        if going_on:
            own = replace(own, sheet=_without(engine, own, going_on))
        layouts = [own] if self.shared.columns else []
        for place, member in enumerate(self.members):
            slot = tuple(each.index for each in member.columns if each.cell is None)
            doubts = () if layouts else whole.doubts
            layouts.append(
                replace(
                    whole,
                    source=whole.source + len(layouts),
                    sheet=self.head if self.head and place == 0 else whole.sheet,
                    kind="人",
                    columns=member.columns,
                    unmapped=member.unmapped,
                    doubts=doubts,
                    slot=slot,
                    tie=tie,
                )
            )
        return layouts

    def _cells(self, lexicon: Lexicon) -> Cells:
        own = [each for each in self.shared.columns if each.cell is None]
        places = tuple(each.index for each in own if lexicon.columns[each.column].level == "地")
        household = tuple(each.index for each in own if each.index not in places)
        unknown = tuple(column_index(where) for where in self.shared.unmapped)
        members = [each for member in self.members for each in member.columns if each.cell is None]
        inside = tuple(dict.fromkeys(each.index for each in members if each.index not in household))
        relations = tuple(each.index for each in members if each.column == _RELATION)
        return Cells((*household, *unknown, *self.serials), places, relations, inside)


def _without(engine: Engine, own: Layout, going_on: str) -> Sheet:
    """Return the view of the sheet without the rows that are no household of their own."""
    relation = f"{own.sheet.relation}_own_{own.heading_rows[0]}"
    engine.run(f"""CREATE OR REPLACE VIEW "{relation}" AS
SELECT * FROM "{own.sheet.relation}" WHERE r NOT IN (SELECT r FROM "{going_on}")""")
    return replace(own.sheet, relation=relation, kinds=(), texts=())


def find_spread(engine: Engine, sheet: Sheet, headed: Headed, surroundings: str) -> Spread | None:
    """Return the columns of households and members, or None where members stand below each other.

    `headed.kind` and `headed.claims` are those of the household.
    """
    heading, lexicon = headed.heading, headed.lexicon
    if lexicon.list_name is not None:
        return None
    slots = _by_number(heading, lexicon, surroundings) or _by_repeats(engine, sheet, heading, lexicon, surroundings)
    if not slots or _of_others(headed, slots):
        return None
    inside = {i for slot in slots for i in slot}
    shared = _mapped(engine, sheet, headed, {i: levels for i, levels in enumerate(heading.levels) if i not in inside})
    members = [_mapped(engine, sheet, replace(headed, kind="人"), slot) for slot in slots]
    if not any(each.column in _NAMES for member in members for each in member.columns):
        return None
    serials = tuple(i for i, levels in enumerate(heading.levels) if is_serial(levels))
    return _with_head(engine, sheet, Spread(shared, tuple(members), None, serials), heading, lexicon)


def _of_others(headed: Headed, slots: Sequence[Slot]) -> bool:
    """Tell whether a column of the groups is a helper's, or of two groups the first is the head's (neighbours.py)."""
    candidates, columns = headed.claims.candidates, headed.lexicon.columns
    inside = [i for slot in slots for i in slot]
    helped = any(candidates[i] and all(columns[each.column].bands for each in candidates[i]) for i in inside)
    heads = len(slots) == 2 and any([each.column for each in candidates[i]] == [_HEAD_NUMBER] for i in slots[0])
    return helped or heads or any(i in headed.claims.barred for i in inside)


def _mapped(engine: Engine, sheet: Sheet, headed: Headed, own: Slot) -> Mapping:
    """Map some columns of a table by what their headings say when the member is left out."""
    heading, lexicon = headed.heading, headed.lexicon
    levels = tuple(own.get(i, ()) for i in range(len(heading.levels)))
    claims = tuple(headed.claims.candidates[i] if i in own else () for i in range(len(levels)))
    if headed.kind == "人":
        claims = tuple(tuple(_meant(each, lexicon)) for each in levels)
    others = frozenset(i for i in range(len(levels)) if i not in own)
    found = map_columns(
        engine, sheet, replace(headed, heading=replace(heading, levels=levels), claims=Claims(claims), unread=others)
    )
    columns = tuple(replace(each, heading=written(heading.levels[each.index])) for each in found.columns)
    letters = {letter(i): i for i in own}
    unmapped = {where: written(heading.levels[letters[where]]) for where in found.unmapped if where in letters}
    return Mapping(columns, unmapped, found.doubts, explained=tuple(set(found.explained) & unmapped.keys()))


def _meant(levels: Sequence[str], lexicon: Lexicon) -> Iterator[Candidate]:
    """Yield what a heading may mean under a band that says it is a member's."""
    if levels:
        for each in lexicon.candidates(("成员", *levels)):
            if lexicon.columns[each.column].level == "人":
                yield each


def _by_number(heading: Heading, lexicon: Lexicon, surroundings: str) -> list[Slot]:
    """Return the columns of each member whom the headings number."""
    sure: dict[int, Slot] = {}
    loose: dict[int, Slot] = {}
    numbers: dict[str, set[int]] = {name: set() for name in _NAMES}
    for i, levels in enumerate(heading.levels):
        if not levels or is_serial(levels) or is_of_another(levels):
            continue
        for way in numbered(levels):
            if way.levels[-1:] != levels[-1:] and _is_known(levels[-1], lexicon, surroundings):
                continue
            rest = way.levels or (("姓名",) if way.said else ())
            meant = {each.column for each in _meant(rest, lexicon)}
            if meant:
                sure.setdefault(way.number, {})[i] = rest
                for name in meant & numbers.keys():
                    numbers[name].add(way.number)
                break
            if way.said:
                loose.setdefault(way.number, {})[i] = rest
                break
    members = max(numbers.values(), key=len)
    if len(members) < 2:
        return []
    slots = [sure[number] | loose.get(number, {}) for number in sorted(members)]
    first = _without_number(heading, slots, lexicon)
    return [first, *slots] if first else slots


def _without_number(heading: Heading, slots: Sequence[Slot], lexicon: Lexicon) -> Slot:
    """Return the first of the members where programs number from the second: 户主姓名, 姓名, 姓名.1, 姓名.2."""
    says = {heading_text.plain("-".join(levels)) for slot in slots for levels in slot.values()}
    inside = {i for slot in slots for i in slot}
    first = {
        i: levels
        for i, levels in enumerate(heading.levels)
        if i not in inside and levels and heading_text.plain("-".join(levels)) in says
    }
    meant = [
        [each.column for each in lexicon.candidates(levels)]
        for i, levels in enumerate(heading.levels)
        if i not in first and i not in inside
    ]
    named = {each.column for levels in first.values() for each in _meant(levels, lexicon)}
    return first if named & set(_NAMES) and [_HEAD_NAME] in meant else {}


def _is_known(leaf: str, lexicon: Lexicon, surroundings: str) -> bool:
    """Tell whether the dictionary has the heading with its number: 致贫原因2 is no second member's."""
    return any(
        each.how in ("exact", "given")
        and (lexicon.columns[each.column].level != "人" or lexicon.columns[each.column].gather)
        for each in lexicon.candidates((leaf,), surroundings)
    )


def _by_repeats(engine: Engine, sheet: Sheet, heading: Heading, lexicon: Lexicon, surroundings: str) -> list[Slot]:
    """Return the columns of each member where the same headings come again and again."""
    found = find_repeats(heading, lexicon, surroundings)
    if (
        found is None
        or not set(found.columns[found.groups[0][found.anchor]]) & set(_NAMES)
        or is_folded(engine, sheet, found, heading.bottom, lexicon)
        or same_values(engine, sheet, found, heading.bottom)
    ):
        return []
    return [{i: heading.levels[i] for i in group} for group in found.groups]


def _with_head(engine: Engine, sheet: Sheet, spread: Spread, heading: Heading, lexicon: Lexicon) -> Spread:
    """Add the head as one more member where most rows do not have him among the others, and say so where some do."""
    own = {each.column: each for each in spread.shared.columns}
    first = own.get(_HEAD_NAME) or own.get(_HEAD_NUMBER)
    if first is None:
        return spread
    inside = _head_inside(spread, own)
    rows, same = engine.rows(
        f"""SELECT count(*), count(*) FILTER (WHERE {inside}) FROM "{sheet.relation}"
        WHERE "r" > ? AND "c{first.index}" IS NOT NULL""",
        (heading.bottom,),
    )[0]
    doubts = spread.shared.doubts
    if 0.1 * rows < same < 0.9 * rows:
        doubts = (*doubts, _unclear(int(rows), int(same)))
    if 2 * same >= rows:  # a head who is missing among them is missing
        return replace(spread, shared=replace(spread.shared, doubts=doubts))
    columns = [replace(own[name], column=column) for name, column in _OWN_OF_HEAD.items() if name in own]
    taken = {each.column for each in columns}
    of_person = [each for each in spread.shared.columns if lexicon.columns[each.column].level == "人"]
    columns += [each for each in of_person if each.column not in taken]
    if _RELATION not in {each.column for each in columns}:
        columns.append(replace(first, column=_RELATION, cell=Fixed(heading.bottom, "户主", Kind.TEXT)))
    kept = tuple(each for each in spread.shared.columns if each not in of_person)
    relation = f"{sheet.relation}_head_{heading.top}"
    engine.run(f"""CREATE OR REPLACE VIEW "{relation}" AS SELECT * FROM "{sheet.relation}" WHERE NOT ({inside})""")
    return Spread(
        replace(spread.shared, columns=kept, doubts=doubts),
        (Mapping(tuple(columns), {}, ()), *spread.members),
        replace(sheet, relation=relation, kinds=(), texts=()),
        spread.serials,
    )


def _head_inside(spread: Spread, own: dict[str, Mapped]) -> str:
    """Return SQL that is TRUE where one of the members is the head: by his relation, his name or his number."""
    tests = []
    for member in spread.members:
        columns = {each.column: each.index for each in member.columns}
        if _RELATION in columns:
            tests.append(f"""trim("c{columns[_RELATION]}") IN {IS_HEAD}""")
        for name, column in _OWN_OF_HEAD.items():
            if name in own and column in columns:
                tests.append(f"""trim("c{columns[column]}") = trim("c{own[name].index}")""")
    return " OR ".join(f"coalesce({test}, FALSE)" for test in tests) or "FALSE"


def _unclear(rows: int, same: int) -> Doubt:
    return both(
        "成员横排：{rows} 户中 {same} 户在成员里写了户主本人，其余的没有；{same2}",
        rows=rows,
        same=same,
        same2=(
            both("其余各户没有另读户主。") if 2 * same >= rows else both("其余各户的户主按户主姓名另读为一名成员。")
        ),
    )
