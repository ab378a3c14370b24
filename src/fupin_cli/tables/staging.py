"""Type the raw cells of one Layout, one row for each row of its body: SQL over its sheet, or the engine table `_cells_{source}`."""

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from fupin_cli.engines import Engine
from fupin_cli.model.dictionary import Column, Dictionary
from fupin_cli.model.sheet import Kind, Merge
from fupin_cli.model.table import Layout, Mapped
from fupin_cli.tables.codes import MOST_TEXTS, Labels, Resolved
from fupin_cli.tables.counted import counted_in_body
from fupin_cli.tables.plain import asked_of, counting, number_sql, plain_columns
from fupin_cli.tables.sql import literal, name
from fupin_cli.tables.typing import Cell, is_short, short_fields, typed

_HELPER = ("帮扶责任人", "帮扶人", "帮扶单位", "帮扶角色", "驻村", "第一书记", "信息采集人")
MANY_ROWS = 5000  # columns of fewer are looked at by one query


class Staged(Struct, frozen=True):
    """A layout whose rows are typed: its columns, and which of the sheet's columns each was read from."""

    layout: Layout
    relation: str  # the engine table its cells are copied to: _row, and X, X$, X! of every column
    columns: dict[str, Column]  # canonical name → column
    letters: dict[str, tuple[Mapped, ...]]  # canonical name → the sheet's columns, the first first
    merged: dict[int, tuple[Merge, ...]] = field(default_factory=dict)  # merged down the body, by column from 0
    plain: frozenset[str] = frozenset()  # columns of which nothing is said; a cell that is not blank was read
    full: frozenset[str] = frozenset()  # those of them without a blank cell
    same: Mapping[str, str] = field(
        default_factory=dict
    )  # those of texts that say the same in every row: what they say
    fields: Mapping[str, str] = field(default_factory=dict)  # SQL of each, all short: its cells are not copied
    raw: str = ""  # what these read: the sheet
    body: str = ""  # which of its rows: WHERE …

    @property
    def kind(self) -> str:
        """户, 人, 村 or 名单:X."""
        return self.layout.kind

    def merges_of(self, column: str) -> tuple[Merge, ...]:
        """Merged ranges of two rows or more whose text is a cell of this column."""
        first = self.letters[column][0]
        return () if first.cell else self.merged.get(first.index, ())

    def sql(self, field: str) -> str:
        """SQL of a field, or of `_row`, over `table`."""
        return self.fields.get(field, name(field))

    @property
    def table(self) -> str:
        """SQL of the table its fields are read from."""
        return self.raw if self.fields else name(self.relation)

    @property
    def is_most(self) -> bool:
        """Tell whether most rows of its sheet are its own."""
        return 2 * (self.layout.last_row - self.layout.first_row) > self.layout.sheet.row_count

    def rows(self, wanted: Iterable[str]) -> str:
        """SQL, to stand after FROM: `_row` and the fields that are wanted. A view would be planned with all of them."""
        fields = ", ".join(f"{self.sql(field)} AS {name(field)}" for field in ("_row", *wanted))
        return f"(SELECT {fields} FROM {self.table}{self.body})"

    @property
    def source(self) -> int:
        """The `_source` of its rows."""
        return self.layout.source


