"""Forms and cards: labels with their values, the members among them, and what stays no form."""

import pytest

from tests.tables.forms_read import HEAD, SON, WIFE, read

MEMBERS = f"""| 姓名 | 性别 | 证件号码 | 与户主关系 | 民族 | 文化程度 |
| 田丰收 | 男 | {HEAD} | 户主 | 汉族 | 小学 |
| 米小兰 | 女 | {WIFE} | 配偶 | 汉族 | 小学 |"""


def test_labels_beside_their_values_are_one_household_and_the_grid_its_members():
    with read(f"""
        | 贫困户信息采集表 | < | < | < | < | < |
        | 一、基本情况 | < | < | < | < | < |
        | 户主姓名 | 田丰收 | 联系电话 | '13900000000 | 户编号 | '9901010001 |
        | 识别标准 | 国家标准 | 贫困户属性 | 一般贫困户 | 家庭人口 | 2 |
        | 二、家庭成员情况 | < | < | < | < | < |
        {MEMBERS}
        | 三、生产生活条件 | < | < | < | < | < |
        | 耕地面积（亩） | 3.5 | 住房面积 | 80 | 危房户 | 否 |
        """) as book:
        assert book.kinds == ["户", "人"]
        assert book.households("户主姓名", "户编号", "家庭人口", "耕地面积", "危房户", "_row") == [
            ("田丰收", "9901010001", 2, 3.5, "否", 3)
        ]
        assert book.members() == [["田丰收", "米小兰"]]
        assert book.cells() == {
            "B3": "户主姓名", "D3": "户联系电话", "F3": "户编号", "B4": "识别标准", "D4": "贫困户属性", "F4": "家庭人口",
            "B10": "耕地面积", "D10": "住房面积", "F10": "危房户",
        }  # fmt: skip
        assert book.out() == [(1, 1, "title"), (2, 2, "band"), (5, 5, "band"), (9, 9, "band")]
        assert book.reading() == []


def test_blank_template_rows_of_the_grid_are_nobody():
    with read(f"""
        | 户主姓名 | 田丰收 | 户编号 | '9901010001 | 家庭人口 | 2 |
        {MEMBERS}
        |  |  |  |  |  |  |
        | 人均纯收入 | 4120 | 危房户 | 否 | 脱贫年度 | 2018 |
        """) as book:
        assert book.members() == [["田丰收", "米小兰"]]
        assert book.households("人均纯收入", "脱贫年度") == [(4120, 2018)]


def test_a_cell_that_cannot_be_read_is_told_where_it_stands():
    with read("""
        | 户主姓名 | 田丰收 | 户编号 | '9901010001 |
        | 人均纯收入 | 约3000 | 家庭人口 | 2 |
        """) as book:
        assert book.households("人均纯收入", "人均纯收入$") == [(None, 2)]
        assert book.reading() == [("FMT001", "B2", "约3000")]


def test_a_value_with_its_unit_is_read_and_the_writing_told():
    with read("""
        | 户主姓名 | 田丰收 | 户编号 | '9901010001 |
        | 住房面积 | 120㎡ | 家庭人口 | 3人 |
        """) as book:
        assert book.households("住房面积", "家庭人口") == [(120, 3)]
        assert [cells for _, cells, _ in book.reading()] == ["B2", "D2"]


def test_a_unit_in_the_next_cell_is_no_value():
    with read("""
        | 户主姓名 | 田丰收 |  | 户编号 | '9901010001 |  |
        | 耕地面积 | 3.5 | 亩 | 家庭人口 | 3 | 人 |
        | 人均纯收入 | 4120 | 元 | 住房面积 | 80 | 平方米 |
        """) as book:
        assert book.households("耕地面积", "家庭人口", "住房面积") == [(3.5, 3, 80)]
        assert book.layouts[0].unmapped == {}


