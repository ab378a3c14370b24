"""FIX013 (with --fill-households): what a household says on its first row is written into the blank cells of its other rows."""

from collections.abc import Iterator

from fupin_cli.catalogue import both
from fupin_cli.fixes.ground import Change, Ground, Proposer, Target, fix_of
from fupin_cli.model.fix import Fix, Repair
from fupin_cli.model.sheet import Kind

_FILLED = (
    "编号",
    "姓名",
    "证件",
    "代码",
    "文本",
    "电话",
)  # a sum that stood on every row would be counted again and again
_REASON = both("按本户首行填写")


def propose(ground: Ground) -> Iterator[Fix]:
    """Yield a fix for each blank cell of a household's or a place's column whose household says it on another row above."""
    if not (ground.fill and ground.tables.persons and ground.tables.households):
        return
    own = ground.tables.columns["户"]
    for target in ground.targets:
        column = target.column
        if (
            target.layout.kind == "人"
            and column.level in ("户", "地")
            and column.type in _FILLED
            and column.name in own
        ):
            yield from _of_column(ground, target)


def _of_column(ground: Ground, target: Target) -> Iterator[Fix]:
    """Fill from the row the household's value was taken from (`X@`), when that is a row of this table above."""
    column, index, source = target.column.name, target.index, target.layout.source
    rows = ground.engine.rows(
        f"""SELECT s.r, s.c{index}, s.k{index}, f.c{index}, f.k{index} FROM "人" AS p
JOIN "户" AS h ON h."_id" = p."_household" AND h."{column}$" = 0 AND h."{column}@" // 1000000000 = {source}
JOIN "{target.raw}" AS s ON s.r = p."_row"
JOIN "{target.raw}" AS f ON f.r = h."{column}@" % 1000000000
WHERE p."_source" = {source} AND trim(coalesce(s.c{index}, '')) = '' AND coalesce(s.k{index}, 0) IN (0, 1)
  AND f.k{index} IN (1, 2) AND f.r < s.r ORDER BY s.r"""
    )
    merged = [one for one in target.layout.sheet.merges if one.first_column <= index <= one.last_column]
    for row, before, kind, after, after_kind in rows:
        if not any(one.first_row < row <= one.last_row for one in merged):
            change = Change(before, Kind(kind or 0), after, Kind(after_kind))
            yield fix_of("FIX013", target, row, change, _REASON)


KIND = Proposer(
    Repair(
        "FIX013", *both("户的信息填到每一行"), True,
        *both("户编号、户主等只写在首行时，排序、筛选后其余成员就不知是哪一户；金额不填，以免重复计算。")
    ),
    propose,
)  # fmt: skip
