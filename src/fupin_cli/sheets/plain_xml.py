"""The bytes of an XML file in, its elements out as they end; never a document type, an entity or the network."""

import re
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING, Literal

from fupin_cli.sheets.refusals import refuse

if TYPE_CHECKING:
    from lxml import etree

_PROLOG = 64 << 10
_FIRST_TAG = re.compile(rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?\s*(?:<\?.*?\?>\s*|<!--.*?-->\s*)*<(!?)[\w:]", re.DOTALL)
_CHINESE = re.compile(rb"<\?xml[^>]*encoding\s*=\s*[\"']\s*(?:gb_?2312|gbk|gb18030|cp936|x-gbk)", re.IGNORECASE)


def elements(
    path: Path, stream: IO[bytes], tags: Collection[str], starts: Collection[str] = (), *, huge: bool = False
) -> Iterator[tuple[Literal["start", "end"], "etree._Element"]]:
    """Each element named in `tags` when it ends, and those in `starts` when they begin; names as `{space}name`.

    Clear an element that ended with `forget`, or the whole tree is kept. GB2312 and GBK are read as GB18030, which
    holds them and the rarer characters of names that systems write under their name all the same.

    Args:
        path: the file, for refusals.
        stream: seekable.
        tags: names wanted at their end.
        starts: names of `tags` wanted at their beginning too.
        huge: a single text may be longer than 10 MB (pictures inside a flat document).

    Raises:
        InputError: a document type or entities are declared, or the XML is broken.
    """
    from lxml import etree

    head = stream.read(_PROLOG)
    stream.seek(len(head) - len(head.lstrip()))  # systems write blank lines before the declaration
    first = _FIRST_TAG.match(head.replace(b"\0", b""))
    if first is None:
        raise refuse(path, "damaged", "XML")
    if first[1]:
        raise refuse(path, "entities")
    events = etree.iterparse(
        stream,
        events=("start", "end"),
        tag=tuple(tags),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
        huge_tree=huge,
        encoding="gb18030" if _CHINESE.search(head) else None,
    )
    try:
        for event, element in events:
            if event == "end":
                yield "end", element
            elif element.tag in starts:
                yield "start", element
    except etree.XMLSyntaxError as error:
        raise refuse(path, "damaged", "XML") from error


def forget(element: "etree._Element") -> None:
    """Drop an element that was read, with all that stands before it in its parent."""
    parent = element.getparent()
    element.clear()
    while parent is not None and element.getprevious() is not None:
        del parent[0]
