"""Two sides in one engine in; pairs of left-over persons that are probably one person, each with its score and evidence, out."""

from msgspec import Struct

from fupin_cli.differences.linkage.candidates import meet
from fupin_cli.differences.linkage.persons import lay_out
from fupin_cli.differences.linkage.reasons import Person, explain
from fupin_cli.differences.linkage.scoring import score
from fupin_cli.differences.records import records
from fupin_cli.differences.sides import Pairing, Sides
from fupin_cli.engines import Engine
from fupin_cli.model.difference import Evidence, Suspicion

_SHOWN = {  # column → what is shown of it
    "姓名": '"written"',
    "证件号码": '"number_written"',
    "出生日期": 'CAST("birth" AS VARCHAR)',
    "性别": '"sex"',
    "户编号": '"household"',
    "户主姓名": '"head"',
    "村": '"village_written"',
    "乡": '"township_written"',
    "与户主关系": '"relation"',
}
_MADE = ("联_原", "联_名", "联_字", "联_全", "联_人", "联_键", "联_对", "联_名对", "联_分")


class Suspect(Struct, frozen=True):
    """Two rows that are probably one person."""

    left: int  # `_id`
    right: int
    score: float  # 0 … 1
    evidence: tuple[Evidence, ...]


def link(engine: Engine, sides: Sides, wishes: Pairing) -> tuple[Suspicion, ...]:
    """Return rows of 人 in no pair of `对_人` that are suspected to be one person, the likeliest first.

    A row is suggested with its best counterpart, and only where it is that one's best, too; equally good ones all stand.
    Nothing is suggested below `wishes.least`.

    Raises:
        UsageError: pypinyin or opencc is not installed.
    """
    found = suspects(engine, sides, wishes.least)
    lefts = records(engine, sides, "left", "人", {one.left for one in found}, wishes.on)
    rights = records(engine, sides, "right", "人", {one.right for one in found}, wishes.on)
    return tuple(Suspicion(lefts[one.left], rights[one.right], one.score, one.evidence) for one in found)


def suspects(engine: Engine, sides: Sides, least: float) -> tuple[Suspect, ...]:
    """Return the same by `_id`; needs no sheets, only 左_人, 左_户, 右_人, 右_户 and 对_人."""
    if not (sides.left.persons and sides.right.persons):
        return ()
    try:
        lay_out(engine, sides)
        meet(engine)
        rows = score(engine, least)
        free = engine.rows(
            'SELECT count(*) FILTER (WHERE "side" = 0), count(*) FILTER (WHERE "side" = 1) FROM "联_人" WHERE "free"'
        )[0]
        lefts = _cells(engine, 0, {int(row[0]) for row in rows})
        rights = _cells(engine, 1, {int(row[1]) for row in rows})
    finally:
        for table in _MADE:
            engine.run(f'DROP TABLE IF EXISTS "{table}"')
    return tuple(
        Suspect(
            int(row[0]), int(row[1]), float(row[2]), explain(row, lefts[row[0]], rights[row[1]], (free[0], free[1]))
        )
        for row in rows
    )


def _cells(engine: Engine, side: int, ids: set[int]) -> dict[int, Person]:
    found = engine.rows(
        f'SELECT "id", {", ".join(_SHOWN.values())} FROM "联_人" WHERE "side" = ? AND "id" IN (SELECT unnest(?::BIGINT[]))',
        (side, sorted(ids)),
    )
    return {int(row[0]): dict(zip(_SHOWN, row[1:], strict=True)) for row in found}
