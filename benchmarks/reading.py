"""Time the readers on one workbook in one run: bare peers in turn, and ours to typed tables; ratios and peak memory.

    python -m benchmarks.reading                    100 000 people × 65 columns; some minutes, for openpyxl and pandas
    python -m benchmarks.reading --quick            without openpyxl and pandas
    python -m benchmarks.reading --people 20000 --inline --repeat 3

Each reader runs in a process of its own, one after the other, and reads a workbook of ten people first: imports and the
rule book stand outside the clock, for they do not grow with the sheet; memory is the whole process's highest. Needs the dependency group `benchmarks`.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from importlib.util import find_spec
from multiprocessing import Process
from pathlib import Path

from benchmarks.registry import HEADINGS, write_registry

FAST_LIMIT, PLAIN_LIMIT, MEMORY_LIMIT = 0.4, 1.3, 600  # × fastexcel, × calamine, MB: what issue and decision ask for
Clocked = Callable[[Path], int]  # a workbook in, its rows out


def fastexcel() -> Clocked:
    """Read to Arrow, every column as text."""
    import fastexcel

    return lambda path: len(fastexcel.read_excel(path).load_sheet(0, header_row=None, dtypes="string").to_arrow())


def calamine() -> Clocked:
    """Go through all rows as Python values."""
    from python_calamine import CalamineWorkbook

    return lambda path: sum(1 for _ in CalamineWorkbook.from_path(path).get_sheet_by_index(0).iter_rows())


def openpyxl() -> Clocked:
    """Go through all rows in the mode made for reading."""
    import openpyxl

    return lambda path: sum(1 for _ in openpyxl.load_workbook(path, read_only=True).worksheets[0].values)


def pandas() -> Clocked:
    """Read to a frame with openpyxl, the default engine."""
    import pandas

    return lambda path: len(pandas.read_excel(path, engine="openpyxl")) + 1


def ours() -> Clocked:
    """Read to typed tables in the engine: odd cells, row numbers, merges, layout and typing included."""
    from datetime import date

    from fupin_cli.engines import open_engine
    from fupin_cli.model.settings import Settings, Wishes
    from fupin_cli.rules import load_rulebook
    from fupin_cli.sheets import read_sheets
    from fupin_cli.tables import build_tables, find_layouts

    dictionary = load_rulebook(None).dictionary

    def typed(path: Path) -> int:
        engine = open_engine()
        try:
            started = time.perf_counter()
            sheets = read_sheets(engine, path, 0)
            read = time.perf_counter()
            layouts = [each for sheet in sheets for each in find_layouts(engine, sheet, dictionary, Wishes())]
            build_tables(engine, layouts, dictionary, Settings(today=date(2020, 12, 31)))
            print(f"  cells {read - started:.2f} s, tables {time.perf_counter() - read:.2f} s", file=sys.stderr)
            return int(engine.rows('SELECT count(*) FROM "人"')[0][0]) + 1
        finally:
            engine.close()

    return typed


def ours_without_fast() -> Clocked:
    """The same on a machine where the extra is not installed."""
    for extra in ("isal", "wasmtime"):
        sys.modules[extra] = None  # type: ignore[assignment]  # an import of it fails from here on
    return ours()


READERS: dict[str, Callable[[], Clocked]] = {
    "fastexcel": fastexcel,
    "python-calamine": calamine,
    "openpyxl read-only": openpyxl,
    "pandas.read_excel": pandas,
    "fupin": ours_without_fast,
    "fupin [fast]": ours,
}


def main() -> int:
    """Run the readers asked for and print the table; 1 when ours is slower or larger than it may be."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--people", type=int, default=100_000)
    asked.add_argument("--inline", action="store_true", help="inline strings, as many systems export them")
    asked.add_argument("--quick", action="store_true", help="without openpyxl and pandas")
    asked.add_argument("--repeat", type=int, default=1, help="runs of each reader, in turn; the median counts")
    asked.add_argument("--only", nargs=2, metavar=("READER", "FILE"), help=argparse.SUPPRESS)
    given = asked.parse_args()
    if given.only:
        return _clock(given.only[0], Path(given.only[1]))
    names = [name for name in READERS if not (given.quick and name.startswith(("openpyxl", "pandas")))]
    if find_spec("isal") is None or find_spec("wasmtime") is None:
        names.remove("fupin [fast]")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "registry.xlsx"
        # in a process of its own: a child's highest memory counts from its parent's
        built = Process(target=write_registry, args=(path, given.people), kwargs={"inline": given.inline})
        built.start()
        built.join()
        write_registry(Path(folder) / "small.xlsx", 10)
        size = path.stat().st_size / 2**20
        print(f"{given.people} people × {len(HEADINGS)} columns, {size:.0f} MB, {given.repeat} run(s) each")
        runs = [(name, _in_its_own_process(name, path)) for _ in range(given.repeat) for name in names]
    return _table(names, runs)


def _clock(name: str, path: Path) -> int:
    read = READERS[name]()
    read(path.with_name("small.xlsx"))
    started = time.perf_counter()
    rows = read(path)
    seconds = time.perf_counter() - started
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"rows": rows, "seconds": seconds, "memory": memory}))
    return 0


def _in_its_own_process(name: str, path: Path) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.reading", "--only", name, str(path)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    return json.loads(done.stdout)


def _table(names: list[str], runs: list[tuple[str, dict[str, float]]]) -> int:
    seconds = {name: _median([one["seconds"] for each, one in runs if each == name]) for name in names}
    memory = {name: max(one["memory"] for each, one in runs if each == name) for name in names}
    if len({one["rows"] for _, one in runs}) != 1:
        print(f"the readers do not agree on the number of rows: { {name: one['rows'] for name, one in runs} }")
        return 1
    print(f"{'reader':<20} {'seconds':>8} {'÷ fastexcel':>12} {'÷ calamine':>11} {'peak MB':>8}")
    for name in names:
        by = [seconds[name] / seconds[peer] for peer in ("fastexcel", "python-calamine")]
        print(f"{name:<20} {seconds[name]:>8.2f} {by[0]:>12.2f} {by[1]:>11.2f} {memory[name]:>8.0f}")
    faults = []
    if (ratio := seconds["fupin"] / seconds["python-calamine"]) > PLAIN_LIMIT:
        faults.append(f"fupin takes {ratio:.2f} × calamine, may take {PLAIN_LIMIT}")
    if "fupin [fast]" in names and (ratio := seconds["fupin [fast]"] / seconds["fastexcel"]) > FAST_LIMIT:
        faults.append(f"fupin [fast] takes {ratio:.2f} × fastexcel, may take {FAST_LIMIT}")
    faults += [
        f"{name} needs {memory[name]:.0f} MB, may need {MEMORY_LIMIT}"
        for name in names
        if name.startswith("fupin") and memory[name] > MEMORY_LIMIT
    ]
    print("\n".join(faults) or "within all limits")
    return bool(faults)


def _median(values: list[float]) -> float:
    from statistics import median

    return median(values)


if __name__ == "__main__":
    sys.exit(main())
