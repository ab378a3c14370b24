"""`fupin ledger NAME FILES`: a special ledger (专项台账) of a registry: who stands in it, what is known, what is missing."""

from pathlib import Path
from typing import Annotated

import typer

from fupin_cli.catalogue import both
from fupin_cli.cli import options
from fupin_cli.cli.arguments import day, lists_given, pairs, today
from fupin_cli.cli.audit import given_parameters
from fupin_cli.cli.errors import COULD_NOT_RUN
from fupin_cli.cli.help import language_of
from fupin_cli.cli.language import say
from fupin_cli.cli.masking import Masked, masking_asked
from fupin_cli.cli.progress import shown
from fupin_cli.cli.stream import show_form, tell
from fupin_cli.jobs.request import Request
from fupin_cli.model.settings import Settings, Wishes
from fupin_cli.model.special_ledger import LedgerMade
from fupin_cli.reports.words import Look

Name = Annotated[
    str,
    typer.Argument(
        metavar=say(*both("台账", "metavar")),
        help=say(*both("专项台账：患病、残疾、教育、住房，或 --rules 文件夹 ledgers/ 里自己写的。")),
    ),
]
Top = Annotated[
    int,
    typer.Option(
        "--top",
        metavar=say(*both("行数", "metavar")),
        min=0,
        help=say(*both("屏幕上列出几行缺内容的（默认 20）。")),
        show_default=False,
    ),
]


def ledger(  # noqa: PLR0913, PLR0917 - one parameter an option
    ctx: typer.Context,
    name: Name,
    files: options.Files,
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
    """Write one special ledger; exit 0 whether something is missing or nothing, 3 when a file could not be read."""
    settings = Settings(
        today=today(),
        as_of=day(as_of, "--as-of"),
        region=region,
        profile=profile,
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
    look = Look(lang=language_of(ctx), masking=masking_asked(ctx, mask, reveal=reveal, health=False))
    if output is not None:
        from fupin_cli.reports import refuse_input
        from fupin_cli.reports.output import refuse_place

        refuse_input(output, [*request.files, *(file for _, file in request.lists)])
        refuse_place(output)
    from fupin_cli.jobs.special_ledger import run

    with shown(look.lang, quiet=quiet) as progress:
        made = run(request, name, progress)
    _report(made, form, output, look, top)
    if output is not None and not quiet:
        tell(both("台账已写入 {output}。", output=output)[look.lang == "en"])
    if made.failed_files:
        raise typer.Exit(COULD_NOT_RUN)


def _report(made: LedgerMade, form: str, output: Path | None, look: Look, top: int) -> None:
    from fupin_cli.reports.special_ledger import to_json, to_terminal

    def page(shown_as: str, seen: Look, most: int) -> str:
        return to_json(made, masking=seen.masking) if shown_as == "json" else to_terminal(made, seen, most)

    if output is None:
        show_form(form, lambda seen: page(form, seen, top), look)
        return
    from fupin_cli.reports import form_of
    from fupin_cli.reports.output import written_beside

    wanted = form_of(output, "json" if form == "json" else "terminal")
    with written_beside(output) as beside:
        if wanted == "xlsx":
            from fupin_cli.reports.special_ledger_xlsx import to_workbook

            to_workbook(made, beside, look)
        else:
            beside.write_text(page(wanted, look, len(made.rows)), encoding="utf-8")
