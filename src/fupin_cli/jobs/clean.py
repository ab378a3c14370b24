"""`fupin clean`: workbooks in; copies with what is safe repaired, and the log of every cell, out."""

import hashlib
import os
import tempfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from msgspec import Struct, field

from fupin_cli.errors import OutputError
from fupin_cli.fixes import wanted
from fupin_cli.jobs.clean_copies import Copied, is_rewritable, write_copy
from fupin_cli.jobs.clean_places import changed_format, places_below, refuse_folder
from fupin_cli.jobs.clean_proof import unproven
from fupin_cli.jobs.clean_seen import Seen, Wanted, seen
from fupin_cli.jobs.files import Source, expanded
from fupin_cli.jobs.files import sha256 as file_hash
from fupin_cli.jobs.request import Progress, Request
from fupin_cli.model.fix import Cleaned, CleanedFile, Fix
from fupin_cli.model.masking import STANDARD, Masking
from fupin_cli.reports.clean_log import write_log
from fupin_cli.reports.clean_xlsx import write_changes
from fupin_cli.reports.output import unwritable
from fupin_cli.reports.words import Lang, Look

JSONL, XLSX = "changes.jsonl", "changes.xlsx"


class CleanRequest(Struct, frozen=True):
    """Everything `fupin clean` was asked."""

    request: Request  # files, --sheet, --map, --mapping, --rules; settings as of an audit
    output: Path | None = None  # the folder of the copies; None: nothing is written
    select: tuple[str, ...] = ()  # ids or beginnings of ids of repairs; () = all that are wanted
    ignore: tuple[str, ...] = ()
    unsafe: bool = False
    fill_households: bool = False
    lang: Lang = "zh"  # of changes.xlsx
    masking: Masking = STANDARD  # of changes.xlsx; changes.jsonl hides nothing, or it could undo nothing


class _Work(Struct):
    """The copies as they are made and proven, before they take their place."""

    folder: Path
    sources: dict[Path, Source]  # file → where it is
    below: dict[Path, str]  # file → its copy's path below the folder
    parts: dict[Path, dict[str, str]]  # file → name of a sheet → part
    own: dict[Path, str]  # `below` of a copy in the file's own format
    fixes: dict[Path, dict[str, Fix]] = field(default_factory=dict)
    copied: dict[Path, Copied] = field(default_factory=dict)
    left: dict[Path, list[tuple[str, str, str]]] = field(default_factory=dict)

    def write(self, files: Collection[Path]) -> None:
        """Write the copies of some files; cells that cannot be written are left and told.

        A file none of whose cells is changed is copied as it is, in its own format.
        """
        for file in files:
            copied = self._copy(file)
            for fix, zh, en in copied.left:
                self.leave(fix, zh, en)
            if not self.fixes.get(file) and self.below[file] != self.own[file]:
                (self.folder / self.below[file]).unlink(missing_ok=True)
                self.below[file] = self.own[file]
                copied = self._copy(file)
            self.copied[file] = copied

    def _copy(self, file: Path) -> Copied:
        fixes, target = list(self.fixes.get(file, {}).values()), self.folder / self.below[file]
        return write_copy(self.sources[file], target, fixes, self.parts.get(file, {}))

    def leave(self, fix: Fix, zh: str, en: str) -> None:
        """Take a fix back."""
        where = address(fix)
        del self.fixes[fix.file][where]
        self.left.setdefault(fix.file, []).append((where, zh, en))


