"""A drawing of the corpus in, what was read of it out, both as plain text that a person can compare.

`python -m tests.sheets.corpus_reading FILE.md …` prints what is read today, to be checked against the drawing by eye.
"""

import re
import sys
import tempfile
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from msgspec import Struct
from msgspec.structs import replace

from fupin_cli.engines import Engine, open_engine
from fupin_cli.model.dictionary import Dictionary
from fupin_cli.model.settings import Settings, Wishes
from fupin_cli.model.sheet import Sheet
from fupin_cli.model.table import Layout, Tables
from fupin_cli.sheets import read_sheets
from fupin_cli.tables import build_tables, find_layouts, heading_text
from fupin_cli.tables.lexicon import is_serial
from tests.sketch import write_sketch

CORPUS = Path(__file__).parent / "corpus"
TODAY = date(2020, 12, 31)
_FENCE = re.compile(r"```(\w+) ?(.*?)\n(.*?)\n?```", re.DOTALL)
_FIELDS = (
    "kind",
    "title",
    "headings",
    "rows",
    "columns",
    "unmapped",
    "left_out",
    "doubts",
    "dated",
    "households",
    "values",
)
_PLAIN = frozenset({"exact", "normalised"})


class Drawn(Struct, frozen=True):
    """One file of the corpus."""

    title: str
    story: str
    file: str  # the name of the workbook: 花名册.xlsx, 2020年.csv
    options: dict[str, str]  # encoding, delimiter, list, as_of
    sketch: str
    expected: dict[str, Any]  # sheet → tables, as README.md says; every value is text


def read_drawn_file(path: Path) -> Drawn:
    """Read one file of the corpus."""
    text = path.read_text("utf-8")
    head, _, _ = text.partition("```")
    title, _, story = head.strip().partition("\n")
    fences = {language: (given, inner) for language, given, inner in _FENCE.findall(text)}
    words = fences["sketch"][0].split()
    file = next((word for word in words if "=" not in word), "registry.xlsx")
    options = dict(word.partition("=")[::2] for word in words if "=" in word)
    expected = yaml.load(fences["yaml"][1], Loader=yaml.BaseLoader) if "yaml" in fences else {}  # texts only
    return Drawn(title.removeprefix("# "), story.strip(), file, options, fences["sketch"][1], expected)


def reading_of(drawn: Drawn, folder: Path, dictionary: Dictionary) -> dict[str, Any]:
    """Write the workbook, read it as an audit does, and tell what was read; rows of `expected` are looked up."""
    options = dict(drawn.options)
    as_of = date.fromisoformat(day) if (day := options.pop("as_of", None)) else None
    wishes = Wishes(list_name=options.pop("list", None), as_of=as_of)
    path = write_sketch(folder / drawn.file, drawn.sketch, **options)
    engine = open_engine()
    try:
        sheets = read_sheets(engine, path, 0)
        layouts: list[Layout] = []
        own: list[list[Layout]] = []  # of each sheet
        for sheet in sheets:
            found = find_layouts(engine, sheet, dictionary, wishes)
            own.append([replace(layout, source=len(layouts) + i) for i, layout in enumerate(found)])
            layouts += own[-1]
        tables = build_tables(engine, layouts, dictionary, Settings(today=TODAY, as_of=as_of)) if layouts else None
        told: dict[str, Any] = {}
        for sheet, of_sheet in zip(sheets, own, strict=True):
            name = sheet.name or "csv"
            wanted = _wanted_rows(drawn.expected.get(name))
            told[name] = [
                _told(engine, layout, tables, layouts, wanted[place] if place < len(wanted) else {})
                for place, layout in enumerate(of_sheet)
            ]
            if lost := _lost(engine, sheet, of_sheet):
                told[name].append({"lost": lost})
        return told
    finally:
        engine.close()


def expectation(drawn: Drawn, read: dict[str, Any]) -> dict[str, Any]:
    """Return what is expected, with every doubt that a fragment of it was expected of written out.

    A title counts only where the page names one.
    """
    expected: dict[str, Any] = {}
    for sheet, tables in drawn.expected.items():
        expected[sheet] = []
        for place, table in enumerate(tables or ()):
            found = read.get(sheet, [])[place] if place < len(read.get(sheet, [])) else {}
            whole = {"title": found["title"]} if "title" in found else {}
            expected[sheet].append(whole | table)
            if "doubts" in table:
                expected[sheet][-1]["doubts"] = [_whole(part, found.get("doubts", ())) for part in table["doubts"]]
    return expected


