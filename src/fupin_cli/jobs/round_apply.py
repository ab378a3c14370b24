"""`fupin round apply`: confirmed 更正值 in; copies of the registry that hold them, each proven by an audit of the copy, out."""

import hashlib
import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import replace

from fupin_cli.catalogue import both
from fupin_cli.jobs.clean import JSONL, XLSX, address, whole_folder
from fupin_cli.jobs.clean import sha256 as hash_of
from fupin_cli.jobs.clean_copies import Copied, is_rewritable, write_copy
from fupin_cli.jobs.clean_places import changed_format, places_below, refuse_folder
from fupin_cli.jobs.clean_proof import unproven
from fupin_cli.jobs.clean_seen import Reading, Seen, Wanted, seen
from fupin_cli.jobs.corrections import Aimed, aimed, corrections_of
from fupin_cli.jobs.files import Source, expanded
from fupin_cli.jobs.request import Progress, Request
from fupin_cli.jobs.round_audit import named
from fupin_cli.jobs.round_audit import seen as audited
from fupin_cli.jobs.round_close import last_round
from fupin_cli.jobs.round_request import all_severities, request_of
from fupin_cli.model.correction import Applied, NotApplied
from fupin_cli.model.fix import Cleaned, CleanedFile, Fix, Repair
from fupin_cli.model.masking import STANDARD, Masking
from fupin_cli.model.sheet import Kind
from fupin_cli.reports.clean_log import write_log
from fupin_cli.reports.clean_xlsx import write_changes
from fupin_cli.reports.words import Look
from fupin_cli.rounds import Change, Ledger, Moment, change_status, doubts, known_as, mark, open_ledger, sources
from fupin_cli.values.days import day_of
from fupin_cli.values.percents import percent_number, percent_text
from fupin_cli.values.text import fold

REPAIR = Repair(
    "ROUND", *both("核实更正"), False,
    *both("村里核实属实并写了更正值。")
)  # fmt: skip
_NUMBER = re.compile(r"-?\d{1,15}(\.\d+)?")
_MOST = 8  # audits of the copies; what is not proven by then is taken back


class Applying(Struct, frozen=True):
    """What is to be written."""

    folder: Path
    output: Path  # a new folder
    at: str  # ISO moment
    who: str
    today: date
    files: tuple[Path, ...] = ()  # (): those of the last round
    masking: Masking = STANDARD  # of changes.xlsx; changes.jsonl hides nothing


class _Copies(Struct):
    """The copies as they are made and proven."""

    folder: Path
    sources: dict[Path, Source]
    below: dict[Path, str]
    parts: dict[Path, dict[str, str]]
    fixes: dict[Path, dict[str, Fix]] = field(default_factory=dict)
    copied: dict[Path, Copied] = field(default_factory=dict)
    left: list[tuple[Fix, str, str]] = field(default_factory=list)

    def write(self, files: Sequence[Path]) -> None:
        """Write the copies of some files; cells that cannot be written are left."""
        for file in files:
            fixes = list(self.fixes.get(file, {}).values())
            self.copied[file] = write_copy(
                self.sources[file], self.folder / self.below[file], fixes, self.parts.get(file, {})
            )
            self.leave(self.copied[file].left)

    def leave(self, fixes: Sequence[tuple[Fix, str, str]]) -> None:
        """Take fixes back."""
        for fix, zh, en in fixes:
            del self.fixes[fix.file][address(fix)]
            self.left.append((fix, zh, en))


def run(asked: Applying, progress: Progress = lambda _stage, _done, _total: None) -> Applied:
    """Write every correction that can be proven; the originals stay as they are.

    Raises:
        UsageError: no round, or a folder that holds something.
        InputError: no ledger, or the registry cannot be read.
        OutputError: the folder or the ledger cannot be written.
    """
    with open_ledger(asked.folder) as ledger:
        current = last_round(ledger)
        files = asked.files or tuple(Path(path) for path in sources(ledger, current.number))
        request = all_severities(request_of(current.settings, files, asked.today))
        there = [one for one in expanded(files) if not one.skipped]
        refuse_folder(asked.output, files, [one.member.archive if one.member else one.file for one in there])
        found, refused = _aimed(ledger, current.number, request, progress)
        before = seen(request, Wanted(at=[one.at for one in found] or [(Path(), "", 0, 0)]), progress)
        fixes = [_fix(one, before.readings.get(one.at)) for one in found]
        failed = {path for path, _, _ in before.failed}
        read = {one.file: one for one in there if str(one.file) not in failed}
        with whole_folder(asked.output) as folder:
            work = _Copies(folder, read, places_below(files, read.values()), _parts(before))
            _prove(work, request, before, [fix for fix in fixes if fix is not None], progress)
            cleaned = Cleaned(_files(work, asked.output), (REPAIR,), before.notes, before.failed)
            write_log(cleaned, folder / JSONL)
            write_changes(cleaned, folder / XLSX, Look(masking=asked.masking))
        held, left = _became(work, found, fixes)
        _enter(ledger, asked, current.number, held, cleaned)
    failures = tuple(both("{path}：{why}", path=path, why=(zh, en)) for path, zh, en in before.failed)
    return Applied(current.number, str(asked.output), held, (*refused, *left), cleaned, failures)


def _aimed(ledger: Ledger, number: int, request: Request, progress: Progress) -> tuple[list[Aimed], list[NotApplied]]:
    with audited(request, progress) as now:
        names = {each.found_as: each.doubt for each in named(now, known_as(ledger))}
        findings = {names[one.id]: one for one in reversed(now.audit.findings) if one.id in names}
        wanted = doubts(ledger, number, status=("answered", "confirmed"))
        return aimed(now.judged, corrections_of(wanted, now.judged.book.dictionary), findings)


