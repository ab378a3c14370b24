"""The styles part of a workbook and looks that are wanted in; the formats that have them, added to the part, out."""

from collections.abc import Callable
from copy import deepcopy
from functools import cached_property
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from lxml import etree

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_FIRST_OWN = 164  # numbers of formats below are Excel's
_LISTS = (
    "numFmts",
    "fonts",
    "fills",
    "borders",
    "cellStyleXfs",
    "cellXfs",
    "cellStyles",
    "dxfs",
    "tableStyles",
    "colors",
)
_FROM_COLOUR_ON = ("color", "name", "family", "charset", "scheme")  # as Excel orders the parts of a font
DATE = "yyyy\\-mm\\-dd"


class Look(Struct, frozen=True):
    """What of a cell's look is to be another; all else of it stays."""

    fill: str | None = None  # RRGGBB
    number_format: str | None = None  # as Excel's formats are written: DATE
    font_colour: str | None = None  # RRGGBB
    bold: bool = False
    wrap: bool = False  # lines are broken, and begin at the top of the cell
    border: str | None = None  # RRGGBB of a thin line around the cell


class Styles:
    """The styles of one workbook; `changed` once a look was asked for."""

    def __init__(self, part: bytes) -> None:
        self._part = part
        self._found: dict[tuple[int, Look], int] = {}
        self._made: dict[tuple[object, ...], int] = {}  # what was asked of fills, fonts and borders → its number

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
            cell.set("fillId", self._once(self._fill, look.fill))
            cell.set("applyFill", "1")
        if look.number_format is not None:
            cell.set("numFmtId", str(self._number_format(look.number_format)))
            cell.set("applyNumberFormat", "1")
        if look.font_colour is not None or look.bold:
            cell.set("fontId", self._once(self._font, int(cell.get("fontId", "0")), look.font_colour, look.bold))
            cell.set("applyFont", "1")
        if look.border is not None:
            cell.set("borderId", self._once(self._border, look.border))
            cell.set("applyBorder", "1")
        if look.wrap:
            self._wrap(cell)
        return self._append(formats, cell)

    def _once(self, make: Callable[..., int], *asked: object) -> str:
        """Return the number of a fill, font or border, sought among the others when it is asked for the first time."""
        key = (make.__name__, *asked)
        if key not in self._made:
            self._made[key] = make(*asked)
        return str(self._made[key])

    def _fill(self, colour: str) -> int:
        fill = self._element("fill")
        pattern = self._under(fill, "patternFill", patternType="solid")
        self._under(pattern, "fgColor", rgb=f"FF{colour}")
        self._under(pattern, "bgColor", indexed="64")
        return self._among("fills", fill)

    def _font(self, number: int, colour: str | None, bold: bool) -> int:
        """Return the font that is another one in colour or weight."""
        fonts = self._list("fonts")
        font = deepcopy(fonts[number]) if number < len(fonts) else self._element("font")
        if bold:
            for one in font.findall(f"{self._space}b"):
                font.remove(one)
            font.insert(0, self._element("b"))
        if colour is not None:
            for one in font.findall(f"{self._space}color"):  # wherever it stands: not every program keeps Excel's order
                font.remove(one)
            before = [str(one.tag).removeprefix(self._space) for one in font]
            place = next((n for n, name in enumerate(before) if name in _FROM_COLOUR_ON), len(before))
            font.insert(place, self._element("color", rgb=f"FF{colour}"))
        return self._among("fonts", font)

    def _border(self, colour: str) -> int:
        border = self._element("border")
        for side in ("left", "right", "top", "bottom"):
            self._under(self._under(border, side, style="thin"), "color", rgb=f"FF{colour}")
        self._under(border, "diagonal")
        return self._among("borders", border)

    def _wrap(self, cell: "etree._Element") -> None:
        alignment = cell.find(f"{self._space}alignment")
        if alignment is None:
            alignment = self._element("alignment")
            cell.insert(0, alignment)
        alignment.set("vertical", "top")
        alignment.set("wrapText", "1")
        cell.set("applyAlignment", "1")

    def _number_format(self, code: str) -> int:
        formats = self._list("numFmts")
        for one in formats:
            if one.get("formatCode") == code:
                return int(one.get("numFmtId", "0"))
        number = max([_FIRST_OWN - 1, *(int(one.get("numFmtId", "0")) for one in formats)]) + 1
        self._append(formats, self._element("numFmt", numFmtId=str(number), formatCode=code))
        return number

    def _among(self, name: str, one: "etree._Element") -> int:
        """Return the number of an element in its list, to which it is added where none is like it."""
        from lxml import etree

        there = self._list(name)
        last = self._append(there, one)
        written = etree.tostring(one, with_tail=False)  # only in its place does it have the prefix of the others
        for number, each in enumerate(list(there)[:last]):
            if etree.tostring(each, with_tail=False) == written:
                there.remove(one)
                there.set("count", str(last))
                return number
        return last

    def _element(self, name: str, **attributes: str) -> "etree._Element":
        from lxml import etree

        return etree.Element(f"{self._space}{name}", attributes)

    def _under(self, parent: "etree._Element", name: str, **attributes: str) -> "etree._Element":
        from lxml import etree

        return etree.SubElement(parent, f"{self._space}{name}", attributes)

    @property
    def _space(self) -> str:
        name = str(self._root.tag)
        return name[: name.index("}") + 1] if "}" in name else f"{{{_MAIN}}}"

    def _list(self, name: str) -> "etree._Element":
        """Return one of the lists of the part; where there is none it is made, in its place among the others."""
        found = self._root.find(f"{self._space}{name}")
        if found is None:
            found = self._element(name, count="0")
            later = {f"{self._space}{each}" for each in _LISTS[_LISTS.index(name) + 1 :]}
            place = next((n for n, one in enumerate(self._root) if one.tag in later), len(self._root))
            self._root.insert(place, found)
        return found

    @staticmethod
    def _append(among: "etree._Element", one: "etree._Element") -> int:
        among.append(one)
        among.set("count", str(len(among)))
        return len(among) - 1
