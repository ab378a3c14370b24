"""The options of every command, each with its help in both languages."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from fupin_cli.catalogue import both
from fupin_cli.cli.language import say

FailOn = Literal["never", "notice", "warning", "error", "unknown"]
Least = Literal["error", "warning", "notice"]
Form = Literal["terminal", "json"]
Seen = Literal["terminal", "json", "html"]
Tongue = Literal["zh", "en"]


def option(names: str, metavar: tuple[str, str], zh: str, en: str) -> object:
    """Return an option with a value: its names, what stands for the value, its help, both in two languages."""
    return typer.Option(*names.split(), metavar=say(*metavar), help=say(zh, en), show_default=False)


def flag(name: str, zh: str, en: str) -> object:
    """Return an option without a value."""
    return typer.Option(name, help=say(zh, en), show_default=False)


_NAME_FILE = both("名单=文件")
_NAME_VALUE = both("名称=数值")
_RULES = both("规则", "metavar")
FILE = both("文件", "metavar")

Files = Annotated[
    list[Path],
    typer.Argument(
        metavar=say(*both("文件...")),
        help=say(*both("登记表：工作簿、文本表、Parquet、zip，或含这些文件的文件夹。")),
    ),
]
Select = Annotated[
    list[str] | None,
    option("--select", _RULES, *both("只核查这些规则：编号或开头的字母，可用逗号隔开，可重复。")),
]
Ignore = Annotated[
    list[str] | None,
    option("--ignore", _RULES, *both("不报告这些规则，写法同上。")),
]
Severity = Annotated[
    Least,
    option(
        "--severity",
        ("error|warning|notice", "error|warning|notice"),
        *both("只报告不低于此严重度的问题：error 错误、warning 疑点、notice 提示（默认全部）。"),
    ),
]
Fail = Annotated[
    str,
    option(
        "--fail-on",
        ("never|notice|warning|error|unknown|N", "never|notice|warning|error|unknown|N"),
        *both(
            "有不低于此严重度的问题时退出码为 1（默认 error）；unknown：有任何问题或无法判断时；N：问题多于 N 处时。"
        ),
    ),
]
AsOf = Annotated[
    str | None,
    option("--as-of", both("日期", "metavar"), *both("数据日期，如 2020-12-31；年龄、标准以它为准。")),
]
Region = Annotated[
    str | None,
    option("--region", both("地区", "metavar"), *both("地区名称或 GB/T 2260 代码；默认取自表中各行。")),
]
ProfileName = Annotated[
    str | None,
    option("--profile", both("方案", "metavar"), *both("地方方案：地区、年度及当地四进九不进条目。")),
]
RulesDir = Annotated[
    Path | None,
    option("--rules", both("文件夹"), *both("另加的规则文件夹。")),
]
Strict = Annotated[
    bool,
    flag("--strict", *both("因缺列或缺标准而未运行规则时，退出码为 3。")),
]
Speak = Annotated[
    Tongue | None,
    option("--lang", ("zh|en", "zh|en"), *both("报告语言（默认中文）。")),
]
ListFiles = Annotated[
    list[str] | None,
    option("--list", _NAME_FILE, *both("部门比对名单，如 车辆=cars.csv；或名单说明 lists.yaml 所在的文件夹；可重复。")),
]
LedgerFiles = Annotated[
    list[Path] | None,
    option("--ledger", FILE, *both("疑点台账（下发的疑点和各村的反馈），供清洗台账的规则用，可重复。")),
]
PreviousFiles = Annotated[
    list[Path] | None,
    option("--previous", FILE, *both("上期的登记表（文件或文件夹），供比较两期的规则用，可重复。")),
]
Given = Annotated[
    list[str] | None,
    option("--set", _NAME_VALUE, *both("给定一项标准，如 收入线=4000；报告注明为用户给定，可重复。")),
]
SheetNames = Annotated[
    list[str] | None,
    option("--sheet", both("工作表", "metavar"), *both("只读这些工作表，可重复。")),
]
Mapping = Annotated[
    list[str] | None,
    option("--map", both("表头=列名"), *both("把表头当作某个标准列，如 身份证=证件号码，可重复。")),
]
MappingFile = Annotated[
    Path | None,
    option("--mapping", FILE, *both("对应文件（inspect --save 写出、改好的）：按它读表头；--map 优先于它。")),
]
SavedMapping = Annotated[
    Path | None,
    option("--save", FILE, *both("把读到的表头和列写成对应文件（.yaml），改好后用 --mapping 读。")),
]
SeenForm = Annotated[
    Seen,
    option("--format", ("terminal|json|html", "terminal|json|html"), *both("显示格式（默认 terminal）。")),
]
SeenOutput = Annotated[
    Path | None,
    option("--output -o", FILE, *both("写入文件；后缀 .html、.json 或 .txt 决定格式，其余按 --format。")),
]
BaselineFile = Annotated[
    Path | None,
    option("--baseline", FILE, *both("基线文件（fupin baseline create 写出）：其中已接受、未到期的问题不再列为问题。")),
]
FormName = Annotated[
    Form,
    option("--format", ("terminal|json", "terminal|json"), *both("报告格式（默认 terminal）。")),
]
Output = Annotated[
    Path | None,
    option("--output -o", FILE, *both("报告写入文件；后缀 .xlsx、.json 或 .txt 决定格式，其余按 --format。")),
]
Reveal = Annotated[
    bool,
    flag("--reveal", *both("报告中不遮盖姓名、证件号码、电话、账号。")),
]
Quiet = Annotated[
    bool,
    flag("--quiet", *both("不显示进度，也不在末尾说明。")),
]
Mutate = Annotated[
    bool,
    flag("--mutate", *both("逐一改动规则里的比较、AND、OR、NOT，看示例能不能发现。")),
]
Thorough = Annotated[
    bool,
    flag("--thorough", *both("与 --mutate 同用：条件的每一部分换成真、假，数字、日期、代码移一格，也逐一试。")),
]
Theme = Annotated[
    list[str] | None,
    option("--theme", both("主题", "metavar"), *both("只列这些主题，如 EDU，可重复。")),
]
RuleId = Annotated[
    str,
    typer.Argument(metavar=say(*both("编号", "metavar")), help=say(*both("规则编号，如 EDU001。"))),
]
