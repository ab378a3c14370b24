"""What was repaired in; changes.jsonl, one cell a line, which `fupin clean --undo` reads, out; and back again."""

import json
from pathlib import Path
from typing import Any

from msgspec import Struct

from fupin_cli.catalogue import both
from fupin_cli.errors import InputError
from fupin_cli.model.fix import Cleaned, CleanedFile, Fix
from fupin_cli.model.sheet import Kind

VERSION = 1
_NEEDED = {
    "file": str, "copy": str, "sheet": str, "cell": str, "row": int, "column_index": int, "before_kind": str,
    "after_kind": str, "sha256_after": str,
}  # fmt: skip


class Logged(Struct, frozen=True):
    """One line of a log: what a cell of a copy held before, and holds now."""

    file: str  # the original, as the user named it
    copy: str  # below the folder of the log
    sheet: str  # of the copy
    cell: str
    row: int
    index: int
    before: str | None
    before_kind: Kind
    after: str | None
    after_kind: Kind
    sha256_after: str


def write_log(cleaned: Cleaned, path: Path) -> None:
    """Write every fix of every file, unmasked: it is what undoes them."""
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        for one in cleaned.files:
            for fix in one.fixes:
                stream.write(json.dumps(line_of(one, fix), ensure_ascii=False) + "\n")


def line_of(one: CleanedFile, fix: Fix) -> dict[str, Any]:
    """Return one line of the log as it is written."""
    return {
        "version": VERSION,
        "file": str(fix.file),
        "copy": one.below,
        "sheet": fix.sheet,
        "copy_sheet": dict(one.sheets).get(fix.sheet, fix.sheet),
        "cell": fix.cell,
        "row": fix.row,
        "column_index": fix.index,
        "column": fix.column,
        "before": fix.before,
        "before_kind": fix.before_kind.name,
        "after": fix.after,
        "after_kind": fix.after_kind.name,
        "repair": fix.repair,
        "reason": fix.reason,
        "reason_en": fix.reason_en,
        "sha256_before": one.sha256_before,
        "sha256_after": one.sha256_after,
    }


def read_log(path: Path) -> list[Logged]:
    """Return the lines of a log.

    Raises:
        InputError: it cannot be read, or is no log of `fupin clean`.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise _refused(path, 0) from error
    lines = [(number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    return [_logged(path, number, line) for number, line in lines]


def _logged(path: Path, number: int, line: str) -> Logged:
    try:
        found = json.loads(line)
        if not isinstance(found, dict) or any(not isinstance(found[key], kind) for key, kind in _NEEDED.items()):
            raise _refused(path, number)
        texts = [found["before"], found["after"]]
        kinds = [Kind[found["before_kind"]], Kind[found["after_kind"]]]
    except (ValueError, KeyError) as error:
        raise _refused(path, number) from error
    below = Path(found["copy"])
    if below.is_absolute() or ".." in below.parts or any(not isinstance(one, str | None) for one in texts):
        raise _refused(path, number)
    return Logged(
        file=found["file"],
        copy=found["copy"],
        sheet=str(found.get("copy_sheet", found["sheet"])),
        cell=found["cell"],
        row=found["row"],
        index=found["column_index"],
        before=texts[0],
        before_kind=kinds[0],
        after=texts[1],
        after_kind=kinds[1],
        sha256_after=found["sha256_after"],
    )


def _refused(path: Path, number: int) -> InputError:
    where = both("{path} 第{number}行", path=path, number=number) if number else (str(path), str(path))
    return InputError(
        *both("{where}：不是 fupin clean 写的修改记录；要找的是 changes.jsonl，每行一个单元格。", where=where)
    )
