"""A file with small tables of counts (名称, 户, 人, 占比) in; each table's lines, totals and shares out, as they are stated."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from fupin_cli.engines import Engine
from fupin_cli.errors import InputError
from fupin_cli.jobs.files import expanded, read_source
from fupin_cli.model.place import letter
from fupin_cli.model.sheet import Sheet
from fupin_cli.tables.grid import Grid, read_grid
from fupin_cli.tables.heading_text import squeeze
from fupin_cli.tables.lexicon import is_serial

Role = Literal["户", "人", "share", "户 share", "人 share"]
SHARES: tuple[Role, ...] = ("share", "户 share", "人 share")
MOST_ROWS = 5000  # a stated table is small
_LEVELS = 3  # rows a heading may have
_FIRST_NUMBER = 900_000  # of its files in the engine, far from those of the registry
_NOT_COUNTS = re.compile("均|主|编号|负责|联系|责任|填|率")
_HOUSEHOLDS = re.compile(r".*户(数量?|合计)?(\(户\))?|.*数量?\(户\)")
_PEOPLE = re.compile(r".*(人|人口)(数量?|合计)?(\(人\))?|.*数量?\(人\)")
_SHARE = re.compile("占比|比例|比重|百分比|占.*%|^%$")
_BARE = re.compile("(数|数量|绝对数|总数|合计|小计)?")
_TOTAL = re.compile("[^0-9]{0,12}(合计|小计|总计|共计|累计|汇总)[:：]?")
_SUBTOTAL = re.compile(".*小计")
_NAMELESS = re.compile("序号?|编号|NO.?|备注|说明")
_COUNT = re.compile(r"^[-+]?\d+(\.\d+)?%?$|\d(户|人)")  # what stands under a heading, not in one
_REMARK = re.compile("[:年月日]")
_NUMERAL = re.compile("[0-9一二三四五六七八九十百千万两]")
_NUMBER = re.compile(r"[-+]?\d+(\.\d+)?")
_LONGEST = 13  # characters: what is longer is a remark


@dataclass(frozen=True, slots=True)
class Cell:
    """One number of a stated table."""

    where: str  # C9
    number: float | None  # None: blank, or no number
    text: str  # as written

    @property
    def unread(self) -> bool:
        """Whether something stands there that is no number."""
        text = _plain(self.text)
        return self.number is None and len(text) < _LONGEST and not _REMARK.search(text) and bool(_NUMERAL.search(text))


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a stated table, or one of its totals."""

    number: int  # as Excel shows it
    name: str
    wider: str  # the township of a village, where there is a column of it
    cells: dict[Role, Cell]
    total: bool = False
    subtotal: bool = False


@dataclass(frozen=True, slots=True)
class StatedTable:
    """One table of a file."""

    file: Path
    sheet: str
    heading: str  # of the column of names
    columns: dict[Role, str]  # heading of each column of numbers
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class _Heading:
    bottom: int
    texts: tuple[str, ...]  # of each column, its levels joined
    roles: dict[int, Role]


def stated_tables(engine: Engine, paths: Sequence[Path]) -> list[StatedTable]:
    """Return every table of counts of the files, in their order.

    Raises:
        InputError: a file cannot be read, or holds no such table.
    """
    found: list[StatedTable] = []
    for number, source in enumerate(expanded(paths), _FIRST_NUMBER):
        if source.skipped:
            continue
        if source.failed:
            raise InputError(*source.failed)
        tables = [table for sheet in read_source(engine, source, number) for table in _of_sheet(engine, sheet)]
        if not tables:
            raise InputError(
                f"{source.file}：没有找到汇总表。要找的是一行表头，含名称（乡镇、村、致贫原因…）和“户”或“人”两列之一，下面是数字；请检查表头。",
                f"{source.file}: no table of counts found. Looked for a heading row with a name (乡镇, 村, 致贫原因 …) and one of the "
                "columns 户 and 人, with numbers below; check its headings.",
            )
        found += tables
    return found


def _of_sheet(engine: Engine, sheet: Sheet) -> Iterator[StatedTable]:
    """Yield the tables of a sheet from the top down; each ends where the next begins."""
    grid = read_grid(engine, sheet, 1, sheet.last_row, MOST_ROWS)
    headings: list[_Heading] = []
    for row in grid.filled:
        heading = _heading(grid, row)
        if heading is not None:
            if headings and not _has_rows(grid, headings[-1], row):
                headings.pop()  # the upper row of a heading of two
            headings.append(heading)
    for heading, after in zip(headings, [*headings[1:], None], strict=False):
        last = after.bottom - 1 if after else max(grid.filled)
        table = _table(grid, sheet, heading, last)
        if table is not None:
            yield table


def _has_rows(grid: Grid, heading: _Heading, before: int) -> bool:
    """Tell whether a number stands below a heading, above a row."""
    return any(
        _number(grid.row(row)[column] or "") is not None
        for row in range(heading.bottom + 1, before)
        for column in heading.roles
    )


def _heading(grid: Grid, bottom: int) -> _Heading | None:
    """Return the heading that ends in a row, or None where its texts are none."""
    for top in range(bottom, max(0, bottom - _LEVELS), -1):
        if any(_COUNT.search(_plain(text)) for text in grid.distinct(top)):
            return None
        levels = [[grid.row(row)[column] for row in range(top, bottom + 1)] for column in range(grid.width)]
        parted = [list(dict.fromkeys(squeeze(text) for text in texts if text)) for texts in levels]
        roles = {column: role for column, texts in enumerate(parted) if texts and (role := _role(texts))}
        if {"户", "人"} & set(roles.values()) and any(
            texts and number not in roles for number, texts in enumerate(parted)
        ):
            return _Heading(bottom, tuple("".join(texts[-1:]) for texts in parted), roles)
    return None


