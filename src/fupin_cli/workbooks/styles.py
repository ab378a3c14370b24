"""The styles part of a workbook and looks that are wanted in; the formats that have them, added to the part, out."""

from copy import deepcopy
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml import etree

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_FIRST_OWN = 164  # numbers of formats below are Excel's
DATE = "yyyy\\-mm\\-dd"


@dataclass(frozen=True, slots=True)
class Look:
    """What of a cell's look is to be another; all else of it stays."""

    fill: str | None = None  # RRGGBB
    number_format: str | None = None  # as Excel's formats are written: DATE


class Styles:
    """The styles of one workbook; `changed` once a look was asked for."""

    def __init__(self, part: bytes) -> None:
        self._part = part
        self._found: dict[tuple[int, Look], int] = {}

    @property
    def changed(self) -> bool:
        """Whether the part is another than it was."""
        return bool(self._found)

    def index(self, base: int, look: Look) -> int:
        """Return the number of the format that is `base` with this look."""
        if (base, look) not in self._found:
            self._found[base, look] = self._add(base, look)
        return self._found[base, look]

    def part(self) -> bytes:
        """Return the part as it is to be written."""
        from lxml import etree

        return etree.tostring(self._root, encoding="UTF-8", xml_declaration=True, standalone=True)

    @cached_property
    def _root(self) -> "etree._Element":
        from lxml import etree

        return etree.fromstring(self._part, etree.XMLParser(resolve_entities=False, no_network=True))

    def _add(self, base: int, look: Look) -> int:
        formats = self._list("cellXfs")
        cell = deepcopy(formats[base if base < len(formats) else 0])
        if look.fill is not None:
            cell.set("fillId", str(self._fill(look.fill)))
            cell.set("applyFill", "1")
        if look.number_format is not None:
            cell.set("numFmtId", str(self._number_format(look.number_format)))
            cell.set("applyNumberFormat", "1")
        return self._append(formats, cell)

    def _fill(self, colour: str) -> int:
        from lxml import etree

        space = self._space
        fill = etree.Element(f"{space}fill")
        pattern = etree.SubElement(fill, f"{space}patternFill", patternType="solid")
        etree.SubElement(pattern, f"{space}fgColor", rgb=f"FF{colour}")
        etree.SubElement(pattern, f"{space}bgColor", indexed="64")
        fills = self._list("fills")
        written = etree.tostring(fill)
        same = [number for number, one in enumerate(fills) if etree.tostring(one, with_tail=False) == written]
        return same[0] if same else self._append(fills, fill)

    def _number_format(self, code: str) -> int:
        from lxml import etree

        formats = self._list("numFmts")
        for one in formats:
            if one.get("formatCode") == code:
                return int(one.get("numFmtId", "0"))
        number = max([_FIRST_OWN - 1, *(int(one.get("numFmtId", "0")) for one in formats)]) + 1
        self._append(formats, etree.Element(f"{self._space}numFmt", numFmtId=str(number), formatCode=code))
        return number

    @property
    def _space(self) -> str:
        name = str(self._root.tag)
        return name[: name.index("}") + 1] if "}" in name else f"{{{_MAIN}}}"

    def _list(self, name: str) -> "etree._Element":
        """Return one of the lists of the part; numFmts, which is the first of all, is made where there is none."""
        from lxml import etree

        found = self._root.find(f"{self._space}{name}")
        if found is None:
            found = etree.Element(f"{self._space}{name}", count="0")
            self._root.insert(0, found)
        return found

    @staticmethod
    def _append(among: "etree._Element", one: "etree._Element") -> int:
        among.append(one)
        among.set("count", str(len(among)))
        return len(among) - 1
