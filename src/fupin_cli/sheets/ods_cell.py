"""One cell of an OpenDocument table in, the value it holds out."""

import datetime
import re
from typing import TYPE_CHECKING

from fupin_cli.model.sheet import Kind
from fupin_cli.sheets.filling import Value
from fupin_cli.sheets.marks import Odd
from fupin_cli.sheets.numerals import number_in, shown_as

if TYPE_CHECKING:
    from lxml import etree

OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_CALC = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"

_PARAGRAPHS = {TEXT + "p", TEXT + "h"}
_SILENT = {OFFICE + "annotation", OFFICE + "annotation-end", TEXT + "ruby-text", TEXT + "note", TABLE + "shapes",
           TABLE + "detective", TABLE + "table", OFFICE + "forms", OFFICE + "event-listeners"}  # fmt: skip
_BREAKS = {TEXT + "s": "\x01", TEXT + "tab": "\x02", TEXT + "line-break": "\x03"}  # signs no XML text can hold
_ERROR = re.compile(r"#(?:N/A|REF!|VALUE!|DIV/0!|NAME\?|NULL!|NUM!)|(?:Err|错误)[:：]\s*\d+")
_DURATION = re.compile(r"(-?)P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:[.,]\d+)?)S)?)?")


def cell_value(cell: "etree._Element") -> Value:
    """What the cell holds; "" when it is blank."""
    kind, formula = cell.get(OFFICE + "value-type"), cell.get(TABLE + "formula")
    if kind is None and formula is None and not len(cell):
        return ""
    shown = _shown(cell)
    if cell.get(_CALC + "value-type") == "error" or (formula is not None and _ERROR.fullmatch(shown or "")):
        return Odd(shown or "#ERROR", Kind.ERROR)
    value = _typed(cell, kind, shown or "")
    if value is None and shown is None and formula is not None:
        return Odd(_formula(formula), Kind.UNCOMPUTED)
    return shown or "" if value is None else value


def _typed(cell: "etree._Element", kind: str | None, shown: str) -> Value | None:
    """The value that the attributes state; None when they state none that can be read."""
    if kind in {"float", "percentage", "currency"}:
        number = number_in(cell.get(OFFICE + "value"))
        if kind == "percentage" and number is not None:
            return shown_as(number, "0%")
        truth = {"TRUE": 1.0, "FALSE": 0.0}.get(shown.upper())  # LibreOffice keeps 1 and shows TRUE
        return bool(number) if number is not None and truth == number else number
    if kind == "date":
        return _moment(cell.get(OFFICE + "date-value", ""))
    if kind == "time":
        return _time(cell.get(OFFICE + "time-value", ""))
    if kind == "boolean":
        return {"true": True, "false": False}.get(cell.get(OFFICE + "boolean-value", ""))
    return cell.get(OFFICE + "string-value")


def _moment(text: str) -> Value | None:
    try:
        return datetime.datetime.fromisoformat(text.strip()).replace(tzinfo=None)
    except ValueError:
        return None


def _time(text: str) -> Value | None:
    """A time of day below 24 hours, else a length: an .ods does not tell them apart but by style."""
    match = _DURATION.fullmatch(text.strip())
    if match is None:
        return None
    sign, days, hours, minutes, seconds = match.groups()
    length = datetime.timedelta(
        days=int(days or 0), hours=int(hours or 0), minutes=int(minutes or 0),
        seconds=round(float((seconds or "0").replace(",", "."))),
    )  # fmt: skip
    if sign or length >= datetime.timedelta(days=1):
        return -length if sign else length
    return datetime.time(length.seconds // 3600, length.seconds // 60 % 60, length.seconds % 60)


def _shown(cell: "etree._Element") -> str | None:
    """The paragraphs of the cell, a line each; None when it has none."""
    lines = [_line(paragraph) for paragraph in _paragraphs(cell)]
    return "\n".join(lines) if lines else None


def _paragraphs(cell: "etree._Element") -> list["etree._Element"]:
    found: list[etree._Element] = []
    waiting = list(reversed(cell))
    while waiting:
        part = waiting.pop()
        if part.tag in _PARAGRAPHS:
            found.append(part)
        elif not _is_silent(part):
            waiting.extend(reversed(part))
    return found


def _line(paragraph: "etree._Element") -> str:
    if not len(paragraph):
        return _collapsed(paragraph.text or "")
    pieces: list[str] = []
    waiting: list[etree._Element | str] = [paragraph]
    while waiting:
        part = waiting.pop()
        if isinstance(part, str):
            pieces.append(part)
            continue
        if part is not paragraph and part.tail:
            waiting.append(part.tail)
        sign = _BREAKS.get(part.tag)
        if sign:
            waiting.append(sign * min(int(part.get(TEXT + "c") or 1), 32_767))
        elif part is paragraph or not _is_silent(part):
            waiting.extend(reversed(part))
            waiting.append(part.text or "")
    return _collapsed("".join(pieces)).replace("\x01", " ").replace("\x02", "\t").replace("\x03", "\n")


def _collapsed(text: str) -> str:
    """Blanks as OpenDocument reads them: a run is one, none at the head, no line's end at the tail."""
    if "  " in text or text[:1] in " \t\r\n" or "\n" in text or "\t" in text or "\r" in text:
        return re.sub(r"[ \t\r\n]+", " ", re.sub(r"[ \t\r\n]*[\r\n][ \t\r\n]*$", "", text)).lstrip(" ")
    return text


def _is_silent(part: "etree._Element") -> bool:
    return part.tag in _SILENT or not isinstance(part.tag, str) or part.tag.startswith(_DRAW)


def _formula(text: str) -> str:
    """`of:=SUM([.A1:.B2])` as a spreadsheet shows it: `=SUM(A1:B2)`."""
    body = re.sub(r"^\w+:(?==)", "", text)
    parts = re.split(r'("(?:[^"]|"")*")', body)
    parts[::2] = [re.sub(r"\[([^\]]*)\]", _reference, part).replace(";", ",") for part in parts[::2]]
    joined = "".join(parts)
    return joined if joined.startswith("=") else f"={joined}"


def _reference(match: re.Match[str]) -> str:
    sheet, _, first = match[1].partition(":")[0].rpartition(".")
    last = match[1].partition(":")[2].rpartition(".")[2]
    return (f"{sheet.removeprefix('$')}!" if sheet else "") + first + (f":{last}" if last else "")
