"""SQL that reads a cell as a date or a year: the cleaned text, the value, and what is to be said of the writing."""

from fupin_cli.model.dictionary import Column
from fupin_cli.tables.sql import literal
from fupin_cli.tables.steps import Steps, bare_sql, blank_as_null

_YEAR = "(18|19|20)[0-9]{2}"
_PARTED = (
    rf"{_YEAR}(-[0-9]{{1,2}}(-[0-9]{{1,2}})?|/[0-9]{{1,2}}(/[0-9]{{1,2}})?|\.[0-9]{{1,2}}(\.[0-9]{{1,2}})?"
    r"|年[0-9]{1,2}月([0-9]{1,2}[日号]?)?)"
)
_DAYS = rf"{_YEAR}[0-9]{{4}}(\.0+)?"
_MONTHS = r"(19|20)[0-9]{4}(\.0+)?"
_SERIAL = r"([2-5][0-9]{4}|60000)(\.[0-9]+)?"
_YEAR_END = r"(19|20)[0-9]{2}(\.0+|年?(底|末)|年(度|初)?)?"


def date_steps(column: Column, c: str, k: str, t: str, v: str) -> Steps:
    """Read a 日期 column; c, k are the raw text and its kind, t and v name what `clean` and `value` gave.

    A year alone is no date, but in 数据日期, where it means the year's last day. `2016.1` typed as a number is January
    or October: unreadable.
    """
    year_end = column.name == "数据日期"
    last_day = (
        f" WHEN regexp_full_match({t}, {literal(_YEAR_END)}) THEN try_cast(concat(left({t}, 4), '-12-31') AS DATE)"
        if year_end
        else ""
    )
    value = f"""CASE WHEN {k} = 3 THEN try_cast(left({t}, 10) AS DATE)
      WHEN {k} NOT IN (1, 2) THEN NULL
      WHEN regexp_full_match({t}, {literal(_DAYS)})
        THEN try_cast(concat(left({t}, 4), '-', substr({t}, 5, 2), '-', substr({t}, 7, 2)) AS DATE)
      WHEN regexp_full_match({t}, {literal(_MONTHS)})
        THEN try_cast(concat(left({t}, 4), '-', substr({t}, 5, 2), '-01') AS DATE)
      WHEN {_serial_here(t)} THEN {_serial_date(t)}
      WHEN {k} = 2 AND regexp_full_match({t}, '[0-9]{{4}}\\.1') THEN NULL
      WHEN regexp_full_match({t}, {literal(_PARTED)}) THEN try_cast({_rebuilt(t)} AS DATE){last_day} END"""
    fault = f"""CASE WHEN {v} IS NOT NULL THEN NULL
      WHEN {k} = 2 AND regexp_full_match({t}, '[0-9]{{4}}\\.1') THEN 'FMT002|分不清是1月还是10月'
      WHEN regexp_full_match({t}, {literal(_YEAR_END)}) THEN 'FMT002|只有年份'
      WHEN regexp_full_match({t}, {literal(f"{_DAYS}|{_MONTHS}|{_PARTED}")}) THEN 'FMT002|没有这一天'
      ELSE 'FMT002|' END"""
    return Steps(_clean(c, k), value, fault)


def year_steps(c: str, k: str, t: str, v: str) -> Steps:
    """Read a 年份 column: a year, or the year of a date."""
    value = f"""CASE WHEN {k} NOT IN (1, 2, 3) THEN NULL
      WHEN {k} = 3 OR regexp_full_match({t}, {literal(_YEAR_END)}) THEN try_cast(left({t}, 4) AS INTEGER)
      WHEN regexp_full_match({t}, {literal(_DAYS)}) THEN year(
        try_cast(concat(left({t}, 4), '-', substr({t}, 5, 2), '-', substr({t}, 7, 2)) AS DATE))
      WHEN regexp_full_match({t}, {literal(_MONTHS)}) THEN year(
        try_cast(concat(left({t}, 4), '-', substr({t}, 5, 2), '-01') AS DATE))
      WHEN {_serial_here(t)} THEN year({_serial_date(t)})
      WHEN regexp_full_match({t}, {literal(_PARTED)}) THEN year(try_cast({_rebuilt(t)} AS DATE)) END"""
    fault = f"CASE WHEN {v} IS NULL THEN 'FMT002|' END"
    return Steps(_clean(c, k), f"CAST({value} AS INTEGER)", fault)


def _clean(c: str, k: str) -> str:
    """Digits, parts and 年月日 alone: half width, no time of day, Chinese numerals turned into digits."""
    timeless = rf"regexp_replace({c}, '[\sT]+[0-9]{{1,2}}:[0-9]{{2}}(:[0-9]{{2}}(\.[0-9]+)?)?\s*$', '')"
    folded = bare_sql(timeless)
    digits = f"translate({folded}, '〇○零一二三四五六七八九', '000123456789')"
    for pattern, made in ((r"([0-9])十([0-9])", r"\1\2"), ("([0-9])十", r"\g0"), ("十([0-9])", r"1\1"), ("十", "10")):
        replacement = made if made != r"\g0" else r"\10"
        digits = f"regexp_replace({digits}, '{pattern}', '{replacement}', 'g')"
    numerals = f"CASE WHEN regexp_matches({c}, '[〇○零一二三四五六七八九十]') THEN {digits} ELSE {folded} END"
    return (
        f"""CASE WHEN {k} <> 1 OR regexp_full_match({c}, '[0-9]{{4,8}}') THEN {c} ELSE {blank_as_null(numerals)} END"""
    )


def _serial_here(t: str) -> str:
    return f"regexp_full_match({t}, {literal(_SERIAL)})"


def _serial_date(t: str) -> str:
    """The day a serial number counts to in the 1900 system, whose day 60 never was: right from 61 on."""
    return f"(CAST('1899-12-30' AS DATE) + try_cast(split_part({t}, '.', 1) AS INTEGER))"


def _rebuilt(t: str) -> str:
    month = f"lpad(regexp_extract({t}, '^[0-9]{{4}}[^0-9]([0-9]{{1,2}})', 1), 2, '0')"
    day = f"regexp_extract({t}, '^[0-9]{{4}}[^0-9][0-9]{{1,2}}[^0-9]([0-9]{{1,2}})', 1)"
    return f"concat(left({t}, 4), '-', {month}, '-', lpad(coalesce(nullif({day}, ''), '1'), 2, '0'))"
