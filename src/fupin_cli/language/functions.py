"""The functions a rule may call that work on one row: what they take, what they give, and the SQL they become.

A function is total: for nonsense it answers NULL, which is "unknown"; so casts are TRY_CAST, guarded or not, for the
engine folds constants before it looks at a guard. `:1`, `:2` stand for the arguments.
Functions over members, parameters, lists and other rows stand in `sql.py`, because they need more than their arguments.
"""

from collections.abc import Collection
from itertools import product

from msgspec import Struct

from fupin_cli.language.symbols import Kind, Level

_WEIGHTS = "CAST([7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2] AS FLOAT[])"
_LONGER = "([1-7][1-4](B[0-9])?)?"  # what a 残疾证 has after the 18 characters
_DAY = "YEAR({0}) * 10000 + MONTH({0}) * 100 + DAY({0})"
_LONG = "CASE WHEN LENGTH(:1) = 15 AND REGEXP_MATCHES(:1, '^[0-9]{15}$') THEN SUBSTRING(:1, 1, 6) || '19' || SUBSTRING(:1, 7, 9) END"
_WHOLE = "TRY_CAST(CASE WHEN {0} BETWEEN 0 AND 9999 THEN {0} END AS BIGINT)"
_YEAR = ":1 BETWEEN 1000 AND 9999 AND :1 = FLOOR(:1)"
_SPELLED = (  # a cast alone reads nan and inf as numbers
    r"CASE WHEN REGEXP_FULL_MATCH({0}, '[-+]?[0-9]{{1,18}}(\.[0-9]{{1,18}})?') THEN {0} END"
)
_FIRST18 = f"CASE WHEN REGEXP_MATCHES(:1, '^[0-9]{{17}}[0-9X]{_LONGER}$') THEN SUBSTRING(:1, 1, 18) END"


def _character(digits: str) -> str:
    """Return the SQL of the check character of 17 digits; of NULL NULL."""
    product = f"LIST_DOT_PRODUCT(CAST(STRING_SPLIT({digits}, '') AS FLOAT[]), {_WEIGHTS})"
    return f"SUBSTRING('10X98765432', CAST({product} AS INT) % 11 + 1, 1)"


OLD = (  # a number of GB 11643-1989: its month and day are in the calendar
    "[1-9][0-9]{7}((0[13578]|1[02])(0[1-9]|[12][0-9]|3[01])|(0[469]|11)(0[1-9]|[12][0-9]|30)|02(0[1-9]|[12][0-9]))[0-9]{3}"
)
_LONGER_FORM = f"({_LONG}) || {_character(f'({_LONG})')}"
RAISED = (  # 15 digits as 18; a centenarian's, 996 to 999, would name another century
    f"CASE WHEN SUBSTRING(:1, 13, 3) NOT IN ('996', '997', '998', '999') THEN {_LONGER_FORM} END"
)
NUMBER = (  # by which rows of lists meet persons: the first 18 characters, of an old number its new form; NULL for other shapes
    f"CASE WHEN REGEXP_FULL_MATCH(:1, '{OLD}') THEN {RAISED} ELSE {_FIRST18} END"
)
CHARACTER = _character(f"NULLIF(REGEXP_EXTRACT(:1, '^([0-9]{{17}})[0-9X]{_LONGER}$', 1), '')")  # NULL for other shapes
CHECKED: dict[str, str] = {  # functions that rest on the check character of `:1`, which is `:2`
    "证件校验通过": "CASE WHEN LENGTH(:1) IN (18, 20, 22) THEN :2 = SUBSTRING(:1, 18, 1) END",
    "校验过的证件": (
        "CASE WHEN SUBSTRING(:1, 1, 6) <> '999999' AND :2 = SUBSTRING(:1, 18, 1) THEN SUBSTRING(:1, 1, 18) END"
    ),
}


