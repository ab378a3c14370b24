"""The attributes, styles and text of one cell of a web page in, the value it holds out.

A page says of few cells what they are. Digits without a hint are text, whole: leading zeros and eighteen digits stay. Hints:
`x:num`, `x:str`, `x:bool`, `x:err`, `x:fmla` and `mso-number-format` of Excel, `vnd.ms-excel.numberformat` of web systems,
`sdval` and `sdnum` of LibreOffice. A cell of the text format `@` is text whatever `x:num` says of it.
"""

import re
from collections.abc import Mapping

from fupin_cli.model.sheet import Kind
from fupin_cli.sheets.filling import Value
from fupin_cli.sheets.marks import Odd
from fupin_cli.sheets.numerals import number_in, shown_as

BREAK, BLOCK, HARD_BLANK = "\x01", "\x02", "\x03"  # a <br>, the edge of a paragraph, an &nbsp;: signs no page holds
SIGNS = re.compile("[\0-\x03]")

_FORMAT = re.compile(
    r"(?:mso-number-format|vnd\.ms-excel\.numberformat)\s*:\s*"
    r"(\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'|(?:[^;}\\]|\\.)*)",
    re.IGNORECASE | re.DOTALL,
)
_UNSEEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*collapse", re.IGNORECASE)
_RULE = re.compile(r"([^{}]+)\{((?:[^{}\"]|\"[^\"]*\")*)\}")
_CLASS = re.compile(r"(?:\w+)?\.([\w-]+)")
_ERROR = re.compile(r"#(?:N/A|REF!|VALUE!|DIV/0!|NAME\?|NULL!|NUM!)")
_VALUES = {"x:num", "x:str", "x:bool", "x:err"}
_EXACT_DIGITS = 15  # of a number; longer runs of digits are kept as the text they are


class Styles:
    """What the page's own style sheet says of its classes: number formats, and what is not shown."""

    def __init__(self) -> None:
        self._formats: dict[str, str] = {}
        self._unseen: set[str] = set()

    def add(self, sheet: str) -> None:
        """Take the rules of a `<style>`; only those of a plain class (`.xl24`, `td.xl24`) are understood."""
        for selectors, body in _RULE.findall(sheet.replace("<!--", "").replace("-->", "")):
            names = [match[1].lower() for match in map(_CLASS.fullmatch, map(str.strip, selectors.split(","))) if match]
            code = _format_in(body)
            for name in names:
                if code is not None:
                    self._formats[name] = code
                if _UNSEEN.search(body):
                    self._unseen.add(name)

    def format_of(self, attributes: Mapping[str, str]) -> str:
        """The number format of a cell, "" when none is stated."""
        own = _format_in(attributes.get("style", ""))
        if own is not None:
            return own
        codes = (self._formats.get(name) for name in attributes.get("class", "").lower().split())
        return next((code for code in codes if code is not None), "")

    def is_unseen(self, attributes: Mapping[str, str]) -> bool:
        """Whether an element is not shown, by its own style, its class, or `hidden`."""
        if "hidden" in attributes or _UNSEEN.search(attributes.get("style", "")):
            return True
        return bool(self._unseen) and not self._unseen.isdisjoint(attributes.get("class", "").lower().split())


def _format_in(style: str) -> str | None:
    match = _FORMAT.search(style)
    if match is None:
        return None
    code = match[1].strip()
    if len(code) > 1 and code[0] == code[-1] and code[0] in "\"'":
        code = code[1:-1]
    return re.sub(r"\\(.)", r"\1", code)


def cell_text(pieces: list[str]) -> str:
    """The text of a cell as a page shows it: blanks run together, a line for each break; "" when nothing is seen."""
    text = re.sub(r"[ \t\r\n\f]+", " ", "".join(pieces))
    if BREAK in text or BLOCK in text:
        text = re.sub(r" ?([\x01\x02]) ?", r"\1", text).strip(BREAK + BLOCK + " ")
        text = re.sub(r"\x02*\x01\x02*", "\n", text)
        text = re.sub(r"\x02+", "\n", text)
    text = text.strip(" ").replace(HARD_BLANK, " ")
    return text if text.strip() else ""


def cell_value(attributes: Mapping[str, str], text: str, code: str) -> Value:
    """What a cell holds; "" when it is blank.

    Args:
        attributes: of the td or th, names in lower case.
        text: as shown.
        code: its number format, "" when none is stated.
    """
    if "sdval" in attributes:
        return _value_of_libre_office(attributes, text)
    if not text and attributes.get("x:fmla") and attributes.keys().isdisjoint(_VALUES):
        return Odd("=" + attributes["x:fmla"].removeprefix("="), Kind.UNCOMPUTED)
    return _value_of_excel(attributes, text, code)


def _value_of_excel(attributes: Mapping[str, str], text: str, code: str) -> Value:
    if attributes.get("x:err"):
        return Odd(attributes["x:err"], Kind.ERROR)
    if attributes.get("x:bool", "").upper() in {"TRUE", "FALSE"}:
        return attributes["x:bool"].upper() == "TRUE"
    if "x:str" in attributes:
        return attributes["x:str"] or text
    if "x:num" in attributes and code != "@":
        return _number(attributes["x:num"] or text, text, code)
    return text


def _value_of_libre_office(attributes: Mapping[str, str], text: str) -> Value:
    if _ERROR.fullmatch(text):
        return Odd(text, Kind.ERROR)
    code = attributes.get("sdnum", "").partition(";")[2].partition(";")[2]
    if code.upper() == "BOOLEAN" and attributes["sdval"] in {"0", "1"}:
        return attributes["sdval"] == "1"
    return _number(attributes["sdval"], text, code)


def _number(written: str, text: str, code: str) -> Value:
    number = number_in(written)
    if number is None or (written.strip().isdecimal() and len(written.strip().lstrip("0")) > _EXACT_DIGITS):
        return text
    return shown_as(number, code)
