"""Tell which person rows make one household: engine table `_groups` (`_id` of the person, `group`, `key`, `head`)."""

from collections.abc import Sequence

from fupin_cli.engines import Engine
from fupin_cli.model.sheet import Merge
from fupin_cli.model.table import Tie
from fupin_cli.tables.dating import DAY, YEAR, batch_of
from fupin_cli.tables.sql import literal, name
from fupin_cli.tables.stacked import MANY, PLACE_UNIT, Stack, with_states
from fupin_cli.tables.staging import Staged, is_of_helper, merged_rows, ranges_sql

KEY, RELATION, HEAD_NAME, HEAD_NUMBER = "户编号", "与户主关系", "户主姓名", "户主证件号码"


def group_persons(engine: Engine, persons: Stack, parts: Sequence[Staged], batch: bool) -> None:
    """Create `_groups` from the rows of persons; `parts` are all tables.

    `group` is NULL for a row that belongs to no household. Rows of one 户编号 and one year's date are one
    household wherever they stand; rows without one are a household with the rows they stand among.
    """
    when = batch_of(persons.columns, parts, "p")
    tied_parts = [part for part in persons.parts if part.layout.tie and not batch]
    selects = [_tied(tied_parts, _rows(persons, tied_parts))] if tied_parts else []
    for part in persons.parts:
        rows = _rows(persons, [part])
        if batch:
            selects.append(_batch(part, rows))
        elif not part.layout.tie:
            selects.append(_grouped(engine, part, rows, when))
    engine.run(f'CREATE OR REPLACE TABLE "_groups" AS {selects[0]}')
    for first in range(1, len(selects), MANY):
        union = "\nUNION ALL ".join(selects[first : first + MANY])
        engine.run(f'INSERT INTO "_groups" {union}')


def identity_merges(part: Staged) -> tuple[Merge, ...]:
    """Return the merged ranges that show which rows are one household: over 户编号, else 户主姓名, else any 户 column."""
    first = [column for column in (KEY, HEAD_NAME, HEAD_NUMBER) if column in part.columns]
    rest = [column for column in _of_households(part) if column not in first]
    for column in (*first, *rest):
        if merges := part.merges_of(column):
            return merges
    return ()


def _of_households(part: Staged) -> list[str]:
    """Return the columns of a household alone: not those of its helper."""
    return [column for column, known in part.columns.items() if known.level == "户" and not is_of_helper(column)]


def _has(part: Staged, column: str) -> bool:
    return column in part.columns


def _head(part: Staged) -> str:
    return f"coalesce({name(RELATION)} = '户主', FALSE)" if _has(part, RELATION) else "FALSE"


def _rows(persons: Stack, parts: Sequence[Staged]) -> str:
    """SQL: the persons of some parts, with what tells who belongs together."""
    columns = [column for column in (KEY, RELATION, HEAD_NAME, HEAD_NUMBER, DAY, YEAR) if column in persons.columns]
    written = [f"{KEY}#"] if KEY in persons.columns else []
    return persons.rows([*with_states(columns), *written], [part.source for part in parts])


def _batch(part: Staged, rows: str) -> str:
    """Rows made from plain dicts: grouped as they say, else by 户编号, else all of one example together."""
    key = f"{name(KEY)}" if _has(part, KEY) else "CAST(NULL AS VARCHAR)"
    return f"""SELECT "_id", concat('B', "_example", '|', coalesce("_household", {key}, '')) AS "group", {key} AS "key",
  {_head(part)} AS "head" FROM {rows}"""


