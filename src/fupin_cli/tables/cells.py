"""Make the engine tables from plain rows of text, so that rule examples are typed as a sheet is."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from msgspec.structs import replace

from fupin_cli.catalogue import both
from fupin_cli.engines import Engine
from fupin_cli.errors import InputError
from fupin_cli.model.dictionary import Dictionary
from fupin_cli.model.place import letter
from fupin_cli.model.settings import Settings
from fupin_cli.model.sheet import Kind, Sheet
from fupin_cli.model.table import Layout, Mapped, Tables
from fupin_cli.tables.build import BATCH, build_tables
from fupin_cli.tables.sql import literal, name
from fupin_cli.tables.staging import columns_for
from fupin_cli.tables.steps import NO_COLUMN

Cells = Mapping[str, object]  # canonical column → text, or (text, Kind); `_example` → int, `_household` → text


def tables_from_cells(  # noqa: PLR0913  # rows of five kinds
    engine: Engine,
    dictionary: Dictionary,
    persons: Sequence[Cells],
    households: Sequence[Cells],
    lists: Mapping[str, Sequence[Cells]],
    settings: Settings,
    *,
    villages: Sequence[Cells] = (),
) -> Tables:
    """Create 人, 户, 村, 县, 名单_X and `reading` from rows written as dicts.

    A column that a dict lacks is a column its sheet lacks (state 3); "" is a blank cell. `_example` (int, default 0)
    keeps many examples of one call apart and stands in every table; `_household` (text) says which rows are one
    household, where 户编号 does not: rows of one example with neither are one household. `_row` of row n is n + 2.
    Person rows may carry 户 columns. `settings.as_of` holds for all rows; a row's own 数据日期 otherwise.
    """
    given = [
        ("人", persons),
        ("户", households),
        ("村", villages),
        *((f"名单:{kind}", rows) for kind, rows in lists.items()),
    ]
    filled = [(kind, rows) for kind, rows in given if rows or kind.startswith("名单:")]
    layouts = [_load(engine, kind, rows, dictionary, source) for source, (kind, rows) in enumerate(filled)]
    tables = build_tables(engine, layouts, dictionary, settings, batch=True)
    for layout in layouts:
        engine.run(f"DROP TABLE {name(layout.sheet.relation)}")
    return replace(tables, apart=True)


def _load(engine: Engine, kind: str, rows: Sequence[Cells], dictionary: Dictionary, source: int) -> Layout:
    """Load rows as the raw table of a sheet, and lay it out: every column under its own name."""
    known = columns_for(kind, dictionary)
    listed = dictionary.lists[kind.removeprefix("名单:")] if kind.startswith("名单:") else None
    columns = list(dict.fromkeys(key for row in rows for key in row if key not in BATCH))
    for column in columns:
        if column not in known:
            raise InputError(
                *both("例子里的“{column}”不是数据字典中的列；请改用 rules/tables/ 里的列名。", column=column)
            )
    if listed is not None:
        columns = list(dict.fromkeys([listed.key, *listed.columns, *columns]))
    relation = f"_cells_of_{source}"
    nothing = NO_COLUMN if listed is None else int(Kind.BLANK)
    fields = ["CAST(own.r AS INTEGER) AS r", 'e AS "_example"', 'h AS "_household"']
    fields += [
        f"MAX(t) FILTER (WHERE i = {i}) AS c{i}, CAST(COALESCE(MAX(k) FILTER (WHERE i = {i}), {nothing}) AS UTINYINT) AS k{i}"
        for i in range(len(columns))
    ]
    own = [_own(number, row) for number, row in enumerate(rows, 2)] or ["(CAST(NULL AS INTEGER), 0, NULL)"]
    place = {column: i for i, column in enumerate(columns)}
    said = [each for number, row in enumerate(rows, 2) for each in _said(number, row, place)]
    engine.run(f"""CREATE OR REPLACE TABLE {name(relation)} AS
WITH own AS (SELECT r, e, CAST(h AS VARCHAR) AS h FROM (VALUES {", ".join(own)}) AS given(r, e, h)),
said AS (SELECT r, i, CAST(t AS VARCHAR) AS t, k FROM (VALUES {", ".join(said or ["(0, 0, NULL, 0)"])}) AS given(r, i, t, k))
SELECT {", ".join(fields)}
FROM own LEFT JOIN said ON said.r = own.r WHERE own.r IS NOT NULL GROUP BY own.r, e, h ORDER BY own.r""")
    mapped = tuple(Mapped(column, i, letter(i), column, "given") for i, column in enumerate(columns))
    last = len(rows) + 1
    sheet = Sheet(Path("例子"), kind, relation, len(columns), len(rows), last)
    return Layout(source, sheet, kind, "", (1,), 2, last, mapped, {}, ())


def _own(number: int, row: Cells) -> str:
    """Return the row's number, its example and its household."""
    household = row.get("_household")
    return f"({number}, {int(str(row.get('_example', 0)))}, {'NULL' if household is None else literal(str(household))})"


def _said(number: int, row: Cells, place: Mapping[str, int]) -> Iterator[str]:
    """Yield the row's number, the column's, the text and the kind of each cell that the row gives."""
    for column, i in place.items():
        if column in row:
            text, kind = _cell(row[column])
            yield f"({number}, {i}, {literal(text) if text else 'NULL'}, {int(kind)})"


def _cell(given: object) -> tuple[str, Kind]:
    if isinstance(given, tuple):
        text, kind = given
        return str(text), Kind(kind)
    text = "" if given is None else str(given)
    return text, Kind.TEXT if text else Kind.BLANK
