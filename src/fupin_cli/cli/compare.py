"""`fupin compare`: two datasets in, what differs out, the exit code by --fail-on."""

from pathlib import Path

import typer

from fupin_cli.catalogue import both
from fupin_cli.cli import compare_options as own
from fupin_cli.cli import options
from fupin_cli.cli.arguments import pairs, parts, today
from fupin_cli.cli.errors import COULD_NOT_RUN
from fupin_cli.cli.help import language_of
from fupin_cli.cli.masking import Masked, masking_asked
from fupin_cli.cli.progress import shown
from fupin_cli.cli.stream import show_form, tell
from fupin_cli.jobs.compare_request import CompareRequest
from fupin_cli.model.difference import Comparison
from fupin_cli.model.settings import Settings, Wishes
from fupin_cli.reports import Form
from fupin_cli.reports.words import Lang, Look


def compare(  # noqa: PLR0913, PLR0917 - one parameter an option
    ctx: typer.Context,
    left: own.Left,
    right: own.Right,
    on: own.On = None,
    table: own.TableNames = None,
    columns: own.OnlyColumns = None,
    ignore_columns: own.IgnoredColumns = None,
    tolerance: own.Tolerance = None,
    days: own.Days = 0,
    link: own.Linked = False,
    least: own.LeastScore = 0.9,
    fail_on: own.FailOnClasses = "any",
    sheet: options.SheetNames = None,
    mapping: options.Mapping = None,
    mapping_file: options.MappingFile = None,
    rules: options.RulesDir = None,
    form: options.FormName = "terminal",
    output: options.Output = None,
    top: own.Top = 20,
    mask: Masked = None,
    reveal: options.Reveal = False,
    quiet: options.Quiet = False,
    lang: options.Speak = None,  # noqa: ARG001 - read before the command line is parsed
) -> None:
    """Compare two datasets; exit 1 when something is there that --fail-on names."""
    wanted = own.fail_words(fail_on)
    request = CompareRequest(
        left=(Path(left),),
        right=(Path(right),),
        settings=Settings(today=today()),
        wishes=Wishes(sheets=tuple(sheet or ()), mapping=dict(pairs(mapping, "--map"))),
        mapping=mapping_file,
        rules_dir=rules,
        on=parts(on),
        tables=own.tables(table),
        tolerance=own.tolerances(tolerance),
        days=days,
        link=link,
        least=least,
        columns=parts(columns),
        ignored=parts(ignore_columns),
    )
    look = Look(lang=language_of(ctx), masking=masking_asked(ctx, mask, reveal=reveal))
    found = _run(request, look.lang, output, quiet=quiet)
    _report(found, form, output, look, top, quiet=quiet)
    raise typer.Exit(exit_code(found, wanted))


def exit_code(found: Comparison, wanted: tuple[str, ...]) -> int:
    """Return 3 when a file could not be read, 1 when something is there that `wanted` names, else 0."""
    from fupin_cli.reports.compare_counts import fails

    return COULD_NOT_RUN if found.failed_files else int(fails(found, wanted))


def _run(request: CompareRequest, lang: Lang, output: Path | None, *, quiet: bool) -> Comparison:
    """Call the job; a report that cannot stand where it is asked for is told before, not after."""
    if output is not None:
        from fupin_cli.reports import refuse_input
        from fupin_cli.reports.output import refuse_place

        sides = [Path(str(one)) for one in (*request.left, *request.right)]
        refuse_input(output, [side if side.exists() else Path(str(side).rpartition("=")[2]) for side in sides])
        refuse_place(output)
    from fupin_cli.jobs.compare import run

    with shown(lang, quiet=quiet) as progress:
        return run(request, progress)


def _report(found: Comparison, form: Form, output: Path | None, look: Look, top: int, *, quiet: bool) -> None:
    from fupin_cli.reports import form_of
    from fupin_cli.reports.compare import render, write
    from fupin_cli.reports.compare_terminal import counts_line

    if output is None:
        show_form(form, lambda page: render(found, form, page, top), look)
        return
    for path, zh, en in found.failed_files:
        told = en if look.lang == "en" else zh
        tell(told if path in told else f"{path}: {told}")
    write(found, output, form_of(output, form), look, top)
    if not quiet:
        said = counts_line(found, look.lang)
        tell(both("报告已写入 {output}。{said}", output=output, said=said)[look.lang == "en"])