def run(asked: CleanRequest, progress: Progress = lambda _stage, _done, _total: None) -> Cleaned:
    """Repair what is safe in copies of the files; without `output`, only say what would be repaired.

    Raises:
        UsageError: an unknown repair, or a folder that holds an input or something else.
        InputError: no file could be read.
        OutputError: the folder cannot be written; then nothing is in it.
    """
    repairs = wanted(asked.select, asked.ignore, unsafe=asked.unsafe)
    if not asked.fill_households:
        repairs = tuple(one for one in repairs if one.id != "FIX013")
    request = asked.request
    sources = expanded(request.files)
    if asked.output is not None:
        refuse_folder(asked.output, request.files, [one.member.archive if one.member else one.file for one in sources])
    before = seen(request, Wanted(repairs, asked.fill_households), progress)
    failed = {path for path, _, _ in before.failed}
    read = {one.file: one for one in sources if not one.skipped and str(one.file) not in failed}
    with _folder(asked.output) as folder:
        places = places_below(request.files, read.values())
        work = _Work(folder, read, dict(places), _parts(before), places)
        for fix in before.fixes:
            work.fixes.setdefault(fix.file, {})[address(fix)] = fix
        for file in work.fixes:
            if not is_rewritable(read[file]):
                work.below[file] = changed_format(work.below[file], work.below.values())
        _prove(work, request, before, progress)
        files = tuple(_cleaned(work, file, asked.output) for file in read)
        skipped = tuple((str(one.file), *one.skipped) for one in sources if one.skipped)
        cleaned = Cleaned(files, repairs, before.notes, before.failed, skipped)
        if asked.output is not None:
            progress("reports", 0, 0)
            write_log(cleaned, folder / JSONL)
            write_changes(cleaned, folder / XLSX, Look(asked.lang, masking=asked.masking))
    return cleaned


def _prove(work: _Work, request: Request, before: Seen, progress: Progress) -> None:
    """Write the copies and read them again until every fix that is left reads as meant, and no finding is new."""
    work.write(list(work.sources))
    rounds = 0
    while any(work.fixes.values()):
        rounds += 1
        bad = unproven(work, request, before, rounds, progress)
        if not bad:
            return
        for fix, zh, en in bad:
            work.leave(fix, zh, en)
        work.write({fix.file for fix, _, _ in bad})


def address(fix: Fix) -> str:
    """Return where a fix stands in its file: 成员!O12, or O12 of a file without sheets."""
    return f"{fix.sheet}!{fix.cell}" if fix.sheet else fix.cell


def _parts(before: Seen) -> dict[Path, dict[str, str]]:
    found: dict[Path, dict[str, str]] = {}
    for (file, name), sheet in before.sheets.items():
        found.setdefault(file, {})[name] = sheet.part
    return found


def _cleaned(work: _Work, file: Path, output: Path | None) -> CleanedFile:
    fixes, copy = tuple(work.fixes.get(file, {}).values()), work.folder / work.below[file]
    written = output is not None
    notes = work.copied[file].notes if fixes else ()
    before = sha256(work.sources[file]) if written and fixes else ""
    after = hashlib.sha256(copy.read_bytes()).hexdigest() if written and fixes else ""
    left = tuple(work.left.get(file, ()))
    names = tuple((work.copied[file].names or {}).items())
    place = output / work.below[file] if output is not None else None
    return CleanedFile(file, place, fixes, left, work.below[file], notes, before, after, names)


def sha256(source: Source) -> str:
    """Return the hash of a file, or of what is packed in an archive."""
    from fupin_cli.jobs.clean_copies import opened_file

    with opened_file(source) as path:
        return file_hash(path)


@contextmanager
def _folder(output: Path | None) -> Iterator[Path]:
    """Give a folder to write to; it takes the place of `output` when the block ends well, and is gone otherwise."""
    if output is None:
        with tempfile.TemporaryDirectory(prefix="fupin-") as folder:
            yield Path(folder)
        return
    with whole_folder(output) as place:
        yield place


@contextmanager
def whole_folder(output: Path) -> Iterator[Path]:
    """Give a folder beside `output`, which it becomes when the block ends well: all of it is there, or nothing.

    Raises:
        OutputError: it cannot be written.
    """
    try:
        with tempfile.TemporaryDirectory(
            prefix=f".{output.name}.", dir=output.parent, ignore_cleanup_errors=True
        ) as up:
            folder = Path(up) / "copies"
            folder.mkdir()
            yield folder
            if output.exists():
                output.rmdir()
            os.replace(folder, output)  # noqa: PTH105 - a folder
    except OutputError:
        raise
    except OSError as error:
        raise unwritable(output, error) from error
