"""Columns by which is counted in; one table of households and persons for them out, places of one name on one line."""

from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from fupin_cli.catalogue import both
from fupin_cli.engines import Engine, Row
from fupin_cli.jobs.stats_columns import BETWEEN, Told, from_clause
from fupin_cli.model.stats import Count, Counted, Known, Line, Value
from fupin_cli.model.table import Tables
from fupin_cli.tables.place_names import COUNTY_TAIL, TOWN_TAIL, by_tail, squeezed, village_name

_STATES: dict[int, Known] = {1: "blank", 2: "unreadable", 3: "absent", 4: "unknown", 5: "alone"}
_LAST = (
    "",
    "unknown",
    "unreadable",
    "blank",
    "absent",
    "alone",
)  # lines without a value, in the order they close a table
_TWO = 2  # columns of a table across
Note = tuple[str, str]


class Asked(Struct, frozen=True):
    """What a table is counted from."""

    engine: Engine
    tables: Tables
    households: bool  # whether the registry tells households
    people: bool  # and how many persons there are

    def count(self, households: int, people: int | None) -> Count:
        """Return a count of what the registry tells."""
        return Count(int(households) if self.households else None, int(people or 0) if self.people else None)


class _Found(Struct, frozen=True):
    """One line as the engine gives it."""

    values: tuple[Value, ...]
    first: int
    count: Count


def table(asked: Asked, columns: Sequence[Told]) -> tuple[Counted, list[Note]]:
    """Return the table by these columns, and what is to be said of names that stand on one line."""
    found = [_found(asked, columns[:depth]) for depth in range(1, len(columns) + 1)]
    ends = _found(asked, columns[1:]) if len(columns) == _TWO else []
    notes: list[Note] = []
    for place, column in enumerate(columns):
        if column.order == "place":
            called, said = _names([line for lines in found for line in lines], place, column)
            notes += said
            found = [_merged(lines, place, called) for lines in found]
            ends = _merged(ends, place - 1, called) if place else ends
    ranks = [_ranks(found[depth], depth, column) for depth, column in enumerate(columns)]
    lines = sorted((line for part in found for line in part), key=lambda line: _key(line, ranks))
    counted = Counted(
        by=tuple(column.dimension for column in columns),
        lines=tuple(Line(line.values, line.count) for line in lines),
        total=total(asked),
        values=tuple(tuple(sorted(rank, key=rank.__getitem__)) for rank in ranks),
        ends=tuple(Line(line.values, line.count) for line in ends),
    )
    return counted, notes


def total(asked: Asked) -> Count:
    """Return each household and each person once."""
    return asked.count(*asked.engine.rows('SELECT COUNT(DISTINCT home), SUM(n) FROM "统"')[0])


def _found(asked: Asked, columns: Sequence[Told]) -> list[_Found]:
    """Return the lines of these columns, places not yet merged."""
    own, keys = [], []
    for number, column in enumerate(columns):
        value = column.value
        if column.dimension.several:
            value = (
                f"UNNEST(CASE WHEN {value} IS NULL THEN [CAST(NULL AS VARCHAR)] ELSE STRING_SPLIT({value}, ',') END)"
            )
        own += [
            f"{value} AS v{number}",
            f"CASE WHEN {column.value} IS NULL THEN {column.state} ELSE 0 END AS s{number}",
        ]
        keys += [f"v{number}", f"s{number}"]
    each = f"SELECT f.home, f.n, COALESCE(f.home, 9223372036854775807) AS first, {', '.join(own)}{from_clause(asked.tables)}"
    rows = asked.engine.rows(
        f"SELECT {', '.join(keys)}, MIN(first), COUNT(DISTINCT home), SUM(n) FROM ({each}) AS told GROUP BY {', '.join(keys)}"
    )
    return [_line(asked, row, len(columns)) for row in rows]


def _line(asked: Asked, row: Row, depth: int) -> _Found:
    values = tuple(
        Value(text or "", "" if text is not None else _STATES[state])
        for text, state in zip(row[0 : 2 * depth : 2], row[1 : 2 * depth : 2], strict=True)
    )
    first, households, people = row[2 * depth :]
    return _Found(values, int(first), asked.count(households, people))


