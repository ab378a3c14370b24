"""Staged lists and the dated registry in, RND009 of `reading` out: how many days a list is from the registry's data date."""

from collections.abc import Sequence
from datetime import date

from fupin_cli.engines import Engine
from fupin_cli.model.settings import Settings
from fupin_cli.tables.dating import DAY, YEAR, written_date
from fupin_cli.tables.reading_sheets import add_entry
from fupin_cli.tables.sql import name
from fupin_cli.tables.staging import Staged

_LEDGER = "名单:疑点台账"  # of an earlier round, whatever the registry's day


def list_days(engine: Engine, parts: Sequence[Staged], registry: str | None, settings: Settings) -> None:
    """Insert one RND009 for each sheet of a list whose day is not the registry's.

    The raw text is the list's day, the note the days from it to the registry's (negative: the list is the later one).
    Of several days the two nearest count. `--as-of` is the registry's day, not a list's. Where some row gives no day,
    nothing is told.

    Args:
        engine: where the staged sheets and the finished tables are.
        parts: every staged layout.
        registry: 人 or 户, whose days are the registry's; None when there is neither.
        settings: the day the user gave, if any.
    """
    lists = [part for part in parts if part.kind.startswith("名单:") and part.kind != _LEDGER]
    if registry is None or not lists:
        return
    days = {settings.as_of} if settings.as_of is not None else _days_of_registry(engine, registry)
    for part in lists if days else ():
        own = _days_of_list(engine, part)
        if not own:
            continue
        apart, day = min((abs((there - one).days), one) for one in own for there in days)
        if apart:
            nearest = min(days, key=lambda there: (abs((there - day).days), there))
            add_entry(engine, "RND009", part, (None, None, None), (day.isoformat(), str((nearest - day).days), 1))


def _days_of_registry(engine: Engine, table: str) -> set[date]:
    """Return the data dates of a table; none where some row gives none."""
    rows = engine.rows(f'SELECT DISTINCT {name(DAY)}, "_undated" FROM {name(table)}')
    return set() if any(undated for _, undated in rows) else {day for day, _ in rows}


def _days_of_list(engine: Engine, part: Staged) -> set[date]:
    """Return the days that the rows of a list, or its title, give; none where some row gives none."""
    written = written_date(part.columns, "c")
    rows = engine.rows(
        f"SELECT DISTINCT {written} FROM {part.rows(one for one in (DAY, YEAR) if one in part.columns)} AS c"
    )
    days = {day or part.layout.dated for (day,) in rows}
    return set() if None in days else {day for day in days if day is not None}
