"""The XML of an xlsx sheet as it is inflated in, blocks of whole rows out; then what stands before and behind them."""

import re
from collections.abc import Iterator
from typing import IO

from fupin_cli.model.sheet import Merge
from fupin_cli.sheets.block_cells import UnknownSpellingError
from fupin_cli.sheets.marks import Marks, hide_columns, position
from fupin_cli.sheets.words import PAD

BLOCK = 4 << 20
LONGEST = 256 << 20  # bytes of a row, or of what stands behind the rows
_UTF_8 = re.compile(
    rb"""(\xef\xbb\xbf)?(<\?xml\s+version=["']1\.0["'](\s+encoding=["']utf-8["'])?[^>]*\?>)?\s*<""", re.IGNORECASE
)
_BEGIN, _NONE, _END, _ROW_END = b"<sheetData>", b"<sheetData/>", b"</sheetData>", b"</row>"


class RowBlocks:
    """Gives the rows block by block; when all were given, `frame` is the sheet's XML without its rows."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self.frame = b""

    def __iter__(self) -> Iterator[bytes]:
        """Blocks that end with a row and PAD noughts.

        Raises:
            UnknownSpellingError: the rows cannot be found by their plainest spelling.
        """
        top = self._stream.read(BLOCK)
        begin = re.search(rb"<sheetData(>|/>)", top)
        if not begin or not _UTF_8.match(top) or b"<!" in top[: begin.start()]:
            raise UnknownSpellingError
        self.frame, block, carried = top[: begin.start()] + _NONE, top[begin.end() :], b""
        while begin[0] == _BEGIN:
            cut = block.rfind(_ROW_END) + len(_ROW_END)
            if cut >= len(_ROW_END):
                yield b"".join((carried, memoryview(block)[:cut], bytes(PAD)))
                carried = block[cut:]
            else:
                carried += block
            end = carried.find(_END)
            if end >= 0:
                if carried[:end].strip():
                    yield carried[:end] + bytes(PAD)
                block = carried[end + len(_END) :]
                break
            block = self._more(len(carried))
        carried = block
        while block := self._stream.read(BLOCK):
            carried += block
            if len(carried) > LONGEST:
                raise UnknownSpellingError
        self.frame += carried

    def _more(self, carried: int) -> bytes:
        block = self._stream.read(BLOCK)
        if not block or carried > LONGEST:
            raise UnknownSpellingError
        return block


def read_frame_xml(frame: bytes, marks: Marks) -> tuple[Merge, ...]:
    """Merged ranges, in the order of their first cells; hidden columns go into the marks."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    try:
        root = etree.fromstring(frame, parser)
    except etree.XMLSyntaxError as error:
        raise UnknownSpellingError from error
    for column in root.iterfind("{*}cols/{*}col"):
        hide_columns(marks, {str(name): value for name, value in column.attrib.items()})
    found = _merges(str(node.get("ref", "")) for node in root.iterfind("{*}mergeCells/{*}mergeCell"))
    return tuple(sorted(found, key=lambda merge: (merge.first_row, merge.first_column)))


def _merges(references: Iterator[str]) -> Iterator[Merge]:
    for reference in references:
        ends = [position(part) for part in reference.split(":")]
        first, last = ends[0], ends[-1]
        if len(ends) > 2 or first is None or last is None:
            raise UnknownSpellingError
        if first != last:
            yield Merge(first[0] + 1, last[0] + 1, first[1], last[1])
