"""sharedStrings.xml in; a view of every shared text, by its number, out."""

import struct
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import IO

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from fupin_cli.model.sheet import Kind
from fupin_cli.sheets.block_cells import UnknownSpellingError, check_utf_8
from fupin_cli.sheets.spelled_texts import parse_fragments, text_of
from fupin_cli.sheets.text_views import INLINE, Views, views_of, views_of_texts
from fupin_cli.sheets.words import PAD, Flags, Numbers, begins, pairs_of, words_of

WORKERS = 2
BLOCK = 4 << 20
LONGEST_TEXT = 256 << 20
OWN_BLOCKS = 2  # blocks 0 and 1 of a column are those of its sheet
_END = b"</si>"
_VIEW = struct.Struct("<IIII")  # a length, the first four bytes, the block, the place in it


class SharedTexts(Struct, frozen=True):
    """Views of the shared texts and the blocks they look into."""

    views: Views
    kinds: NDArray[np.uint8]  # of a cell with this text: Kind.TEXT or, when there is none, Kind.BLANK
    blocks: tuple[bytes, ...]

    def text(self, number: int) -> str:
        """One of the texts."""
        view: bytes = self.views[number].tobytes()
        length, _, block, start = _VIEW.unpack(view)
        if length <= INLINE:
            return view[4 : 4 + length].decode()
        return self.blocks[int(block) - OWN_BLOCKS][start : start + length].decode()


NO_TEXTS = SharedTexts(np.zeros((0, 2), np.uint64), np.zeros(0, np.uint8), ())


def read_shared_texts(stream: IO[bytes]) -> SharedTexts:
    """All shared texts, read to the end of the part, so that its checksum is compared.

    Raises:
        UnknownSpellingError: the part is not written in a way that is known here.
    """
    blocks: list[bytes] = []
    begun: list[Future[tuple[Views, bytes]]] = []
    with ThreadPoolExecutor(WORKERS) as pool:
        for block in _whole_texts(stream):
            begun.append(pool.submit(_views, block, OWN_BLOCKS + 2 * len(begun)))
            blocks += [block, b""]
        if not begun:
            return NO_TEXTS
        found, blocks[1::2] = zip(*(block.result() for block in begun), strict=True)
    joined = np.concatenate(found)
    kinds = np.where((joined[:, 0] & np.uint64(0xFFFFFFFF)) != 0, Kind.TEXT, Kind.BLANK).astype(np.uint8)
    return SharedTexts(joined, kinds, tuple(blocks))


def _whole_texts(stream: IO[bytes]) -> Iterator[bytes]:
    """Blocks that begin with `<si` and end with an `si`, PAD noughts behind each."""
    carried = stream.read(BLOCK)
    start = carried.find(b"<si")
    top = carried[: start if start >= 0 else None]
    if b"<sst" not in top or carried[:2] in (b"\xff\xfe", b"\xfe\xff") or b"<!" in top:
        raise UnknownSpellingError
    if start < 0:
        if stream.read(1):
            raise UnknownSpellingError
        return
    carried = carried[start:]
    while block := stream.read(BLOCK):
        cut = carried.rfind(_END) + len(_END)
        if cut >= len(_END):
            yield carried[:cut] + bytes(PAD)
            carried = carried[cut:]
        carried += block
        if len(carried) > LONGEST_TEXT:
            raise UnknownSpellingError
    end = carried.rfind(b"</sst>")
    if end < 0 or carried[end + 6 :].strip():
        raise UnknownSpellingError
    if carried[:end].strip():
        yield carried[:end].rstrip() + bytes(PAD)


def _views(block: bytes, number: int) -> tuple[Views, bytes]:
    if not block.isascii():
        check_utf_8(block)
    size = len(block) - PAD
    raw: NDArray[np.uint8] = np.frombuffer(block, np.uint8)
    words = words_of(block)
    brackets = raw[:size] == ord("<")
    at = np.flatnonzero(brackets & (raw[1 : size + 1] == ord("s")) & (raw[2 : size + 2] == ord("i")))
    if not at.size or at[0]:
        raise UnknownSpellingError
    ends = np.append(at[1:], size)
    start, lengths, known = at + 7, ends - at - 16, begins(words[at], b"<si><t>")
    kept = np.flatnonzero(begins(words[at], b"<si><t x"))
    kept = kept[begins(words[at[kept] + 7], b" xml:spa") & begins(words[at[kept] + 15], b'ce="pres')]
    kept = kept[begins(words[at[kept] + 23], b'erve">')]
    start[kept], lengths[kept], known[kept] = at[kept] + 29, ends[kept] - at[kept] - 38, True
    known &= (lengths >= 0) & begins(words[ends - 8], b"/t></si>") & (raw[ends - 9] == ord("<"))
    _doubt_marked(block, raw, at, known)
    _doubt_blanks(raw, start, lengths, known, kept)
    odd = np.flatnonzero(~known)
    spent = 4 * (at.size - odd.size) + sum(
        block.count(b"<", a, b) for a, b in zip(at[odd].tolist(), ends[odd].tolist(), strict=True)
    )
    if spent != np.count_nonzero(brackets):
        raise UnknownSpellingError
    lengths[odd] = 0
    views = views_of(pairs_of(block)[start - 4], start, lengths, number)
    parts = (block[a:b] for a, b in zip(at[odd].tolist(), ends[odd].tolist(), strict=True))
    texts = [text_of(element).encode() for element in parse_fragments(parts, "si")] if odd.size else []
    views[odd], made = views_of_texts(texts, number + 1)
    return views, made


def _doubt_marked(block: bytes, raw: NDArray[np.uint8], at: Numbers, known: Flags) -> None:
    """Texts with an entity, an escape or a carriage return are for the parser."""
    for found in marked_places(block, raw):
        known[np.searchsorted(at, found, "right") - 1] = False


def _doubt_blanks(raw: NDArray[np.uint8], start: Numbers, lengths: Numbers, known: Flags, kept: Numbers) -> None:
    """Texts that begin or end with a blank, where nothing says that it counts."""
    blank = (lengths > 0) & ((raw[start] <= ord(" ")) | (raw[np.maximum(start + lengths - 1, 0)] <= ord(" ")))
    blank[kept] = False
    known &= ~blank


def marked_places(block: bytes, raw: NDArray[np.uint8]) -> list[Numbers]:
    """Where entities, carriage returns and escapes such as `_x000D_` stand."""
    found = [np.flatnonzero(raw == mark[0]) for mark in (b"&", b"\r") if mark in block]
    if b"_" in block:
        found.append(np.flatnonzero((raw[:-1] == ord("_")) & (raw[1:] == ord("x"))))
    return found
