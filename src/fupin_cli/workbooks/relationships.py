"""What a part of a package is related to, in; the same with further relations, out."""

import posixpath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml import etree

_SPACE = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_EMPTY = f'<Relationships xmlns="{_SPACE[1:-1]}"/>'.encode()


class Relationships:
    """The relations of one part; `changed` once one was added or dropped."""

    def __init__(self, part: str, written: bytes | None) -> None:
        """Read them.

        Args:
            part: the name of the part that has the relations; "" for the package's own.
            written: the part that lists them; None when there is none.
        """
        from lxml import etree

        self._folder = posixpath.dirname(part)
        self._root = etree.fromstring(written or _EMPTY, etree.XMLParser(resolve_entities=False, no_network=True))
        self.changed = False

    @staticmethod
    def part_of(part: str) -> str:
        """Return the name of the part that lists the relations of this one."""
        folder, file = posixpath.split(part)
        return posixpath.join(folder, "_rels", f"{file}.rels")

    def targets(self, kind: str) -> dict[str, str]:
        """Return the parts of a kind, the last word of the relation's type, by the ids of their relations."""
        return {
            str(one.get("Id", "")): self._resolved(str(one.get("Target", "")))
            for one in self._of(kind)
            if one.get("TargetMode") != "External"
        }

    def add(self, kind: str, target: str) -> str:
        """Relate a part, by the whole name of the kind, and return the id of the relation."""
        from lxml import etree

        there = {str(one.get("Id", "")).lower() for one in self._root}
        number = next(n for n in range(1, len(there) + 2) if f"rid{n}" not in there)
        path = posixpath.relpath(posixpath.join("/", target), posixpath.join("/", self._folder))
        etree.SubElement(self._root, f"{_SPACE}Relationship", Id=f"rId{number}", Type=kind, Target=path)
        self.changed = True
        return f"rId{number}"

    def drop(self, kind: str) -> None:
        """Forget the relations of a kind."""
        for one in self._of(kind):
            self._root.remove(one)
            self.changed = True

    def written(self) -> bytes:
        """Return the part that lists them."""
        from lxml import etree

        return etree.tostring(self._root, encoding="UTF-8", xml_declaration=True, standalone=True)

    def _of(self, kind: str) -> "list[etree._Element]":
        return [one for one in self._root if str(one.get("Type", "")).endswith(f"/{kind}")]

    def _resolved(self, target: str) -> str:
        path = posixpath.join("/", self._folder, target.replace("\\", "/"))
        return posixpath.normpath(path).lstrip("/")
