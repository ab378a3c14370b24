"""A text table (.csv, .tsv, .txt) in, its records in the engine out. Every cell is text, exactly as written."""

import codecs
import csv
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import IO, Any

from fupin_cli.engines import Engine
from fupin_cli.model.sheet import Sheet
from fupin_cli.sheets.grid import Loader
from fupin_cli.sheets.refusals import refuse

_ENCODINGS = ("utf-8-sig", "gb18030")
_DELIMITERS = ",\t;|"
_CHUNK = 10_000
_BLOCK = 1 << 20


def read_text(engine: Engine, path: Path, number: int) -> Sheet:
    """Load every record; its row number counts records from 1, blank ones too (as Excel numbers them on opening).

    Raises:
        InputError: an unknown encoding, or a quotation mark that is never closed.
    """
    loader = Loader(engine, f"sheet_{number}_0")
    encoding = _encoding(path)
    with path.open(encoding=encoding, newline="") as stream:
        sample = list(islice(stream, 200))
    delimiter = _delimiter(sample)
    with path.open(encoding=encoding, newline="") as stream:
        reader = csv.reader(stream, delimiter=delimiter)
        start, last = 1, [""]
        try:
            while chunk := list(islice(reader, _CHUNK)):
                last = chunk[-1]
                loader.add(start, _even(chunk))
                start += len(chunk)
        except csv.Error as error:
            raise refuse(path, "quote", _open_quote(path, encoding, delimiter)) from error
    if any("\n" in cell for cell in last) and (line := _open_quote(path, encoding, delimiter)):
        raise refuse(path, "quote", line)
    extent = loader.extent
    return Sheet(path, "", loader.relation, extent.width, extent.row_count, extent.last_row, kinds=extent.kinds)


def manner_of(path: Path) -> tuple[str, str]:
    """Return the encoding a text table is read in (its BOM left out) and the sign between its cells.

    Raises:
        InputError: an unknown encoding.
    """
    encoding = _encoding(path)
    with path.open(encoding=encoding, newline="") as stream:
        return encoding, _delimiter(list(islice(stream, 200)))


def _open_quote(path: Path, encoding: str, delimiter: str) -> int | None:
    """The line on which the record begins whose quotation mark swallows the rest of the file; None when none does."""
    begin, end = 1, 0
    with path.open(encoding=encoding, newline="") as stream:
        reader = csv.reader(stream, delimiter=delimiter)
        try:
            for _ in reader:
                begin, end = end + 1, reader.line_num
        except csv.Error:
            return end + 1
    with path.open(encoding=encoding, newline="") as stream:
        try:
            list(csv.reader(islice(stream, begin - 1, None), delimiter=delimiter, strict=True))
        except csv.Error as error:
            return begin if "unexpected end" in str(error) else None
    return None


def _even(records: list[list[str]]) -> list[list[Any]]:
    width = max(map(len, records))
    return [record + [""] * (width - len(record)) for record in records]


def _encoding(path: Path) -> str:
    with path.open("rb") as stream:
        head = stream.read(4)
    if head[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        candidates: tuple[str, ...] = ("utf-16",)
    else:
        candidates = _ENCODINGS
    for encoding in candidates:
        if _decodes(path, encoding):
            return encoding
    raise refuse(path, "undecodable")


def _decodes(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        with path.open("rb") as stream:
            for block in _blocks(stream):
                if "\0" in decoder.decode(block):
                    return False
            decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _blocks(stream: IO[bytes]) -> Iterator[bytes]:
    return iter(lambda: stream.read(_BLOCK), b"")


def _delimiter(sample: list[str]) -> str:
    """The sign that cuts most of the first records into the same number of cells, more than one."""

    def fit(delimiter: str) -> tuple[int, int]:
        counts = [len(record) for record in csv.reader(sample, delimiter=delimiter) if record]
        widths = {width: counts.count(width) for width in set(counts) if width > 1}
        best = max(widths, key=lambda width: (widths[width], width), default=0)
        return widths.get(best, 0), best

    return max(_DELIMITERS, key=fit)
