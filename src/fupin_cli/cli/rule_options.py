"""The options of `fupin rules`, each with its help in both languages."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from fupin_cli.cli.language import say

Listed = Literal["terminal", "json", "markdown"]
SchemaKind = Literal["rule", "codes", "parameter", "profile", "list", "columns", "derived", "ledger", "retired"]


def _option(names: str, metavar: tuple[str, str], zh: str, en: str) -> object:
    return typer.Option(*names.split(), metavar=say(*metavar), help=say(zh, en), show_default=False)


Severities = Annotated[
    list[str] | None,
    _option(
        "--severity",
        ("error|warning|notice", "error|warning|notice"),
        "只列这一严重度的规则，可重复。",
        "Only rules of this severity; repeatable.",
    ),
]
Scopes = Annotated[
    list[str] | None,
    _option(
        "--scope",
        ("范围", "SCOPE"),
        "只列这一范围的规则，如 户，可重复。",
        "Only rules of this scope, as 户; repeatable.",
    ),
]
Tags = Annotated[
    list[str] | None,
    _option(
        "--tag",
        ("标签", "TAG"),
        "只列有这一标签的规则，如 三保障，可重复。",
        "Only rules with this tag, as 三保障; repeatable.",
    ),
]
NeedsList = Annotated[
    list[str] | None,
    _option(
        "--needs-list",
        ("名单", "LIST"),
        "只列需要这一比对名单的规则，如 车辆；any 为任意名单；可重复。",
        "Only rules that need this departmental list, as 车辆; `any` for any list; repeatable.",
    ),
]
ListForm = Annotated[
    Listed,
    _option(
        "--format",
        ("terminal|json|markdown", "terminal|json|markdown"),
        "列表格式（默认 terminal）。",
        "Form of the list (default: terminal).",
    ),
]
ShownDay = Annotated[
    str | None,
    _option(
        "--as-of",
        ("日期", "DATE"),
        "按这一天的标准显示，如 2020-12-31（默认方案的日期，没有方案为今天）。",
        "Show the parameters of this day, as 2020-12-31 (default: the profile's, else today).",
    ),
]
ShownRegion = Annotated[
    str | None,
    _option(
        "--region",
        ("地区", "REGION"),
        "按这一地区的标准显示：名称或 GB/T 2260 代码（默认方案的地区）。",
        "Show the parameters of this region, by name or GB/T 2260 code (default: the profile's).",
    ),
]
ProfileNames = Annotated[
    list[str] | None,
    typer.Argument(
        metavar=say("[方案]…", "[PROFILE]…"),
        help=say(
            "方案名称：一个看全部，两三个并排看条目和例外；不写为全部方案。",
            "Names of profiles: one to see it whole, two or three side by side; none for all.",
        ),
        show_default=False,
    ),
]
IdOrTheme = Annotated[
    str,
    typer.Argument(
        metavar=say("编号或主题", "ID|THEME"),
        help=say(
            "编号如 INC901；只写主题如 INC 时取下一个空号（自己的文件夹从 901 起）。",
            "An id, as INC901; of a theme alone, as INC, the next free number (from 901 in a folder of your own).",
        ),
    ),
]
NewName = Annotated[
    str,
    typer.Argument(
        metavar=say("名称", "NAME"),
        help=say("规则名称，说出毛病本身。", "What the rule is called: the fault it finds."),
    ),
]
NewFolder = Annotated[
    Path | None,
    _option(
        "--output -o",
        ("文件夹", "DIR"),
        "写入哪个规则文件夹（默认 --rules 的文件夹，没有时为“本县规则”）。",
        "The rule folder to write into (default: that of --rules, else 本县规则).",
    ),
]
Kind = Annotated[
    SchemaKind,
    typer.Argument(
        metavar=say("[种类]", "[KIND]"),
        help=say(
            "哪种文件：rule 规则（默认）、codes 码表、parameter 标准、profile 方案、list 名单、columns 列、"
            "derived 推算列、ledger 专项台账、retired 停用编号。",
            "Which files: rule (default), codes, parameter, profile, list, columns, derived columns, ledger, retired ids.",
        ),
        show_default=False,
    ),
]
SchemaFile = Annotated[
    Path | None,
    _option(
        "--output -o", ("文件", "FILE"), "写入文件（默认标准输出）。", "Write to a file (default: standard output)."
    ),
]
DocsFolder = Annotated[
    Path,
    _option(
        "--output -o",
        ("文件夹", "DIR"),
        "说明页的文件夹（默认 docs/rules）。",
        "The folder of the pages (default: docs/rules).",
    ),
]
CheckOnly = Annotated[
    bool,
    typer.Option(
        "--check",
        help=say("不写，只检查；有过时的页时退出码为 1。", "Write nothing; exit 1 when a page is stale."),
        show_default=False,
    ),
]
