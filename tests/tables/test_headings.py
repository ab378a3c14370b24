"""Where the heading stands and what its columns mean, over drawn sheets."""

import pytest

from tests.tables.headed import layout_of, meanings

PERSON_2017 = (
    "序号 县(市、区、旗) 乡(镇) 行政村 自然村 户编号 人编号 姓名 证件号码 人数 与户主关系 民族 文化程度 在校生状况 健康状况 "
    "劳动技能 务工状况 务工时间（月） 参加大病医疗 脱贫属性 脱贫年度 贫困户属性 主要致贫原因 危房户 饮水安全 饮水困难 人均纯收入 联系电话"
)
PERSON_2017_SHORT = (
    "序号 县(市、区、旗) 乡(镇) 行政村 自然村 户编号 人编号 姓名 证件号码 人数 与户主关系 民族 文化程度 在校生状况 健康状况 "
    "劳动技能 务工时间（月） 参加大病医疗 脱贫属性 贫困户属性 主要致贫原因"
)
VILLAGE_2017 = (
    "序号 行政区划编码 县 乡（镇） 村 负责人 村办公电话 村属性 是否出列 总户数 总人口数 自然村数 贫困户数 贫困人口数 低保人口数 "
    "低保户数 五保人口数 五保户数 少数民族人口数 妇女人口数 残疾人口数 劳动力人数 外出务工人数 省 市（州）"
)
PERSON_2018 = "市 县 乡 村 人编号 姓名 性别 证件号码 与户主关系 健康状况 劳动技能 户编号 户主姓名 户主证件号码 家庭人口 脱贫标志 贫困户属性 变更年度"
HOUSEHOLD_2021 = (
    "省 市 县 乡 村 户编号 户主编号 户主姓名 户主证件号码 家庭人口数 是否危房户 人均纯收入 年收入 是否解决安全饮用水 年度 村办公电话 "
    "开户银行名称 银行卡号 识别标准 主要致贫原因 次要致贫原因 工资性收入 生产经营性收入 财产性收入 转移性收入 计划生育金 低保金 五保金 "
    "养老保险金 生态补偿金 其他转移性收入 生产经营性支出 纯收入 资产收益扶贫分红收入 其他财产性收入 耕地面积（亩） 水面面积 "
    "是否加入农民专业合作组织 退耕还林面积（亩） 林果面积（亩） 牧草地面积 林地面积（亩） 是否通生产用电 是否通生活用电 是否通广播电视 "
    "与村主干路距离 入户路类型 住房面积 是否有卫生厕所 主要燃料类型 危房级别 是否有龙头企业带动 是否有创业致富带头人带动"
)
PERSON_2021 = (
    "省 市 县 乡 村 户编号 人口编号 姓名 性别 出生日期 证件类型 证件号码 民族 户联系电话 成员联系电话 年度 与户主关系 文化程度 "
    "在校生状况 劳动技能 务工时间（月） 健康状况 政治面貌 务工企业名称 是否享受低保 是否参加城镇职工基本养老保险 是否参加大病保险 "
    "是否参加新型农村合作医疗（城乡居民基本医疗保险） 是否参加城乡居民基本养老保险 失学或辍学原因 是否会讲普通话 是否参加商业补充医疗保险 "
    "是否国外务工 产业分类 是否接受大病医疗救助 是否接受其他健康扶贫 公益性岗位类型 公益性岗位(月数) 就业渠道 残疾类别 务工所在地 户主姓名 "
    "户主证件号码 是否参加城镇职工基本医疗保险 是否特困供养人员 残疾证办证年度 识别标准"
)
PERSON_2022 = (
    "序号 数据日期 县(市、区、旗) 乡(镇) 行政村 自然村 户编号 人编号 姓名 证件号码 人数 与户主关系 民族 文化程度 在校生状况 健康状况 "
    "劳动技能 务工时间（月） 是否参加大病保险 致贫原因1 危房户 是否解决安全饮用水 人均纯收入 户联系电话 人联系电话 首次识别时间 人员识别时间 "
    "户类型 易返贫致贫户(监测对象)类型 风险是否消除 风险识别时间 风险消除时间"
)


