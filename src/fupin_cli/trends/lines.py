"""Kept editions and a name or number → what each edition says of that household or person."""

from collections.abc import Iterator, Sequence
from typing import Any

from fupin_cli.engines import Engine
from fupin_cli.model.trend import Level, Line, Point
from fupin_cli.trends.kept import Kept
from fupin_cli.trends.moves import place_of

_HOME = 'h.k, h.head, h.people, coalesce(h."脱贫属性", h."户类型"), h."监测对象类别", h.income, h.township, h.village'
_MEMBERS = (
    "(SELECT list(coalesce(m.name, '') ORDER BY m.id) FROM \"期_人\" m WHERE m.n = h.n AND m.home = h.id"
    " AND m.here IS DISTINCT FROM FALSE)"
)


def lines_of(engine: Engine, kept: Sequence[Kept], level: Level, asked: str) -> Iterator[Line]:
    """Yield the lines of everybody who answers to what was asked: nobody, one, or all of one name.

    Args:
        engine: where the editions were kept.
        kept: the editions.
        level: whose line.
        asked: of a household its 户编号; of a person the name, the certificate or the 人编号.
    """
    table = f'"期_{level}"'
    found, values = "k = ?", [asked]
    if level == "人":
        found, values = "name = ? OR code = ? OR chain = upper(left(?, 18))", [asked] * 3
    chains = engine.rows(
        f"SELECT chain FROM {table} WHERE chain IS NOT NULL AND ({found}) GROUP BY chain ORDER BY min(n), min(id)",
        values,
    )
    for (chain,) in chains:
        yield _line(kept, level, _rows(engine, level, "r.chain = ?", [chain]))
    for n, row in engine.rows(f"SELECT n, id FROM {table} WHERE chain IS NULL AND ({found}) ORDER BY n, id", values):
        yield _line(kept, level, _rows(engine, level, "r.n = ? AND r.id = ?", [n, row]))


def _rows(engine: Engine, level: Level, which: str, values: Sequence[object]) -> list[tuple[Any, ...]]:
    own, home = "NULL, NULL, r.here", 'FROM "期_户" r JOIN "期_户" h ON h.n = r.n AND h.id = r.id'
    if level == "人":
        own, home = "r.name, r.relation, r.here", 'FROM "期_人" r LEFT JOIN "期_户" h ON h.n = r.n AND h.id = r.home'
    return engine.rows(
        f"SELECT r.n, {own}, {_MEMBERS}, r.source, r.row, {_HOME} {home} WHERE {which} ORDER BY r.n, r.here DESC NULLS LAST, r.id",
        values,
    )


def _line(kept: Sequence[Kept], level: Level, rows: Sequence[tuple[Any, ...]]) -> Line:
    """Return one point an edition, and one for each further row there: a person in two households has two."""
    points: list[Point] = []
    for n in range(len(kept)):
        here = [_point(kept[n], row) for row in rows if row[0] == n]
        points += here or [Point(n, there=False)]
    return Line(level, tuple(points))


def _point(kept: Kept, row: tuple[Any, ...]) -> Point:
    n, person, relation, standing, members, source, at, household, head, people, *rest = row
    status, monitored, income, township, village = rest
    return Point(
        n, True, household, head, person, tuple(members or ()), relation, standing, people, status, monitored, income,
        township, village, place_of(kept, source, at),
    )  # fmt: skip