def test_an_amount_on_another_scale_is_not_read_and_it_is_said():
    with read("""
        | 户主姓名 | 田丰收 | 户编号 | '9901010001 |
        | 人均纯收入（万元） | 1.2 | 家庭人口 | 3 |
        | 危房户 | 否 | 脱贫年度 | 2018 |
        """) as book:
        assert "人均纯收入" not in book.cells().values()
        assert book.layouts[0].unmapped == {"B2": "人均纯收入（万元）"}
        assert [zh for zh, _ in book.layouts[0].doubts] == [
            "B2“人均纯收入（万元）”的单位是万元，“人均纯收入”的单位是元，没有读入。换算后再查。"
        ]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("□是 ☑否", "否"),
        ("☑是 □否", "是"),
        ("是□ 否☑", "否"),
        ("是√ 否□", "是"),
        ("是（√） 否（ ）", "是"),
        ("是（ ）　否（√）", "否"),
        ("□ 是　■ 否", "否"),
        ("√是 □否", "是"),
        ("□是 □否", None),
        ("是", "是"),
    ],
)
def test_the_ticked_option_is_the_value(written, value):
    with read(f"""
        | 户主姓名 | 田丰收 | 户编号 | '9901010001 |
        | 是否危房户 | {written} | 家庭人口 | 3 |
        | 人均纯收入 | 4120 | 脱贫年度 | 2018 |
        """) as book:
        assert book.households("危房户", "家庭人口") == [(value, 3)]
        assert book.reading() == []


def test_several_ticked_options_are_all_values():
    with read("""
        | 户主姓名 | 田丰收 | 户编号 | '9901010001 |
        | 主要致贫原因 | □因学 ☑因病 ☑因残 □其他____ | 家庭人口 | 3 |
        | 人均纯收入 | 4120 | 脱贫年度 | 2018 |
        """) as book:
        assert book.households("主要致贫原因") == [("因病,因残",)]


def test_options_in_a_cell_each_are_one_value():
    with read("""
        | 户主姓名 | 田丰收 | < | 户编号 | '9901010001 |
        | 是否危房户 | □是 | ☑否 | 家庭人口 | 3 |
        | 人均纯收入 | 4120 | < | 脱贫年度 | 2018 |
        """) as book:
        assert book.households("危房户", "家庭人口") == [("否", 3)]


def test_options_behind_their_label_in_one_cell_are_read():
    with read("""
        | 户主姓名：田丰收 | < | 户编号：9901010001 | < |
        | 是否危房户：□是 ☑否 | < | 家庭人口：3人 | < |
        | 是否通生活用电 ☑是 □否 | < | 脱贫年度：2018 | < |
        """) as book:
        assert book.households("户主姓名", "户编号", "危房户", "生活用电", "脱贫年度") == [
            ("田丰收", "9901010001", "否", "是", 2018)
        ]


def test_options_that_nobody_knows_stay_as_they_stand():
    with read("""
        | 户主姓名 | 田丰收 | 户编号 | '9901010001 |
        | 危房户 | □甲 ☑乙 | 家庭人口 | 3 |
        | 人均纯收入 | 4120 | 脱贫年度 | 2018 |
        """) as book:
        assert book.households("危房户$") == [(2,)]
        assert [(rule, cells, raw) for rule, cells, raw in book.reading()] == [("COD001", "B2", "□甲 ☑乙")]


def test_a_blank_value_is_blank_and_the_next_label_is_not_its_value():
    with read(f"""
        | 户编号 | '9901010002 | 户主姓名 | 谷有余 |
        | 联系电话 | | 开户银行 | |
        | 银行卡号 | ____ | 危房户 | 否 |
        | 住房面积（平方米） | （    ） | 人均纯收入（元） | 3600 |
        | 姓名 | 与户主关系 | 证件号码 | 健康状况 |
        | 谷有余 | 户主 | {HEAD} | |
        """) as book:
        assert book.households("户联系电话$", "开户银行$", "银行卡号$", "住房面积$", "人均纯收入") == [
            (1, 1, 1, 1, 3600)
        ]
        assert book.members() == [["谷有余"]]
        assert book.reading() == []


def test_labels_over_their_values_are_read_in_pairs_of_rows():
    with read("""
        | 农户基本信息表 | < | < | < |
        | 户编号 | 户主姓名 | 户主身份证号 | 家庭人口 |
        | '9901010001 | 田丰收 | 11010519491231002X | 3 |
        | 住房面积 | 耕地面积 | 家庭总收入 | 联系电话 |
        | 80 | 3.5 | 12360 | '13800000001 |
        | 危房户 | 主要燃料类型 | 入户路类型 | 卫生厕所 |
        | 否 | 柴草 | 水泥路 | 有 |
        """) as book:
        assert book.kinds == ["户"]
        assert book.households("户主姓名", "户主证件号码", "耕地面积", "入户路类型", "_row") == [
            ("田丰收", HEAD, 3.5, "水泥路", 3)
        ]
        assert book.cells()["B5"] == "耕地面积"


