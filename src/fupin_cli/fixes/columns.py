"""A column of days in; how its cells are written out, so that a blank one is filled likewise."""

from fupin_cli.fixes.ground import Ground, Target
from fupin_cli.model.sheet import Kind

_ISO = "[0-9]{4}-[0-9]{2}-[0-9]{2}"


def written_day(ground: Ground, target: Target) -> Kind | None:
    """Return how days stand in a column: DATE, or TEXT (ISO); None where its texts are written in another way."""
    days, iso, others = ground.engine.rows(
        f"""SELECT count(*) FILTER (WHERE s.k{target.index} = {Kind.DATE}),
count(*) FILTER (WHERE s.k{target.index} = {Kind.TEXT} AND regexp_full_match(trim(s.c{target.index}), '{_ISO}')), count(*)
FROM "{target.typed}" AS t JOIN "{target.raw}" AS s ON s.r = t."_row" WHERE t."{target.column.name}$" = 0"""
    )[0]
    if target.plain or 2 * iso > others:
        return Kind.TEXT
    return Kind.DATE if 2 * days >= others else None
