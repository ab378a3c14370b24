"""What the reading found, as findings: who it is about, the text as written, columns and sheets without a row."""

from tests.findings.told import places, told

HABITS = """
| 户编号 | 村 | 姓名 | 与户主关系 | 文化程度 | 性别 | 口令 | 人均纯收入 | 户联系电话 | 数据日期 |
| '990101000001 | 乙村 | 张三 | 户主 | 速成班 | 女性 | 甲 | '１２００ | | 2020-12-31 |
| '990101000001 | 乙村 | 张小三 | 之子 | 小学 | 女性 | 乙 | '１２０1 | | 2020-12-31 |
| '990101000002 | 丙村 | 李四 | 户主 | 小学 | 男性 | 丙 | 约3000 | | 2020-12-31 |
"""


def test_a_cell_that_could_not_be_read_is_told_of_its_person_household_and_village(sketch):
    (finding,) = told(sketch(HABITS), rule="FMT001")
    assert finding.message == "人均纯收入写的是“约3000”，读不出数字"
    assert finding.message_en == "人均纯收入 holds “约3000”, which is no number"
    assert (finding.household, finding.person, finding.village) == ("990101000002", "李四", "丙村")
    assert (finding.column, finding.values, places(finding)) == (
        "人均纯收入",
        {"人均纯收入": "约3000"},
        ["subject Sheet1!4 H4"],
    )


def test_a_person_whose_household_stands_on_another_sheet_has_its_place(sketch):
    text = """
    # 户
    | 户编号 | 户主姓名 | 乡 | 村 |
    | '990101000001 | 张三 | 甲乡 | 乙村 |
    # 人
    | 户编号 | 姓名 | 与户主关系 | 出生日期 |
    | '990101000001 | 张三 | 户主 | 属马的 |
    """
    (finding,) = told(sketch(text), rule="FMT002")
    assert finding.message == "出生日期写的是“属马的”，读不出日期"
    assert (finding.township, finding.village, finding.household, finding.person) == (
        "甲乡", "乙村", "990101000001", "张三",
    )  # fmt: skip
    assert places(finding) == ["subject 人!2 D2"]


def test_a_writing_habit_belongs_to_its_column_and_keeps_its_id_when_rows_move(sketch):
    (finding,) = told(sketch(HABITS), rule="FMT006")
    assert finding.message == "人均纯收入有2格全角数字，如“１２００”；已读作数字"
    assert (finding.household, finding.person, finding.village, finding.stable) == (None, None, None, False)
    assert places(finding) == ["subject Sheet1!2 H2,H3"]
    head, first, second, third = HABITS.strip().splitlines()
    (moved,) = told(sketch("\n".join([head, third, second, first])), rule="FMT006")
    assert moved.id == finding.id
    assert moved.places[0].cells == ("H3", "H4")


def test_a_habit_of_one_cell_says_whose_it_is_and_kinds_are_told_apart(sketch):
    findings = told(sketch(HABITS), rule="COD002")
    assert [(finding.message, finding.person) for finding in findings] == [
        ("性别有2格是同义写法“女性”，按“女”读", None),
        ("性别有1格是同义写法“男性”，按“男”读", "李四"),
    ]
    assert len({finding.id for finding in findings}) == 2


def test_an_unknown_heading_has_no_row_and_an_id_that_outlives_moved_columns(sketch):
    (finding,) = told(sketch(HABITS), rule="FMT008")
    assert finding.message == "G处的表头“口令”不认得，没有参与检查"
    assert (finding.places[0].row, finding.places[0].cells, finding.column) == (None, (), None)
    (moved,) = told(sketch(HABITS.replace("| 户编号 |", "| 口令 | 户编号 |").replace("| 口令 | 人均", "| 人均")
                           .replace("| '9901", "| 丁 | '9901").replace("性 | 甲", "性").replace("性 | 乙", "性").replace("性 | 丙", "性")),
                    rule="FMT008")  # fmt: skip
    assert moved.message == "A处的表头“口令”不认得，没有参与检查"
    assert moved.id == finding.id


def test_a_totals_row_is_about_the_sheet_and_its_cell_is_a_place_of_its_own(sketch):
    text = """
    | 户编号 | 户主姓名 | 工资性收入 |
    | '990101000001 | 张三 | 100 |
    | '990101000002 | 李四 | 200 |
    | 合计 | | 350 |
    """
    (finding,) = told(sketch(text), rule="FMT010")
    assert finding.message == "合计行的工资性收入与明细不符：合计为 350，明细之和为 300"
    assert places(finding) == ["subject Sheet1!None", "subject Sheet1!4 C4"]


def test_rows_of_one_household_that_differ_quote_the_cell_and_hide_both_names(sketch):
    text = """
    | 户编号 | 户主姓名 | 姓名 | 与户主关系 |
    | '990101000001 | 张三 | 张三 | 户主 |
    | '990101000001 | 赵六 | 张小三 | 之子 |
    """
    (finding,) = told(sketch(text), rule="FMT011")
    assert finding.message == "同一户的户主姓名在各行不一致：本户另有“张三”"
    assert (finding.household, finding.person, finding.values) == ("990101000001", "张三", {"户主姓名": "赵六"})
    assert finding.secrets == {"赵六": "姓名", "张三": "姓名"}
    assert places(finding) == ["subject Sheet1!3 B3"]