def _grouped(engine: Engine, part: Staged, rows: str, when: str) -> str:
    merges = identity_merges(part)
    named = [column for column in (HEAD_NUMBER, HEAD_NAME) if _has(part, column)]
    named_sql = (
        f"nullif(concat({', '.join(name(column) for column in named)}), '')" if named else "CAST(NULL AS VARCHAR)"
    )
    if not (merges or named or _has(part, RELATION) or _has(part, KEY)):
        return f"""SELECT "_id", CAST(NULL AS VARCHAR) AS "group", CAST(NULL AS VARCHAR) AS "key", FALSE AS "head"
FROM {rows}"""
    if _has(part, KEY) and _has_every_key(engine, part, rows):
        return f"""SELECT "_id", concat('K', {name(KEY)}, '|', {when}) AS "group", {name(KEY)} AS "key", {_head(part)} AS "head"
FROM {rows} AS p"""
    ranges = merged_rows(engine, f"_merged_{part.source}", merges)
    start, lost = _start_by_key(engine, part, rows) if _has(part, KEY) else _start_without_key(bool(merges))
    key = (name(KEY), name(KEY + "$"), name(KEY + "#")) if _has(part, KEY) else ("CAST(NULL AS VARCHAR)", "3", "''")
    return f"""SELECT "_id", CASE WHEN "lost" THEN NULL WHEN "key" IS NOT NULL THEN concat('K', "key", '|', "dated")
    ELSE concat('S', {part.source}, '|', "segment") END AS "group", "key", "head"
FROM (SELECT *, first_value("own_key") OVER "in_segment" AS "key", first_value("when") OVER "in_segment" AS "dated",
  first_value("alone") OVER "in_segment" AS "lost"
FROM (SELECT *, sum(CASE WHEN "starts" THEN 1 ELSE 0 END) OVER (ORDER BY "_row") AS "segment"
FROM (SELECT *, {start} AS "starts", {lost} AS "alone"
FROM (SELECT *, lag("state") OVER "down" AS "state_above", lag("raw") OVER "down" AS "raw_above",
    lag("named") OVER "down" AS "named_above", lag("named" IGNORE NULLS) OVER "down" AS "last_named"
FROM (SELECT p."_id", p."_row", {key[0]} AS "own_key", {key[1]} AS "state", {key[2]} AS "raw", {named_sql} AS "named",
    {_head(part)} AS "head", m.r IS NOT NULL AS "continues", coalesce({when}, '') AS "when"
  FROM {rows} AS p LEFT JOIN {ranges} AS m ON m.r = p."_row") AS "rows_read"
  WINDOW "down" AS (ORDER BY "_row")) AS "looked_up") AS "begun") AS "counted"
WINDOW "in_segment" AS (PARTITION BY "segment" ORDER BY "_row")) AS "grouped\""""


def tied(source: str, parts: Sequence[Staged], row: str) -> str:
    """SQL: the text that ties a row to the other rows of its form, or of its Excel row; NULL where nothing does."""
    whens = [
        f"WHEN {part.source} THEN "
        + (f"concat({literal('T' + tie.name + '|')}, {_begun(tie, row)})" if tie.by_row else literal("T" + tie.name))
        for part in parts
        if (tie := part.layout.tie)
    ]
    return f"CASE {source} {' '.join(whens)} END" if whens else "CAST(NULL AS VARCHAR)"


def _begun(tie: Tie, row: str) -> str:
    """SQL: the row with which the household of a row begins."""
    if tie.going_on is None:
        return row
    return f'coalesce((SELECT t."first" FROM {name(tie.going_on)} AS t WHERE t.r = {row}), {row})'


def _tied(parts: Sequence[Staged], rows: str) -> str:
    """Rows of a form are one household; so are, of members spread sideways, those of one Excel row."""
    key = name(KEY) if any(_has(part, KEY) for part in parts) else "CAST(NULL AS VARCHAR)"
    head = next((_head(part) for part in parts if _has(part, RELATION)), "FALSE")
    return f"""SELECT "_id", {tied('"_source"', parts, '"_row"')} AS "group", {key} AS "key", {head} AS "head"
FROM {rows}"""


