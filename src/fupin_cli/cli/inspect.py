"""`fupin inspect`: options in, what the reader understood of the workbooks out."""

import sys

import typer

from fupin_cli.cli import options
from fupin_cli.cli.arguments import pairs
from fupin_cli.cli.help import language_of
from fupin_cli.cli.stream import columns, emit, has_colour
from fupin_cli.model.settings import Wishes
from fupin_cli.reports.words import Look


def inspect(
    ctx: typer.Context,
    files: options.Files,
    sheet: options.SheetNames = None,
    mapping: options.Mapping = None,
    form: options.FormName = "terminal",
    lang: options.Speak = None,  # noqa: ARG001 - read before the command line is parsed
) -> None:
    """Show sheets, heading rows, columns and what was left out."""
    from fupin_cli.jobs.inspect import inspect as run
    from fupin_cli.reports.inspect import render_inspection

    wishes = Wishes(sheets=tuple(sheet or ()), mapping=dict(pairs(mapping, "--map")))
    look = Look(language_of(ctx), width=columns(sys.stdout), colour=has_colour(sys.stdout))
    emit(render_inspection(run(files, wishes), form, look))
