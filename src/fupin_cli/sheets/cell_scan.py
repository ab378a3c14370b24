"""A block of whole xlsx rows in; where each cell stands and which bytes are its value, out.

Every byte's part in the XML is accounted for: each cell is spelled in a way known here, or is handed on as `odd` to
a real parser; the opening brackets of all are added up, and when one is left over the block is not understood
(`UnknownSpellingError`), and the sheet goes another way.
"""

import numpy as np
from numpy.typing import NDArray

from fupin_cli.sheets.block_cells import Cells, Type, UnknownSpellingError
from fupin_cli.sheets.words import (
    PAD,
    Flags,
    Numbers,
    Words,
    are_digits,
    begins,
    length_before,
    number_of,
    words_of,
)

_QUOTE = b'"'
_ROW_AT, _CELL_AT = len(b'<row r="'), len(b'<c r="')
_SAMPLE = 64  # anchors by which is seen whether blanks stand between elements
_LAST_ROW, _COLUMNS = 1_048_576, 16_384
_INLINE_PRESERVED = (b"><is><t ", b" xml:spa", b'ce="pres', b'erve">')


def scan_rows(rows: bytes) -> Cells:
    """Cells of a block that begins with `<row` and ends with `</row>` or `<row …/>`."""
    block = rows + bytes(PAD)
    return _Scan(block).cells()


