"""The XML of a sheet as it streams in, and cells to be written; the same XML with these cells, and nothing else, changed, out.

The XML is cut at its rows and put together again: whatever the writer of the workbook put into it stays as it was written.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache

from msgspec import Struct, field

from fupin_cli.model.place import column_index, letter
from fupin_cli.workbooks.cell_xml import clipped, xml_number, xml_text
from fupin_cli.workbooks.columns import Columns, columns_of
from fupin_cli.workbooks.outline import attributes
from fupin_cli.workbooks.styles import Look, Styles

_ADDRESS = re.compile(rb"""\sr\s*=\s*["']([A-Z]+)""")


class NewCell(Struct, frozen=True):
    """What a cell is to hold."""

    value: str | float | int | None = None  # None: blank
    look: Look | None = None  # None: as it was
    keep_value: bool = False  # value or formula stay as they are; only look, note and link are changed
    note: str | None = None  # a comment on the cell
    link: str | None = None  # where a click leads in the same workbook: 'the sheet'!A7


class Splice(Struct):
    """The cells of one sheet that are to be written, by Excel's row and by column counted from 0."""

    cells: Mapping[int, Mapping[int, NewCell]]
    styles: Styles | None = None  # None: the workbook has no formats, and looks are left
    above: Callable[[bytes], bytes] | None = None  # what stands above the rows → the same as it is to be written
    below: Callable[[bytes], bytes] | None = None  # what stands below them
    measured: bool = False  # the heights of the rows are wanted
    refused: list[str] = field(default_factory=list)  # addresses that hold a formula: they are left as they are
    heights: dict[int, float] = field(default_factory=dict)  # of rows not as high as usual, in points; 0: hidden
    _prefix: bytes = b""
    _columns: Columns | None = None
    _row: int = 0  # the last row that went by
    _waiting: list[int] = field(default_factory=list)  # rows to be written still, the first of them last

    def apply(self, chunks: Iterable[bytes]) -> Iterator[bytes]:
        """Return the XML, which is plain, with the cells written; `refused` is whole when the last of it was taken."""
        self._waiting = sorted(self.cells, reverse=True)
        held = b""
        stream = iter(chunks)
        for chunk in stream:
            held += chunk
            start = re.search(rb"<((?:[\w.-]+:)?)sheetData\s*(/?)>", held)
            if start:
                break
        else:
            raise ValueError("the sheet's XML has no rows")
        head = held[: start.end()]
        self._prefix = start.group(1)
        self._columns = columns_of(head, self._prefix)
        written = self._measured(self.above(head) if self.above else head)
        if start.group(2):
            name = self._prefix + b"sheetData"
            opening = written.rindex(b"<" + name)
            rows = self._rows_before(None)
            yield b"%s<%s>%s</%s>" % (written[:opening], name, rows, name)
            yield from self._rest(held[start.end() :], stream)
        else:
            yield written
            yield from self._body(held[start.end() :], stream)

    def _rest(self, held: bytes, stream: Iterator[bytes]) -> Iterator[bytes]:
        if self.below is None:
            yield held
            yield from stream
        else:
            yield self.below(held + b"".join(stream))

    def _body(self, held: bytes, stream: Iterator[bytes]) -> Iterator[bytes]:
        end = re.compile(rb"</" + re.escape(self._prefix) + rb"sheetData\s*>")
        opening = b"<" + self._prefix + b"row"
        while True:
            over = end.search(held)
            if over:
                yield self._block(held[: over.start()])
                yield self._rows_before(None)
                yield from self._rest(held[over.start() :], stream)
                return
            cut = held.rfind(opening)
            if cut > 0:
                yield self._block(held[:cut])
                held = held[cut:]
            more = next(stream, None)
            if more is None:
                raise ValueError("the sheet's XML ends in the midst of its rows")
            held += more

    def _block(self, block: bytes) -> bytes:
        """Return whole rows with their cells written."""
        pattern = re.compile(rb"<" + re.escape(self._prefix) + rb"row\b([^>]*?)(/?)>")
        starts = list(pattern.finditer(block))
        if not starts:
            return block
        parts = [block[: starts[0].start()]]
        for position, start in enumerate(starts):
            stop = starts[position + 1].start() if position + 1 < len(starts) else len(block)
            told = attributes(start.group(1))
            number = int(told[b"r"]) if told.get(b"r") else self._row + 1
            self._row = number
            if self.measured and told.get(b"hidden") in (b"1", b"true"):
                self.heights[number] = 0.0
            elif self.measured and b"ht" in told:
                self.heights[number] = float(told[b"ht"])
            if not self._waiting or self._waiting[-1] > number:
                parts.append(block[start.start() : stop])
                continue
            parts.append(self._rows_before(number))
            wanted = self.cells[self._waiting.pop()] if self._waiting and self._waiting[-1] == number else None
            parts.append(
                self._written(block[start.start() : stop], start, number, wanted)
                if wanted
                else block[start.start() : stop]
            )
        return b"".join(parts)

    def _rows_before(self, number: int | None) -> bytes:
        """Return the rows that are to be written and that the XML left out, between the last row and this one."""
        name = self._prefix + b"row"
        parts = []
        while self._waiting and (number is None or self._waiting[-1] < number):
            row = self._waiting.pop()
            inside = b"".join(
                self._cell(row, column, new, self._blank(column, {})) for column, new in sorted(self.cells[row].items())
            )
            parts.append(b'<%s r="%d">%s</%s>' % (name, row, inside, name))
        return b"".join(parts)

    def _written(self, row: bytes, start: re.Match[bytes], number: int, wanted: Mapping[int, NewCell]) -> bytes:
        name = self._prefix + b"row"
        opening = start.group(0)
        head = re.sub(rb"""\sspans\s*=\s*("[^"]*"|'[^']*')""", b"", opening)
        if start.group(2):
            inside, rest = b"", row[len(opening) :]
            head = head[:-2].rstrip() + b">"
        else:
            close = row.rindex(b"</" + name)
            inside, rest = row[len(opening) : close], row[close:]
        cells = self._cells(inside, number, dict(wanted), attributes(start.group(1)))
        return head + cells + (b"</" + name + b">" if start.group(2) else b"") + rest

    def _cells(self, inside: bytes, row: int, wanted: dict[int, NewCell], told: dict[bytes, bytes]) -> bytes:
        name = re.escape(self._prefix) + rb"c"
        cells = re.compile(rb"<%s\b([^>]*?)(?:/>|>(.*?)</%s\s*>)" % (name, name), re.DOTALL)
        parts: list[bytes] = []
        beyond = self._beyond(inside, wanted)
        waiting = sorted(set(wanted) - set(beyond), reverse=True)
        done, column = 0, -1
        if not waiting:
            return inside + self._added(row, beyond, wanted, told)
        for cell in cells.finditer(inside):
            address = _ADDRESS.search(cell.group(1))
            column = _column(address.group(1)) if address else column + 1
            if column < waiting[-1]:
                continue
            parts.append(inside[done : cell.start()])
            while waiting and waiting[-1] < column:
                base = self._blank(waiting[-1], told)
                parts.append(self._cell(row, waiting[-1], wanted[waiting.pop()], base))
            if waiting and waiting[-1] == column:
                parts.append(self._over(cell, row, column, wanted[waiting.pop()]))
            else:
                parts.append(cell.group(0))
            done = cell.end()
            if not waiting:
                break
        return b"".join([*parts, inside[done:], self._added(row, [*reversed(waiting), *beyond], wanted, told)])

    def _beyond(self, inside: bytes, wanted: Iterable[int]) -> list[int]:
        """Return the columns to the right of the row's last cell, where that says which it is."""
        opening = b"<" + self._prefix + b"c"
        last = inside.rfind(opening)
        spelled = last >= 0 and inside[last + len(opening) :][:1].isspace()
        address = _ADDRESS.search(inside, last) if spelled else None
        column = _column(address.group(1)) if address else None
        return [] if column is None else sorted(each for each in wanted if each > column)

    def _added(
        self, row: int, columns: Iterable[int], wanted: Mapping[int, NewCell], told: dict[bytes, bytes]
    ) -> bytes:
        return b"".join(self._cell(row, each, wanted[each], self._blank(each, told)) for each in columns)

    def _over(self, cell: re.Match[bytes], row: int, column: int, new: NewCell) -> bytes:
        base = attributes(cell.group(1)).get(b"s")
        content = cell.group(2) or b""
        if new.keep_value:
            styled = re.sub(rb"""\ss\s*=\s*("[^"]*"|'[^']*')""", b"", cell.group(0), count=1)
            opening = b"<" + self._prefix + b"c"
            return opening + self._style(new, base) + styled[len(opening) :]
        if re.search(rb"<%sf\b" % re.escape(self._prefix), content):
            self.refused.append(f"{letter(column)}{row}")
            return cell.group(0)
        return self._cell(row, column, new, base)

    def _blank(self, column: int, row: dict[bytes, bytes]) -> bytes | None:
        """Return the number of the format that a cell has which the XML leaves out: its row's, or else its column's."""
        if row.get(b"customFormat") in (b"1", b"true"):
            return row.get(b"s")
        return self._columns.style(column) if self._columns else None

    def _cell(self, row: int, column: int, new: NewCell, base: bytes | None) -> bytes:
        name = self._prefix + b"c"
        head = b'<%s r="%s%d"%s' % (name, letter(column).encode(), row, self._style(new, base))
        if new.value is None or new.value == "" or new.keep_value:
            return head + b"/>"
        if isinstance(new.value, str):
            text = b'<%sis><%st xml:space="preserve">%s</%st></%sis>'
            inside = text % (
                self._prefix,
                self._prefix,
                xml_text(clipped(new.value)).encode(),
                self._prefix,
                self._prefix,
            )
            return head + b' t="inlineStr">' + inside + b"</" + name + b">"
        return head + b"><%sv>%s</%sv></%s>" % (self._prefix, xml_number(new.value), self._prefix, name)

    def _style(self, new: NewCell, base: bytes | None) -> bytes:
        if new.look is not None and self.styles is not None:
            base = b"%d" % self.styles.index(int(base or 0), new.look)
        return b' s="%s"' % base if base else b""

    def _measured(self, head: bytes) -> bytes:
        """Return what stands above the rows; the extent it states is widened to the cells that are written."""
        found = re.search(rb"""<[\w.:-]*dimension\b[^>]*?\sref\s*=\s*["']([A-Z]+)(\d+)(?::([A-Z]+)(\d+))?["']""", head)
        if not found or not self.cells:
            return head
        left, top = found.group(1).decode(), int(found.group(2))
        right, bottom = (found.group(3) or found.group(1)).decode(), int(found.group(4) or found.group(2))
        columns = [column for row in self.cells.values() for column in row] + [column_index(left), column_index(right)]
        rows = [*self.cells, top, bottom]
        extent = f"{letter(min(columns))}{min(rows)}:{letter(max(columns))}{max(rows)}".encode()
        first, last = found.start(1), found.end(4) if found.group(4) else found.end(2)
        return head[:first] + extent + head[last:]


@lru_cache(maxsize=20_000)
def _column(letters: bytes) -> int:
    return column_index(letters.decode())
