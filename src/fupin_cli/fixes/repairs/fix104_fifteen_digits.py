"""FIX104 (unsafe): a number of 15 digits becomes its form of 18 characters, where the row's day of birth agrees."""

from collections.abc import Iterator

from fupin_cli.catalogue import both
from fupin_cli.fixes.ground import Change, Ground, Proposer, Target, fix_of
from fupin_cli.model.fix import Fix, Repair
from fupin_cli.model.sheet import Kind
from fupin_cli.values.id_number import birth_date, sex, upgrade_15

_REASON = both("15位旧号升为18位：加19，末位按规则算出，请核对现证件")


def propose(ground: Ground) -> Iterator[Fix]:
    """Yield a fix for each 证件号码 of 15 digits that fits its row, and whose new form is nobody else's."""
    columns = ground.tables.columns.get("人", {})
    if not ground.tables.persons or not {"证件号码", "出生日期"} <= columns.keys():
        return
    taken = _numbers(ground)
    for target in ground.targets:
        if (target.layout.kind, target.column.name) == ("人", "证件号码"):
            yield from _of_column(ground, target, taken, stated_sex="性别" in columns)


def _numbers(ground: Ground) -> dict[str, int]:
    """Return how often each number of 18 characters, and each raised one, stands in the file."""
    rows = ground.engine.rows(
        """SELECT left("证件号码", 18), count(*) FROM "人" WHERE "证件号码$" = 0 AND "证件号码" IS NOT NULL GROUP BY 1"""
    )
    found: dict[str, int] = {}
    for number, n in rows:
        whole = upgrade_15(number) or number
        found[whole] = found.get(whole, 0) + int(n)
    return found


def _of_column(ground: Ground, target: Target, taken: dict[str, int], *, stated_sex: bool) -> Iterator[Fix]:
    own_sex = """CASE WHEN p."性别$" = 0 THEN p."性别" END""" if stated_sex else "NULL"
    rows = ground.engine.rows(
        f"""SELECT s.r, s.c{target.index}, p."证件号码", p."出生日期", {own_sex} FROM "人" AS p
JOIN "{target.raw}" AS s ON s.r = p."_row" WHERE p."_source" = {target.layout.source} AND s.k{target.index} = {Kind.TEXT}
AND p."证件号码$" = 0 AND regexp_full_match(p."证件号码", '[1-9][0-9]{{14}}') AND p."出生日期$" = 0 ORDER BY s.r"""
    )
    for row, text, number, day, said in rows:
        raised = upgrade_15(number)
        agrees = birth_date(number) == day and said in (None, sex(number))
        if raised and agrees and raised[6:8] == "19" and taken[raised] == 1:
            yield fix_of("FIX104", target, row, Change(text, Kind.TEXT, raised, Kind.TEXT), _REASON)


KIND = Proposer(
    Repair(
        "FIX104", *both("15位证件号升为18位"), False,
        *both("一代证号码按 GB 11643 升位后唯一确定；但换证时个别人的号码改过，须按现证件核对。出生日期、性别对得上的才改。")
    ),
    propose,
)  # fmt: skip
