"""FIX012: the short name of a province, prefecture or county becomes its official one, where only one place has it."""

import re
from collections.abc import Iterator

from fupin_cli.catalogue import both
from fupin_cli.fixes.ground import Change, Ground, Proposer, Target, fix_of
from fupin_cli.model.fix import Fix, Repair
from fupin_cli.model.sheet import Kind
from fupin_cli.values.regions import bare, find_place, in_force, name

_LEVELS = (("省", 2), ("市", 4), ("县", 6))
_REASON = both("改为行政区划全称")


def propose(ground: Ground) -> Iterator[Fix]:
    """Yield a fix for each cell of 省, 市 and 县 that holds a short name of the only place it can mean."""
    sources = dict.fromkeys(one.layout.source for one in ground.targets)
    for source in sources:
        targets = {level: ground.target(source, level) for level, _ in _LEVELS}
        for level, target in targets.items():
            if target is not None:
                yield from _of_level(ground, target, level, [one for one in targets.values() if one is not None])


def _of_level(ground: Ground, target: Target, level: str, there: list[Target]) -> Iterator[Fix]:
    columns = {one.column.name: f't."{one.column.name}"' for one in there}
    names = ", ".join(columns.get(one, "NULL") for one, _ in _LEVELS)
    year = (ground.settings.as_of or ground.settings.today).year
    rows = ground.engine.rows(
        f"""SELECT {names}, s.c{target.index}, list(s.r ORDER BY s.r) FROM "{target.typed}" AS t
JOIN "{target.raw}" AS s ON s.r = t."_row" WHERE t."{level}$" = 0 AND s.k{target.index} = 1 GROUP BY ALL"""
    )
    for *path, text, numbers in rows:
        full = official(tuple(one or "" for one in path), level, year)
        if full is not None and full != text:
            for row in sorted(numbers):
                yield fix_of("FIX012", target, row, Change(text, Kind.TEXT, full, Kind.TEXT), _REASON)


def official(path: tuple[str, ...], level: str, year: int) -> str | None:
    """Return the official name of the place a short name of one level means under those above it; None when unsure.

    Args:
        path: the row's 省, 市 and 县 as written, "" for a blank.
        level: which of them is looked at.
        year: the place must be in force then, under this name.
    """
    number = [one for one, _ in _LEVELS].index(level)
    above = [*path[:number], path[number], "", ""][:3]
    code = find_place(above[0], above[1], above[2])
    if code is None or len(code) != _LEVELS[number][1] or not in_force(code, year):
        return None
    written, full = re.sub(r"\s", "", path[number]), name(code, year)
    is_short = full is not None and full.startswith(written) and written != full and written == bare(full)
    return full if is_short else None


KIND = Proposer(
    Repair(
        "FIX012", *both("省市县改为全称"), True,
        *both("简称与全称混用时，汇总会分成两处；只有唯一对应的简称才改。")
    ),
    propose,
)  # fmt: skip
