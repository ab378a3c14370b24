"""XML elements that hold texts in, each text as a clerk would see it out: runs joined, phonetic guides left out."""

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from fupin_cli.sheets.block_cells import UnknownSpellingError

if TYPE_CHECKING:
    from lxml import etree

_ESCAPE = re.compile(r"_x00([0-9A-Fa-f]{2})_")
XML_BLANKS = " \t\r\n"
_PRESERVE = "{http://www.w3.org/XML/1998/namespace}space"


def parse_fragments(fragments: Iterable[bytes], name: str) -> "list[etree._Element]":
    """Each fragment as the one element `name` it must be.

    Raises:
        UnknownSpellingError: it is something else.
    """
    from lxml import etree

    given = list(fragments)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    try:
        elements = list(etree.fromstring(b"<all>" + b"".join(given) + b"</all>", parser))
    except etree.XMLSyntaxError as error:
        raise UnknownSpellingError from error
    if len(elements) != len(given) or any(element.tag != name for element in elements):
        raise UnknownSpellingError
    return elements


def text_of(element: "etree._Element") -> str:
    """The text of an `si` or `is`: its `t`, or those of its runs."""
    return "".join(_text(t) for t in element.iter("t") if t.getparent().tag != "rPh")  # type: ignore[union-attr]


def _text(t: "etree._Element") -> str:
    text = t.text or ""
    if t.get(_PRESERVE) != "preserve":
        text = text.strip(XML_BLANKS)
    return unescape(text)


def unescape(text: str) -> str:
    """`_x000D_` is how a workbook writes a control character, and `_x005F_` a `_` that begins no such thing."""
    return _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text
