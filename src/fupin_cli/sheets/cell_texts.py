"""The cells of a block in; the text and kind of each, as views and small numbers, out."""

import re
from collections.abc import Iterator
from itertools import compress
from operator import not_
from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct, field
from numpy.typing import NDArray

from fupin_cli.model.sheet import Kind
from fupin_cli.sheets.block_cells import Cells, Type, UnknownSpellingError, check_utf_8
from fupin_cli.sheets.day_views import day_views
from fupin_cli.sheets.formulas import formula_text
from fupin_cli.sheets.grid import NOT_FINITE, numbers_as_text
from fupin_cli.sheets.long_decimals import LONGEST, short_views
from fupin_cli.sheets.number_formats import Meaning
from fupin_cli.sheets.plain_numbers import are_plain
from fupin_cli.sheets.serials import iso_text, serial_text
from fupin_cli.sheets.shared_texts import SharedTexts, marked_places
from fupin_cli.sheets.spelled_texts import XML_BLANKS, parse_fragments, text_of, unescape
from fupin_cli.sheets.text_views import Views, pairs, views_of, views_of_texts
from fupin_cli.sheets.words import Flags, Numbers, Pairs, first_words, read_digits, two_words

if TYPE_CHECKING:
    from lxml import etree

MOST_ODD = 400_000  # cells of a sheet for the parser; beyond, another reader is faster
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", re.ASCII)
_BOOLEANS = {"1": "TRUE", "true": "TRUE", "0": "FALSE", "false": "FALSE"}


class Workbook(Struct):
    """What cells mean beyond their own sheet."""

    shared: SharedTexts
    meanings: tuple[Meaning, ...]
    from_1904: bool


class Reader(Struct):
    """Reads the blocks of one sheet; what it keeps between them is what one cell says for others."""

    book: Workbook
    masters: dict[str, tuple[str, str]] = field(default_factory=dict)  # shared formulas
    serials: dict[tuple[bytes, Meaning], tuple[str, Kind]] = field(default_factory=dict)


class Laid(Struct):
    """A block whose cells have their views and kinds, by column and row, but for some that are left."""

    cells: Cells  # those left; its `numbers`, `span` and `hidden` are the whole block's
    views: Views
    kinds: NDArray[np.uint8]
    has_own_texts: bool = False  # some views look into the block itself

    @classmethod
    def blank(cls, cells: Cells) -> "Laid":
        """A block of which all cells are left."""
        count = (int(cells.column.max(initial=-1)) + 1) * cells.numbers.size
        return cls(cells, np.zeros((count, 2), np.uint64), np.zeros(count, np.uint8))


