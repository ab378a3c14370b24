"""The options of `fupin rules`, each with its help in both languages."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from fupin_cli.catalogue import both
from fupin_cli.cli.language import say

Listed = Literal["terminal", "json", "markdown"]
SchemaKind = Literal["rule", "codes", "parameter", "profile", "list", "columns", "derived", "ledger", "retired"]


def _option(names: str, metavar: tuple[str, str], zh: str, en: str) -> object:
    return typer.Option(*names.split(), metavar=say(*metavar), help=say(zh, en), show_default=False)


Severities = Annotated[
    list[str] | None,
    _option("--severity", ("error|warning|notice", "error|warning|notice"), *both("只列这一严重度的规则，可重复。")),
]
Scopes = Annotated[
    list[str] | None,
    _option("--scope", both("范围", "metavar"), *both("只列这一范围的规则，如 户，可重复。")),
]
Tags = Annotated[
    list[str] | None,
    _option("--tag", both("标签", "metavar"), *both("只列有这一标签的规则，如 三保障，可重复。")),
]
NeedsList = Annotated[
    list[str] | None,
    _option(
        "--needs-list", both("名单", "metavar"), *both("只列需要这一比对名单的规则，如 车辆；any 为任意名单；可重复。")
    ),
]
ListForm = Annotated[
    Listed,
    _option("--format", ("terminal|json|markdown", "terminal|json|markdown"), *both("列表格式（默认 terminal）。")),
]
ShownDay = Annotated[
    str | None,
    _option(
        "--as-of",
        both("日期", "metavar"),
        *both("按这一天的标准显示，如 2020-12-31（默认方案的日期，没有方案为今天）。"),
    ),
]
ShownRegion = Annotated[
    str | None,
    _option(
        "--region", both("地区", "metavar"), *both("按这一地区的标准显示：名称或 GB/T 2260 代码（默认方案的地区）。")
    ),
]
ProfileNames = Annotated[
    list[str] | None,
    typer.Argument(
        metavar=say(*both("[方案]…")),
        help=say(*both("方案名称：一个看全部，两三个并排看条目和例外；不写为全部方案。")),
        show_default=False,
    ),
]
IdOrTheme = Annotated[
    str,
    typer.Argument(
        metavar=say(*both("编号或主题")),
        help=say(*both("编号如 INC901；只写主题如 INC 时取下一个空号（自己的文件夹从 901 起）。")),
    ),
]
NewName = Annotated[
    str,
    typer.Argument(
        metavar=say(*both("名称", "metavar")),
        help=say(*both("规则名称，说出毛病本身。")),
    ),
]
NewFolder = Annotated[
    Path | None,
    _option("--output -o", both("文件夹"), *both("写入哪个规则文件夹（默认 --rules 的文件夹，没有时为“本县规则”）。")),
]
Kind = Annotated[
    SchemaKind,
    typer.Argument(
        metavar=say(*both("[种类]")),
        help=say(
            *both(
                "哪种文件：rule 规则（默认）、codes 码表、parameter 标准、profile 方案、list 名单、columns 列、"
                "derived 推算列、ledger 专项台账、retired 停用编号。"
            )
        ),
        show_default=False,
    ),
]
SchemaFile = Annotated[
    Path | None,
    _option("--output -o", both("文件", "metavar"), *both("写入文件（默认标准输出）。")),
]
DocsFolder = Annotated[
    Path,
    _option("--output -o", both("文件夹"), *both("说明页的文件夹（默认 docs/rules）。")),
]
CheckOnly = Annotated[
    bool,
    typer.Option(
        "--check",
        help=say(*both("不写，只检查；有过时的页时退出码为 1。")),
        show_default=False,
    ),
]
