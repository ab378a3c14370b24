"""Files that are to be cleaned and the folder of their copies in; where each copy stands below it out."""

import os
from collections.abc import Iterable, Sequence
from pathlib import Path, PurePosixPath

from fupin_cli.catalogue import both
from fupin_cli.errors import UsageError
from fupin_cli.jobs.files import Source
from fupin_cli.sheets.formats import TEXT_SUFFIXES

_OWN_FORMAT = {".xlsx", ".xlsm", *TEXT_SUFFIXES}


def places_below(paths: Sequence[Path], sources: Iterable[Source]) -> dict[Path, str]:
    """Return the path of each copy below the folder of copies: as the originals stand below their common parent.

    What is in an archive stands in a folder of the archive's name. Nothing stands in the place of another.
    """
    parents = [os.path.abspath(path if path.is_dir() else path.parent) for path in paths]  # noqa: PTH100 - links stay
    top = Path(os.path.commonpath(parents))
    taken: set[str] = set()
    found: dict[Path, str] = {}
    for source in sources:
        below = PurePosixPath(*Path(os.path.abspath(source.file)).relative_to(top).parts)  # noqa: PTH100
        if source.member is not None:
            archive = PurePosixPath(*Path(os.path.abspath(source.member.archive)).relative_to(top).parts)  # noqa: PTH100
            below = archive.with_name(f"{archive.stem}（解压）") / below.relative_to(archive)
        found[source.file] = _free(below, taken)
    return found


def changed_format(below: str, taken: Iterable[str]) -> str:
    """Return the path of a copy that is an .xlsx of values."""
    path = PurePosixPath(below)
    there = set(taken)
    own = str(path.with_suffix(".xlsx"))
    return own if own not in there else f"{below}.xlsx"


def _free(below: PurePosixPath, taken: set[str]) -> str:
    free, number = below, 1
    while str(free).lower() in taken:
        number += 1
        free = below.with_name(f"{below.stem} ({number}){below.suffix}")
    taken.add(str(free).lower())
    return str(free)


def refuse_folder(folder: Path, paths: Sequence[Path], files: Iterable[Path], option: str = "-o") -> None:
    """Raise UsageError for a folder that must not take copies: it has something in it, or inputs above or below it.

    Args:
        folder: where the copies are to stand.
        paths: inputs as the user wrote them.
        files: every file they stand for.
        option: by which the folder was given.
    """
    place = folder.resolve()
    inputs = [path.resolve() for path in (*paths, *files)]
    if any(place == one or place in one.parents or one in place.parents for one in inputs if one.is_dir()) or any(
        place == one or place in one.parents for one in inputs
    ):
        raise UsageError(
            *both(
                "{option} {folder}：原件就在这个文件夹（或它的上下级）里，原件不会被改写；请另给一个文件夹。",
                option=option,
                folder=folder,
            )
        )
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(
            *both("{option} {folder}：已有内容，不会覆盖；请给一个新的或空的文件夹。", option=option, folder=folder)
        )
