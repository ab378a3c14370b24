"""Time the whole audit, all rules, JSON report: against fastexcel's bare read of the same workbook, and as it grows.

    python -m benchmarks.auditing                   100 000 people × 65 columns; then 10 000, 100 000, 300 000 rows, and 90, 180, all rules
    python -m benchmarks.auditing --quick           the first only
    python -m benchmarks.auditing --rows 10000 30000 --people 30000      smaller

The audit is the real command in a process of its own, interpreter, imports and report included, its rules compiled once
before (warm) and its bytecode made, as an installer leaves it. Both are told by the clock and by the processor time of all
threads, which other work on the machine disturbs less. The growth is told by stage: `rules` is compiling, judging and
explaining. Needs the group `benchmarks`.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from multiprocessing import Process
from pathlib import Path
from statistics import median
from typing import NamedTuple

from benchmarks.reading import fastexcel
from benchmarks.registry import write_registry

LIMIT = 0.7  # × fastexcel's bare read
AS_OF = "2020-12-31"
STAGES = {"sheets": "reading", "tables": "tables", "plans": "rules", "verdicts": "rules", "findings": "rules"}


class Taken(NamedTuple):
    """What one run took, in seconds."""

    clock: float
    processor: float  # user and system, all threads


def main() -> int:
    """Print both tables; 1 when the audit takes longer than it may."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--quick", action="store_true")
    asked.add_argument(
        "--people", type=int, default=100_000, help="rows of the workbook read by both, and of 90, 180, all rules"
    )
    asked.add_argument("--rows", type=int, nargs="+", default=(10_000, 100_000, 300_000), help="rows it grows over")
    asked.add_argument("--repeat", type=int, default=3, help="runs of each, in turn; the median counts")
    asked.add_argument("--only", nargs=2, metavar=("FILE", "RULES"), help=argparse.SUPPRESS)
    given = asked.parse_args()
    if given.only:
        file, rules = given.only
        return _bare(Path(file)) if rules == "none" else _stages(Path(file), rules)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["FUPIN_CACHE"] = str(Path(folder) / "kept")
        os.environ |= {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(Path(folder) / "bytecode")}
        slow = _against_a_bare_read(_workbook(folder, given.people), given.repeat)
        if not given.quick:
            print(f"\n{'rows':>8} {'rules':>6} {'reading':>8} {'tables':>8} {'rules':>8} {'in all':>8} {'peak MB':>8}")
            for rows in given.rows:
                _grown(_workbook(folder, rows), rows, "all")
            for rules in ("90", "180", "all"):
                _grown(_workbook(folder, given.people), given.people, rules)
    return int(slow)


def _workbook(folder: str, rows: int) -> Path:
    path = Path(folder) / f"registry-{rows}.xlsx"
    if not path.exists():  # in a process of its own: a child's highest memory counts from its parent's
        built = Process(target=write_registry, args=(path, rows))
        built.start()
        built.join()
        write_registry(path.with_name("small.xlsx"), 10)
    return path


def _against_a_bare_read(path: Path, repeat: int) -> bool:
    report = path.with_suffix(".json")
    audit = [sys.executable, "-m", "fupin_cli", "audit", str(path), "--as-of", AS_OF, "--quiet"]
    audit += ["--fail-on", "never", "-o", str(report)]
    bare = [sys.executable, "-m", "benchmarks.auditing", "--only", str(path), "none"]
    subprocess.run(audit, check=True)
    found: dict[str, list[Taken]] = {"bare": [], "audit": []}
    for _ in range(repeat):
        found["bare"].append(
            Taken(*json.loads(subprocess.run(bare, check=True, capture_output=True, text=True).stdout))
        )
        started, before = time.perf_counter(), _of_children()
        subprocess.run(audit, check=True)
        found["audit"].append(Taken(time.perf_counter() - started, _of_children() - before))
    bare_read, whole = (Taken(*map(median, zip(*found[name], strict=True))) for name in ("bare", "audit"))
    counts = json.loads(report.read_text("utf-8"))["counts"]
    print(f"fastexcel, bare read: {bare_read.clock:.2f} s, processor {bare_read.processor:.2f} s")
    print(
        f"fupin audit, {counts['persons']} people, {counts['findings']} findings, JSON report: {whole.clock:.2f} s, "
        f"{whole.clock / bare_read.clock:.2f} × (may take {LIMIT} ×), processor {whole.processor:.2f} s, "
        f"{whole.processor / bare_read.processor:.2f} ×"
    )
    return whole.clock > LIMIT * bare_read.clock


def _of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _bare(path: Path) -> int:
    read = fastexcel()
    read(path.with_name("small.xlsx"))
    started, before = time.perf_counter(), time.process_time()
    read(path)
    print(json.dumps([time.perf_counter() - started, time.process_time() - before]))
    return 0


def _grown(path: Path, rows: int, rules: str) -> None:
    command = [sys.executable, "-m", "benchmarks.auditing", "--only", str(path), rules]
    subprocess.run(command, check=True, capture_output=True)  # leaves the rules compiled
    told = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    seconds = told["seconds"]
    print(
        f"{rows:>8} {told['rules']:>6} {seconds['reading']:>8.2f} {seconds['tables']:>8.2f} {seconds['rules']:>8.2f}"
        f" {sum(seconds.values()):>8.2f} {told['memory']:>8.0f}"
    )


def _stages(path: Path, rules: str) -> int:
    """Time the stages of one audit; `rules` is how many, spread over all themes, or all."""
    from datetime import date

    from fupin_cli.jobs.audit import run
    from fupin_cli.jobs.compiled import compiled
    from fupin_cli.jobs.request import Request
    from fupin_cli.model.settings import Settings

    ids = list(compiled(None).source.rules)
    chosen = ids if rules == "all" else [ids[number * len(ids) // int(rules)] for number in range(int(rules))]
    seconds = dict.fromkeys(STAGES.values(), 0.0)
    now, since = "sheets", time.perf_counter()

    def progress(stage: str, _done: int, _total: int) -> None:
        nonlocal now, since
        moment = time.perf_counter()
        seconds[STAGES[now]] += moment - since
        now, since = (stage if stage in STAGES else now), moment  # a step that is no stage is part of the one before it

    settings = Settings(today=date.fromisoformat(AS_OF), select=() if rules == "all" else tuple(chosen))
    audit = run(Request((path,), settings), progress)
    seconds[STAGES[now]] += time.perf_counter() - since
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "rules": len(audit.rules), "memory": memory}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
