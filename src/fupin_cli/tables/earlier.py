"""The finished tables of an earlier edition in; the same tables under names of their own out, and 人, 户 free for this edition."""

from msgspec.structs import replace

from fupin_cli.catalogue import both
from fupin_cli.engines import Engine
from fupin_cli.model.settings import Settings
from fupin_cli.model.table import Tables
from fupin_cli.tables.dating import DAY
from fupin_cli.tables.sql import name

EARLIER = {"人": "上期_人", "户": "上期_户"}


def earlier_settings(settings: Settings) -> Settings:
    """Return the settings an earlier edition is read with: the day the user gave is this edition's, not the earlier one's."""
    return replace(settings, as_of=None)


def set_aside(engine: Engine, tables: Tables) -> Tables:
    """Rename 人 and 户 of an edition that was just built to 上期_人 and 上期_户; drop what no rule asks of it.

    A row that gave no date has none here: today is not the day of an earlier edition.
    """
    for own, earlier in EARLIER.items():
        engine.run(f"DROP TABLE IF EXISTS {name(earlier)}")
        if own == "户" or tables.persons:
            engine.run(f"ALTER TABLE {name(own)} RENAME TO {name(earlier)}")
            if own == "人" or tables.households:
                engine.run(f'UPDATE {name(earlier)} SET {name(DAY)} = NULL WHERE "_undated"')
    for listed in tables.lists:
        engine.run(f"DROP TABLE {name(f'名单_{listed}')}")
    undated = sum(
        int(engine.rows(f'SELECT count(*) FROM {name(EARLIER[own])} WHERE "_undated"')[0][0])
        for own, there in (("人", tables.persons), ("户", tables.households))
        if there
    )
    return replace(tables, notes=_undated(undated) if undated else ())


def _undated(rows: int) -> tuple[tuple[str, str], ...]:
    return (both("上期有 {rows} 行没有写明数据日期，凡要用上期日期的（如上期的年龄）都看不出。", rows=rows),)
