"""A block of whole xlsx rows in; where each cell stands and which bytes are its value, out.

Every byte's part in the XML is accounted for: each cell is spelled in a way known here, or is handed on as `odd` to
a real parser; the opening brackets of all are added up, and when one is left over the block is not understood
(`UnknownSpellingError`), and the sheet goes another way.
"""

import numpy as np
from numpy.typing import NDArray

from fupin_cli.sheets.block_cells import Cells, Type, UnknownSpellingError
from fupin_cli.sheets.column_codes import column_codes
from fupin_cli.sheets.words import (
    PAD,
    Flags,
    Numbers,
    Pairs,
    Words,
    begins,
    length_before,
    pairs_of,
    read_digits,
    words_of,
)

_QUOTE = b'"'
_ROW_AT, _CELL_AT = len(b'<row r="'), len(b'<c r="')
_PIECE = 1 << 20  # bytes that are looked at in one go
_SAMPLE = 64  # anchors by which is seen whether blanks stand between elements
_LAST_ROW, _COLUMNS = 1_048_576, 16_384
_INLINE_PRESERVED = (b"><is><t ", b" xml:spa", b'ce="pres', b'erve">')


def scan_rows(rows: bytes) -> Cells:
    """Cells of a block that begins with `<row` and ends with `</row>` or `<row …/>` and PAD noughts."""
    return _Scan(rows).cells()


