"""`fupin round issue | collect | apply | receive`: options in, one job called, its page out, the exit code back."""

from pathlib import Path
from typing import Annotated, Literal

import typer
from msgspec.structs import replace

from fupin_cli.catalogue import both, enumerated
from fupin_cli.cli import masking, options
from fupin_cli.cli.arguments import day, moment, parts, today
from fupin_cli.cli.errors import COULD_NOT_RUN
from fupin_cli.cli.help import language_of
from fupin_cli.cli.language import say
from fupin_cli.cli.progress import shown
from fupin_cli.cli.round import Deadline, Folder, ReportForm, Who, who
from fupin_cli.cli.stream import show_form, tell
from fupin_cli.errors import UsageError
from fupin_cli.model.round import STATUSES, Status
from fupin_cli.reports.words import Look

OutFolder = Annotated[
    Path,
    typer.Option(
        "--output",
        "-o",
        metavar=say(*both("文件夹", "metavar")),
        help=say(*both("疑点表写到这个文件夹（没有就新建）。")),
        show_default=False,
    ),
]
Level = Annotated[
    Literal["乡", "村"],
    typer.Option(
        "--by",
        metavar="乡|村",
        help=say(*both("一村一份（默认）或一乡一份。")),
        show_default=False,
    ),
]
Stands = Annotated[
    list[str] | None,
    typer.Option(
        "--status",
        metavar=say(*both("状态")),
        help=say(
            *both(
                "只下发这些状态的疑点，可用逗号隔开：open、issued、reappeared（默认这三种）、answered、confirmed、rejected。"
            )
        ),
        show_default=False,
    ),
]
Masked = Annotated[
    bool,
    typer.Option(
        "--mask",
        help=say(*both("遮盖姓名和证件号码（默认不遮盖，供核实）。")),
        show_default=False,
    ),
]
Round = Annotated[
    int | None,
    typer.Option(
        "--round",
        metavar=say(*both("轮次", "metavar")),
        help=say(*both("收第几轮的表（默认最后一轮）。")),
        show_default=False,
    ),
]
Returned = Annotated[
    list[Path],
    typer.Argument(
        metavar=say(*both("文件...")),
        help=say(*both("交回的疑点表：文件、文件夹或 zip。")),
    ),
]
Registry = Annotated[
    list[Path] | None,
    typer.Argument(
        metavar=say(*both("登记表...")),
        help=say(*both("现在的登记表（默认为这一轮的文件）。")),
        show_default=False,
    ),
]
Copies = Annotated[
    Path,
    typer.Option(
        "--output",
        "-o",
        metavar=say(*both("文件夹", "metavar")),
        help=say(*both("副本写到这个新文件夹；原件不动。")),
        show_default=False,
    ),
]
Lists = Annotated[
    list[Path],
    typer.Argument(metavar=say(*both("文件...")), help=say(*both("上级下发的疑点清单。"))),
]
Form = Annotated[
    Literal["terminal", "json"],
    typer.Option("--format", help=say(*both("格式：terminal 或 json。")), show_default=False),
]


def issue(  # noqa: PLR0913, PLR0917 - one parameter an option
    ctx: typer.Context,
    folder: Folder,
    output: OutFolder,
    level: Level = "村",
    deadline: Deadline = None,
    status: Stands = None,
    mask: Masked = False,
    by: Who = None,
    form: Form = "terminal",
    lang: options.Speak = None,  # noqa: ARG001 - read before the command line is parsed
) -> None:
    """Write the workbooks that villages answer in; exit 0."""
    from fupin_cli.jobs.round_issue import Issuing, run
    from fupin_cli.reports.round_sheets import issued_lines, to_json

    asked = Issuing(folder, output, moment(), who(by), today(), level, day(deadline, "--deadline"), masked=mask)
    found = run(replace(asked, status=_statuses(status)) if status else asked)
    look = Look(lang=language_of(ctx))
    for note in found.notes:
        tell(note[look.lang == "en"])
    show_form(
        form, lambda page: to_json(found) if form == "json" else "\n".join(issued_lines(found, page.lang)) + "\n", look
    )


