"""`fupin round issue`: the doubts of the last round in; one 疑点数据 workbook a township or village, and the ledger that knows of it, out."""

import re
from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date
from pathlib import Path
from typing import Literal

from msgspec import Struct

from fupin_cli.catalogue import both
from fupin_cli.errors import OutputError
from fupin_cli.jobs.files import sha256
from fupin_cli.jobs.round_close import last_round
from fupin_cli.jobs.round_people import People, people_of
from fupin_cli.model.doubt_sheet import DoubtSheet, IssuedFile, IssuedSheets, SheetLine, question_hash
from fupin_cli.model.round import Doubt, Status
from fupin_cli.reports.doubt_sheet import write_doubt_sheet
from fupin_cli.reports.output import unwritable, written_beside
from fupin_cli.rounds import (
    Issued,
    Ledger,
    Moment,
    RoundKept,
    doubt_keys,
    doubts,
    issued,
    mark,
    open_ledger,
    record_issue,
)
from fupin_cli.values.mask import mask

_WAITING: tuple[Status, ...] = ("open", "issued", "reappeared")
_UNFIT = re.compile(r'[\\/:*?"<>|\x00-\x1f]')
_NOWHERE = ("乡镇不详", "村不详")


class Issuing(Struct, frozen=True):
    """What is to be handed out."""

    folder: Path
    output: Path  # a folder
    at: str  # ISO moment
    who: str
    today: date
    by: Literal["乡", "村"] = "村"
    deadline: date | None = None  # None: each doubt's own, that of its round
    status: tuple[Status, ...] = _WAITING
    masked: bool = False


def run(asked: Issuing) -> IssuedSheets:
    """Write the sheets and enter them in the ledger; run again, it writes the same files.

    Raises:
        UsageError: no round.
        InputError: no ledger.
        OutputError: a file cannot be written, or one that was filled in stands in its place.
    """
    with open_ledger(asked.folder) as ledger:
        current = last_round(ledger)
        people = people_of(ledger, current, asked.today)
        sheets = _sheets(ledger, current, asked, people)
        lines, files = _written(ledger, sheets, asked.output)
        key = mark(current.number, sorted({(line.file, line.sha256) for line in lines}))
        with ledger.step("issue", key, asked.at, asked.who) as step:
            if not step.done:
                record_issue(ledger, lines, Moment(current.number, asked.at, asked.who))
            again = step.done
    return IssuedSheets(current.number, str(asked.output), files, asked.masked, again, people.notes)


def _sheets(ledger: Ledger, current: RoundKept, asked: Issuing, people: People) -> list[DoubtSheet]:
    """Return the sheets, by place; two places whose names make one file name get a number."""
    certificates = {each.id: each.certificate for each in doubt_keys(ledger)}
    places: dict[tuple[str, str], list[Doubt]] = defaultdict(list)
    for doubt in doubts(ledger, current.number, status=asked.status):
        village = (doubt.village or _NOWHERE[1]) if asked.by == "村" else ""
        places[doubt.township or _NOWHERE[0], village].append(doubt)
    taken: set[str] = set()
    sheets = []
    for (township, village), found in sorted(places.items()):
        found.sort(key=lambda each: (each.village or "", each.household or "", each.person or "", each.id))
        county = next((people.county(each) for each in found if people.county(each)), "")
        name = _file_name([township, village], current.number, taken)
        lines = tuple(_line(each, certificates.get(each.id) or "", current, asked, people) for each in found)
        deadlines = {asked.deadline or each.deadline for each in found}
        sheets.append(
            DoubtSheet(
                name, "".join((county, township, village)), ledger.mark, current.number, current.opened,
                deadlines.pop() if len(deadlines) == 1 else None, asked.masked, asked.by == "村", lines,
            )
        )  # fmt: skip
    return sheets


def _file_name(parts: Sequence[str], number: int, taken: set[str]) -> str:
    stem = "_".join(_UNFIT.sub("_", part)[:60].strip(". ") or "_" for part in parts if part)
    name, n = f"{stem}_第{number}轮疑点.xlsx", 1
    while name.lower() in taken:
        n += 1
        name = f"{stem}_第{number}轮疑点_{n}.xlsx"
    taken.add(name.lower())
    return name


