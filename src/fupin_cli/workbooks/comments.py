"""The comments part of a sheet and further notes in; the part with them out."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from msgspec import Struct

from fupin_cli.model.place import column_index, letter
from fupin_cli.workbooks.cell_xml import clipped, xml_text

if TYPE_CHECKING:
    from lxml import etree

AUTHOR = "fupin"
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_SIGN = "fupin-further-comments"  # a processing instruction that marks the place while the part is written
_FONT = '<{0}sz val="9"/><{0}color indexed="81"/><{0}rFont val="宋体"/><{0}family val="3"/><{0}charset val="134"/>'


class Note(Struct, frozen=True):
    """A text that hangs on a cell."""

    row: int
    column: int  # counted from 0
    text: str  # paragraphs, a blank line between two; the first of several lines is a heading

    @property
    def address(self) -> str:
        """The cell, as Excel names it."""
        return f"{letter(self.column)}{self.row}"


class Comments:
    """The comments of one sheet: those that are there, to which others are added."""

    def __init__(self, root: "etree._Element") -> None:
        self._root = root
        self._space = str(root.tag).rpartition("}")[0] + "}"
        self._list = self._under("commentList")
        self._there = {str(one.get("ref", "")).replace("$", ""): one for one in self._list}

    @classmethod
    def none(cls, space: str) -> "Comments":
        """Return the comments of a sheet that has no such part, `space` being its namespace."""
        from lxml import etree

        root = etree.fromstring(f'<comments xmlns="{space}"><authors/><commentList/></comments>')
        return cls(root)

    def there(self) -> Iterator[Note]:
        """Yield the comments of the part as it stands."""
        for address, one in self._there.items():
            letters = address.rstrip("0123456789")
            text = "".join(str(each.text or "") for each in one.iter(f"{self._space}t"))
            yield Note(int(address[len(letters) :]), column_index(letters), text)

    def append(self, note: Note) -> bool:
        """Write a note beneath the comment its cell has; False, and nothing written, when it has none."""
        from lxml import etree

        one = self._there.get(note.address)
        if one is None:
            return False
        text = one.find(f"{self._space}text")
        if text is None:
            text = etree.Element(f"{self._space}text")
            one.insert(0, text)
        if (plain := text.find(f"{self._space}t")) is not None:  # a text without runs becomes the first of them
            run = etree.Element(f"{self._space}r")
            text.replace(plain, run)
            run.append(plain)
        prefix = f"{self._root.prefix}:" if self._root.prefix else ""
        place = 1 + max((n for n, each in enumerate(text) if each.tag == f"{self._space}r"), default=-1)
        names = f'xmlns{":" if self._root.prefix else ""}{self._root.prefix or ""}="{self._space[1:-1]}"'
        runs = _runs(clipped(f"\n\n{note.text}"), prefix)
        wrapped = f"<{prefix}text {names}>{runs}</{prefix}text>"
        text[place:place] = list(etree.fromstring(wrapped))
        return True

    def written(self, notes: Iterable[Note]) -> Iterator[bytes]:
        """Yield the part, with these notes as comments of cells that have none yet."""
        from lxml import etree

        authors = self._under("authors")
        names = [one.text for one in authors]
        if AUTHOR not in names:
            etree.SubElement(authors, f"{self._space}author").text = AUTHOR
            names.append(AUTHOR)
        self._list.append(etree.ProcessingInstruction(_SIGN, "here"))
        whole = etree.tostring(self._root.getroottree(), encoding="UTF-8", xml_declaration=True, standalone=True)
        before, _, after = whole.partition(f"<?{_SIGN} here?>".encode())
        prefix = f"{self._root.prefix}:" if self._root.prefix else ""
        author = names.index(AUTHOR)
        yield before
        for note in notes:
            opening = f'<{prefix}comment ref="{note.address}" authorId="{author}"><{prefix}text>'
            yield f"{opening}{_runs(clipped(note.text), prefix)}</{prefix}text></{prefix}comment>".encode()
        yield after

    def _under(self, name: str) -> "etree._Element":
        from lxml import etree

        found = self._root.find(f"{self._space}{name}")
        if found is None:
            found = etree.Element(f"{self._space}{name}")
            self._root.insert(0 if name == "authors" else len(self._root), found)
        return found


def _runs(text: str, prefix: str) -> str:
    """Return a text as runs: the heading of each paragraph in bold."""
    made = []
    for number, paragraph in enumerate(text.split("\n\n")):
        heading, broken, rest = paragraph.partition("\n")
        made.append(_run("\n\n" * bool(number) + heading, prefix, bold=bool(broken)))
        made.append(_run(broken + rest, prefix, bold=False))
    return "".join(made)


def _run(text: str, prefix: str, *, bold: bool) -> str:
    if not text:
        return ""
    font = f"<{prefix}b/>" * bold + _FONT.format(prefix)
    inside = f'<{prefix}t xml:space="preserve">{xml_text(text)}</{prefix}t>'
    return f"<{prefix}r><{prefix}rPr>{font}</{prefix}rPr>{inside}</{prefix}r>"
