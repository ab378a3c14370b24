"""Two sides that may hold tokens in (`fupin token`); what their rows are known by out, and a refusal where the keys differ."""

from collections.abc import Collection

from fupin_cli.catalogue import both
from fupin_cli.differences.sides import Sides, kinds, relation
from fupin_cli.engines import Engine
from fupin_cli.errors import UsageError
from fupin_cli.model.difference import Side

_SIDES: tuple[Side, Side] = ("left", "right")
_NUMBER, _NAME, _MARK = "证件令牌", "姓名生日令牌", "密钥校验"


def holds_tokens(sides: Sides) -> bool:
    """Tell whether both sides have tokens in the place of numbers and names."""
    return all(_has_tokens(kinds(sides, side, "人")) for side in _SIDES)


def token_keys(there: Collection[str]) -> dict[str, str]:
    """SQL of the key columns that tokens give: the number's as `card`, that of name and day of birth as `name`."""
    return {field: f't."{column}"' for field, column in (("card", _NUMBER), ("name", _NAME)) if column in there}


def refuse_other_keys(engine: Engine, sides: Sides) -> None:
    """Raise UsageError where tokens of the two sides cannot meet: of two keys, or beside a side without tokens."""
    having = [_has_tokens(kinds(sides, side, "人")) for side in _SIDES]
    if not any(having):
        return
    if not all(having):
        side_zh, side_en = both("左边") if having[0] else both("右边")
        raise UsageError(
            *both(
                "只有{side}是令牌表，无法和证件号码相比；请把另一边也用同一个密钥做成令牌（fupin token）。",
                side=(side_zh, side_en),
            )
        )
    left, right = (_marks(engine, sides, side) for side in _SIDES)
    if not left or not right:
        raise UsageError(
            *both(
                "令牌表缺少“{mark}”列，看不出两边用的是不是同一个密钥；请用 fupin token 重新生成，不要删列。",
                mark=_MARK,
            )
        )
    if left != right or len(left) > 1:
        raise UsageError(
            *both(
                "两边的令牌不是用同一个密钥和算法做的，谁和谁都对不上；请双方用同一个密钥文件和 --algorithm 重新生成。"
            )
        )


def _has_tokens(there: Collection[str]) -> bool:
    return _NUMBER in there or _NAME in there


def _marks(engine: Engine, sides: Sides, side: Side) -> set[str]:
    if _MARK not in kinds(sides, side, "人"):
        return set()
    table = relation(sides, side, "人")
    return {row[0] for row in engine.rows(f'SELECT DISTINCT "{_MARK}" FROM {table} WHERE "{_MARK}" IS NOT NULL')}
