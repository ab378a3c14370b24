"""Words of the reports of a comparison in both languages: a key and a language in, the word out."""

from fupin_cli.reports.words import Lang

_WORDS: dict[str, tuple[str, str]] = {
    # what was compared
    "title": ("fupin 比对", "fupin compare"),
    "left": ("左", "left"),
    "right": ("右", "right"),
    "files": ("文件", "file"),
    "rows": ("左 {left} 行，右 {right} 行", "rows: left {left}, right {right}"),
    "table": ("表", "table"),
    "met": ("对上 {n} 对", "pairs met {n}"),
    "met_by": ("对上的办法", "how rows were met"),
    "met_all": ("全部", "all"),
    "met_none": ("没有一行对上", "no row was met"),
    "pairs": ("对", "pairs"),
    "place": ("位置", "place"),
    # classes
    "classes": ("类别", "class"),
    "same": ("相同", "same"),
    "changed": ("有改动", "changed"),
    "changed_cells": ("改动的格子", "cells changed"),
    "only_left": ("仅左边有", "only left"),
    "only_right": ("仅右边有", "only right"),
    "duplicate_left": ("左边重复", "repeated left"),
    "duplicate_right": ("右边重复", "repeated right"),
    "moved": ("换户", "moved"),
    "split": ("分户", "split"),
    "merged": ("并户", "merged"),
    "head_changed": ("换户主", "head changed"),
    "suspected_same": ("疑似同一人", "suspected same"),
    "none": ("没有差别。", "No difference."),
    # by column
    "by_column": ("按列", "By column"),
    "column": ("列", "column"),
    "cells": ("改动", "cells"),
    "share": ("占比", "share"),
    "filled": ("补填", "filled"),
    "emptied": ("清空", "emptied"),
    "up": ("增", "up"),
    "down": ("减", "down"),
    "most": ("最大增减", "largest"),
    "example": ("例", "example"),
    "only_columns_left": ("只有左边有的列，没有比", "columns only the left has, not compared"),
    "only_columns_right": ("只有右边有的列，没有比", "columns only the right has, not compared"),
    "compared": ("比了的列", "columns compared"),
    "notes": ("先请注意", "Please note first"),
    "failed": ("未能读取的文件", "Files that could not be read"),
    # sections
    "changes_of": ("改动（{n} 条记录，{cells} 格）", "Changed (records {n}, cells {cells})"),
    "only_left_of": ("仅左边有：{file}（{n} 条）", "Only left: {file} ({n})"),
    "only_right_of": ("仅右边有：{file}（{n} 条）", "Only right: {file} ({n})"),
    "duplicates_of": ("重复（{n} 组）", "Repeated keys ({n})"),
    "households_of": ("户的变动（{n} 处）", "Households and members ({n})"),
    "suspected_of": ("疑似同一人（{n} 对）", "Suspected same person ({n})"),
    "household": ("户 {household}", "household {household}"),
    "household_row": ("本户", "the household"),
    "whole_household": ("整户", "a household"),
    "no_household": ("不属于某一户", "of no household"),
    "unnamed": ("（无姓名）", "(no name)"),
    "unnumbered": ("（无户编号）", "(no 户编号)"),
    "row": ("第{row}行", "row {row}"),
    "blank": ("（空白）", "(blank)"),
    "alike": ("（不同处已遮盖）", " (they differ where masked)"),
    "repeated_row": ("重复的一行，见“重复”", "one of several rows of this key: see repeated keys"),
    "times": ("{side}，{n} 行同一{key}", "{side}: {n} rows with one {key}"),
    "more": ("另有 {n} 条；-o 比对.xlsx 里有全部。", "and {n} more; -o compare.xlsx has all."),
    "score": ("可能性", "score"),
    "bits": ("分", "bits"),
    "evidence": ("理由（分数越高越像）", "evidence (bits: the more, the likelier)"),
    "or": ("或", " or "),
    "and": ("、", ", "),
    "colon": ("：", ": "),
    # sentences
    "moved_said": ("{name}：由 {left} 转到 {right}", "{name}: from {left} to {right}"),
    "split_said": ("{left} 分成 {n} 户：{right}", "{left} is now {n} households: {right}"),
    "merged_said": ("{n} 户并成 {right}：{left}", "{n} households are now {right}: {left}"),
    "head_said": ("{household}：户主由 {left} 换成 {right}", "{household}: head {left} is now {right}"),
    "nowhere": ("不在任何一户", "no household"),
    "with_members": ("{household}（{names}）", "{household} ({names})"),
    "headed": ("{household}（户主{head}）", "{household} (head {head})"),
    # the workbook
    "summary_sheet": ("概况", "summary"),
    "changes_sheet": ("变化", "changes"),
    "beside_sheet": ("并排", "side by side"),
    "only_left_sheet": ("仅左", "left only"),
    "only_right_sheet": ("仅右", "right only"),
    "duplicates_sheet": ("重复", "repeated"),
    "households_sheet": ("户变动", "households"),
    "suspected_sheet": ("疑似同一人", "suspected same"),
    "serial": ("序号", "no."),
    "pair": ("对号", "pair"),
    "side": ("边", "side"),
    "township": ("乡镇", "township"),
    "village": ("村", "village"),
    "household_number": ("户编号", "household"),
    "person": ("姓名", "person"),
    "key": ("凭什么认", "key"),
    "left_value": ("左值", "left value"),
    "right_value": ("右值", "right value"),
    "difference": ("相差", "difference"),
    "left_place": ("左位置", "left place"),
    "right_place": ("右位置", "right place"),
    "left_household": ("左户", "left household"),
    "right_household": ("右户", "right household"),
    "members": ("成员", "members"),
    "what": ("变动", "what"),
    "said": ("说明", "in words"),
    "count": ("数量", "number"),
    "legend": (
        "红底为左边的值，绿底为右边的值；位置可点开原表。",
        "Red is the left's value, green the right's; a place opens the workbook there.",
    ),
}


def said(key: str, lang: Lang, /, **parts: object) -> str:
    """Return the word for `key`, its {parts} filled in."""
    text = _WORDS[key][lang == "en"]
    return text.format(**parts) if parts else text


def number(value: float) -> str:
    """Return a number as a report writes it: 1,204 or 1,204.5; never 1e+06."""
    return f"{round(value, 4):,.4f}".rstrip("0").rstrip(".") or "0"


def signed(value: float) -> str:
    """Return a difference with its sign: +1,204."""
    return f"{'+' if value > 0 else ''}{number(value)}"


def percent(share: float) -> str:
    """Return a share of 0 to 1 as 1.5 %; what is more than nothing is never 0, what is less than all never 100."""
    return f"{min(99.9, max(0.1, share * 100)):.1f}%" if 0 < share < 1 else f"{share:.0%}"
