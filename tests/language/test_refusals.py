"""What the checker lets nobody write: what the engine could not run, would not end, or does not mean what it says."""

import pytest

from fupin_cli.language.expression import Expression, parse
from tests.language.test_expression import SYMBOLS


@pytest.mark.parametrize(
    ("text", "level", "said"),
    [
        ("ROUND(务工时间, (SELECT 1)) > 0", "人", "the digits of ROUND must be a whole number"),
        ("人.务工时间 > 0", "人", "COLUMN is not allowed in a rule"),
        ("务工时间 BETWEEN SYMMETRIC 3 AND 1", "人", "BETWEEN is not allowed in a rule"),
        ("姓名 LIKE 5", "人", "the right side of LIKE must be a constant text"),
        ("姓名 LIKE '张' ESCAPE '!'", "人", "ESCAPE is not allowed in a rule"),
        ("出生日期 > DATE '2021-02-29'", "人", "there is no day 2021-02-29"),
        ("出生日期 > TRY_CAST('x' AS DATE)", "人", "TRYCAST is not allowed in a rule"),
        ("匹配(姓名, '(')", "人", "'(' is no regular expression the engine can run"),
        ("匹配(姓名, '(?=张).*')", "人", "'(?=张).*' is no regular expression the engine can run"),
        ("匹配(姓名, '(张)\\1')", "人", "'(张)\\1' is no regular expression the engine can run"),
        ("含(健康状况, 1)", "人", "the values of 含 must be constant texts"),
        ("姓名 = '张' = 已监测", "人", "a condition on a side of a comparison needs brackets"),
        ("务工时间 > 0; 务工时间 < 9", "人", "BLOCK is not allowed in a rule"),
        ("务工时间 > 0 -- AND 务工时间 < 9", "人", "no comments inside an expression"),
        ("任一成员(户主(务工时间) > 0)", "户", "户主 may not stand inside 任一成员"),
        ("户主(成员数(TRUE)) > 0", "户", "成员数 may not stand inside 户主"),
        ("全表唯一(户主(姓名))", "人", "户主 may not stand inside 全表唯一"),
        ("全表任一(在名单('车辆'))", "人", "在名单 may not stand inside 全表任一"),
        ("全表任一(地区码有效(姓名))", "人", "地区码有效 may not stand inside 全表任一"),
        ("地区码有效(户主(姓名))", "人", "户主 may not stand inside 地区码有效"),
        ("名单有('车辆', 在名单('车辆'))", "人", "在名单 may not stand inside 名单有"),
        ("名单有('车辆', 本人(户主(务工时间)) > 1)", "人", "户主 may not stand inside 名单有"),
        ("名单有('车辆', 全表唯一(购置价格))", "人", "全表唯一 may not stand inside 名单有"),
        ("已知合计(成员数(TRUE)) > 0", "户", "成员数 may not stand inside 已知合计"),
        ("本人(姓名) = '张'", "人", "本人(column) stands in conditions on a list only"),
        ("名单有('车辆', 本人(本人(姓名)) = '张')", "人", "本人(column) stands in conditions on a list only"),
        ("(" * 100 + "已监测" + ")" * 100, "户", "nested too deeply: at most 60 levels; split it"),
        ("NOT " * 900 + "已监测", "户", "nested too deeply: at most 60 levels; split it"),
        (" AND ".join(["已监测"] * 70), "户", "nested too deeply: at most 60 levels; split it"),
        ("姓名 = '" + "张" * 5000 + "'", "人", "too long: 5007 characters of 4000"),
        (
            "学年初(" * 12 + "出生日期" + ")" * 12 + " > 出生日期",
            "人",
            "functions inside functions: too many, split them",
        ),
    ],
)
def test_what_no_rule_may_say(text, level, said):
    mistakes = parse(text, SYMBOLS, level)
    assert not isinstance(mistakes, Expression)
    assert mistakes[0].en == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("CASE 务工时间 WHEN 1 THEN TRUE END", "CASE is not allowed in a rule"),
        ("CASE WHEN 已监测 THEN 1 ELSE '一' END", "the branches differ in type: ['数字', '文本']"),
        ("在名单('车辆')", "在名单 may not stand in a derived column"),
        ("上期(姓名) = '张'", "上期 may not stand in a derived column"),
    ],
)
def test_what_no_derived_column_may_say(text, said):
    mistakes = parse(text, SYMBOLS, "人", derived=True)
    assert not isinstance(mistakes, Expression)
    assert [mistake.en for mistake in mistakes] == [said]


def test_numbers_below_nought_may_stand_in_a_list_of_constants():
    assert isinstance(parse("务工时间 IN (-1, 2)", SYMBOLS, "人"), Expression)


def test_an_exception_may_not_look_beyond_the_row_of_its_list():
    mistakes = parse("任一成员(务工时间 > 0)", SYMBOLS, "人", listed="车辆")
    assert not isinstance(mistakes, Expression)
    assert [mistake.en for mistake in mistakes] == ["任一成员 may not stand inside 名单有"]
