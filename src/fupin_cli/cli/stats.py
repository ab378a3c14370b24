"""`fupin stats FILES`: households and persons of a registry counted by its columns, beside stated tables where these are given."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from fupin_cli.catalogue import both
from fupin_cli.cli import options
from fupin_cli.cli.arguments import day, lists_given, pairs, parts, today
from fupin_cli.cli.audit import given_parameters
from fupin_cli.cli.errors import COULD_NOT_RUN
from fupin_cli.cli.help import language_of
from fupin_cli.cli.language import say
from fupin_cli.cli.progress import shown
from fupin_cli.cli.stream import show_parts, tell
from fupin_cli.cli.verdicts import NOT_WRITTEN
from fupin_cli.errors import UsageError
from fupin_cli.jobs.request import Request
from fupin_cli.model.settings import Settings, Wishes
from fupin_cli.model.stats import Stats
from fupin_cli.reports.words import Look

Form = Literal["terminal", "json", "csv", "md"]
_SUFFIXES: dict[str, str] = {".xlsx": "xlsx", ".json": "json", ".csv": "csv", ".md": "md", ".txt": "terminal"}
_FORMS = {"md": "markdown"}  # as the stream calls them
_OTHERS = frozenset((*NOT_WRITTEN, ".html", ".htm", ".jsonl", ".ndjson", ".xml", ".sarif", ".parquet"))
_FEW = 20  # lines a table has on the terminal when nobody asked for this one

By = Annotated[
    list[str] | None,
    options.option(
        "--by",
        both("列名", "metavar"),
        *both("按哪一列统计，如 乡、村、致贫原因、脱贫属性、户类型、年龄组；写几次就是交叉表。默认常用的各出一张。"),
    ),
]
Where = Annotated[
    str | None,
    options.option(
        "--where",
        both("条件"),
        *both("只数符合条件的户（人），写法同规则，如 \"脱贫属性 = '未脱贫' AND 成员数(年龄 >= 60) > 0\"。"),
    ),
]
StatedFiles = Annotated[
    list[Path] | None,
    options.option(
        "--stated",
        options.FILE,
        *both("上报或公布的汇总表（名称、户、人、占比）：逐行与登记表核对，合计和占比也核对；可重复。"),
    ),
]
Top = Annotated[
    int | None,
    typer.Option(
        "--top",
        min=1,
        metavar=say("N", "N"),
        help=say(*both("终端每张表只列户数最多的 N 项，其余合成一行（不写 --by 时默认 20）。")),
        show_default=False,
    ),
]
FormName = Annotated[
    Form,
    options.option("--format", ("terminal|json|csv|md", "terminal|json|csv|md"), *both("报告格式（默认 terminal）。")),
]
Output = Annotated[
    Path | None,
    options.option(
        "--output -o",
        options.FILE,
        *both("报告写入文件；后缀 .xlsx、.json、.csv、.md 或 .txt 决定格式，其余按 --format。"),
    ),
]


def stats(  # noqa: PLR0913, PLR0917 - one parameter an option
    ctx: typer.Context,
    files: options.Files,
    by: By = None,
    where: Where = None,
    stated: StatedFiles = None,
    as_of: options.AsOf = None,
    region: options.Region = None,
    profile: options.ProfileName = None,
    lists: options.ListFiles = None,
    given: options.Given = None,
    sheet: options.SheetNames = None,
    mapping: options.Mapping = None,
    mapping_file: options.MappingFile = None,
    rules: options.RulesDir = None,
    top: Top = None,
    form: FormName = "terminal",
    output: Output = None,
    quiet: options.Quiet = False,
    lang: options.Speak = None,  # noqa: ARG001 - read before the command line is parsed
) -> None:
    """Count a registry; exit 1 when a stated table does not agree, 3 when a file could not be read."""
    settings = Settings(
        today=today(), as_of=day(as_of, "--as-of"), region=region, profile=profile, given=given_parameters(given)
    )
    request = Request(
        files=tuple(files),
        settings=settings,
        wishes=Wishes(sheets=tuple(sheet or ()), mapping=dict(pairs(mapping, "--map"))),
        lists=lists_given(lists),
        rules_dir=rules,
        mapping=mapping_file,
    )
    look = Look(lang=language_of(ctx))
    if output is not None:
        from fupin_cli.reports import refuse_input
        from fupin_cli.reports.output import refuse_place

        if form == "terminal" and output.suffix.lower() in _OTHERS:
            raise UsageError(
                *both(
                    "-o {output}：stats 不写 {suffix} 文件；请用 .xlsx .json .csv .md 或 .txt。",
                    output=output,
                    suffix=output.suffix,
                )
            )
        refuse_input(output, [*request.files, *(stated or ()), *(file for _, file in request.lists)])
        refuse_place(output)
    from fupin_cli.jobs.stats import Rollup, run

    with shown(look.lang, quiet=quiet) as progress:
        counted = run(request, Rollup(parts(by), where, tuple(stated or ())), progress)
    _report(counted, form, output, look, top or (None if by or output else _FEW))
    if output is not None and not quiet:
        tell(both("报告已写入 {output}。", output=output)[look.lang == "en"])
    if counted.failed_files:
        raise typer.Exit(COULD_NOT_RUN)
    if any(table.differs for table in counted.reconciled):
        raise typer.Exit(1)


def _report(counted: Stats, form: str, output: Path | None, look: Look, top: int | None) -> None:
    def page(shown_as: str, seen: Look) -> str:
        if shown_as == "json":
            from fupin_cli.reports.stats_json import to_json

            return to_json(counted)
        if shown_as == "terminal":
            from fupin_cli.reports.stats_text import to_terminal

            return to_terminal(counted, seen, top)
        from fupin_cli.reports.stats_tables import to_csv, to_markdown

        return to_csv(counted, seen.lang) if shown_as == "csv" else to_markdown(counted, seen.lang)

    if output is None:
        show_parts(_FORMS.get(form, form), lambda seen: iter((page(form, seen),)), look)
        return
    from fupin_cli.reports import refuse_input
    from fupin_cli.reports.output import written_beside

    refuse_input(output, list(counted.files))
    wanted = _SUFFIXES.get(output.suffix.lower(), form)
    with written_beside(output) as beside:
        if wanted == "xlsx":
            from fupin_cli.reports.stats_xlsx import to_workbook

            to_workbook(counted, beside, look)
        else:
            beside.write_text(page(wanted, look), encoding="utf-8", newline="")