def collect(  # noqa: PLR0913, PLR0917 - one parameter an option
    ctx: typer.Context,
    files: Returned,
    folder: Folder,
    number: Round = None,
    by: Who = None,
    form: Form = "terminal",
    lang: options.Speak = None,  # noqa: ARG001 - read before the command line is parsed
) -> None:
    """Take answers from returned sheets; exit 1 when a line was not taken or is missing, 3 when a file could not be read."""
    from fupin_cli.jobs.round_collect import Collecting, run
    from fupin_cli.reports.round_sheets import collected_lines, to_json

    found = run(Collecting(folder, tuple(files), moment(), who(by), number))
    look = Look(lang=language_of(ctx))
    show_form(
        form,
        lambda page: to_json(found) if form == "json" else "\n".join(collected_lines(found, page.lang)) + "\n",
        look,
    )
    if found.failed_files:
        raise typer.Exit(COULD_NOT_RUN)
    raise typer.Exit(int(any(each.refused or each.missing for each in found.files)))


def apply(  # noqa: PLR0913, PLR0917 - one parameter an option
    ctx: typer.Context,
    folder: Folder,
    output: Copies,
    files: Registry = None,
    by: Who = None,
    form: Form = "terminal",
    mask: masking.Masked = None,
    reveal: options.Reveal = False,
    quiet: options.Quiet = False,
    lang: options.Speak = None,  # noqa: ARG001 - read before the command line is parsed
) -> None:
    """Write confirmed corrections into copies; exit 1 when one was not written, 3 when a file could not be read."""
    from fupin_cli.jobs.round_apply import Applying, run
    from fupin_cli.reports.round_apply import applied_json, applied_lines

    look = Look(lang=language_of(ctx), masking=masking.masking_asked(ctx, mask, reveal=reveal))
    with shown(look.lang, quiet=quiet) as progress:
        found = run(Applying(folder, output, moment(), who(by), today(), tuple(files or ()), look.masking), progress)
    for note in found.notes:
        tell(note[look.lang == "en"])
    show_form(
        form,
        lambda page: applied_json(found) if form == "json" else "\n".join(applied_lines(found, page.lang)) + "\n",
        look,
    )
    raise typer.Exit(COULD_NOT_RUN if found.cleaned.failed_files else int(bool(found.refused)))


def receive(  # noqa: PLR0913, PLR0917 - one parameter an option
    ctx: typer.Context,
    files: Lists,
    folder: Folder,
    form: ReportForm = "terminal",
    output: options.Output = None,
    mask: masking.Masked = None,
    reveal: options.Reveal = False,
    lang: options.Speak = None,  # noqa: ARG001 - read before the command line is parsed
) -> None:
    """Join a list of the level above to our doubts; exit 1 when they found something we did not, 3 when a file could not be read."""
    from fupin_cli.jobs.round_receive import Receiving, run
    from fupin_cli.reports.round_receive import render, to_json, write

    look = Look(lang=language_of(ctx), masking=masking.masking_asked(ctx, mask, reveal=reveal, health=False))
    if form == "xlsx" and output is None:
        raise UsageError(*both("--format xlsx 要用 -o 写出文件名。"))
    found = run(Receiving(folder, tuple(files)))
    if output is not None and (form == "xlsx" or output.suffix.lower() == ".xlsx"):
        write(found, output, look)
        tell(both("报告已写入 {output}。", output=output)[look.lang == "en"])
    elif output is not None:
        from fupin_cli.reports.output import written_beside

        text = to_json(found, look) if form == "json" or output.suffix.lower() == ".json" else render(found, look)
        with written_beside(output) as beside:
            beside.write_text(text, encoding="utf-8", newline="\n")
    else:
        show_form(form, lambda page: to_json(found, page) if form == "json" else render(found, page), look)
    theirs = any(one.where in {"only_them", "not_ours", "unclear"} for one in found.theirs)
    raise typer.Exit(COULD_NOT_RUN if found.failed_files else int(theirs))


def _statuses(given: list[str]) -> tuple[Status, ...]:
    wanted = parts(given)
    if unknown := [each for each in wanted if each not in STATUSES]:
        raise UsageError(
            *both(
                "--status {unknown}：没有这种状态；有：{statuses}。", unknown=unknown[0], statuses=enumerated(STATUSES)
            )
        )
    return tuple(each for each in STATUSES if each in wanted)