def _line(doubt: Doubt, certificate: str, current: RoundKept, asked: Issuing, people: People) -> SheetLine:
    deadline = asked.deadline or doubt.deadline
    question = {
        "轮次": str(current.number), "疑点编号": doubt.id, "县": people.county(doubt), "乡": doubt.township or "",
        "村": doubt.village or "", "户编号": doubt.household or "", "户主姓名": people.head(doubt),
        "人编号": doubt.person_code or "", "姓名": doubt.person or "", "证件号码": certificate,
        "规则": f"{doubt.rule} {doubt.rule_name}", "疑点": doubt.message, "疑点列": doubt.column or _only_column(doubt),
        "系统值": seen_values(doubt), "政策依据": doubt.basis, "怎么办": doubt.fix + _said_before(doubt),
        "完成时限": deadline.isoformat() if deadline else "",
    }  # fmt: skip
    if asked.masked:
        question = _masked(question)
    return SheetLine(doubt.id, doubt.severity, question)


def _said_before(doubt: Doubt) -> str:
    """Return what was answered before, beside the question: an answer cell filled in by us would come back as a new answer."""
    said = [
        f"{column} {doubt.answer[column]}"
        for column in ("是否属实", "核实情况", "整改结果")
        if doubt.answer.get(column)
    ]
    return f"\n（以前的反馈：{'；'.join(said)}）" if said else ""


def _only_column(doubt: Doubt) -> str:
    return next(iter(doubt.values)) if len(doubt.values) == 1 else ""


def seen_values(doubt: Doubt) -> str:
    """Return the values seen, with the cells they stood in."""
    lines = [f"{column}：{text or '空'}" for column, text in doubt.values.items()]
    where = f"{doubt.sheet}!" if doubt.sheet else ""
    if doubt.cells:
        lines.append(f"（{where}{'、'.join(doubt.cells)}）")
    elif doubt.row is not None:
        lines.append(f"（{where}第{doubt.row}行）")
    return "\n".join(lines)


def _masked(question: dict[str, str]) -> dict[str, str]:
    """Return the question with names and numbers masked wherever they stand in it."""
    kinds = {"户主姓名": "姓名", "姓名": "姓名", "证件号码": "证件"}
    hidden = {question[column]: mask(question[column], kind) for column, kind in kinds.items() if question[column]}
    number = re.compile(r"(?<!\d)\d{15,17}[\dXx]")
    shown = {}
    for column, text in question.items():
        if column in {"户编号", "人编号", "疑点编号"}:
            shown[column] = text
            continue
        for secret, instead in sorted(hidden.items(), key=lambda each: -len(each[0])):
            text = text.replace(secret, instead)  # noqa: PLW2901 - each secret in turn
        shown[column] = number.sub(lambda found: mask(found.group(), "证件"), text)
    return shown


def _written(ledger: Ledger, sheets: Sequence[DoubtSheet], folder: Path) -> tuple[list[Issued], tuple[IssuedFile, ...]]:
    """Write every sheet beside its place and put it there."""
    known: dict[str, set[str]] = defaultdict(set)
    for line in issued(ledger):
        known[line.file].add(line.sha256)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise unwritable(folder, error) from error
    lines: list[Issued] = []
    for sheet in sheets:
        target = folder / sheet.file
        with written_beside(target) as beside:
            write_doubt_sheet(beside, sheet)
            hashed = sha256(beside)
            _refuse_filled_in(target, {*known[sheet.file], hashed})
        lines += [Issued(line.doubt, sheet.file, hashed, question_hash(line.question)) for line in sheet.lines]
    return lines, tuple(IssuedFile(sheet.file, len(sheet.lines)) for sheet in sheets)


def _refuse_filled_in(target: Path, ours: Collection[str]) -> None:
    """Refuse to write over a sheet somebody worked in, or a file that is none of ours."""
    if target.exists() and (not target.is_file() or sha256(target) not in ours):
        raise OutputError(
            *both(
                "{target}：这里已有同名文件，而且下发后被改过（可能已填写），没有覆盖；请先收回（fupin round "
                "collect）并移走，或换一个文件夹。",
                target=target,
            )
        )
