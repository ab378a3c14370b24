"""The options only `fupin clean` has, each with its help in both languages."""

from pathlib import Path
from typing import Annotated

import typer

from fupin_cli.cli.language import say

Files = Annotated[
    list[Path] | None,
    typer.Argument(
        metavar=say("文件...", "FILES..."),
        help=say("登记表：工作簿、文本表，或含这些文件的文件夹、zip。", "Registries: workbooks, text tables, or folders or zips of them."),
        show_default=False,
    ),
]  # fmt: skip
Out = Annotated[
    Path | None,
    typer.Option(
        "--output", "-o",
        metavar=say("文件夹", "DIR"),
        help=say("副本和修改记录写到这个新文件夹；原件从不改动。", "A new folder for the copies and the log; originals are never changed."),
        show_default=False,
    ),
]  # fmt: skip
Check = Annotated[
    bool,
    typer.Option(
        "--check",
        help=say("只看有没有可修复的，什么也不写；有则退出码为 1。", "Write nothing; exit 1 when there is something to repair."),
        show_default=False,
    ),
]  # fmt: skip
Diff = Annotated[
    bool,
    typer.Option(
        "--diff",
        help=say("逐格显示改前和改后。", "Show every cell before and after."),
        show_default=False,
    ),
]
Chosen = Annotated[
    list[str] | None,
    typer.Option(
        "--select",
        metavar=say("修复", "REPAIRS"),
        help=say("只做这些修复：编号或开头的字母，可用逗号隔开，可重复。", "Only these repairs: ids or their first letters, comma-separated, repeatable."),
        show_default=False,
    ),
]  # fmt: skip
Left = Annotated[
    list[str] | None,
    typer.Option(
        "--ignore",
        metavar=say("修复", "REPAIRS"),
        help=say("不做这些修复，写法同上。", "Leave these repairs out, written likewise."),
        show_default=False,
    ),
]
Unsafe = Annotated[
    bool,
    typer.Option(
        "--unsafe",
        help=say("也做会改变或增加内容的修复（FIX101 起），改后须由人核对。", "Also the repairs that change or add what is said (FIX101 …): a person must look."),
        show_default=False,
    ),
]  # fmt: skip
Fill = Annotated[
    bool,
    typer.Option(
        "--fill-households",
        help=say("户编号、户主等只写在首行的，填到本户每一行（金额不填）。", "Fill what a household says on its first row into its other rows (no amounts)."),
        show_default=False,
    ),
]  # fmt: skip
Undo = Annotated[
    Path | None,
    typer.Option(
        "--undo",
        metavar=say("changes.jsonl", "changes.jsonl"),
        help=say("按修改记录把副本还原成原值，写到 -o 的新文件夹。", "Restore the original values of the copies by their log, into the new folder of -o."),
        show_default=False,
    ),
]  # fmt: skip