def _start_by_key(engine: Engine, part: Staged, rows: str) -> tuple[str, str]:
    """A 户编号 starts a household, whatever is merged over its row; a blank one goes on with the household above.

    On a sheet that writes it on every row, a blank is a number left out: that row goes on only beside the same 户主.
    A number that could not be read starts one at a 户主, at another text or at another 户主 name.
    """
    strict = _repeats_key(engine, part, rows)
    left_out = (
        '"state" = 1 AND NOT "head" AND coalesce("state_above", 0) = 0 AND ("named" IS NULL OR "named" <> "named_above")'
        if strict
        else '"state" = 1 AND NOT "head" AND "state_above" IS NULL'
    )
    start = f"""CASE "state" WHEN 0 THEN TRUE
    WHEN 1 THEN NOT "continues" AND ("head" OR coalesce({left_out}, TRUE))
    ELSE NOT "continues" AND ("head" OR coalesce("state_above", 0) <> 2 OR "raw" <> "raw_above" OR coalesce("named" <> "last_named", FALSE)) END"""
    return start, f'coalesce({left_out}, TRUE) AND NOT "continues"'


def _start_without_key(merged: bool) -> tuple[str, str]:
    named = (
        '"named" IS NOT NULL' if merged else '"named" IS NOT NULL AND ("last_named" IS NULL OR "named" <> "last_named")'
    )
    return f'NOT "continues" AND ("head" OR ({named}))', "FALSE"


def _has_every_key(engine: Engine, part: Staged, rows: str) -> bool:
    """Whether every row has a 户编号 that could be read: then nothing has to be told from the rows around it."""
    if KEY in part.full:
        return True
    return not engine.rows(f"SELECT 1 FROM {rows} WHERE {name(KEY + '$')} <> 0 LIMIT 1")


def _repeats_key(engine: Engine, part: Staged, rows: str) -> bool:
    """Whether most member rows that are not 户主 carry the 户编号 themselves."""
    counted = f"SELECT count(*) FILTER (WHERE {name(KEY + '$')} <> 1), count(*) FROM {rows} WHERE NOT {_head(part)}"
    written, others = engine.rows(counted)[0]
    return bool(written * 2 > others)


def crossing_merges(engine: Engine, part: Staged) -> list[tuple[str, int, int, int]]:
    """Return (column, first row, last row, row of the second household) of merged ranges that cover two households.

    Only ranges over 户 columns count: a village may well be merged over all its households, and so may a helper.
    """
    columns = [column for column in _of_households(part) if part.merges_of(column)]
    if not columns:
        return []
    ranges = ranges_sql(merge for column in columns for merge in part.merges_of(column))
    by_index = {part.letters[column][0].index: column for column in columns}
    place = f'CAST({part.source * PLACE_UNIT} AS BIGINT) + "_row"'
    rows = (
        f"""SELECT p."_row", g."group", g."head" FROM {part.rows(())} AS p JOIN "_groups" AS g ON g."_id" = {place}"""
    )
    if part.kind == "户":
        rows = f'SELECT "_row", CAST("_row" AS VARCHAR) AS "group", FALSE AS "head" FROM {part.rows(())}'
    found = engine.rows(f"""SELECT "index", "first", "last", min("_row") FROM (
SELECT x.*, p."_row", p."group" <> first_value(p."group") OVER "down" AS "other",
  p."head" AND sum(CASE WHEN p."head" THEN 1 ELSE 0 END) OVER "down" > 1 AS "second"
FROM (SELECT *, CAST(UNNEST(generate_series("first", "last")) AS INTEGER) AS r FROM ({ranges}) AS "ranges") AS x
JOIN ({rows}) AS p ON p."_row" = x.r
WINDOW "down" AS (PARTITION BY x."index", x."first" ORDER BY p."_row")) AS "covered"
WHERE "other" OR "second" GROUP BY "index", "first", "last" ORDER BY 2, 1""")
    return [(by_index[index], int(first), int(last), int(row)) for index, first, last, row in found]
