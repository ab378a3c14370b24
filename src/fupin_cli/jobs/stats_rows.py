"""What a run's tables have → the rows that roll-ups count: households and persons who still stand in the registry.

`统_户` has `id`, `struck`, `here` (TRUE in the registry, FALSE struck off or all members gone, NULL cannot tell), `people` (在册 members),
`w` (the condition of --where; NULL cannot tell). `统` has a row a person counted and one a household without members: `home`, `person`, `n`.
"""

from fupin_cli.engines import Engine
from fupin_cli.model.stats import Chosen, Count, LeftOut
from fupin_cli.model.table import Tables

STRUCK = "注销"  # the 脱贫属性 of a household that was struck off
SIZE = "家庭人口"
PERSONS = ' FROM "人" p JOIN "推_人" q ON q."_id" = p."_id"'


def households(tables: Tables) -> str:
    """Return a FROM clause of 户 as h with m.struck, m.here, m.people (在册 members), m.maybe (members of whom nobody can tell)."""
    struck = "FALSE"
    if "脱贫属性" in tables.columns.get("户", ()):
        struck = f'CASE WHEN x."脱贫属性" = \'{STRUCK}\' THEN TRUE WHEN x."脱贫属性$" = 2 THEN NULL ELSE FALSE END'
    members = 'SELECT CAST(NULL AS BIGINT) AS home, 0 AS "rows", 0 AS sure, 0 AS maybe WHERE FALSE'
    if tables.persons:
        members = (
            'SELECT p."_household" AS home, COUNT(*) AS "rows", COUNT(*) FILTER (WHERE q."在册") AS sure, COUNT(*) FILTER (WHERE q."在册" IS NULL) AS maybe'
            f'{PERSONS} WHERE p."_household" IS NOT NULL GROUP BY 1'
        )
    here = (
        f'CASE WHEN {struck} THEN FALSE WHEN c."rows" > 0 AND c.sure + c.maybe = 0 THEN FALSE'
        f' WHEN ({struck}) IS NULL OR (c."rows" > 0 AND c.sure = 0) THEN NULL ELSE TRUE END'
    )
    return (
        f' FROM "户" h JOIN (SELECT x."_id", {struck} AS struck, {here} AS here, COALESCE(c.sure, 0) AS people,'
        f' COALESCE(c.maybe, 0) AS maybe FROM "户" x LEFT JOIN ({members}) c ON c.home = x."_id") m ON m."_id" = h."_id"'
    )


def lay_out(engine: Engine, tables: Tables, level: str | None, rule: str) -> None:
    """Make `统_户` and `统` of a registry that was judged.

    Args:
        engine: where 人, 户, 推_人 stand, and the verdicts of the condition.
        tables: what the registry has.
        level: whose condition chooses, 户 or 人; None: everything is counted.
        rule: the column of its verdicts.
    """
    verdict = f'CASE x."{rule}" WHEN 1 THEN TRUE WHEN 2 THEN FALSE END'
    own = verdict if level == "户" else "TRUE"
    joined = ' LEFT JOIN "verdicts_户" x ON x."_id" = h."_id"' if level == "户" else ""
    engine.run(
        f'CREATE OR REPLACE TABLE "统_户" AS SELECT h."_id" AS id, m.struck, m.here, m.people, m.maybe, {_size(tables)} AS size,'
        f" {own} AS w{households(tables)}{joined}"
    )
    alone = "WHERE here AND w" + (" AND people = 0" if tables.persons else "")
    parts = (
        [] if level == "人" else [f'SELECT id AS home, CAST(NULL AS BIGINT) AS person, size AS n FROM "统_户" {alone}']
    )
    if tables.persons:
        chosen = {"户": "s.w", "人": "p.w"}.get(level or "", "TRUE")
        _persons(engine, verdict if level == "人" else "TRUE", joined=level == "人")
        parts.append(f"SELECT p.home, p.id AS person, 1 AS n{_STANDING} WHERE p.here AND {chosen}")
        parts = [part.replace("size AS n", "0 AS n") for part in parts]
    engine.run(f'CREATE OR REPLACE TABLE "统" AS {" UNION ALL ".join(parts)}')


