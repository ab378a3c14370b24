"""A Sheet and its Layouts in, an Account out: every cell with content counted once, by where it went."""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence

from fupin_cli.engines import Engine
from fupin_cli.model.inspection import Account, Stray, Went
from fupin_cli.model.place import letter
from fupin_cli.model.sheet import Merge, Sheet
from fupin_cli.model.table import Layout
from fupin_cli.tables.cautious import cautious
from fupin_cli.tables.heading_text import squeeze
from fupin_cli.tables.sql import literal
from fupin_cli.tables.staging import ranges_sql
from fupin_cli.tables.territory import Cell, Claim, Territory, spans_of, territory_of

STRAYS = 20  # ranges of cells outside every table that are named
_ROWS = 400  # rows looked at for them
_BLANKS = "' ' || chr(9) || chr(10) || chr(13) || chr(160) || chr(12288)"
Sums = Counter[tuple[Went, str]]


def account_of(engine: Engine, sheet: Sheet, layouts: Sequence[Layout]) -> Account:
    """Count the cells of a sheet by where they went; `layouts` are those of this sheet.

    One grouped query over the raw cells; what Python walks over are columns, forms and the first strays.
    """
    if sheet.row_count == 0:
        return Account()
    land = territory_of(engine, sheet, layouts)
    claims = list(dict.fromkeys(claim for _, claim in land.spans))
    _claim_rows(engine, sheet, land.spans, claims)
    sums = _counted(engine, land, claims)
    _take_fixed(land, sums)
    covered = _take_covered(engine, land, claims, sums)
    out = sums.pop(("outside", ""), 0)
    strays = tuple(_strays(engine, land, claims)) if out else ()
    engine.run('DROP TABLE "_claimed"')
    return Account(
        read=sums.pop(("read", ""), 0),
        headings=sums.pop(("heading", ""), 0),
        left_out={why: n for (went, why), n in sorted(sums.items()) if went == "left out" and n},
        unmapped={where: n for (went, where), n in sorted(sums.items()) if went == "unmapped" and n},
        unread=sums.pop(("unread", ""), 0),
        serial=sums.pop(("serial", ""), 0),
        outside=out,
        covered=covered,
        strays=strays,
    )


def rows_of_no_table(engine: Engine, sheet: Sheet, layouts: Sequence[Layout]) -> tuple[int, int | None]:
    """Return how many rows with content no table of a sheet claims, and the first of them; no cell is looked at."""
    spans = spans_of(layouts)
    claims = list(dict.fromkeys(claim for _, claim in spans))
    ends = [*(row for row, _ in spans[1:]), sheet.last_row + 1]
    there = (claim for (row, claim), end in zip(spans, ends, strict=True) if max(row, 1) < end)
    loose = sorted({claims.index(claim) for claim in there if _is_nobodys(claim)})
    if not loose:
        return 0, None
    _claim_rows(engine, sheet, spans, claims)
    wanted = ", ".join(map(str, loose))
    ((n, first),) = engine.rows(f'SELECT count(*), min("r") FROM "_claimed" WHERE "claim" IN ({wanted})')
    engine.run('DROP TABLE "_claimed"')
    return int(n), first


def _is_nobodys(claim: Claim) -> bool:
    return not (claim.bodies or claim.heading or claim.form) and set(claim.reasons) <= {"outside"}


def _claim_rows(engine: Engine, sheet: Sheet, spans: Sequence[tuple[int, Claim]], claims: Sequence[Claim]) -> None:
    """Create `_claimed`: the claim of every row, by its position in `claims`."""
    texts = ",".join(f"{row}-{claims.index(claim)}" for row, claim in spans)
    engine.run(
        f"""CREATE OR REPLACE TEMP TABLE "_claimed" AS
        SELECT "r", "claim" FROM (SELECT "r" FROM "{sheet.relation}") AS "row" ASOF JOIN (
            SELECT CAST(split_part("one", '-', 1) AS INTEGER) AS "first", CAST(split_part("one", '-', 2) AS INTEGER) AS "claim"
            FROM (SELECT UNNEST(string_split('{texts}', ',')) AS "one")) AS "span" ON "r" >= "first\""""
    )


