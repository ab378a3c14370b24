"""`fupin baseline create | update | show`: which findings somebody has accepted, why and until when."""

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
from fupin_cli.cli.stream import emit, show_form
from fupin_cli.errors import OutputError, UsageError
from fupin_cli.jobs.request import Request
from fupin_cli.model.baseline import Baseline, Signature
from fupin_cli.model.settings import Settings, Wishes
from fupin_cli.reports.words import Look

_FILE = both("文件", "metavar")
_GIVEN = say(*both("基线文件；配置里有 baseline 时可以不写。"))


def _option(names: str, metavar: tuple[str, str], zh: str, en: str) -> object:
    return typer.Option(*names.split(), metavar=say(*metavar), help=say(zh, en), show_default=False)


NewFile = Annotated[
    Path,
    _option("--output -o", _FILE, *both("写入的基线文件（.yaml），不能已有。")),
]
File = Annotated[Path, typer.Option("--baseline", metavar=say(*_FILE), help=_GIVEN, show_default=False)]
By = Annotated[str, _option("--by", both("谁"), *both("谁接受的。"))]
Why = Annotated[str, _option("--why", both("为什么", "metavar"), *both("为什么可以接受。"))]
MaybeBy = Annotated[str | None, _option("--by", both("谁"), *both("新接受的由谁接受。"))]
MaybeWhy = Annotated[str | None, _option("--why", both("为什么", "metavar"), *both("新接受的为什么可以接受。"))]
Until = Annotated[
    str | None,
    _option(
        "--until", both("日期", "metavar"), *both("接受到哪一天，如 2021-06-30；次日起重新列为问题（默认不限期）。")
    ),
]
Add = Annotated[
    bool,
    typer.Option(
        "--add",
        help=say(*both("把新出现的问题也接受下来（要写 --by 和 --why）。")),
        show_default=False,
    ),
]
MaybeFiles = Annotated[
    list[Path] | None,
    typer.Argument(
        metavar=say(*both("[文件...]")),
        help=say(*both("登记表：给出时看出哪些已不再出现。")),
        show_default=False,
    ),
]


def create(  # noqa: PLR0913, PLR0917 - one parameter an option
    ctx: typer.Context,
    files: options.Files,
    output: NewFile,
    by: By,
    why: Why,
    until: Until = None,
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
    """Accept every finding of an audit."""
    settings = _settings(select, ignore, severity, as_of, (region, profile), given)
    wishes = Wishes(sheets=tuple(sheet or ()), mapping=dict(pairs(mapping, "--map")))
    request = Request(
        files=tuple(files),
        settings=settings,
        wishes=wishes,
        lists=lists_given(lists),
        ledgers=tuple(ledger or ()),
        previous=tuple(previous or ()),
        rules_dir=rules,
        mapping=mapping_file,
        baseline=output,
    )
    signed = _signed(by, why, until)
    if output.exists():
        raise OutputError(
            *both("{output}：已有这个文件；更新基线用 fupin baseline update，另写一份请换个文件名。", output=output)
        )
    from fupin_cli.jobs.baseline import create as run
    from fupin_cli.reports.baseline_page import created_lines
    from fupin_cli.reports.output import refuse_place

    refuse_place(output)
    lang_now = language_of(ctx)
    with shown(lang_now, quiet=quiet) as progress:
        revised = run(request, signed, progress)
    _write(revised.baseline)
    if not quiet:
        emit("\n".join(created_lines(revised, lang_now)) + "\n")


def update(  # noqa: PLR0913, PLR0917 - one parameter an option
    ctx: typer.Context,
    files: options.Files,
    baseline: File,
    add: Add = False,
    by: MaybeBy = None,
    why: MaybeWhy = None,
    until: Until = None,
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
    """Drop what is not found any more, keep the rest, and accept what is new with --add."""
    settings = _settings(select, ignore, severity, as_of, (region, profile), given)
    wishes = Wishes(sheets=tuple(sheet or ()), mapping=dict(pairs(mapping, "--map")))
    request = Request(
        files=tuple(files),
        settings=settings,
        wishes=wishes,
        lists=lists_given(lists),
        ledgers=tuple(ledger or ()),
        previous=tuple(previous or ()),
        rules_dir=rules,
        mapping=mapping_file,
        baseline=baseline,
    )
    if add and not (by and why):
        raise UsageError(*both("--add 要写明谁接受的（--by）和为什么（--why）。"))
    signed = _signed(by, why, until) if by and why else None
    from fupin_cli.jobs.baseline import update as run
    from fupin_cli.reports.baseline_page import updated_lines

    lang_now = language_of(ctx)
    with shown(lang_now, quiet=quiet) as progress:
        revised = run(request, signed, progress, add=add)
    _write(revised.baseline)
    if not quiet:
        emit("\n".join(updated_lines(revised, lang_now)) + "\n")


def show(  # noqa: PLR0913, PLR0917 - one parameter an option
    ctx: typer.Context,
    baseline: File,
    files: MaybeFiles = None,
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
    form: options.FormName = "terminal",
    mask: Masked = None,
    reveal: options.Reveal = False,
    quiet: options.Quiet = False,
    lang: options.Speak = None,  # noqa: ARG001 - read before the command line is parsed
) -> None:
    """List what is accepted: in force, ending soon, expired, not found any more; exit 0 whatever it is."""
    settings = _settings(None, None, "notice", as_of, (region, profile), given)
    request = Request(
        files=tuple(files or ()),
        settings=settings,
        wishes=Wishes(sheets=tuple(sheet or ()), mapping=dict(pairs(mapping, "--map"))),
        lists=lists_given(lists),
        ledgers=tuple(ledger or ()),
        previous=tuple(previous or ()),
        rules_dir=rules,
        mapping=mapping_file,
        baseline=baseline,
    )
    from fupin_cli.jobs.baseline import review
    from fupin_cli.reports.baseline_page import to_json, to_terminal

    look = Look(lang=language_of(ctx), masking=masking_asked(ctx, mask, reveal=reveal, health=False))
    with shown(look.lang, quiet=quiet) as progress:
        found = review(request, progress)
    show_form(form, lambda page: to_json(found, page.masking) if form == "json" else to_terminal(found, page), look)


def _settings(
    select: list[str] | None,
    ignore: list[str] | None,
    severity: str,
    as_of: str | None,
    place: tuple[str | None, str | None],
    given: list[str] | None,
) -> Settings:
    region, profile = place
    return Settings(
        today=today(),
        as_of=day(as_of, "--as-of"),
        region=region,
        profile=profile,
        select=parts(select),
        ignore=parts(ignore),
        severity=severity,
        given=given_parameters(given),
    )


def _signed(by: str, why: str, until: str | None) -> Signature:
    if not (by.strip() and why.strip()):
        raise UsageError(*both("--by 和 --why 不能是空的。"))
    last = day(until, "--until")
    if last is not None and last < today():
        raise UsageError(*both("--until {until}：这一天已经过去了。", until=until))
    return Signature(by.strip(), why.strip(), today(), last)


def _write(baseline: Baseline) -> None:
    """Put the baseline in its place, whole or not at all."""
    from fupin_cli.reports.baseline import baseline_text
    from fupin_cli.reports.output import written_beside

    with written_beside(baseline.file) as beside:
        beside.write_text(baseline_text(baseline), encoding="utf-8", newline="\n")
