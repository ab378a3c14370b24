"""--group-by, --top and --statistics in; how the terminal report groups its findings out."""

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
            f"{names} 只用于终端报告（--format terminal，或 -o 文件.txt）；其他格式请自行筛选、汇总，或用 fupin stats。",
            f"{', '.join(asked)}: only for the terminal report (--format terminal, or -o FILE.txt); other forms hold every "
            "finding.",
        )
    if group_by is None:
        return Look(top=top, statistics=statistics)
    by = ALIASES.get(group_by, group_by)
    found = next((group for group in _GROUPS if group == by), None)
    if found is None:
        raise UsageError(
            f"--group-by {group_by}：可以是 {'、'.join(_GROUPS)}。",
            f"--group-by {group_by}: must be one of rule, township, village, household.",
        )
    return Look(group=found, top=top, statistics=statistics)