def _counted(engine: Engine, land: Territory, claims: Sequence[Claim]) -> Sums:
    """Count cells by claim and column, labels of forms and rows that are nobody's apart."""
    width = land.sheet.width
    nobody = [(place, i) for place, layout in enumerate(land.layouts) if layout.slot for i in sorted(land.read[place])]
    fields = [f'count("c{i}")' for i in range(width)]
    labels = f"IN ({', '.join(map(literal, sorted(land.labels)))})"
    fields += [f"count(*) FILTER (WHERE {_squeezed(i)} {labels})" for i in range(width)] if land.labels else []
    fields += [f'count("c{i}") FILTER (WHERE {_empty(land.layouts[place].slot)})' for place, i in nobody]
    sums: Sums = Counter()
    for number, counts in _by_claim(engine, land, fields):
        claim = claims[number]
        for i in range(width):
            went = land.went(claim, i)
            label = counts[width + i] if land.labels and claim.form and went[0] != "read" else 0
            sums[went] += counts[i] - label
            sums["heading", ""] += label
        for (place, i), n in zip(nobody, counts[len(counts) - len(nobody) :], strict=True):
            if n and [one for one in claim.bodies if i in land.read[one]] == [place]:
                sums["read", ""] -= n
                sums["outside", ""] += n
    return sums


def _by_claim(engine: Engine, land: Territory, fields: Sequence[str]) -> Iterator[tuple[int, list[int]]]:
    """Yield the counts of each claim; those of the most frequent are what the others leave of the whole."""
    relation, counted = land.sheet.relation, ", ".join(fields)
    often = engine.rows('SELECT "claim" FROM "_claimed" GROUP BY 1 ORDER BY count(*) DESC, 1')[0][0]
    rest = list(land.sheet.filled) if len(fields) == land.sheet.width else []  # the reader has counted that
    rest = rest or list(engine.rows(f'SELECT {counted} FROM "{relation}"')[0])
    for claim, *counts in engine.rows(
        f"""SELECT "claim", {counted} FROM "{relation}" AS "cells"
        JOIN (SELECT * FROM "_claimed" WHERE "claim" <> ?) AS "claimed" ON "claimed"."r" = "cells"."r" GROUP BY 1""",
        (often,),
    ):
        rest = [n - own for n, own in zip(rest, counts, strict=True)]
        yield claim, counts
    yield often, rest


def _empty(slot: Sequence[int]) -> str:
    return " AND ".join(f'"c{i}" IS NULL' for i in slot)


def _squeezed(index: int) -> str:
    return f"""translate("c{index}", {_BLANKS}, '')"""


def _take_fixed(land: Territory, sums: Sums) -> None:
    """Count the cells of forms where they belong; the columns they stand in say nothing of them."""
    claims = iter(land.spans)
    _, claim = next(claims)
    following = next(claims, None)
    for cell in sorted({**land.fixed, **land.unknown}):
        while following is not None and following[0] <= cell[0]:
            claim, following = following[1], next(claims, None)
        was = land.went(claim, cell[1])
        text = land.fixed.get(cell)
        if text is not None and was[0] != "read" and claim.form and squeeze(text) in land.labels:
            was = ("heading", "")
        sums[was] -= 1
        sums[("read", "") if text is not None else ("unmapped", land.unknown[cell])] += 1


def _take_covered(engine: Engine, land: Territory, claims: Sequence[Claim], sums: Sums) -> int:
    """Take out the cells that merged cells cover: a merged range counts once."""
    covered = 0
    for rows, columns in _covered_rows(land.sheet.merges, land.sheet.width).items():
        counted = ", ".join(f'count("c{i}")' for i in columns)
        ranges = ranges_sql(Merge(first, last, 0, 0) for first, last in rows)
        found = engine.rows(
            f"""SELECT "claim", {counted} FROM "{land.sheet.relation}" AS "cells" JOIN "_claimed" ON "_claimed"."r" = "cells"."r"
            WHERE "cells"."r" IN (SELECT UNNEST(generate_series("first", "last")) FROM ({ranges}) AS "range") GROUP BY 1"""
        )
        for number, *counts in found:
            for i, n in zip(columns, counts, strict=True):
                sums[land.went(claims[number], i)] -= n
                covered += n
    return covered