class Function(Struct, frozen=True):
    """One function: kinds of its arguments, kind of its result, and its SQL (DuckDB's dialect)."""

    takes: tuple[Kind, ...]
    gives: Kind
    sql: str
    derived_only: bool = False  # may stand in derived columns, not in rules

    def called(self, plain: Collection[int]) -> str:
        """Return its SQL for a call; the arguments numbered in `plain` (small whole numbers, single characters) need no guard."""
        sql = self.sql
        for number, guard in product(plain, (_WHOLE, _SPELLED)):
            sql = sql.replace(guard.format(f":{number}"), f":{number}")
        return sql

    @property
    def copies(self) -> int:
        """How often its SQL repeats an argument."""
        return max(self.sql.count(f":{number}") for number in range(1, len(self.takes) + 1))


FUNCTIONS: dict[str, Function] = {
    # ISO 7064 MOD 11-2, as GB 11643-1999 prescribes it for the 18th character
    "证件校验通过": Function(("文本",), "真假", CHECKED["证件校验通过"].replace(":2", CHARACTER)),
    "证件前18位": Function(("文本",), "文本", _FIRST18),
    "校验过的证件": Function(("文本",), "文本", CHECKED["校验过的证件"].replace(":2", CHARACTER)),
    "证件出生日期": Function(("文本",), "日期", "CAST(TRY_STRPTIME(SUBSTRING(:1, 7, 8), '%Y%m%d') AS DATE)"),
    "证件性别": Function(
        ("文本",),
        "文本",
        "CASE TRY_CAST(SUBSTRING(:1, 17, 1) AS INT) % 2 WHEN 1 THEN '男' WHEN 0 THEN '女' END",
    ),
    # GB 11643-1999: 19 after the sixth digit, and the check character of the 17
    "升为18位": Function(("文本",), "文本", _LONGER_FORM),
    "年": Function(("日期",), "数字", "YEAR(:1)"),
    "月": Function(("日期",), "数字", "MONTH(:1)"),
    "天数": Function(("日期", "日期"), "数字", "DATE_DIFF('day', :1, :2)"),
    # 民法典 202: a month whose corresponding day is not there ends with its last day, 31 August + 6 months on 28 February
    "月数": Function(
        ("日期", "日期"),
        "数字",
        "(YEAR(:2) * 12 + MONTH(:2)) - (YEAR(:1) * 12 + MONTH(:1))"
        " - CASE WHEN DAY(:2) < DAY(:1) AND (:2 < :1 OR :2 <> LAST_DAY(:2)) THEN 1 ELSE 0 END",
    ),
    "周岁": Function(("日期", "日期"), "数字", f"FLOOR((({_DAY.format(':2')}) - ({_DAY.format(':1')})) / 10000)"),
    "学年初": Function(("日期",), "日期", "MAKE_DATE(YEAR(:1) - CASE WHEN MONTH(:1) < 9 THEN 1 ELSE 0 END, 9, 1)"),
    "年末": Function(
        ("数字",), "日期", f"CASE WHEN {_YEAR} THEN TRY_CAST(CONCAT(TRY_CAST(:1 AS INT), '-12-31') AS DATE) END"
    ),
    "左": Function(("文本", "数字"), "文本", f"SUBSTRING(:1, 1, {_WHOLE.format(':2')})"),
    "截取": Function(("文本", "数字", "数字"), "文本", f"SUBSTRING(:1, {_WHOLE.format(':2')}, {_WHOLE.format(':3')})"),
    "匹配": Function(("文本", "文本"), "真假", "REGEXP_FULL_MATCH(:1, :2)"),
    "数": Function(("文本",), "数字", f"TRY_CAST({_SPELLED.format(':1')} AS DOUBLE)"),
    "已读": Function(("文本",), "真假", "NOT :1 IS NULL", derived_only=True),
}