class Reading:
    """Texts and kinds of one block; blocks may be begun at the same time, but are finished in the sheet's order.

    Raises:
        UnknownSpellingError: something only the slow readers can tell.
    """

    def __init__(self, reader: Reader, laid: Laid) -> None:
        self.reader, self.book, self.cells = reader, reader.book, laid.cells
        cells, count = laid.cells, laid.cells.numbers.size
        self.shape = (laid.kinds.size // max(count, 1), count)
        self.slots = cells.column * count + cells.row
        self.views, self.kinds = laid.views, laid.kinds
        self.made: list[tuple[int, str]] = []  # cells whose text is not a piece of the XML
        if laid.has_own_texts and not cells.block.isascii():
            check_utf_8(cells.block)

        self._shared(np.flatnonzero(cells.type == Type.SHARED))
        self._numbers(np.flatnonzero(cells.type == Type.NUMBER))
        self._written(np.flatnonzero((cells.type == Type.TEXT) | (cells.type == Type.ERROR)))
        for kind in (Type.BOOLEAN, Type.ISO_DATE):
            told = np.flatnonzero(cells.type == kind)
            for cell, text in zip(told.tolist(), self._raw_texts(told), strict=True):
                self._put(cell, _by_type(text, kind))

    def finish(self) -> None:
        """Put the odd cells in."""
        self._odd()
        made = b"\0"
        if self.made:
            cells, texts = zip(*self.made, strict=True)
            self.views[self.slots[list(cells)]], made = views_of_texts([text.encode() for text in texts], 1)
        self.blocks = [self.cells.block, made, *self.book.shared.blocks]

    def _put(self, cell: int, told: tuple[str, Kind]) -> None:
        self.made.append((cell, told[0]))
        self.kinds[self.slots[cell]] = told[1] if told[0] else Kind.BLANK

    def _raw_texts(self, cells: Numbers) -> Iterator[str]:
        """What stands in each cell's XML."""
        block, starts = self.cells.block, self.cells.start[cells]
        ends = starts + self.cells.length[cells]
        return (block[start:end].decode() for start, end in zip(starts.tolist(), ends.tolist(), strict=True))

    def _shared(self, cells: Numbers) -> None:
        if not cells.size:
            return
        shared, values, lengths = self.book.shared, self.cells.values[cells], self.cells.length[cells]
        numbers, are_numbers = read_digits(first_words(values), lengths)
        if not are_numbers.all() or int(lengths.max()) > 8 or int(numbers.max()) >= len(shared.views):
            raise UnknownSpellingError
        slots = self.slots[cells]
        pairs(self.views)[slots] = pairs(shared.views)[numbers]
        self.kinds[slots] = shared.kinds[numbers]

    def _own(self, cells: Numbers) -> Views:
        """Views of what the cells themselves write."""
        return views_of(self.cells.values[cells], self.cells.start[cells], self.cells.length[cells], 0)

    def _written(self, cells: Numbers) -> None:
        """Texts that stand in the cell itself: all but a few are the XML's own bytes."""
        if not cells.size:
            return
        block, told = self.cells, self.cells.type[cells]
        start, lengths, slots = block.start[cells], block.length[cells], self.slots[cells]
        pairs(self.views)[slots] = pairs(self._own(cells))
        self.kinds[slots] = np.where(told == Type.ERROR, Kind.ERROR, np.where(lengths > 0, Kind.TEXT, Kind.BLANK))
        raw: NDArray[np.uint8] = np.frombuffer(block.block, np.uint8)
        blank = (raw[start] <= ord(" ")) | (raw[start + np.maximum(lengths - 1, 0)] <= ord(" "))
        doubtful = (blank & block.trimmed[cells] & (lengths > 0)) | ((told == Type.ERROR) & (lengths == 0))
        self._spelled(cells[doubtful])
        if not block.block.isascii():
            check_utf_8(block.block)
        marked = [np.searchsorted(block.start, place, "right") - 1 for place in marked_places(block.block, raw)]
        if marked:
            among = np.unique(np.concatenate(marked))
            among = among[among >= 0]
            among = among[np.isin(block.type[among], (Type.TEXT, Type.ERROR))]
            self._spelled(among)

    def _spelled(self, cells: Numbers) -> None:
        """Texts with entities, escapes or blanks around them."""
        elements = parse_fragments((b"<v>%b</v>" % text.encode() for text in self._raw_texts(cells)), "v")
        for cell, element in zip(cells.tolist(), elements, strict=True):
            text = element.text or ""
            text = unescape(text.strip(XML_BLANKS) if self.cells.trimmed[cell] else text)
            if self.cells.type[cell] == Type.ERROR:
                self._put(cell, (text or "#ERROR", Kind.ERROR))
            else:
                self._put(cell, (text, Kind.TEXT))

    def _numbers(self, cells: Numbers) -> None:
        if not cells.size:
            return
        meanings = np.array(self.book.meanings or (Meaning.NUMBER,), np.uint8)
        style = self.cells.style[cells]
        meaning = np.where(style < meanings.size, meanings[np.minimum(style, meanings.size - 1)], 0)
        values, lengths, slots = self.cells.values[cells], self.cells.length[cells], self.slots[cells]
        views = self._own(cells)
        self.kinds[slots] = Kind.NUMBER
        if (dated := np.flatnonzero(meaning)).size:
            days, are_days = self._days(values[dated], lengths[dated])
            are_days &= meaning[dated] == Meaning.DATE
            views[dated[are_days]] = days[are_days]
            self.kinds[slots[dated[are_days]]] = Kind.DATE
            rest = dated[~are_days]
            for cell, text, told in zip(
                cells[rest].tolist(), self._raw_texts(cells[rest]), meaning[rest].tolist(), strict=True
            ):
                self._put(cell, self._serial(text, Meaning(told)))
        pairs(self.views)[slots] = pairs(views)
        plain = are_plain(two_words(self.cells.pairs[self.cells.start[cells]]), lengths)
        self._long(cells[~plain & (meaning == 0)])

    def _long(self, cells: Numbers) -> None:
        """Numbers that are not written as the shortest text that reads back the same."""
        if not cells.size:
            return
        raw: NDArray[np.uint8] = np.frombuffer(self.cells.block, np.uint8)
        first_bytes = raw[self.cells.start[cells, None] + np.arange(LONGEST)]
        views, short = short_views(first_bytes, self.cells.length[cells])
        self.views[self.slots[cells[short]]] = views[short]
        cells = cells[~short]
        texts = list(self._raw_texts(cells))
        known = list(map(_NUMBER.fullmatch, texts))
        for cell, text in compress(zip(cells.tolist(), texts, strict=True), map(not_, known)):
            self._put(cell, _no_number(text))
        shortest = numbers_as_text(map(float, compress(texts, known)))
        for cell, text in zip(compress(cells.tolist(), known), shortest, strict=True):
            self._put(cell, (text, Kind.TEXT if text in NOT_FINITE else Kind.NUMBER))

    def _days(self, values: Pairs, lengths: Numbers) -> tuple[Views, Flags]:
        """The views of dates that are whole days, by a table of days; which of them are."""
        number, are_days = read_digits(first_words(values), lengths)
        table, first = day_views(from_1904=self.book.from_1904)
        are_days &= (lengths <= 5) & (number >= first) & (number < first + len(table))
        return table[np.where(are_days, number - first, 0)], are_days

    def _serial(self, text: str, meaning: Meaning) -> tuple[str, Kind]:
        if not _NUMBER.fullmatch(text):
            return _no_number(text)
        key = (text.encode(), meaning)
        if key not in self.reader.serials:
            serial = float(text)
            told = serial_text(serial, meaning, from_1904=self.book.from_1904)
            self.reader.serials[key] = told or (numbers_as_text([serial])[0], Kind.NUMBER)
        return self.reader.serials[key]

    def _odd(self) -> None:
        cells, block = self.cells, self.cells.block
        if cells.odd_start.size:
            ranges = zip(cells.odd_start.tolist(), cells.odd_end.tolist(), strict=True)
            elements = parse_fragments((block[start:end] for start, end in ranges), "c")
            for cell, element in zip(np.flatnonzero(cells.type == Type.ODD).tolist(), elements, strict=True):
                self._put(cell, self._parsed(cell, element))

    def _parsed(self, cell: int, element: "etree._Element") -> tuple[str, Kind]:
        """A cell of any other spelling."""
        parts = {str(part.tag): part for part in element if isinstance(part.tag, str)}
        if not parts.keys() <= {"v", "f", "is", "extLst"} or len(parts) != len(element):
            raise UnknownSpellingError
        told = element.get("t", "n")
        value, formula = parts.get("v"), parts.get("f")
        text = value.text or "" if value is not None else ""
        if told == "e":
            return text.strip() or "#ERROR", Kind.ERROR
        if "is" in parts:
            return text_of(parts["is"]), Kind.TEXT
        if formula is not None and not text.strip() and not (told == "str" and value is not None):
            place = (int(self.cells.numbers[self.cells.row[cell]]) - 1, int(self.cells.column[cell]))
            attributes = {str(name): text for name, text in formula.attrib.items()}
            return formula_text(formula.text or "", attributes, place, self.reader.masters), Kind.UNCOMPUTED
        return self._told(told, text, element)

    def _told(self, told: str, text: str, element: "etree._Element") -> tuple[str, Kind]:
        if not text:
            return "", Kind.BLANK
        if told == "n":
            style = element.get("s", "0")
            number = int(style) if style.isdecimal() else 0
            meaning = self.book.meanings[number] if number < len(self.book.meanings) else Meaning.NUMBER
            return self._serial(text, meaning) if meaning else _number_or_text(text)
        if told == "str":
            return unescape(text), Kind.TEXT
        if told == "b":
            return _by_type(text, Type.BOOLEAN)
        if told == "d":
            return _by_type(text, Type.ISO_DATE)
        raise UnknownSpellingError


def _by_type(text: str, told: Type) -> tuple[str, Kind]:
    if not text:
        return "", Kind.BLANK
    if told is Type.ISO_DATE:
        return iso_text(text)
    if text not in _BOOLEANS:
        raise UnknownSpellingError
    return _BOOLEANS[text], Kind.BOOLEAN


def _number_or_text(text: str) -> tuple[str, Kind]:
    return (numbers_as_text([float(text)])[0], Kind.NUMBER) if _NUMBER.fullmatch(text) else _no_number(text)


def _no_number(text: str) -> tuple[str, Kind]:
    """What a cell holds that says it is a number and is none."""
    if "&" in text or "<" in text:
        raise UnknownSpellingError
    return text, Kind.TEXT
