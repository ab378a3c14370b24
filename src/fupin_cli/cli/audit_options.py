"""The options that `fupin audit` alone has: the forms of its report, and how findings are grouped."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from fupin_cli.catalogue import both
from fupin_cli.cli.language import say
from fupin_cli.cli.options import FILE, flag, option

Form = Literal["terminal", "json", "html", "jsonl", "csv", "junit", "sarif", "markdown", "github", "parquet"]

FormName = Annotated[
    Form,
    option(
        "--format",
        both("格式"),
        *both(
            "报告格式：terminal（默认）、json、jsonl、csv（供 Excel）、html（可离线打开的网页）、junit、sarif、markdown、github（标注）；"
            "parquet 写出每条规则对每一行的判断，要用 -o。"
        ),
    ),
]
Output = Annotated[
    Path | None,
    option(
        "--output -o",
        FILE,
        *both(
            "报告写入文件，后缀决定格式：.xlsx .html .json .jsonl .csv .xml（JUnit）.sarif .md .txt，其余按 --format；"
            ".parquet 写出全部判断，报告照常显示。"
        ),
    ),
]
GroupedBy = Annotated[
    str | None,
    option(
        "--group-by", both("rule|乡|村|户"), *both("终端报告按规则、乡、村或户列出；默认问题少时按户，多时按规则。")
    ),
]
SplitBy = Annotated[
    str | None,
    option("--split-by", both("乡|村"), *both("-o 报告.xlsx 中每乡（村）一张疑点表，便于分发。")),
]
Top = Annotated[
    int | None,
    typer.Option(
        "--top",
        min=1,
        metavar=say("N", "N"),
        help=say(*both("终端报告只列前 N 组（规则按严重度，乡、村、户问题最重的在先），并说明略去多少。")),
        show_default=False,
    ),
]
Statistics = Annotated[
    bool,
    flag("--statistics", *both("终端只列每组（--group-by，默认每条规则）有多少处、涉及多少户，不逐处列出。")),
]