def test_a_merged_label_stands_over_a_merged_value():
    with read("""
        | 户编号 | < | 户主姓名 | 家庭人口 |
        | '9901010001 | < | 田丰收 | 3 |
        | 住房面积 | 耕地面积 | 家庭总收入 | < |
        | 80 | 3.5 | 12360 | < |
        """) as book:
        assert book.households("户编号", "户主姓名", "年收入") == [("9901010001", "田丰收", 12360)]
        assert book.cells()["C4"] == "年收入"


def test_labels_merged_beside_the_blocks_are_no_columns():
    with read(f"""
        | 示例县贫困户登记表 | < | < | < | < |
        | 基本情况 | 户编号 | '9901010001 | 户主姓名 | 田丰收 |
        | ^ | 识别标准 | 国家标准 | 贫困户属性 | 一般贫困户 |
        | 家庭成员 | 姓名 | 与户主关系 | 证件号码 | 健康状况 |
        | ^ | 田丰收 | 户主 | {HEAD} | 健康 |
        | ^ | 米小兰 | 配偶 | {WIFE} | 残疾 |
        | 生活条件 | 住房面积 | 80 | 入户路类型 | 水泥路 |
        | ^ | 危房户 | 否 | 生活用电 | 是 |
        """) as book:
        assert book.households("户编号", "识别标准", "住房面积", "生活用电") == [("9901010001", "国家标准", 80, "是")]
        assert book.members() == [["田丰收", "米小兰"]]
        assert book.cells(1) == {"B": "姓名", "C": "与户主关系", "D": "证件号码", "E": "健康状况"}


def test_label_and_value_share_a_cell_above_the_members():
    with read(f"""
        | 户卡 | < | < | < |
        | 户编号：9901010001　户主姓名：田丰收　联系电话：13800000001 | < | < | < |
        | 姓名 | 与户主关系 | 证件号码 | 健康状况 |
        | 田丰收 | 户主 | {HEAD} | 健康 |
        | 米小兰 | 配偶 | {WIFE} | 健康 |
        """) as book:
        assert book.households("户编号", "户主姓名", "户联系电话", "_row") == [
            ("9901010001", "田丰收", "13800000001", 2)
        ]
        assert book.members() == [["田丰收", "米小兰"]]
        assert book.layouts[0].columns[0].where == "A2"


def test_labels_with_blanks_between_their_letters_are_known():
    with read("""
        | 户　主　姓　名：田丰收 | < | 户 编 号：9901010001 | < |
        | 家 庭 人 口 | 3 | 危 房 户 | 否 |
        | 人均纯收入 | 4120 | 脱贫年度 | 2018 |
        """) as book:
        assert book.households("户主姓名", "户编号", "家庭人口", "危房户") == [("田丰收", "9901010001", 3, "否")]


def test_what_cannot_be_parted_is_not_read():
    with read("""
        | 户主姓名 | 田丰收 | 户编号 | '9901010001 |
        | 乡镇：清溪镇村：柳湾村 | < | 家庭人口 | 3 |
        | 人均纯收入 | 4120 | 脱贫年度 | 2018 |
        """) as book:
        assert "乡" not in book.cells().values()
        assert book.layouts[0].unmapped == {"A2": ""}


def test_cards_one_below_the_other_are_a_household_each():
    with read(f"""
        | 户编号 | '9901010001 | 户主姓名 | 田丰收 |
        | 危房户 | 否 | 人均纯收入 | 4120 |
        | 姓名 | 与户主关系 | 证件号码 | 健康状况 |
        | 田丰收 | 户主 | {HEAD} | 健康 |
        | 米小兰 | 配偶 | {WIFE} | 健康 |

        | 户编号 | '9901010002 | 户主姓名 | 谷有余 |
        | 危房户 | 是 | 人均纯收入 | 3600 |
        | 姓名 | 与户主关系 | 证件号码 | 健康状况 |
        | 谷有余 | 户主 | {SON} | 残疾 |
        """) as book:
        assert book.kinds == ["户", "人", "户", "人"]
        assert book.households("户编号", "危房户", "_row") == [("9901010001", "否", 1), ("9901010002", "是", 7)]
        assert book.members() == [["田丰收", "米小兰"], ["谷有余"]]


