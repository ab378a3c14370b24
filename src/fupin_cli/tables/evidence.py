"""Where one heading stands for two columns, let the cells below it tell which of them they fill.

务工地点 has the code list of 务工区域 on some forms and a place in words on others; 核定载质量 without a unit is tonnes
on one list and kilograms on the next. The dictionary says both columns; a coded one is meant when most cells are of its
list, a number with `most` when most cells do not exceed it.
"""

from collections.abc import Sequence

from msgspec.structs import replace

from fupin_cli.catalogue import both
from fupin_cli.engines import Engine
from fupin_cli.model.place import letter
from fupin_cli.model.sheet import Sheet
from fupin_cli.tables import heading_text
from fupin_cli.tables.codes import Labels
from fupin_cli.tables.headings import Heading
from fupin_cli.tables.kinds import Claims, Doubt
from fupin_cli.tables.lexicon import Candidate, Lexicon
from fupin_cli.tables.neighbours import barred, is_yes_no

_TEXTS = 200  # the most frequent texts of a column that are looked at
_ROWS = 5000  # rows that tell counts from yes and no


def settled(engine: Engine, sheet: Sheet, heading: Heading, claims: Claims, lexicon: Lexicon) -> Claims:
    """Return the claims with one column left of each pair that share a heading, and no 是否 where the cells count."""
    rows = f'FROM "{sheet.relation}" WHERE "r" > {heading.bottom}'
    told = tuple(_one_of(engine, f'"c{i}"', rows, each, lexicon) for i, each in enumerate(claims.candidates))
    claims = replace(claims, candidates=told)
    asked = [i for i, each in enumerate(told) if is_yes_no(each, lexicon) and _may_count(sheet, i)]
    for i in _counting(engine, rows, asked):
        claims = barred(claims, i, _counts(i, heading_text.joined(heading.levels[i])))
    return claims


def _may_count(sheet: Sheet, column: int) -> bool:
    """Tell whether a column may hold numbers, where the reader has counted its texts."""
    texts = sheet.texts[column] if sheet.texts else None
    return texts is None or sum(texts.values()) < sheet.filled[column] or any(text < ":" for text in texts)


def _counting(engine: Engine, rows: str, columns: Sequence[int]) -> list[int]:
    """Return the columns of which the cells are numbers, and some of these above 1, in the first rows."""
    if columns:  # most hold 是 and 否, and no text that may be a number
        low = ", ".join(f"coalesce(min(\"c{i}\") < ':', FALSE)" for i in columns)
        [told] = engine.rows(f"SELECT {low} FROM (SELECT {_cells(columns)} {rows} LIMIT {_ROWS})")
        columns = [i for i, may in zip(columns, told, strict=True) if may]
    if not columns:
        return []
    number = 'CASE WHEN "c{0}" < \':\' THEN TRY_CAST("c{0}" AS DOUBLE) END'  # a cast that fails takes long: most texts need none
    parts = ", ".join(
        f"""count(*) FILTER (WHERE trim("c{i}") <> ''), count({number.format(i)}),
        count(*) FILTER (WHERE {number.format(i)} NOT IN (0, 1))"""
        for i in columns
    )
    [counted] = engine.rows(f"SELECT {parts} FROM (SELECT {_cells(columns)} {rows} LIMIT {_ROWS})")
    found = zip(columns, counted[::3], counted[1::3], counted[2::3], strict=True)
    return [i for i, filled, numbers, above in found if 2 * numbers > filled and 5 * above >= numbers and above]


def _cells(columns: Sequence[int]) -> str:
    return ", ".join(f'"c{i}"' for i in columns)


def _counts(i: int, name: str) -> Doubt:
    return both("{letter} 列“{name}”的内容是数目，不是“是/否”，没有读入。", letter=letter(i), name=name)


def _one_of(
    engine: Engine, cell: str, rows: str, candidates: Sequence[Candidate], lexicon: Lexicon
) -> tuple[Candidate, ...]:
    columns = [lexicon.columns[each.column] for each in candidates]
    if len(columns) < 2 or len({(column.level, column.bands) for column in columns}) > 1:
        return tuple(candidates)
    for candidate, column in zip(candidates, columns, strict=True):
        fits: bool | None = None
        if column.codes is not None and any(other.type == "文本" for other in columns):
            fits = _is_of_list(engine, cell, rows, Labels(lexicon.codes[column.codes]))
        elif column.most is not None:
            fits = _is_within(engine, cell, rows, column.most)
        if fits is not None:
            return (candidate,) if fits else tuple(other for other in candidates if other is not candidate)
    return tuple(candidates)


def _is_of_list(engine: Engine, cell: str, rows: str, labels: Labels) -> bool | None:
    """Tell whether half of the cells or more are of a code list; None when there is no cell."""
    texts = engine.rows(
        f"SELECT {cell}, count(*) {rows} AND trim({cell}) <> '' GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT {_TEXTS}"
    )
    read = [(labels.many(text), count) for text, count in texts]
    known = sum(count for one, count in read if one.value is not None and one.rule != "COD001")
    said = sum(count for one, count in read if not one.blank)
    return 2 * known >= said if said else None


def _is_within(engine: Engine, cell: str, rows: str, most: float) -> bool | None:
    """Tell whether the middle one of the numbers is not above `most`; None when there is no number."""
    [(middle,)] = engine.rows(f"SELECT median(TRY_CAST({cell} AS DOUBLE)) {rows}")
    return None if middle is None else bool(middle <= most)
