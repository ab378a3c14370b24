"""`fupin trend`: editions in, the series out, the exit code back."""

from pathlib import Path
from typing import Annotated

import typer
from msgspec.structs import replace

from fupin_cli.catalogue import both
from fupin_cli.cli import options
from fupin_cli.cli.arguments import pairs, parts, today
from fupin_cli.cli.audit import exit_code, given_parameters
from fupin_cli.cli.help import language_of
from fupin_cli.cli.language import say
from fupin_cli.cli.masking import Masked, masking_asked
from fupin_cli.cli.progress import shown
from fupin_cli.cli.stream import show_form, tell
from fupin_cli.jobs.request import Request
from fupin_cli.model.settings import Settings, Wishes
from fupin_cli.model.trend import Trend
from fupin_cli.reports.words import Look

Editions = Annotated[
    list[str],
    typer.Argument(
        metavar=say(*both("期...")),
        help=say(
            *both(
                "各期的登记表，每期一个文件或文件夹，先后不限；看不出日期的写成 2019=文件，同一日期的几个文件是一期。"
            )
        ),
    ),
]
Persons = Annotated[
    list[str] | None,
    typer.Option(
        "--person",
        metavar=say(*both("姓名|证件|人编号")),
        help=say(*both("只看这个人历年的情况，可重复。")),
        show_default=False,
    ),
]
Households = Annotated[
    list[str] | None,
    typer.Option(
        "--household",
        metavar=say(*both("户编号", "metavar")),
        help=say(*both("只看这一户历年的情况，可重复。")),
        show_default=False,
    ),
]


def trend(  # noqa: PLR0913, PLR0917 - one parameter an option
    ctx: typer.Context,
    editions: Editions,
    person: Persons = None,
    household: Households = None,
    select: options.Select = None,
    ignore: options.Ignore = None,
    severity: options.Severity = "notice",
    fail_on: options.Fail = "error",
    region: options.Region = None,
    profile: options.ProfileName = None,
    given: options.Given = None,
    sheet: options.SheetNames = None,
    mapping: options.Mapping = None,
    mapping_file: options.MappingFile = None,
    rules: options.RulesDir = None,
    form: options.FormName = "terminal",
    output: options.Output = None,
    mask: Masked = None,
    reveal: options.Reveal = False,
    strict: options.Strict = False,
    quiet: options.Quiet = False,
    lang: options.Speak = None,  # noqa: ARG001 - read before the command line is parsed
) -> None:
    """Compare a series of editions; exit 1 when two neighbours contradict each other as --fail-on says."""
    settings = Settings(
        today=today(),
        region=region,
        profile=profile,
        select=parts(select),
        ignore=parts(ignore),
        severity=severity,
        given=given_parameters(given),
    )
    request = Request(
        files=(),
        settings=settings,
        wishes=Wishes(sheets=tuple(sheet or ()), mapping=dict(pairs(mapping, "--map"))),
        rules_dir=rules,
        mapping=mapping_file,
    )
    look = Look(lang=language_of(ctx), masking=masking_asked(ctx, mask, reveal=reveal))
    if output is not None:
        from fupin_cli.jobs.editions import named
        from fupin_cli.reports import refuse_input
        from fupin_cli.reports.output import refuse_place

        refuse_input(output, [file for edition in named(editions) for file in edition.files])
        refuse_place(output)
    from fupin_cli.jobs.trend import Asked, run

    asked: list[Asked] = [("户", code) for code in household or ()]
    asked += [("人", name) for name in person or ()]
    with shown(look.lang, quiet=quiet) as progress:
        found = run(request, editions, asked, progress)
    _report(found, form, output, look, quiet=quiet)
    findings = tuple(finding for audit in found.steps for finding in audit.findings)  # N of --fail-on is of them all
    codes = [exit_code(replace(audit, findings=findings), fail_on, strict=strict) for audit in found.steps]
    raise typer.Exit(max(codes))


def _report(found: Trend, form: options.Form, output: Path | None, look: Look, *, quiet: bool) -> None:
    def page(shown_as: str, seen: Look) -> str:
        if shown_as == "json":
            from fupin_cli.reports.trend import to_json

            return to_json(found, masking=seen.masking, lang=seen.lang)
        from fupin_cli.reports.trend_text import to_terminal

        return to_terminal(found, seen)

    if output is None:
        show_form(form, lambda seen: page(form, seen), look)
        return
    from fupin_cli.reports import form_of, refuse_input
    from fupin_cli.reports.output import written_beside

    refuse_input(output, [Path(file) for edition in found.editions for file in edition.files])
    wanted = form_of(output, form)
    with written_beside(output) as beside:
        if wanted == "xlsx":
            from fupin_cli.reports.trend_xlsx import to_workbook

            to_workbook(found, beside, look, output)
        else:
            beside.write_text(page(wanted, look), encoding="utf-8")
    if not quiet:
        tell(both("报告已写入 {output}。", output=output)[look.lang == "en"])
