"""FIX106 (unsafe): an identity number one slip away from the only number that fits the person becomes that number."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date

from msgspec import Struct

from fupin_cli.catalogue import both
from fupin_cli.fixes.certificates import slips, sound
from fupin_cli.fixes.ground import Change, Ground, Proposer, Target, fix_of
from fupin_cli.model.fix import Fix, Repair
from fupin_cli.model.sheet import Kind
from fupin_cli.values.id_number import birth_date, sex, upgrade_15

_REASON = both("原号校验不符；只有这一个号码与出生日期、性别、户内地区码都相符且无人使用，请对照证件核对")


class Person(Struct, frozen=True):
    """What a candidate must fit."""

    born: date
    sex: str
    regions: frozenset[str]  # of six digits: those of the household


def propose(ground: Ground) -> Iterator[Fix]:
    """Yield a fix for each damaged number of which exactly one slip tells a number that fits and that is free."""
    columns = ground.tables.columns.get("人", {})
    if not ground.tables.persons or not {"证件号码", "出生日期", "性别"} <= columns.keys():
        return
    found = [one for target in _targets(ground) for one in _of_column(ground, target)]
    if not found:
        return
    taken = _taken(ground)
    fits = [only_fit(number, person, taken) for number, person, *_ in found]
    times = Counter(fits)
    for fit, (_, _, target, row, text) in zip(fits, found, strict=True):
        if fit is not None and times[fit] == 1:
            yield fix_of("FIX106", target, row, Change(text, Kind.TEXT, fit, Kind.TEXT), _REASON)


def _targets(ground: Ground) -> list[Target]:
    return [one for one in ground.targets if (one.layout.kind, one.column.name) == ("人", "证件号码")]


def _of_column(ground: Ground, target: Target) -> list[tuple[str, Person, Target, int, str]]:
    """Return the damaged numbers of a column with a day of birth, a sex and a region to fit."""
    index = target.index
    homes: dict[int, set[str]] = defaultdict(set)
    rows = ground.engine.rows(
        f"""SELECT p."_household", upper(trim(s.c{index})), p."出生日期", p."性别", s.r, s.c{index} FROM "人" AS p
JOIN "{target.raw}" AS s ON s.r = p."_row" WHERE p."_source" = {target.layout.source} AND s.k{index} = {Kind.TEXT}
AND regexp_full_match(upper(trim(s.c{index})), '[0-9]{{17}}[0-9X]?') AND NOT starts_with(trim(s.c{index}), '999999')
AND NOT ends_with(trim(s.c{index}), '000') -- a spreadsheet's figure that lost its last digits: nobody can tell them
AND NOT {sound("upper(trim(s.c" + str(index) + "))")}
AND p."出生日期$" = 0 AND p."性别$" = 0 AND p."_household" IS NOT NULL ORDER BY s.r"""
    )
    if rows:
        for home, region in ground.engine.rows(
            f"""SELECT "_household", left("证件号码", 6) FROM "人" WHERE "证件号码$" = 0 AND "_household" IS NOT NULL
AND ({sound('left("证件号码", 18)')} OR regexp_full_match("证件号码", '[1-9][0-9]{{14}}')) UNION SELECT "_id", "_place" FROM "户" WHERE length("_place") = 6"""
        ):
            homes[home].add(region)
    return [
        (number, Person(born, said, frozenset(homes[home])), target, row, text)
        for home, number, born, said, row, text in rows
    ]


def _taken(ground: Ground) -> frozenset[str]:
    """Return every number of 18 characters in the file, of members and of heads; those of 15 digits in their new form."""
    parts = ["""SELECT left("证件号码", 18) FROM "人" WHERE "证件号码" IS NOT NULL"""]
    if "户主证件号码" in ground.tables.columns.get("户", {}):
        parts.append("""SELECT left("户主证件号码", 18) FROM "户" WHERE "户主证件号码" IS NOT NULL""")
    numbers = [str(number) for (number,) in ground.engine.rows(" UNION ".join(parts))]
    return frozenset(upgrade_15(one) or one for one in numbers)


def only_fit(number: str, person: Person, taken: frozenset[str]) -> str | None:
    """Return the only number one slip away that passes its check, fits the person and is nobody's; None for none or several.

    One that fits but is somebody's makes all unsure: the row may be that person.
    """
    fits = [
        one
        for one in slips(number)
        if birth_date(one) == person.born and sex(one) == person.sex and one[:6] in person.regions
    ]
    return fits[0] if len(fits) == 1 and fits[0] not in taken else None


KIND = Proposer(
    Repair(
        "FIX106", *both("证件号码一处笔误"), False,
        *both("错一位、相邻两位颠倒或漏了末尾的X，而且只有一个号码与校验码、出生日期、性别、户内地区码都相符、又没有别人用时才改；仍须对照证件。")
    ),
    propose,
)  # fmt: skip
