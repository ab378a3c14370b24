"""A table of members spread sideways in, the rows in which the members of the household above go on out."""

from msgspec import Struct

from fupin_cli.engines import Engine
from fupin_cli.model.table import Layout
from fupin_cli.tables.staging import body_condition

IS_HEAD = "('户主', '本人', '户主本人', '本人或户主', '01', '1')"


class Cells(Struct, frozen=True):
    """The columns of such a table, counted from 0, by what a row that goes on has in them."""

    household: tuple[int, ...]  # nothing, the serial number too
    places: tuple[int, ...]  # nothing, or the place of the row above again
    relations: tuple[int, ...]  # no head
    members: tuple[int, ...]  # something


def rows_that_go_on(engine: Engine, whole: Layout, cells: Cells) -> str | None:
    """Create the table of those rows (`r`, and `first`: the household's own row) and return its name; None without any."""
    household, relations, members = (
        [f"nullif(trim(c{i}), '')" for i in own] for own in (cells.household, cells.relations, cells.members)
    )
    if not household or not members:
        return None
    blank = [f"{cell} IS NULL" for cell in household]
    blank += [f"(c{i} IS NULL OR coalesce(c{i} = lag(c{i}) OVER down, FALSE))" for i in cells.places]
    blank += [f"coalesce({cell} NOT IN {IS_HEAD}, TRUE)" for cell in relations]
    table = f"{whole.sheet.relation}_on_{whole.heading_rows[0]}"
    engine.run(f"""CREATE OR REPLACE TABLE "{table}" AS SELECT r, "first" FROM (
SELECT r, "on", max(CASE WHEN "on" THEN NULL ELSE r END) OVER (ORDER BY r) AS "first" FROM (
SELECT r, ({" AND ".join(blank)}) AND coalesce({", ".join(members)}) IS NOT NULL AS "on"
FROM "{whole.sheet.relation}" WHERE {body_condition(whole)} WINDOW down AS (ORDER BY r)) AS "rows_read") AS "counted"
WHERE "on" AND "first" IS NOT NULL""")
    return table if engine.rows(f'SELECT 1 FROM "{table}" LIMIT 1') else None
