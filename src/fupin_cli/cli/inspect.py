"""`fupin inspect`: options in, what the reader understood of the workbooks out, on the screen or in a file."""

from collections.abc import Sequence
from pathlib import Path

import typer

from fupin_cli.catalogue import both
from fupin_cli.cli import options
from fupin_cli.cli.arguments import pairs
from fupin_cli.cli.errors import COULD_NOT_RUN
from fupin_cli.cli.help import language_of
from fupin_cli.cli.masking import Masked, masking_asked
from fupin_cli.cli.stream import show_form, tell
from fupin_cli.errors import UsageError
from fupin_cli.model.inspection import Inspection
from fupin_cli.model.settings import Wishes
from fupin_cli.reports.words import Look

_SUFFIXES: dict[str, options.Seen] = {".html": "html", ".htm": "html", ".json": "json", ".txt": "terminal"}


def inspect(  # noqa: PLR0913, PLR0917 - one parameter an option
    ctx: typer.Context,
    files: options.Files,
    sheet: options.SheetNames = None,
    mapping: options.Mapping = None,
    mapping_file: options.MappingFile = None,
    save: options.SavedMapping = None,
    rules: options.RulesDir = None,
    form: options.SeenForm = "terminal",
    output: options.SeenOutput = None,
    mask: Masked = None,
    reveal: options.Reveal = False,
    quiet: options.Quiet = False,
    lang: options.Speak = None,  # noqa: ARG001 - read before the command line is parsed
) -> None:
    """Show sheets, heading rows, columns and what was left out; exit 3 when a file could not be read."""
    from fupin_cli.jobs.inspect import inspect as run
    from fupin_cli.reports.inspect import render_inspection

    if output is not None:
        form = _SUFFIXES.get(output.suffix.lower(), form)
    if save is not None and save.suffix.lower() not in {".yaml", ".yml"}:
        raise UsageError(*both("--save {save}：对应文件的名字要以 .yaml 结尾。", save=save))
    _refuse_places(files, output, save)
    wishes = Wishes(sheets=tuple(sheet or ()), mapping=dict(pairs(mapping, "--map")))
    look = Look(language_of(ctx), masking=masking_asked(ctx, mask, reveal=reveal))
    seen = run(files, wishes, rules, mapping_file, pictures=form == "html", masking=look.masking)
    if save is not None:
        _save(seen, save, look, quiet=quiet)
    if output is None:
        show_form(form, lambda page: render_inspection(seen, form, page), look)
    else:
        _write(output, render_inspection(seen, form, look))
        if not quiet:
            tell(both("已写入 {output}。", output=output)[look.lang == "en"])
    if any(each.failed for each in seen):
        raise typer.Exit(COULD_NOT_RUN)


def _refuse_places(files: Sequence[Path], *places: Path | None) -> None:
    """Tell before the work, not after it, where nothing can be written."""
    from fupin_cli.reports import refuse_input
    from fupin_cli.reports.output import refuse_place

    for place in places:
        if place is not None:
            refuse_input(place, list(files))
            refuse_place(place)


def _save(seen: Sequence[Inspection], save: Path, look: Look, *, quiet: bool) -> None:
    from fupin_cli.reports.inspect_mapping import mapping_text

    _write(save, mapping_text(seen))
    if not quiet:
        tell(both("对应文件已写入 {save}；改好后加 --mapping {save}。", save=save)[look.lang == "en"])


def _write(path: Path, text: str) -> None:
    from fupin_cli.reports.output import written_beside

    with written_beside(path) as beside:
        beside.write_text(text, encoding="utf-8", newline="\n")
