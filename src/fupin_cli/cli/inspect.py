"""`fupin inspect`: options in, what the reader understood of the workbooks out."""

import typer

from fupin_cli.cli import options
from fupin_cli.cli.arguments import pairs
from fupin_cli.cli.errors import COULD_NOT_RUN
from fupin_cli.cli.help import language_of
from fupin_cli.cli.stream import show_form
from fupin_cli.model.settings import Wishes
from fupin_cli.reports.words import Look


def inspect(  # noqa: PLR0913, PLR0917 - one parameter an option
    ctx: typer.Context,
    files: options.Files,
    sheet: options.SheetNames = None,
    mapping: options.Mapping = None,
    rules: options.RulesDir = None,
    form: options.FormName = "terminal",
    lang: options.Speak = None,  # noqa: ARG001 - read before the command line is parsed
) -> None:
    """Show sheets, heading rows, columns and what was left out; exit 3 when a file could not be read."""
    from fupin_cli.jobs.inspect import inspect as run
    from fupin_cli.reports.inspect import render_inspection

    wishes = Wishes(sheets=tuple(sheet or ()), mapping=dict(pairs(mapping, "--map")))
    seen = run(files, wishes, rules)
    show_form(form, lambda look: render_inspection(seen, form, look), Look(language_of(ctx)))
    if any(each.failed for each in seen):
        raise typer.Exit(COULD_NOT_RUN)