def stage(engine: Engine, layout: Layout, dictionary: Dictionary, extra: tuple[str, ...] = ()) -> Staged:
    """Type the cells of a layout, copied to `_cells_{source}` where that is a long way; `extra` names columns of the raw table to carry along."""
    staged = columns_of_layout(layout, dictionary)
    cells = [_cell(staged, column, bool(extra)) for column in staged.columns.values()]
    filled = any(_fills(staged, column) for column in staged.columns.values())
    sheet, body = _with_merged_places(engine, staged), _where(engine, staged, cells)
    source = sheet + body
    large = layout.sheet.row_count >= MANY_ROWS
    texts, numbers = _counted(engine, staged, cells) if large and not extra else ({}, {})
    coded = [cell for cell in cells if cell.column.codes in dictionary.codes and cell.column.name not in texts]
    asked = [] if extra else asked_of([cell for cell in cells if cell.column.name not in numbers], large=large)
    queries = [_distinct(coded, source)] if coded else []
    found = engine.rows_of_each([*queries, *(counting(each, source, texts) for each in asked)])
    counted = dict(texts)
    for column, text, _ in found.pop(0) if coded else ():
        texts.setdefault(column, []).append(text)
    cells = [_resolved(cell, dictionary, texts) for cell in cells]
    plain = {} if extra else numbers | plain_columns(cells, asked, found, counted)
    full = frozenset(column for column in plain if has_every_cell(staged, column))
    same = {
        one: own[0] for one, own in counted.items() if one in full and len(own) == 1 and not staged.columns[one].codes
    }
    staged = replace(staged, plain=frozenset(plain), full=full, same=same)
    if cells and not (filled or extra) and all(cell.column.name in plain or is_short(cell) for cell in cells):
        fields = {each: sql for cell in cells for each, sql in short_fields(cell, plain).items()}
        return replace(staged, fields={"_row": "r"} | fields, raw=sheet, body=body)
    carried = ('"_row"', *(name(one) for one in extra))
    raw = f'(SELECT r AS "_row", * FROM {source}) AS "body"'
    select = typed(cells, raw, carried, plain) if cells else f"SELECT {', '.join(carried)} FROM {raw}"
    engine.run(f"CREATE OR REPLACE TABLE {name(staged.relation)} AS {select}")
    return staged


def has_every_cell(staged: Staged, column: str) -> bool:
    """Tell whether every row of the sheet has a cell of this column, as its cells were counted when they were read."""
    first, kinds = staged.letters[column][0], staged.layout.sheet.kinds
    return first.cell is None and bool(kinds) and not kinds[first.index][Kind.BLANK]


def columns_for(kind: str, dictionary: Dictionary) -> dict[str, Column]:
    """Return the columns a layout of this kind may have: the dictionary's, or those of its list."""
    if kind.startswith("名单:"):
        own = dictionary.lists[kind.removeprefix("名单:")]
        return {**dictionary.columns, **own.columns}
    return dictionary.columns


def body_condition(layout: Layout, row: str = "r") -> str:
    """SQL: the row is one of the table, not a heading, a total, a footer ….

    Columns and rows of the raw table, and Excel's row numbers.
    """
    inside = f"{row} BETWEEN {layout.first_row} AND {layout.last_row}"
    out = [
        f"{row} BETWEEN {one.first_row} AND {one.last_row}"
        for one in layout.left_out
        if one.last_row >= layout.first_row
    ]
    return f"({inside})" if not out else f"({inside} AND NOT ({' OR '.join(out)}))"


def _merged_down(layout: Layout) -> dict[int, tuple[Merge, ...]]:
    """The merged ranges of two rows or more that begin in the body, by the column their text stands in."""
    found: dict[int, list[Merge]] = {}
    for merge in layout.sheet.merges:
        if merge.last_row > merge.first_row and layout.first_row <= merge.first_row <= layout.last_row:
            found.setdefault(merge.first_column, []).append(merge)
    return {index: tuple(merges) for index, merges in found.items()}


def columns_of_layout(layout: Layout, dictionary: Dictionary) -> Staged:
    """Return a layout with its columns, none of its cells typed yet."""
    known = columns_for(layout.kind, dictionary)
    letters: dict[str, tuple[Mapped, ...]] = {}
    for mapped in layout.columns:
        if mapped.column not in known:
            continue
        earlier = letters.get(mapped.column, ())
        if not earlier or known[mapped.column].gather:
            letters[mapped.column] = (*earlier, mapped)
    columns = {column: readable(known[column], dictionary) for column in letters}
    return Staged(layout, f"_cells_{layout.source}", columns, letters, _merged_down(layout))


