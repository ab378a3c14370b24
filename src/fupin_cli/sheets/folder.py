"""A folder in, the workbooks to read in it and what was skipped out."""

from pathlib import Path, PurePath

from msgspec import Struct

from fupin_cli.catalogue import both
from fupin_cli.errors import InputError
from fupin_cli.sheets.formats import TEXT_SUFFIXES, WORKBOOK_SUFFIXES
from fupin_cli.sheets.own_reports import report_of_fupin

SOUGHT = " ".join((*WORKBOOK_SUFFIXES, *TEXT_SUFFIXES))


class Skipped(Struct, frozen=True):
    """A file of a folder or archive that is not read, and why."""

    file: Path
    zh: str
    en: str


def workbooks_in(folder: Path) -> tuple[list[Path], list[Skipped]]:
    """Workbooks, archives and text tables below `folder`, sorted by path, and the files that were skipped.

    Raises:
        InputError: there is none.
    """
    files, skipped = [], []
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        reason = reason_to_skip(file.relative_to(folder)) or _log_of_repairs(file) or _report(file)
        if reason:
            skipped.append(Skipped(file, *reason))
        else:
            files.append(file)
    if not files:
        raise InputError(
            *both("{folder}：文件夹里没有工作簿；找的是 {sought}；请检查路径。", folder=folder, sought=SOUGHT)
        )
    return files, skipped


def _log_of_repairs(file: Path) -> tuple[str, str] | None:
    """Why the log that `fupin clean` writes beside its copies is no registry; None for any other file."""
    if file.name == "changes.xlsx" and file.with_name("changes.jsonl").is_file():
        return both("fupin clean 的修改记录")
    return None


def _report(file: Path) -> tuple[str, str] | None:
    return report_of_fupin(file, lambda: file.open("rb"))


def reason_to_skip(file: PurePath) -> tuple[str, str] | None:
    """Why a file is not read, by its path inside the folder or archive; None when it is read."""
    if file.name.startswith("~$"):
        return both("Excel 的锁文件")
    if "__MACOSX" in file.parts:
        return both("macOS 的附属文件")
    if any(part.startswith(".") for part in file.parts):
        return both("隐藏文件")
    if file.suffix.lower() not in {*WORKBOOK_SUFFIXES, *TEXT_SUFFIXES}:
        return both("不是工作簿")
    return None
