"""The table of region codes through time: every code with its names, the years of each and the codes that came after.

Two sources, read in place. `rules/regions/gbt2260.csv` (derived from a CC0 table, docs/decisions/0008) leads: it has
the years and the successors. `cn/loc.dat` of python-stdnum (LGPL-2.1+) adds what that file leaves out: the collective
codes (市辖区, 县, 省直辖县级行政区划), and codes and names of the first years. 810000, 820000 and 830000 are added
where both lack them, and 990101 (样例省 样例市 样例县), which is invented for samples and tests.
"""

import re
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

_ADDED = {
    "810000": "香港特别行政区", "820000": "澳门特别行政区", "830000": "台湾省",
    "990000": "样例省", "990100": "样例市", "990101": "样例县",
}  # fmt: skip
_PACKAGE = Path(__file__).parents[1]
_TABLES = (_PACKAGE / "_rules", _PACKAGE.parent.parent / "rules")  # in a wheel, in a checkout
_DATED = re.compile(r"(?:\[([0-9]*)-([0-9]*)\])?([^,]+)")
_KEPT = re.compile(r'^ *([0-9]+) (?:province|county)="([^"\n]*)', re.MULTILINE)


class Span(NamedTuple):
    """One name of a code, the years it was in force, and where its area went."""

    name: str
    first: int | None  # None: since the first list
    last: int | None  # the year it was changed or abolished; None: in force
    after: str = ""  # as the derived table has it: “130404[2014];130405”, a year where it is not `last`

    @property
    def successors(self) -> tuple[tuple[str, int], ...]:
        """The codes its area went to, and when."""
        return tuple((part[:6], int(part[7:11] or self.last or 0)) for part in self.after.split(";") if part)


@cache
def codes() -> frozenset[str]:
    """Return every code of six digits."""
    return frozenset((*_derived(), *_kept(), *_ADDED))


def names() -> Iterator[tuple[str, str]]:
    """Yield every name with each code that has had it, some more than once."""
    for code, lines in _derived().items():
        for line in lines:
            yield line[: line.index(",")], code
    for code, written in _kept().items():
        if "," not in written:  # most
            yield written[written.find("]") + 1 :], code
        else:
            yield from ((one, code) for _, _, one in _DATED.findall(written))
    yield from ((name, code) for code, name in _ADDED.items())


@cache
def spans(code: str) -> tuple[Span, ...]:
    """Return the names of a code of six digits in the order of time; () where it is none."""
    dated = tuple(_span(line) for line in _derived().get(code, ()))
    known = {span.name for span in dated}
    kept = tuple(
        Span(one, int(first) if first else None, int(last) if last else None)
        for first, last, one in _DATED.findall(_kept().get(code, ""))
    )
    if dated:  # the derived table says when; the package may still know a name from before
        kept = tuple(Span(span.name, None, dated[0].first) for span in kept if span.name not in known)
    added = (Span(_ADDED[code], None, None),) if code in _ADDED else ()
    return (*kept, *dated) or added


def _span(line: str) -> Span:
    name, first, last, after = line.split(",")
    return Span(name, int(first), int(last) if last else None, after)


@cache
def _derived() -> dict[str, list[str]]:
    """Return the codes of the derived table with what stands behind them: 县名,1981,2014,130404."""
    file = next(folder for folder in _TABLES if folder.is_dir()) / "regions" / "gbt2260.csv"
    table: dict[str, list[str]] = {}
    for line in file.read_text(encoding="utf-8").splitlines():
        if line[:1].isdecimal():
            table.setdefault(line[:6], []).append(line[7:])
    return table


@cache
def _kept() -> dict[str, str]:
    """Return the codes of python-stdnum's table with their names as written there: `[1982-2000]一,[2000-]二`."""
    package = find_spec("stdnum")  # found, not imported: its modules bring pydoc, ssl and 40 ms
    [folder] = (package and package.submodule_search_locations) or [""]
    listed, province = dict[str, str](), ""
    for digits, written in _KEPT.findall(Path(folder, "cn", "loc.dat").read_text(encoding="utf-8")):
        if len(digits) == 2:
            province = digits
            listed[province + "0000"] = written  # until its own line says it
        else:
            listed[province + digits] = written
    return listed
