"""Run the drawn campaign in a process that kills itself: at its n-th operation of SQLite, or at its n-th line of Python.

python -m tests.rounds.killed FOLDER operations|lines N
"""

import os
import signal
import sqlite3
import sys
from pathlib import Path
from types import FrameType
from typing import Any

from tests.rounds.drawn import campaign


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def at_operation(number: int) -> None:
    """Die inside SQLite, at its n-th virtual instruction (counted in fifties)."""
    left, connect = [number], sqlite3.connect

    def count() -> int:
        left[0] -= 1
        if left[0] <= 0:
            _die()
        return 0

    def watched(*args: Any, **options: Any) -> sqlite3.Connection:
        connection = connect(*args, **options)
        connection.set_progress_handler(count, 50)
        return connection

    sqlite3.connect = watched


def at_line(number: int) -> None:
    """Die at the n-th line of fupin_cli.rounds that is run."""
    left = [number]

    def local(_frame: FrameType, event: str, _arg: object) -> Any:
        if event == "line":
            left[0] -= 1
            if left[0] <= 0:
                _die()
        return local

    sys.settrace(lambda frame, _event, _arg: local if "fupin_cli/rounds" in frame.f_code.co_filename else None)


if __name__ == "__main__":
    folder, how, n = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
    {"operations": at_operation, "lines": at_line}[how](n)
    campaign(folder)