def _role(texts: list[str]) -> Role | None:
    """Return what a column of numbers states, by the levels of its heading."""
    leaf, bands = texts[-1], texts[:-1]
    if _SHARE.search(leaf):
        return _share_of("".join(texts))
    own = bands[-1] if bands and _BARE.fullmatch(leaf) else leaf
    if _NOT_COUNTS.search(own):
        return None
    if _HOUSEHOLDS.fullmatch(own):
        return "户"
    return "人" if _PEOPLE.fullmatch(own) else None


def _share_of(text: str) -> Role:
    return "户 share" if "户" in text else "人 share" if "人" in text else "share"


def _table(grid: Grid, sheet: Sheet, heading: _Heading, last: int) -> StatedTable | None:
    """Return the table under a heading, or None where no line has a number."""
    columns = _unique(sheet, heading)
    body = [row for row in grid.filled if heading.bottom < row <= last]
    named = _name_columns(grid, heading, body)
    if not named:
        return None
    rows = _carried([row for number in body if (row := _row(grid, number, named, columns)) is not None])
    if not any(not row.total for row in rows):
        return None
    rows = _shares_of_hundred(rows)
    headings = {role: heading.texts[column] for role, column in columns.items()}
    return StatedTable(sheet.file, sheet.name, heading.texts[named[-1]], headings, tuple(rows))


def _unique(sheet: Sheet, heading: _Heading) -> dict[Role, int]:
    """Return the one column of each role.

    Raises:
        InputError: two columns state the same thing.
    """
    columns: dict[Role, int] = {}
    for column, role in heading.roles.items():
        if role not in columns:
            columns[role] = column
        elif "share" in role:
            continue
        else:
            both = "、".join(heading.texts[each] for each in (columns[role], column))
            where = f"{sheet.file.name} › {sheet.name}" if sheet.name else sheet.file.name
            raise InputError(
                f"{where}：第 {heading.bottom} 行表头有几列{role}数（{both}），不知道用哪一列核对；请只留一列。",
                f"{where}: the heading in row {heading.bottom} has several columns of {role} ({both}); leave the one that is to be compared.",
            )
    return columns


def _name_columns(grid: Grid, heading: _Heading, body: Sequence[int]) -> list[int]:
    """Return the columns of names left of the numbers, the township before the village; serial numbers are none."""
    first = min(heading.roles)
    found: list[int] = []
    for column in range(grid.width):
        text = heading.texts[column]
        texts = [grid.row(row)[column] for row in body]
        words = sum(1 for each in texts if each and _number(each) is None)
        if column in heading.roles or not words or _NAMELESS.fullmatch(text) or (text and is_serial((text,))):
            continue
        if column < first or not found:
            found.append(column)
    return found


def _row(grid: Grid, number: int, named: list[int], columns: dict[Role, int]) -> Row | None:
    """Return a line or a total; None for a note, a footer or a blank row: nothing stands under the numbers."""
    texts = grid.row(number)
    cells: dict[Role, Cell] = {
        role: Cell(f"{letter(column)}{number}", _number(texts[column] or ""), texts[column] or "")
        for role, column in columns.items()
    }
    names = [texts[column] or "" for column in named]
    counted = any(cell.number is not None for cell in cells.values())
    if not counted and not (
        names[-1]
        and ":" not in _plain(names[-1])
        and any(cell.unread for cell in cells.values())
        and len(set(filter(None, texts))) > 1
    ):
        return None
    said = next((text for text in names if _TOTAL.fullmatch(_plain(text))), "")
    name = said or names[-1]
    wider = names[-2] if len(names) > 1 and not said else ""
    return Row(number, name.strip(), wider.strip(), cells, bool(said), bool(_SUBTOTAL.match(_plain(said))))


def _carried(rows: list[Row]) -> list[Row]:
    """Return the rows with a township that stands only in the first row of its villages carried down."""
    found: list[Row] = []
    for row in rows:
        above = found[-1].wider if found and not row.total and not row.wider else row.wider
        found.append(replace(row, wider=above))
    return found


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def _number(text: str) -> float | None:
    """Return the number of a cell: 1,695 and 217户 too."""
    bare = _plain(text).replace(",", "").removesuffix("%").removesuffix("户").removesuffix("人")
    return float(bare) if _NUMBER.fullmatch(bare) else None


def _shares_of_hundred(rows: list[Row]) -> list[Row]:
    """Return the rows with shares that were stated as parts of one (0.5587, shown as 55.87 %) made per cent."""
    fractions: list[Role] = []
    for role in SHARES:
        shares = [row.cells[role] for row in rows if role in row.cells]
        numbers = [cell.number for cell in shares if cell.number is not None]
        if numbers and max(numbers) <= 1 and not any("%" in _plain(cell.text) for cell in shares):
            fractions.append(role)

    def scaled(row: Row) -> Row:
        cells = dict(row.cells)
        for role in fractions:
            cell = cells[role]
            if cell.number is not None:
                cells[role] = replace(cell, number=round(100 * cell.number, 10))
        return replace(row, cells=cells)

    return [scaled(row) for row in rows]
