"""`fupin clean --undo`: the log beside the copies in; the copies with every original value back out."""

from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct

from fupin_cli.catalogue import both
from fupin_cli.errors import InputError
from fupin_cli.jobs.clean import whole_folder
from fupin_cli.jobs.clean_copies import new_cell
from fupin_cli.jobs.clean_places import refuse_folder
from fupin_cli.jobs.clean_seen import Reading, raw_cells
from fupin_cli.model.sheet import Kind
from fupin_cli.reports.clean_log import Logged, read_log
from fupin_cli.sheets.delimited import manner_of
from fupin_cli.sheets.formats import Format, identify
from fupin_cli.sheets.package import open_package
from fupin_cli.workbooks import NewCell, rewrite
from fupin_cli.workbooks.text_tables import rewrite_text

Said = tuple[str, str]  # zh, en


class Undone(Struct, frozen=True):
    """What was restored."""

    files: int
    restored: int  # cells
    refused: tuple[Said, ...]  # cells that hold something else now, files that are gone
    notes: tuple[Said, ...]


def undo(log: Path, output: Path) -> Undone:
    """Restore the original values of the copies beside a log, in copies of them below `output`.

    Raises:
        InputError: the log cannot be read, or none of its files is there.
        UsageError: `output` holds something, or the copies.
        OutputError: it cannot be written; then nothing is in it.
    """
    by_file: dict[str, list[Logged]] = {}
    for line in read_log(log):
        by_file.setdefault(line.copy, []).append(line)
    refuse_folder(output, [log], [log.parent / copy for copy in by_file])
    if by_file and not any((log.parent / copy).is_file() for copy in by_file):
        raise InputError(*both("{log}：旁边没有记录里的副本；请把 changes.jsonl 放回它原来的文件夹。", log=log))
    restored, refused, notes = 0, list[Said](), list[Said]()
    with whole_folder(output) as folder:
        for copy, lines in by_file.items():
            source = log.parent / copy
            if not source.is_file():
                refused.append(both("{copy}：文件不在了，没有还原。", copy=copy))
                continue
            good, changed = _unchanged(source, lines)
            refused += [(_changed(copy, one)) for one in changed]
            target = folder / copy
            target.parent.mkdir(parents=True, exist_ok=True)
            restored += len(good)
            _restore(source, target, good)
            if Path(lines[0].file).suffix.lower() != Path(copy).suffix.lower():
                notes.append(_of_values(copy, lines[0].file))
    return Undone(len(by_file), restored, tuple(refused), tuple(notes))


def _unchanged(source: Path, lines: Sequence[Logged]) -> tuple[list[Logged], list[Logged]]:
    """Part the cells that still hold what was written from those that do not."""
    at: dict[str, list[tuple[int, int]]] = {}
    for line in lines:
        at.setdefault(line.sheet, []).append((line.row, line.index))
    held = raw_cells(source, at)
    good = [line for line in lines if _holds(held.get((line.sheet, line.row, line.index)), line)]
    kept = {id(line) for line in good}
    return good, [line for line in lines if id(line) not in kept]


def _holds(held: Reading | None, line: Logged) -> bool:
    if held is None:
        return line.after is None
    if line.after is None:
        return held.text is None
    return held.text == line.after and held.kind in (line.after_kind, Kind.TEXT)


def _restore(source: Path, target: Path, lines: Sequence[Logged]) -> None:
    if identify(source) is Format.TEXT:
        encoding, delimiter = manner_of(source)
        texts: dict[int, dict[int, str | None]] = {}
        for line in lines:
            texts.setdefault(line.row, {})[line.index] = line.before
        rewrite_text(source, target, texts, encoding, delimiter)
        return
    with open_package(source) as package:
        from_1904, parts = package.from_1904, {one.name: one.part for one in package.sheets}
    cells: dict[str, dict[int, dict[int, NewCell]]] = {}
    for line in lines:
        dated = line.after_kind is Kind.DATE and line.before_kind is not Kind.DATE
        new = new_cell(line.before_kind, line.before, from_1904=from_1904, plain_look=dated)
        part = parts[line.sheet]
        if new is not None and part is not None:
            cells.setdefault(part, {}).setdefault(line.row, {})[line.index] = new
    rewrite(source, target, cells)


def _changed(copy: str, line: Logged) -> Said:
    where = f"{line.sheet}!{line.cell}" if line.sheet else line.cell
    return both("{copy} › {where}：清洗后又改过，没有还原。", copy=copy, where=where)


def _of_values(copy: str, original: str) -> Said:
    return both(
        "{copy}：原件 {name} 不能改写，还原的也是只有内容的 .xlsx；要原样请用原件。",
        copy=copy,
        name=Path(original).name,
    )