def _covered_rows(merges: Sequence[Merge], width: int) -> dict[tuple[tuple[int, int], ...], list[int]]:
    """Return ranges of rows that merged cells cover, and the columns in which they cover just these."""
    found: dict[int, list[tuple[int, int]]] = {}
    for merge in merges:
        if merge.last_row > merge.first_row and merge.first_column < width:
            found.setdefault(merge.first_column, []).append((merge.first_row + 1, merge.last_row))
        for i in range(merge.first_column + 1, min(merge.last_column + 1, width)):
            found.setdefault(i, []).append((merge.first_row, merge.last_row))
    alike: dict[tuple[tuple[int, int], ...], list[int]] = {}
    for i, rows in found.items():
        alike.setdefault(tuple(sorted(rows)), []).append(i)
    return alike


def _strays(engine: Engine, land: Territory, claims: Sequence[Claim]) -> Iterator[Stray]:
    """Yield the first ranges of cells in no table."""
    loose = [number for number, claim in enumerate(claims) if _outside(land, claim)]
    columns = sorted({i for number in loose for i in _outside(land, claims[number])})
    if not columns:
        return
    cells = ", ".join(f'"c{i}"' for i in columns)
    any_cell = " OR ".join(f'"c{i}" IS NOT NULL' for i in columns)
    found = engine.rows(
        f"""SELECT "r", "claim", {cells} FROM "{land.sheet.relation}" JOIN "_claimed" USING ("r")
        WHERE "claim" IN ({", ".join(map(str, loose))}) AND ({any_cell}) ORDER BY "r" LIMIT {_ROWS}"""
    )
    hidden = covered_cells(land.sheet.merges, [row for row, *_ in found])
    runs: list[tuple[int, int, int, int, str]] = []  # first and last row, first and last column, text
    for row, number, *texts in found:
        outside = _outside(land, claims[number])
        own = {
            i: text
            for i, text in zip(columns, texts, strict=True)
            if text is not None
            and i in outside
            and (row, i) not in hidden
            and _is_stray(land, claims[number], (row, i), text)
        }
        for first, last in _runs(sorted(own)):
            _join(runs, row, first, last, own[first])
    for top, bottom, left, right, text in runs[:STRAYS]:
        ends = f"{letter(left)}{top}", f"{letter(right)}{bottom}"
        yield Stray(ends[0] if ends[0] == ends[1] else ":".join(ends), cautious(text))


def _outside(land: Territory, claim: Claim) -> set[int]:
    return {i for i in range(land.sheet.width) if land.went(claim, i)[0] == "outside"}


def _is_stray(land: Territory, claim: Claim, cell: Cell, text: str) -> bool:
    return cell not in land.fixed and cell not in land.unknown and not (claim.form and squeeze(text) in land.labels)


def covered_cells(merges: Sequence[Merge], rows: Sequence[int]) -> set[Cell]:
    """Return the cells of some rows, in order, that merged cells cover."""
    return {
        (row, column)
        for merge in merges
        for row in rows[bisect_left(rows, merge.first_row) : bisect_right(rows, merge.last_row)]
        for column in range(merge.first_column, merge.last_column + 1)
        if (row, column) != (merge.first_row, merge.first_column)
    }


def _runs(columns: Sequence[int]) -> Iterator[tuple[int, int]]:
    start = 0
    for place, column in enumerate(columns):
        if place + 1 == len(columns) or columns[place + 1] != column + 1:
            yield columns[start], column
            start = place + 1


def _join(runs: list[tuple[int, int, int, int, str]], row: int, first: int, last: int, text: str) -> None:
    """Add a run of cells, under the one above it where that is as wide."""
    for place in range(len(runs) - 1, max(-1, len(runs) - 1 - STRAYS), -1):
        top, bottom, left, right, said = runs[place]
        if bottom == row - 1 and (left, right) == (first, last):
            runs[place] = (top, row, left, right, said)
            return
    runs.append((row, row, first, last, text))