_STANDING = ' FROM "统_人" p LEFT JOIN "统_户" s ON s.id = p.home'


def _persons(engine: Engine, own: str, *, joined: bool) -> None:
    """Make 统_人: `id`, `home`, `here` (在册, in a household that is there), `w`."""
    join = ' LEFT JOIN "verdicts_人" x ON x."_id" = p."_id"' if joined else ""
    here = 'CASE WHEN NOT q."在册" OR NOT s.here THEN FALSE WHEN p."_household" IS NULL THEN q."在册" ELSE q."在册" AND s.here END'
    engine.run(
        f'CREATE OR REPLACE TABLE "统_人" AS SELECT p."_id" AS id, p."_household" AS home, q."在册" AS listed, {here} AS here, {own} AS w'
        f'{PERSONS} LEFT JOIN "统_户" s ON s.id = p."_household"{join}'
    )


def _size(tables: Tables) -> str:
    return f'CAST(h."{SIZE}" AS BIGINT)' if SIZE in tables.columns.get("户", ()) else "CAST(NULL AS BIGINT)"


def left_out(engine: Engine, tables: Tables) -> LeftOut:
    """Return what stands in the files and is not counted, whatever --where chose."""
    struck, emptied, unsure = engine.rows(
        'SELECT COUNT(*) FILTER (WHERE struck), COUNT(*) FILTER (WHERE NOT here AND struck IS DISTINCT FROM TRUE), COUNT(*) FILTER (WHERE here IS NULL) FROM "统_户"'
    )[0]
    gone = in_struck = people = 0
    if tables.persons:
        gone, in_struck, people = engine.rows(
            "SELECT COUNT(*) FILTER (WHERE NOT p.listed), COUNT(*) FILTER (WHERE p.listed IS DISTINCT FROM FALSE AND NOT s.here), COUNT(*) FILTER (WHERE p.here IS NULL)"
            + _STANDING
        )[0]
    return LeftOut(*map(int, (struck, emptied, gone, in_struck, unsure, people)))


def not_chosen(engine: Engine, tables: Tables, level: str, text: str) -> Chosen:
    """Return of how many the condition does not hold, and of how many nobody can tell."""
    if level == "户":
        homes = engine.rows(
            'SELECT COUNT(*) FILTER (WHERE NOT w), COUNT(*) FILTER (WHERE w IS NULL) FROM "统_户" WHERE here'
        )[0]
        people: tuple[int, ...] = (0, 0)
        if tables.persons:
            people = engine.rows(
                f"SELECT COUNT(*) FILTER (WHERE NOT s.w), COUNT(*) FILTER (WHERE s.w IS NULL){_STANDING} WHERE p.here"
            )[0]
        return Chosen(
            text, "户", *(Count(one, two) for one, two in zip(map(int, homes), map(int, people), strict=True))
        )
    people = engine.rows(
        'SELECT COUNT(*) FILTER (WHERE NOT w), COUNT(*) FILTER (WHERE w IS NULL) FROM "统_人" WHERE here'
    )[0]
    homes = engine.rows(
        "SELECT COUNT(*) FILTER (WHERE NOT sure AND NOT perhaps), COUNT(*) FILTER (WHERE NOT sure AND perhaps) FROM (SELECT"
        " COALESCE(BOOL_OR(p.w), FALSE) AS sure, COALESCE(BOOL_OR(p.here AND p.w IS NULL), FALSE) AS perhaps"
        ' FROM "统_户" s LEFT JOIN "统_人" p ON p.home = s.id AND p.here WHERE s.here GROUP BY s.id)'
    )[0]
    return Chosen(text, "人", *(Count(one, two) for one, two in zip(map(int, homes), map(int, people), strict=True)))
