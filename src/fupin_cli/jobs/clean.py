"""`fupin clean`: workbooks in; copies with what is safe repaired, and the log of every cell, out."""

from dataclasses import dataclass
from pathlib import Path

from fupin_cli.jobs.request import Progress, Request
from fupin_cli.model.fix import Cleaned


@dataclass(frozen=True, slots=True)
class CleanRequest:
    """Everything `fupin clean` was asked."""

    request: Request  # files, --sheet, --map, --mapping, --rules; settings as of an audit
    output: Path | None = None  # the folder of the copies; None: nothing is written
    select: tuple[str, ...] = ()  # ids or beginnings of ids of repairs; () = all that are wanted
    ignore: tuple[str, ...] = ()
    unsafe: bool = False
    fill_households: bool = False


def run(asked: CleanRequest, progress: Progress = lambda _stage, _done, _total: None) -> Cleaned:
    """Repair what is safe in copies of the files; without `output`, only say what would be repaired.

    Raises:
        UsageError: an unknown repair, or a folder that holds an input.
        InputError: no file could be read.
        OutputError: the folder cannot be written; then nothing is in it.
    """
    raise NotImplementedError
