"""Items one below the other: surveys with one column of answers, and tables turned round."""

from tests.tables.forms_read import HEAD, read


def test_one_household_a_column():
    with read("""
        | 项目 | 第一户 | 第二户 | 第三户 |
        | 户编号 | '9901010001 | '9901010002 | '9901010003 |
        | 户主姓名 | 田丰收 | 谷有余 | 麦满仓 |
        | 家庭人口 | 3 | 1 | 2 |
        | 人均纯收入 | 4120 | 约3600 | 2900 |
        | 危房户 | 否 | 是 | 否 |
        """) as book:
        assert book.households("户编号", "户主姓名", "人均纯收入", "危房户") == [
            ("9901010001", "田丰收", 4120, "否"),
            ("9901010002", "谷有余", None, "是"),
            ("9901010003", "麦满仓", 2900, "否"),
        ]
        assert book.cells(1)["C5"] == "人均纯收入"
        assert book.reading() == [("FMT001", "C5", "约3600")]


def test_items_may_stand_behind_their_number():
    with read(f"""
        | 序号 | 指标 | 甲 | 乙 |
        | 1 | 姓名 | 田丰收 | 米小兰 |
        | 2 | 证件号码 | {HEAD} | '990101195203150029 |
        | 3 | 性别 | 男 | 女 |
        | 4 | 与户主关系 | 户主 | 配偶 |
        | 5 | 户编号 | '9901010001 | '9901010001 |
        """) as book:
        assert book.kinds == ["人", "人"]
        assert book.members() == [["田丰收", "米小兰"]]


def test_a_survey_of_a_household_has_items_units_and_answers():
    with read("""
        | 农户基本情况调查表（2020年） | < | < | < |
        | 编号 | 填表项目 | 单位 | 数量 |
        | 一、基本情况 | < | < | < |
        | 201 | 户编号 | — | '9901010001 |
        | 202 | 户主姓名 | — | 田丰收 |
        | 203 | （一）家庭人口 | 人 | 3 |
        | 二、生活条件 | < | < | < |
        | 204 | 住房面积 | 平方米 | 80 |
        | 205 | 门前井数 | 口 | 2 |
        | 三、收入 | < | < | < |
        | 206 | 工资性收入 | 元 | 9000 |
        | 填表人：安平 | < | 审核人：宁远 | < |
        | 说明：1.收入按上年度填写。 | < | < | < |
        """) as book:
        assert book.households("户编号", "户主姓名", "家庭人口", "住房面积", "工资性收入", "_row") == [
            ("9901010001", "田丰收", 3, 80, 9000, 4)
        ]
        assert book.layouts[0].title == "农户基本情况调查表（2020年）"
        assert str(book.layouts[0].dated) == "2020-12-31"
        assert book.layouts[0].unmapped == {"D9": "门前井数"}
        assert book.out() == [
            (1, 1, "title"), (2, 2, "heading"), (3, 3, "band"), (7, 7, "band"), (10, 10, "band"), (12, 12, "footer"),
            (13, 13, "note"),
        ]  # fmt: skip


def test_an_item_in_another_unit_is_not_read_and_it_is_said():
    with read("""
        | 编号 | 填表项目 | 单位 | 数量 |
        | 1 | 户编号 | | '9901010001 |
        | 2 | 户主姓名 | | 田丰收 |
        | 3 | 家庭人口 | 人 | 3 |
        | 4 | 年收入 | 万元 | 1.2 |
        | 5 | 住房面积 | 平方米 | 80 |
        """) as book:
        assert "年收入" not in book.cells().values()
        assert [zh for zh, _ in book.layouts[0].doubts] == [
            "D5“年收入”的单位是万元，“年收入”的单位是元，没有读入。换算后再查。"
        ]


def test_a_bare_digit_is_the_option_the_item_names():
    with read("""
        | 编号 | 填表项目 | 单位 | 数量 |
        | 1 | 户编号 | 代码 | '9901010001 |
        | 2 | 户主姓名 | | 田丰收 |
        | 3 | 是否危房户：1.是2.否 | 代码 | 2 |
        | 4 | 生活用电（1.是 2.否） | 代码 | 1 |
        | 5 | 家庭人口 | 人 | 3 |
        | 6 | 住房安全：1.甲 2.乙 | 代码 | 2 |
        """) as book:
        assert book.households("危房户", "生活用电", "住房安全$") == [("否", "是", 2)]


def test_villages_a_column_each_are_villages():
    with read("""
        | 指标 | 柳湾村 | 石桥村 | 合计 |
        | 总户数 | 120 | 90 | 210 |
        | 总人口数 | 430 | 310 | 740 |
        | 贫困户数 | 12 | 9 | 21 |
        | 低保户数 | 8 | 5 | 13 |
        """) as book:
        assert book.kinds == ["村", "村"]
        assert [
            each.cell.text for layout in book.layouts for each in layout.columns if each.cell and each.column == "村"
        ] == [
            "柳湾村",
            "石桥村",
        ]


def test_a_line_above_the_items_says_which_village_answers():
    with read("""
        | 村情调查表 | < | < | < |
        | 贫困村（盖章）：柳湾村 | < | 乡镇：清溪镇 | < |
        | 编号 | 填表项目 | 单位 | 数量 |
        | 101 | 总户数 | 户 | 120 |
        | 102 | 总人口数 | 人 | 430 |
        | 103 | 贫困户数 | 户 | 12 |
        | 104 | 自然村个数 | 个 | 6 |
        """) as book:
        assert book.kinds == ["村"]
        assert {"村": "柳湾村", "乡": "清溪镇"}.items() <= {
            each.column: each.cell.text for each in book.layouts[0].columns if each.cell
        }.items()


def test_a_survey_nobody_answered_is_no_registry():
    with read("""
        | 编号 | 填表项目 | 单位 | 数量 |
        | 202 | 家庭人口 | 人 | |
        | 203 | 住房面积 | ㎡ | |
        | 204 | 工资性收入 | 元 | |
        | 205 | 低保金 | 元 | |
        """) as book:
        assert book.layouts == []


def test_a_list_of_columns_with_samples_is_no_table_turned_round():
    with read("""
        | 字段名称 | 示例 | 说明 |
        | 户编号 | '9901010001 | 系统生成 |
        | 户主姓名 | 田丰收 | 与户口簿一致 |
        | 家庭人口 | 3 | 共同生活的人 |
        | 人均纯收入 | 4120 | 上年度 |
        """) as book:
        assert book.layouts == []


def test_columns_without_a_name_are_nobody():
    with read("""
        | 项目 | 2018年 | 2019年 |
        | 家庭人口 | 3 | 3 |
        | 人均纯收入 | 3600 | 4120 |
        | 工资性收入 | 8000 | 9000 |
        | 住房面积 | 80 | 80 |
        """) as book:
        assert book.layouts == []
