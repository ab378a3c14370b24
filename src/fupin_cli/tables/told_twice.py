"""Tables of the same persons on the same day → a note that they were read as one registry."""

from collections.abc import Sequence

from fupin_cli.engines import Engine
from fupin_cli.model.table import Layout

_FEWEST = 3  # persons two tables share before a copy of a list is suspected; fewer are told as repeated numbers

_SHARED = """WITH "one" AS (SELECT DISTINCT "_source" AS s, left("证件号码", 18) AS x, "数据日期" AS d FROM "人"
  WHERE length("证件号码") >= 18),
"size" AS (SELECT s, count(*) AS n FROM "one" GROUP BY s)
SELECT a.s, b.s, count(*) FROM "one" AS a JOIN "one" AS b ON a.x = b.x AND a.d = b.d AND a.s < b.s
JOIN "size" AS m ON m.s = a.s JOIN "size" AS o ON o.s = b.s
GROUP BY a.s, b.s, m.n, o.n HAVING count(*) >= ? AND 2 * count(*) >= least(m.n, o.n) ORDER BY a.s, b.s"""


def told_twice(engine: Engine, layouts: Sequence[Layout]) -> tuple[tuple[str, str], ...]:
    """Return a note for each two tables of which one repeats half the other's persons, or more, on the same day."""
    named = {layout.source: layout.sheet for layout in layouts}
    notes = []
    for first, second, count in engine.rows(_SHARED, (_FEWEST,)):
        one, other = (" › ".join(filter(None, (named[s].file.name, named[s].name))) for s in (first, second))
        notes.append((
            f"{one} 和 {other} 在同一数据日期有 {count} 人相同，合在一起会报证件号码重复、多个户主、人口数不符；"
            "如果是同一批人的两份导出，请分开核查。",
            f"{one} and {other} have {count} person(s) in common on the same data date: together they give repeated "
            "numbers, several heads and wrong sizes. If they are two exports of the same people, audit them apart.",
        ))  # fmt: skip
    return tuple(notes)
