"""Files, folders, frames and lists → layouts; a file that fails is told, the rest goes on."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from fupin_cli.engines import Engine
from fupin_cli.errors import FupinError, InputError
from fupin_cli.jobs.request import Progress, Request
from fupin_cli.model.dictionary import Dictionary
from fupin_cli.model.settings import Wishes
from fupin_cli.model.sheet import Sheet
from fupin_cli.model.table import Layout
from fupin_cli.sheets import read_frame, read_sheets, workbooks_in
from fupin_cli.tables import find_layouts

if TYPE_CHECKING:
    import pandas as pd

Failed = tuple[str, str, str]  # path, zh, en
Note = tuple[str, str]  # zh, en


@dataclass(frozen=True, slots=True)
class Read:
    """What was read of the files of a request."""

    layouts: list[Layout]
    notes: list[Note]
    failed: list[Failed]


def read_layouts(
    engine: Engine, request: Request, lists: Iterable[tuple[str, Path]], dictionary: Dictionary, progress: Progress
) -> Read:
    """Read registry files, frames and lists.

    Raises:
        InputError: a list, or the only file, cannot be read; or nothing holds a registry.
    """
    files, notes = _files(request.files)
    sources: list[tuple[Path | pd.DataFrame, Wishes]] = [(file, request.wishes) for file in files]
    sources += [(frame, request.wishes) for frame in request.frames]
    sources += [(file, Wishes(list_name=name)) for name, file in lists]
    layouts: list[Layout] = []
    failed: list[Failed] = []
    for number, (source, wishes) in enumerate(sources):
        progress("sheets", number, len(sources))
        try:
            sheets = (
                read_sheets(engine, source, number)
                if isinstance(source, Path)
                else [read_frame(engine, source, number)]
            )
            found = _layouts(engine, sheets, wishes, dictionary)
        except FupinError as error:
            if wishes.list_name or len(files) + len(request.frames) == 1:
                raise
            failed.append((str(source) if isinstance(source, Path) else f"frame-{number}", error.zh, error.en))
            continue
        layouts += [replace(layout, source=len(layouts) + i) for i, layout in enumerate(found)]
    if all(layout.kind.startswith("名单:") for layout in layouts):
        raise _nothing(files, failed)
    return Read(layouts, notes + [doubt for layout in layouts for doubt in layout.doubts], failed)


def _files(paths: tuple[Path, ...]) -> tuple[list[Path], list[tuple[str, str]]]:
    """Expand folders; say what was skipped in them."""
    files: list[Path] = []
    notes: list[tuple[str, str]] = []
    for path in paths:
        if path.is_dir():
            found, skipped = workbooks_in(path)
            files += found
            notes += [(f"{one.file}：跳过，{one.zh}", f"{one.file}: skipped, {one.en}") for one in skipped]
        else:
            files.append(path)
    return list(dict.fromkeys(files)), notes


def _layouts(engine: Engine, sheets: list[Sheet], wishes: Wishes, dictionary: Dictionary) -> list[Layout]:
    """Return the tables of one file, or say that it holds none."""
    wanted = [sheet for sheet in sheets if not wishes.sheets or sheet.name in wishes.sheets]
    found = [layout for sheet in wanted for layout in find_layouts(engine, sheet, dictionary, wishes)]
    if found:
        return found
    name, names = sheets[0].file.name if sheets else "", "、".join(sheet.name for sheet in sheets if sheet.name) or "—"
    if wishes.list_name:
        key = dictionary.lists[wishes.list_name].key
        raise InputError(
            f"{name}：不像“{wishes.list_name}”名单（工作表：{names}）。要找的是一行表头，含 {key} 和另一列；请检查表头。",
            f"{name}: does not look like the list {wishes.list_name} (sheets: {names}). Looked for a heading row with {key} and "
            "one more column; check its headings.",
        )
    raise InputError(
        f"{name}：没有找到登记表（工作表：{names}）。要找的是一行表头，至少含姓名、证件号码、户编号或人编号之一和另一列；"
        "用 fupin inspect 查看读到了什么，或用 --map 表头=列名 指明。",
        f"{name}: no registry table found (sheets: {names}). Looked for a heading row with at least one of 姓名, 证件号码, "
        "户编号, 人编号 and one more column; see fupin inspect, or say --map HEADING=COLUMN.",
    )


def _nothing(files: list[Path], failed: list[Failed]) -> InputError:
    if failed:
        return InputError("；".join(zh for _, zh, _ in failed), "; ".join(en for _, _, en in failed))
    where = "、".join(str(file) for file in files) or "（空文件夹）"
    return InputError(
        f"{where}：没有可读的登记表。请给出 .xlsx、.xls 或 .csv 文件，或含这些文件的文件夹。",
        f"{where}: no registry to read. Give .xlsx, .xls or .csv files, or a folder of them.",
    )
