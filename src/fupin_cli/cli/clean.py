"""`fupin clean`: registries in, copies with what is safe repaired and a log of every cell out; `--undo` takes it back."""

from pathlib import Path

import typer

from fupin_cli.catalogue import both
from fupin_cli.cli import clean_options as own
from fupin_cli.cli import options
from fupin_cli.cli.arguments import pairs, parts, today
from fupin_cli.cli.errors import COULD_NOT_RUN
from fupin_cli.cli.help import language_of
from fupin_cli.cli.masking import Masked, masking_asked
from fupin_cli.cli.progress import shown
from fupin_cli.cli.stream import show_form, tell
from fupin_cli.errors import UsageError
from fupin_cli.jobs.request import Request
from fupin_cli.model.fix import Cleaned
from fupin_cli.model.settings import Settings, Wishes
from fupin_cli.reports.words import Look


def clean(  # noqa: PLR0913, PLR0917 - one parameter an option
    ctx: typer.Context,
    files: own.Files = None,
    output: own.Out = None,
    check: own.Check = False,
    diff: own.Diff = False,
    select: own.Chosen = None,
    ignore: own.Left = None,
    unsafe: own.Unsafe = False,
    fill_households: own.Fill = False,
    undo: own.Undo = None,
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
    """Repair copies of registries; exit 1 when --check finds something to repair, 3 when a file could not be read."""
    look = Look(lang=language_of(ctx), masking=masking_asked(ctx, mask, reveal=reveal))
    if undo is not None:
        raise typer.Exit(_undone(undo, output, files, look, quiet=quiet))
    _refuse(files, output, check=check, diff=diff)
    from fupin_cli.jobs.clean import CleanRequest, run

    request = Request(
        files=tuple(files or ()),
        settings=Settings(today=today()),
        wishes=Wishes(sheets=tuple(sheet or ()), mapping=dict(pairs(mapping, "--map"))),
        mapping=mapping_file,
        rules_dir=rules,
    )
    asked = CleanRequest(
        request, output, parts(select), parts(ignore), unsafe, fill_households, look.lang, look.masking
    )
    with shown(look.lang, quiet=quiet) as progress:
        cleaned = run(asked, progress)
    _show(cleaned, form, look, output, diff=diff, quiet=quiet)
    raise typer.Exit(_exit_code(cleaned, check=check))


def _exit_code(cleaned: Cleaned, *, check: bool) -> int:
    if cleaned.failed_files:
        return COULD_NOT_RUN
    return int(check and any(one.fixes for one in cleaned.files))


def _refuse(files: list[Path] | None, output: Path | None, *, check: bool, diff: bool) -> None:
    """Tell what is missing, or does not go together."""
    if not files:
        raise UsageError(
            *both("fupin clean 要写明登记表；如 fupin clean 村表 -o 清洗后。")
        )  # fmt: skip
    if check and output is not None:
        raise UsageError(*both("--check 什么也不写，不能和 -o 同用。"))
    if output is None and not (check or diff):
        raise UsageError(*both("fupin clean 要写明 -o 文件夹；只想看看，用 --diff 或 --check。"))


def _show(cleaned: Cleaned, form: options.Form, look: Look, output: Path | None, *, diff: bool, quiet: bool) -> None:
    from fupin_cli.reports.clean_text import to_json, to_terminal

    if form == "json":
        show_form(form, lambda page: to_json(cleaned, page), look)
    elif not quiet or diff:
        show_form(form, lambda page: to_terminal(cleaned, page, diff=diff), look)
    if output is not None and not quiet:
        tell(
            both("已写入 {output}：副本、changes.xlsx（供查看）、changes.jsonl（供 --undo 还原）。", output=output)[
                look.lang == "en"
            ]
        )


def _undone(log: Path, output: Path | None, files: list[Path] | None, look: Look, *, quiet: bool) -> int:
    """Undo by a log; return 1 when some cell could not be restored."""
    if output is None or files:
        raise UsageError(*both("还原的写法：fupin clean --undo 清洗后/changes.jsonl -o 还原后；不再写其他文件。"))
    from fupin_cli.jobs.undo import undo

    undone = undo(log, output)
    english = look.lang == "en"
    for zh, en in (*undone.refused, *undone.notes):
        tell(en if english else zh)
    if not quiet:
        tell(
            both(
                "已在 {output} 还原 {files} 个文件的 {restored} 格；{n} 处没有还原。",
                output=output,
                files=undone.files,
                restored=undone.restored,
                n=len(undone.refused),
            )[english]
        )
    return int(bool(undone.refused))