@pytest.mark.parametrize(
    ("order", "above", "kind", "known"),
    [
        (PERSON_2017, "", "人", 27),
        (PERSON_2017_SHORT, "", "人", 20),
        (VILLAGE_2017, "", "村", 24),
        (PERSON_2018, "", "人", 18),
        (HOUSEHOLD_2021, "", "户", 53),
        (PERSON_2021, "", "人", 47),
        (PERSON_2022, "| 已脱贫人口名单 |\n", "人", 31),
        (HOUSEHOLD_2021, "| 户信息 |\n| 导出时间 |\n", "户", 53),
    ],
    ids=["2017人", "2017人短", "2017村", "2018人", "2021户", "2021人", "2022名单", "2023户"],
)
def test_every_column_order_that_was_seen_is_read_whole(order, above, kind, known):
    names = order.split()
    layout = layout_of(f"{above}| {' | '.join(names)} |\n| {' | '.join('某' for _ in names)} |")
    assert layout.kind == kind
    assert len(layout.columns) == known
    assert layout.unmapped == {}
    assert layout.heading_rows == (1 + above.count("\n"),)
    assert layout.doubts == ()


@pytest.mark.parametrize("blank", [0, 1, 2, 5])
def test_a_heading_may_follow_blank_rows(blank):
    layout = layout_of("||\n" * blank + "| 户编号 | 姓名 | 与户主关系 |\n| '001 | 张三 | 户主 |")
    assert (layout.heading_rows, layout.first_row) == ((blank + 1,), blank + 2)


def test_titles_units_and_places_above_a_heading_are_no_heading():
    layout = layout_of(
        """
        | 附件1： |
        | 某某县2020年度贫困人口花名册 | < | < | < |
        | 县：某某县 | 乡镇： | 村： | 单位：元 |
        | 户编号 | 姓名 | 与户主关系 | 人均纯收入 |
        | '001 | 张三 | 户主 | 3200 |
        """
    )
    assert layout.heading_rows == (4,)
    assert layout.title == "某某县2020年度贫困人口花名册"
    assert [(each.first_row, each.last_row, each.reason) for each in layout.left_out] == [
        (1, 3, "title"),
        (4, 4, "heading"),
    ]


def test_a_block_of_instructions_above_a_heading_is_a_note():
    layout = layout_of(
        """
        | 填表说明：一律按户口簿填写，日期写成2020/04/29 | < | < |
        | 户编号 | 姓名 | 与户主关系 |
        | '001 | 张三 | 户主 |
        """
    )
    assert layout.heading_rows == (2,)
    assert layout.left_out[0].reason == "note"


def test_two_levels_with_merges_both_ways_make_one_heading():
    layout = layout_of(
        """
        | 户编号 | 户籍基础信息 | <    | <        | 收入       | <      |
        | ^      | 与户主的关系 | 姓名 | 文化程度 | 工资性收入 | 低保金 |
        | '001   | 户主         | 张三 | 小学     | 100        | 200    |
        """
    )
    assert layout.heading_rows == (1, 2)
    assert [each.heading for each in layout.columns] == [
        "户编号",
        "户籍基础信息-与户主的关系",
        "户籍基础信息-姓名",
        "户籍基础信息-文化程度",
        "收入-工资性收入",
        "收入-低保金",
    ]
    assert list(meanings(layout).values()) == ["户编号", "与户主关系", "姓名", "文化程度", "工资性收入", "低保金"]


