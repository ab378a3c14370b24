"""--group-by, --top, --statistics and --split-by in; how a report groups its findings out."""

from typing import Literal

from fupin_cli.catalogue import both
from fupin_cli.errors import UsageError
from fupin_cli.reports.groups import ALIASES, GroupBy
from fupin_cli.reports.words import Look

_GROUPS: tuple[GroupBy, ...] = ("rule", "乡", "村", "户")


def terminal_grouping(group_by: str | None, top: int | None, *, statistics: bool, terminal: bool) -> Look:
    """Return a look with the grouping that was asked for.

    Raises:
        UsageError: there is no such group, or the report is none that is grouped.
    """
    asked = [
        option
        for option, given in (("--statistics", statistics), ("--group-by", group_by), ("--top", top is not None))
        if given
    ]
    if asked and not terminal:
        names = "、".join(asked)
        raise UsageError(
            *both(
                "{names} 只用于终端报告（--format terminal，或 -o 文件.txt）；其他格式请自行筛选、汇总，或用 "
                "fupin stats。",
                names=(names, ", ".join(asked)),
            )
        )
    if group_by is None:
        return Look(top=top, statistics=statistics)
    by = ALIASES.get(group_by, group_by)
    found = next((group for group in _GROUPS if group == by), None)
    if found is None:
        raise UsageError(
            *both("--group-by {group_by}：可以是 {groups_zh}。", group_by=group_by, groups_zh="、".join(_GROUPS))
        )
    return Look(group=found, top=top, statistics=statistics)


def split(split_by: str | None, *, workbook: bool) -> Literal["乡", "村"] | None:
    """Return what each sheet of findings holds.

    Raises:
        UsageError: it is neither townships nor villages, or the report is no workbook.
    """
    if split_by is None:
        return None
    if not workbook:
        raise UsageError(*both("--split-by 只用于工作簿报告：请用 -o 文件.xlsx。"))
    by = ALIASES.get(split_by, split_by)
    found: Literal["乡", "村"] | None = "乡" if by == "乡" else "村" if by == "村" else None
    if found is not None:
        return found
    raise UsageError(*both("--split-by {split_by}：可以是 乡、村。", split_by=split_by))
