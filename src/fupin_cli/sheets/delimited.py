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
        reader = csv.reader(stream, delimiter=delimiter, strict=False)
        start, opened = 1, 1
        try:
            for chunk in iter(lambda: list(islice(reader, _CHUNK)), []):
                loader.add(start, _even(chunk))
                start += len(chunk)
                opened = reader.line_num + 1
        except csv.Error as error:
            raise refuse(path, "quote", opened) from error
    extent = loader.extent
    return Sheet(path, "", loader.relation, extent.width, extent.row_count, extent.last_row)


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
