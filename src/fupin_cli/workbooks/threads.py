"""The threads of a sheet's newer comments and notes for their cells in; the threads with the notes as replies out.

Excel 365 shows a thread in the place of the comment of its cell: a note that stood in the comment alone would not be seen there.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, uuid5

from fupin_cli.workbooks.cell_xml import clipped
from fupin_cli.workbooks.comments import AUTHOR, Note
from fupin_cli.workbooks.package import Package

if TYPE_CHECKING:
    from lxml import etree


def reply(package: Package, sheet: str, notes: Iterable[Note]) -> None:
    """Put the notes of cells that have a thread at the end of it, where the sheet has any."""
    wanted = {note.address: note for note in notes}
    people = next(iter(package.relations(package.book).targets("person").values()), None)
    for part in package.relations(sheet).targets("threadedComment").values():
        if people is None or package.entry(part) is None:
            continue
        root = package.parsed(part)
        last = {str(one.get("ref", "")).replace("$", ""): one for one in root}
        answered = [(note, last[address]) for address, note in wanted.items() if address in last]
        if answered:
            who = _person(package, people)
            for note, before in answered:
                before.addnext(_reply(note, before, who, part))
            package.parts[part] = _written(root)


def _reply(note: Note, before: "etree._Element", who: str, part: str) -> "etree._Element":
    from lxml import etree

    space = str(before.tag).rpartition("}")[0] + "}"
    one = etree.Element(f"{space}threadedComment", ref=str(before.get("ref")))
    if before.get("dT"):
        one.set("dT", str(before.get("dT")))  # no clock is asked: it follows what it answers
    one.set("personId", who)
    one.set("id", _key(f"{part}!{note.address}"))
    one.set("parentId", str(before.get("parentId") or before.get("id")))
    etree.SubElement(one, f"{space}text").text = clipped(note.text)
    return one


def _person(package: Package, part: str) -> str:
    """Return the id of the person whose name notes bear, listed once among those who commented."""
    from lxml import etree

    root = etree.fromstring(package.parts[part]) if part in package.parts else package.parsed(part)
    space = str(root.tag).rpartition("}")[0] + "}"
    key = _key("person")
    if not any(one.get("id") == key for one in root):
        etree.SubElement(root, f"{space}person", displayName=AUTHOR, id=key, userId=AUTHOR, providerId="None")
        package.parts[part] = _written(root)
    return key


def _key(name: str) -> str:
    return f"{{{uuid5(NAMESPACE_URL, f'https://fupin.invalid/{name}')}}}".upper()


def _written(root: "etree._Element") -> bytes:
    from lxml import etree

    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)
