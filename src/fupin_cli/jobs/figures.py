"""A judged registry in the engine → the sums a page draws of it: incomes beside the line, ages by sex, who is out of school."""

from collections.abc import Iterator
from math import ceil, floor

from fupin_cli.catalogue import both
from fupin_cli.findings import Judged
from fupin_cli.findings.used import Sources
from fupin_cli.jobs.stats_rows import PERSONS, households
from fupin_cli.model.figures import AgeBand, Figures, IncomeBand, IncomeLine
from fupin_cli.model.parameters import value_at
from fupin_cli.model.plan import PlannedParameter

_INCOME, _LINE, _SCHOOL = "人均纯收入", *both("收入线")
_WIDTHS = (500, 1000, 2000, 5000)  # yuan a band; the narrowest that makes few enough
_BANDS = 28  # between the open ends
_YEARS, _OLDEST = 5, 90


def figures(judged: Judged) -> Figures:
    """Return the figures of the households and persons that still stand in the registry."""
    bands, without = _incomes(judged)
    ages, unknown = _ages(judged)
    return Figures(
        incomes=tuple(bands),
        no_income=without,
        lines=tuple(_lines(judged)) if bands else (),
        ages=tuple(ages),
        no_age=unknown,
    )


def _incomes(judged: Judged) -> tuple[list[IncomeBand], int]:
    """Return the bands from the lowest to the highest, and how many households have no income that could be read."""
    rows, counted = households(judged.tables), "m.here IS DISTINCT FROM FALSE"
    if not judged.has("户", _INCOME):
        return [], int(judged.engine.rows(f"SELECT COUNT(*){rows} WHERE {counted}")[0][0])
    income = f'CAST(h."{_INCOME}" AS DOUBLE)'
    least, most, high, without = judged.engine.rows(
        f"SELECT MIN({income}), MAX({income}), QUANTILE_DISC({income}, 0.99), COUNT(*) FILTER (WHERE {income} IS NULL){rows} WHERE {counted}"
    )[0]
    if least is None:
        return [], int(without)
    width = _width(max(high, 0.0))
    last = max(1, ceil((max(high, 0.0) + 0.01) / width))  # the open band begins at last × width
    found = judged.engine.rows(
        f"SELECT CAST(GREATEST(-1, LEAST({last}, FLOOR({income} / {width}))) AS BIGINT) AS band, COUNT(*){rows}"
        f" WHERE {counted} AND {income} IS NOT NULL GROUP BY 1"
    )
    held = {int(band): int(count) for band, count in found}
    first, end = max(-1, floor(least / width)), last if most >= last * width else last - 1
    return [_band(band, last, width, held.get(band, 0)) for band in range(min(first, 0), end + 1)], int(without)


def _width(high: float) -> int:
    """Return a round width with which so high an income needs few enough bands."""
    times = 1
    while True:
        for width in _WIDTHS:
            if high < width * times * _BANDS:
                return width * times
        times *= 10


def _band(band: int, last: int, width: int, count: int) -> IncomeBand:
    least = None if band < 0 else float(band * width)
    below = 0.0 if band < 0 else None if band == last else float((band + 1) * width)
    return IncomeBand(least, below, count)


def _lines(judged: Judged) -> Iterator[IncomeLine]:
    """Yield each line that holds for some household on its data date, the lowest first."""
    parameter = judged.book.parameters.get(_LINE)
    if parameter is None:
        return
    settings, sources = judged.settings, Sources(judged)
    profile = judged.book.profiles.get(settings.profile or "")
    given = {**(profile.parameters if profile else {}), **settings.given}.get(_LINE)
    found: dict[IncomeLine, None] = {}
    asked = PlannedParameter(_LINE, "", "", "")
    rows = judged.engine.rows(
        f'SELECT DISTINCT h."数据日期", h."_place"{households(judged.tables)} WHERE m.here IS DISTINCT FROM FALSE ORDER BY 1, 2'
    )
    for day, place in rows:
        held = value_at(parameter, day, place)
        value = given if given is not None else held.value if held is not None else None
        used = sources.of((asked, value, day, place))
        if used is not None and isinstance(used.value, float):
            found[IncomeLine(used.value, used.place or "全国", used.since, used.source)] = None
    yield from sorted(found, key=lambda line: (line.value, line.place, line.since))


def _ages(judged: Judged) -> tuple[list[AgeBand], int]:
    """Return bands of five years, and how many 在册 persons have no age or sex that is known."""
    if not judged.tables.persons:
        return [], 0
    has = {row[0] for row in judged.engine.rows('SELECT column_name FROM (DESCRIBE "推_人")')}
    age = 'q."年龄"' if "年龄" in has else "CAST(NULL AS DOUBLE)"
    sex = 'p."性别"' if judged.has("人", "性别") else 'q."性别"' if "性别" in has else "CAST(NULL AS VARCHAR)"
    school = _SCHOOL in judged.plan.levels.get("人", ())
    out = f'x."{_SCHOOL}" = 2' if school else "FALSE"
    joined = ' JOIN "verdicts_人" x ON x."_id" = p."_id"' if school else ""
    band = f"CASE WHEN {age} >= 0 AND {sex} IN ('男', '女') THEN CAST(LEAST({_OLDEST}, FLOOR({age} / {_YEARS}) * {_YEARS}) AS BIGINT) END"
    rows = judged.engine.rows(
        f"SELECT {band} AS band, COUNT(*) FILTER (WHERE {sex} = '男'), COUNT(*) FILTER (WHERE {sex} = '女'), COUNT(*) FILTER (WHERE {out}), COUNT(*){PERSONS}{joined}"
        ' WHERE q."在册" GROUP BY 1'
    )
    held = {row[0]: tuple(map(int, row[1:])) for row in rows}
    unknown = held.pop(None, (0, 0, 0, 0))[3]
    if not held:
        return [], unknown
    firsts = range(0, _OLDEST + 1, _YEARS)
    none = (0, 0, 0, 0)
    return [
        AgeBand(first, None if first == _OLDEST else first + _YEARS - 1, *held.get(first, none)[:3]) for first in firsts
    ], unknown
