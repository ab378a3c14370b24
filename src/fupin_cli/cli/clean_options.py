"""The options only `fupin clean` has, each with its help in both languages."""

from pathlib import Path
from typing import Annotated

import typer

from fupin_cli.catalogue import both
from fupin_cli.cli.language import say

Files = Annotated[
    list[Path] | None,
    typer.Argument(
        metavar=say(*both("文件...")),
        help=say(*both("登记表：工作簿、文本表，或含这些文件的文件夹、zip。")),
        show_default=False,
    ),
]  # fmt: skip
Out = Annotated[
    Path | None,
    typer.Option(
        "--output", "-o",
        metavar=say(*both("文件夹")),
        help=say(*both("副本和修改记录写到这个新文件夹；原件从不改动。")),
        show_default=False,
    ),
]  # fmt: skip
Check = Annotated[
    bool,
    typer.Option(
        "--check",
        help=say(*both("只看有没有可修复的，什么也不写；有则退出码为 1。")),
        show_default=False,
    ),
]  # fmt: skip
Diff = Annotated[
    bool,
    typer.Option(
        "--diff",
        help=say(*both("逐格显示改前和改后。")),
        show_default=False,
    ),
]
Chosen = Annotated[
    list[str] | None,
    typer.Option(
        "--select",
        metavar=say(*both("修复", "metavar")),
        help=say(*both("只做这些修复：编号或开头的字母，可用逗号隔开，可重复。")),
        show_default=False,
    ),
]  # fmt: skip
Left = Annotated[
    list[str] | None,
    typer.Option(
        "--ignore",
        metavar=say(*both("修复", "metavar")),
        help=say(*both("不做这些修复，写法同上。")),
        show_default=False,
    ),
]
Unsafe = Annotated[
    bool,
    typer.Option(
        "--unsafe",
        help=say(*both("也做会改变或增加内容的修复（FIX101 起），改后须由人核对。")),
        show_default=False,
    ),
]  # fmt: skip
Fill = Annotated[
    bool,
    typer.Option(
        "--fill-households",
        help=say(*both("户编号、户主等只写在首行的，填到本户每一行（金额不填）。")),
        show_default=False,
    ),
]  # fmt: skip
Undo = Annotated[
    Path | None,
    typer.Option(
        "--undo",
        metavar=say("changes.jsonl", "changes.jsonl"),
        help=say(*both("按修改记录把副本还原成原值，写到 -o 的新文件夹。")),
        show_default=False,
    ),
]  # fmt: skip