def test_cards_with_a_title_and_a_place_line_each_begin_at_the_title():
    card = """| 扶贫明白卡 | < | < | < |
        | 乡镇：清溪镇　村：{village} | < | < | < |
        | 户主姓名 | {name} | 户编号 | '99010100{n} |
        | 家庭人口 | {n} | 人均纯收入 | 4{n} |
        | 户主签字： | | 填表人：安平 | |"""
    people = [("柳湾村", "田丰收", 10), ("石桥村", "谷有余", 20), ("石桥村", "麦满仓", 30)]
    drawn = "\n".join(card.format(village=village, name=name, n=n) for village, name, n in people)
    with read(drawn) as book:
        assert book.households("村", "户主姓名", "家庭人口", "_row") == [
            ("柳湾村", "田丰收", 10, 2),
            ("石桥村", "谷有余", 20, 7),
            ("石桥村", "麦满仓", 30, 12),
        ]
        assert [layout.title for layout in book.layouts] == ["扶贫明白卡"] * 3
        assert book.out(1) == [(6, 6, "title"), (10, 10, "footer")]


def test_a_blank_card_among_filled_ones_is_a_template():
    card = "| 户主姓名 | {} | 户编号 | {} |\n| 家庭人口 | {} | 危房户 | {} |\n| 脱贫年度 | {} | 住房面积 | {} |"
    drawn = [card.format("田丰收", "'9901010001", 3, "否", 2018, 80), card.format(*[""] * 6)]
    with read("\n".join(drawn)) as book:
        assert book.households("户主姓名") == [("田丰收",)]
        assert book.out() == [(4, 6, "template")]


def test_the_head_named_twice_is_one_household():
    with read("""
        | 户主姓名 | 田丰收 | 户编号 | '9901010001 |
        | 家庭人口 | 3 | 危房户 | 否 |
        | 二、帮扶成效 | < | < | < |
        | 户主姓名 | 田丰收 | 脱贫年度 | 2018 |
        """) as book:
        assert book.households("户主姓名", "脱贫年度") == [("田丰收", 2018)]
        assert book.layouts[0].doubts == ()


def test_a_label_known_twice_with_two_values_is_a_doubt():
    with read("""
        | 户主姓名 | 田丰收 | 户编号 | '9901010001 |
        | 家庭人口 | 3 | 危房户 | 否 |
        | 家庭人口数 | 4 | 脱贫年度 | 2018 |
        """) as book:
        assert book.households("家庭人口") == [(3,)]
        assert [zh for zh, _ in book.layouts[0].doubts] == ["B2“家庭人口”和 B3“家庭人口数”都是“家庭人口”，只读了 B2。"]
        assert book.layouts[0].unmapped == {"B3": "家庭人口数"}


def test_one_household_a_sheet():
    sheet = """
        # {name}
        | 户情档案 | < | < | < |
        | 户编号 | '99010100{n} | 户主姓名 | {name} |
        | 家庭人口 | 1 | 危房户 | 是 |
        | 姓名 | 与户主关系 | 证件号码 | 健康状况 |
        | {name} | 户主 | {number} | 健康 |"""
    people = [("田丰收", "01", HEAD), ("谷有余", "02", SON)]
    with read("".join(sheet.format(name=name, n=n, number=number) for name, n, number in people)) as book:
        assert book.households("户编号", "户主姓名") == [("9901010001", "田丰收"), ("9901010002", "谷有余")]
        assert book.members() == [["田丰收"], ["谷有余"]]
        assert len({layout.tie.name for layout in book.layouts if layout.tie}) == 2


def test_members_without_a_number_belong_to_their_form():
    with read("""
        | 户主姓名：田丰收 | < | < |
        | 姓名 | 与户主关系 | 性别 |
        | 田丰收 | 户主 | 男 |
        | 米小兰 | 配偶 | 女 |
        | 户主姓名：谷有余 | < | < |
        | 姓名 | 与户主关系 | 性别 |
        | 谷有余 | 户主 | 男 |
        """) as book:
        assert book.members() == [["田丰收", "米小兰"], ["谷有余"]]
        assert book.households("户主姓名", "_row") == [("田丰收", 1), ("谷有余", 5)]


