"""Where a report is to stand in, a file beside it to write to out; it takes the place only when it is whole."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from fupin_cli.catalogue import both
from fupin_cli.errors import OutputError


@contextmanager
def written_beside(path: Path) -> Iterator[Path]:
    """Give a new file in the same folder to write to; put it in the place of `path` when the block ends well.

    Raises:
        OutputError: the folder or the file cannot be written; nothing half-written is left.
    """
    beside = path.with_name(f".{path.name[:80]}.{os.getpid()}.part")
    try:
        try:
            with beside.open("xb"):
                pass
            yield beside
            beside.replace(path)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as error:
        raise unwritable(path, error) from error


def unwritable(path: Path, error: OSError) -> OutputError:
    """Say why a report cannot stand at `path`, and what to do."""
    if path.is_dir():
        return OutputError(*both("{path}：这是文件夹，请写文件名。", path=path))
    if not path.parent.is_dir():
        return OutputError(
            *both("{path}：没有文件夹 {parent}，请先建立，或换一个位置。", path=path, parent=path.parent)
        )
    if isinstance(error, PermissionError):
        return OutputError(
            *both("{path}：无法写入，没有权限，或文件正被 Excel、WPS 打开；请关闭文件或换一个位置。", path=path)
        )
    reason = error.strerror or type(error).__name__
    return OutputError(*both("{path}：无法写入（{reason}）；请检查磁盘空间，或换一个位置。", path=path, reason=reason))


def refuse_place(path: Path) -> None:
    """Raise OutputError when a report can surely not stand at `path`: told before the work, not after it."""
    if path.is_dir():
        raise unwritable(path, IsADirectoryError())
    if not path.parent.is_dir():
        raise unwritable(path, FileNotFoundError())
