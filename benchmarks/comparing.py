"""Time `fupin compare` against what else compares two CSV files by a key, on the same pair in one run: clock, processor, peak memory.

    python -m benchmarks.comparing                      200 000 people a side × 21 columns; daff on a pair of 5 000
    python -m benchmarks.comparing --people 20000       smaller
    python -m benchmarks.comparing --bin FOLDER         where the commands of the peers are, if not beside this Python

Each tool is its real command in a process of its own, start and report included, the report written as JSON (daff: CSV) to a
file. fupin's is timed with its rules compiled once before. Needs the group `benchmarks`. Exits 1 when a tool that works on
whole rows counts other differences than were planted.
"""

import argparse
import csv
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import asdict

from benchmarks.registry import HEADINGS, people_rows

COLUMNS = ("乡", "村", "户编号", "人编号", "姓名", "证件号码", "性别", "出生日期", "与户主关系", "民族", "文化程度", "健康状况",
           "劳动技能", "务工时间", "居民医保", "脱贫属性", "家庭人口", "纯收入", "人均纯收入", "住房面积", "户主姓名")  # fmt: skip
KEY = "证件号码"
_NUMBER, _HEALTH, _INCOME, _HOME = (COLUMNS.index(name) for name in (KEY, "健康状况", "人均纯收入", "户编号"))
_JOIN = """
import duckdb, sys
left, right, key, out = sys.argv[1:]
with duckdb.connect() as db:
    for name, path in (("l", left), ("r", right)):
        db.execute(f"CREATE TABLE {name} AS SELECT * FROM read_csv(?, all_varchar = true)", [path])
    columns = [row[0] for row in db.execute("DESCRIBE l").fetchall()]
    both = ", ".join(f'l."{c}" AS "l {c}", r."{c}" AS "r {c}"' for c in columns)
    differ = " OR ".join(f'l."{c}" IS DISTINCT FROM r."{c}"' for c in columns)
    db.execute(f'COPY (SELECT {both} FROM l FULL JOIN r USING ("{key}") WHERE {differ}) TO ' + "'" + out + "'")
"""


class Planted(Struct, frozen=True):
    """How many records differ by design."""

    rows: int  # in which a cell differs
    persons: int  # whose own columns differ
    households: int
    only_left: int
    only_right: int


class Taken(Struct, frozen=True):
    """What one run took."""

    seconds: float
    processor: float  # user and system, all threads
    megabytes: float  # peak of the process


