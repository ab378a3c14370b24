"""SQL that reads a cell as a number: the cleaned text, the value, and what is to be said of the writing."""

from fupin_cli.model.dictionary import Column
from fupin_cli.tables.sql import literal
from fupin_cli.tables.steps import Steps, bare_sql, blank_as_null

_UNITS = {  # what may stand behind a number, by what the column's unit contains
    "万元": ("万元", "万"), "元": ("元", "块", "圆", "元/年", "元/月", "元/人"), "亩": ("亩",), "平方米": ("平方米", "平米", "㎡", "M²", "M2"),
    "公里": ("公里", "千米", "KM"), "米": ("米", "M"), "月": ("个月", "月"), "岁": ("岁", "周岁"), "人": ("人", "口", "个人", "口人"),
    "户": ("户",), "天": ("天", "日"), "年": ("年",), "分钟": ("分钟", "分"), "小时": ("小时",), "%": ("%",), "个": ("个",),
    "公斤": ("公斤", "千克", "KG"), "吨": ("吨",), "次": ("次",), "辆": ("辆",), "间": ("间",),
}  # fmt: skip
_OF_TIME = ("月", "日", "天", "年", "分", "岁")  # 三月 may be a month, 三年 a year: no count
_NUMERALS = "一二三四五六七八九十两"
_WHOLE = r"([0-9]+|[0-9]{1,3}(,[0-9]{3})+)"


def units(column: Column) -> tuple[str, ...]:
    """Return the units that may stand behind a number of this column."""
    return next((words for unit, words in _UNITS.items() if unit in column.unit), ())


def number_steps(column: Column, c: str, k: str, t: str, v: str) -> Steps:
    """Read a 数字 or 整数 column; c, k are the raw text and its kind, t and v name what `clean` and `value` gave."""
    whole = column.type == "整数"
    tail = r"(\.0+)?" if whole else r"(\.[0-9]+)?"
    plain = f"regexp_full_match({{}}, '-?[0-9]+{tail}')"
    words = units(column)
    listed = "|".join(sorted(words, key=len, reverse=True))
    unit = rf"({listed}|\(({listed})\))?" if words else ""
    dressed = literal(rf"¥?[-+]?{_WHOLE}{tail}{unit}")
    digits = rf"replace(replace(regexp_extract({t}, '[-+]?[0-9][0-9,]*{tail}'), ',', ''), '+', '')"
    clean = f"""CASE WHEN {k} <> 1 OR {plain.format(c)} THEN {c} ELSE {blank_as_null(bare_sql(c))} END"""
    wan = rf"regexp_full_match({t}, '¥?[-+]?{_WHOLE}(\.[0-9]+)?万元?')" if _in_yuan(column) else "FALSE"
    counted = "|".join(word for word in words if word not in _OF_TIME)
    numeral = f"regexp_full_match({t}, '[{_NUMERALS}]({counted})')" if counted else "FALSE"
    of_numeral = f"CASE left({t}, 1) WHEN '两' THEN 2 ELSE strpos('{_NUMERALS}', left({t}, 1)) END"
    metres = f"regexp_full_match({t}, '[0-9]+(\\.[0-9]+)?(米|M)')" if column.unit == "公里" and not whole else "FALSE"
    exponent = r"[-+]?[0-9]+(\.[0-9]+)?([eE][-+]?[0-9]{1,2})?"
    wan_digits = rf"replace(regexp_extract({t}, '[-+]?[0-9][0-9,]*(\.[0-9]+)?'), ',', '')"
    sql = "BIGINT" if whole else "DOUBLE"
    number = f"try_cast({t} AS DOUBLE)"
    stored = f"WHEN {k} = 2 AND isfinite({number}) THEN {number} WHEN {plain.format(t)} THEN {_cast(t, whole)}"
    if whole:
        powered = f"{k} = 2 AND regexp_full_match({t}, '{exponent}')"
        stored = f"""WHEN {plain.format(t)} THEN {_cast(t, whole)}
      WHEN {powered} THEN CASE WHEN {number} = floor({number}) THEN try_cast({number} AS BIGINT) END"""
    value = f"""CASE WHEN {k} NOT IN (1, 2, 7) THEN NULL {stored}
      WHEN regexp_full_match({t}, {dressed}) THEN {_cast(digits, whole)}
      WHEN {numeral} THEN CAST({of_numeral} AS {sql})
      WHEN {metres} THEN try_cast({wan_digits} AS DOUBLE) / 1000
      WHEN {wan} THEN try_cast(round(try_cast({wan_digits} AS DOUBLE) * 10000, 2) AS {sql}) END"""
    return Steps(clean, value, _fault((c, k, t, v), plain.format(c), wan, metres, whole=whole))


def _fault(names: tuple[str, str, str, str], plain: str, wan: str, metres: str, *, whole: bool) -> str:
    """SQL: what is to be said of the writing; `plain`, `wan` and `metres` are conditions over the text."""
    c, k, t, v = names
    whole_note = (
        f" WHEN {k} IN (1, 2) AND regexp_full_match({t}, '-?[0-9]+\\.[0-9]+') THEN 'FMT001|不是整数'" if whole else ""
    )
    return f"""CASE WHEN {v} IS NULL THEN CASE WHEN {k} = 3 THEN 'FMT001|单元格是日期' WHEN {k} = 4 THEN 'FMT001|单元格是真假值'
        WHEN {k} = 7 THEN 'FMT001|单元格是百分数'
        {whole_note} ELSE 'FMT001|' END
      WHEN {k} IN (2, 7) THEN NULL
      WHEN {plain} THEN 'FMT006|数字存成文本'
      WHEN {wan} THEN 'FMT006|单位是万元，已换算为元'
      WHEN {metres} THEN 'FMT006|单位是米，已换算为公里'
      WHEN {t} LIKE '¥%' THEN 'FMT006|带货币符号'
      WHEN {t} LIKE '%,%' THEN 'FMT006|带千分位逗号'
      WHEN NOT regexp_full_match({t}, '[-+0-9.]+') THEN 'FMT006|带单位'
      WHEN regexp_matches({c}, '[０-９．－＋]') THEN 'FMT006|全角数字'
      ELSE 'FMT006|含空格或多余符号' END"""


def _in_yuan(column: Column) -> bool:
    return "元" in column.unit and "万元" not in column.unit


def _cast(text: str, whole: bool) -> str:
    return f"try_cast(split_part({text}, '.', 1) AS BIGINT)" if whole else f"try_cast({text} AS DOUBLE)"