class _Scan:
    def __init__(self, block: bytes) -> None:
        self.block = block
        self.size = len(block) - PAD
        self.raw: NDArray[np.uint8] = np.frombuffer(block, np.uint8)
        self.words, self.pairs = words_of(block), pairs_of(block)
        self.brackets = 0

    def cells(self) -> Cells:
        at, pairs = self._anchors()
        heads = pairs.view(np.uint64)[::2]
        is_row = begins(heads, b'<row r="')
        known = is_row | begins(heads, b'<c r="')
        if not known.all():
            at, pairs, is_row = at[known], pairs[known], is_row[known]
        if not at.size or not is_row[0] or self.block[: at[0]].strip():
            raise UnknownSpellingError
        ends = np.append(at[1:], self.size)
        if (self.raw[ends[:_SAMPLE] - 1] <= ord(" ")).any():  # else there is a blank nowhere, or it is found out later
            ends = self._before_blanks(ends)
        rows, is_cell = np.flatnonzero(is_row), ~is_row
        self.per_row = np.diff(np.append(rows, at.size)) - 1
        self._rows(at[rows], ends[rows])
        self.at, self.end, self.head = at[is_cell], ends[is_cell], pairs[is_cell].view(np.uint64)
        last = np.cumsum(self.per_row) - 1
        self.first = last + 1 - self.per_row
        self.end[last] = self._before_row_ends(self.end[last])
        self._places()
        self._attributes()
        return self._contents()

    def _anchors(self) -> tuple[Numbers, Pairs]:
        """Where rows and cells seem to begin, and the sixteen bytes there."""
        self.found_brackets = 0
        found = []
        for start in range(0, self.size, _PIECE):
            piece, following = self.raw[start : min(start + _PIECE, self.size)], self.raw[start + 1 :]
            brackets, following = piece == ord("<"), following[: piece.size]
            self.found_brackets += int(np.count_nonzero(brackets))
            wanted = following == ord("c")
            wanted |= following == ord("r")
            wanted &= brackets
            found.append(np.flatnonzero(wanted) + start)
        at = np.concatenate(found)
        return at, self.pairs[at]

    def _before_row_ends(self, ends: Numbers) -> Numbers:
        """Each end, moved to the left of the `</row>` before it and of blanks before that."""
        _sure((self.words[ends - 8] >> np.uint64(16)) == _word6(b"</row>"))
        return self._before_blanks(ends - 6)

    def _before_blanks(self, ends: Numbers) -> Numbers:
        """Each end, moved to the left of the blanks and line ends before it."""
        moved = ends
        while (blank := self.raw[moved - 1] <= ord(" ")).any():
            moved = moved - blank
        return moved

    def _rows(self, at: Numbers, ends: Numbers) -> None:
        """Check every row; keep what is to be known of those that have cells."""
        words = self.words[at + _ROW_AT]
        digits = length_before(words, _QUOTE)
        numbers, are_numbers = read_digits(words, digits)
        _sure(are_numbers & (digits < 8) & (numbers > 0) & (numbers <= _LAST_ROW))
        _sure(np.diff(numbers) > 0)
        tails = self.words[ends - 8]
        closed = (tails >> np.uint64(16)) == _word6(b"</row>")
        closed_alone = (tails >> np.uint64(48)) == np.uint64(int.from_bytes(b"/>", "little"))
        opened = (tails >> np.uint64(56)) == ord(">")
        empty = self.per_row == 0
        _sure(np.where(empty, closed | closed_alone, opened & ~closed_alone))
        self.brackets += int(np.where(empty & closed_alone, 1, 2).sum())
        self.hidden = self._hidden_rows(numbers, at, ends)
        self.span = int(numbers[0]), int(numbers[-1])
        self.numbers, self.row_digits, self.row_words = numbers[~empty], digits[~empty], words[~empty]
        self.per_row = self.per_row[~empty]

    def _hidden_rows(self, numbers: Numbers, at: Numbers, ends: Numbers) -> list[int]:
        lengths = ends - at
        starts = np.cumsum(lengths) - lengths
        tags = self.raw[np.repeat(at - starts, lengths) + np.arange(int(lengths.sum()))].tobytes()
        if b"hidden" not in tags:
            return []
        found = []
        for spelling in (b' hidden="1"', b' hidden="true"'):
            place = tags.find(spelling)
            while place >= 0:
                found.append(int(numbers[np.searchsorted(starts, place, "right") - 1]))
                place = tags.find(spelling, place + 1)
        _sure(
            np.array(tags.count(b"hidden") == len(found) + tags.count(b' hidden="0"') + tags.count(b' hidden="false"'))
        )
        return sorted(found)

    def _places(self) -> None:
        """Columns, by the letters of each reference; its digits must be those of the row."""
        head, behind = self.head[::2], self.head[1::2]
        told = column_codes()[(head >> np.uint64(48)).view(np.int64)]
        _sure(told >= 0)
        self.column, two = (told >> 1).astype(np.int64), (told & 1).astype(np.bool_)
        digits = np.where(two, behind, (behind << np.uint64(8)) | (head >> np.uint64(56)))
        letters = two + np.int64(1)
        third = behind.astype(np.uint8)
        if (more := np.flatnonzero(two & (third >= ord("A")))).size:
            _sure(third[more] <= ord("Z"))
            self.column[more] = (self.column[more] + 1) * 26 + third[more] - ord("A")
            _sure(self.column[more] < _COLUMNS)
            letters[more] = 3
            digits[more] = self.words[self.at[more] + _CELL_AT + 3]
        digits ^= np.repeat(self.row_words, self.per_row)
        digits <<= np.repeat((7 - self.row_digits).astype(np.uint64) * np.uint64(8), self.per_row)
        _sure(digits == 0)
        rising = self.column[1:] > self.column[:-1]
        rising[self.first[1:] - 1] = True
        _sure(rising)
        letters += self.at
        letters += np.repeat(self.row_digits + (_CELL_AT + 1), self.per_row)
        self.mark = letters  # behind the reference's closing quote

    def _attributes(self) -> None:
        """`s` and `t` in either order; `mark` moves behind them."""
        self.style = np.zeros(self.at.size, np.int64)
        heads = self.words[self.mark]
        shared = begins(heads, b' t="s"><')  # by far the most usual
        self.type = shared.astype(np.uint8)
        self.mark += shared * np.int64(6)
        todo = np.flatnonzero(begins(heads, b" ") & ~shared)
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
        self.style[cells], are_numbers = read_digits(words, lengths)
        _sure(are_numbers & (lengths < 8))
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
        tails = self.words[self.end - 8] == np.uint64(int.from_bytes(b"</v></c>", "little"))
        values = self.pairs[self.mark].view(np.uint64)
        self.start, self.stop = self.mark + 4, self.end - 8
        self.trimmed = np.zeros(self.at.size, np.bool_)
        known = begins(values[::2], b"><v>")
        known &= tails
        known &= self.stop >= self.start
        self.brackets += 4 * int(np.count_nonzero(known))
        keep = np.ones(self.at.size, np.bool_)
        if not known.all():
            others = np.flatnonzero(~known)
            heads = values[2 * others]
            for spelling, brackets in ((b"/>", 1), (b"></c>", 2)):
                blank = others[begins(heads, spelling) & (self.mark[others] + len(spelling) == self.end[others])]
                keep[blank], known[blank] = False, True
                self.brackets += brackets * blank.size
            self._inline(others, heads, known)
            self._computed(others[begins(heads, b"><f") & tails[others]], known)
            elsewhere = others[known[others] & keep[others]]
            values.view(np.complex128)[elsewhere] = self.pairs[self.start[elsewhere] - 4]
        return self._gather(keep, known, values)

    def _inline(self, others: Numbers, heads: Words, known: Flags) -> None:
        for spelling, trimmed in (((b"><is><t>",), True), (_INLINE_PRESERVED, False)):
            cells = others[begins(heads, spelling[0])]
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

    def _computed(self, cells: Numbers, known: Flags) -> None:
        """Formulas with the value they were saved with."""
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

    def _gather(self, keep: Flags, known: Flags, values: Words) -> Cells:
        unknown = np.flatnonzero(~known)
        odd_start, odd_end = self.at[unknown], self.end[unknown]
        for start, end in zip(odd_start.tolist(), odd_end.tolist(), strict=True):
            self.brackets += self.block.count(b"<", start, end)
        if self.brackets != self.found_brackets:
            raise UnknownSpellingError
        self.type[unknown] = Type.ODD
        row = np.repeat(np.arange(self.per_row.size), self.per_row)
        kept = slice(None) if keep.all() else np.flatnonzero(keep)
        return Cells(
            block=self.block,
            pairs=self.pairs,
            span=self.span,
            numbers=self.numbers,
            hidden=self.hidden,
            row=row[kept],
            column=self.column[kept],
            style=self.style[kept],
            type=self.type[kept],
            start=self.start[kept],
            length=(self.stop - self.start)[kept],
            values=values.view(np.complex128)[kept],
            trimmed=self.trimmed[kept],
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
