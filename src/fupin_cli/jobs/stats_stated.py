"""A file with small tables of counts (名称, 户, 人, 占比) in; each table's lines, totals and shares out, as they are stated."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from fupin_cli.catalogue import both
from fupin_cli.engines import Engine
from fupin_cli.errors import InputError
from fupin_cli.jobs.files import expanded, read_source
from fupin_cli.jobs.stats_columns import PLACES, meant
from fupin_cli.jobs.stats_headings import Heading, Role, columns_of, heading_at, number_of, plain
from fupin_cli.model.dictionary import Dictionary
from fupin_cli.model.place import letter
from fupin_cli.model.sheet import Sheet
from fupin_cli.tables.grid import Grid, read_grid
from fupin_cli.tables.lexicon import is_serial

SHARES: tuple[Role, ...] = ("share", "户 share", "人 share")
MOST_ROWS = 5000  # a stated table is small
_FIRST_NUMBER = 900_000  # of its files in the engine, far from those of the registry
_TOTAL = re.compile("[^0-9]{0,12}(合计|小计|总计|共计|累计|汇总)[:：]?")
_SUBTOTAL = re.compile(".*小计")
_NAMELESS = re.compile("序号?|编号|NO.?|备注|说明")
_REMARK = re.compile("[:年月日]")
_NUMERAL = re.compile("[0-9一二三四五六七八九十百千万两]")
_LONGEST = 13  # characters: what is longer is a remark


class Cell(Struct, frozen=True):
    """One number of a stated table."""

    where: str  # C9
    number: float | None  # None: blank, or no number
    text: str  # as written

    @property
    def unread(self) -> bool:
        """Whether something stands there that is no number."""
        text = plain(self.text)
        return self.number is None and len(text) < _LONGEST and not _REMARK.search(text) and bool(_NUMERAL.search(text))


class Row(Struct, frozen=True):
    """One line of a stated table, or one of its totals."""

    number: int  # as Excel shows it
    name: str
    wider: str  # the township of a village, where there is a column of it
    cells: dict[Role, Cell]
    total: bool = False
    subtotal: bool = False


class StatedTable(Struct, frozen=True):
    """One table of a file."""

    file: Path
    sheet: str
    heading: str  # of the column of names
    column: str | None  # of the registry, when the heading says which
    columns: dict[Role, str]  # heading of each column of numbers
    rows: tuple[Row, ...]


def stated_tables(engine: Engine, paths: Sequence[Path], dictionary: Dictionary) -> list[StatedTable]:
    """Return every table of counts of the files, in their order; headings are looked up in the dictionary.

    Raises:
        InputError: a file cannot be read, or holds no such table.
    """
    found: list[StatedTable] = []
    for number, source in enumerate(expanded(paths), _FIRST_NUMBER):
        if source.skipped:
            continue
        if source.failed:
            raise InputError(*source.failed)
        tables = [
            table for sheet in read_source(engine, source, number) for table in _of_sheet(engine, sheet, dictionary)
        ]
        if not tables:
            raise InputError(
                *both(
                    "{file}：没有找到汇总表。要找的是一行表头，含名称（乡镇、村、致贫原因…）和“户”或“人”两列之一，"
                    "下面是数字；请检查表头。",
                    file=source.file,
                )
            )
        found += tables
    return found


def _of_sheet(engine: Engine, sheet: Sheet, dictionary: Dictionary) -> Iterator[StatedTable]:
    """Yield the tables of a sheet from the top down; each ends where the next begins."""
    grid = read_grid(engine, sheet, 1, sheet.last_row, MOST_ROWS)
    headings: list[Heading] = []
    for row in grid.filled:
        heading = heading_at(grid, row)
        if heading is not None:
            if headings and not _has_rows(grid, headings[-1], row):
                headings.pop()  # the upper row of a heading of two
            headings.append(heading)
    for heading, after in zip(headings, [*headings[1:], None], strict=False):
        last = after.bottom - 1 if after else max(grid.filled)
        table = _table(grid, sheet, heading, last, dictionary)
        if table is not None:
            yield table


def _has_rows(grid: Grid, heading: Heading, before: int) -> bool:
    """Tell whether a number stands below a heading, above a row."""
    return any(
        number_of(grid.row(row)[column] or "") is not None
        for row in range(heading.bottom + 1, before)
        for column in heading.roles
    )


def _table(grid: Grid, sheet: Sheet, heading: Heading, last: int, dictionary: Dictionary) -> StatedTable | None:
    """Return the table under a heading, or None where no line has a number."""
    body = [row for row in grid.filled if heading.bottom < row <= last]
    columns = columns_of(grid, sheet, heading, body)
    named = _name_columns(grid, heading, body, dictionary)
    if not named or not {"户", "人"} & columns.keys():
        return None
    rows = _carried([row for number in body if (row := _row(grid, number, named, columns)) is not None])
    if not any(not row.total for row in rows):
        return None
    rows = _shares_of_hundred(rows)
    headings = {role: heading.texts[column] for role, column in columns.items()}
    said = heading.texts[named[-1]]
    return StatedTable(sheet.file, sheet.name, said, meant(said, dictionary), headings, tuple(rows))


def _name_columns(grid: Grid, heading: Heading, body: Sequence[int], dictionary: Dictionary) -> list[int]:
    """Return the column of names, the township's before it where it is of villages: those of known headings, else the leftmost."""
    found: list[int] = []
    for column in range(grid.width):
        text = heading.texts[column]
        words = any(each and number_of(each) is None for each in (grid.row(row)[column] for row in body))
        if (
            column not in heading.roles
            and words
            and not _NAMELESS.fullmatch(text)
            and not (text and is_serial((text,)))
        ):
            found.append(column)
    known = {column: meant(heading.texts[column], dictionary) for column in found}
    places = [column for place in PLACES for column in found if known[column] == place]
    return places[-2:] or [column for column in found if known[column]][:1] or found[:1]


