"""`fupin explain`: a finding's id or a rule in, the verdict walked through out."""

from typing import Annotated

import typer

from fupin_cli.catalogue import both
from fupin_cli.cli import options
from fupin_cli.cli.arguments import day, lists_given, pairs, today
from fupin_cli.cli.audit import given_parameters
from fupin_cli.cli.help import language_of
from fupin_cli.cli.language import say
from fupin_cli.cli.masking import Masked, masking_asked
from fupin_cli.cli.progress import shown
from fupin_cli.cli.stream import show_form
from fupin_cli.findings.walk import Sought
from fupin_cli.jobs.request import Request
from fupin_cli.model.settings import Settings, Wishes
from fupin_cli.reports.words import Look

About = Annotated[
    str,
    typer.Argument(
        metavar=say(*both("问题编号|规则")),
        help=say(*both("报告里的问题编号（如 EDU001-1a2b3c4d5e），或规则编号。")),
    ),
]
Household = Annotated[
    str | None,
    typer.Option(
        "--household",
        metavar=say(*both("户编号", "metavar")),
        help=say(*both("说明规则对这一户怎样判断，通过的也说。")),
        show_default=False,
    ),
]
Person = Annotated[
    str | None,
    typer.Option(
        "--person",
        metavar=say(*both("姓名", "metavar")),
        help=say(*both("户中的一人；与 --household 同用。")),
        show_default=False,
    ),
]
Top = Annotated[
    int,
    typer.Option(
        "--top",
        metavar=say(*both("行数", "metavar")),
        min=1,
        help=say(*both("只给规则编号时说明几行（默认 3）。")),
        show_default=False,
    ),
]


def explain(  # noqa: PLR0913, PLR0917 - one parameter an option
    ctx: typer.Context,
    about: About,
    files: options.Files,
    household: Household = None,
    person: Person = None,
    top: Top = 3,
    as_of: options.AsOf = None,
    region: options.Region = None,
    profile: options.ProfileName = None,
    lists: options.ListFiles = None,
    previous: options.PreviousFiles = None,
    ledger: options.LedgerFiles = None,
    given: options.Given = None,
    sheet: options.SheetNames = None,
    mapping: options.Mapping = None,
    mapping_file: options.MappingFile = None,
    rules: options.RulesDir = None,
    form: options.FormName = "terminal",
    mask: Masked = None,
    reveal: options.Reveal = False,
    quiet: options.Quiet = False,
    lang: options.Speak = None,  # noqa: ARG001 - read before the command line is parsed
) -> None:
    """Walk through the evidence of one finding, or of a rule on one household."""
    request = Request(
        files=tuple(files),
        settings=Settings(
            today=today(), as_of=day(as_of, "--as-of"), region=region, profile=profile, given=given_parameters(given)
        ),
        wishes=Wishes(sheets=tuple(sheet or ()), mapping=dict(pairs(mapping, "--map"))),
        lists=lists_given(lists),
        previous=tuple(previous or ()),
        ledgers=tuple(ledger or ()),
        rules_dir=rules,
        mapping=mapping_file,
    )
    look = Look(lang=language_of(ctx), masking=masking_asked(ctx, mask, reveal=reveal, health=False))
    sought = Sought(household=(household or "").strip(), person=(person or "").strip(), most=top)
    from fupin_cli.jobs.explain import run
    from fupin_cli.reports.explain import to_json, to_terminal

    with shown(look.lang, quiet=quiet) as progress:
        found = run(request, about.strip(), sought, progress)
    show_form(
        form,
        lambda seen: to_json(found, masking=seen.masking) if form == "json" else to_terminal(found, seen),
        look,
    )
