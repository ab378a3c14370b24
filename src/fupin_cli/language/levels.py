"""The levels a rule may judge: what a row of each is called in SQL, and which rows make it up.

A level of `Plan.rows_of`, of a verdict table and of a planned rule is 人, 户, 村, 县 or 名单_X.
"""

from msgspec import Struct

from fupin_cli.language.symbols import Level

_ALIASES: dict[str, str] = {"人": "p", "户": "h", "村": "v", "县": "c"}
LISTED = "名单_"  # what the name of a list's level begins with


class Parts(Struct, frozen=True):
    """Rows of one level that make up a row of another: the table of sums over them."""

    whole: Level
    part: Level
    table: str
    alias: str
    key: str  # SQL over a row of `part`: the `_id` of its whole


PARTS: dict[tuple[Level, Level], Parts] = {
    (one.whole, one.part): one
    for one in (
        Parts("户", "人", "成员", "m", 'p."_household"'),
        Parts("村", "户", "合_村_户", "vh", 'h."_village"'),
        Parts("村", "人", "合_村_人", "vp", 'h."_village"'),
        Parts("县", "户", "合_县_户", "ch", 'h."_county"'),
        Parts("县", "人", "合_县_人", "cp", 'h."_county"'),
        Parts("县", "村", "合_县_村", "cv", 'v."_county"'),
    )
}


def named(level: Level, listed: str | None = None) -> str:
    """Return the name of a level: of rows of a list with the list."""
    return f"{LISTED}{listed}" if level == "名单" else level


def alias_of(name: str) -> str:
    """Return the alias of the rows of a level."""
    return _ALIASES.get(name, "l")


def list_of(name: str) -> str | None:
    """Return the list whose rows are a level, or None."""
    return name.removeprefix(LISTED) if name.startswith(LISTED) else None