def test_the_helpers_of_a_section_are_no_members():
    with read(f"""
        | 户主姓名 | 田丰收 | 户编号 | '9901010001 | 家庭人口 | 2 |
        {MEMBERS}
        | 四、帮扶责任人 | < | < | < | < | < |
        | 姓名 | 性别 | 联系电话 | 职务 | | |
        | 安平 | 男 | '13700000000 | 科员 | | |
        | 宁远 | 女 | '13700000001 | 科员 | | |
        | 五、其他 | < | < | < | < | < |
        | 人均纯收入 | 4120 | 危房户 | 否 | 脱贫年度 | 2018 |
        """) as book:
        assert book.members() == [["田丰收", "米小兰"]]
        assert (6, 8, "outside") in book.out()
        assert "户联系电话" not in book.cells().values()


def test_the_only_helper_of_a_section_is_read_as_helper():
    with read("""
        | 户主姓名 | 田丰收 | 户编号 | '9901010001 |
        | 家庭人口 | 2 | 危房户 | 否 |
        | 二、帮扶责任人 | < | < | < |
        | 姓名 | 安平 | 联系电话 | '13700000000 |
        """) as book:
        assert book.households("户主姓名", "帮扶责任人", "帮扶责任人电话") == [("田丰收", "安平", "13700000000")]
        assert "户联系电话" not in book.cells().values()


def test_who_filled_in_the_form_is_not_the_household():
    with read("""
        | 户主姓名 | 田丰收 | 户编号 | '9901010001 |
        | 家庭人口 | 2 | 危房户 | 否 |
        | 填表人：安平 | < | 联系电话：13700000000 | < |
        """) as book:
        assert "户联系电话" not in book.cells().values()
        assert book.out() == [(3, 3, "footer")]


def test_a_label_nobody_knows_is_told_with_the_cell_of_its_value():
    with read("""
        | 户主姓名 | 田丰收 | 户编号 | '9901010001 |
        | 家庭人口 | 2 | 门前树数 | 5 |
        | 门前井数 | 1 | 门前路名 | |
        """) as book:
        assert book.layouts[0].unmapped == {"D2": "门前树数", "B3": "门前井数", "D3": "门前路名"}
        assert [each for each in book.reading() if each[0] == "FMT008"] == [
            ("FMT008", "B3", "门前井数"),
            ("FMT008", "D2", "门前树数"),
        ]


def test_a_cell_beside_no_label_is_not_lost():
    with read("""
        | 户主姓名 | 田丰收 | | 户编号 | '9901010001 |
        | 家庭人口 | 2 | | 危房户 | 否 |
        | 脱贫年度 | 2018 | | | 另记 |
        """) as book:
        assert book.layouts[0].unmapped == {"E3": ""}


def test_a_card_of_one_person_is_a_person():
    with read("""
        | 残疾人登记卡 | < | < | < |
        | 姓名 | 田丰收 | 性别 | 男 |
        | 身份证号 | 11010519491231002X | 民族 | 汉族 |
        | 残疾类别 | 肢体 | 残疾等级 | 二级 |
        | 文化程度 | 小学 | 联系电话 | '13900000000 |
        """) as book:
        assert book.kinds == ["人"]
        assert book.persons("姓名", "证件号码", "残疾等级", "_row") == [("田丰收", HEAD, "二级", 2)]


def test_a_card_of_a_member_names_the_household_it_belongs_to():
    card = """| 姓名 | {} | 户编号 | '9901010001 |
        | 与户主关系 | {} | 证件号码 | {} |
        | 性别 | {} | 民族 | 汉族 |"""
    drawn = [card.format("田丰收", "户主", HEAD, "男"), card.format("米小兰", "配偶", WIFE, "女")]
    with read("\n\n".join(drawn)) as book:
        assert book.kinds == ["人", "人"]
        assert book.members() == [["田丰收", "米小兰"]]


def test_a_form_dates_its_household_and_its_members():
    with read(f"""
        | 贫困户信息采集表（2019年） | < | < | < | < | < |
        | 户主姓名 | 田丰收 | 户编号 | '9901010001 | 家庭人口 | 2 |
        {MEMBERS}
        """) as book:
        assert [str(layout.dated) for layout in book.layouts] == ["2019-12-31", "2019-12-31"]


