"""Turn what the reader understood of the files into a terminal page or JSON."""

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from fupin_cli.model.inspection import Inspection, SeenSheet, SeenTable
from fupin_cli.model.table import Mapped
from fupin_cli.reports.json_report import row_range
from fupin_cli.reports.page import page_of
from fupin_cli.reports.words import Lang, Look

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

_WORDS: dict[str, tuple[str, str]] = {
    "no_table": (
        "不是登记表，没有读：没有一行表头同时认得出两列、其中一列是户编号、人编号、姓名或证件号码。"
        "表头写法特殊就加 --map 表头=列名。",
        "no registry, left out: no row names two known columns with 户编号, 人编号, 姓名 or 证件号码 among them. "
        "For unusual headings say --map HEADING=COLUMN.",
    ),
    "empty": ("空表", "empty"),
    "hidden": ("隐藏", "hidden"),
    "csv": ("（文本表）", "(text table)"),
    "heading_rows": ("表头", "heading rows"),
    "body": ("数据", "rows"),
    "no_rows": ("没有数据行", "no rows of data"),
    "dated": ("日期", "dated"),
    "column": ("列", "column"),
    "heading": ("表头文字", "heading"),
    "meaning": ("读作", "read as"),
    "how": ("怎么认的", "how"),
    "sample": ("第一行（已遮盖）", "first row (masked)"),
    "unknown": ("未识别", "not known"),
    "nearest_is": ("最接近：", "nearest: "),
    "no_heading": ("（有内容，无表头）", "(cells, but no heading)"),
    "left_out": ("没有当作数据的行：", "Rows left out:"),
    "row": ("第 {} 行", "row {}"),
    "doubts": ("存疑：", "Doubts:"),
    "failed": ("未能读取：", "could not be read: "),
    "skipped": ("跳过：", "skipped: "),
    "persons": ("成员表（一行一人）", "persons, one a row"),
    "households": ("户表（一行一户）", "households, one a row"),
    "villages": ("村表（一行一村）", "villages, one a row"),
    "list": ("名单", "list"),
}
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_KINDS = {"人": "persons", "户": "households", "村": "villages"}
_HOW = {
    "exact": ("原词", "exact"),
    "normalised": ("去掉单位、空格、编号后相同", "same but for units, blanks, numbering"),
    "nearest": ("相近", "nearest"),
    "values": ("看内容", "by its values"),
    "given": ("使用者指定", "given by the user"),
}
_REASONS = {
    "title": ("标题、填表行", "title"),
    "heading": ("表头", "heading"),
    "repeated heading": ("重复的表头", "repeated heading"),
    "total": ("合计", "total"),
    "footer": ("表尾", "footer"),
    "note": ("说明", "note"),
    "band": ("分组行", "band"),
    "template": ("空白或样行", "template or ruled blank row"),
    "outside": ("不属于此表", "outside the table"),
}


def render_inspection(inspections: Sequence[Inspection], form: str, look: Look) -> str:
    """Return the page, or indented JSON when `form` is "json"."""
    if form == "json":
        import json

        return json.dumps(to_dict(inspections, look.lang), ensure_ascii=False, indent=2) + "\n"
    console, page = page_of(look)
    for inspection in inspections:
        _print_file(console, inspection, look.lang)
    lines = [line.rstrip() for line in page.getvalue().splitlines()]
    return "\n".join(lines).strip("\n") + "\n"


def to_dict(inspections: Sequence[Inspection], lang: Lang = "zh") -> dict[str, Any]:
    """Return what was understood as plain dicts and lists."""
    return {
        "version": 1,
        "tool": "fupin",
        "files": [
            {
                "path": str(each.file),
                "failed": each.failed[lang == "en"] if each.failed else None,
                "skipped": each.skipped[lang == "en"] if each.skipped else None,
                "sheets": [_sheet(seen, lang) for seen in each.sheets],
            }
            for each in inspections
        ],
    }


def _sheet(seen: SeenSheet, lang: Lang) -> dict[str, Any]:
    return {
        "name": seen.sheet.name,
        "hidden": seen.sheet.hidden,
        "rows": seen.sheet.row_count,
        "tables": [_table(each, lang) for each in seen.tables],
    }


