"""The cells of a block in; the text and kind of each, as views and small numbers, out."""

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from fupin_cli.model.sheet import Kind
from fupin_cli.sheets.block_cells import Cells, Type, UnknownSpellingError, check_utf_8
from fupin_cli.sheets.day_views import day_views
from fupin_cli.sheets.formulas import formula_text
from fupin_cli.sheets.grid import numbers_as_text
from fupin_cli.sheets.number_formats import Meaning
from fupin_cli.sheets.plain_numbers import are_plain
from fupin_cli.sheets.serials import iso_text, serial_text
from fupin_cli.sheets.shared_texts import SharedTexts, marked_places
from fupin_cli.sheets.spelled_texts import XML_BLANKS, parse_fragments, text_of, unescape
from fupin_cli.sheets.text_views import Views, pairs, views_of, views_of_texts
from fupin_cli.sheets.words import Flags, Numbers, are_digits, number_of

if TYPE_CHECKING:
    from lxml import etree

MOST_ODD = 400_000  # cells of a sheet for the parser; beyond, another reader is faster
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", re.ASCII)
_BOOLEANS = {"1": "TRUE", "true": "TRUE", "0": "FALSE", "false": "FALSE"}


@dataclass(slots=True)
class Workbook:
    """What cells mean beyond their own sheet."""

    shared: SharedTexts
    meanings: tuple[Meaning, ...]
    from_1904: bool


@dataclass(slots=True)
class Texts:
    """Views and kinds of the cells of one block, and the blocks the views look into."""

    views: Views
    kinds: NDArray[np.uint8]
    blocks: list[NDArray[np.uint8]]


@dataclass(slots=True)
class Reader:
    """Reads the blocks of one sheet; what it keeps between them is what one cell says for others."""

    book: Workbook
    masters: dict[str, tuple[str, str]] = field(default_factory=dict)  # shared formulas
    serials: dict[tuple[bytes, Meaning], tuple[str, Kind]] = field(default_factory=dict)


