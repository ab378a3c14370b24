"""A returned file in; the lines of its 疑点 tables out, by column, wherever the columns stand now."""

from collections.abc import Iterator, Mapping

from msgspec import Struct

from fupin_cli.catalogue import both
from fupin_cli.engines import Engine
from fupin_cli.jobs.files import Source, read_source
from fupin_cli.jobs.request import LEDGER
from fupin_cli.model.dictionary import Dictionary
from fupin_cli.model.doubt_sheet import CODE, GUIDE, MACHINE, SHEET_COLUMNS
from fupin_cli.model.sheet import Sheet
from fupin_cli.values.text import fold

_SEARCHED = 40  # rows in which a heading may stand
_LEAST = 3  # columns that make a row a heading
_OWN = {GUIDE, MACHINE}


class ReadLine(Struct, frozen=True):
    """One row of a returned table."""

    file: str
    sheet: str
    row: int  # as Excel shows it
    cells: dict[str, str]  # column of 疑点台账 → text, blank ones left out


class ReadFile(Struct, frozen=True):
    """A returned file."""

    lines: tuple[ReadLine, ...]
    columns: frozenset[str]  # that some table of it has
    notes: tuple[tuple[str, str], ...]  # sheets that are no 疑点 table


def read_lines(engine: Engine, source: Source, number: int, dictionary: Dictionary) -> ReadFile:
    """Read every table with headings of a 疑点 list.

    Args:
        engine: where the cells go.
        source: a file that was neither skipped nor failed.
        number: its ordinal in the engine.
        dictionary: whose 疑点台账 has the headings.

    Raises:
        InputError: the file cannot be read.
    """
    names = _names(dictionary)
    lines: list[ReadLine] = []
    columns: set[str] = set()
    notes: list[tuple[str, str]] = []
    for sheet in read_source(engine, source, number):
        found = _heading(engine, sheet, names)
        if found is None:
            if sheet.name not in _OWN and sheet.row_count:
                notes.append(_no_table(source, sheet))
            continue
        row, places = found
        columns |= places.keys()
        lines += _rows(engine, source, sheet, row, places)
    return ReadFile(tuple(lines), frozenset(columns), tuple(notes))


def _names(dictionary: Dictionary) -> dict[str, tuple[str, int]]:
    """Return heading → column, and how sure: 0 its own name, 1 an alias."""
    columns = dictionary.lists[LEDGER].columns.values()
    names = {fold(alias): (column.name, 1) for column in columns for alias in column.aliases}
    names.update({fold(name): (name, 0) for name in (*SHEET_COLUMNS, CODE)})
    names.update({fold(column.name): (column.name, 0) for column in columns})
    return names


def _heading(engine: Engine, sheet: Sheet, names: Mapping[str, tuple[str, int]]) -> tuple[int, dict[str, int]] | None:
    """Return the row of the headings and column → its place; the row with most of them."""
    best: tuple[int, dict[str, int]] | None = None
    for row, texts in _texts(engine, sheet, f"WHERE r <= {_SEARCHED}"):
        placed: dict[str, tuple[int, int]] = {}
        for index, text in enumerate(texts):
            column, sure = names.get(fold(text or ""), ("", 9))
            if column and (column not in placed or sure < placed[column][0]):
                placed[column] = (sure, index)
        if len(placed) >= _LEAST and (best is None or len(placed) > len(best[1])):
            best = row, {column: index for column, (_, index) in placed.items()}
    return best


def _rows(engine: Engine, source: Source, sheet: Sheet, head: int, places: Mapping[str, int]) -> Iterator[ReadLine]:
    own = {fold(name): name for name in places}
    for row, texts in _texts(engine, sheet, f"WHERE r > {head}"):
        cells = {column: text for column, index in places.items() if (text := (texts[index] or "").strip())}
        if not cells or all(fold(text) in own for text in cells.values()):
            continue  # nothing of the table, or its heading repeated
        yield ReadLine(str(source.file), sheet.name, row, cells)


def _texts(engine: Engine, sheet: Sheet, where: str) -> Iterator[tuple[int, list[str | None]]]:
    if not sheet.width:
        return
    fields = ", ".join(f"c{index}" for index in range(sheet.width))
    for row in engine.rows(f'SELECT r, {fields} FROM "{sheet.relation}" {where} ORDER BY r'):
        yield int(row[0]), list(row[1:])


def _no_table(source: Source, sheet: Sheet) -> tuple[str, str]:
    name = sheet.name or source.file.name
    return both("{name} › {name2}：没有疑点表的表头，这张表没有读。", name=source.file.name, name2=name)