def readable(column: Column, dictionary: Dictionary) -> Column:
    """Return the column as it can be read: a coded one without a code list is text, only a coded one has a list."""
    if column.type in ("代码", "多值") and column.codes not in dictionary.codes:
        return replace(column, type="文本", codes=None)
    return column if column.type in ("代码", "多值") else replace(column, codes=None)


def _cell(staged: Staged, column: Column, lacking: bool) -> Cell:
    mapped = staged.letters[column.name]
    first = mapped[0].index
    plain = lacking or not staged.layout.sheet.name  # plain dicts and csv files have no kinds
    if len(mapped) == 1 and mapped[0].cell is None:
        return Cell(column, _kept_text(staged, column, first), _kept_kind(staged, column, first), {}, plain, lacking)
    if len(mapped) == 1:
        return Cell(column, *raw_cell(mapped[0]), {}, plain, lacking)
    texts = ", ".join(f"nullif(trim({raw_cell(one)[0]}), '')" for one in mapped)
    kinds = ", ".join(raw_cell(one)[1] for one in mapped)
    return Cell(column, f"nullif(concat_ws(',', {texts}), '')", f"greatest({kinds})", {}, plain, lacking)


def raw_cell(mapped: Mapped) -> tuple[str, str]:
    """SQL of a raw cell's text and Kind: the row's own, or the one cell that holds for all rows."""
    if mapped.cell is None:
        return f"c{mapped.index}", f"coalesce(k{mapped.index}, 0)"
    text = "CAST(NULL AS VARCHAR)" if mapped.cell.text is None else literal(mapped.cell.text)
    return text, str(int(mapped.cell.kind))


def _kept_text(staged: Staged, column: Column, index: int) -> str:
    if _fills(staged, column):
        return f'coalesce(c{index}, "text_{index}")'
    if not staged.layout.sheet.name:  # csv written for spreadsheets: ="…" keeps a text a text
        return f"""CASE WHEN c{index} LIKE '="%"' THEN substr(c{index}, 3, length(c{index}) - 3) ELSE c{index} END"""
    return f"c{index}"


def _kept_kind(staged: Staged, column: Column, index: int) -> str:
    own = f"coalesce(k{index}, 0)"
    if _fills(staged, column):
        own = f'CASE WHEN c{index} IS NULL THEN coalesce("kind_{index}", {own}) ELSE {own} END'
    if column.type == "日期" and not staged.layout.sheet.name:  # csv: 2016.1 may have been the number 2016.10
        own = f"CASE WHEN regexp_full_match(c{index}, '[0-9]{{4}}\\.1') THEN 2 ELSE {own} END"
    return own


def _fills(staged: Staged, column: Column) -> bool:
    """A place, or a helper, merged down over its households holds for every row of the range."""
    shared = column.level == "地" or is_of_helper(column.name)
    return shared and bool(staged.merges_of(column.name))


def _with_merged_places(engine: Engine, staged: Staged) -> str:
    source = name(staged.layout.sheet.relation)
    for column, mapped in staged.letters.items():
        if _fills(staged, staged.columns[column]):
            index = mapped[0].index
            ranges = merged_rows(engine, _covered(staged, index), staged.merges_of(column))
            top = name(f"top_{index}")
            source += f"""
LEFT JOIN (SELECT m.r, s.c{index} AS "text_{index}", s.k{index} AS "kind_{index}" FROM {ranges} AS m
  JOIN {name(staged.layout.sheet.relation)} AS s ON s.r = m."first") AS {top} USING (r)"""
    return source


def is_of_helper(column: str) -> bool:
    """Tell whether a column speaks of who helps a household: one helper has several households."""
    return column.startswith(_HELPER)


def covered_rows(staged: Staged, column: str) -> str | None:
    """Return the quoted name of the table of rows (`r`) that a column has from a merged cell above (`first`); None for none."""
    return name(_covered(staged, staged.letters[column][0].index)) if _fills(staged, staged.columns[column]) else None


def _covered(staged: Staged, index: int) -> str:
    return f"_merged_{staged.source}_{index}"


