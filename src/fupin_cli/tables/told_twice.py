"""Tables of the same persons or households on the same day → notes that they were read as one registry."""

from collections.abc import Collection, Iterable, Sequence

from fupin_cli.catalogue import both, enumerated
from fupin_cli.engines import Engine
from fupin_cli.model.table import Layout
from fupin_cli.tables.grouping import HEAD_NUMBER, KEY

_FEWEST = 3  # persons two tables share before a copy of a list is suspected; fewer are told as repeated numbers
_NAMED = 3  # tables a note names; of more it names the first and counts them

_PERSONS = """SELECT DISTINCT "_source" AS s, left("证件号码", 18) AS x, CAST("数据日期" AS VARCHAR) AS d FROM "人"
  WHERE length("证件号码") >= 18"""
_SHARED = """WITH "one" AS ({one}), "size" AS (SELECT s, count(*) AS n FROM "one" GROUP BY s)
SELECT a.s, b.s, count(*) FROM "one" AS a JOIN "one" AS b ON a.x = b.x AND a.d = b.d AND a.s < b.s
JOIN "size" AS m ON m.s = a.s JOIN "size" AS o ON o.s = b.s
GROUP BY a.s, b.s, m.n, o.n HAVING count(*) >= ? AND 2 * count(*) >= least(m.n, o.n) ORDER BY a.s, b.s"""
_TOGETHER = """SELECT count(*) FROM (SELECT x, d FROM ({one}) AS "one" WHERE s IN ({sources})
GROUP BY x, d HAVING count(*) > 1) AS "shared\""""


def told_twice(
    engine: Engine, layouts: Sequence[Layout], persons: bool, stated: Collection[str]
) -> tuple[tuple[str, str], ...]:
    """Return a note for tables of which one repeats half another's persons, or households, or more.

    Args:
        engine: where 人 and 户 stand.
        layouts: every table; `_source` is its position.
        persons: 人 has numbers.
        stated: the columns of the household tables.
    """
    notes = []
    kinds = [layout.kind for layout in layouts]
    if persons and kinds.count("人") > 1:
        for sources, count in _overlapping(engine, _PERSONS):
            zh, en = _tables(layouts, sources)
            notes.append(both(
"{tables} 在同一数据日期有 {count} 人相同，合在一起会报证件号码重复、多个户主、人口数不符；"
"如果是同一批人的两份导出，请分开核查。", tables=(zh, en), count=count))  # fmt: skip
    for sources, count in _overlapping(engine, _households(stated)) if kinds.count("户") > 1 else ():
        zh, en = _tables(layouts, sources)
        notes.append(both(
"{tables} 在同一年有 {count} 户相同，每张表里的都算了一户，户数是重复计算的；"
"如果是按月或分批的同一批户，请分开核查。", tables=(zh, en), count=count))  # fmt: skip
    return tuple(notes)


def _households(stated: Collection[str]) -> str:
    """SQL: the households of each household table, by 户编号, else by the certificate of the 户主; "" without either."""
    keys = [one for column, one in ((KEY, f'"{KEY}"'), (HEAD_NUMBER, f'left("{HEAD_NUMBER}", 18)')) if column in stated]
    if not keys:
        return ""
    return f"""SELECT DISTINCT "_source" AS s, coalesce({", ".join(keys)}) AS x,
  CAST(year("数据日期") AS VARCHAR) AS d FROM "户" WHERE "_stated" AND coalesce({", ".join(keys)}) IS NOT NULL"""


def _overlapping(engine: Engine, one: str) -> list[tuple[list[int], int]]:
    """Return the tables that overlap, those together that are linked by a pair, with how many stand in several."""
    pairs = engine.rows(_SHARED.format(one=one), (_FEWEST,)) if one else []
    found = []
    for sources in _linked((int(first), int(second)) for first, second, _ in pairs):
        asked = _TOGETHER.format(one=one, sources=", ".join(map(str, sources)))
        found.append((sources, int(engine.rows(asked)[0][0])))
    return found


def _linked(pairs: Iterable[tuple[int, int]]) -> list[list[int]]:
    groups: list[set[int]] = []
    for pair in pairs:
        near = [group for group in groups if group & set(pair)]
        groups = [group for group in groups if group not in near] + [set(pair).union(*near)]
    return sorted(sorted(group) for group in groups)


def _tables(layouts: Sequence[Layout], sources: Sequence[int]) -> tuple[str, str]:
    """Return the names of tables, in Chinese and in English."""
    sheets = {layout.source: layout.sheet for layout in layouts}
    names = [" › ".join(filter(None, (sheets[s].file.name, sheets[s].name))) for s in sources]
    if len(names) > _NAMED:
        return both("{names} 等 {n} 张表", names=enumerated(names[:_NAMED]), n=(len(names), len(names) - _NAMED))
    return (
        " 和 ".join(filter(None, ("、".join(names[:-1]), names[-1]))),
        " and ".join(filter(None, (", ".join(names[:-1]), names[-1]))),
    )
