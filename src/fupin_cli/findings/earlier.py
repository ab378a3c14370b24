"""A rule that asks the earlier edition → where the values it asked stand there.

The sheets of the earlier edition are counted on from those of this one.
"""

from fupin_cli.engines.cells import FAR, At
from fupin_cli.findings.judged import Judged


def earlier_rows(level: str) -> str:
    """Return the joins of a row of this edition with its row in the earlier one: `ep` a person's, `eh` a household's."""
    if level == "人":
        return ' LEFT JOIN "上期_人" ep ON ep."_id" = e.i LEFT JOIN "上期_户" eh ON eh."_id" = ep."_household"'
    return ' LEFT JOIN "上期_户" eh ON eh."_id" = e.i'


def earlier_places(judged: Judged, level: str, column: str) -> list[str]:
    """Return SQL of source × FAR + row, once for each row of the earlier edition a column's value may stand on."""
    before = judged.tables.previous
    if before is None:
        return []
    first = len(judged.tables.layouts) * FAR
    places = []
    if level == "人" and column in before.columns.get("人", ()):
        places.append(f'{first} + ep."_source"::BIGINT * {FAR} + ep."_row"')
    if column in before.columns.get("户", ()):
        places.append(f'{first} + COALESCE(eh."{column}@", eh."_source"::BIGINT * {FAR} + eh."_row")')
    return places


def at_earlier(judged: Judged, source: int, row: int) -> At:
    """Return a row of the earlier edition as one of all rows of the run."""
    return len(judged.tables.layouts) + source, row
