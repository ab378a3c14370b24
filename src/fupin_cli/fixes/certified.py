"""A column of persons in; its blank cells beside a certificate that can be believed out, with what the certificate says."""

from collections.abc import Iterator
from datetime import date

from msgspec import Struct

from fupin_cli.fixes.certificates import born, sex, sound
from fupin_cli.fixes.ground import Ground, Target
from fupin_cli.model.sheet import Kind

_NUMBER = 'left(p."证件号码", 18)'


class Blank(Struct, frozen=True):
    """One blank cell, and what the number beside it says."""

    row: int  # as Excel shows it
    before: str | None
    before_kind: Kind
    born: date
    sex: str


def blanks_of(ground: Ground, target: Target) -> Iterator[Blank]:
    """Yield the blank cells of a column of 人 whose row has a number that passes its check and that nothing contradicts.

    Contradictions: another day of birth or sex on the row, an age (登记年龄) that is not within a year, a day of birth after the
    data date or before 1900, and another row with the same number and date.
    """
    columns = ground.tables.columns.get("人", {})
    if not ground.tables.persons or "证件号码" not in columns:
        return
    index = target.index
    contradictions = [
        f'p."出生日期$" = 2 OR (p."出生日期$" = 0 AND p."出生日期" <> {born(_NUMBER)})'
        if "出生日期" in columns
        else "FALSE",
        f'p."性别$" = 2 OR (p."性别$" = 0 AND p."性别" <> {sex(_NUMBER)})' if "性别" in columns else "FALSE",
        f'p."登记年龄$" = 2 OR (p."登记年龄$" = 0 AND abs(p."登记年龄" - date_diff(\'day\', {born(_NUMBER)}, p."数据日期") / 365.25) > 1.1)'
        if "登记年龄" in columns
        else "FALSE",
        f"{born(_NUMBER)} NOT BETWEEN DATE '1900-01-01' AND p.\"数据日期\"",
        f'count(*) OVER (PARTITION BY {_NUMBER}, p."数据日期") > 1',
    ]
    rows = ground.engine.rows(
        f"""SELECT s.r, s.c{index}, s.k{index}, b, x FROM (
SELECT p."_source" AS source, p."_row" AS row, {born(_NUMBER)} AS b, {sex(_NUMBER)} AS x,
  p."{target.column.name}$" = 1 AND p."证件号码$" = 0 AND {sound(_NUMBER)} AND NOT coalesce({" OR ".join(f"({one})" for one in contradictions)}, FALSE) AS wanted
FROM "人" AS p) AS q JOIN "{target.raw}" AS s ON s.r = q.row
WHERE q.wanted AND q.source = {target.layout.source} AND trim(coalesce(s.c{index}, '')) = '' AND coalesce(s.k{index}, 0) IN (0, 1) ORDER BY s.r"""
    )
    for row, text, kind, day, said in rows:
        yield Blank(row, text, Kind(kind or 0), day, said)