def _row(grid: Grid, number: int, named: list[int], columns: dict[Role, int]) -> Row | None:
    """Return a line or a total; None for a note, a footer or a blank row: nothing stands under the numbers."""
    texts = grid.row(number)
    cells: dict[Role, Cell] = {
        role: Cell(f"{letter(column)}{number}", number_of(texts[column] or ""), texts[column] or "")
        for role, column in columns.items()
    }
    names = [texts[column] or "" for column in named]
    counted = any(cell.number is not None for cell in cells.values())
    if not counted and not (
        names[-1]
        and ":" not in plain(names[-1])
        and any(cell.unread for cell in cells.values())
        and len(set(filter(None, texts))) > 1
    ):
        return None
    beside = [text or "" for column, text in enumerate(texts) if column not in columns.values()]
    said = next((text for text in beside if _TOTAL.fullmatch(plain(text))), "")
    name = said or names[-1]
    wider = names[-2] if len(names) > 1 and not said else ""
    return Row(number, name.strip(), wider.strip(), cells, bool(said), bool(_SUBTOTAL.match(plain(said))))


def _carried(rows: list[Row]) -> list[Row]:
    """Return the rows with a township that stands only in the first row of its villages carried down."""
    found: list[Row] = []
    for row in rows:
        above = found[-1].wider if found and not row.total and not row.wider else row.wider
        found.append(replace(row, wider=above))
    return found


def _shares_of_hundred(rows: list[Row]) -> list[Row]:
    """Return the rows with shares that were stated as parts of one (0.5587, shown as 55.87 %) made per cent."""
    fractions: list[Role] = []
    for role in SHARES:
        shares = [row.cells[role] for row in rows if role in row.cells]
        numbers = [cell.number for cell in shares if cell.number is not None]
        if numbers and max(numbers) <= 1 and not any("%" in plain(cell.text) for cell in shares):
            fractions.append(role)

    def scaled(row: Row) -> Row:
        cells = dict(row.cells)
        for role in fractions:
            cell = cells[role]
            if cell.number is not None:
                cells[role] = replace(cell, number=round(100 * cell.number, 10))
        return replace(row, cells=cells)

    return [scaled(row) for row in rows]