class Reading:
    """Texts and kinds of one block; blocks may be begun at the same time, but are finished in the sheet's order.

    Raises:
        UnknownSpellingError: something only the slow readers can tell.
    """

    def __init__(self, reader: Reader, cells: Cells) -> None:
        self.reader, self.book, self.cells = reader, reader.book, cells
        self.raw: NDArray[np.uint8] = np.frombuffer(cells.block, np.uint8)
        self.lengths = cells.end - cells.start
        self.kinds = np.full(cells.row.size, Kind.NUMBER, np.uint8)
        self.made: list[tuple[int, str]] = []  # cells whose text is not a piece of the XML

        self.lengths[cells.odd] = 0
        known = np.ones(cells.row.size, np.bool_)
        known[cells.odd] = False
        shared = known & (cells.type == Type.SHARED)
        self.views = self._own_views(~shared)
        self._shared(np.flatnonzero(shared))
        self._written(known, np.flatnonzero(known & ((cells.type == Type.TEXT) | (cells.type == Type.ERROR))))
        self._numbers(np.flatnonzero(known & (cells.type == Type.NUMBER)))
        for kind in (Type.BOOLEAN, Type.ISO_DATE):
            for cell in np.flatnonzero(known & (cells.type == kind)).tolist():
                self._put(cell, _by_type(self._raw_text(cell), kind))

    def _own_views(self, own: Flags) -> Views:
        """Views of what the cells themselves write; room for those of the shared texts."""
        cells = self.cells
        if own.all():
            return views_of(cells.words, cells.start, self.lengths, 0)
        views = np.empty((own.size, 2), np.uint64)
        places = np.flatnonzero(own)
        pairs(views)[places] = pairs(views_of(cells.words, cells.start[places], self.lengths[places], 0))
        return views

    def texts(self) -> Texts:
        """What was read, with the odd cells put in."""
        self._odd()
        made = b""
        if self.made:
            places, texts = zip(*self.made, strict=True)
            self.views[list(places)], made = views_of_texts([text.encode() for text in texts], 1)
        blocks = [self.raw, np.frombuffer(made or b"\0", np.uint8), *self.book.shared.blocks]
        return Texts(self.views, self.kinds, blocks)

    def _put(self, cell: int, told: tuple[str, Kind]) -> None:
        self.made.append((cell, told[0]))
        self.kinds[cell] = told[1] if told[0] else Kind.BLANK

    def _raw_text(self, cell: int) -> str:
        return self.cells.block[self.cells.start[cell] : self.cells.end[cell]].decode()

    def _shared(self, cells: Numbers) -> None:
        if not cells.size:
            return
        lengths, words = self.lengths[cells], self.cells.words[self.cells.start[cells]]
        if not ((lengths > 0) & (lengths <= 8)).all() or not are_digits(words, lengths).all():
            raise UnknownSpellingError
        numbers = number_of(words, lengths)
        if int(numbers.max()) >= len(self.book.shared.views):
            raise UnknownSpellingError
        pairs(self.views)[cells] = pairs(self.book.shared.views)[numbers]
        self.kinds[cells] = self.book.shared.kinds[numbers]

    def _written(self, known: NDArray[np.bool_], cells: Numbers) -> None:
        """Texts that stand in the cell itself: all but a few are the XML's own bytes."""
        if not cells.size:
            return
        block, told = self.cells, self.cells.type[cells]
        start, lengths = block.start[cells], self.lengths[cells]
        self.kinds[cells] = np.where(told == Type.ERROR, Kind.ERROR, np.where(lengths > 0, Kind.TEXT, Kind.BLANK))
        blank = (self.raw[start] <= ord(" ")) | (self.raw[start + np.maximum(lengths - 1, 0)] <= ord(" "))
        doubtful = (blank & block.trimmed[cells] & (lengths > 0)) | ((told == Type.ERROR) & (lengths == 0))
        for cell in cells[doubtful].tolist():
            self._spelled(cell)
        if not block.block.isascii():
            check_utf_8(block.block)
        marked = [np.searchsorted(block.start, place, "right") - 1 for place in marked_places(block.block, self.raw)]
        if marked:
            among = np.unique(np.concatenate(marked))
            among = among[among >= 0]
            among = among[known[among] & np.isin(block.type[among], (Type.TEXT, Type.ERROR))]
            for cell in among.tolist():
                self._spelled(cell)

    def _spelled(self, cell: int) -> None:
        """A text with entities, escapes or blanks around it."""
        (element,) = parse_fragments([b"<v>%b</v>" % self._raw_text(cell).encode()], "v")
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
        plain = are_plain(self.cells.words, self.cells.start[cells], self.lengths[cells])
        long: list[int] = []
        for cell in cells[~plain & (meaning == 0)].tolist():
            text = self._raw_text(cell)
            if _NUMBER.fullmatch(text):
                long.append(cell)
            else:
                self._put(cell, _no_number(text))
        floats = [float(self._raw_text(cell)) for cell in long]
        self.made += zip(long, (str(text) for text in numbers_as_text(floats)), strict=True)
        dated = np.flatnonzero(meaning)
        dated = dated[~self._days(cells[dated], meaning[dated] == Meaning.DATE)]
        for cell, told in zip(cells[dated].tolist(), meaning[dated].tolist(), strict=True):
            self._put(cell, self._serial(self._raw_text(cell), Meaning(told)))

    def _days(self, cells: Numbers, dates: Flags) -> Flags:
        """Put the dates that are whole days, by a table of days; tell which."""
        lengths, words = self.lengths[cells], self.cells.words[self.cells.start[cells]]
        days = dates & (lengths > 0) & (lengths <= 5) & are_digits(words, np.minimum(lengths, 8))
        if not days.any():
            return days
        table, first = day_views(from_1904=self.book.from_1904)
        number = np.where(days, number_of(words, np.where(days, lengths, 0)), 0) - first
        days &= (number >= 0) & (number < len(table))
        self.views[cells[days]] = table[number[days]]
        self.kinds[cells[days]] = Kind.DATE
        return days

    def _serial(self, text: str, meaning: Meaning) -> tuple[str, Kind]:
        if not _NUMBER.fullmatch(text):
            return _no_number(text)
        key = (text.encode(), meaning)
        if key not in self.reader.serials:
            serial = float(text)
            told = serial_text(serial, meaning, from_1904=self.book.from_1904)
            self.reader.serials[key] = told or (str(numbers_as_text([serial])[0]), Kind.NUMBER)
        return self.reader.serials[key]

    def _odd(self) -> None:
        cells = self.cells
        block = cells.block
        if cells.odd.size:
            ranges = zip(cells.odd_start.tolist(), cells.odd_end.tolist(), strict=True)
            elements = parse_fragments((block[start:end] for start, end in ranges), "c")
            for cell, element in zip(cells.odd.tolist(), elements, strict=True):
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
    return (str(numbers_as_text([float(text)])[0]), Kind.NUMBER) if _NUMBER.fullmatch(text) else _no_number(text)


def _no_number(text: str) -> tuple[str, Kind]:
    """What a cell holds that says it is a number and is none."""
    if "&" in text or "<" in text:
        raise UnknownSpellingError
    return text, Kind.TEXT
