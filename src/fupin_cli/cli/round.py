"""`fupin round new | close | status | why | merge | export`: options in, one job called, its page out, the exit code back."""

import getpass
from pathlib import Path
from typing import Annotated, Literal

import typer

from fupin_cli import __version__
from fupin_cli.catalogue import both
from fupin_cli.cli import options
from fupin_cli.cli.arguments import day, lists_given, moment, pairs, parts, today
from fupin_cli.cli.audit import exit_code, given_parameters
from fupin_cli.cli.help import language_of
from fupin_cli.cli.language import say
from fupin_cli.cli.masking import Masked, masking_asked
from fupin_cli.cli.progress import shown
from fupin_cli.cli.stream import emit, show_form, tell
from fupin_cli.errors import UsageError
from fupin_cli.jobs.request import Request
from fupin_cli.model.settings import Settings, Wishes
from fupin_cli.reports.words import Look

Folder = Annotated[
    Path,
    typer.Option(
        "--dir",
        "-d",
        metavar=say(*both("文件夹", "metavar")),
        help=say(*both("清洗的文件夹（台账在里面，不脱敏）。")),
        show_default=False,
    ),
]
Who = Annotated[
    str | None,
    typer.Option(
        "--who",
        metavar=say(*both("谁")),
        help=say(*both("谁做的（默认为系统用户名）。")),
        show_default=False,
    ),
]
Deadline = Annotated[
    str | None,
    typer.Option(
        "--deadline",
        metavar=say("日期", "DATE"),
        help=say(*both("完成时限，如 2021-06-30。")),
        show_default=False,
    ),
]
Number = Annotated[
    int | None,
    typer.Option(
        "--round",
        metavar=say(*both("轮次", "metavar")),
        help=say(*both("第几轮（默认接着上一轮）。")),
        show_default=False,
    ),
]
Confirm = Annotated[
    list[str] | None,
    typer.Option(
        "--confirm",
        metavar=say(*both("疑点编号|all")),
        help=say(*both("县一级确认“不属实”的疑点：编号，可用逗号隔开，可重复；all 为所有写了佐证材料的。要写 --who。")),
        show_default=False,
    ),
]
Level = Annotated[
    Literal["乡", "村"],
    typer.Option(
        "--by",
        metavar="乡|村",
        help=say(*both("按乡（默认）或按村。")),
        show_default=False,
    ),
]
ReportForm = Annotated[
    Literal["terminal", "json", "xlsx"],
    typer.Option(
        "--format",
        help=say(*both("格式：terminal、json 或 xlsx（要写 -o）。")),
        show_default=False,
    ),
]


def who(by: str | None) -> str:
    """Return who does it: as given, else the user of this machine.

    Raises:
        UsageError: a blank name.
    """
    name = getpass.getuser() if by is None else by.strip()
    if not name:
        raise UsageError(*both("--who 不能是空的。"))
    return name


def new(  # noqa: PLR0913, PLR0917 - one parameter an option
    ctx: typer.Context,
    files: options.Files,
    folder: Folder,
    deadline: Deadline = None,
    number: Number = None,
    by: Who = None,
    select: options.Select = None,
    ignore: options.Ignore = None,
    severity: options.Severity = "notice",
    as_of: options.AsOf = None,
    region: options.Region = None,
    profile: options.ProfileName = None,
    lists: options.ListFiles = None,
    ledger: options.LedgerFiles = None,
    previous: options.PreviousFiles = None,
    given: options.Given = None,
    sheet: options.SheetNames = None,
    mapping: options.Mapping = None,
    mapping_file: options.MappingFile = None,
    rules: options.RulesDir = None,
    quiet: options.Quiet = False,
    lang: options.Speak = None,  # noqa: ARG001 - read before the command line is parsed
) -> None:
    """Open the next round: audit the files and enter every finding as a doubt."""
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
        ledgers=tuple(ledger or ()),
        previous=tuple(previous or ()),
        rules_dir=rules,
        mapping=mapping_file,
    )
    from fupin_cli.jobs.round_new import Opening
    from fupin_cli.jobs.round_new import run as run_new
    from fupin_cli.reports.round_pages import opened_lines

    opening = Opening(folder, moment(), who(by), __version__, day(deadline, "--deadline"), number)
    speaks = language_of(ctx)
    with shown(speaks, quiet=quiet) as progress:
        opened = run_new(request, opening, progress)
    for note in opened.notes:
        tell(note[speaks == "en"])
    if not quiet:
        emit(
            "\n".join(opened_lines(opened.number, opened.counts, opened.keys, speaks, again=opened.done_before)) + "\n"
        )


