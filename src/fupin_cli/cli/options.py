"""The options of every command, each with its help in both languages."""

from pathlib import Path
from typing import Annotated, Literal

import typer

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


_NAME_FILE = ("名单=文件", "NAME=FILE")
_NAME_VALUE = ("名称=数值", "NAME=VALUE")
_RULES = ("规则", "RULES")
FILE = ("文件", "FILE")

Files = Annotated[
    list[Path],
    typer.Argument(
        metavar=say("文件...", "FILES..."),
        help=say(
            "登记表：工作簿、文本表、Parquet、zip，或含这些文件的文件夹。",
            "Registries: workbooks, text tables, Parquet, zip, or folders of them.",
        ),
    ),
]
Select = Annotated[
    list[str] | None,
    option(
        "--select",
        _RULES,
        "只核查这些规则：编号或开头的字母，可用逗号隔开，可重复。",
        "Only these rules: ids or their first letters, comma-separated, repeatable.",
    ),
]
Ignore = Annotated[
    list[str] | None,
    option("--ignore", _RULES, "不报告这些规则，写法同上。", "Leave these rules out, written likewise."),
]
Severity = Annotated[
    Least,
    option(
        "--severity",
        ("error|warning|notice", "error|warning|notice"),
        "只报告不低于此严重度的问题：error 错误、warning 疑点、notice 提示（默认全部）。",
        "Report nothing below this severity (default: notice, that is all).",
    ),
]
Fail = Annotated[
    str,
    option(
        "--fail-on",
        ("never|notice|warning|error|unknown|N", "never|notice|warning|error|unknown|N"),
        "有不低于此严重度的问题时退出码为 1（默认 error）；unknown：有任何问题或无法判断时；N：问题多于 N 处时。",
        "Exit 1 at findings of this severity or worse (default: error); unknown: at any finding or verdict not given; "
        "N: at more than N findings.",
    ),
]
AsOf = Annotated[
    str | None,
    option(
        "--as-of",
        ("日期", "DATE"),
        "数据日期，如 2020-12-31；年龄、标准以它为准。",
        "The data date, as 2020-12-31: ages and standards go by it.",
    ),
]
Region = Annotated[
    str | None,
    option(
        "--region",
        ("地区", "REGION"),
        "地区名称或 GB/T 2260 代码；默认取自表中各行。",
        "Region, by name or GB/T 2260 code; by default from the rows.",
    ),
]
ProfileName = Annotated[
    str | None,
    option(
        "--profile",
        ("方案", "NAME"),
        "地方方案：地区、年度及当地四进九不进条目。",
        "A local profile: place, year, and the entry criteria that hold there.",
    ),
]
RulesDir = Annotated[
    Path | None,
    option("--rules", ("文件夹", "DIR"), "另加的规则文件夹。", "A folder with more rules."),
]
Strict = Annotated[
    bool,
    flag(
        "--strict",
        "因缺列或缺标准而未运行规则时，退出码为 3。",
        "Exit 3 when rules did not run for want of a column or parameter.",
    ),
]
Speak = Annotated[
    Tongue | None,
    option("--lang", ("zh|en", "zh|en"), "报告语言（默认中文）。", "Language of the report."),
]
ListFiles = Annotated[
    list[str] | None,
    option(
        "--list",
        _NAME_FILE,
        "部门比对名单，如 车辆=cars.csv；或名单说明 lists.yaml 所在的文件夹；可重复。",
        "A departmental list, as 车辆=cars.csv, or the folder of a lists.yaml; repeatable.",
    ),
]
LedgerFiles = Annotated[
    list[Path] | None,
    option(
        "--ledger",
        FILE,
        "疑点台账（下发的疑点和各村的反馈），供清洗台账的规则用，可重复。",
        "A ledger of doubts (handed out, and what came back), for the rules over cleaning rounds; repeatable.",
    ),
]
PreviousFiles = Annotated[
    list[Path] | None,
    option(
        "--previous",
        FILE,
        "上期的登记表（文件或文件夹），供比较两期的规则用，可重复。",
        "The registry of an earlier date (file or folder), for rules that compare the two; repeatable.",
    ),
]
Given = Annotated[
    list[str] | None,
    option(
        "--set",
        _NAME_VALUE,
        "给定一项标准，如 收入线=4000；报告注明为用户给定，可重复。",
        "A parameter's value, as 收入线=4000; reports say it was given by the user; repeatable.",
    ),
]
SheetNames = Annotated[
    list[str] | None,
    option("--sheet", ("工作表", "SHEET"), "只读这些工作表，可重复。", "Read only these sheets; repeatable."),
]
Mapping = Annotated[
    list[str] | None,
    option(
        "--map",
        ("表头=列名", "HEADING=COLUMN"),
        "把表头当作某个标准列，如 身份证=证件号码，可重复。",
        "Read a heading as a canonical column; repeatable.",
    ),
]
MappingFile = Annotated[
    Path | None,
    option(
        "--mapping",
        FILE,
        "对应文件（inspect --save 写出、改好的）：按它读表头；--map 优先于它。",
        "A mapping file, as inspect --save writes it: read headings as it says; --map goes before it.",
    ),
]
SavedMapping = Annotated[
    Path | None,
    option(
        "--save",
        FILE,
        "把读到的表头和列写成对应文件（.yaml），改好后用 --mapping 读。",
        "Write what was understood to a mapping file (.yaml): edit it, then read it with --mapping.",
    ),
]
SeenForm = Annotated[
    Seen,
    option(
        "--format",
        ("terminal|json|html", "terminal|json|html"),
        "显示格式（默认 terminal）。",
        "Form of the page (default: terminal).",
    ),
]
SeenOutput = Annotated[
    Path | None,
    option(
        "--output -o",
        FILE,
        "写入文件；后缀 .html、.json 或 .txt 决定格式，其余按 --format。",
        "Write to a file: .html, .json or .txt say its form, else --format.",
    ),
]
BaselineFile = Annotated[
    Path | None,
    option(
        "--baseline",
        FILE,
        "基线文件（fupin baseline create 写出）：其中已接受、未到期的问题不再列为问题。",
        "A baseline (fupin baseline create writes it): what it accepts and has not expired is no finding.",
    ),
]
FormName = Annotated[
    Form,
    option(
        "--format",
        ("terminal|json", "terminal|json"),
        "报告格式（默认 terminal）。",
        "Form of the report (default: terminal).",
    ),
]
Output = Annotated[
    Path | None,
    option(
        "--output -o",
        FILE,
        "报告写入文件；后缀 .xlsx、.json 或 .txt 决定格式，其余按 --format。",
        "Write the report to a file: .xlsx, .json or .txt say its form, else --format.",
    ),
]
Reveal = Annotated[
    bool,
    flag(
        "--reveal",
        "报告中不遮盖姓名、证件号码、电话、账号。",
        "Do not mask names, certificate, phone and account numbers.",
    ),
]
Quiet = Annotated[
    bool,
    flag("--quiet", "不显示进度，也不在末尾说明。", "No progress bar and no closing remark."),
]
Mutate = Annotated[
    bool,
    flag(
        "--mutate",
        "逐一改动规则里的比较、AND、OR、NOT，看示例能不能发现。",
        "Change each comparison, AND, OR and NOT of the rules in turn: does an example notice?",
    ),
]
Thorough = Annotated[
    bool,
    flag(
        "--thorough",
        "与 --mutate 同用：条件的每一部分换成真、假，数字、日期、代码移一格，也逐一试。",
        "With --mutate: also each part made TRUE and FALSE, each number, day and code moved by one.",
    ),
]
Theme = Annotated[
    list[str] | None,
    option("--theme", ("主题", "THEME"), "只列这些主题，如 EDU，可重复。", "Only these themes, as EDU; repeatable."),
]
RuleId = Annotated[
    str,
    typer.Argument(metavar=say("编号", "ID"), help=say("规则编号，如 EDU001。", "Id of a rule, as EDU001.")),
]
