"""Staged tables in, the same without the later rows of persons and households a ledger tells of again and again."""

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from fupin_cli.catalogue import both
from fupin_cli.engines import Engine
from fupin_cli.model.place import letter
from fupin_cli.model.table import Layout
from fupin_cli.tables.dating import DAY, YEAR
from fupin_cli.tables.grouping import HEAD_NAME, HEAD_NUMBER, KEY
from fupin_cli.tables.lexicon import is_serial
from fupin_cli.tables.sql import name
from fupin_cli.tables.stacked import with_states
from fupin_cli.tables.staging import Staged
from fupin_cli.tables.typing import fields_of

_FEWEST = 3  # who stand in several rows before a table is suspected to be a ledger; fewer are real duplicates
_NUMBER, _NAME = "证件号码", "姓名"


class Unfolded(Struct, frozen=True):
    """Tables whose rows are one person or one household each, and what was done to them."""

    parts: list[Staged]
    tables: tuple[str, ...] = ()  # their rows were copied to, where some were left out
    notes: tuple[tuple[str, str], ...] = ()  # (zh, en)


def without_later_rows(engine: Engine, parts: Sequence[Staged]) -> Unfolded:
    """Return the tables; of a ledger, where half of its persons or more stand in rows that differ, their first rows only.

    A later row has the same number, name, household and date as the first, and another event: a month, a visit.
    """
    kept, tables, told = list[Staged](), list[str](), list[tuple[Staged, int]]()
    for part in parts:
        same = _same(part)
        later = _later_rows(engine, part, same) if same and not part.layout.tie else 0
        if not later:
            kept.append(part)
            continue
        rows = f"""SELECT "_row" FROM {part.rows(with_states(same))} WHERE {_known(same)}
QUALIFY row_number() OVER (PARTITION BY {", ".join(map(name, same))} ORDER BY "_row") > 1"""
        kept.append(without_rows(engine, part, rows, f"_first_rows_{part.source}"))
        tables.append(kept[-1].relation)
        told.append((part, later))
    return Unfolded(kept, tuple(tables), (_note(told),) if told else ())


def without_rows(engine: Engine, part: Staged, rows: str, table: str) -> Staged:
    """Copy a staged table to engine table `table`, all but some rows (SQL of their `_row`)."""
    every = part.rows(field for column in part.columns for field in fields_of(column))
    engine.run(f"""CREATE OR REPLACE TABLE {name(table)} AS SELECT * FROM {every} WHERE "_row" NOT IN ({rows})""")
    return replace(part, relation=table, fields={}, body="")


def _same(part: Staged) -> list[str]:
    """Return the columns that rows of one person, or of one household, have in common; [] where they cannot be told."""
    there = [column for column in (KEY, HEAD_NUMBER, HEAD_NAME, DAY, YEAR) if column in part.columns]
    if part.kind == "人":
        return [_NUMBER, _NAME, *there] if {_NUMBER, _NAME} <= set(part.columns) else []
    return there if part.kind == "户" and HEAD_NAME in there and {KEY, HEAD_NUMBER} & set(there) else []


def _known(same: Sequence[str]) -> str:
    """SQL: every cell that tells the person or the household could be read; a column of the time may be blank."""
    states = [f"{name(column + '$')} = 0" for column in same if column not in (DAY, YEAR)]
    return " AND ".join(states)


def _later_rows(engine: Engine, part: Staged, same: Sequence[str]) -> int:
    """Return how many rows are later ones; 0 where the table is no ledger."""
    own = f"{name(_NUMBER if part.kind == '人' else HEAD_NUMBER if KEY not in same else KEY)}"
    by = ", ".join(f"t.{name(column)}" for column in same)
    rows = part.rows(with_states(same))
    if engine.rows(f"SELECT count({own}) - count(DISTINCT {own}) FROM {rows}")[0][0] < _FEWEST:
        return 0  # soon told; the rest asks for four texts of each row
    counted = engine.rows(f"""SELECT count(*), sum(n) - count(*) FROM (SELECT count(*) AS n FROM {rows} AS t
WHERE {_known(same)} GROUP BY {by} HAVING count(*) > 1) AS "several\"""")[0]
    if counted[0] < _FEWEST:
        return 0
    told = engine.rows(f"""SELECT count(*) FROM (SELECT 1 AS x FROM {rows} AS t
JOIN {name(part.layout.sheet.relation)} AS s ON s.r = t."_row" WHERE {_known(same)}
GROUP BY {by} HAVING count(*) > 1 AND count(DISTINCT {_event(part.layout)}) = count(*)) AS "differing\"""")[0][0]
    all_of_them = engine.rows(f"SELECT count(DISTINCT {own}) FROM {rows}")[0][0]
    return int(counted[1]) if told >= _FEWEST and 2 * told >= all_of_them else 0


def _event(layout: Layout) -> str:
    """SQL: what a row says, as written, its 序号 left out."""
    unread = {one for one, heading in layout.unmapped.items() if not is_serial(heading.split("-"))}
    read = {mapped.letter for mapped in layout.columns if not mapped.cell}
    indexes = [index for index in range(layout.sheet.width) if letter(index) in unread | read]
    cells = ", ".join(f"coalesce(s.c{index}, '')" for index in indexes)
    return f"concat_ws(chr(31), {cells})"


def _note(told: Sequence[tuple[Staged, int]]) -> tuple[str, str]:
    places: list[tuple[str, str]] = []
    for part, later in told:
        where = " › ".join(filter(None, (part.layout.sheet.file.name, part.layout.sheet.name)))
        unit, unit_en = both("人") if part.kind == "人" else both("户")
        places.append(
            both("{where} 有 {later} 行写的是前面已有的{unit}", where=where, later=later, unit=(unit, unit_en))
        )
    return both(
        "{places}：多数人（户）在表里不止一行，按台账读，只取每人（户）的第一行，后面各行的内容没有参与检查。",
        places=("；".join(zh for zh, _ in places), "; ".join(en for _, en in places)),
    )