def _whole(fragment: str, doubts: Iterable[str]) -> str:
    """Return the one doubt with this fragment, or the fragment."""
    having = [doubt for doubt in doubts if fragment in doubt]
    return having[0] if len(having) == 1 else fragment


def as_lines(reading: dict[str, Any]) -> list[str]:
    """Return a reading as lines, one fact a line, in a fixed order."""
    ordered = {
        sheet: [{key: table[key] for key in (*_FIELDS, *table) if key in table} for table in tables]
        for sheet, tables in reading.items()
    }
    return yaml.dump(ordered, allow_unicode=True, sort_keys=False, width=10_000, default_flow_style=False).splitlines()


def _wanted_rows(tables: Any) -> list[dict[str, list[str]]]:
    """Return for each expected table which columns of which rows are asked."""
    return [{row: list(cells) for row, cells in (table.get("values") or {}).items()} for table in tables or () if table]


def _told(
    engine: Engine, layout: Layout, tables: Tables | None, layouts: list[Layout], wanted: dict[str, list[str]]
) -> dict[str, Any]:
    told: dict[str, Any] = {
        "kind": layout.kind,
        "headings": _ranges(layout.heading_rows),
        "rows": f"{layout.first_row}-{layout.last_row}",
        "columns": _columns(layout),
        "unmapped": {where: heading.replace("\n", "") for where, heading in layout.unmapped.items()},
        "left_out": dict(_left_out(layout)),
        "doubts": [zh for zh, _ in layout.doubts],
        "title": layout.title,
        "dated": str(layout.dated or ""),
    }
    assert tables is not None
    if layout.kind in ("人", "户"):
        told["households"] = list(_households(engine, layout, layouts)) if layout.kind == "人" else []
    told["values"] = {row: _values(engine, layout, tables, row, columns) for row, columns in wanted.items()}
    return {key: value for key, value in told.items() if value}


def _columns(layout: Layout) -> dict[str, str]:
    """Return what stands where; two columns of one cell (乡镇：…　村：…) a blank apart."""
    columns: dict[str, str] = {}
    for each in layout.columns:
        named = each.column if each.how in _PLAIN else f"{each.column} ({each.how})"
        columns[each.where] = f"{columns[each.where]} {named}" if each.where in columns else named
    return columns


def _left_out(layout: Layout) -> Iterator[tuple[str, str]]:
    """Yield the rows left out with their reasons, the heading's own apart."""
    rows = {
        row: each.reason
        for each in layout.left_out
        for row in range(each.first_row, each.last_row + 1)
        if not (each.reason == "heading" and row in layout.heading_rows)
    }
    run: list[int] = []
    for row in sorted(rows):
        if run and (row != run[-1] + 1 or rows[row] != rows[run[-1]]):
            yield _ranges(run), rows[run[-1]]
            run = []
        run.append(row)
    if run:
        yield _ranges(run), rows[run[-1]]


def _households(engine: Engine, layout: Layout, layouts: list[Layout]) -> Iterator[str]:
    """Yield which rows are one household: "3-4", "3-4 = 户表!2" where another table states it, "7 = none"."""
    joined = bool(engine.rows("""SELECT 1 FROM "人" WHERE "_household" IS NOT NULL LIMIT 1"""))
    stated = """LEFT JOIN "户" AS h ON h."_id" = p."_household" AND h."_stated\"""" if joined else ""
    place = 'h."_source", h."_row"' if joined else "NULL, NULL"
    groups: dict[Any, list[int]] = {}
    for household, source, row, own in engine.rows(
        f"""SELECT p."_household", {place}, p."_row" FROM "人" AS p {stated} WHERE p."_source" = ? ORDER BY 4""",
        (layout.source,),
    ):
        end = "" if household is not None else " = none"
        if source is not None:
            end = f" = {layouts[source].sheet.name or 'csv'}!{row}"
        groups.setdefault((household, end), []).append(own)
    for (_, end), rows in groups.items():
        yield _ranges(rows) + end


def _values(engine: Engine, layout: Layout, tables: Tables, row: str, columns: list[str]) -> dict[str, str]:
    told = {}
    for column in columns:
        found = _found(engine, layout, tables, int(row), column)
        told[column] = "no such row" if found is None else _written(*found)
    return told


