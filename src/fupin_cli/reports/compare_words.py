"""Words of the reports of a comparison in both languages: a key and a language in, the word out."""

from fupin_cli.catalogue import both
from fupin_cli.reports.words import Lang

_WORDS: dict[str, tuple[str, str]] = {
    # what was compared
    "title": both("fupin 比对"),
    "left": both("左"),
    "right": both("右"),
    "files": both("文件"),
    "rows": both("左 {left} 行，右 {right} 行"),
    "table": both("表"),
    "met": both("对上 {n} 对"),
    "met_by": both("对上的办法"),
    "met_all": both("全部"),
    "met_none": both("没有一行对上"),
    "pairs": both("对"),
    "place": both("位置"),
    # classes
    "classes": both("类别"),
    "same": both("相同"),
    "changed": both("有改动"),
    "changed_cells": both("改动的格子"),
    "only_left": both("仅左边有"),
    "only_right": both("仅右边有"),
    "duplicate_left": both("左边重复"),
    "duplicate_right": both("右边重复"),
    "moved": both("换户"),
    "split": both("分户"),
    "merged": both("并户"),
    "head_changed": both("换户主"),
    "suspected_same": both("疑似同一人"),
    "none": both("没有差别。"),
    # by column
    "by_column": both("按列"),
    "column": both("列"),
    "cells": both("改动"),
    "share": both("占比"),
    "filled": both("补填"),
    "emptied": both("清空"),
    "up": both("增"),
    "down": both("减"),
    "most": both("最大增减"),
    "example": both("例"),
    "only_columns_left": both("只有左边有的列，没有比"),
    "only_columns_right": both("只有右边有的列，没有比"),
    "compared": both("比了的列"),
    "notes": both("先请注意"),
    "failed": both("未能读取的文件"),
    # sections
    "changes_of": both("改动（{n} 条记录，{cells} 格）"),
    "only_left_of": both("仅左边有：{file}（{n} 条）"),
    "only_right_of": both("仅右边有：{file}（{n} 条）"),
    "duplicates_of": both("重复（{n} 组）"),
    "households_of": both("户的变动（{n} 处）"),
    "suspected_of": both("疑似同一人（{n} 对）"),
    "household": both("户 {household}"),
    "household_row": both("本户"),
    "whole_household": both("整户"),
    "no_household": both("不属于某一户"),
    "unnamed": both("（无姓名）"),
    "unnumbered": both("（无户编号）"),
    "row": both("第{row}行"),
    "blank": both("（空白）"),
    "alike": both("（不同处已遮盖）"),
    "repeated_row": both("重复的一行，见“重复”"),
    "times": both("{side}，{n} 行同一{key}"),
    "more": both("另有 {n} 条；-o 比对.xlsx 里有全部。"),
    "score": both("可能性"),
    "bits": both("分"),
    "evidence": both("理由（分数越高越像）"),
    "or": both("或"),
    "and": both("、"),
    "colon": both("："),
    # sentences
    "moved_said": both("{name}：由 {left} 转到 {right}"),
    "split_said": both("{left} 分成 {n} 户：{right}"),
    "merged_said": both("{n} 户并成 {right}：{left}"),
    "head_said": both("{household}：户主由 {left} 换成 {right}"),
    "nowhere": both("不在任何一户"),
    "with_members": both("{household}（{names}）"),
    "headed": both("{household}（户主{head}）"),
    # the workbook
    "summary_sheet": both("概况"),
    "changes_sheet": both("变化"),
    "beside_sheet": both("并排"),
    "only_left_sheet": both("仅左"),
    "only_right_sheet": both("仅右"),
    "duplicates_sheet": both("重复"),
    "households_sheet": both("户变动"),
    "suspected_sheet": both("疑似同一人"),
    "serial": both("序号"),
    "pair": both("对号"),
    "side": both("边"),
    "township": both("乡镇"),
    "village": both("村"),
    "household_number": both("户编号"),
    "person": both("姓名"),
    "key": both("凭什么认"),
    "left_value": both("左值"),
    "right_value": both("右值"),
    "difference": both("相差", "difference"),
    "left_place": both("左位置"),
    "right_place": both("右位置"),
    "left_household": both("左户"),
    "right_household": both("右户"),
    "members": both("成员"),
    "what": both("变动"),
    "said": both("说明", "said"),
    "count": both("数量"),
    "legend": both("红底为左边的值，绿底为右边的值；位置可点开原表。"),
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
