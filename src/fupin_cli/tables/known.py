"""What a mapping file says and what was found of a sheet in, which of its tables answers to which entry out."""

import unicodedata
from collections.abc import Iterator, Sequence
from difflib import get_close_matches

from msgspec import Struct

from fupin_cli.catalogue import both, enumerated
from fupin_cli.errors import Fault
from fupin_cli.model.mapping import UNREAD, KnownTable, MappingFile
from fupin_cli.model.sheet import Sheet
from fupin_cli.model.table import Layout
from fupin_cli.tables import heading_text

SAME, ALIKE = 0.5, 0.8  # the part of an entry's headings that a table must have, on a sheet of its name and elsewhere
Note = tuple[str, str]  # zh, en


class Entries(Struct, frozen=True):
    """The entries that speak of one sheet."""

    tables: tuple[KnownTable, ...] = ()
    exact: bool = False  # they name this file and this sheet


def keyed(layout: Layout) -> dict[str, str]:
    """Return what a mapping file calls each column of a table → its letter (of a form: its address), left to right.

    The second of two equal headings is “备注（第2个）”; a column without a heading is “C列”.
    """
    headings = {each.where: each.heading for each in layout.columns} | layout.unmapped | layout.unread
    keys: dict[str, str] = {}
    for where in sorted(headings, key=_position):
        heading = " ".join(headings[where].split()) or f"{where}列"
        number, key = 1, heading
        while key in keys:
            number += 1
            key = f"{heading}（第{number}个）"
        keys[key] = where
    return keys


def present(layout: Layout) -> dict[str, str]:
    """Return where → the column it is read as, or 不读; headings not known are left out."""
    return {each.where: each.column for each in layout.columns} | dict.fromkeys(layout.unread, UNREAD)


def answers(layout: Layout, entry: KnownTable) -> tuple[dict[str, str], list[str]]:
    """Return where → what the entry wants there, and the headings it names that the table lacks."""
    keys = keyed(layout)
    plain = {heading_text.plain(key): where for key, where in keys.items()}
    leaves: dict[str, list[str]] = {}
    for key, letters in keys.items():
        leaves.setdefault(_leaf(key), []).append(letters)
    wanted: dict[str, str] = {}
    lacking: list[str] = []
    for heading, column in entry.columns.items():
        under = leaves.get(_leaf(heading), [])
        where: str | None = plain.get(heading_text.plain(heading)) or (under[0] if len(under) == 1 else None)
        if where is None:
            lacking.append(heading)
        elif column is not None:
            wanted.setdefault(where, column)
    return wanted, lacking


def share(layout: Layout, entry: KnownTable) -> float:
    """Return the part of an entry's headings that a table has, 0 … 1; an entry without headings has none to miss."""
    if not entry.columns:
        return 1.0 if not entry.heading_rows or entry.heading_rows == layout.heading_rows else 0.0
    return 1 - len(answers(layout, entry)[1]) / len(entry.columns)


def entries_for(sheet: Sheet, layouts: Sequence[Layout], known: MappingFile) -> Entries:
    """Return the entries that speak of a sheet: by file and sheet, else by the sheet's name, else by its headings."""
    groups: dict[tuple[str | None, str | None], list[KnownTable]] = {}
    for table in known.tables:
        groups.setdefault((_name(table.file), _name(table.sheet)), []).append(table)
    file, name = _name(sheet.file.name), _name(sheet.name)
    if (file, name) in groups:
        return Entries(tuple(groups[file, name]), exact=True)
    for (of_file, of_sheet), tables in groups.items():
        if of_file in (None, file) and of_sheet in (None, name) and (of_file, of_sheet) != (None, None):
            return Entries(tuple(tables))
    named = [tables for (_, of_sheet), tables in groups.items() if name and of_sheet == name]
    found = _best(named, layouts, SAME) or _best(list(groups.values()), layouts, ALIKE)
    return Entries(tuple(found or ()))


