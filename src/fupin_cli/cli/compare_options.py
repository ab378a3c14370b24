"""The options only `fupin compare` has, and what their texts mean."""

from typing import Annotated

import typer

from fupin_cli.catalogue import both, enumerated
from fupin_cli.cli.arguments import parts
from fupin_cli.cli.language import say
from fupin_cli.errors import UsageError

WORDS = ("added", "removed", "changed", "duplicate", "moved", "split", "merged", "head_changed", "suspected", "any", "never")  # fmt: skip
TABLES = ("人", "户", "村")


def _option(names: str, metavar: tuple[str, str], zh: str, en: str) -> object:
    return typer.Option(*names.split(), metavar=say(*metavar), help=say(zh, en), show_default=False)


def _side(zh: str, en: str, metavar: tuple[str, str]) -> object:
    return typer.Argument(metavar=say(*metavar), help=say(zh, en))


_COLUMNS = both("列,列")
Left = Annotated[
    str,
    _side(
        *both("左边：登记表或含登记表的文件夹；部门名单写成 名单=文件，如 残联=残联.csv。"),
        both("左", "metavar"),
    ),
]
Right = Annotated[str, _side(*both("右边：写法相同，可以是另一种版式。"), both("右", "metavar"))]  # fmt: skip
On = Annotated[
    list[str] | None,
    _option("--on", _COLUMNS, *both("按这些列对上两边的行；默认自动：证件号码，其次人编号、户编号加姓名。")),
]
TableNames = Annotated[
    list[str] | None,
    _option("--table", ("人|户|村", "人|户|村"), *both("只比这种表，可重复。")),
]
Tolerance = Annotated[
    list[str] | None,
    _option("--tolerance", both("数|列=数"), *both("数相差不超过这么多不算改动，如 1 或 人均纯收入=0.5，可重复。")),
]
Days = Annotated[
    int,
    typer.Option(
        "--days",
        min=0,
        metavar=say(*both("天数")),
        help=say(*both("日期相差不超过这么多天不算改动（默认 0）。")),
        show_default=False,
    ),
]
Linked = Annotated[
    bool,
    typer.Option(
        "--link",
        help=say(*both("在对不上的人里找疑似同一人（号码写错、姓名同音等），附理由和可能性。")),
        show_default=False,
    ),
]
LeastScore = Annotated[
    float,
    typer.Option(
        "--least",
        min=0.0,
        max=1.0,
        metavar=say(*both("可能性", "metavar")),
        help=say(*both("疑似同一人的最低可能性，0 到 1（默认 0.9）。")),
        show_default=False,
    ),
]
OnlyColumns = Annotated[
    list[str] | None,
    _option("--columns", _COLUMNS, *both("只比这些列。")),
]
IgnoredColumns = Annotated[
    list[str] | None,
    _option("--ignore-columns", _COLUMNS, *both("不比这些列，如 备注,年龄。")),
]
FailOnClasses = Annotated[
    str,
    _option(
        "--fail-on",
        both("类别|N"),
        *both(
            "有这些差别时退出码为 1，逗号隔开：added 仅右、removed 仅左、changed、duplicate、moved 换户、split 分户、merged 并户、"
            "head_changed、suspected、any 任何差别（默认；两边相同的重复不算）、never；N：有差别的记录多于 N 条。"
        ),
    ),
]
Top = Annotated[
    int,
    typer.Option(
        "--top",
        min=0,
        metavar="N",
        help=say(*both("终端上每类列出前 N 条（默认 20，0 为全部）。")),
        show_default=False,
    ),
]


def fail_words(text: str) -> tuple[str, ...]:
    """Return what --fail-on names: words of WORDS, numbers.

    Raises:
        UsageError: a word is none of them.
    """
    from difflib import get_close_matches

    words = parts([text.replace("-", "_")])
    for word in words or ("",):
        if word in WORDS or word.isdecimal():
            continue
        near = get_close_matches(word, WORDS, 1, 0.5)
        zh, en = both("是不是 {near}？", near=near[0]) if near else ("", "")
        raise UsageError(
            *both(
                "--fail-on {word}：没有这个类别。{told}可以写 {words}，或一个数。",
                word=word or text,
                told=(zh, en),
                words=enumerated(WORDS),
            )
        )
    return words


def tables(texts: list[str] | None) -> tuple[str, ...]:
    """Return --table.

    Raises:
        UsageError: there is no such table.
    """
    asked = parts(texts)
    for text in asked:
        if text not in TABLES:
            raise UsageError(
                *both("--table {text}：没有这种表；可以写 {tables}。", text=text, tables=enumerated(TABLES))
            )
    return asked


def tolerances(texts: list[str] | None) -> dict[str, float]:
    """Return --tolerance by column; "" is for all numbers.

    Raises:
        UsageError: one is no number, or below 0.
    """
    from math import isfinite

    found: dict[str, float] = {}
    for text in texts or ():
        column, _, number = text.replace("＝", "=").rpartition("=")
        try:
            value = float(number)
        except ValueError:
            value = -1.0
        if value < 0 or not isfinite(value):
            raise UsageError(*both("--tolerance {text}：要写成不小于 0 的数，或 列=数，如 人均纯收入=0.5。", text=text))
        found[column.strip()] = value
    return found