SPECIAL: dict[str, str] = {  # what the compiler itself rewrites; here for names, help and "did you mean"
    "为空": "为空(列)",
    "含": "含(多值列, '值', …)",
    "项数": "项数(多值列)",
    "任一成员": "任一成员(条件)",
    "所有成员": "所有成员(条件)",
    "成员数": "成员数(条件)",
    "成员合计": "成员合计(数)",
    "曾有成员": "曾有成员(条件)",
    "户主": "户主(列)",
    "参数": "参数('名'[, 日期[, 层级]])",
    "在名单": "在名单('名')",
    "名单有": "名单有('名', 条件)",
    "本人": "本人(列)",
    "全表唯一": "全表唯一(列)",
    "户内唯一": "户内唯一(列)",
    "不同户数": "不同户数(列)",
    "不同村数": "不同村数(列)",
    "全表任一": "全表任一(条件)",
    "已知合计": "已知合计(数, …)",
    "地区码有效": "地区码有效(六位码)",
    "上期": "上期(列)",
    "有上期": "有上期()",
    "必填已填": "必填已填()",
    "户数": "户数(条件)",
    "任一户": "任一户(条件)",
    "户合计": "户合计(数)",
    "人数": "人数(条件)",
    "人合计": "人合计(数)",
    "同值户数": "同值户数(列)",
    "村数": "村数(条件)",
    "村合计": "村合计(数)",
    "在册有": "在册有(证件[, 条件])",
    "户在册": "户在册(户编号[, 条件])",
    "名单含": "名单含('名', 值)",
    "同组行数": "同组行数(列, 条件)",
    "同组任一": "同组任一(列, 条件)",
    "同组最小": "同组最小(列, 值)",
    "同组最大": "同组最大(列, 值)",
    "同组值数": "同组值数(列, 值)",
}
MEMBERS = ("任一成员", "所有成员", "成员数", "成员合计", "曾有成员", "户主")
GROUPS = ("全表唯一", "户内唯一", "不同户数", "不同村数", "全表任一")
LISTS = ("在名单", "名单有")
EARLIER = ("上期", "有上期")
SAME = (
    "同组行数",
    "同组任一",
    "同组最小",
    "同组最大",
    "同组值数",
)  # over the rows of a list with one value of a column
REGISTRY: dict[str, Level] = {"在册有": "人", "户在册": "户"}  # asked of a list's row → whose rows it looks for
SUMS: dict[str, Level] = {  # over a village or county → whose rows are counted
    "户数": "户", "任一户": "户", "户合计": "户", "同值户数": "户", "人数": "人", "人合计": "人", "村数": "村", "村合计": "村",
}  # fmt: skip
PART_OF: dict[str, Level] = {**dict.fromkeys(MEMBERS, "人"), **SUMS}  # function → the level of the rows inside it
AWAY: dict[str, Level] = {**PART_OF, **REGISTRY}  # functions whose argument speaks of other rows than the one judged
SUMMED = ("成员合计", "户合计", "人合计", "村合计")
COUNTS = ("成员数", "不同户数", "不同村数", "户数", "人数", "村数", "同值户数", "同组行数", "同组值数")
BEYOND = (*MEMBERS, *GROUPS, *LISTS, *EARLIER, *SUMS, *REGISTRY, *SAME, "名单含", "地区码有效")
WITHOUT: dict[str, tuple[str, ...]] = {  # function → what may not stand inside it, nor in a derived column inside it
    **dict.fromkeys(MEMBERS, MEMBERS),
    **dict.fromkeys(GROUPS, BEYOND),
    "名单有": tuple(name for name in BEYOND if name not in REGISTRY),
    "地区码有效": BEYOND,
    "上期": BEYOND,
    "名单含": BEYOND,
    "已知合计": (*BEYOND, "已知合计", "参数"),
    **dict.fromkeys(SAME, BEYOND),
    **dict.fromkeys((*SUMS, *REGISTRY), tuple(REGISTRY)),
}
STANDS: dict[str, tuple[Level, ...]] = {  # function → whose rows may ask it
    **dict.fromkeys((*MEMBERS, *GROUPS), ("人", "户")),
    **dict.fromkeys(SUMS, ("村", "县")),
    **dict.fromkeys(("村数", "村合计"), ("县",)),
    **dict.fromkeys(SAME, ("名单",)),
    "名单含": ("人", "户", "村"),
}