def paired(layouts: Sequence[Layout], entries: Entries) -> dict[int, KnownTable]:
    """Return position of a table → the entry that speaks of it."""
    pairs: dict[int, KnownTable] = {}
    rest = list(entries.tables)
    for entry in entries.tables:
        free = [place for place in range(len(layouts)) if place not in pairs]
        shares = {place: share(layouts[place], entry) for place in free}
        fit = [place for place in free if shares[place] >= SAME]
        if fit:
            best = max(fit, key=lambda p: (shares[p], layouts[p].heading_rows == entry.heading_rows, -p))
            pairs[best] = entry
            rest.remove(entry)
    if entries.exact and len(entries.tables) == len(layouts):
        free = [place for place in range(len(layouts)) if place not in pairs]
        pairs |= dict(zip(free, rest, strict=True))
    return pairs


def unanswered(known: MappingFile, read: Sequence[tuple[Sheet, Sequence[Layout]]]) -> tuple[list[Fault], list[Note]]:
    """Return faults (headings that the very sheet of an entry lacks) and notes (entries that nothing answers to).

    `read` are the sheets of a run with their tables as they were read in the end.
    """
    faults: list[Fault] = []
    notes: list[Note] = []
    answered: set[int] = set()
    for sheet, layouts in read:
        entries = entries_for(sheet, layouts, known)
        pairs = paired(layouts, entries)
        answered |= {id(entry) for entry in entries.tables if entry.kind == UNREAD}
        for place, entry in pairs.items():
            answered.add(id(entry))
            lacking = [heading for heading in answers(layouts[place], entry)[1] if entry.columns[heading]]
            if entries.exact:
                faults += [_no_heading(known, entry, heading, layouts[place]) for heading in lacking]
            elif lacking:
                notes.append(_gone(sheet, lacking))
    notes += [_nothing(known, entry) for entry in known.tables if id(entry) not in answered]
    return faults, notes


def _best(groups: Sequence[list[KnownTable]], layouts: Sequence[Layout], least: float) -> list[KnownTable] | None:
    """Return the group of entries whose headings the tables have most of, if that is enough."""
    scored = [
        (max((share(one, entry) for one in layouts for entry in group if entry.columns), default=0.0), group)
        for group in groups
    ]
    score, group = max(scored, key=lambda pair: pair[0], default=(0.0, None))
    return group if score >= least else None


def _no_heading(known: MappingFile, entry: KnownTable, heading: str, layout: Layout) -> Fault:
    line, column = entry.places[heading]
    nearest = get_close_matches(heading, list(keyed(layout)), 1, 0.3)
    zh, en = both("表里没有“{heading}”这个表头", heading=heading)
    if nearest:
        zh, en = both("{told}，最接近的是“{nearest}”", told=(zh, en), nearest=nearest[0])
    excerpt = known.lines[line - 1] if line <= len(known.lines) else ""
    return Fault(known.file, line, column, zh, en, excerpt, len(heading))


def _gone(sheet: Sheet, lacking: Sequence[str]) -> Note:
    where = f"{sheet.file.name} › {sheet.name}" if sheet.name else sheet.file.name
    return both("{where}：对应文件里的这些表头，这张表没有：{lacking}。", where=where, lacking=enumerated(lacking))


def _nothing(known: MappingFile, entry: KnownTable) -> Note:
    where = " › ".join(part for part in (entry.file, entry.sheet) if part)
    return both(
        "{name} 第 {place} 行：没有表和它对得上（{where}），这一条没有用到。",
        name=known.file.name,
        place=entry.place[0],
        where=where,
    )


def _leaf(heading: str) -> str:
    return heading_text.plain(heading.rpartition("-")[2])


def _name(text: str | None) -> str | None:
    return None if text is None else unicodedata.normalize("NFC", text).strip().casefold()


def _position(where: str) -> tuple[int, str, int]:
    letters = where.rstrip("0123456789")
    return len(letters), letters, int(where[len(letters) :] or 0)


def present_keys(layout: Layout) -> Iterator[tuple[str, str, str]]:
    """Yield of each column of a table: what a mapping file calls it, where it is, and what it is read as ("": not known)."""
    now = present(layout)
    for key, where in keyed(layout).items():
        yield key, where, now.get(where, "")
