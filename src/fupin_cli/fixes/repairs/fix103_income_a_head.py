"""FIX103 (unsafe): 人均纯收入 is computed anew where the net income and the number of members are both certain."""

from collections.abc import Iterator

from fupin_cli.catalogue import both
from fupin_cli.fixes.ground import Change, Ground, Proposer, Target, fix_of
from fupin_cli.model.fix import Fix, Repair
from fupin_cli.model.sheet import Kind

_A_HEAD = "人均纯收入"
_PARTS = ("工资性收入", "生产经营性收入", "财产性收入", "转移性收入", "生产经营性支出")
_EXTRA = ("理赔收入", "其他理赔收入", "合规自付支出", "其他合规自付支出")  # where one is there the sum is not so simple
_TOLERANCE = 1.0  # yuan, as 收入容差 has it: a difference of rounding is no fault
_TOTAL = 1.0  # by how much the stated net income and its parts may differ and still be one
_REASON = both("按纯收入÷在册人数重算，请核对收入和人口")


def propose(ground: Ground) -> Iterator[Fix]:
    """Yield a fix for each cell of 人均纯收入 that is blank or differs from what follows for certain."""
    own = ground.tables.columns.get("户", {})
    if not (ground.tables.persons and ground.tables.households and {_A_HEAD, "家庭人口"} <= own.keys()):
        return
    if "与户主关系" not in ground.tables.columns["人"]:
        return  # the rows may be some of the members only
    total = _net_income(set(own))
    if total is None:
        return
    ground.engine.run(f'CREATE OR REPLACE TEMP TABLE "_a_head" AS {_certain(set(own), total)}')
    tolerance = float(ground.settings.given.get("收入容差", _TOLERANCE))
    for target in ground.targets:
        if target.column.name == _A_HEAD and target.layout.kind in ("户", "人"):
            yield from _of_column(ground, target, tolerance)
    ground.engine.run('DROP TABLE "_a_head"')


def _net_income(own: set[str]) -> str | None:
    """SQL: the net income where it is certain: as stated, or of parts that are all read; where both are there they agree."""
    stated = 'h."纯收入"' if "纯收入" in own else "NULL"
    parts = "NULL"
    if own.issuperset(_PARTS):
        *incomes, spent = (f'h."{one}"' for one in _PARTS)
        parts = f"({' + '.join(incomes)} - {spent})"
    if stated == parts == "NULL":
        return None
    unread = 'h."纯收入$" = 2' if "纯收入" in own else "FALSE"
    return (
        f"CASE WHEN {unread} THEN NULL WHEN {stated} IS NULL THEN {parts}"
        f" WHEN {parts} IS NULL OR abs({stated} - {parts}) <= {_TOTAL} THEN {stated} END"
    )


def _certain(own: set[str], total: str) -> str:
    """SQL: home, and what 人均纯收入 must be: one 户主, every standing known, the stated number of people that of the rows."""
    extra = " AND ".join(f'h."{one}$" <> 2 AND coalesce(h."{one}", 0) = 0' for one in _EXTRA if one in own) or "TRUE"
    return f"""SELECT h."_id" AS home, round(({total}) / m.n, 2) AS value FROM "户" AS h JOIN (
SELECT p."_household" AS home, count(*) FILTER (WHERE q."在册") AS n FROM "人" AS p JOIN "推_人" AS q ON q."_id" = p."_id"
WHERE p."_household" IS NOT NULL GROUP BY 1
HAVING count(*) FILTER (WHERE q."在册" IS NULL) = 0 AND n > 0 AND count(DISTINCT p."数据日期") = 1
  AND count(*) FILTER (WHERE q."在册" AND p."与户主关系" = '户主') = 1 AND count(*) FILTER (WHERE p."与户主关系$" <> 0) = 0) AS m
ON m.home = h."_id" WHERE h."家庭人口$" = 0 AND h."家庭人口" = m.n AND {extra} AND ({total}) IS NOT NULL"""


def _of_column(ground: Ground, target: Target, tolerance: float) -> Iterator[Fix]:
    """Write every row of the household that says the old value; where none says any, the row the household stands on."""
    index, source = target.index, target.layout.source
    rows_of = (
        'SELECT p."_row" AS r, p."_household" AS home FROM "人" AS p'
        if target.layout.kind == "人"
        else 'SELECT h."_row" AS r, h."_id" AS home FROM "户" AS h'
    )
    alias = "p" if target.layout.kind == "人" else "h"
    found = ground.engine.rows(
        f"""SELECT s.r, s.c{index}, s.k{index}, a.value FROM ({rows_of} WHERE {alias}."_source" = {source}) AS w
JOIN "_a_head" AS a ON a.home = w.home JOIN "户" AS h ON h."_id" = w.home
JOIN "{target.typed}" AS t ON t."_row" = w.r JOIN "{target.raw}" AS s ON s.r = w.r
WHERE (h."{_A_HEAD}$" = 0 AND t."{_A_HEAD}$" = 0 AND abs(h."{_A_HEAD}" - t."{_A_HEAD}") < 0.005
  AND round(abs(t."{_A_HEAD}" - a.value), 2) > {tolerance} AND s.k{index} IN (1, 2))
OR (h."{_A_HEAD}$" = 1 AND t."{_A_HEAD}$" = 1 AND h."_source" = {source} AND h."_row" = w.r AND coalesce(s.k{index}, 0) IN (0, 1))
ORDER BY s.r"""
    )
    kind = Kind.TEXT if target.plain else Kind.NUMBER
    for row, text, before, value in found:
        change = Change(
            text, Kind(before or 0), _plain(value), Kind.TEXT if before == Kind.TEXT and text.strip() else kind
        )
        yield fix_of("FIX103", target, row, change, _REASON)


def _plain(value: float) -> str:
    return str(int(value)) if value == int(value) else repr(value)


KIND = Proposer(
    Repair(
        "FIX103", *both("重算人均纯收入"), False,
        *both("纯收入（或各分项）齐全、成员行数与家庭人口一致、没有理赔和自付的户，人均纯收入就是纯收入除以人数；错的也可能是收入或人口，须核对。")
    ),
    propose,
)  # fmt: skip
