"""Rows of raw values in, an engine table of texts and kinds out: `r`, and `c{i}`, `k{i}` for every column."""

import datetime
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice, repeat
from typing import TYPE_CHECKING, Any

from fupin_cli.engines import Engine
from fupin_cli.model.sheet import Kind
from fupin_cli.sheets.marks import Marks, Odd

if TYPE_CHECKING:
    pass

CHUNK_CELLS = 500_000  # cells in Python's hands at a time

_KINDS: dict[type, Kind] = {
    str: Kind.TEXT,
    float: Kind.NUMBER,
    int: Kind.NUMBER,
    bool: Kind.BOOLEAN,
    datetime.date: Kind.DATE,
    datetime.datetime: Kind.DATE,
    datetime.time: Kind.TEXT,
    datetime.timedelta: Kind.TEXT,
}


@dataclass(frozen=True, slots=True)
class Extent:
    """What of a sheet is not blank."""

    width: int  # 1 + the last column, counted from 0
    row_count: int
    last_row: int  # as Excel shows it; 0 for an empty sheet


class Loader:
    """Fills one engine table chunk by chunk; a later chunk may be wider than an earlier one."""

    def __init__(self, engine: Engine, relation: str) -> None:
        self._engine = engine
        self.relation = relation
        self._width = 0
        self._rows = 0
        self._last = 0
        self._append([], [])

    @property
    def extent(self) -> Extent:
        """What was loaded so far."""
        return Extent(self._width, self._rows, self._last)

    def add(self, first_row: int, rows: list[list[Any]], first_column: int = 0) -> None:
        """Append rows of equal length that begin at `first_row` (Excel's) and `first_column` (from 0); "" is blank."""
        if not rows:
            return
        blank = [""] * len(rows[0])
        numbers = [number for number, row in enumerate(rows, first_row) if row != blank]
        columns = list(zip(*(row for row in rows if row != blank), strict=True))
        while columns and set(columns[-1]) == {""}:
            columns.pop()
        if numbers:
            self._append(numbers, [*repeat((), first_column), *columns])

    def _append(self, numbers: list[int], columns: list[tuple[Any, ...]]) -> None:
        from arro3.core import Array, DataType, Table

        if len(columns) > self._width:
            self._widen(len(columns))
        count = len(numbers)
        no_text = Array([None] * count, type=DataType.string())
        no_kind = Array([0] * count, type=DataType.uint8())
        arrays = [Array(numbers, type=DataType.int32())]
        for index in range(self._width):
            values = columns[index] if index < len(columns) else ()
            texts, kinds = texts_and_kinds(values) if values else (None, None)
            arrays.append(Array(texts, type=DataType.string()) if texts else no_text)
            arrays.append(Array(kinds, type=DataType.uint8()) if kinds else no_kind)
        names = ["r", *(f"{letter}{index}" for index in range(self._width) for letter in "ck")]
        self._engine.load(self.relation, Table.from_arrays(arrays, names=names))
        self._rows += count
        self._last = numbers[-1] if numbers else self._last

    def _widen(self, width: int) -> None:
        for index in range(self._width, width):
            self._engine.run(f'ALTER TABLE "{self.relation}" ADD COLUMN "c{index}" VARCHAR')
            self._engine.run(f'ALTER TABLE "{self.relation}" ADD COLUMN "k{index}" UTINYINT DEFAULT 0')
        self._width = width


def load_grid(loader: Loader, rows: Iterable[list[Any]], first_column: int, width: int, marks: Marks) -> None:
    """Load rows from Excel's row 1 and from `first_column` on, each `width` values long, with the odd cells put in."""
    left = min([first_column, *(min(cells) for cells in marks.cells.values())])
    right = max([first_column + width, *(max(cells) + 1 for cells in marks.cells.values())])
    if left < first_column or right > first_column + width:
        before, after = [""] * (first_column - left), [""] * (right - first_column - width)
        rows = ([*before, *row, *after] for row in rows)
    after_last = max(marks.cells, default=-1) + 1
    number = 1
    for chunk in _chunks(rows, right - left, after_last):
        for row in marks.cells.keys() & range(number - 1, number - 1 + len(chunk)):
            for column, odd in marks.cells[row].items():
                chunk[row - number + 1][column - left] = odd
        loader.add(number, chunk, left)
        number += len(chunk)


def _chunks(rows: Iterable[list[Any]], width: int, at_least: int) -> Iterator[list[list[Any]]]:
    """Lists of rows; blank rows follow the last until `at_least` were given."""
    size = max(100, CHUNK_CELLS // max(1, width))
    count = 0
    iterator = iter(rows)
    while chunk := list(islice(iterator, size)):
        count += len(chunk)
        yield chunk
    for start in range(count, at_least, size):
        yield [[""] * width for _ in range(min(size, at_least - start))]


def texts_and_kinds(values: tuple[Any, ...]) -> tuple[list[str | None], list[int]]:
    """The texts and kinds of one column's values."""
    classes = set(map(type, values))
    if classes == {str}:
        return [value or None for value in values], [1 if value else 0 for value in values]
    if classes <= {float, int}:
        return numbers_as_text(values), [2] * len(values)
    texts = [(value or None) if value.__class__ is str else _WRITE[value.__class__](value) for value in values]
    kinds = [_KINDS.get(value.__class__) or value.kind if value != "" else 0 for value in values]
    return texts, kinds


def numbers_as_text(values: Iterable[float]) -> list[str | None]:
    """Each number's shortest text that reads back as the same number, without `.0` and without an exponent."""
    texts = [text[:-2] if text[-2:] == ".0" else text for text in map(repr, values)]
    if "-0" in texts:
        texts = ["0" if text == "-0" else text for text in texts]
    if "e" in "".join(texts):
        return [format(Decimal(text), "f") if "e" in text else text for text in texts]
    return list(texts)


def _to_the_second(moment: datetime.datetime) -> str:
    up = datetime.timedelta(seconds=moment.microsecond >= 500_000 and moment.year < 9999)
    rounded = moment.replace(microsecond=0) + up
    return rounded.isoformat(sep=" ").removesuffix(" 00:00:00")


def _hours(length: datetime.timedelta) -> str:
    seconds = round(abs(length.total_seconds()))
    sign = "-" if length < datetime.timedelta(0) else ""
    return f"{sign}{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"


_WRITE: dict[type, Callable[[Any], str | None]] = {
    float: lambda value: numbers_as_text((value,))[0],
    int: str,
    bool: lambda value: "TRUE" if value else "FALSE",
    datetime.date: datetime.date.isoformat,
    datetime.datetime: _to_the_second,
    datetime.time: datetime.time.isoformat,
    datetime.timedelta: _hours,
    Odd: lambda value: value.text,
}
