"""Paths as the user wrote them in; every file they stand for out: folders and zip archives opened, what is left out said."""

import hashlib
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import IO

from msgspec import Struct
from msgspec.structs import replace

from fupin_cli.catalogue import both
from fupin_cli.engines import Engine
from fupin_cli.errors import InputError
from fupin_cli.model.sheet import Sheet
from fupin_cli.sheets import (
    Member,
    Skipped,
    fingerprint,
    is_archive,
    opened_member,
    originals_of,
    read_sheets,
    unpacked,
    workbooks_in,
    workbooks_in_archive,
)

LARGE = 100 << 20  # bytes of workbooks or text tables
PACKED = 10  # how much denser Parquet is


class Source(Struct, frozen=True):
    """One file: to be read, unless it was skipped or failed."""

    file: Path  # as every report names it; of a file in an archive: the archive, then its path there
    member: Member | None = None  # where it is packed
    skipped: tuple[str, str] | None = None  # (zh, en): why it is not read
    failed: tuple[str, str] | None = None  # (zh, en): why it cannot be opened


def expanded(paths: Iterable[Path]) -> list[Source]:
    """Every file of folders and archives, in the order of `paths`, each once however its path is written.

    An annotated copy of a file that is there too is skipped: its people would be counted twice.
    """
    found: dict[Path, Source] = {}
    for path in paths:
        for source in _in_folder(path) if path.is_dir() else _at(path):
            found.setdefault(source.file.resolve(), source)
    return _without_copies(list(found.values()))


def _without_copies(sources: list[Source]) -> list[Source]:
    there = [one for one in sources if not (one.skipped or one.failed)] if len(sources) > 1 else []
    copies = {one.file: told for one in there if (told := originals_of(one.file, partial(_opened, one)))}
    if not copies:
        return sources
    names = {fingerprint(partial(_opened, one)): one.file.name for one in there}
    read = {file: [name for one, name in names.items() if one in told] for file, told in copies.items()}
    return [
        replace(one, skipped=both("“{name}”的批注副本，原件已读", name=read[one.file][0]))
        if read.get(one.file)
        else one
        for one in sources
    ]


def _opened(source: Source) -> IO[bytes]:
    return opened_member(source.member) if source.member else source.file.open("rb")


def is_large(paths: Iterable[Path]) -> bool:
    """Tell whether the files together hold some hundred thousand rows: the engine then works with all cores."""
    files = [file for path in paths for file in (path.rglob("*") if path.is_dir() else (path,)) if file.is_file()]
    return sum(file.stat().st_size * (PACKED if file.suffix == ".parquet" else 1) for file in files) > LARGE


def sha256(path: Path) -> str:
    """Return the hash of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def read_source(engine: Engine, source: Source, number: int) -> list[Sheet]:
    """Read the sheets of a file that was neither skipped nor failed.

    Raises:
        InputError: it cannot be read; the sentence names it as reports do.
    """
    if source.member is None:
        return read_sheets(engine, source.file, number)
    with unpacked(source.member) as path:
        return read_sheets(engine, path, number, source.file)


def _in_folder(folder: Path) -> list[Source]:
    try:
        files, skipped = workbooks_in(folder)
    except InputError as error:
        return [Source(folder, failed=(error.zh, error.en))]
    return [source for file in files for source in _at(file)] + [_skipped(one) for one in skipped]


def _at(file: Path) -> list[Source]:
    if not is_archive(file):
        return [Source(file)]
    try:
        members, skipped = workbooks_in_archive(file)
    except InputError as error:
        return [Source(file, failed=(error.zh, error.en))]
    return [Source(member.file, member) for member in members] + [_skipped(one) for one in skipped]


def _skipped(one: Skipped) -> Source:
    return Source(one.file, skipped=(one.zh, one.en))
