"""What an expression may say, and the sentence for what it may not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fupin_cli.language.expression import Expression, parse
from fupin_cli.language.symbols import Symbol, Symbols

SYMBOLS = Symbols(
    columns={
        "姓名": Symbol("姓名", "文本", "人"),
        "务工时间": Symbol("务工时间", "数字", "人"),
        "证件号码": Symbol("证件号码", "文本", "人"),
        "出生日期": Symbol("出生日期", "日期", "人"),
        "健康状况": Symbol("健康状况", "多值", "人", ("健康", "残疾")),
        "危房户": Symbol("危房户", "代码", "户", ("是", "否")),
        "监测对象类别": Symbol("监测对象类别", "代码", "户", ("边缘易致贫户",), blank="未监测"),
        "人均纯收入": Symbol("人均纯收入", "数字", "户"),
        "数据日期": Symbol("数据日期", "日期", "地"),
        "致贫/返贫风险": Symbol("致贫/返贫风险", "多值", "户", ("因病", "因残")),
    },
    derived={"已监测": Symbol("已监测", "真假", "户", alternatives=("监测对象类别 <> '未监测'",))},
    parameters={"收入线": "数字"},
    lists={"车辆": {"车辆类型": Symbol("车辆类型", "文本", "名单"), "购置价格": Symbol("购置价格", "数字", "名单")}},
)


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("危房户 = '否'", "户"),
        ("监测对象类别 = '未监测'", "户"),
        ("NOT 已监测 OR 人均纯收入 >= 参数('收入线')", "户"),
        ("人均纯收入 BETWEEN 1 AND 2 AND 危房户 IN ('是', '否')", "户"),
        ("含(\"致贫/返贫风险\", '因病', '因残') AND 项数(\"致贫/返贫风险\") <= 2", "户"),
        ("任一成员(含(健康状况, '残疾')) AND 成员数(务工时间 > 0) >= 1", "户"),
        ("ABS(ROUND(人均纯收入, 2) - 3000) < -1 * 2 / 3", "户"),
        ("周岁(出生日期, DATE '2020-09-01') >= 6", "人"),
        ("姓名 LIKE '张%' AND LENGTH(证件号码) = 18", "人"),
        ("NOT 名单有('车辆', 购置价格 > 30000 AND NOT 例外 AND 车辆类型 <> 本人(姓名))", "人"),
        ("任一成员(在名单('车辆'))", "户"),
        ("户主(务工时间) > 3 AND 危房户 = '是'", "人"),
    ],
)
def test_what_a_rule_may_say(text, level):
    assert isinstance(parse(text, SYMBOLS, level), Expression)


@pytest.mark.parametrize(
    ("text", "level", "said", "marked"),
    [
        ("危房 = '是'", "户", "there is no column 危房; nearest: 危房户", "危房"),
        ("危房户 = '对'", "户", "'对' is not in the code list of 危房户", "'对'"),
        ("危房户 IN ('是', '不是')", "户", "'不是' is not in the code list of 危房户; nearest: 是", "'不是'"),
        ("危房户 = 1", "户", "the two sides differ in type: 代码 and 数字", "危房户 = 1"),
        ("人均纯收入 > '3000'", "户", "the two sides differ in type: 数字 and 文本", "人均纯收入 > '3000'"),
        ("出生日期 > 3", "人", "the two sides differ in type: 日期 and 数字", "出生日期 > 3"),
        (
            "健康状况 = '残疾'",
            "人",
            "a 多值 column takes only 含(column, 'value') and 项数(column)",
            "健康状况 = '残疾'",
        ),
        (
            "健康状况 IN ('残疾')",
            "人",
            "IN is not for 多值 or 真假; use 含(column, 'value', …)",
            "健康状况 IN ('残疾')",
        ),
        ("健康状况 LIKE '%残疾%'", "人", "the left side of LIKE must be 文本, this is 多值: 健康状况", "健康状况"),
        ("危房户 NOT IN ('是', NULL)", "户", "NULL inside IN makes every result unknown", "危房户 NOT IN ('是', NULL)"),
        ("危房户 IS NULL", "户", "IS may not be used; blank is 为空(column)", "危房户"),
        ("危房户 = NULL", "户", "NULL may not be written; blank is 为空(column)", "危房户 = NULL"),
        ("CASE WHEN 已监测 THEN TRUE END", "户", "CASE may not be used in a rule: it hides unknowns", "已监测"),
        ("COALESCE(人均纯收入, 0) > 0", "户", "COALESCE is not allowed in a rule", "COALESCE(人均纯收入, 0)"),
        (
            "务工时间 > 0",
            "户",
            "务工时间 is a member's column: in a 户 rule it stands inside 任一成员(…) and the like",
            "务工时间",
        ),
        ("任一成员(务工时间)", "户", "任一成员 takes 真假, not 数字", "任一成员(务工时间)"),
        ("任一成员(所有成员(务工时间 > 0))", "户", "所有成员 may not stand inside 任一成员", "所有成员(务工时间 > 0)"),
        ("参数('贫困线') > 1", "户", "there is no parameter 贫困线", "'贫困线'"),
        ("为空(已监测)", "户", "为空 asks about one column of the registry", "为空(已监测)"),
        ("年龄段(出生日期) = 1", "人", "there is no function 年龄段; nearest: 年, 年末", "年龄段(出生日期)"),
        ("周岁(出生日期) = 1", "人", "周岁 takes 2 argument(s)", "周岁(出生日期)"),
        ("在名单('房子')", "人", "there is no list 房子", "'房子'"),
        ("名单有('车辆', 排量 > 1)", "人", "there is no column 排量 in the list 车辆", "排量"),
        ("危房户 = '是' AND", "户", "cannot be read near 'AND'", "AND"),
        ("危房户 = '是", "户", "unfinished: a quote or bracket is open", "危房户 = '是"),
        ("危房户 AND 已监测", "户", "each side of AND, OR, NOT must be 真假, this is 代码: 危房户", "危房户"),
    ],
)
def test_each_mistake_is_told_in_a_sentence_at_its_place(text, level, said, marked):
    (mistake,) = parse(text, SYMBOLS, level)
    assert mistake.en == said
    assert text[mistake.start : mistake.end + 1] == marked


@pytest.mark.parametrize(
    "text",
    [
        "(SELECT COUNT(*) FROM 户) > 0",
        "EXISTS (SELECT 1)",
        "人均纯收入 IN (SELECT 1)",
        "read_csv('/etc/passwd')",
        "人均纯收入 = 1; DROP TABLE 户",
        "getenv('HOME') = ''",
        "姓名::INT > 0",
        "CAST(姓名 AS INT) > 0",
        "姓名 || '甲' = '张三甲'",
        "COUNT(*) > 1",
        "ROW_NUMBER() OVER () > 1",
        "regexp_matches(姓名, 'x')",
        "$1 = 1",
        "人均纯收入 > ?",
        "1 < ALL (SELECT 2)",
    ],
)
def test_nothing_else_of_sql_gets_in(text):
    assert not isinstance(parse(text, SYMBOLS, "户"), Expression)


@given(st.text(alphabet="危房户人均纯收入'()=<>ANDORNOTINLIKE 0123,;\"|+-*/成员数任一为空", max_size=40))
def test_any_text_gives_an_expression_or_a_mistake_with_a_place(text):
    result = parse(text, SYMBOLS, "户")
    if not isinstance(result, Expression):
        assert result
        assert all(0 <= mistake.start <= mistake.end + 1 <= len(text) + 1 for mistake in result)


def test_an_expression_knows_what_it_uses():
    found = parse("任一成员(务工时间 > 0) AND 人均纯收入 > 参数('收入线') AND 已监测", SYMBOLS, "户")
    assert (found.columns, found.members, found.parameters) == ({"人均纯收入", "已监测"}, {"务工时间"}, {"收入线"})
