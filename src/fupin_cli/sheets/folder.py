"""A folder in, the workbooks to read in it and what was skipped out."""

from dataclasses import dataclass
from pathlib import Path

from fupin_cli.errors import InputError
from fupin_cli.sheets.formats import TEXT_SUFFIXES

WORKBOOK_SUFFIXES = {".xlsx", ".xlsm", ".xls", ".et", *TEXT_SUFFIXES}


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file of the folder that is not read, and why."""

    file: Path
    zh: str
    en: str


def workbooks_in(folder: Path) -> tuple[list[Path], list[Skipped]]:
    """Workbooks and text tables below `folder`, sorted by path, and the files that were skipped.

    Raises:
        InputError: there is none.
    """
    files, skipped = [], []
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        reason = _reason(file, folder)
        if reason:
            skipped.append(Skipped(file, *reason))
        else:
            files.append(file)
    if not files:
        raise InputError(
            f"{folder}：文件夹里没有工作簿；找的是 .xlsx .xlsm .xls .et .csv .tsv .txt；请检查路径。",
            f"{folder}: no workbook in this folder; looked for .xlsx .xlsm .xls .et .csv .tsv .txt; check the path.",
        )
    return files, skipped


def _reason(file: Path, folder: Path) -> tuple[str, str] | None:
    if file.name.startswith("~$"):
        return "Excel 的锁文件", "lock file of Excel"
    if any(part.startswith(".") for part in file.relative_to(folder).parts):
        return "隐藏文件", "hidden file"
    if file.suffix.lower() not in WORKBOOK_SUFFIXES:
        return "不是工作簿", "no workbook"
    return None
