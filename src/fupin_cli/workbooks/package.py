"""An open workbook of the zip kind in; its parts by name and relation, and those to be written in their place, out."""

import zipfile
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from fupin_cli.catalogue import both
from fupin_cli.errors import InputError
from fupin_cli.workbooks.relationships import Relationships

if TYPE_CHECKING:
    from lxml import etree

_TYPES = "[Content_Types].xml"
_TYPE_SPACE = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_STRICT = "http://purl.oclc.org/ooxml"
_TRANSITIONAL = "http://schemas.openxmlformats.org"
_ORIGIN = "digital-signature/origin"


class Package:
    """The parts of a workbook; what is put into `parts` is to stand in the copy, in the place of a part of this name or as a new one."""

    def __init__(self, archive: zipfile.ZipFile, called: Path) -> None:
        """Take an open archive.

        Args:
            archive: the workbook.
            called: the name its user knows it by, for refusals.
        """
        self._archive, self._called = archive, called
        self._entries = {plain_name(entry.filename): entry for entry in archive.infolist()}
        self._names = set(self._entries)  # those that are taken
        self._relations: dict[str, Relationships] = {}
        self.parts: dict[str, bytes] = {}
        self.dropped: set[str] = set()  # names, in small letters

    def damaged(self, part: str) -> InputError:
        """Return the error for a part that is missing, or cannot be extended."""
        return InputError(
            *both(
                "{called}：里面的部件 {part} 已损坏，写不出副本；请用 Excel 或 WPS 打开，另存为 .xlsx 后再试。",
                called=self._called,
                part=part,
            )
        )

    def entry(self, part: str) -> zipfile.ZipInfo | None:
        """Return where a part stands in the zip; names compare without case."""
        return self._entries.get(plain_name(part))

    def read(self, part: str) -> bytes | None:
        """Return the content of a part; None when there is none of this name."""
        entry = self.entry(part)
        return self._archive.read(entry) if entry else None

    def parsed(self, part: str) -> "etree._Element":
        """Return a part's XML.

        Raises:
            InputError: there is no such part, or it is no XML.
        """
        from lxml import etree

        try:
            parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
            return etree.fromstring(self.read(part) or b"", parser)
        except etree.XMLSyntaxError as error:
            raise self.damaged(part) from error

    def free(self, pattern: str) -> str:
        """Return a name no part has, and take it: `pattern` with the first number that is free in the place of {}."""
        number = 1
        while plain_name(pattern.format(number)) in self._names:
            number += 1
        self._names.add(plain_name(pattern.format(number)))
        return pattern.format(number)

    def names(self, ending: str) -> list[str]:
        """Return the names of the parts that end like this, in small letters."""
        return [name for name in self._entries if name.endswith(ending)]

    def relations(self, part: str) -> Relationships:
        """Return what a part is related to; "" for the package itself."""
        if part not in self._relations:
            listed = Relationships.part_of(part)
            try:
                self._relations[part] = Relationships(part, self.read(listed))
            except SyntaxError as error:  # of which lxml's are a kind
                raise self.damaged(listed) from error
        return self._relations[part]

    @cached_property
    def book(self) -> str:
        """The name of the workbook's own part."""
        found = next(iter(self.relations("").targets("officeDocument").values()), None)
        if found is None:
            raise self.damaged("_rels/.rels")
        return found

    @cached_property
    def styles(self) -> str:
        """The name of the part of the formats: the one the workbook is related to, or that of the usual name beside it."""
        beside = f"{self.book.rpartition('/')[0]}/styles.xml".lstrip("/")
        return next(iter(self.relations(self.book).targets("styles").values()), beside)

    @cached_property
    def strict(self) -> bool:
        """Whether the workbook has the strict form of the format, whose namespaces are others."""
        return _STRICT.encode() in (self.read(self.book) or b"")

    @property
    def main(self) -> str:
        """The namespace of sheets and comments."""
        return f"{_STRICT}/spreadsheetml/main" if self.strict else f"{_TRANSITIONAL}/spreadsheetml/2006/main"

    @property
    def related(self) -> str:
        """The namespace of relations: of the attributes that hold their ids, and of their kinds."""
        version = "" if self.strict else "/2006"
        return f"{_STRICT if self.strict else _TRANSITIONAL}/officeDocument{version}/relationships"

    def declare(self, part: str, kind: str) -> None:
        """State what a new part holds."""
        from lxml import etree

        if part.endswith(".vml") and not any(str(one.get("Extension", "")).lower() == "vml" for one in self._types):
            one = etree.Element(f"{_TYPE_SPACE}Default", Extension="vml", ContentType=kind)
            self._types.insert(0, one)
        elif not part.endswith(".vml") or self._of_vml() != kind:
            etree.SubElement(self._types, f"{_TYPE_SPACE}Override", PartName=f"/{part}", ContentType=kind)
        self.parts[_TYPES] = b""

    def drop_signatures(self) -> None:
        """Leave out the signatures of the package: they would say that it was tampered with."""
        origins = self.relations("").targets(_ORIGIN)
        if not origins:
            return
        self.relations("").drop(_ORIGIN)
        for origin in origins.values():
            folder = plain_name(origin).rpartition("/")[0] + "/"
            self.dropped |= {name for name in self._names if name.startswith(folder)}
        for one in list(self._types):
            if plain_name(str(one.get("PartName", "")).lstrip("/")) in self.dropped:
                self._types.remove(one)
        self.parts[_TYPES] = b""

    def settle(self) -> None:
        """Put the relations and the list of contents among `parts`, where they are others now."""
        from lxml import etree

        for part, relations in self._relations.items():
            if relations.changed:
                self.parts[Relationships.part_of(part)] = relations.written()
        if _TYPES in self.parts:
            self.parts[_TYPES] = etree.tostring(self._types, encoding="UTF-8", xml_declaration=True, standalone=True)

    @cached_property
    def _types(self) -> "etree._Element":
        return self.parsed(_TYPES)

    def _of_vml(self) -> str:
        found = (one.get("ContentType", "") for one in self._types if str(one.get("Extension", "")).lower() == "vml")
        return str(next(found, ""))


def plain_name(name: str) -> str:
    """Return the name of a part as names are compared."""
    return name.replace("\\", "/").lower()
