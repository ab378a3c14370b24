"""Frames beside the files of a `fupin clean` in; all of it cleaned together, told of the frames by their names, out."""

import tempfile
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from fupin_cli.catalogue import both
from fupin_cli.engines import Engine, Row, open_engine
from fupin_cli.errors import InputError, UsageError
from fupin_cli.jobs.clean import CleanRequest, address, run
from fupin_cli.model.fix import Cleaned, CleanedFile
from fupin_cli.model.sheet import Kind, Sheet
from fupin_cli.reports.values_xlsx import write_values
from fupin_cli.sheets import read_frame

if TYPE_CHECKING:
    from fupin_cli.jobs.request import Frame

FIRST_ROW = 2  # of a frame's values: its columns' names stand above them
_ROWS, _COLUMNS, _LENGTH = 1_048_576, 16_384, 32_767  # what an .xlsx takes
_NAME = both("这是表的列名，没有改动")


def frame_name(number: int) -> Path:
    """Return how results name a frame, counted from 0."""
    return Path(f"frame-{number}")


def run_with_frames(asked: CleanRequest, frames: "Sequence[Frame]") -> Cleaned:
    """Clean files and frames together: a household may stand in one, its members in another.

    Frames are written as workbooks of their values into a folder that is gone when this returns.

    Raises:
        UsageError: an unknown repair; or copies are asked for, and there are frames.
        InputError: nothing could be read, or a frame is larger than a workbook.
    """
    if not frames:
        return run(asked)
    if asked.output is not None:
        raise UsageError(
            *both(
                "output 是给文件的副本用的；这里有内存中的表，改好的表在结果的 .frames 里。请去掉 output，或只给文件。"
            )
        )
    with tempfile.TemporaryDirectory(prefix="fupin-") as up:
        folder = Path(up)
        names = {folder / f"{frame_name(number)}.xlsx": frame_name(number) for number in range(len(frames))}
        for number, (frame, path) in enumerate(zip(frames, names, strict=True)):
            _write(frame, number, path)
        files = (*asked.request.files, *names)
        try:
            cleaned = run(replace(asked, request=replace(asked.request, files=files)))
        except InputError as error:
            told = _named(names)
            raise InputError(told(error.zh), told(error.en)) from error
    return _told(cleaned, names)


def _write(frame: "Frame", number: int, path: Path) -> None:
    """Write a frame as audits read it: each cell's text and kind."""
    with closing(open_engine()) as engine:
        sheet = read_frame(engine, frame, number)
        if sheet.last_row > _ROWS or sheet.width > _COLUMNS or _longest(engine, sheet) > _LENGTH:
            raise InputError(
                *both(
                    "{file}：超过 .xlsx 的上限（{rows} 行、{columns} 列、一格 {length} 个字符），不能清洗。请分成几张表。",
                    file=sheet.file,
                    rows=_ROWS,
                    columns=_COLUMNS,
                    length=_LENGTH,
                )
            )
        write_values([(sheet, _cells(engine, sheet))], {}, path)


def _longest(engine: Engine, sheet: Sheet) -> int:
    lengths = ", ".join(f"max(length(c{index}))" for index in range(sheet.width))
    found = engine.rows(f'SELECT {lengths} FROM "{sheet.relation}"')[0] if sheet.width else ()
    return max((int(length) for length in found if length is not None), default=0)


def _cells(engine: Engine, sheet: Sheet) -> list[Row]:
    """Return text and kind of every cell; a whole number with more digits than an .xlsx keeps is written as text."""
    fields = ", ".join(
        f"c{index}, CASE WHEN k{index} = {Kind.NUMBER:d} AND regexp_full_match(c{index}, '-?[0-9]{{16,}}') "
        f"THEN {Kind.TEXT:d} ELSE k{index} END"
        for index in range(sheet.width)
    )
    return engine.rows(f'SELECT r, {fields} FROM "{sheet.relation}" ORDER BY r') if sheet.width else []


def _named(names: dict[Path, Path]) -> Callable[[str], str]:
    """Return what puts the names of frames in the place of the files they were written to."""

    def told(text: str) -> str:
        for path, name in names.items():
            text = text.replace(str(path), str(name)).replace(path.name, str(name))
        return text

    return told


def _told(cleaned: Cleaned, names: dict[Path, Path]) -> Cleaned:
    told = _named(names)
    return replace(
        cleaned,
        files=tuple(_of_frame(one, names[one.file]) if one.file in names else one for one in cleaned.files),
        notes=tuple((told(zh), told(en)) for zh, en in cleaned.notes),
        failed_files=tuple((told(path), told(zh), told(en)) for path, zh, en in cleaned.failed_files),
        skipped=tuple((told(path), told(zh), told(en)) for path, zh, en in cleaned.skipped),
    )


def _of_frame(one: CleanedFile, name: Path) -> CleanedFile:
    fixes = tuple(replace(fix, file=name) for fix in one.fixes if fix.row >= FIRST_ROW)
    names = tuple((address(fix), *_NAME) for fix in one.fixes if fix.row < FIRST_ROW)
    return replace(one, file=name, fixes=fixes, left=(*one.left, *names), below="")