def _table(seen: SeenTable, lang: Lang) -> dict[str, Any]:
    layout = seen.layout
    return {
        "table": layout.kind,
        "title": layout.title,
        "dated": layout.dated.isoformat() if layout.dated else None,
        "heading_rows": list(layout.heading_rows),
        "first_row": layout.first_row,
        "last_row": layout.last_row,
        "columns": {
            each.where: {"heading": each.heading, "column": each.column, "how": each.how, "score": each.score}
            for each in layout.columns
        },
        "unmapped": {
            where: {
                "heading": heading,
                "nearest": seen.nearest[where][0] if where in seen.nearest else None,
                "score": seen.nearest[where][1] if where in seen.nearest else None,
            }
            for where, heading in layout.unmapped.items()
        },
        "left_out_rows": [{"rows": row_range(part), "reason": part.reason} for part in layout.left_out],
        "doubts": [doubt[lang == "en"] for doubt in layout.doubts],
        "sample": dict(seen.sample),
    }


def _print_file(console: "Console", inspection: Inspection, lang: Lang) -> None:
    from rich.text import Text

    console.print(Text(str(inspection.file), style="bold"))
    if inspection.failed:
        console.print(Text(f"  {_word('failed', lang)}{inspection.failed[lang == 'en']}", style="bold red"))
    if inspection.skipped:
        console.print(Text(f"  {_word('skipped', lang)}{inspection.skipped[lang == 'en']}"))
    for seen in inspection.sheets:
        name = seen.sheet.name or _word("csv", lang)
        hidden = f"（{_word('hidden', lang)}）" if seen.sheet.hidden else ""
        console.print(Text(f"\n  {_harmless(name)}{hidden}", style="bold cyan"))
        if not seen.tables:
            why = "empty" if seen.sheet.row_count == 0 else "no_table"
            console.print(_indented(_word(why, lang), 4))
        for table in seen.tables:
            for part in _table_parts(table, lang):
                console.print(part)
    console.print()


def _table_parts(seen: SeenTable, lang: Lang) -> "Iterator[RenderableType]":
    layout = seen.layout
    kind = _word(_KINDS.get(layout.kind, "list"), lang)
    if layout.kind not in _KINDS:
        kind += layout.kind.removeprefix("名单")
    rows = f"{layout.first_row}–{layout.last_row}" if layout.last_row >= layout.first_row else _word("no_rows", lang)
    facts = [
        kind,
        f"{_word('heading_rows', lang)} {'、'.join(map(str, layout.heading_rows))}",
        f"{_word('body', lang)} {rows}",
    ]
    if layout.dated:
        facts.append(f"{_word('dated', lang)} {layout.dated.isoformat()}")
    if layout.title:
        yield _indented(layout.title, 4)
    yield _indented(" · ".join(facts), 4)
    yield _columns(seen, lang)
    left_out = [part for part in layout.left_out if part.reason != "heading"]
    if left_out:
        yield _indented(_word("left_out", lang), 4, "bold")
        for part in left_out:
            rows = _word("row", lang).format(row_range(part))
            yield _indented(f"{rows}  {_REASONS[part.reason][lang == 'en']}", 6)
    if layout.doubts:
        yield _indented(_word("doubts", lang), 4, "bold")
        for doubt in layout.doubts:
            yield _indented(f"! {doubt[lang == 'en']}", 6, "yellow")


def _columns(seen: SeenTable, lang: Lang) -> "RenderableType":
    from rich import box
    from rich.padding import Padding
    from rich.table import Table

    table = Table(box=box.SIMPLE, show_edge=False, pad_edge=False)
    for key in ("column", "heading", "meaning", "how", "sample"):
        table.add_column(_word(key, lang), overflow="fold")
    lines: dict[str, tuple[str, ...]] = {
        each.where: (each.where, each.heading, each.column, _how(each, lang), seen.sample.get(each.column, ""))
        for each in seen.layout.columns
    }
    for where, heading in seen.layout.unmapped.items():
        near = seen.nearest.get(where)
        advice = f"{_word('nearest_is', lang)}{near[0]} {near[1]:.0f}" if near else ""
        lines[where] = (where, heading or _word("no_heading", lang), _word("unknown", lang), advice, "")
    for where in sorted(lines, key=lambda each: (len(each), each)):
        table.add_row(*map(_harmless, lines[where]), style="yellow" if where in seen.layout.unmapped else "")
    return Padding(table, (0, 0, 0, 4))


def _how(mapped: Mapped, lang: Lang) -> str:
    how = _HOW[mapped.how][lang == "en"]
    return f"{how} {mapped.score:.0f}" if mapped.how in ("nearest", "values") else how


def _indented(text: str, columns: int, style: str = "") -> "RenderableType":
    from rich.padding import Padding
    from rich.text import Text

    return Padding(Text(_harmless(text), style=style), (0, 0, 0, columns))


def _harmless(text: str) -> str:
    """Return a cell's text without the signs that would steer a terminal."""
    return _CONTROLS.sub(" ", text)


def _word(key: str, lang: Lang) -> str:
    return _WORDS[key][lang == "en"]
