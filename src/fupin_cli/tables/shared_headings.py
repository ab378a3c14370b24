"""Layouts of two sides in; headings the dictionary does not know but both sides have made columns of text out."""

from collections import Counter
from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from fupin_cli.model.dictionary import Column, Dictionary, Level
from fupin_cli.model.place import column_index
from fupin_cli.model.table import Layout, Mapped
from fupin_cli.tables import heading_text
from fupin_cli.tables.lexicon import SERIAL

FREE = "表头"  # `source` of such a column
_ORDER = SERIAL | {"NO.", "编号", "序列"}  # the order of rows, which says nothing of them


class Shared(Struct, frozen=True):
    """Two sides whose headings in common have columns."""

    dictionary: Dictionary
    left: list[Layout]
    right: list[Layout]
    only_left: tuple[str, ...]  # headings nobody knows that the other side does not have
    only_right: tuple[str, ...]


def share_headings(dictionary: Dictionary, left: Sequence[Layout], right: Sequence[Layout]) -> Shared:
    """Give every heading that no dictionary knows and both sides have a column of text, named by its plain spelling.

    A heading of households on one side is one of households on both; one that a table has twice is nobody's.
    """
    mine, theirs = _headings(left, dictionary), _headings(right, dictionary)
    columns, lists = dict(dictionary.columns), dict(dictionary.lists)
    shared: dict[str, Level] = {}
    for text in mine.keys() & theirs.keys():
        level = _level(mine[text], theirs[text])
        if level is None:
            continue
        shared[text] = level
        column = Column(text, level, "文本", source=FREE)
        columns[text] = column
        for kind in {kind for kind in mine[text] | theirs[text] if kind.startswith("名单:")}:
            listed = lists[kind.removeprefix("名单:")]
            lists[listed.name] = replace(listed, columns={**listed.columns, text: replace(column, level="名单")})
    return Shared(
        replace(dictionary, columns=columns, lists=lists, spelled=None),
        [_mapped(layout, shared) for layout in left],
        [_mapped(layout, shared) for layout in right],
        tuple(text for text in mine if text not in shared),
        tuple(text for text in theirs if text not in shared),
    )


def _headings(layouts: Sequence[Layout], dictionary: Dictionary) -> dict[str, set[str]]:
    """Return plain headings with the kinds of table they stand in."""
    found: dict[str, set[str]] = {}
    for layout in layouts:
        for text in _own(layout).values():
            if text not in dictionary.columns and text not in _ORDER:
                found.setdefault(text, set()).add(layout.kind)
    return found


def _own(layout: Layout) -> dict[str, str]:
    """Return letter → plain heading, without those that a doubt speaks of and those the table has twice."""
    texts = {
        letter: heading_text.plain(heading)
        for letter, heading in layout.unmapped.items()
        if letter.isalpha() and letter not in layout.explained
    }
    often = Counter(texts.values())
    return {letter: text for letter, text in texts.items() if text and often[text] == 1}


def _level(mine: set[str], theirs: set[str]) -> Level | None:
    """Return whose column a heading is, or None when the two sides say it of different things."""
    if all(kinds & {"人", "户"} for kinds in (mine, theirs)):
        return "户" if "户" in mine | theirs else "人"
    if "村" in mine & theirs:
        return "村"
    kinds = mine | theirs
    return "人" if mine & theirs or (kinds - {"人"} and all(k.startswith("名单:") for k in kinds - {"人"})) else None


def _mapped(layout: Layout, shared: dict[str, Level]) -> Layout:
    kinds: dict[Level, tuple[str, ...]] = {"户": ("人", "户"), "人": ("人",), "村": ("村",)}
    taken = {
        letter: text
        for letter, text in _own(layout).items()
        if text in shared and (layout.kind.startswith("名单:") or layout.kind in kinds[shared[text]])
    }
    new = tuple(
        Mapped(text, column_index(letter), letter, layout.unmapped[letter], "given") for letter, text in taken.items()
    )
    left = {letter: heading for letter, heading in layout.unmapped.items() if letter not in taken}
    return replace(layout, columns=(*layout.columns, *new), unmapped=left)
