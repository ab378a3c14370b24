"""`fupin ask`: a registry in, the questions that its unknown verdicts wait for out."""

from pathlib import Path
from typing import Annotated

import typer

from fupin_cli.catalogue import both
from fupin_cli.cli import options
from fupin_cli.cli.arguments import day, lists_given, pairs, parts, today
from fupin_cli.cli.audit import given_parameters
from fupin_cli.cli.help import language_of
from fupin_cli.cli.language import say
from fupin_cli.cli.masking import Masked, masking_asked
from fupin_cli.cli.progress import shown
from fupin_cli.cli.stream import show_form, tell
from fupin_cli.jobs.request import Request
from fupin_cli.model.question import Asked
from fupin_cli.model.settings import Settings, Wishes
from fupin_cli.reports.words import Look

Top = Annotated[
    int,
    typer.Option(
        "--top",
        metavar=say(*both("户数", "metavar")),
        min=1,
        help=say(*both("屏幕上列出几户（默认 20）。")),
        show_default=False,
    ),
]


def ask(  # noqa: PLR0913, PLR0917 - one parameter an option
    ctx: typer.Context,
    files: options.Files,
    select: options.Select = None,
    ignore: options.Ignore = None,
    severity: options.Severity = "notice",
    as_of: options.AsOf = None,
    region: options.Region = None,
    profile: options.ProfileName = None,
    lists: options.ListFiles = None,
    previous: options.PreviousFiles = None,
    given: options.Given = None,
    sheet: options.SheetNames = None,
    mapping: options.Mapping = None,
    mapping_file: options.MappingFile = None,
    rules: options.RulesDir = None,
    top: Top = 20,
    form: options.FormName = "terminal",
    output: options.Output = None,
    mask: Masked = None,
    reveal: options.Reveal = False,
    quiet: options.Quiet = False,
    lang: options.Speak = None,  # noqa: ARG001 - read before the command line is parsed
) -> None:
    """List what must be known before the rules can judge; exit 0 whether something is missing or nothing."""
    settings = Settings(
        today=today(),
        as_of=day(as_of, "--as-of"),
        region=region,
        profile=profile,
        select=parts(select),
        ignore=parts(ignore),
        severity=severity,
        given=given_parameters(given),
    )
    request = Request(
        files=tuple(files),
        settings=settings,
        wishes=Wishes(sheets=tuple(sheet or ()), mapping=dict(pairs(mapping, "--map"))),
        lists=lists_given(lists),
        previous=tuple(previous or ()),
        rules_dir=rules,
        mapping=mapping_file,
    )
    look = Look(lang=language_of(ctx), masking=masking_asked(ctx, mask, reveal=reveal))
    if output is not None:
        from fupin_cli.reports import refuse_input
        from fupin_cli.reports.output import refuse_place

        refuse_input(output, [*request.files, *(file for _, file in request.lists)])
        refuse_place(output)
    from fupin_cli.jobs.ask import run

    with shown(look.lang, quiet=quiet) as progress:
        asked = run(request, progress)
    _report(asked, form, output, look, top)
    if output is not None and not quiet:
        tell(both("报告已写入 {output}。", output=output)[look.lang == "en"])


def _report(asked: Asked, form: str, output: Path | None, look: Look, top: int) -> None:
    from fupin_cli.reports.ask import to_json, to_terminal

    def page(shown_as: str, seen: Look, most: int) -> str:
        return to_json(asked, masking=seen.masking) if shown_as == "json" else to_terminal(asked, seen, most)

    if output is None:
        show_form(form, lambda seen: page(form, seen, top), look)
        return
    from fupin_cli.reports import form_of
    from fupin_cli.reports.output import written_beside

    wanted = form_of(output, "json" if form == "json" else "terminal")
    with written_beside(output) as beside:
        if wanted == "xlsx":
            from fupin_cli.reports.ask_xlsx import to_workbook

            to_workbook(asked, beside, look)
        else:
            beside.write_text(page(wanted, look, asked.households), encoding="utf-8")
