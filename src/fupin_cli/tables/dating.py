"""SQL of a row's data date: `--as-of`, the cell, 年度, the title's or file's date, today."""

from collections.abc import Sequence
from datetime import date

from fupin_cli.model.dictionary import Column
from fupin_cli.model.settings import Settings
from fupin_cli.tables.sql import literal, name
from fupin_cli.tables.staging import Staged

DAY, YEAR = "数据日期", "年度"


def written_date(columns: dict[str, Column], alias: str) -> str:
    """SQL: the date a row's own cells give, NULL when they give none."""
    options = []
    if DAY in columns and columns[DAY].type == "日期":
        options.append(f"{alias}.{name(DAY)}")
    if YEAR in columns and columns[YEAR].type in ("年份", "整数"):
        options.append(f"make_date(CAST({alias}.{name(YEAR)} AS INTEGER), 12, 31)")
    elif YEAR in columns and columns[YEAR].type == "日期":
        options.append(f"make_date(year({alias}.{name(YEAR)}), 12, 31)")
    return f"coalesce({', '.join(options)})" if options else "CAST(NULL AS DATE)"


def titled_date(parts: Sequence[Staged], source: str) -> str:
    """SQL: the date that the title, sheet or file name of a row's sheet gives, NULL when they give none."""
    whens = [
        f"WHEN {part.source} THEN CAST({literal(part.layout.dated.isoformat())} AS DATE)"
        for part in parts
        if part.layout.dated is not None
    ]
    return f"CASE {source} {' '.join(whens)} END" if whens else "CAST(NULL AS DATE)"


def batch_of(columns: dict[str, Column], parts: Sequence[Staged], alias: str) -> str:
    """SQL: the text that keeps the households of two dates apart: the day when a cell gives it, else the title's year."""
    titled = titled_date(parts, f'{alias}."_source"')
    return f"coalesce(CAST({written_date(columns, alias)} AS VARCHAR), CAST(year({titled}) AS VARCHAR))"


def data_date(written: str, titled: str, settings: Settings) -> str:
    """SQL: the date a row is judged at; never NULL."""
    if settings.as_of is not None:
        return _date(settings.as_of)
    return f"coalesce({written}, {titled}, {_date(settings.today)})"


def _date(day: date) -> str:
    return f"CAST({literal(day.isoformat())} AS DATE)"
