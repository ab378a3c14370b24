"""Two sides in; engine tables 对_人, 对_户, 对_村, 对_名单 out: which row of the left is which of the right, and how they met."""

from collections.abc import Iterable, Sequence

from fupin_cli.catalogue import both, enumerated
from fupin_cli.differences.columns import likeness
from fupin_cli.differences.homes import by_head, by_members, not_elsewhere
from fupin_cli.differences.identical import pair_identical
from fupin_cli.differences.keys import has_columns, keys_of, write_keys
from fupin_cli.differences.meeting import AGREED, Pass, meet
from fupin_cli.differences.sides import Facing, Pairing, Sides, kinds
from fupin_cli.differences.tokens import holds_tokens, refuse_other_keys
from fupin_cli.engines import Engine
from fupin_cli.engines.sql import quoted
from fupin_cli.errors import UsageError
from fupin_cli.model.difference import Side

_PERSON = (
    Pass("证件号码", "k.card"),
    Pass("证件号码", "k.odd", AGREED),
    Pass("人编号", "k.code", AGREED, unique=True),
    Pass("户编号+人编号", "k.home || '|' || k.code", AGREED),
    Pass("户编号+姓名", "k.home || '|' || k.name", unique=True),
    Pass("户编号+姓名+与户主关系", "k.home || '|' || k.name || '|' || k.relation"),
)
_TOKENS = (Pass("证件令牌", "k.card"), Pass("姓名生日令牌", "k.name", unique=True), *_PERSON[2:])
_LISTED = (Pass("证件号码", "k.card"), Pass("户编号", "k.home"), Pass("主键", "k.place"))


def facings(sides: Sides, wishes: Pairing) -> tuple[Facing, ...]:
    """Return the tables that face each other, the main one first.

    Raises:
        UsageError: the sides have no table in common, or none of those wished.
    """
    left, right = list(sides.left.lists), list(sides.right.lists)
    found: list[Facing] = []
    if left and right:
        found = [Facing(one, "对_名单", one, one) for one in left if one in right]
    elif left or right:
        listed = (left or right)[0]
        table = _meets_list(sides, listed, "right" if left else "left")
        if table:
            found = [Facing(listed, "对_名单", listed, table) if left else Facing(table, "对_名单", table, listed)]
    else:
        found = [Facing(one, f"对_{one}", one, one) for one in ("人", "户", "村") if _both_have(sides, one)]
    chosen = tuple(one for one in found if not wishes.tables or one.table in wishes.tables)
    if chosen:
        return chosen
    there = "、".join(one.table for one in found)
    if found:
        raise UsageError(
            *both("没有要比较的表“{tables}”；两边都有的是 {there}。", tables=enumerated(wishes.tables), there=there)
        )
    raise UsageError(
        *both("两边没有可以相比的表：一边是人的表、另一边是户或村的表，或名单的主键登记表里没有。请给出同一级的表。")
    )


def _both_have(sides: Sides, table: str) -> bool:
    if table == "村":
        return all(any(layout.kind == "村" for layout in one.layouts) for one in (sides.left, sides.right))
    if table == "人":
        return sides.left.persons and sides.right.persons
    return sides.left.households and sides.right.households


def _meets_list(sides: Sides, listed: str, side: Side) -> str | None:
    """Return the table of the registry, on `side`, whose rows a list's key names."""
    key = sides.dictionary.lists[listed].key
    if sides.dictionary.lists[listed].columns[key].type == "证件":
        if "证件号码" in kinds(sides, side, "人"):
            return "人"
        return "户" if "户主证件号码" in kinds(sides, side, "户") else None
    return "户" if key == "户编号" and sides.tables(side).households else None


def pair(engine: Engine, sides: Sides, wishes: Pairing) -> None:
    """Create 对_人, 对_户, 对_村 and 对_名单: `l`, `r` BIGINT (`_id` of either side), `by` VARCHAR; a row stands in one pair at most.

    Tables that do not face each other have no pairs. 人 and 户 are paired also where only one of them is wished.

    Raises:
        UsageError: a column of `on` is not there on both sides.
    """
    for table in ("人", "户", "村", "名单"):
        engine.run(f'CREATE OR REPLACE TABLE {quoted("对_" + table)} (l BIGINT, r BIGINT, "by" VARCHAR)')
    refuse_other_keys(engine, sides)
    facing = {one.pairs: one for one in facings(sides, Pairing())}
    _refuse_unknown(sides, facing.values(), wishes.on)
    for one in facing.values():
        write_keys(engine, sides, one, _wished(sides, one, wishes))
    steps = {pairs: _on(sides, one, wishes) for pairs, one in facing.items()}
    if persons := facing.get("对_人"):
        _pair_persons(engine, sides, persons, wishes, steps["对_人"])
    if homes := facing.get("对_户"):
        allowed = not_elsewhere(engine, sides)
        own = steps["对_户"] or (Pass("户编号", "k.home", allowed),)
        _run(engine, sides, homes, wishes, own)
        if not steps["对_户"]:
            by_head(engine, sides)
            by_members(engine, sides)
            allowed = not_elsewhere(engine, sides)
            rest = (
                Pass("户主证件号码", "k.head", allowed, unique=True),
                Pass("村+户主姓名", "k.code", allowed, unique=True),
            )
            _run(engine, sides, homes, wishes, rest)
    if persons and homes and not steps["对_人"]:
        right = keys_of("right", persons)
        engine.run(f"""UPDATE {right} SET house = p.l FROM "对_户" AS p WHERE p.r = house""")  # one name for both
        _run(engine, sides, persons, wishes, (Pass("同户+姓名", "k.house || '|' || k.name", unique=True),))
    for table in ("对_村", "对_名单"):
        if table in facing:
            key = (Pass("县+乡+村", "k.place"),) if table == "对_村" else _LISTED
            _run(engine, sides, facing[table], wishes, steps[table] or key)


def _pair_persons(engine: Engine, sides: Sides, facing: Facing, wishes: Pairing, wished: Sequence[Pass]) -> None:
    """Let persons meet: as the user wished, else by what names them, and at last where two rows say the same in every cell."""
    tokens = holds_tokens(sides)
    _run(engine, sides, facing, wishes, wished or (_TOKENS if tokens else _PERSON))
    if not (wished or tokens):
        pair_identical(engine, sides, facing)


def _run(engine: Engine, sides: Sides, facing: Facing, wishes: Pairing, passes: Sequence[Pass]) -> None:
    """Let the rows of two tables meet, one pass after the other."""
    like = likeness(sides, facing, wishes)
    for one in passes:
        meet(engine, facing, one, like)


def _wished(sides: Sides, facing: Facing, wishes: Pairing) -> tuple[str, ...]:
    return wishes.on if wishes.on and has_columns(sides, facing, wishes.on) else ()


def _on(sides: Sides, facing: Facing, wishes: Pairing) -> tuple[Pass, ...]:
    """Return the pass the user wished, where both tables have the columns."""
    return (Pass("+".join(wishes.on), "k.wished"),) if _wished(sides, facing, wishes) else ()


def _refuse_unknown(sides: Sides, facing: Iterable[Facing], on: Sequence[str]) -> None:
    faced = list(facing)
    if not on or any(has_columns(sides, one, on) for one in faced):
        return
    one = faced[0]
    there = [column for column in kinds(sides, "left", one.left) if has_columns(sides, one, (column,))]
    raise UsageError(*both("--on {on}：两边不都有这些列；都有的是 {there}。", on=",".join(on), there=enumerated(there)))
