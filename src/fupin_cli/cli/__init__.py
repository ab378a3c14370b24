"""Options in, one job called, exit code out."""

import atexit
import gc
import os
import sys
import threading
from contextlib import suppress


def main() -> None:
    """The command `fupin`."""
    gc.set_threshold(500_000)  # a run leaves next to no cycles; looking for them took a twentieth of an audit
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # numpy's idle threads took 0.08 s of every run
    from fupin_cli.cli.app import app

    try:
        app()
    except SystemExit as end:
        if isinstance(end.code, int):
            _leave(end.code)
        raise


def _leave(code: int) -> None:
    """End the process as Python does, but for taking everything in its memory apart: 0.07 s of an audit of 100 000 people."""
    with suppress(KeyboardInterrupt):  # typed once more: nobody is waited for
        for thread in threading.enumerate():
            if thread is not threading.current_thread() and not thread.daemon:
                thread.join()
    atexit._run_exitfuncs()  # noqa: SLF001 - the only way to have them run
    for stream in filter(None, (sys.stdout, sys.stderr)):  # None where the caller closed it
        stream.flush()
    os._exit(code)
