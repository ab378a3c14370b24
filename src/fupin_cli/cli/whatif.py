"""`fupin whatif`: two cases and a registry in, what differs out."""

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
from fupin_cli.model.settings import Settings, Wishes
from fupin_cli.model.whatif import WhatIf
from fupin_cli.reports.words import Look

_CASE = say(*both("情形：.yaml 文件、方案名、参数=数值（如 收入线=4500），或“现行”。"))
Before = Annotated[str, typer.Argument(metavar=say(*both("甲", "metavar")), help=_CASE)]
After = Annotated[str, typer.Argument(metavar=say(*both("乙", "metavar")), help=_CASE)]


def whatif(  # noqa: PLR0913, PLR0917 - one parameter an option
    ctx: typer.Context,
    before: Before,
    after: After,
    files: options.Files,
    select: options.Select = None,
    ignore: options.Ignore = None,
    as_of: options.AsOf = None,
    region: options.Region = None,
    profile: options.ProfileName = None,
    lists: options.ListFiles = None,
    given: options.Given = None,
    sheet: options.SheetNames = None,
    mapping: options.Mapping = None,
    mapping_file: options.MappingFile = None,
    rules: options.RulesDir = None,
    form: options.FormName = "terminal",
    output: options.Output = None,
    mask: Masked = None,
    reveal: options.Reveal = False,
    quiet: options.Quiet = False,
    lang: options.Speak = None,  # noqa: ARG001 - read before the command line is parsed
) -> None:
    """Judge a registry in two cases and show which verdicts differ; exit 0 whether some do or none."""
    settings = Settings(
        today=today(),
        as_of=day(as_of, "--as-of"),
        region=region,
        profile=profile,
        select=parts(select),
        ignore=parts(ignore),
        given=given_parameters(given),
    )
    request = Request(
        files=tuple(files),
        settings=settings,
        wishes=Wishes(sheets=tuple(sheet or ()), mapping=dict(pairs(mapping, "--map"))),
        lists=lists_given(lists),
        rules_dir=rules,
        mapping=mapping_file,
    )
    look = Look(lang=language_of(ctx), masking=masking_asked(ctx, mask, reveal=reveal))
    if output is not None:
        from fupin_cli.reports import refuse_input
        from fupin_cli.reports.output import refuse_place

        refuse_input(output, [*request.files, *(file for _, file in request.lists)])
        refuse_place(output)
    from fupin_cli.jobs.whatif import run

    with shown(look.lang, quiet=quiet) as progress:
        found = run(request, before, after, progress)
    _report(found, form, output, look, quiet=quiet)


def _report(found: WhatIf, form: str, output: Path | None, look: Look, *, quiet: bool) -> None:
    from fupin_cli.reports.whatif import to_json, to_terminal

    def page(shown_as: str, seen: Look) -> str:
        return to_json(found, masking=seen.masking) if shown_as == "json" else to_terminal(found, seen)

    if output is None:
        show_form(form, lambda seen: page(form, seen), look)
        return
    from fupin_cli.reports import form_of
    from fupin_cli.reports.output import written_beside

    wanted = form_of(output, "json" if form == "json" else "terminal")
    with written_beside(output) as beside:
        if wanted == "xlsx":
            from fupin_cli.reports.whatif_xlsx import to_workbook

            to_workbook(found, beside, look)
        else:
            beside.write_text(page(wanted, look), encoding="utf-8")
    if not quiet:
        tell(both("报告已写入 {output}。", output=output)[look.lang == "en"])
