"""`fupin round collect`: sheets as villages return them in; their answers in the ledger, and what became of each line, out."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from msgspec import Struct

from fupin_cli.catalogue import both
from fupin_cli.engines import open_engine
from fupin_cli.errors import FupinError, UsageError
from fupin_cli.jobs.compiled import compiled
from fupin_cli.jobs.doubt_lines import read_lines
from fupin_cli.jobs.files import Source, expanded, sha256
from fupin_cli.jobs.layouts import skipped
from fupin_cli.jobs.returned_lines import Known, Met, conflicts, met
from fupin_cli.jobs.round_close import last_round
from fupin_cli.model.doubt_sheet import Collected, ReturnedFile
from fupin_cli.model.round import Status, Taken
from fupin_cli.rounds import (
    Answer,
    Ledger,
    LineKept,
    Moment,
    doubt_keys,
    doubts,
    issued,
    known_as,
    mark,
    open_ledger,
    record_answers,
)
from fupin_cli.values.text import fold

Note = tuple[str, str]  # zh, en
_WAITING: tuple[Status, ...] = ("issued",)
_AGAIN = both("以前已经收过，没有变化")


class Collecting(Struct, frozen=True):
    """What came back."""

    folder: Path
    files: tuple[Path, ...]
    at: str  # ISO moment
    who: str
    number: int | None = None  # None: the last round


class _Batch(Struct):
    """All files of one call as they were read."""

    lines: list[tuple[Met, str]]  # with the sha256 of their file
    files: list[str]
    notes: list[Note]
    failed: list[tuple[str, str, str]]


def run(asked: Collecting) -> Collected:
    """Read every file and take the answers; a file that cannot be read is told, the rest goes on.

    Raises:
        UsageError: no such round, or nothing of it was handed out.
        InputError: no ledger.
        OutputError: the ledger cannot be written, or another process is writing it.
    """
    with open_ledger(asked.folder) as ledger:
        number = _number(ledger, asked.number)
        known = _known(ledger, number)
        batch = _read(asked.files, known)
        lines = conflicts([line for line, _ in batch.lines])
        hashes = [sha for _, sha in batch.lines]
        answers = [_answer(line, sha) for line, sha in zip(lines, hashes, strict=True) if line.taken]
        key = mark(number, *sorted(repr((each.doubt, each.sha256, each.row, each.cells)) for each in answers))
        with ledger.step("collect", key, asked.at, asked.who) as step:
            new = [False] * len(answers)
            if not step.done:
                new = record_answers(ledger, answers, Moment(number, asked.at, asked.who))
        fresh = iter(new)
        told = [_told(line, next(fresh)) if line.taken else line for line in lines]
        return _collected(ledger, number, batch, told)


def _number(ledger: Ledger, asked: int | None) -> int:
    number = last_round(ledger).number if asked is None else asked
    if not issued(ledger, number):
        raise UsageError(
            *both(
                "第 {number} 轮还没有下发过疑点表，没有可收回的；先用 fupin round issue -d {folder} -o 文件夹。",
                number=number,
                folder=ledger.folder,
            )
        )
    return number


def _known(ledger: Ledger, number: int) -> Known:
    """Return what is known of the lines that were handed out."""
    lines = issued(ledger, number)
    return Known(
        round=number,
        campaign=ledger.mark,
        questions=_questions(lines),
        ids={
            **{fold(finding): doubt for finding, doubt in known_as(ledger).items()},
            **{fold(each.id): each.id for each in doubt_keys(ledger)},
        },
    )


def _questions(lines: Sequence[LineKept]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for line in lines:
        found[line.doubt].add(line.question)
    return dict(found)


def _read(paths: Sequence[Path], known: Known) -> _Batch:
    dictionary = compiled(None).source.dictionary
    batch = _Batch([], [], [], [])
    with closing(open_engine()) as engine:
        for number, source in enumerate(expanded(paths)):
            if source.skipped:
                batch.notes.append(skipped(source))
                continue
            if source.failed:
                batch.failed.append((str(source.file), *source.failed))
                continue
            try:
                found = read_lines(engine, source, number, dictionary)
            except FupinError as error:
                batch.failed.append((str(source.file), error.zh, error.en))
                continue
            batch.notes += found.notes
            if not found.columns:
                batch.failed.append((str(source.file), *_NOT_A_SHEET))
                continue
            batch.files.append(str(source.file))
            hashed = _hash(source)
            batch.lines += [(met(line, known), hashed) for line in found.lines]
    return batch


_NOT_A_SHEET = both("没有找到疑点表：要找的是一行表头，含“疑点编号”和“是否属实”等；请核对是不是下发的表。")


def _hash(source: Source) -> str:
    path = source.file if source.member is None else source.member.archive
    return sha256(Path(path))


def _answer(line: Met, sha: str) -> Answer:
    return Answer(line.doubt or "", line.line.file, sha, line.line.row, line.answer, line.day)


def _told(line: Met, new: bool) -> Met:
    return line if new else line.repeated(_AGAIN)


def _collected(ledger: Ledger, number: int, batch: _Batch, lines: Sequence[Met]) -> Collected:
    handed: dict[str, set[str]] = defaultdict(set)
    for each in issued(ledger, number):
        handed[each.file].add(each.doubt)
    there = {line.doubt for line in lines if line.doubt}
    waiting = {each.id for each in doubts(ledger, number, status=_WAITING)}
    homes = {doubt: file for file, ids in handed.items() for doubt in ids}
    seen: set[str] = set()
    files = []
    for file in batch.files:
        own = [line for line in lines if line.line.file == file]
        sheets = {homes[line.doubt] for line in own if line.doubt in homes} - seen
        seen |= sheets
        missing = sorted(doubt for sheet in sheets for doubt in handed[sheet] if doubt in waiting - there)
        kinds = Counter(line.kind for line in own)
        files.append(
            ReturnedFile(file, kinds["taken"], kinds["refused"], kinds["blank"], kinds["again"], tuple(missing))
        )
    left = tuple(
        (file, len(ids & waiting)) for file, ids in sorted(handed.items()) if not ids & there and ids & waiting
    )
    taken = tuple(_record(line) for line in lines)
    return Collected(number, tuple(files), taken, left, tuple(batch.notes), tuple(batch.failed))


def _record(line: Met) -> Taken:
    return Taken(line.line.file, line.line.row, line.doubt, line.kind == "taken", line.zh, line.en)
