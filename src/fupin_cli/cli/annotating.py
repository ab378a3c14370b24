"""--annotate in; where annotated copies go, the copies written, and what is said of them, out."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fupin_cli.cli.language import say
from fupin_cli.cli.stream import tell
from fupin_cli.errors import UsageError
from fupin_cli.jobs.request import Progress, Request
from fupin_cli.model.audit import Audit
from fupin_cli.reports.words import Lang

if TYPE_CHECKING:
    from fupin_cli.jobs.annotate import Annotated as Copies
    from fupin_cli.jobs.annotate import Target

Annotate = Annotated[
    Path | None,
    typer.Option(
        "--annotate",
        metavar=say("文件", "FILE"),
        help=say(
            "另写一份批注副本：有问题的格子着色、加批注，右边加“审核意见”列，末尾加疑点表；多个文件时写文件夹名。副本不遮盖。",
            "Also write an annotated copy: faulty cells coloured, with comments, a column of findings and a sheet that lists "
            "them; a folder for several files. The copy is not masked.",
        ),
        show_default=False,
    ),
]


def target_asked(request: Request, output: Path | None, report: Path | None) -> "Target | None":
    """Return where the copies go; what cannot stand there is told before the work."""
    if output is None:
        return None
    from fupin_cli.jobs.annotate import target_of

    if report is not None and output.resolve() == report.resolve():
        raise UsageError(
            f"-o 和 --annotate 都是 {output}：报告和批注副本请写两个文件名。",
            f"-o and --annotate both say {output}: give the report and the annotated copy a name each.",
        )
    earlier = [each for each in request.previous if isinstance(each, Path)]
    others = [*earlier, *request.ledgers, *(file for _, file in request.lists)]
    return target_of(request.files, output, others)


def copies_of(
    audit: Audit, request: Request, target: "Target | None", lang: Lang, progress: Progress
) -> "Copies | None":
    """Write the copies."""
    if target is None:
        return None
    from fupin_cli.jobs.annotate import annotate

    return annotate(audit, request.files, target, lang, progress)


def tell_copies(copies: "Copies | None", lang: Lang, *, quiet: bool) -> bool:
    """Say on standard error what was written and what was not; return whether something was not."""
    if copies is None:
        return False
    english = lang == "en"
    for _, zh, en in copies.failed:
        tell(en if english else zh)
    if not quiet:
        for copy in copies.copies:
            tell(
                f"Annotated copy: {copy.path}, {copy.findings} finding(s) marked."
                if english
                else f"批注副本已写入 {copy.path}，标出 {copy.findings} 处问题。"
            )
            for note in copy.notes:
                tell(f"  {note[english]}")
        if copies.elsewhere:
            tell(
                f"{copies.elsewhere} finding(s) are about lists or ledgers, which are not annotated: see the report."
                if english
                else f"另有 {copies.elsewhere} 处问题在比对名单或台账里，名单、台账不批注，见报告。"
            )
        if copies.copies:
            tell(
                "Copies of a registry are not masked: they hold names and certificate numbers, so keep them safe."
                if english
                else "副本与原件一样没有遮盖，含姓名、证件号码等个人信息，请妥善保管。"
            )
    return bool(copies.failed)
