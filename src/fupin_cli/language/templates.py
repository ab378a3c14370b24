"""SQL of what is more than one function: counts that are only known in part, members, uniqueness, arithmetic; `:1` … are filled in."""

from sqlglot import exp

MIRROR = {
    exp.LT: exp.GT,
    exp.GT: exp.LT,
    exp.LTE: exp.GTE,
    exp.GTE: exp.LTE,
    exp.EQ: exp.EQ,
    exp.NEQ: exp.NEQ,
}
INTERVAL = {  # :1 sure, :2 sure + unknown, :3 the number
    exp.GT: "CASE WHEN :1 > :3 THEN TRUE WHEN :2 <= :3 THEN FALSE END",
    exp.GTE: "CASE WHEN :1 >= :3 THEN TRUE WHEN :2 < :3 THEN FALSE END",
    exp.LT: "CASE WHEN :2 < :3 THEN TRUE WHEN :1 >= :3 THEN FALSE END",
    exp.LTE: "CASE WHEN :2 <= :3 THEN TRUE WHEN :1 > :3 THEN FALSE END",
    exp.EQ: "CASE WHEN :3 < :1 OR :3 > :2 THEN FALSE WHEN :1 = :2 THEN :1 = :3 END",
    exp.NEQ: "CASE WHEN :3 < :1 OR :3 > :2 THEN TRUE WHEN :1 = :2 THEN :1 <> :3 END",
}
_ANY = "CASE WHEN :1 THEN TRUE WHEN :2 OR :3 IS NULL THEN NULL ELSE FALSE END"
_EXACT = "CASE WHEN COALESCE(:2, 0) = 0 AND NOT :3 IS NULL THEN COALESCE(:1, 0) END"
OVER_PARTS = {  # :1 and :2 the two sums (plans/query.py, plans/sums.py), :3 the whole, without which nothing is known
    **dict.fromkeys(("任一成员", "曾有成员", "任一户"), _ANY),
    "所有成员": "CASE WHEN :1 THEN FALSE WHEN :2 OR :3 IS NULL THEN NULL ELSE TRUE END",
    **dict.fromkeys(("成员数", "户数", "人数", "村数", "同值户数"), _EXACT),
    **dict.fromkeys(("成员合计", "户合计", "人合计", "村合计"), _EXACT),
    "户主": "CASE WHEN :2 = 1 THEN :1 END",  # :2 how many heads, a row that may be one counted as two
}
ARITHMETIC: dict[type, str] = {  # in DOUBLE, so that no whole number is too large
    exp.Add: "CAST(:1 AS DOUBLE) + CAST(:2 AS DOUBLE)",
    exp.Sub: "CAST(:1 AS DOUBLE) - CAST(:2 AS DOUBLE)",
    exp.Mul: "CAST(:1 AS DOUBLE) * CAST(:2 AS DOUBLE)",
    exp.Div: "CAST(:1 AS DOUBLE) / NULLIF(:2, 0)",
}
BLANK_ZERO = "CASE WHEN :2 THEN :1 ELSE COALESCE(:1, 0) END"  # :2 what makes it more than a blank
_OTHERS = {  # :1 the value, :2 sure rows with it, :3 rows that may have it, :4 whether this row is one of them
    "sure": "COALESCE(:2, 0) - CASE WHEN :4 THEN 1 ELSE 0 END",
    "possible": "COALESCE(:2, 0) + COALESCE(:3, 0) - CASE WHEN NOT :4 THEN 0 ELSE 1 END",
}
UNIQUE = f"CASE WHEN :1 IS NULL THEN NULL WHEN {_OTHERS['sure']} > 0 THEN FALSE WHEN {_OTHERS['possible']} <= 0 THEN TRUE END"
