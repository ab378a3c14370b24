"""The workbook's own part and sheets to be added in; the part that lists them, with the names of their filters, out."""

from typing import TYPE_CHECKING

from fupin_cli.workbooks.added_sheets import KIND
from fupin_cli.workbooks.package import Package
from fupin_cli.workbooks.sheet_names import free_name, link_to

if TYPE_CHECKING:
    from lxml import etree

FILTER, TITLES = "_xlnm._FilterDatabase", "_xlnm.Print_Titles"
_BEFORE_NAMES = {
    *("fileVersion", "fileSharing", "workbookPr", "workbookProtection", "bookViews", "sheets", "functionGroups"),
    "externalReferences",
}


class Book:
    """The list of a workbook's sheets."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._root = package.parsed(package.book)
        self._space = str(self._root.tag).rpartition("}")[0] + "}"
        found = self._root.find(f"{self._space}sheets")
        if found is None:
            raise package.damaged(package.book)
        self._sheets = found

    def names(self) -> list[str]:
        """Return the names of the sheets, in their order."""
        return [str(one.get("name", "")) for one in self._sheets]

    def add(self, name: str) -> str:
        """List a sheet of this name, or one like it, as the last one; return the name of its part."""
        from lxml import etree

        folder = self._package.book.rpartition("/")[0]
        part = self._package.free(f"{folder}/worksheets/sheet{{}}.xml".lstrip("/"))
        self._package.declare(part, KIND)
        key = self._package.relations(self._package.book).add(f"{self._package.related}/worksheet", part)
        number = 1 + max((int(one.get("sheetId", "0")) for one in self._sheets), default=0)
        one = etree.SubElement(self._sheets, f"{self._space}sheet")
        one.set("name", free_name(name, self.names()))
        one.set("sheetId", str(number))
        one.set(f"{{{self._package.related}}}id", key)
        return part

    def name_cells(self, name: str, position: int, cells: str) -> None:
        """Give cells of a sheet a name that Excel keeps for itself.

        Args:
            name: FILTER, whose name Excel hides, or TITLES.
            position: of the sheet, from 0.
            cells: "$A$1:$D$9".
        """
        from lxml import etree

        one = etree.SubElement(self._defined_names(), f"{self._space}definedName")
        one.set("name", name)
        one.set("localSheetId", str(position))
        if name == FILTER:
            one.set("hidden", "1")
        one.text = link_to(self.names()[position], cells)

    def name_text(self, name: str, position: int, text: str) -> None:
        """Keep a text under a hidden name of a sheet, where other programs leave it when they save; the sheet counted from 0."""
        from lxml import etree

        one = etree.SubElement(self._defined_names(), f"{self._space}definedName")
        one.set("name", name)
        one.set("localSheetId", str(position))
        one.set("hidden", "1")
        one.text = f'"{text}"'

    def written(self) -> bytes:
        """Return the part."""
        from lxml import etree

        return etree.tostring(self._root.getroottree(), encoding="UTF-8", xml_declaration=True, standalone=True)

    def _defined_names(self) -> "etree._Element":
        from lxml import etree

        found = self._root.find(f"{self._space}definedNames")
        if found is None:
            found = etree.Element(f"{self._space}definedNames")
            before = {self._space + name for name in _BEFORE_NAMES}
            place = max(n for n, one in enumerate(self._root) if one.tag in before) + 1
            self._root.insert(place, found)
        return found
