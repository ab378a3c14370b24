"""A text table and cells to be written in; a copy in its own encoding, line ends and quotation marks, all else the same, out."""

import codecs
import csv
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

TextCells = Mapping[int, Mapping[int, str | None]]  # record, counted from 1 → column counted from 0 → text; None: blank
_LINE = re.compile(r"[^\r\n]*(?:\r\n|[\r\n])|[^\r\n]+")  # as a text file gives them: \n, \r and both together end one
_ENCODINGS = {"utf-8-sig": "utf-8"}  # a BOM is kept as the first character of the text


def rewrite_text(source: Path, target: Path, cells: TextCells, encoding: str, delimiter: str) -> bool:
    """Write `target`, a copy of `source` with some cells changed; False, and nothing written, when it cannot be the same elsewhere.

    Args:
        source: a text table that was read.
        target: written over; the caller puts it into place.
        cells: what is to be written; a cell beyond the end of its record is added to it.
        encoding: as it was read in.
        delimiter: the sign between cells.
    """
    raw = source.read_bytes()
    if encoding == "utf-16":
        encoding = "utf-16-le" if raw.startswith(codecs.BOM_UTF16_LE) else "utf-16-be"
    encoding = _ENCODINGS.get(encoding, encoding)
    text = raw.decode(encoding)
    if text.encode(encoding) != raw:
        return False
    try:
        made = "".join(_records(text, cells, delimiter)).encode(encoding)
    except UnicodeEncodeError:
        return False
    target.write_bytes(made)
    return True


def _records(text: str, cells: TextCells, delimiter: str) -> Iterator[str]:
    """Yield each record as it stands, with its line end, those with cells to be written changed."""
    taken: list[str] = []
    lines = (found.group() for found in _LINE.finditer(text))

    def told() -> Iterator[str]:
        for line in lines:
            taken.append(line)
            yield line

    for number, _ in enumerate(csv.reader(told(), delimiter=delimiter), 1):
        record = "".join(taken)
        taken.clear()
        yield _written(record, cells[number], delimiter) if number in cells else record
    yield "".join(taken)


def _written(record: str, cells: Mapping[int, str | None], delimiter: str) -> str:
    body = record.rstrip("\r\n")
    fields = _fields(body, delimiter)
    fields += [""] * (max(cells) + 1 - len(fields))
    for column, new in cells.items():
        fields[column] = _field(new or "", delimiter, quoted=fields[column].startswith('"'))
    return delimiter.join(fields) + record[len(body) :]


def _fields(body: str, delimiter: str) -> list[str]:
    """Return the cells of a record as they are written, quotation marks and all."""
    sign = re.escape(delimiter)
    return re.findall(rf'(?:^|(?<={sign}))("(?:[^"]|"")*"[^{sign}]*|[^{sign}]*)(?:{sign}|$)', body)


def _field(text: str, delimiter: str, *, quoted: bool) -> str:
    if quoted or any(sign in text for sign in (delimiter, '"', "\n", "\r")):
        return '"' + text.replace('"', '""') + '"'
    return text