def test_a_place_of_the_form_is_the_place_of_its_members():
    with read(f"""
        | 县： | 示例县 | 乡镇： | 清溪镇 | 行政村： | 柳湾村 |
        | 户主姓名 | 田丰收 | 户编号 | '9901010001 | 家庭人口 | 2 |
        {MEMBERS}
        """) as book:
        assert book.persons("县", "村") == [("示例县", "柳湾村")] * 2


def test_who_hands_in_the_form_says_where_it_is():
    with read(f"""
        | 信息采集表 | < | < | < | < | < |
        | 填报单位：示例县清溪镇柳湾村（盖章） | < | < | < | < | < |
        | 户主姓名 | 田丰收 | 户编号 | '9901010001 | 家庭人口 | 2 |
        {MEMBERS}
        """) as book:
        assert book.households("县", "乡", "村") == [("示例县", "清溪镇", "柳湾村")]


def test_a_form_nobody_filled_in_has_no_household():
    with read("""
        | 贫困户信息采集表 | < | < | < | < | < |
        | 户主姓名 | | 联系电话 | | 户编号 | |
        | 识别标准 | | 贫困户属性 | | 家庭人口 | |
        | 耕地面积 | | 危房户 | □是 □否 | 住房面积 | |
        """) as book:
        assert [(layout.kind, layout.first_row > layout.last_row) for layout in book.layouts] == [("户", True)]
        assert book.households("户主姓名") == []
        assert book.out() == [(1, 1, "title")]


def test_placeholders_are_no_values():
    with read("""
        | 贫困户信息采集表 | < | < | < | < | < |
        | 户主姓名 | ${hzxm} | 联系电话 | ${dh} | 户编号 | ${hh} |
        | 识别标准 | ${sbbz} | 贫困户属性 | ${sx} | 家庭人口 | ${rk} |
        | 耕地面积 | ${gd} | 危房户 | ${wf} | 住房面积 | ${zf} |
        """) as book:
        assert book.households("户主姓名") == []


def test_old_workbooks_have_forms_too():
    with read(
        f"""
        | 户编号 | '9901010001 | 户主姓名 | 田丰收 | 家庭人口 | 2 |
        {MEMBERS}
        """,
        "卡.xls",
    ) as book:
        assert book.members() == [["田丰收", "米小兰"]]


@pytest.mark.parametrize(
    "drawn",
    [
        pytest.param(
            """
            | 字段名 | 类型 | 说明 |
            | 户编号 | 文本 | 系统生成 |
            | 户主姓名 | 文本 | 填写户主姓名 |
            | 家庭人口 | 数字 | 单位为人 |
            | 人均纯收入 | 数字 | 单位为元 |
            """,
            id="dictionary",
        ),
        pytest.param(
            """
            | 指标 | 解释 |
            | 户编号 | 由系统生成的编号 |
            | 户主姓名 | 与户口簿一致 |
            | 家庭人口 | 共同生活的人数 |
            | 人均纯收入 | 按上年度计算 |
            | 危房户 | 选择是或者否 |
            """,
            id="explanations",
        ),
        pytest.param(
            """
            | 行标签 | 求和项:人均纯收入 | 计数项:户编号 |
            | 村 | (全部) | |
            | 甲村 | 4120 | 3 |
            | 总计 | 4120 | 3 |
            """,
            id="pivot",
        ),
        pytest.param(
            """
            | 填表说明 |
            | 1.户编号：由系统生成，不得修改。 |
            | 2.户主姓名：与户口簿一致。 |
            | 3.家庭人口：指共同生活的人。 |
            | 4.人均纯收入：按上年度计算。 |
            """,
            id="notes",
        ),
    ],
)
def test_what_only_speaks_of_the_columns_is_no_registry(drawn):
    with read(drawn) as book:
        assert book.layouts == []


def test_a_roster_of_several_households_is_a_table():
    with read(f"""
        | 户主姓名 | 户编号 | 家庭人口 | 危房户 |
        | 田丰收 | '9901010001 | 2 | 否 |
        | 谷有余 | '9901010002 | 1 | 是 |
        | 姓名 | 与户主关系 | 证件号码 | 户编号 |
        | 田丰收 | 户主 | {HEAD} | '9901010001 |
        | 谷有余 | 户主 | {SON} | '9901010002 |
        """) as book:
        assert all(each.cell is None for layout in book.layouts for each in layout.columns)
        assert book.households("户编号") == [("9901010001",), ("9901010002",)]