class _Scan:
    def __init__(self, block: bytes) -> None:
        self.block = block
        self.size = len(block) - PAD
        self.raw: NDArray[np.uint8] = np.frombuffer(block, np.uint8)
        self.words = words_of(block)
        self.brackets = 0

    def cells(self) -> Cells:
        at, ends, is_row = self._anchors()
        self._rows(at[is_row], ends[is_row], np.append(is_row[1:], True)[is_row])
        is_cell = ~is_row
        self.at = at[is_cell]
        self.row = np.cumsum(is_row)[is_cell] - 1
        self.end = ends[is_cell]
        after = np.append(is_row[1:], True)[is_cell]  # what follows is a row: `</row>` stands between
        last = np.flatnonzero(after)
        _sure((self.words[self.end[last] - 8] >> np.uint64(16)) == _word6(b"</row>"))
        self.end[last] -= 6
        self.end[last] = self._before_blanks(self.end[last])
        self._places()
        self._attributes()
        return self._contents()

    def _anchors(self) -> tuple[Numbers, Numbers, Flags]:
        """Where rows and cells begin, and where the next begins."""
        brackets, following = self.raw[: self.size] == ord("<"), self.raw[1 : self.size + 1]
        self.found_brackets = int(np.count_nonzero(brackets))
        wanted = following == ord("c")
        wanted |= following == ord("r")
        wanted &= brackets
        at = np.flatnonzero(wanted)
        heads = self.words[at]
        is_row = begins(heads, b'<row r="')
        known = is_row | begins(heads, b'<c r="')
        if not known.all():
            at, is_row = at[known], is_row[known]
        if not at.size or not is_row[0] or self.block[: at[0]].strip():
            raise UnknownSpellingError
        ends = np.append(at[1:], self.size)
        if (self.raw[ends[:_SAMPLE] - 1] <= ord(" ")).any():  # else there is a blank nowhere, or it is found out later
            ends = self._before_blanks(ends)
        return at, ends, is_row

    def _before_blanks(self, ends: Numbers) -> Numbers:
        """Each end, moved to the left of the blanks and line ends before it."""
        moved = ends
        while (blank := self.raw[moved - 1] <= ord(" ")).any():
            moved = moved - blank
        return moved

    def _rows(self, at: Numbers, ends: Numbers, next_is_row: Flags) -> None:
        words = self.words[at + _ROW_AT]
        self.row_digits = length_before(words, _QUOTE)
        _sure((self.row_digits < 8) & (self.row_digits > 0) & are_digits(words, self.row_digits))
        self.row_words = words
        self.numbers = number_of(words, self.row_digits)
        _sure((self.numbers > 0) & (self.numbers <= _LAST_ROW))
        _sure(np.diff(self.numbers) > 0)
        tails = self.words[ends - 8] >> np.uint64(8)
        closed = (self.words[ends - 8] >> np.uint64(16)) == _word6(b"</row>")
        closed_alone = (tails >> np.uint64(40)) == np.uint64(int.from_bytes(b"/>", "little"))
        opened = self.raw[ends - 1] == ord(">")
        _sure(np.where(next_is_row, closed | closed_alone, opened & ~closed_alone))
        self.brackets += int(np.where(next_is_row & closed_alone, 1, 2).sum())
        self.hidden = self._hidden_rows(at, ends)

    def _hidden_rows(self, at: Numbers, ends: Numbers) -> list[int]:
        lengths = ends - at
        starts = np.cumsum(lengths) - lengths
        tags = self.raw[np.repeat(at - starts, lengths) + np.arange(int(lengths.sum()))].tobytes()
        if b"hidden" not in tags:
            return []
        found = []
        for spelling in (b' hidden="1"', b' hidden="true"'):
            place = tags.find(spelling)
            while place >= 0:
                found.append(int(self.numbers[np.searchsorted(starts, place, "right") - 1]))
                place = tags.find(spelling, place + 1)
        _sure(
            np.array(tags.count(b"hidden") == len(found) + tags.count(b' hidden="0"') + tags.count(b' hidden="false"'))
        )
        return sorted(found)

    def _places(self) -> None:
        """Columns, by the letters of each reference; its digits must be those of the row."""
        letters = self.words[self.at + _CELL_AT].view(np.uint8).reshape(-1, 8)
        first, second, third = letters[:, 0], letters[:, 1], letters[:, 2]
        two = second >= ord("A")
        three = two & (third >= ord("A"))
        _sure((first >= ord("A")) & (first <= ord("Z")) & (second <= ord("Z")))
        column = first.astype(np.int64) - 64
        column[two] = column[two] * 26 + second[two] - 64
        if three.any():
            _sure(third[three] <= ord("Z"))
            column[three] = column[three] * 26 + third[three] - 64
        _sure(column <= _COLUMNS)
        self.column = column - 1
        digits = self.row_digits[self.row]
        start = self.at + _CELL_AT + 1 + two + three
        same = (self.words[start] ^ self.row_words[self.row]) << ((7 - digits).astype(np.uint64) * np.uint64(8))
        _sure(same == 0)
        _sure(np.diff(self.row * _COLUMNS + self.column) > 0)
        self.mark = start + digits + 1  # behind the reference's closing quote

    def _attributes(self) -> None:
        """`s` and `t` in either order; `mark` moves behind them."""
        self.style = np.zeros(self.at.size, np.int64)
        self.type = np.zeros(self.at.size, np.uint8)
        todo = np.flatnonzero(self.raw[self.mark] == ord(" "))
        for _ in range(2):
            if not todo.size:
                return
            heads = self.words[self.mark[todo]]
            self._styles(todo[begins(heads, b' s="')])
            self._types(todo, heads)
            todo = todo[self.raw[self.mark[todo]] == ord(" ")]

    def _styles(self, cells: Numbers) -> None:
        words = self.words[self.mark[cells] + 4]
        lengths = length_before(words, _QUOTE)
        _sure((lengths > 0) & (lengths < 8) & are_digits(words, lengths))
        self.style[cells] = number_of(words, lengths)
        self.mark[cells] += lengths + 5

    def _types(self, todo: Numbers, heads: Words) -> None:
        for spelling, told in _TYPES.items():
            cells = todo[begins(heads, spelling[:8])]
            if cells.size:
                if len(spelling) > 8:
                    _sure(begins(self.words[self.mark[cells] + 8], spelling[8:]))
                self.type[cells] = told
                self.mark[cells] += len(spelling)

    def _contents(self) -> Cells:
        heads, tails = self.words[self.mark], self.words[self.end - 8]
        self.start, self.stop = self.mark + 4, self.end - 8
        self.trimmed = np.zeros(self.at.size, np.bool_)
        known = begins(heads, b"><v>") & (tails == np.uint64(int.from_bytes(b"</v></c>", "little")))
        known &= self.stop >= self.start
        self.brackets += 4 * int(np.count_nonzero(known))
        keep = np.ones(self.at.size, np.bool_)
        if not known.all():
            others = np.flatnonzero(~known)
            for spelling, brackets in ((b"/>", 1), (b"></c>", 2)):
                blank = others[
                    begins(heads[others], spelling) & (self.mark[others] + len(spelling) == self.end[others])
                ]
                keep[blank], known[blank] = False, True
                self.brackets += brackets * blank.size
            self._inline(others, heads, known)
            self._computed(others, heads, tails, known)
        return self._gather(keep, known)

    def _inline(self, others: Numbers, heads: Words, known: Flags) -> None:
        for spelling, trimmed in (((b"><is><t>",), True), (_INLINE_PRESERVED, False)):
            cells = others[begins(heads[others], spelling[0])]
            for index, part in enumerate(spelling[1:]):
                cells = cells[begins(self.words[self.mark[cells] + 7 + 8 * index], part)]
            cells = cells[self.type[cells] == Type.TEXT]
            start = self.mark[cells] + (8 if trimmed else 29)
            ends = self.end[cells]
            right = begins(self.words[ends - 13], b"</t></is") & begins(self.words[ends - 8], b"/is></c>")
            right &= ends - 13 >= start
            cells = cells[right]
            self.start[cells], self.stop[cells] = start[right], ends[right] - 13
            self.trimmed[cells], known[cells] = trimmed, True
            self.brackets += 6 * cells.size

    def _computed(self, others: Numbers, heads: Words, tails: Words, known: Flags) -> None:
        """Formulas with the value they were saved with."""
        cells = others[
            begins(heads[others], b"><f") & (tails[others] == np.uint64(int.from_bytes(b"</v></c>", "little")))
        ]
        if not cells.size:
            return
        raw, size = self.raw, self.size
        values = np.flatnonzero(
            (raw[:size] == ord("<")) & (raw[1 : size + 1] == ord("v")) & (raw[2 : size + 2] == ord(">"))
        )
        place = np.searchsorted(values, self.mark[cells])
        at = np.append(values, size)[place]
        before = self.words[at - 4]
        closed, alone = begins(before, b"</f>"), begins(before >> np.uint64(16), b"/>")
        right = (at < self.end[cells]) & (closed | alone)
        cells, at = cells[right], at[right]
        self.start[cells] = at + 3
        known[cells] = self.stop[cells] > at + 3  # without a value it is not computed
        self.brackets += int(np.where(closed[right], 6, 5)[known[cells]].sum())

    def _gather(self, keep: Flags, known: Flags) -> Cells:
        unknown = np.flatnonzero(~known)
        odd_start, odd_end = self.at[unknown], self.end[unknown]
        for start, end in zip(odd_start.tolist(), odd_end.tolist(), strict=True):
            self.brackets += self.block.count(b"<", start, end)
        if self.brackets != self.found_brackets:
            raise UnknownSpellingError
        kept = slice(None) if keep.all() else np.flatnonzero(keep)
        odd = unknown if isinstance(kept, slice) else np.searchsorted(kept, unknown)
        return Cells(
            block=self.block,
            words=self.words,
            numbers=self.numbers,
            hidden=self.hidden,
            row=self.row[kept],
            column=self.column[kept],
            style=self.style[kept],
            type=self.type[kept],
            start=self.start[kept],
            end=self.stop[kept],
            trimmed=self.trimmed[kept],
            odd=odd,
            odd_start=odd_start,
            odd_end=odd_end,
        )


_TYPES = {
    b' t="s"': Type.SHARED,
    b' t="n"': Type.NUMBER,
    b' t="b"': Type.BOOLEAN,
    b' t="e"': Type.ERROR,
    b' t="d"': Type.ISO_DATE,
    b' t="str"': Type.TEXT,
    b' t="inlineStr"': Type.TEXT,
}


def _word6(text: bytes) -> np.uint64:
    return np.uint64(int.from_bytes(text, "little"))


def _sure(flags: Flags) -> None:
    if not flags.all():
        raise UnknownSpellingError
