"""Time loading and compiling all rules against what nobody can do without: importing sqlglot and parsing the same YAML in C.

    python -m benchmarks.loading                 a cold and a warm run of each, five times in turn; the medians count

Each run is a process of its own with Python already up and bytecode made, as an installer leaves it; compiling is for a
registry of 65 columns. Warm: the run before left its rule book and plan (`FUPIN_CACHE`). Needs the dependency group `benchmarks`.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median

WARM_LIMIT, COLD_LIMIT = 1.5, 3.0
RUNS = 5


def least() -> None:
    """Import sqlglot and parse every rule file."""
    import sqlglot  # noqa: F401
    import yaml

    for file in sorted(Path("rules").rglob("*.yaml")):
        yaml.load(file.read_bytes(), yaml.CSafeLoader)  # the safe loader, in C


def ours() -> None:
    """Load, check and compile every rule."""
    from datetime import date

    from benchmarks.registry import HEADINGS
    from fupin_cli.jobs.compiled import compiled
    from fupin_cli.model.settings import Settings
    from fupin_cli.model.table import Tables

    rules = compiled(None)
    known = rules.source.dictionary.columns
    columns: dict[str, dict[str, str]] = {"人": {}, "户": {"数据日期": "日期"}}
    for heading in (*HEADINGS, "数据日期"):
        if heading in known:
            levels = ("人", "户") if known[heading].level == "地" else (known[heading].level,)
            for level in levels:
                columns[level][heading] = known[heading].type
    planned = rules.plan(Tables((), persons=True, households=True, columns=columns), Settings(today=date(2020, 12, 31)))  # type: ignore[arg-type]
    if len(planned.rules) < 50:
        raise SystemExit(f"only {len(planned.rules)} rules were compiled")


TIMED: dict[str, Callable[[], None]] = {"least": least, "ours": ours}


def main() -> int:
    """Print the table; 1 when ours is slower than it may be."""
    if len(sys.argv) == 3 and sys.argv[1] == "--only":
        return _clock(sys.argv[2])
    found: dict[str, list[float]] = {"least": [], "cold": [], "warm": []}
    with tempfile.TemporaryDirectory() as folder:
        for name in TIMED:
            _seconds(name, Path(folder) / "bytecode-made")
        for number in range(RUNS):
            kept = Path(folder) / f"kept-{number}"
            found["least"].append(_seconds("least", kept))
            found["cold"].append(_seconds("ours", kept))
            found["warm"].append(_seconds("ours", kept))
    floor = median(found["least"])
    print(f"sqlglot imported, {len(list(Path('rules').rglob('*.yaml')))} files parsed in C: {floor:.2f} s")
    faults = 0
    for name, limit in (("cold", COLD_LIMIT), ("warm", WARM_LIMIT)):
        seconds = median(found[name])
        faults += seconds > limit * floor
        print(f"all rules loaded and compiled, {name}: {seconds:.2f} s, {seconds / floor:.2f} × (may take {limit} ×)")
    return int(bool(faults))


def _clock(name: str) -> int:
    import time

    started = time.perf_counter()
    TIMED[name]()
    print(json.dumps(time.perf_counter() - started))
    return 0


def _seconds(name: str, kept: Path) -> float:
    command = [sys.executable, "-m", "benchmarks.loading", "--only", name]
    bytecode = {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(kept.parent / "bytecode")}
    environment = {**os.environ, **bytecode, "FUPIN_CACHE": str(kept)}
    return float(
        json.loads(subprocess.run(command, check=True, capture_output=True, text=True, env=environment).stdout)
    )


if __name__ == "__main__":
    sys.exit(main())