def test_a_list_of_members_of_several_households_is_a_table_whatever_stands_above():
    with read(f"""
        | 户主姓名：田丰收等 户编号：9901010001 | < | < |
        | 姓名 | 与户主关系 | 证件号码 |
        | 田丰收 | 户主 | {HEAD} |
        | 谷有余 | 户主 | {SON} |
        """) as book:
        assert book.kinds == ["人"]
        assert book.members() == [["田丰收"], ["谷有余"]]


def test_sums_below_a_roster_are_no_form():
    with read("""
        | 户编号 | 户主姓名 | 家庭人口 | 人均纯收入 |
        | '9901010001 | 田丰收 | 2 | 4120 |
        | '9901010002 | 谷有余 | 1 | 3600 |
        | 合计 | 2户 | 3 | |
        | 危房户数 | 2 | 家庭人口 | 3 |
        """) as book:
        assert book.layouts[0].heading_rows == (1,)
        assert book.households("户主姓名")[:2] == [("田丰收",), ("谷有余",)]


def test_one_record_under_one_heading_is_a_table():
    with read("| 户编号 | 户主姓名 | 家庭人口 | 危房户 |\n| '9901010001 | 田丰收 | 2 | 否 |") as book:
        assert book.layouts[0].heading_rows == (1,)
        assert book.households("户主姓名") == [("田丰收",)]


def test_amounts_in_rows_and_columns_are_no_values_of_a_label():
    with read(f"""
        | 户主姓名 | 田丰收 | 户编号 | '9901010001 | 家庭人口 | 2 |
        {MEMBERS}
        | 项目 | 种植 | 养殖 | 务工 | 其他 | 合计 |
        | 年收入 | 1000 | 2000 | 3000 | 0 | 6000 |
        """) as book:
        assert "年收入" not in book.cells().values()
        assert book.members() == [["田丰收", "米小兰"]]


def test_headings_nobody_knows_are_no_values_of_the_one_that_is_known():
    with read(f"""
        | 户主姓名 | 田丰收 | 户编号 | '9901010001 | 家庭人口 | 2 |
        {MEMBERS}
        | 家产 | < | 家庭年收入 | 家庭年支出 | 年末结余 | < |
        | 3000 | < | 4000 | 5000 | 6000 | < |
        """) as book:
        assert "年收入" not in book.cells().values()
        assert (5, 5, "outside") in book.out()


def test_a_line_with_the_day_of_the_visit_still_says_where_the_household_is():
    with read(f"""
        | 村：柳湾村 | 组：3组 | 调查日期：2020年5月1日 | < | 单位：元 | < |
        | 户主姓名 | 田丰收 | 户编号 | '9901010001 | 家庭人口 | 2 |
        {MEMBERS}
        """) as book:
        assert book.households("村", "自然村") == [("柳湾村", "3组")]


def test_what_stands_beside_the_helper_is_the_helpers():
    with read("""
        | 户主姓名 | 田丰收 | 户编号 | '9901010001 |
        | 家庭人口 | 2 | 危房户 | 否 |
        | 帮扶责任人 | 安平 | 职务 | 科员 |
        | 工作单位 | 示例局 | 联系电话 | '13700000000 |
        | 脱贫年度 | 2018 | 住房面积 | 80 |
        """) as book:
        assert book.households("帮扶责任人", "帮扶责任人电话", "脱贫年度") == [("安平", "13700000000", 2018)]
        assert "户联系电话" not in book.cells().values()


def test_a_label_before_the_labels_of_a_row_is_their_band():
    with read("""
        | 基本 | 户主姓名 | 田丰收 | 户编号 | '9901010001 |
        | 收入 | 工资性收入 | 9000 | 人均纯收入 | 4120 |
        | 住房 | 住房面积 | 80 | 危房户 | 否 |
        """) as book:
        assert book.households("户主姓名", "工资性收入", "住房面积") == [("田丰收", 9000, 80)]
        assert book.layouts[0].unmapped == {}
        assert [each.heading for each in book.layouts[0].columns][-1] == "住房-危房户"