def close(  # noqa: PLR0913, PLR0917 - one parameter an option
    ctx: typer.Context,
    files: options.Files,
    folder: Folder,
    confirm: Confirm = None,
    by: Who = None,
    as_of: options.AsOf = None,
    fail_on: options.Fail = "error",
    mask: Masked = None,
    reveal: options.Reveal = False,
    quiet: options.Quiet = False,
    lang: options.Speak = None,  # noqa: ARG001 - read before the command line is parsed
) -> None:
    """Strike off what the data proves; exit 1 when the rules of rounds find something in the ledger."""
    if confirm and by is None:
        raise UsageError(*both("--confirm 要写明谁确认的（--who）。"))
    from fupin_cli.jobs.round_close import Closing
    from fupin_cli.jobs.round_close import run as run_close
    from fupin_cli.reports import render
    from fupin_cli.reports.round_pages import closed_lines

    look = Look(lang=language_of(ctx), masking=masking_asked(ctx, mask, reveal=reveal))
    on = day(as_of, "--as-of") or today()
    closing = Closing(folder, tuple(files), moment(), who(by), on, parts(confirm))
    with shown(look.lang, quiet=quiet) as progress:
        closed = run_close(closing, progress)
    for note in closed.notes:
        tell(note[look.lang == "en"])
    reasons = closed.open_en if look.lang == "en" else closed.open
    counts = {"data": len(closed.struck_off), "untrue": len(closed.confirmed), "new": closed.new, "again": closed.again}
    if not quiet:
        emit("\n".join(closed_lines(closed.number, counts, reasons, look.lang, again=closed.done_before)) + "\n")
    if closed.rules is not None:
        audit = closed.rules
        show_form("terminal", lambda page: render(audit, "terminal", page), look)
        raise typer.Exit(exit_code(audit, fail_on, strict=False))


def status(  # noqa: PLR0913, PLR0917 - one parameter an option
    ctx: typer.Context,
    folder: Folder,
    level: Level = "乡",
    as_of: options.AsOf = None,
    form: ReportForm = "terminal",
    output: options.Output = None,
    lang: options.Speak = None,  # noqa: ARG001 - read before the command line is parsed
) -> None:
    """Show how the doubts stand, place by place, and how they went down over the rounds; exit 0 whatever it is."""
    from fupin_cli.jobs.round_status import run as run_status
    from fupin_cli.reports.round_status import to_json, to_terminal

    look = Look(lang=language_of(ctx))
    found = run_status(folder, level, day(as_of, "--as-of") or today())
    if form == "xlsx" or (output is not None and output.suffix.lower() == ".xlsx"):
        from fupin_cli.reports.round_status_xlsx import write

        if output is None:
            raise UsageError(*both("--format xlsx 要用 -o 写出文件名。"))
        write(found, output, look.lang)
        tell(f"{output}")
    elif output is not None:
        from fupin_cli.reports.output import written_beside

        text = to_json(found) if form == "json" or output.suffix.lower() == ".json" else to_terminal(found, look)
        with written_beside(output) as beside:
            beside.write_text(text, encoding="utf-8", newline="\n")
    else:
        show_form(form, lambda page: to_json(found) if form == "json" else to_terminal(found, page), look)


def why(  # noqa: PLR0913, PLR0917 - one parameter an option
    ctx: typer.Context,
    folder: Folder,
    first: Annotated[int, typer.Argument(metavar=say(*both("轮次", "metavar.2")), help=say(*both("前一轮。")))],
    second: Annotated[int, typer.Argument(metavar=say(*both("轮次", "metavar.3")), help=say(*both("后一轮。")))],
    form: options.FormName = "terminal",
    quiet: options.Quiet = False,
    lang: options.Speak = None,  # noqa: ARG001 - read before the command line is parsed
) -> None:
    """Split what differs between two rounds by cause; exit 0 whatever it is."""
    from fupin_cli.jobs.round_why import run as run_why
    from fupin_cli.reports.round_why import to_json, to_terminal

    look = Look(lang=language_of(ctx))
    with shown(look.lang, quiet=quiet) as progress:
        found = run_why(folder, first, second, progress)
    show_form(form, lambda page: to_json(found) if form == "json" else to_terminal(found, page), look)


def merge(
    ctx: typer.Context,
    other: Annotated[
        Path,
        typer.Argument(metavar=say(*both("台账")), help=say(*both("另一单位的台账文件。"))),
    ],
    folder: Folder,
    by: Who = None,
    lang: options.Speak = None,  # noqa: ARG001 - read before the command line is parsed
) -> None:
    """Join the ledger of a township that worked apart; exit 0 whatever conflicts there are."""
    from fupin_cli.jobs.round_merge import run as run_merge
    from fupin_cli.reports.round_pages import merged_lines

    merged = run_merge(folder, other, moment(), who(by))
    emit("\n".join(merged_lines(merged.added, merged.conflicts, language_of(ctx), again=merged.done_before)) + "\n")


def export(
    ctx: typer.Context,
    folder: Folder,
    output: Annotated[
        Path,
        typer.Option(
            "--output",
            "-o",
            metavar=say(*both("文件", "metavar")),
            help=say(*both("写入的 .xlsx（不脱敏）。")),
            show_default=False,
        ),
    ],
    lang: options.Speak = None,  # noqa: ARG001 - read before the command line is parsed
) -> None:
    """Write the whole ledger to a workbook; its first sheet can be given to --ledger."""
    from fupin_cli.jobs.round_export import run as run_export

    rows = run_export(folder, output, language_of(ctx))
    told = both("已写入 {output}：{rows} 行疑点。不脱敏，请妥善保管。", output=output, rows=rows)
    tell(told[language_of(ctx) == "en"])
