"""The words of an inspection in both languages: kinds of tables, ways to know a heading, reasons, and where cells went."""

from collections.abc import Iterable, Iterator, Sequence

from fupin_cli.catalogue import both
from fupin_cli.model.inspection import Account, SeenSheet, SeenTable
from fupin_cli.model.table import LeftOut, Mapped
from fupin_cli.reports.words import Lang

_WORDS: dict[str, tuple[str, str]] = {
    "no_table": both(
        "前 5000 行里没有一行表头同时认得出两列（第 30 行以下要三列）、"
        "其中一列是户编号、人编号、姓名或证件号码。表头写法特殊就加 --map 表头=列名，或用 --mapping 指明表头行。"
    ),
    "no_registry": both("不是登记表，没有读："),
    "empty": both("空表"),
    "cells": both("{:,} 格"),
    "hidden": both("隐藏"),
    "csv": both("（文本表）"),
    "heading_rows": both("表头", "heading_rows"),
    "form": both("表单（标签在值旁边）"),
    "body": both("数据"),
    "no_rows": both("没有数据行"),
    "dated": both("日期"),
    "column": both("列"),
    "heading": both("表头文字"),
    "meaning": both("读作"),
    "how": both("怎么认的"),
    "sample": both("第一行（已遮盖）"),
    "sample_open": both("第一行"),
    "unknown": both("没认出的表头，没有读；用 --map 表头=列名 或对应文件指明："),
    "unread": both("对应文件说不读的："),
    "nearest_is": both("最接近："),
    "no_heading": both("（有内容，无表头）"),
    "left_out": both("没有当作数据的行："),
    "row": both("第 {} 行"),
    "and_more": both("…等 {} 处"),
    "same": both("同样的表还有 {} 张："),
    "outside": both("不在任何表里的 {:,} 格："),
    "doubts": both("存疑："),
    "failed": both("未能读取："),
    "skipped": both("跳过："),
    "persons": both("成员表（一行一人）"),
    "households": both("户表（一行一户）"),
    "villages": both("村表（一行一村）"),
    "list": both("名单"),
    "brief": both("{} 列读作标准列，{} 个表头没认出，{} 处存疑"),
    "many": both("文件较多，每张表只列要点；对单个文件用 fupin inspect 可看全部。"),
    "more_files": both("还有 {} 个文件没有列出；用 --format json 可看全部。"),
    "sum": both("共 {:,} 格有内容："),
    "covered": both("（另有 {:,} 格被合并单元格盖住，看不见）"),
    "files": both("{} 个文件"),
}
_KINDS = {"人": "persons", "户": "households", "村": "villages"}
_HOW = {
    "exact": both("原词"),
    "normalised": both("整理后相同"),
    "nearest": both("相近"),
    "values": both("看内容"),
    "given": both("使用者指定"),
}
REASONS = {
    "title": both("标题、填表行"),
    "heading": both("表头"),
    "repeated heading": both("重复的表头"),
    "total": both("合计"),
    "footer": both("表尾"),
    "note": both("说明", "note"),
    "band": both("分组行"),
    "template": both("空白或样行"),
    "outside": both("不属于此表"),
}
WENT = {
    "read": both("读入"),
    "heading": both("表头", "heading"),
    "unmapped": both("没认出的列"),
    "unread": both("指定不读的列"),
    "serial": both("序号", "serial"),
    "outside": both("不在任何表里"),
    "left out": both("不是数据的行"),
}
_RANGES = 12  # of rows, that one reason names


def sample_key(seen: SeenTable) -> str:
    """Return the key of the heading over the first row of a table."""
    return "sample" if seen.masked else "sample_open"


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
    line = word("sum", lang).format(account.total) + both("，")[en].join(told)
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
