"""Names of lines as stated and as counted in; the lines that a stated name means out."""

import re
from collections.abc import Iterator, Sequence
from functools import cached_property

from fupin_cli.jobs.stats_columns import PLACES
from fupin_cli.jobs.stats_stated import Row, StatedTable
from fupin_cli.model.dictionary import CodeList, Dictionary
from fupin_cli.model.stats import Counted, Line, Value
from fupin_cli.tables.place_names import COUNTY_TAIL, TOWN_TAIL, by_tail, squeezed, village_name
from fupin_cli.values.text import fold

_BLANK = "未填写"
_BLANKS = frozenset({_BLANK, "未填", "空白", "不详"})
_AND = re.compile("[、,，/和及与]")
_AND_OTHERS = re.compile("等?(其他|其它)?$")


class Names:
    """The names of one stated table and of the lines counted by its column, brought to one form."""

    def __init__(self, table: StatedTable, counted: Counted, dictionary: Dictionary) -> None:
        self._table, self._counted = table, counted
        self._column = counted.by[0].name
        column = dictionary.columns.get(self._column)
        self._codes: CodeList | None = dictionary.codes.get(column.codes or "") if column else None

    @cached_property
    def _lines(self) -> dict[str, Line]:
        """Each counted line by its name; a village without its township too, where one village only has the name."""
        found: dict[str, Line | None] = {}
        for line in self._counted.lines:
            value = line.values[0]
            name = self._normal(value.text) if not value.known else _BLANK if value.known == "blank" else None
            if name is None:
                continue
            for key in dict.fromkeys((name, name.rpartition(" ")[2])):
                found[key] = None if key in found else line
        return {key: line for key, line in found.items() if line is not None}

    def line(self, row: Row) -> Line | None:
        """Return the counted line of a stated name, or None where there is none, or more than one."""
        if row.name in _BLANKS:
            return self._lines.get(_BLANK)
        if not row.name:
            return None
        whole = " ".join(filter(None, (row.wider if self._column == "村" else "", row.name)))
        name = self._normal(whole)
        apart = any(" " in key for key in self._lines)
        return self._lines.get(name if apart else name.rpartition(" ")[2])

    def parts(self, row: Row, used: set[tuple[Value, ...]]) -> list[Line]:
        """Return the lines that a name of several means: 因学、缺劳力等 is 因学, 缺劳力 and every cause that is not stated.

        [] where a part is no value of the column, or where lines overlap, so that they cannot be added up.

        Args:
            row: of the stated table.
            used: lines that other stated names mean.
        """
        codes = self._codes
        said = [part for part in _AND.split(row.name) if part]
        if codes is None or not said or overlaps(self._counted):
            return []
        last = _AND_OTHERS.sub("", said[-1])
        others = last != said[-1]
        said = [part for part in (*said[:-1], last) if part]
        meant = {self._normal(part) for part in said}
        if not said or not meant <= set(codes.values) or (len(said) < 2 and not others):
            return []
        left = [line for line in self._counted.lines if line.values not in used and not line.values[0].known]
        return [line for line in left if others or line.values[0].text in meant]

    def _normal(self, name: str) -> str:
        """Return the form in which the two sides meet."""
        if self._column not in PLACES:
            return self._spelled.get(fold(name), fold(name))
        *wider, own = name.split(" ")
        if self._column == "村":
            towns = [self._towns.get(squeezed(town)) or squeezed(town) for town in wider[-1:]]
            return " ".join([*towns, village_name(own, wider) or own])
        forms = {"乡": self._towns, "县": self._counties}.get(self._column, {})
        return " ".join([*map(squeezed, wider), forms.get(squeezed(own)) or squeezed(own)])

    @cached_property
    def _spelled(self) -> dict[str, str]:
        """Values of the column's code list by their spellings."""
        if self._codes is None:
            return {}
        synonyms = {fold(spelling): value for spelling, value in self._codes.synonyms.items()}
        return synonyms | {fold(value): value for value in self._codes.values}

    @cached_property
    def _towns(self) -> dict[str, str | None]:
        """The forms of the townships of both sides together, so that 清溪 and 清溪镇 meet."""
        if self._column == "村":
            return by_tail({*(squeezed(row.wider) for row in self._table.rows), *self._counted_names(-2)}, TOWN_TAIL)
        return by_tail({*self._stated_names(), *self._counted_names(-1)}, TOWN_TAIL)

    @cached_property
    def _counties(self) -> dict[str, str | None]:
        return by_tail({*self._stated_names(), *self._counted_names(-1)}, COUNTY_TAIL)

    def _stated_names(self) -> Iterator[str]:
        return (squeezed(row.name) for row in self._table.rows if not row.total)

    def _counted_names(self, place: int) -> Iterator[str]:
        for line in self._counted.lines:
            parts = line.values[0].text.split(" ")
            if not line.values[0].known and len(parts) >= -place:
                yield squeezed(parts[place])


def overlaps(counted: Counted) -> bool:
    """Tell whether a household or person stands on several lines, so that they add up to more than there are."""
    leaves = [line.count for line in counted.lines if len(line.values) == len(counted.by)]
    pairs: Sequence[tuple[list[int | None], int | None]] = (
        ([count.households for count in leaves], counted.total.households),
        ([count.people for count in leaves], counted.total.people),
    )
    return any(total is not None and sum(one or 0 for one in numbers) > total for numbers, total in pairs)
