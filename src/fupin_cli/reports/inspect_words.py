"""The words of an inspection in both languages: kinds of tables, ways to know a heading, reasons, and where cells went."""

from collections.abc import Iterable, Iterator, Sequence

from fupin_cli.model.inspection import Account, SeenSheet, SeenTable
from fupin_cli.model.table import LeftOut, Mapped
from fupin_cli.reports.words import Lang

_WORDS: dict[str, tuple[str, str]] = {
    "no_table": (
        "前 5000 行里没有一行表头同时认得出两列（第 30 行以下要三列）、"
        "其中一列是户编号、人编号、姓名或证件号码。表头写法特殊就加 --map 表头=列名，或用 --mapping 指明表头行。",
        "Within the first 5000 rows no row names two known columns (three below the first 30) "
        "with 户编号, 人编号, 姓名 or 证件号码 among them. For unusual headings say --map HEADING=COLUMN, "
        "or name the heading rows with --mapping.",
    ),
    "no_registry": ("不是登记表，没有读：", "no registry, not read: "),
    "empty": ("空表", "empty"),
    "cells": ("{:,} 格", "{:,} cells"),
    "hidden": ("隐藏", "hidden"),
    "csv": ("（文本表）", "(text table)"),
    "heading_rows": ("表头", "heading rows"),
    "form": ("表单（标签在值旁边）", "form (labels beside values)"),
    "body": ("数据", "rows"),
    "no_rows": ("没有数据行", "no rows of data"),
    "dated": ("日期", "dated"),
    "column": ("列", "column"),
    "heading": ("表头文字", "heading"),
    "meaning": ("读作", "read as"),
    "how": ("怎么认的", "how"),
    "sample": ("第一行（已遮盖）", "first row (masked)"),
    "unknown": (
        "没认出的表头，没有读；用 --map 表头=列名 或对应文件指明：",
        "Headings not known, not read; name them with --map HEADING=COLUMN or a mapping file:",
    ),
    "unread": ("对应文件说不读的：", "Not read, as the mapping file says:"),
    "nearest_is": ("最接近：", "nearest: "),
    "no_heading": ("（有内容，无表头）", "(cells, but no heading)"),
    "left_out": ("没有当作数据的行：", "Rows left out:"),
    "row": ("第 {} 行", "row {}"),
    "and_more": ("…等 {} 处", "… {} in all"),
    "same": ("同样的表还有 {} 张：", "{} more such tables: "),
    "outside": ("不在任何表里的 {:,} 格：", "{:,} cell(s) in no table: "),
    "doubts": ("存疑：", "Doubts:"),
    "failed": ("未能读取：", "could not be read: "),
    "skipped": ("跳过：", "skipped: "),
    "persons": ("成员表（一行一人）", "persons, one a row"),
    "households": ("户表（一行一户）", "households, one a row"),
    "villages": ("村表（一行一村）", "villages, one a row"),
    "list": ("名单", "list"),
    "brief": ("{} 列读作标准列，{} 个表头没认出，{} 处存疑", "{} columns known, {} headings not known, {} doubts"),
    "many": (
        "文件较多，每张表只列要点；对单个文件用 fupin inspect 可看全部。",
        "Many files: only the main facts of each; see all with fupin inspect on one of them.",
    ),
    "more_files": (
        "还有 {} 个文件没有列出；用 --format json 可看全部。",
        "{} more files are not listed; --format json has them all.",
    ),
    "sum": ("共 {:,} 格有内容：", "{:,} cells with content: "),
    "covered": ("（另有 {:,} 格被合并单元格盖住，看不见）", " (and {:,} under merged cells, which nobody sees)"),
    "files": ("{} 个文件", "{} files"),
}
_KINDS = {"人": "persons", "户": "households", "村": "villages"}
_HOW = {
    "exact": ("原词", "exact"),
    "normalised": ("整理后相同", "normalised"),
    "nearest": ("相近", "nearest"),
    "values": ("看内容", "by values"),
    "given": ("使用者指定", "given"),
}
REASONS = {
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
WENT = {
    "read": ("读入", "read"),
    "heading": ("表头", "headings"),
    "unmapped": ("没认出的列", "columns not known"),
    "unread": ("指定不读的列", "columns not to be read"),
    "serial": ("序号", "serial numbers"),
    "outside": ("不在任何表里", "in no table"),
    "left out": ("不是数据的行", "rows left out"),
}
_RANGES = 12  # of rows, that one reason names


def word(key: str, lang: Lang) -> str:
    """Return a word of an inspection."""
    return _WORDS[key][lang == "en"]


def kind_word(kind: str, lang: Lang) -> str:
    """Return what a kind of table is called."""
    named = word(_KINDS.get(kind, "list"), lang)
    return named if kind in _KINDS else named + kind.removeprefix("名单")


def how_word(mapped: Mapped, lang: Lang) -> str:
    """Return how a heading was known, with its score where it was guessed."""
    how = _HOW[mapped.how][lang == "en"]
    return f"{how} {mapped.score:.0f}" if mapped.how in ("nearest", "values") else how


def facts(seen: SeenTable, lang: Lang) -> list[str]:
    """Return kind, heading rows, rows and day of a table."""
    layout = seen.layout
    told = [kind_word(layout.kind, lang)]
    rows = layout.heading_rows
    if rows:
        told.append(f"{word('heading_rows', lang)} {spans((row, row) for row in rows)}")
    elif any(each.cell for each in layout.columns):
        told.append(word("form", lang))
    there = layout.last_row >= layout.first_row
    told.append(f"{word('body', lang)} {layout.first_row}–{layout.last_row}" if there else word("no_rows", lang))
    if layout.dated:
        told.append(f"{word('dated', lang)} {layout.dated.isoformat()}")
    return told


def sum_line(account: Account, lang: Lang) -> str:
    """Return one line that says where every cell with content went."""
    en = lang == "en"
    parts = [("read", account.read), ("heading", account.headings)]
    told = [f"{WENT[went][en]} {n:,}" for went, n in parts if n]
    told += [f"{REASONS[reason][en]} {n:,}" for reason in REASONS if (n := account.left_out.get(reason))]
    rest = [
        ("unmapped", sum(account.unmapped.values())),
        ("unread", account.unread),
        ("serial", account.serial),
        ("outside", account.outside),
    ]
    told += [f"{WENT[went][en]} {n:,}" for went, n in rest if n]
    line = word("sum", lang).format(account.total) + (", " if en else "，").join(told)
    return line + (word("covered", lang).format(account.covered) if account.covered else "")


def left_out_lines(left_out: Iterable[LeftOut], lang: Lang) -> Iterator[tuple[str, str]]:
    """Yield for each reason its rows and its word; the heading's own rows are no news."""
    by_reason: dict[str, list[tuple[int, int]]] = {}
    for one in left_out:
        if one.reason != "heading":
            by_reason.setdefault(one.reason, []).append((one.first_row, one.last_row))
    for reason, rows in by_reason.items():
        more = word("and_more", lang).format(len(rows)) if len(rows) > _RANGES else ""
        yield word("row", lang).format(spans(rows[:_RANGES]) + more), REASONS[reason][lang == "en"]


def spans(rows: Iterable[tuple[int, int]]) -> str:
    """Return row numbers as they are read aloud: 1–3、5."""
    joined: list[list[int]] = []
    for first, last in rows:
        if joined and joined[-1][1] + 1 >= first:
            joined[-1][1] = max(joined[-1][1], last)
        else:
            joined.append([first, last])
    return "、".join(str(first) if first == last else f"{first}–{last}" for first, last in joined)


def alike(tables: Sequence[SeenTable]) -> list[list[SeenTable]]:
    """Return tables in groups of the same kind with the same columns: blocks of a form, members spread sideways."""
    groups: dict[tuple[object, ...], list[SeenTable]] = {}
    for table in tables:
        columns = tuple((each.column, each.heading if not table.layout.slot else "") for each in table.layout.columns)
        several = bool(table.layout.slot) or any(each.cell for each in table.layout.columns)
        key = (table.layout.kind, columns) if several else (id(table),)
        groups.setdefault(key, []).append(table)
    return list(groups.values())


def others_line(group: Sequence[SeenTable], lang: Lang) -> str:
    """Return where the tables that are like the first of a group stand."""
    first = group[0].layout
    places = [
        f"{each.layout.columns[0].letter}–{each.layout.columns[-1].letter}"
        if first.slot
        else word("row", lang).format(each.layout.first_row)
        for each in group[1 : _RANGES + 1]
    ]
    more = "…" if len(group) > _RANGES + 1 else ""
    return word("same", lang).format(len(group) - 1) + "、".join(places) + more


def no_registry(sheets: Sequence[SeenSheet], lang: Lang) -> str:
    """Return one sentence about the sheets without tables."""
    named = []
    for seen in sheets:
        size = word("cells", lang).format(seen.account.total) if seen.sheet.row_count else word("empty", lang)
        hidden = f"，{word('hidden', lang)}" if seen.sheet.hidden else ""
        named.append(f"{seen.sheet.name or word('csv', lang)}（{size}{hidden}）")
    return word("no_registry", lang) + "、".join(named)
