"""Read a table drawn as text, as an example of a reading rule gives it, and tell whether that rule speaks of it."""

from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from msgspec.structs import replace

from fupin_cli.engines import Engine, open_engine
from fupin_cli.model.dictionary import Dictionary
from fupin_cli.model.settings import Settings, Wishes
from fupin_cli.model.sheet import Kind, Merge, Sheet
from fupin_cli.tables.build import build_tables
from fupin_cli.tables.layouts import find_layouts
from fupin_cli.tables.sql import literal, name
from fupin_cli.values.patterns import regex

_NUMBER = regex(r"-?\d+(\.\d+)?")


def read_drawn(
    rule: str, given: Mapping[str, str], dictionary: Dictionary, settings: Settings
) -> Literal["pass", "fail"]:
    """Return "fail" when reading a drawn table gives a finding of `rule`, else "pass".

    Of how many days a list is from the registry, any but none counts: the limit is the run's.

    Args:
        rule: a reading rule.
        given: 表, and 名单 (of the kind 名单类别) where the rule needs a list: drawn with `|` between cells, `<` merged to
            the left, `^` merged upward, `'` before digits that are text; 隐藏行 "3 4" when rows of 表 are hidden.
        dictionary: columns and code lists.
        settings: today and the like.
    """
    engine = open_engine()
    try:
        hidden = frozenset(int(row) for row in given.get("隐藏行", "").split())
        layouts = find_layouts(engine, _draw(engine, given["表"], "_drawn", hidden), dictionary, Wishes())
        if "名单" in given:
            listed = _draw(engine, given["名单"], "_drawn_list")
            wishes = Wishes(list_name=given["名单类别"])
            layouts += find_layouts(engine, listed, dictionary, wishes)
        layouts = [replace(layout, source=source) for source, layout in enumerate(layouts)]
        build_tables(engine, layouts, dictionary, settings)
        found = engine.rows(f'SELECT 1 FROM "reading" WHERE "rule" = {literal(rule)} LIMIT 1')
        return "fail" if found else "pass"
    finally:
        engine.close()


def _draw(engine: Engine, text: str, relation: str, hidden: frozenset[int] = frozenset()) -> Sheet:
    """Load a drawn table as the raw table of a sheet."""
    grid = [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in text.strip().splitlines()]
    width = max(len(row) for row in grid)
    fields = ", ".join(f"CAST(c{i} AS VARCHAR) AS c{i}, CAST(k{i} AS UTINYINT) AS k{i}" for i in range(width))
    names = ", ".join(f"c{i}, k{i}" for i in range(width))
    rows = ", ".join(
        f"({number}, {', '.join(_cell(row[i] if i < len(row) else '') for i in range(width))})"
        for number, row in enumerate(grid, 1)
    )
    engine.run(
        f"CREATE OR REPLACE TABLE {name(relation)} AS SELECT CAST(r AS INTEGER) AS r, {fields}"
        f" FROM (VALUES {rows}) AS given(r, {names})"
    )
    merges = tuple(_merges(grid))
    return Sheet(Path("例子.xlsx"), "例子", relation, width, len(grid), len(grid), merges, hidden_rows=hidden)


def _cell(text: str) -> str:
    if text in {"", "<", "^"}:
        return f"NULL, {int(Kind.BLANK)}"
    kind = Kind.NUMBER if _NUMBER.fullmatch(text) else Kind.TEXT
    return f"{literal(text.removeprefix(chr(39)))}, {int(kind)}"


def _merges(grid: list[list[str]]) -> list[Merge]:
    """Return the merged ranges: each starts at a cell that others point to."""
    found = []
    for y, row in enumerate(grid):
        for x, text in enumerate(row):
            if text in {"<", "^"}:
                continue
            right = next((i for i in range(x + 1, len(row)) if row[i] != "<"), len(row)) - 1
            below = next((i for i in range(y + 1, len(grid)) if x >= len(grid[i]) or grid[i][x] != "^"), len(grid)) - 1
            if right > x or below > y:
                found.append(Merge(y + 1, below + 1, x, right))
    return found