def test_two_levels_without_merges_are_read_as_well():
    layout = layout_of(
        """
        | 户编号 | 家庭成员 |      |          | 家庭收入   |        |
        |        | 关系     | 姓名 | 文化程度 | 工资性收入 | 低保金 |
        | '001   | 户主     | 张三 | 小学     | 100        | 200    |
        """
    )
    assert layout.heading_rows == (1, 2)
    assert list(meanings(layout).values()) == ["户编号", "与户主关系", "姓名", "文化程度", "工资性收入", "低保金"]
    assert layout.columns[2].heading == "家庭成员-姓名"


def test_three_levels_make_one_heading():
    layout = layout_of(
        """
        | 搬迁户模板 | < | < | < | < |
        | *户编号 | 家庭基本情况 | < | < | 联系电话 |
        | ^ | 成员情况 | < | 人数 | ^ |
        | ^ | 姓名 | 与户主关系 | ^ | ^ |
        | '001 | 张三 | 户主 | 3 | '13800000000 |
        """
    )
    assert layout.heading_rows == (2, 3, 4)
    assert layout.columns[1].heading == "家庭基本情况-成员情况-姓名"
    assert list(meanings(layout).values()) == ["户编号", "姓名", "与户主关系", "家庭人口", "户联系电话"]
    assert layout.first_row == 5


def test_a_heading_merged_over_two_columns_names_the_first():
    layout = layout_of(
        """
        | 户编号 | 姓名 | < | 与户主关系 |
        | '001 | 张三 | < | 户主 |
        """
    )
    assert meanings(layout) == {"A": "户编号", "B": "姓名", "D": "与户主关系"}
    assert layout.doubts == ()


def test_a_heading_that_stands_only_in_the_second_row_takes_no_band_from_its_neighbour():
    layout = layout_of(
        """
        | 村 | 总户数 | 农业 | < | 贫困户数 |  |
        | ^ | ^ | 种植(户) | 养殖(户) | ^ | 贫困人口数 |
        | 甲村 | 100 | 1 | 2 | 20 | 60 |
        """
    )
    assert layout.kind == "村"
    assert meanings(layout) == {"A": "村", "B": "总户数", "E": "贫困户数", "F": "贫困人口数"}
    assert layout.unmapped == {"C": "农业-种植(户)", "D": "农业-养殖(户)"}


@pytest.mark.parametrize(
    "numbers",
    ["| ① | ② | ③ | ④ |", "| 1 | 2 | 3 | 4 |", "| 甲 | 乙 | 1 | 2 |", "| AAC001 | AAB002 | AAB006 | AAC082 |"],
)
def test_a_row_of_numbers_or_codes_below_a_heading_is_no_record(numbers):
    layout = layout_of(f"| 户编号 | 姓名 | 与户主关系 | 人均纯收入 |\n{numbers}\n| '001001 | 张三 | 户主 | 3200 |")
    assert layout.heading_rows == (1,)
    assert layout.first_row == 3
    assert (2, "heading") in [(each.last_row, each.reason) for each in layout.left_out]


def test_a_row_of_codes_beside_a_serial_heading_merged_down_is_no_record():
    layout = layout_of(
        """
        | 序号 | 户 | < | 人 |
        | ^ | 户编号 | 人均纯收入 | 姓名 |
        | ^ | AAC001 | AAC082 | AAB002 |
        | 1 | '001001 | 3200 | 张三 |
        """
    )
    assert layout.heading_rows == (1, 2)
    assert layout.first_row == 4
    assert (3, "heading") in [(each.last_row, each.reason) for each in layout.left_out]


def test_a_row_of_points_below_a_heading_is_no_record():
    layout = layout_of("| 户主姓名 | 家庭人口 | 人均纯收入 |\n| | 0.5 | 3 |\n| 张三 | 4 | 3200 |")
    assert layout.first_row == 3