def _fix(one: Aimed, held: Reading | None) -> Fix | None:
    """Return the cell as it is to be; None where the cell is none of a table's own."""
    if held is None:
        return None
    sheet, who = one.layout.sheet, one.correction
    kind, text = _written(who.given, held)
    return Fix(
        REPAIR.id, sheet.file, sheet.name, one.row, one.mapped.index, f"{one.mapped.letter}{one.row}", one.mapped.column,
        held.text, held.kind, text, kind, *both("核实更正，疑点 {doubt}", doubt=who.doubt)
    )  # fmt: skip


def _written(given: str, held: Reading) -> tuple[Kind, str]:
    """Return a number as a number, a percent as a percent and a day as a day where the cell held one, else a text."""
    plain = fold(given)
    day = day_of(given)
    if held.kind is Kind.DATE and day is not None:
        return Kind.DATE, day.isoformat()
    if held.kind is Kind.NUMBER and _NUMBER.fullmatch(plain):
        number = float(plain)
        return Kind.NUMBER, str(int(number)) if number.is_integer() else repr(number)
    if held.kind is Kind.PERCENT and _NUMBER.fullmatch(plain.removesuffix("%")):
        return Kind.PERCENT, percent_text(percent_number(plain))
    return Kind.TEXT, given


def _parts(before: Seen) -> dict[Path, dict[str, str]]:
    found: dict[Path, dict[str, str]] = {}
    for (file, name), sheet in before.sheets.items():
        found.setdefault(file, {})[name] = sheet.part
    return found


def _prove(work: _Copies, request: Request, before: Seen, fixes: Sequence[Fix], progress: Progress) -> None:
    """Write and read again until no correction is left that cannot be read or that makes an error which was not there."""
    for fix in fixes:
        work.fixes.setdefault(fix.file, {})[address(fix)] = fix
    for file in work.fixes:
        if not is_rewritable(work.sources[file]):
            work.below[file] = changed_format(work.below[file], work.below.values())
    work.write(list(work.sources))
    errors = replace(request, settings=replace(request.settings, severity="error"))
    for rounds in range(1, _MOST + 1):
        if not any(work.fixes.values()):
            return
        bad = unproven(work, errors, before, rounds, progress)
        if not bad:
            return
        work.leave(bad)
        work.write(list(dict.fromkeys(fix.file for fix, _, _ in bad)))
    rest = [(fix, *_UNPROVEN) for own in work.fixes.values() for fix in own.values()]
    work.leave(rest)
    work.write(list(work.sources))


_UNPROVEN = both("更正后的表核查不出结果，没有写")
_UNREAD = both("更正值读不成这一列的内容，没有写")
_WRONG, _WRONG_EN = both("更正后这一行会出现原来没有的错误（{rule}），没有写；请再核实")
_RULE = re.compile(r"（([A-Z]+\d+)[^）]*）")


def _files(work: _Copies, output: Path) -> tuple[CleanedFile, ...]:
    found = []
    for file, source in work.sources.items():
        fixes, copy = tuple(work.fixes.get(file, {}).values()), work.folder / work.below[file]
        before = hash_of(source) if fixes else ""
        after = hashlib.sha256(copy.read_bytes()).hexdigest() if fixes else ""
        left = tuple((address(fix), zh, en) for fix, zh, en in work.left if fix.file == file)
        notes = work.copied[file].notes if fixes else ()
        found.append(CleanedFile(file, output / work.below[file], fixes, left, work.below[file], notes, before, after))
    return tuple(found)


def _became(
    work: _Copies, found: Sequence[Aimed], fixes: Sequence[Fix | None]
) -> tuple[tuple[str, ...], tuple[NotApplied, ...]]:
    """Return the doubts whose correction stands in a copy, and why the others do not."""
    why = {(fix.file, address(fix)): (zh, en) for fix, zh, en in work.left}
    held: list[str] = []
    left: list[NotApplied] = []
    for one, fix in zip(found, fixes, strict=True):
        doubt = one.correction.doubt
        if fix is None:
            left.append(NotApplied(doubt, *both("这一格不能改写，没有写")))
        elif (fix.file, address(fix)) in why:
            left.append(NotApplied(doubt, *_said(*why[fix.file, address(fix)])))
        else:
            held.append(doubt)
    return tuple(held), tuple(left)


def _said(zh: str, en: str) -> tuple[str, str]:
    """Say of a correction what the proof of repairs says of a repair."""
    if found := _RULE.search(zh):
        return _WRONG.format(rule=found[1]), _WRONG_EN.format(rule=found[1])
    return _UNREAD if zh.startswith("改后读出") else (zh, en)


def _enter(ledger: Ledger, asked: Applying, number: int, held: Sequence[str], cleaned: Cleaned) -> None:
    """Enter that a doubt is true and its correction stands in a copy; the data strikes it off when the round is closed."""
    proofs = "；".join(f"{one.below} sha256:{one.sha256_after}" for one in cleaned.files if one.sha256_after)
    with ledger.step("apply", mark(number, proofs, *sorted(held)), asked.at, asked.who) as step:
        if not step.done:
            when = Moment(number, asked.at, asked.who)
            change_status(ledger, [Change(doubt, "confirmed", f"更正值已写入副本 {proofs}") for doubt in held], when)
