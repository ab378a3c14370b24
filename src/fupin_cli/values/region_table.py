"""The table of region codes through time: every code with its names, the years of each and the codes that came after.

Two sources, read in place. `rules/regions/gbt2260.csv` (derived from a CC0 table, docs/decisions/0008) leads: it has
the years and the successors. `cn/loc.dat` of python-stdnum (LGPL-2.1+) adds what that file leaves out: the collective
codes (市辖区, 县, 省直辖县级行政区划), and codes and names of the first years. 810000, 820000 and 830000 are added
where both lack them, and 990101 (样例省 样例市 样例县), which is invented for samples and tests.
"""

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

_ADDED = {
    "810000": "香港特别行政区", "820000": "澳门特别行政区", "830000": "台湾省",
    "990000": "样例省", "990100": "样例市", "990101": "样例县",
}  # fmt: skip
_PACKAGE = Path(__file__).parents[1]
_TABLES = (_PACKAGE / "_rules", _PACKAGE.parent.parent / "rules")  # in a wheel, in a checkout


@dataclass(frozen=True, slots=True)
class Span:
    """One name of a code, the years it was in force, and where its area went."""

    name: str
    first: int | None  # None: since the first list
    last: int | None  # the year it was changed or abolished; None: in force
    successors: tuple[tuple[str, int], ...] = ()  # (code, year)


@cache
def spans() -> dict[str, tuple[Span, ...]]:
    """Return every code of six digits with its names in the order of time."""
    table = _derived()
    for code, kept in _kept().items():
        if (dated := table.get(code)) is None:
            table[code] = kept
            continue
        # the derived table says when; the package may still know a name from before
        names = {span.name for span in dated}
        table[code] = (*(Span(span.name, None, dated[0].first) for span in kept if span.name not in names), *dated)
    return table | {code: (Span(name, None, None),) for code, name in _ADDED.items() if code not in table}


def _derived() -> dict[str, tuple[Span, ...]]:
    file = next(folder for folder in _TABLES if folder.is_dir()) / "regions" / "gbt2260.csv"
    table: dict[str, tuple[Span, ...]] = {}
    for line in file.read_text(encoding="utf-8").splitlines():
        if not line[:1].isdecimal():
            continue
        code, name, first, last, after = line.split(",")
        until = int(last) if last else None
        span = Span(name, int(first), until, tuple(_successor(part, until) for part in after.split(";") if part))
        table[code] = (*table.get(code, ()), span)
    return table


def _successor(part: str, until: int | None) -> tuple[str, int]:
    """“130404[2014]” or “130404”, which happened in the year the line ends with."""
    year = part[7:11] or until
    return part[:6], int(year or 0)


def _kept() -> dict[str, tuple[Span, ...]]:
    """The table of python-stdnum."""
    table: dict[str, tuple[Span, ...]] = {}
    province = ""
    for line in files("stdnum.cn").joinpath("loc.dat").read_text(encoding="utf-8").splitlines():
        if found := re.fullmatch(r'([0-9]{2}) province="(.*)"', line):
            province = found[1]
            table.setdefault(f"{province}0000", (Span(found[2], None, None),))
        elif found := re.fullmatch(r' +([0-9]{4}) county="(.*)"', line):
            written = [re.fullmatch(r"(?:\[([0-9]*)-([0-9]*)\])?(.*)", part) for part in found[2].split(",")]
            table[province + found[1]] = tuple(
                Span(one[3], int(one[1]) if one[1] else None, int(one[2]) if one[2] else None) for one in written if one
            )
    return table
