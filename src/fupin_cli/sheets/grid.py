"""Rows of raw values in, an engine table of texts and kinds out: `r`, and `c{i}`, `k{i}` for every column."""

import datetime
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import chain, islice, repeat
from operator import add
from typing import TYPE_CHECKING, Any, NamedTuple

from msgspec import Struct

from fupin_cli.engines import Engine
from fupin_cli.model.sheet import Kind
from fupin_cli.sheets.marks import Marks, Odd
from fupin_cli.sheets.serials import hours, time_of_day, to_the_second

if TYPE_CHECKING:
    from arro3.core import RecordBatch, Schema

CHUNK_CELLS = 500_000  # cells in Python's hands at a time

NOT_FINITE = frozenset({"inf", "-inf", "nan"})  # of numbers no double holds: texts
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


class Extent(Struct, frozen=True):
    """What of a sheet is not blank."""

    width: int  # 1 + the last column, counted from 0
    row_count: int
    last_row: int  # as Excel shows it; 0 for an empty sheet
    kinds: tuple[tuple[int, ...], ...]  # of each column, its cells of every Kind, by that Kind


class Lot(NamedTuple):
    """Some rows that are not blank, Excel's numbers of them rising."""

    rows: int
    last_row: int  # as Excel shows it
    counts: Sequence[Sequence[int]]  # of column 0, 1, … its cells of every Kind, by that Kind; BLANK does not matter
    batch: "Callable[[Schema], RecordBatch]"  # the rows, in as many columns as the table has


class Loader:
    """Fills one engine table chunk by chunk; a later chunk may be wider than an earlier one."""

    def __init__(self, engine: Engine, relation: str) -> None:
        self._engine = engine
        self.relation = relation
        self._width = 0
        self._rows = 0
        self._last = 0
        self._kinds: list[list[int]] = []
        self._append([], [])

    @property
    def extent(self) -> Extent:
        """What was loaded so far."""
        kinds = tuple((self._rows - sum(counts[1:]), *counts[1:]) for counts in self._kinds)
        return Extent(self._width, self._rows, self._last, kinds)

    def clear(self) -> None:
        """Forget what was loaded: the sheet is read again in another way."""
        self._width = self._rows = self._last = 0
        self._kinds = []
        self._create(0)

    def _create(self, width: int) -> None:
        columns = "".join(f', "c{index}" VARCHAR, "k{index}" UTINYINT' for index in range(width))
        self._engine.run(f'CREATE OR REPLACE TABLE "{self.relation}" ("r" INTEGER{columns})')

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
        blank: tuple[list[str | None], list[int]] = [None] * len(numbers), [0] * len(numbers)
        told = [texts_and_kinds(values) if values else blank for values in columns]
        counts = [[kinds.count(kind) for kind in Kind] for _, kinds in told]

        def batch(schema: "Schema") -> "RecordBatch":
            from arro3.core import Array, RecordBatch

            arrays: list[Sequence[Any]] = [numbers]
            arrays += chain(*told, blank * (len(schema) // 2 - len(told)))
            typed = [Array(values, type=schema.field(index).type) for index, values in enumerate(arrays)]
            return RecordBatch.from_arrays(typed, schema=schema)

        self.add_lots(iter([Lot(len(numbers), max(numbers, default=0), counts, batch)]), text="string")

    def add_lots(self, lots: "Iterator[Lot]", text: str = "string_view") -> None:
        """Append lot after lot, each asked for while the engine loads the one before.

        Args:
            lots: rows by their columns.
            text: Arrow's name for the kind of text column they have.
        """
        waiting = next(lots, None)
        while waiting is not None:
            if len(waiting.counts) > self._width:
                self._widen(len(waiting.counts))
            stream = _LotStream(chain([waiting], lots), self._width, text, self._kinds)
            self._engine.load(self.relation, stream)
            if stream.error is not None:
                raise stream.error
            self._rows += stream.rows
            self._last = stream.last or self._last
            waiting = stream.too_wide

    def _widen(self, width: int) -> None:
        if self._rows:
            for index in range(self._width, width):
                self._engine.run(f'ALTER TABLE "{self.relation}" ADD COLUMN "c{index}" VARCHAR')
                self._engine.run(f'ALTER TABLE "{self.relation}" ADD COLUMN "k{index}" UTINYINT DEFAULT 0')
        else:
            self._create(width)
        self._kinds += [[0] * len(Kind) for _ in range(self._width, width)]
        self._width = width


class _LotStream:
    """Lots as an Arrow stream, up to the first that is wider than `width` columns; `kinds` counts theirs."""

    def __init__(self, lots: Iterator[Lot], width: int, text: str, kinds: list[list[int]]) -> None:
        from arro3.core import DataType

        self.rows = self.last = 0
        self.too_wide: Lot | None = None
        self.error: BaseException | None = None  # an engine that meets one knows no better than to print it
        self._width, self._kinds = width, kinds
        self._text, self._kind = getattr(DataType, text)(), DataType.uint8()
        self._batches = self._given(lots)

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """A stream; of those asked for, only the one that is read takes any lots."""
        from arro3.core import DataType, Field, RecordBatchReader, Schema

        fields = [Field("r", DataType.int32())]
        for index in range(self._width):
            fields += [Field(f"c{index}", self._text), Field(f"k{index}", self._kind)]
        self._schema = Schema(fields)
        return RecordBatchReader.from_batches(self._schema, self._batches).__arrow_c_stream__(requested_schema)

    def _given(self, lots: Iterator[Lot]) -> "Iterator[RecordBatch]":
        try:
            for lot in lots:
                if len(lot.counts) > self._width:
                    self.too_wide = lot
                    return
                self.rows += lot.rows
                self.last = lot.last_row or self.last
                for column, counts in enumerate(lot.counts):
                    self._kinds[column] = list(map(add, self._kinds[column], counts))
                yield lot.batch(self._schema)
        except BaseException as error:  # noqa: BLE001  raised again by who gave the stream to the engine
            self.error = error


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
        numbers = numbers_as_text(values)
        return [*numbers], _kinds_of_numbers(numbers)
    texts = [(value or None) if value.__class__ is str else _WRITE[value.__class__](value) for value in values]
    kinds = [_KINDS.get(value.__class__) or value.kind if value != "" else 0 for value in values]
    if float in classes:
        kinds = [Kind.TEXT if text in NOT_FINITE else kind for text, kind in zip(texts, kinds, strict=True)]
    return texts, kinds


def _kinds_of_numbers(texts: Sequence[str]) -> list[int]:
    if "n" not in "".join(texts):  # neither inf nor nan
        return [Kind.NUMBER] * len(texts)
    return [Kind.TEXT if text in NOT_FINITE else Kind.NUMBER for text in texts]


def numbers_as_text(values: Iterable[float]) -> list[str]:
    """Each number's shortest text that reads back as the same number, without `.0` and without an exponent."""
    texts = [text[:-2] if text[-2:] == ".0" else text for text in map(repr, values)]
    if "-0" in texts:
        texts = ["0" if text == "-0" else text for text in texts]
    if "e" in "".join(texts):
        texts = [format(Decimal(text), "f") if "e" in text else text for text in texts]
    return texts


_WRITE: dict[type, Callable[[Any], str | None]] = {
    float: lambda value: numbers_as_text((value,))[0],
    int: str,
    bool: lambda value: "TRUE" if value else "FALSE",
    datetime.date: datetime.date.isoformat,
    datetime.datetime: to_the_second,
    datetime.time: lambda value: time_of_day(datetime.datetime.combine(datetime.date.min, value)),
    datetime.timedelta: hours,
    Odd: lambda value: value.text,
}
