"""SQL that reads certificates, codes made of digits, phones, accounts, names and texts."""

from fupin_cli.language.functions import CHARACTER
from fupin_cli.model.dictionary import Column
from fupin_cli.tables.codes import TRADITIONAL
from fupin_cli.tables.garbled import GARBLED
from fupin_cli.tables.sql import literal
from fupin_cli.tables.steps import Steps, bare_sql, blank_as_null, fold_sql, trim_sql
from fupin_cli.values.text import BLANKS, DASHES

_SCIENTIFIC = r"[0-9](\.[0-9]+)?E\+?[0-9]{1,3}"  # LibreOffice writes E+017
CERTIFICATE = r"[0-9]{17}[0-9X]([0-9]{2}(B[0-9])?)?"
_PLACES = ("省", "市", "县", "乡", "村", "组", "自然村")


def certificate_steps(c: str, k: str, t: str, v: str) -> Steps:
    """Read a 证件 column. A number of 16 digits or more kept as a number has lost its last digits: unreadable.

    A `*` at the end may hide a digit: it is an X only where the seventeen digits before it ask for one.
    """
    parted = (
        rf"regexp_replace({_unwrapped(c)}, '^([0-9]{{6}})-?([0-9]{{8}})-?([0-9]{{3}})-?([0-9X×✕✖*ХΧ])', '\1\2\3\4')"
    )
    x_last = rf"regexp_replace({parted}, '^([0-9]{{17}})[×✕✖ХΧ]', '\1X')"
    clean = f"CASE WHEN {k} <> 1 OR regexp_full_match({c}, '{CERTIFICATE}') THEN {c} ELSE {blank_as_null(x_last)} END"
    fault = f"""CASE WHEN {v} IS NULL THEN 'FMT003|'
      WHEN {v} <> {t} THEN 'FMT007|末位X写成其他字符'
      WHEN {k} <> 1 OR {c} = {t} OR NOT regexp_full_match({t}, '[0-9]{{15}}|{CERTIFICATE}') THEN NULL
      WHEN upper({c}) = {t} THEN 'FMT007|小写x'
      WHEN regexp_matches({c}, '^[=#''`‘’"]') THEN 'FMT007|前后带#、引号或等号'
      WHEN regexp_matches({c}, '\\.0+\\s*$') THEN 'FMT007|带.0'
      WHEN regexp_matches({c}, '[０-９Ａ-Ｚａ-ｚ]') THEN 'FMT007|全角字符'
      WHEN regexp_matches({c}, '^[0-9]{{17}}[×✕✖ХхΧχ]') THEN 'FMT007|末位X写成其他字符'
      WHEN regexp_matches({c}, '[0-9] *[{DASHES}-]') THEN 'FMT007|含短横线'
      ELSE 'FMT007|含空格或不可见字符' END"""
    asked = CHARACTER.replace(":1", f"concat(left({t}, 17), 'X')")
    starred = f"CASE WHEN {t} LIKE '%*%' AND regexp_matches({t}, '^[0-9]{{17}}[*]') AND {asked} = 'X' THEN concat(left({t}, 17), 'X', substr({t}, 19)) ELSE {t} END"
    return Steps(clean, _undamaged(k, t, starred), fault)


def number_code_steps(c: str, k: str, t: str, v: str) -> Steps:
    """Read a 编号 or 账号 column: digits as they are, never as a number."""
    clean = f"CASE WHEN {k} <> 1 OR regexp_full_match({c}, '[0-9]+') THEN {c} ELSE {blank_as_null(_unwrapped(c))} END"
    return Steps(clean, _undamaged(k, t), f"CASE WHEN {v} IS NULL THEN 'FMT003|' END")


def phone_steps(c: str, k: str, t: str) -> Steps:
    """Read a 电话 column: the digits of the first number; a text without a number, or partly hidden by `*`, stays as it is."""
    whole = f"regexp_replace({_unwrapped(c)}, '[-()]', '', 'g')"
    first = f"regexp_extract(upper({trim_sql(c)}), '^(0[0-9]{{2,3}}[\\s　]+)?[^、/，,;；\\s　]+')"  # an area code may stand apart
    short = rf"regexp_replace(regexp_replace({fold_sql(first)}, '(转|EXT).*$', ''), '^([0-9-]*[0-9]{{7,8}})-[0-9]{{1,5}}$', '\1')"
    digits = f"regexp_replace(regexp_replace({short}, '\\.0+$', ''), '[^0-9]', '', 'g')"
    clean = f"""CASE WHEN {k} <> 1 OR regexp_full_match({c}, '[0-9]+') THEN {c}
      WHEN regexp_matches({c}, '[*＊]') THEN {trim_sql(c)}
      WHEN regexp_full_match({whole}, '(\\+?86)?1[0-9]{{10}}(\\.0+)?') THEN regexp_replace({whole}, '^\\+?86(1)', '\\1')
      WHEN {blank_as_null(fold_sql(c))} IS NULL THEN NULL
      ELSE coalesce(nullif({digits}, ''), {trim_sql(c)}) END"""
    return Steps(clean, f"CASE WHEN {k} NOT IN (5, 6) THEN {t} END", "NULL")


def text_steps(column: Column, c: str, k: str, t: str, o: str) -> Steps:
    """Read a 文本 or 姓名 column: what stands there without the blanks around it, and without the `#` of an export.

    One regular expression (`odd`, named `o`) tells the many plain cells from the few that are looked at closely.
    """
    bare = rf"regexp_replace({trim_sql(c)}, '^#+([\p{{Han}}0-9/-].*)?$', '\1')"
    trimmed = f"nullif(CASE WHEN {c} LIKE '%#%' THEN {bare} ELSE {trim_sql(c)} END, '')"
    clean = trimmed if column.type == "姓名" else rf"nullif(regexp_replace({trimmed}, '^([-—－]+|/+|\\+)$', ''), '')"
    habit = f"WHEN regexp_matches({t}, '[{TRADITIONAL}]') THEN 'FMT013|'" if column.name in _PLACES else ""
    fault = (
        f"CASE WHEN {o} THEN CASE WHEN regexp_matches({t}, {literal(_garbled(column))}) THEN 'FMT004|' {habit} END END"
    )
    clean = f"CASE WHEN {o} THEN {clean} ELSE {c} END"
    return Steps(clean, f"CASE WHEN {k} NOT IN (5, 6) THEN {t} END", fault, odd_text(column, c))


def odd_text(column: Column, c: str) -> str:
    """SQL: a 文本 or 姓名 cell has blanks around it, an export's `#`, a mark for nothing, or looks garbled."""
    traditional = f"|[{TRADITIONAL}]" if column.name in _PLACES else ""
    marks = rf"^[{BLANKS}—－/\\-]|[{BLANKS}]$|#|"
    return f"regexp_matches({c}, {literal(marks + _garbled(column) + traditional)})"


def _garbled(column: Column) -> str:
    return GARBLED + ("|[?？]" if column.type == "姓名" else r"|\?\?|？？")


def _unwrapped(c: str) -> str:
    """Folded text without `#`, quotes, `="…"` and the `.0` of a number around it."""
    return f"regexp_replace({bare_sql(c)}, '\\.0+$', '')"


def _undamaged(k: str, t: str, sound: str = "") -> str:
    """SQL: the text, or what stands for it; NULL where the program that wrote it has lost digits."""
    return f"""CASE WHEN {k} IN (5, 6) OR ({k} = 2 AND try_cast({t} AS DOUBLE) >= 1e15)
      OR regexp_full_match(upper({t}), '{_SCIENTIFIC}') THEN NULL ELSE {sound or t} END"""