def ranges_sql(merges: Iterable[Merge]) -> str:
    """SQL: `first`, `last` and `index` (column, from 0) of merged ranges; one text, for it is parsed much faster."""
    text = ",".join(f"{merge.first_row}-{merge.last_row}-{merge.first_column}" for merge in merges)
    parts = [f"CAST(split_part(\"one\", '-', {place}) AS INTEGER)" for place in (1, 2, 3)]
    return f"""SELECT {parts[0]} AS "first", {parts[1]} AS "last", {parts[2]} AS "index"
FROM (SELECT UNNEST(string_split('{text}', ',')) AS "one") AS "texts" WHERE "one" <> ''"""


def merged_rows(engine: Engine, table: str, merges: tuple[Merge, ...]) -> str:
    """Create a table of the rows merged ranges cover below their first (`r`, `first`), and return its quoted name."""
    engine.run(f"""CREATE OR REPLACE TABLE {name(table)} AS
SELECT CAST(UNNEST(generate_series("first" + 1, "last")) AS INTEGER) AS r, "first" FROM ({ranges_sql(merges)}) AS "ranges\"""")
    return name(table)


def _where(engine: Engine, staged: Staged, cells: list[Cell]) -> str:
    """SQL: the rows of the table; that some cell of it is filled is left out where it always is, for it reads them all."""
    own = {one.index for mapped in staged.letters.values() for one in mapped if one.cell is None}
    indices = staged.layout.slot or (sorted(own) if cells else ())
    body = f" WHERE {body_condition(staged.layout)}"
    if not indices:
        return body
    none = " AND ".join(f"c{index} IS NULL" for index in indices)
    blank = engine.rows(f"SELECT 1 FROM {name(staged.layout.sheet.relation)}{body} AND {none} LIMIT 1")
    return f"{body} AND NOT ({none})" if blank else body


def _counted(engine: Engine, staged: Staged, cells: Sequence[Cell]) -> tuple[dict[str, list[str]], dict[str, str]]:
    """By name: the distinct texts of columns, the most frequent first; SQL of the value of columns of numbers alone."""
    columns = {one: mapped[0].index for one, mapped in staged.letters.items()}
    own = [cell for cell in cells if cell.text == f"c{columns[cell.column.name]}"]
    counted = counted_in_body(engine, staged.layout, [columns[cell.column.name] for cell in own])
    texts = {one: counted.texts[index] for one, index in columns.items() if index in counted.texts}
    numbers = [cell for cell in own if cell.column.type == "数字" and columns[cell.column.name] in counted.numbers]
    return texts, {cell.column.name: number_sql(cell.text) for cell in numbers}


def _distinct(coded: list[Cell], source: str) -> str:
    """SQL: the distinct texts of the coded columns, the most frequent first."""
    fields = ", ".join(f'{cell.text} AS "t{place}"' for place, cell in enumerate(coded))
    parts = [
        f"""(SELECT {literal(cell.column.name)} AS "column", "t{place}" AS "text", count(*) AS "n" FROM "body"
  WHERE "t{place}" IS NOT NULL GROUP BY 2 ORDER BY 3 DESC, 2 LIMIT {MOST_TEXTS})"""
        for place, cell in enumerate(coded)
    ]
    body = f'WITH "body" AS NOT MATERIALIZED (SELECT {fields} FROM {source})'  # each part asks for one of its columns
    return f"{body} {' UNION ALL '.join(parts)} ORDER BY 3 DESC, 1, 2"


def _resolved(cell: Cell, dictionary: Dictionary, texts: dict[str, list[str]]) -> Cell:
    if cell.column.codes not in dictionary.codes:
        return cell
    labels = Labels(dictionary.codes[cell.column.codes])
    resolve = labels.many if cell.column.type == "多值" else labels.one
    resolved: dict[str, Resolved] = {text: resolve(text) for text in texts.get(cell.column.name, [])}
    return replace(cell, resolved=resolved)
