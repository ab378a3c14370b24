"""`fupin audit`: options in, the audit job called, the report out, the exit code back."""

import os
from pathlib import Path
from typing import cast, get_args

import typer
from msgspec.structs import replace

from fupin_cli.catalogue import both, enumerated
from fupin_cli.cli import audit_options as own
from fupin_cli.cli import options
from fupin_cli.cli.annotating import Annotate, copies_of, target_asked, tell_copies
from fupin_cli.cli.arguments import day, lists_given, number_or_text, pairs, parts, today
from fupin_cli.cli.configuration import configuration
from fupin_cli.cli.environment import told_origins
from fupin_cli.cli.errors import COULD_NOT_RUN
from fupin_cli.cli.grouping import split, terminal_grouping
from fupin_cli.cli.help import language_of
from fupin_cli.cli.masking import Masked, masking_asked
from fupin_cli.cli.progress import shown
from fupin_cli.cli.stream import show_parts, tell
from fupin_cli.cli.verdicts import tell_verdicts, verdicts_asked
from fupin_cli.errors import OutputError, UsageError
from fupin_cli.jobs.request import Request
from fupin_cli.model.audit import Audit
from fupin_cli.model.rule import SEVERITIES
from fupin_cli.model.settings import Settings, Wishes
from fupin_cli.reports import AUDIT_FORMS, form_of, refuse_input, write
from fupin_cli.reports import parts as made_of
from fupin_cli.reports.words import Look


def audit(  # noqa: PLR0913, PLR0917 - one parameter an option
    ctx: typer.Context,
    files: options.Files,
    select: options.Select = None,
    ignore: options.Ignore = None,
    severity: options.Severity = "notice",
    fail_on: options.Fail = "error",
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
    baseline: options.BaselineFile = None,
    form: own.FormName = "terminal",
    output: own.Output = None,
    annotate: Annotate = None,
    statistics: own.Statistics = False,
    group_by: own.GroupedBy = None,
    top: own.Top = None,
    split_by: own.SplitBy = None,
    mask: Masked = None,
    reveal: options.Reveal = False,
    strict: options.Strict = False,
    quiet: options.Quiet = False,
    lang: options.Speak = None,  # noqa: ARG001 - read before the command line is parsed
) -> None:
    """Check workbooks against the rules; exit 1 when there are findings."""
    allowed(fail_on)
    verdicts, report, output = verdicts_asked(form, output)
    shown_as = report if output is None else form_of(output, report, AUDIT_FORMS)
    grouping = terminal_grouping(group_by, top, statistics=statistics, terminal=shown_as == "terminal")
    grouping = replace(grouping, split=split(split_by, workbook=shown_as == "xlsx"))
    look = replace(grouping, lang=language_of(ctx), masking=masking_asked(ctx, mask, reveal=reveal))
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
        baseline=baseline,
        mapping=mapping_file,
        figures=shown_as == "html",
        verdicts=verdicts,
        health=not look.masking.health,
    )
    for path in filter(None, (output, verdicts)):
        _refuse(request, path)
    target = target_asked(request, annotate, output)
    with shown(look.lang, quiet=quiet) as progress:
        from fupin_cli.jobs.audit import run

        found = run(request, progress)
        found = replace(found, notes=(*told_origins(ctx), *found.notes))
        if output is not None:
            progress("reports", 0, 0)
            write(found, output, shown_as, look)
        copies = copies_of(found, request, target, look.lang, progress)
    if output is not None:
        _tell_written(found, output, look, quiet=quiet)
    else:
        show_parts(shown_as, lambda page: made_of(found, shown_as, page), look)
    tell_verdicts(verdicts, look.lang, quiet=quiet)
    left_out = tell_copies(copies, target, look.lang, quiet=quiet)
    raise typer.Exit(COULD_NOT_RUN if left_out else exit_code(found, fail_on, strict=strict))


def allowed(text: str) -> options.FailOn | int:
    """Return what --fail-on says: a word, or how many findings are allowed.

    Raises:
        UsageError: it is neither.
    """
    if text in get_args(options.FailOn):
        return cast("options.FailOn", text)
    if text.isdecimal():
        return int(text)
    words = get_args(options.FailOn)
    raise UsageError(
        *both(
            "--fail-on {text}：可以是 {words}，或一个数（超过这么多处时退出码为 1）。",
            text=text,
            words=enumerated(words),
        )
    )


def exit_code(audit: Audit, fail_on: str, *, strict: bool) -> int:
    """Return 3 when something could not be run, 1 at findings that `fail_on` names or more than it allows, else 0."""
    if audit.failed_files:
        return COULD_NOT_RUN
    if strict and any(skipped.reason in {"column", "parameter"} for skipped in audit.not_run):
        return COULD_NOT_RUN
    limit = allowed(fail_on)
    if isinstance(limit, int):
        return int(len(audit.findings) > limit)
    if limit == "never":
        return 0
    if limit == "unknown":
        return int(bool(audit.findings) or any(counts.unknown for counts in audit.counts.values()))
    reached = SEVERITIES[: SEVERITIES.index(limit) + 1]
    return int(any(finding.severity in reached for finding in audit.findings))


def _refuse(request: Request, output: Path) -> None:
    """Tell that a report cannot stand where it is asked for before the work, not after it."""
    from fupin_cli.reports.output import refuse_place

    earlier = (each for each in request.previous if isinstance(each, Path))
    refuse_input(output, [*request.files, *earlier, *request.ledgers, *(file for _, file in request.lists)])
    if any(output.resolve() == file.resolve() for file in (request.baseline, request.mapping) if file):
        raise OutputError(
            *both(
                "{output}：本次要用这个文件（--baseline 或 --mapping），不会覆盖；请给报告另起文件名。", output=output
            )
        )
    refuse_place(output)


def _tell_written(audit: Audit, output: Path, look: Look, *, quiet: bool) -> None:
    lang = look.lang
    for path, zh, en in audit.failed_files:
        told = en if lang == "en" else zh
        tell(told if path in told else f"{path}: {told}")
    if not quiet:
        from fupin_cli.reports.summary import counts_line
        from fupin_cli.reports.withheld import audit_as_shown

        said = counts_line(audit_as_shown(audit, look), lang)
        tell(both("报告已写入 {output}。{said}", output=output, said=said)[lang == "en"])


def given_parameters(given: list[str] | None) -> dict[str, float | str]:
    """Return the values of fupin.toml, those of --set before them."""
    return {
        **configuration(os.environ).parameters,
        **{name: number_or_text(value) for name, value in pairs(given, "--set")},
    }