@pytest.mark.parametrize(
    "heading",
    [
        "1.户编号", "1、户编号", "1 户编号", "（1）户编号", "(一) 户编号", "①户编号", "1.1户编号", "A1.户编号", "B12 户编号",
        "A1-2户编号", "甲、户编号", "Ⅱ.户编号", "【3】户编号", "*户编号", "户\\n编号", "户　编　号", "户编号：",
    ],
)  # fmt: skip
def test_numbering_marks_and_breaks_are_no_part_of_a_heading(heading):
    layout = layout_of(f"| {heading} | 姓名 | 与户主关系 |\n| '001 | 田丰收 | 户主 |")
    assert meanings(layout) == {"A": "户编号", "B": "姓名", "C": "与户主关系"}


@pytest.mark.parametrize(
    "heading",
    [
        "住房面积\\n（平方米）",
        "住房面积\\n平方米",
        "住房面积/平方米",
        "住房面积㎡",
        "住房面积【㎡】",
        "住房面积：平方米",
        "住房面积(单位：平方米)",
    ],
)
def test_a_unit_may_stand_in_every_way_a_clerk_writes_it(heading):
    layout = layout_of(f"| 户编号 | 户主姓名 | {heading} |\n| '001 | 田丰收 | 80 |")
    assert meanings(layout) == {"A": "户编号", "B": "户主姓名", "C": "住房面积"}


@pytest.mark.parametrize(
    "heading", ["年收入（万元）", "年收入 万元", "年收入/万元", "年收入（万元/年）", "年收入（万元，保留两位小数）"]
)
def test_an_amount_on_another_scale_is_not_read_and_told_once(heading):
    layout = layout_of(f"| 户编号 | 户主姓名 | {heading} |\n| '001 | 田丰收 | 1.2 |")
    assert meanings(layout) == {"A": "户编号", "B": "户主姓名"}
    assert layout.explained == ("C",)
    assert layout.doubts == (
        (
            f"C 列“{heading}”的单位是万元，“年收入”的单位是元，没有读入。换算后再查，或确认单位写错后加 --map {heading}=年收入。",
            f"column C “{heading}” is in 万元, “年收入” is in 元: not read. "
            f"Convert it, or when the unit is a slip say --map {heading}=年收入.",
        ),
    )


def test_a_row_of_units_belongs_to_the_heading():
    layout = layout_of("""
        | 户编号 | 户主姓名 | 住房面积 | 人均纯收入 | 年收入 |
        |        |          | 平方米   | （元）     | 万元   |
        | '001   | 田丰收   | 80       | 3200       | 1.2    |
    """)
    assert (layout.heading_rows, layout.first_row) == ((1, 2), 3)
    assert meanings(layout) == {"A": "户编号", "B": "户主姓名", "C": "住房面积", "D": "人均纯收入"}
    assert layout.unmapped == {"E": "年收入(万元)"}


def test_a_number_may_be_the_text_of_a_band():
    layout = layout_of("""
        | 户编号 | 户主姓名 | 2020     | <          |
        | ^      | ^        | 住房面积 | 人均纯收入 |
        | '001   | 田丰收   | 80       | 3200       |
    """)
    assert layout.heading_rows == (1, 2)
    assert layout.columns[2].heading == "2020-住房面积"


def test_a_form_with_one_word_filled_in_has_no_second_heading_row():
    layout = layout_of("""
        | 关系 | 姓名 | < | 性别 | 证件号码 |
        | 户主 |      | < |      |          |
        |      |      | < |      |          |
    """)
    assert layout.heading_rows == (1,)
    assert meanings(layout) == {"A": "与户主关系", "B": "姓名", "D": "性别", "E": "证件号码"}
    assert layout.doubts == ()


def test_two_headings_for_one_column_are_told_once():
    layout = layout_of("""
        | 户编号 | 户主姓名 | 户主身份证号       | 户主证件号码       |
        | '001   | 田丰收   | 990101198001010010 | 990101198001010010 |
    """)
    assert layout.unmapped == {"D": "户主证件号码"}
    assert layout.explained == ("D",)
    assert [zh for zh, _ in layout.doubts] == [
        "C 列“户主身份证号”和 D 列“户主证件号码”都是“户主证件号码”，只读了 C 列。"
    ]