def _found(engine: Engine, layout: Layout, tables: Tables, row: int, column: str) -> tuple[Any, int] | None:
    """Return value and state of one cell; a 户 column of a member's row is the household's."""
    kind = layout.kind
    there = {**tables.columns.get("户", {}), **tables.columns.get(kind, {}), **tables.lists.get(kind[3:], {})}
    if kind == "村" or column not in there:
        return None, 3
    sql = f"""SELECT t."{column}", t."{column}$" FROM "{kind.replace(":", "_")}" AS t WHERE t."_source" = ? AND t."_row" = ?"""
    if kind == "人" and column not in tables.columns["人"]:
        sql = f"""SELECT h."{column}", h."{column}$" FROM "人" AS t JOIN "户" AS h ON h."_id" = t."_household"
WHERE t."_source" = ? AND t."_row" = ?"""
    if column == "数据日期":
        sql = f"""SELECT "数据日期", 0 FROM "{kind}" WHERE "_source" = ? AND "_row" = ?"""
    rows = engine.rows(sql, (layout.source, row))
    return rows[0] if rows else None


def _written(value: Any, state: int) -> str:
    if value is None:
        return {1: "", 2: "?", 3: "no column"}.get(state, "NULL")
    if isinstance(value, float):
        return f"{value:.10g}"
    return str(value)


def _lost(engine: Engine, sheet: Sheet, layouts: list[Layout]) -> list[str]:
    """Return the cells that neither a table has nor a reason leaves out; [] for a sheet without tables."""
    if not layouts:
        return []
    lost = []
    serials, labels = _serials(engine, sheet, layouts), set(_labels(layouts))
    cells = ", ".join(f'"c{i}"' for i in range(sheet.width))
    for row, *texts in engine.rows(f'SELECT "r", {cells} FROM "{sheet.relation}" ORDER BY "r"'):
        for i, text in enumerate(texts):
            label = heading_text.plain(text or "") in labels
            if text is not None and not label and not any(_accounted(each, row, i, serials) for each in layouts):
                lost.append(f"{_letter(i)}{row}")
    return lost


def _labels(layouts: list[Layout]) -> Iterator[str]:
    """Yield the labels of forms, which stand beside their cells or above them."""
    for layout in layouts:
        of_form = [each.heading for each in layout.columns if each.cell is not None]
        of_form += [text for where, text in layout.unmapped.items() if where[-1].isdigit()]
        for heading in of_form:  # its levels, and the side label of the block, are joined with "-"
            yield from map(heading_text.plain, [heading, *heading.split("-")])


def _serials(engine: Engine, sheet: Sheet, layouts: list[Layout]) -> set[str]:
    """Return the letters of the columns 序号, which are known and not kept."""
    rows = {row for layout in layouts for row in layout.heading_rows}
    cells = ", ".join(f'"c{i}"' for i in range(sheet.width))
    found = engine.rows(f'SELECT "r", {cells} FROM "{sheet.relation}"')
    return {
        _letter(i)
        for row, *texts in found
        if row in rows
        for i, text in enumerate(texts)
        if text and is_serial((text,))
    }


def _accounted(layout: Layout, row: int, index: int, serials: set[str]) -> bool:
    """Tell whether a cell is in a row left out, in a column of the table, or an address of a form."""
    where = _letter(index)
    if any(each.first_row <= row <= each.last_row for each in layout.left_out):
        return True
    known = {each.where for each in layout.columns} | set(layout.unmapped) | serials
    return f"{where}{row}" in known or (layout.first_row <= row <= layout.last_row and where in known)


def _letter(index: int) -> str:
    from openpyxl.utils import get_column_letter

    return str(get_column_letter(index + 1))


def _ranges(rows: Iterable[int]) -> str:
    """Write rows as "3", "3-5" or "3-5 7"."""
    runs: list[list[int]] = []
    for row in rows:
        if runs and row == runs[-1][-1] + 1:
            runs[-1].append(row)
        else:
            runs.append([row])
    return " ".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)


def _print_readings(paths: Iterable[str]) -> None:
    from fupin_cli.rules import load_rulebook

    dictionary = load_rulebook().dictionary
    for path in paths:
        drawn = read_drawn_file(Path(path))
        with tempfile.TemporaryDirectory() as folder:
            lines = as_lines(reading_of(drawn, Path(folder), dictionary))
        sys.stdout.write("\n".join([f"--- {path}: {drawn.title}", *lines, ""]))


if __name__ == "__main__":
    _print_readings(sys.argv[1:])