def test_the_grid_of_members_may_have_bands():
    with read("""
        | 户主姓名 | 田丰收 | 户编号 | '9901010001 | 家庭人口 | 2 |
        | 姓名 | 与户主关系 | 健康状况 | 务工情况 | < | 备注 |
        | ^ | ^ | ^ | 务工区域 | 务工时间（月） | ^ |
        | 田丰收 | 户主 | 健康 | 县外省内务工 | 6 | |
        | 米小兰 | 配偶 | 健康 | | | |
        """) as book:
        assert book.members() == [["田丰收", "米小兰"]]
        assert book.persons("务工时间") == [(6,), (None,)]


def test_a_hidden_form_is_read_and_it_is_said():
    with read("""
        # 底稿 {hidden}
        | 户主姓名 | 田丰收 | 户编号 | '9901010001 |
        | 家庭人口 | 2 | 危房户 | 否 |
        # 说明
        | 请填写底稿。 |
        """) as book:
        assert book.households("户主姓名") == [("田丰收",)]
        assert [zh for zh, _ in book.layouts[0].doubts] == ["工作表“底稿”是隐藏的，也读了。"]


def test_a_label_right_of_everything_has_no_value():
    with read("""
        | 户主姓名 | 田丰收 | 户编号 | '9901010001 | 照片 |
        | 家庭人口 | 2 | 危房户 | 否 | |
        | 脱贫年度 | 2018 | 人均纯收入 | 4120 | 联系电话 |
        """) as book:
        assert book.households("户主姓名", "户联系电话$") == [("田丰收", 1)]


def test_a_roster_with_many_columns_nobody_knows_is_a_table():
    more = " | ".join(f"列{n}" for n in range(20))
    rows = "\n".join(
        f"| '99010100{n:02d} | 田某 | {HEAD} | 户主 | 汉族 | 小学 | 健康 | 4000 | 否 |" + " 5 |" * 20 for n in range(40)
    )
    with read(
        f"| 户编号 | 姓名 | 证件号码 | 与户主关系 | 民族 | 文化程度 | 健康状况 | 人均纯收入 | 危房户 | {more} |\n{rows}"
    ) as book:
        assert book.kinds == ["人"]
        assert (book.layouts[0].heading_rows, book.layouts[0].last_row) == ((1,), 41)


@pytest.mark.parametrize(
    ("below", "beside"),
    [
        ("危房户 | 否 | 安全饮用水 | 是", "户主姓名 | 田丰收 | 识别标准 | 国家标准"),
        ("危房户 | 否 | 安全饮用水 | 是", "户编号 | '9901010001 | 识别标准 | 国家标准"),
        ("户主姓名 | 田丰收 | 安全饮用水 | 是", "危房户 | 否 | 识别标准 | 国家标准"),
    ],
)
def test_the_halves_of_one_form_that_both_name_the_household_are_one(below, beside):
    with read(f"""
        | 户编号 | '9901010001 | 户主姓名 | 田丰收 |  | {beside} |
        | 家庭人口 | 2 | 耕地面积（亩） | 3.5 |  | {below} |
        """) as book:
        assert book.households("户编号", "家庭人口", "危房户", "安全饮用水") == [("9901010001", 2, "否", "是")]


def test_nothing_of_a_form_is_read_of_the_form_beside_it():
    with read(f"""
        | 户编号 | '9901010001 | 户主姓名 | 田丰收 |  | 户编号 | '9901010002 | 户主姓名 | 谷有余 |
        | 家庭人口 |  | 耕地面积（亩） | 3.5 |  | 家庭人口 | 1 | 耕地面积（亩） |  |
        | 危房户 | 否 | 住房面积 |  |  | 危房户 |  | 住房面积 | 80 |
        | 姓名 | 证件号码 | 与户主关系 | 民族 |  | 姓名 | 证件号码 | 与户主关系 | 民族 |
        | 田丰收 | {HEAD} | 户主 | 汉族 |  | 谷有余 | {SON} | 户主 | 汉族 |
        | 米小兰 | {WIFE} | 配偶 | 汉族 |  |  |  |  |  |
        """) as book:
        assert book.households("户编号", "家庭人口", "耕地面积", "危房户", "住房面积") == [
            ("9901010001", None, 3.5, "否", None),
            ("9901010002", 1, None, None, 80),
        ]
        assert book.members() == [["田丰收", "米小兰"], ["谷有余"]]
