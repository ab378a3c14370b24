"""--annotate in; where annotated copies go, the copies written, and what is said of them, out."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fupin_cli.catalogue import both
from fupin_cli.cli.language import say
from fupin_cli.cli.stream import tell
from fupin_cli.errors import UsageError
from fupin_cli.jobs.request import Progress, Request
from fupin_cli.model.audit import Audit
from fupin_cli.reports.words import Lang

if TYPE_CHECKING:
    from fupin_cli.jobs.annotate import Annotated as Copies
    from fupin_cli.jobs.annotate import Target

_NAMED = 5  # copies that a remark names
Annotate = Annotated[
    Path | None,
    typer.Option(
        "--annotate",
        metavar=say(*both("文件", "metavar")),
        help=say(
            *both(
                "另写一份批注副本：有问题的格子着色、加批注，右边加“审核意见”列，末尾加疑点表；多个文件时写文件夹名。副本不遮盖。"
            )
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
        raise UsageError(*both("-o 和 --annotate 都是 {output}：报告和批注副本请写两个文件名。", output=output))
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


def tell_copies(copies: "Copies | None", target: "Target | None", lang: Lang, *, quiet: bool) -> bool:
    """Say on standard error what was written and what was not; return whether something was not."""
    if copies is None or target is None:
        return False
    for _, zh, en in copies.failed:
        tell(en if lang == "en" else zh)
    if not quiet:
        for zh, en in _written(copies, target):
            tell(en if lang == "en" else zh)
    return bool(copies.failed)


def _written(copies: "Copies", target: "Target") -> Iterator[tuple[str, str]]:
    """Yield what is to be said of the copies that were written, (zh, en)."""
    n, books, findings = len(copies.copies), copies.copies, sum(copy.findings for copy in copies.copies)
    if n and target.alone:
        yield both("批注副本已写入 {path}，标出 {findings} 处问题。", path=target.path, findings=findings)
    elif n:
        yield both(
            "批注副本已写入 {path}：{n} 个工作簿，标出 {findings} 处问题。", path=target.path, n=n, findings=findings
        )
    for note in dict.fromkeys(note for copy in books for note in copy.notes):
        names = [copy.path.name for copy in books if note in copy.notes]
        named = "、".join(names[:_NAMED]) + ("…" if len(names) > _NAMED else "")
        yield both("  {named}：{note}", named=named, note=note)
    if copies.elsewhere:
        yield both("另有 {elsewhere} 处问题在比对名单或台账里，名单、台账不批注，见报告。", elsewhere=copies.elsewhere)
    if n:
        yield both("副本与原件一样没有遮盖，含姓名、证件号码等个人信息，请妥善保管。")
