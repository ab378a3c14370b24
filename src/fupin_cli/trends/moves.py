"""Kept editions → how many households and persons came, went and came back, and who they are."""

from collections.abc import Iterator, Sequence

from fupin_cli.engines import Engine
from fupin_cli.model.place import Place
from fupin_cli.model.trend import Flow, Level, Passage, Way
from fupin_cli.trends.kept import Kept

_LEVELS: tuple[Level, ...] = ("户", "人")
_NAME = {"户": "head", "人": "name"}
_WAYS: dict[Way, str] = {
    "entered": "a AND NOT b AND NOT was AND NOT maybe",
    "left": "b AND NOT a",
    "returned": "a AND NOT b AND was",
}
_UNCLEAR = "a IS NULL OR b IS NULL OR (a AND NOT b AND NOT was AND maybe)"


def flows(engine: Engine, kept: Sequence[Kept]) -> dict[Level, list[Flow]]:
    """Return the flow of each edition, households and persons; a chain without its row may be one that cannot be followed."""
    found: dict[Level, list[Flow]] = {}
    for level in _LEVELS:
        _write_states(engine, level, kept)
        counts = ", ".join(f"count(*) FILTER (WHERE {way})" for way in (*_WAYS.values(), _UNCLEAR))
        rows = engine.rows(f'SELECT n, count(*) FILTER (WHERE a), {counts} FROM "期_在_{level}" GROUP BY n')
        unkeyed: dict[int, int] = dict(
            engine.rows(f'SELECT n, count(*) FROM "期_{level}" WHERE chain IS NULL AND coalesce(here, TRUE) GROUP BY n')
        )
        by_edition = {int(n): [int(count) for count in numbers] for n, *numbers in rows}
        found[level] = []
        for n in range(len(kept)):
            here, entered, left, returned, unclear = by_edition.get(n, (0, 0, 0, 0, 0))
            moved = (entered, left, returned, unclear) if n else (0, 0, 0, 0)
            found[level].append(Flow(here, *moved, int(unkeyed.get(n, 0))))
    return found


def _write_states(engine: Engine, level: Level, kept: Sequence[Kept]) -> None:
    """Write 期_在_X: for each chain and edition n, whether it is here (a), was last time (b), ever (was), or may have been (maybe).

    One without a row may still be here where a row that cannot be followed has its name, or none, and where the edition has no
    table of its kind: then nothing is known.
    """
    absent = [n for n, one in enumerate(kept) if not (one.tables.persons if level == "人" else one.tables.households)]
    own = f'"期_{level}"'
    name = _NAME[level]
    engine.run(
        f"""CREATE OR REPLACE TABLE "期_在_{level}" AS WITH said AS (SELECT chain, n, count(*) AS rows,
CASE WHEN bool_or(here) THEN TRUE WHEN count(here) < count(*) THEN NULL ELSE FALSE END AS here FROM {own} WHERE chain IS NOT NULL GROUP BY 1, 2),
names AS (SELECT DISTINCT chain, {name} AS name FROM {own} WHERE chain IS NOT NULL),
shy AS (SELECT DISTINCT n, {name} AS name FROM {own} WHERE chain IS NULL AND coalesce(here, TRUE)),
blind AS (SELECT n, bool_or(blind) AS blind FROM (SELECT n, name IS NULL AS blind FROM shy
 UNION ALL SELECT unnest({absent}::INTEGER[]), TRUE) GROUP BY n),
nameless AS (SELECT DISTINCT chain FROM names WHERE name IS NULL),
doubtful AS (SELECT DISTINCT s.n, m.chain FROM shy s JOIN names m ON m.name = s.name),
all_n AS (SELECT c.chain, CAST(e.n AS INTEGER) AS n FROM (SELECT DISTINCT chain FROM {own} WHERE chain IS NOT NULL) c, range({len(kept)}) e(n)),
states AS (SELECT a.chain, a.n, CASE WHEN s.rows IS NOT NULL THEN s.here WHEN d.chain IS NOT NULL OR b.blind OR (b.n IS NOT NULL AND
 u.chain IS NOT NULL) THEN NULL ELSE FALSE END AS here FROM all_n a LEFT JOIN said s ON s.chain = a.chain AND s.n = a.n
 LEFT JOIN doubtful d ON d.chain = a.chain AND d.n = a.n LEFT JOIN blind b ON b.n = a.n LEFT JOIN nameless u ON u.chain = a.chain)
SELECT chain, n, here AS a, CASE WHEN n = 0 THEN FALSE ELSE lag(here) OVER w END AS b,
 coalesce(bool_or(here) OVER before, FALSE) AS was, coalesce(bool_or(here IS NULL) OVER before, FALSE) AS maybe
 FROM states WINDOW w AS (PARTITION BY chain ORDER BY n),
 before AS (PARTITION BY chain ORDER BY n ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)"""
    )


def passages(engine: Engine, kept: Sequence[Kept]) -> Iterator[Passage]:
    """Yield who came, went and came back, by edition, in the order of the files; `flows` was asked before."""
    for level in _LEVELS:
        home = "" if level == "户" else ' LEFT JOIN "期_户" h ON h.n = r.n AND h.id = r.home'
        h = "r" if level == "户" else "h"
        whens = " ".join(f"WHEN {condition} THEN '{way}'" for way, condition in _WAYS.items())
        rows = engine.rows(
            f"""WITH moved AS (SELECT chain, n, CASE {whens} END AS way FROM "期_在_{level}" WHERE n > 0 AND way IS NOT NULL),
stood AS (SELECT m.*, CASE WHEN way = 'left' THEN n - 1 ELSE n END AS last FROM moved m)
SELECT m.n, m.way, {h}.k, r.{_NAME[level]}, {h}.township, {h}.village, m.last, r.source, r.row
FROM stood m JOIN "期_{level}" r ON r.chain = m.chain AND r.n = m.last{home}
QUALIFY row_number() OVER (PARTITION BY m.chain, m.n ORDER BY r.here DESC NULLS LAST, r.id) = 1 ORDER BY m.n, m.way, r.id"""
        )
        for n, way, household, name, township, village, last, source, row in rows:
            yield Passage(n, level, way, household, name, township, village, last, place_of(kept[last], source, row))


def place_of(kept: Kept, source: int, row: int) -> Place:
    """Return the row of an edition's own workbook."""
    sheet = kept.tables.layouts[source].sheet
    return Place(sheet.file, sheet.name, row, (), "subject")