def _names(lines: Sequence[_Found], place: int, column: Told) -> tuple[dict[str, str], list[Note]]:
    """Return what each place as written is called on its line: the spelling that most have; other spellings are told."""
    weights: dict[str, int] = {}
    for line in lines:
        if len(line.values) == place + 1 and not line.values[place].known:
            text = line.values[place].text
            weights[text] = weights.get(text, 0) + (line.count.households or 0) + (line.count.people or 0)
    normal = _completed(_normal(list(weights), column))
    called: dict[tuple[str, ...], str] = {}
    for text in sorted(weights, key=lambda one: -weights[one]):
        called.setdefault(normal[text], text)
    counties = {key[0] for key in normal.values() if key[0]} if "县" in column.wider else set()
    names = {text: _shown(called[key], apart=len(counties) > 1, column=column) for text, key in normal.items()}
    spelled = [
        (squeezed(text.split(BETWEEN)[-1]), squeezed(called[key].split(BETWEEN)[-1])) for text, key in normal.items()
    ]
    said = dict.fromkeys(pair for pair in spelled if pair[0] != pair[1])
    return names, [both("“{text}”与“{name}”数在一行。", text=text, name=name) for text, name in said]


def _shown(text: str, *, apart: bool, column: Told) -> str:
    """Return a place as its line says it: with the township before a village, with the county where there are several."""
    *wider, own = (squeezed(part) for part in text.split(BETWEEN))
    said = [part for name, part in zip(column.wider, wider, strict=True) if part and (apart or name != "县")]
    return " ".join([*said, own])


def _normal(texts: Sequence[str], column: Told) -> dict[str, tuple[str, ...]]:
    """Return the normal form of each place with the places it lies in; "" for one that is not said."""
    names = [*column.wider, column.dimension.name]
    parts = {text: dict(zip(names, text.split(BETWEEN), strict=True)) for text in texts}
    forms = {
        name: by_tail({one[name] for one in parts.values()}, tail)
        for name, tail in (("县", COUNTY_TAIL), ("乡", TOWN_TAIL))
        if name in names
    }

    def form(name: str, own: dict[str, str]) -> str:
        if name in forms:
            return forms[name][own[name]] or squeezed(own[name])
        if name == "村":
            return village_name(own[name], [own.get("县"), own.get("乡")]) or ""
        return squeezed(own[name])

    return {text: tuple(form(name, own) for name in names) for text, own in parts.items()}


def _completed(normal: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Complete a place of which it is not said where it lies, where only one of its name can be meant."""
    whole: dict[str, list[tuple[str, ...]]] = {}
    for key in dict.fromkeys(key for key in normal.values() if all(key)):
        whole.setdefault(key[-1], []).append(key)

    def complete(key: tuple[str, ...]) -> tuple[str, ...]:
        meant = [
            one
            for one in whole.get(key[-1], [])
            if all(not part or part == other for part, other in zip(key, one, strict=True))
        ]
        return meant[0] if len(meant) == 1 else key

    return {text: key if all(key) else complete(key) for text, key in normal.items()}


def _merged(lines: Sequence[_Found], place: int, called: dict[str, str]) -> list[_Found]:
    """Return the lines with places named as they are shown, those of one place added up: a household stands in one place."""
    merged: dict[tuple[Value, ...], _Found] = {}
    for line in lines:
        values = line.values
        if len(values) > place and not values[place].known:
            value = replace(values[place], text=called[values[place].text])
            values = (*values[:place], value, *values[place + 1 :])
        before = merged.get(values)
        first = min(line.first, before.first) if before else line.first
        merged[values] = _Found(values, first, _sum(before.count, line.count) if before else line.count)
    return list(merged.values())


def _sum(one: Count, other: Count) -> Count:
    def added(first: int | None, second: int | None) -> int | None:
        return None if first is None or second is None else first + second

    return Count(added(one.households, other.households), added(one.people, other.people))


def _ranks(lines: Sequence[_Found], depth: int, column: Told) -> dict[Value, tuple[float, ...]]:
    """Return where each value of a column stands in its table."""
    weight: dict[Value, list[int]] = {}
    for line in lines:
        seen = weight.setdefault(line.values[depth], [0, line.first])
        seen[0] += (line.count.households or 0) * 1_000_000 + (line.count.people or 0)
        seen[1] = min(seen[1], line.first)
    return {value: (float(_LAST.index(value.known)), *_rank(value, column, *seen)) for value, seen in weight.items()}


def _rank(value: Value, column: Told, weight: int, first: int) -> Iterator[float]:
    if column.order == "code":
        yield float(column.codes.index(value.text)) if value.text in column.codes else float(len(column.codes))
    elif column.order == "number":
        yield float(value.text) if value.text.lstrip("-").isdecimal() else 0.0
    elif column.order == "place":
        yield float(first)
    yield float(-weight)


def _key(line: _Found, ranks: Sequence[dict[Value, tuple[float, ...]]]) -> tuple[object, ...]:
    """A subtotal stands before what it sums up."""
    return tuple((*ranks[depth][value], value.text) for depth, value in enumerate(line.values))