def main() -> int:
    """Print both tables; 1 when a tool finds other differences than were planted."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--people", type=int, default=200_000)
    asked.add_argument("--small", type=int, default=5_000, help="people of the pair daff is given, too")
    asked.add_argument("--bin", type=Path, default=Path(sys.executable).parent)
    given = asked.parse_args()
    good = True
    with tempfile.TemporaryDirectory() as folder:
        os.environ["FUPIN_CACHE"] = str(Path(folder) / "kept")
        few = write_pair(Path(folder), 100)
        run(_tools(given.bin)["fupin"].command(*few[:2], Path(folder) / "out"))  # compiles the rules
        for people, tools in ((given.people, _tools(given.bin)), (given.small, _tools(given.bin, small=True))):
            with ProcessPoolExecutor(1) as apart:  # a child's peak begins with its parent's
                left, right, planted = apart.submit(write_pair, Path(folder), people).result()
            print(f"\n{people} people a side, {left.stat().st_size / 1e6:.0f} MB; planted: {planted}\n")
            print(
                f"| {'':24} | {'seconds':>8} | {'× fupin':>8} | {'processor':>9} | {'peak MB':>8} | found |", flush=True
            )
            print(f"|{'-' * 26}|---------:|---------:|----------:|---------:|---|")
            good &= _table(tools, (left, right), planted, Path(folder) / "out")
    return int(not good)


def _table(tools: "dict[str, Tool]", pair: tuple[Path, Path], planted: Planted, out: Path) -> bool:
    good, first = True, 0.0
    for name, tool in tools.items():
        took = run(tool.command(*pair, out))
        first = first or took.seconds
        found = tool.found(out)
        right = found.items() <= asdict(planted).items()
        good &= right
        told = " ".join(f"{field} {n}" for field, n in found.items()) + ("" if right else " (!)")
        ratio = took.seconds / first
        print(
            f"| {name:24} | {took.seconds:8.1f} | {ratio:8.1f} | {took.processor:9.1f} | {took.megabytes:8.0f} | {told} |"
        )
    return good


class Tool(Struct, frozen=True):
    """One tool: its command over (left, right, where the report goes), and how its report is read."""

    command: Callable[[Path, Path, Path], list[str]]
    found: Callable[[Path], dict[str, int]]  # fields of Planted → what it counted


def _tools(folder: Path, *, small: bool = False) -> dict[str, Tool]:
    tools = {
        "fupin": Tool(
            lambda a, b, out: [sys.executable, "-m", "fupin_cli", "compare", str(a), str(b), "--quiet", "--reveal",
                               "--format", "json", "-o", str(out.with_suffix(".json"))],
            _of_fupin,
        ),
        "DuckDB full join": Tool(
            lambda a, b, out: [sys.executable, "-c", _JOIN, str(a), str(b), KEY, str(out.with_suffix(".csv"))], _of_join
        ),
        "datacompy (Polars)": Tool(
            lambda a, b, out: [str(folder / "datacompy"), "compare", "--left", str(a), "--right", str(b), "--on", KEY,
                               "--report-format", "json", "--output", str(out.with_suffix(".json"))],
            _of_datacompy,
        ),
        "pointblank": Tool(
            lambda a, b, _: [str(folder / "pb"), "compare", str(a), str(b), "-k", KEY, "--format", "json"], _of_pointblank
        ),
        "csv-diff": Tool(
            lambda a, b, _: [str(folder / "csv-diff"), str(a), str(b), f"--key={KEY}", "--json"], _of_csv_diff
        ),
    }  # fmt: skip
    daff = Tool(
        lambda a, b, out: [str(folder / "daff"), "--id", KEY, "--unordered", "--output", str(out.with_suffix(".csv")), str(a), str(b)],
        _of_daff,
    )  # fmt: skip
    return {**tools, "daff": daff} if small else tools


def run(command: list[str]) -> Taken:
    """Run a command; what it prints goes to out.txt beside its report."""
    started = time.perf_counter()
    with Path(os.environ["FUPIN_CACHE"]).with_name("out.txt").open("wb") as printed:
        process = subprocess.Popen(command, stdout=printed)
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in {0, 1}:
        raise subprocess.CalledProcessError(process.returncode, command)
    return Taken(time.perf_counter() - started, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def write_pair(folder: Path, people: int, seed: int = 2026) -> tuple[Path, Path, Planted]:
    """Write two editions: of 1 % of the people the health, of 1 % of the households the income, 1 % went, 1 % came, rows shuffled."""
    draw = random.Random(seed)
    places = [HEADINGS.index(name) for name in COLUMNS]
    rows = [[_text(row[place]) for place in places] for row in people_rows(people + people // 100, seed)]
    homes = list(dict.fromkeys(row[_HOME] for row in rows[:people]))
    richer, gone = set(draw.sample(homes, len(homes) // 100)), set(draw.sample(range(people), people // 100))
    ill = set(draw.sample(range(people), people // 100)) - gone
    now = [_later(row, number in ill, row[_HOME] in richer) for number, row in enumerate(rows) if number not in gone]
    left_over = [number for number in range(people) if number not in gone]
    changed = [number for number in left_over if number in ill or rows[number][_HOME] in richer]
    met = {rows[number][_HOME] for number in left_over}
    draw.shuffle(now)
    left, right = folder / f"left{people}.csv", folder / f"right{people}.csv"
    _write(left, rows[:people])
    _write(right, now)
    return left, right, Planted(len(changed), len(ill), len(richer & met), len(gone), len(rows) - people)


def _later(row: list[str], ill: bool, richer: bool) -> list[str]:
    """Return a person's row of the second edition."""
    other = list(row)
    if ill:
        other[_HEALTH] = "患有大病"
    if richer:
        other[_INCOME] = f"{float(row[_INCOME]) + 1234.5:.2f}"
    return other


def _text(value: object) -> str:
    return "" if value is None else f"{value:g}" if isinstance(value, float) and value.is_integer() else str(value)


def _write(path: Path, rows: list[list[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([list(COLUMNS), *rows])


def _printed(out: Path) -> Path:
    return out.with_name("out.txt")


def _json(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return found


def _of_fupin(out: Path) -> dict[str, int]:
    """Persons and households, each told once; the others tell an income on the row of each member."""
    report = _json(out.with_suffix(".json"))
    counts, homes = report["counts"], report["also"][0]["counts"]
    own = {"persons": counts["changed"], "households": homes["changed"]}
    return {**own, "only_left": counts["only_left"], "only_right": counts["only_right"]}


def _of_join(out: Path) -> dict[str, int]:
    with out.with_suffix(".csv").open(encoding="utf-8", newline="") as report:
        rows = [(row[f"l {KEY}"], row[f"r {KEY}"]) for row in csv.DictReader(report)]
    return _counted(sum(bool(a and b) for a, b in rows), sum(not b for _, b in rows), sum(not a for a, _ in rows))


def _of_datacompy(out: Path) -> dict[str, int]:
    rows = _json(out.with_suffix(".json"))["row_summary"]
    return _counted(rows["unequal_rows"], rows["df1_unique"], rows["df2_unique"])


def _of_pointblank(out: Path) -> dict[str, int]:
    rows = _json(_printed(out))["status_counts"]
    return _counted(rows["changed"], rows["missing"], rows["extra"])


def _of_csv_diff(out: Path) -> dict[str, int]:
    report = _json(_printed(out))
    return _counted(*(len(report[name]) for name in ("changed", "removed", "added")))


def _of_daff(out: Path) -> dict[str, int]:
    with out.with_suffix(".csv").open(encoding="utf-8", newline="") as report:
        marks = [row[0] for row in csv.reader(report)]
    return _counted(sum("->" in mark for mark in marks), marks.count("---"), marks.count("+++"))


def _counted(rows: int, left: int, right: int) -> dict[str, int]:
    return {"rows": rows, "only_left": left, "only_right": right}


if __name__ == "__main__":
    sys.exit(main())
