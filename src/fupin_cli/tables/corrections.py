"""A Sheet in, its layouts out as a mapping file wants them; an entry that says what was found anyway changes nothing."""

from collections.abc import Sequence

from msgspec.structs import replace

from fupin_cli.engines import Engine
from fupin_cli.model.dictionary import Dictionary
from fupin_cli.model.mapping import UNREAD, KnownTable
from fupin_cli.model.place import column_index
from fupin_cli.model.settings import Wishes
from fupin_cli.model.sheet import Kind, Sheet
from fupin_cli.model.table import Fixed, Layout, Mapped
from fupin_cli.tables import heading_text, layouts
from fupin_cli.tables.known import Entries, answers, entries_for, keyed, paired, present, share
from fupin_cli.tables.layouts import Asked, layout_at
from fupin_cli.tables.lexicon import Lexicon, build_lexicon


def find_layouts(engine: Engine, sheet: Sheet, dictionary: Dictionary, wishes: Wishes) -> list[Layout]:
    """Return every table of the sheet that reads like a registry or like the list the user named; [] for none.

    `source` counts the tables of this sheet from 0; the job numbers them over all sheets. What a mapping file says goes
    before what the headings say, `wishes.mapping` before both.
    """
    found = layouts.find_layouts(engine, sheet, dictionary, wishes)
    skipped = sheet.row_count == 0 or (wishes.sheets and sheet.name not in wishes.sheets)
    if wishes.known is None or wishes.list_name is not None or skipped:
        return found
    entries = entries_for(sheet, found, wishes.known)
    corrected = _Correction(engine, sheet, dictionary, wishes).of(found, entries)
    return [replace(layout, source=source) for source, layout in enumerate(corrected)]


