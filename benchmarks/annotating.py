"""Time an audit with and without its annotated copy: what the copy of a large workbook costs beside the audit itself.

    python -m benchmarks.annotating                     100 000 people × 65 columns, three runs of each
    python -m benchmarks.annotating --people 10000 --repeat 1

Both are the real command in a process of its own, rules compiled before; the median of the runs counts, in turn. Told are the clock, the
processor time of all threads, and the highest memory. The copy is then counted: coloured cells with a comment, opinions, lines of findings.
"""

import argparse
import os
import re
import subprocess
import sys
import tempfile
import time
import zipfile
from multiprocessing import Process
from pathlib import Path
from statistics import median
from typing import NamedTuple

from benchmarks.registry import write_registry

LIMIT = 2.0  # × the audit alone
AS_OF = "2020-12-31"


class Taken(NamedTuple):
    """What one run took."""

    clock: float  # seconds
    processor: float  # seconds, user and system, all threads
    memory: float  # megabytes, at its highest


def main() -> int:
    """Print both and their ratio; 1 when the annotated audit takes longer than it may."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--people", type=int, default=100_000)
    asked.add_argument("--repeat", type=int, default=3)
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["FUPIN_CACHE"] = str(Path(folder) / "kept")
        os.environ |= {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(Path(folder) / "bytecode")}
        book, copy = Path(folder) / "registry.xlsx", Path(folder) / "annotated.xlsx"
        drawn = Process(target=write_registry, args=(book, given.people))  # its memory is not counted among ours
        drawn.start()
        drawn.join()
        alone = [
            sys.executable,
            "-m",
            "fupin_cli",
            "audit",
            str(book),
            "--as-of",
            AS_OF,
            "--quiet",
            "--fail-on",
            "never",
        ]
        alone += ["-o", str(Path(folder) / "report.json")]
        annotated = [*alone, "--annotate", str(copy)]
        subprocess.run(annotated, check=True)
        runs = [(_taken(alone), _taken(annotated)) for _ in range(given.repeat)]
        without, with_copy = (Taken(*map(median, zip(*each, strict=True))) for each in zip(*runs, strict=True))
        _tell(book, copy, without, with_copy)
    return int(with_copy.clock > LIMIT * without.clock)


def _taken(command: list[str]) -> Taken:
    started = time.perf_counter()
    process = subprocess.Popen(command)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return Taken(time.perf_counter() - started, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def _tell(book: Path, copy: Path, without: Taken, with_copy: Taken) -> None:
    with zipfile.ZipFile(copy) as package:
        names = package.namelist()
        notes = sum(len(re.findall(rb"<comment ", package.read(name))) for name in names if "comments" in name)
        links = [
            len(re.findall(rb"<hyperlink ", package.read(name)))
            for name in names
            if "worksheets/sheet" in name and name.endswith(".xml")
        ]
    print(
        f"{book.stat().st_size / 1e6:.1f} MB, its copy {copy.stat().st_size / 1e6:.1f} MB: {notes} comments, {links[0]} opinions, {links[-1]} findings"
    )
    for name, taken in (("audit alone", without), ("with its copy", with_copy)):
        print(f"{name:<14} {taken.clock:6.2f} s, processor {taken.processor:6.2f} s, memory {taken.memory:5.0f} MB")
    ratio, work = with_copy.clock / without.clock, with_copy.processor / without.processor
    print(
        f"{ratio:.2f} × the clock (may take {LIMIT} ×), {work:.2f} × the processor, {with_copy.memory / without.memory:.2f} × the memory"
    )


if __name__ == "__main__":
    sys.exit(main())
