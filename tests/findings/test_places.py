"""Which cells a finding names: of the row itself, of its household, of members, of other rows."""

from tests.findings.told import a_rule, places, told

TWO_SHEETS = """
# 户
| 户编号 | 户主姓名 | 乡 | 村 | 危房户 | 脱贫属性 | 不愁吃 | 数据日期 |
| '990101000001 | 张三 | 甲乡 | 乙村 | 否 | 已脱贫（享受政策） | 否 | 2020-12-31 |
| '990101000002 | 李四 | 甲乡 | 丙村 | 是 | 已脱贫（享受政策） | 是 | 2020-12-31 |
# 人
| 户编号 | 姓名 | 与户主关系 | 性别 | 证件号码 | 大病保险 |
| '990101000001 | 张小三 | 之子 | 女 | '990101200605010119 |  |
| '990101000001 | 张三 | 户主 | 男 | '990101196005010119 | 是 |
| '990101000002 | 李四 | 户主 | 男 | '990101196208010223 | 否 |
"""
MERGED = """
| 村 | 户编号 | 不愁吃 | 脱贫属性 | 姓名 | 与户主关系 | 性别 | 人员状态 | 数据日期 |
| 乙村 | '990101000001 | 否 | 已脱贫（享受政策） | 王五 | 配偶 | 男 | 正常 | 2020-12-31 |
| ^ | ^ | ^ | ^ | 张三 | 户主 | 男 | 正常 | 2020-12-31 |
| ^ | ^ | ^ | ^ | 赵六 | 配偶 | 男 | 自然减少 | 2020-12-31 |
| ^ | '990101000002 | 是 | 已脱贫（享受政策） | 李四 | 户主 | 男 | 正常 | 2020-12-31 |
"""


def test_a_household_finding_stands_on_its_household_row_with_the_values_as_written(sketch):
    (finding,) = told(sketch(TWO_SHEETS), rule="FOD001")
    assert finding.message == "户编号990101000001（张三）已脱贫，不愁吃为“否”"
    assert places(finding) == ["subject 户!2 G2,F2"]
    assert finding.values == {"不愁吃": "否", "脱贫属性": "已脱贫（享受政策）"}
    assert (finding.township, finding.village, finding.household, finding.person) == (
        "甲乡",
        "乙村",
        "990101000001",
        "张三",
    )


def test_a_persons_finding_names_the_household_sheet_for_the_values_taken_from_there(sketch):
    (finding,) = told(sketch(TWO_SHEETS), rule="MED004")
    assert finding.message == "张小三：脱贫户成员，是否参加大病保险空白"
    assert places(finding) == ["subject 人!2 F2", "subject 户!2 F2"]
    assert finding.values == {"大病保险": "", "脱贫属性": "已脱贫（享受政策）"}
    assert (finding.township, finding.village, finding.person) == ("甲乡", "乙村", "张小三")


def test_without_a_household_sheet_the_first_place_is_the_heads_row_then_the_row_of_the_value(sketch):
    (finding,) = told(sketch(MERGED), rule="FOD001")
    assert finding.message == "户编号990101000001（张三）已脱贫，不愁吃为“否”"
    assert places(finding) == ["subject Sheet1!3", "subject Sheet1!2 C2,D2"]


def test_a_village_merged_over_its_households_is_quoted_from_its_first_cell(sketch, tmp_path):
    rules = a_rule(tmp_path, "村 <> '乙村'", "{姓名}在{村}，户主{户主姓名}，户编号{户编号}")
    findings = told(sketch(MERGED), rules=rules)
    assert [finding.message for finding in findings] == [
        "王五在乙村，户主张三，户编号990101000001",
        "张三在乙村，户主张三，户编号990101000001",
        "李四在乙村，户主李四，户编号990101000002",
    ]
    assert [places(finding) for finding in findings] == [
        ["subject Sheet1!2 A2"],
        ["subject Sheet1!3", "subject Sheet1!2 A2"],
        ["subject Sheet1!5", "subject Sheet1!2 A2"],
    ]


def test_members_of_whom_the_rule_speaks_are_named_and_those_who_left_are_not(sketch):
    (finding,) = told(sketch(MERGED), rule="REL005")
    assert places(finding) == ["subject Sheet1!3", "member Sheet1!3 G3,F3", "member Sheet1!2 G2,F2"]


def test_the_head_is_named_where_a_persons_rule_compares_with_it(sketch):
    text = """
    | 户编号 | 姓名 | 与户主关系 | 出生日期 | 数据日期 |
    | '990101000001 | 张三 | 户主 | 1980-05-01 | 2020-12-31 |
    | '990101000001 | 张小三 | 之子 | 1990-05-01 | 2020-12-31 |
    """
    (finding,) = told(sketch(text), rule="REL007")
    assert finding.message == "张小三（之子）：比户主小不足15岁"
    assert places(finding)[1:] == ["member Sheet1!2 D2"]
    (used,) = finding.parameters
    assert (used.name, used.value, used.since, used.place) == ("子女最小年龄差", 15, "2000-01-01", "全国")


def test_members_a_message_names_are_listed_once_each(sketch, tmp_path):
    rules = a_rule(tmp_path, "成员数(与户主关系 = '配偶') < 1", "{户主姓名}户的配偶：{成员}", scope="户")
    (finding,) = told(sketch(MERGED), rules=rules)
    assert finding.message == "张三户的配偶：王五"
    assert places(finding) == ["subject Sheet1!3", "member Sheet1!2 F2"]


def test_columns_side_by_side_that_make_one_value_are_all_named(sketch, tmp_path):
    text = """
    | 户编号 | 户主姓名 | 脱贫属性 | 致贫/返贫风险1 | 致贫/返贫风险2 | 数据日期 |
    | '990101000001 | 张三 | 未脱贫 | 因病 | 因残 | 2020-12-31 |
    """
    rules = a_rule(tmp_path, "NOT 含(\"致贫/返贫风险\", '因残')", "风险：{致贫/返贫风险}", scope="户")
    (finding,) = told(sketch(text), rules=rules)
    assert finding.message == "风险：因病、因残"
    assert places(finding) == ["subject Sheet1!2 D2,E2"]


def test_two_files_are_told_apart_and_a_household_may_stand_in_both(sketch):
    household, persons = TWO_SHEETS.split("# 人")
    first, second = sketch(household, "registry.xlsx"), sketch("# 人" + persons, "people.xlsx")
    (finding,) = told(first, second, rule="MED004")
    assert places(finding) == ["subject people.xlsx › 人!2 F2", "subject 户!2 F2"]
    assert (finding.township, finding.village) == ("甲乡", "乙村")