class _Correction:
    """Reads the tables of one sheet again where a mapping file wants something else."""

    def __init__(self, engine: Engine, sheet: Sheet, dictionary: Dictionary, wishes: Wishes) -> None:
        self.engine = engine
        self.sheet = sheet
        self.dictionary = dictionary
        self.lexicon: Lexicon = build_lexicon(dictionary, wishes)
        self.beaten = {heading_text.plain(heading) for heading in wishes.mapping}

    def of(self, found: Sequence[Layout], entries: Entries) -> list[Layout]:
        """Return the tables in the order of their rows."""
        pairs = paired(found, entries)
        kept = [
            layout if place not in pairs else self._corrected(layout, pairs[place], exact=entries.exact)
            for place, layout in enumerate(found)
        ]
        there = [layout for layout in kept if layout is not None]
        sure = {row for place in pairs if (layout := kept[place]) is not None for row in layout.heading_rows}
        for entry in entries.tables:
            if all(entry is not one for one in pairs.values()) and _is_new(entry, sure):
                there = self._with(there, entry, exact=entries.exact)
        return there

    def _corrected(self, layout: Layout, entry: KnownTable, *, exact: bool) -> Layout | None:
        if entry.kind == UNREAD:
            return None
        rows = entry.heading_rows or layout.heading_rows
        same = rows == layout.heading_rows and entry.kind in (None, layout.kind)
        changes = self._changes(layout, entry)
        if same and not changes:
            return layout
        if layout.slot or not rows:
            return self._swapped(layout, changes)
        kind = entry.kind or layout.kind
        again = None
        if rows != layout.heading_rows:
            again = self._read(layout.sheet, rows, _extent(layout, rows[0]), kind, entry, exact=exact)
        if again is None and layout.heading_rows:
            again = self._read(layout.sheet, layout.heading_rows, _extent(layout), kind, entry, exact=True)
        return _with_lines(again, layout) if again is not None else layout

    def _read(
        self,
        sheet: Sheet,
        rows: Sequence[int],
        extent: tuple[int, int, int],
        kind: str | None,
        entry: KnownTable,
        *,
        exact: bool,
    ) -> Layout | None:
        """Read a table by its heading rows; None when they are other headings than the entry's, on a sheet of another file."""
        if rows[-1] > extent[1]:
            return None
        plain = layout_at(self.engine, sheet, rows, extent, self.lexicon, Asked(kind))
        if plain is None or not (exact or share(plain, entry) >= 0.5):
            return None
        changes = self._changes(plain, entry)
        given = {column_index(where): column for where, column in changes.items() if column != UNREAD}
        unread = frozenset(column_index(where) for where, column in changes.items() if column == UNREAD)
        if not changes:
            return plain
        return layout_at(self.engine, sheet, rows, extent, self.lexicon, Asked(kind, given, unread))

    def _changes(self, layout: Layout, entry: KnownTable) -> dict[str, str]:
        """Return where → what the entry wants there, where that is not what is read there now."""
        now = present(layout)
        names = {where: heading_text.plain(key) for key, where in keyed(layout).items()}
        wanted, _ = answers(layout, entry)
        return {
            where: column
            for where, column in wanted.items()
            if now.get(where) != column and names[where] not in self.beaten
        }

    def _swapped(self, layout: Layout, changes: dict[str, str]) -> Layout:
        """Let cells of a form, or columns of members spread sideways, stand for other columns; the rest stays as it is."""
        headings = {each.where: each.heading for each in layout.columns} | layout.unmapped | layout.unread
        given = {
            column for column in changes.values() if column != UNREAD and not self.dictionary.columns[column].gather
        }
        columns = [each for each in layout.columns if each.where not in changes and each.column not in given]
        lost = {
            each.where: each.heading for each in layout.columns if each.where not in changes and each.column in given
        }
        columns += [
            self._mapped(layout, where, column, headings[where])
            for where, column in changes.items()
            if column != UNREAD
        ]
        unmapped = {where: heading for where, heading in layout.unmapped.items() if where not in changes} | lost
        unread = layout.unread | {where: headings[where] for where, column in changes.items() if column == UNREAD}
        return replace(
            layout, columns=tuple(sorted(columns, key=lambda each: each.index)), unmapped=unmapped, unread=unread
        )

    def _mapped(self, layout: Layout, where: str, column: str, heading: str) -> Mapped:
        there = next((each for each in layout.columns if each.where == where), None)
        if there is not None:
            return replace(there, column=column, how="given", score=100.0)
        letters = where.rstrip("0123456789")
        index = column_index(letters)
        cell = None
        if letters != where:
            row = int(where[len(letters) :])
            found = self.engine.rows(
                f'SELECT "c{index}", "k{index}" FROM "{layout.sheet.relation}" WHERE "r" = ?', (row,)
            )
            text, kind = found[0] if found else (None, None)
            cell = Fixed(row, text, Kind(kind or 0))
        return Mapped(column, index, letters, heading, "given", cell=cell)

    def _with(self, there: list[Layout], entry: KnownTable, *, exact: bool) -> list[Layout]:
        """Add the table that stands where an entry says, and that was not found; it takes the place of what overlaps."""
        rows = entry.heading_rows
        apart = [layout for layout in there if not set(layout.heading_rows) & set(rows)]
        begin = max((layout.last_row + 1 for layout in apart if layout.first_row <= rows[0]), default=1)
        below = min(
            (_extent(layout)[0] - 1 for layout in apart if _top(layout) > rows[-1]), default=self.sheet.last_row
        )
        again = self._read(self.sheet, rows, (min(begin, rows[0]), below, below), entry.kind, entry, exact=exact)
        return sorted([*apart, again], key=_top) if again is not None and again.columns else there


def _with_lines(again: Layout, layout: Layout) -> Layout:
    """Keep what a line above the table says of all its rows, where no heading does."""
    there = {each.column for each in again.columns}
    lines = [each for each in layout.columns if each.cell and layout.heading_rows and each.column not in there]
    return replace(again, columns=(*again.columns, *lines), tie=layout.tie) if lines else again


def _is_new(entry: KnownTable, taken: set[int]) -> bool:
    """Tell whether an entry speaks of a table that was not found."""
    return bool(entry.heading_rows) and entry.kind != UNREAD and taken.isdisjoint(entry.heading_rows)


def _top(layout: Layout) -> int:
    return layout.heading_rows[0] if layout.heading_rows else layout.first_row


def _extent(layout: Layout, top: int | None = None) -> tuple[int, int, int]:
    """Return the first row of a table with its titles, its last, and the last row before the next table."""
    out = layout.left_out
    begin = min([_top(layout), *(one.first_row for one in out), *([top] if top else [])])
    rest = max([layout.last_row, *layout.heading_rows, *(one.last_row for one in out)])
    beyond = [one.first_row - 1 for one in out if one.reason == "outside" and one.last_row == rest > layout.last_row]
    return begin, max([*beyond, layout.last_row, *layout.heading_rows]) if beyond else rest, rest
