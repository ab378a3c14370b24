"""The finished tables of one side of a comparison in; the same tables under names of their own out, and 人, 户 free for the other."""

from typing import Literal

from fupin_cli.engines import Engine
from fupin_cli.model.table import Tables
from fupin_cli.tables.member_rows import TABLE as MEMBER_ROWS
from fupin_cli.tables.sql import name

SIDES = {"left": "左_", "right": "右_"}


def set_apart(engine: Engine, tables: Tables, side: Literal["left", "right"]) -> Tables:
    """Rename 人, 户, 行, 村, 县 and the lists of a side that was just built: 左_人, 右_名单_医保; `reading` is dropped."""
    own = ["户", "村", "县", *(f"名单_{listed}" for listed in tables.lists)]
    if tables.persons:
        own.append("人")
    if MEMBER_ROWS in tables.columns:
        own.append(MEMBER_ROWS)
    for table in own:
        engine.run(f"ALTER TABLE {name(table)} RENAME TO {name(SIDES[side] + table)}")
    engine.run('DROP TABLE IF EXISTS "reading"')
    return tables
