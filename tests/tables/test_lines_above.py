"""Lines above a table: the places they state hold for all its rows, and nothing else does."""

import pytest

from fupin_cli.tables.place_paths import places_in
from tests.tables.forms_read import HEAD, SON, read

ROWS = """| 户编号 | 户主姓名 | 家庭人口 | 人均纯收入 |
| '9901010001 | 田丰收 | 3 | 4120 |
| '9901010002 | 谷有余 | 1 | 3600 |"""


@pytest.mark.parametrize(
    "line",
    [
        "| 乡镇：清溪镇　　村：柳湾村　　组：3组 | < | < | < |",
        "| 乡镇：清溪镇 | 村：柳湾村 | 组：3组 | |",
        "| 乡（镇）名称：清溪镇；行政村名称：柳湾村；村民小组：3组 | < | < | < |",
        "| 乡 镇：清溪镇  村：_柳湾村_  组：3组 | < | < | < |",
    ],
)
def test_a_line_of_places_holds_for_every_row(line):
    with read(f"| 脱贫户花名册 | < | < | < |\n{line}\n{ROWS}") as book:
        assert book.households("乡", "村", "自然村") == [("清溪镇", "柳湾村", "3组")] * 2
        assert book.out() == [(1, 2, "title"), (3, 3, "heading")]
        assert book.layouts[0].title == "脱贫户花名册"


def test_labels_and_places_stand_in_cells_of_their_own():
    with read(f"| 2020年花名册 | < | < | < |\n| 乡镇 | 清溪镇 | 村： | 柳湾村 |\n{ROWS}") as book:
        assert book.households("乡", "村") == [("清溪镇", "柳湾村")] * 2
        assert [(each.where, each.column) for each in book.layouts[0].columns if each.cell] == [
            ("B2", "乡"),
            ("D2", "村"),
        ]


def test_a_column_goes_before_a_line():
    with read("""
        | 乡镇：清溪镇　村：柳湾村 | < | < |
        | 村 | 户编号 | 户主姓名 |
        | 石桥村 | '9901010001 | 田丰收 |
        """) as book:
        assert book.households("乡", "村") == [("清溪镇", "石桥村")]


@pytest.mark.parametrize("blank", ["乡镇：____　村：____", "乡镇：　　　村：　　", "乡镇：（　　）　村：××村"])
def test_a_line_nobody_filled_in_states_nothing(blank):
    with read(f"| {blank} | < | < | < |\n{ROWS}") as book:
        assert [each.column for each in book.layouts[0].columns if each.cell] == []


def test_who_hands_in_a_table_is_a_place_where_the_name_ends_in_one():
    with read(f"| 填报单位：示例县清溪镇柳湾村（盖章） | < | 单位：元 | < |\n{ROWS}") as book:
        assert book.households("县", "乡", "村") == [("示例县", "清溪镇", "柳湾村")] * 2


@pytest.mark.parametrize("who", ["示例县扶贫办", "清溪镇人民政府", "柳湾村委会主任", "XX乡XX村"])
def test_an_office_is_no_place(who):
    with read(f"| 填报单位：{who}（盖章） | < | < | < |\n{ROWS}") as book:
        assert [each.column for each in book.layouts[0].columns if each.cell] == []


@pytest.mark.parametrize(
    ("path", "places"),
    [
        (
            "示例省示例市示例县清溪镇柳湾村",
            {"省": "示例省", "市": "示例市", "县": "示例县", "乡": "清溪镇", "村": "柳湾村"},
        ),
        ("清溪镇柳湾村", {"乡": "清溪镇", "村": "柳湾村"}),
        ("示例市清溪镇", {"乡": "清溪镇"}),
        ("示例市示例区清溪街道柳湾社区", {"市": "示例市", "县": "示例区", "乡": "清溪街道", "村": "柳湾社区"}),
        ("柳湾村", {"村": "柳湾村"}),
        ("示例县", {}),
        ("示例县教育局", {}),
    ],
)
def test_a_path_is_taken_apart_where_the_words_say_so(path, places):
    assert places_in(path) == places


def test_the_day_of_the_figures_dates_the_table():
    with read(f"| 脱贫户花名册 | < | < | < |\n| 统计日期：2020年11月30日 | < | 年度：2019年 | < |\n{ROWS}") as book:
        assert [str(day) for (day,) in book.households("数据日期")] == ["2020-11-30"] * 2


def test_a_household_of_a_line_above_a_roster_is_not_everybodys():
    with read(f"| 联系人：安平　联系电话：13700000000 | < | < | < |\n{ROWS}") as book:
        assert "户联系电话" not in book.cells().values()


def test_a_line_further_down_parts_the_table():
    with read(f"""
        | 乡镇：清溪镇　村：柳湾村 | < | < | < |
        {ROWS}
        | 村：石桥村 | < | < | < |
        | 户编号 | 户主姓名 | 家庭人口 | 人均纯收入 |
        | '9901010003 | 麦满仓 | 2 | 5000 |
        """) as book:
        assert book.households("户主姓名", "乡", "村") == [
            ("田丰收", "清溪镇", "柳湾村"),
            ("谷有余", "清溪镇", "柳湾村"),
            ("麦满仓", "清溪镇", "石桥村"),
        ]
        assert [(each.first_row, each.last_row) for each in book.layouts] == [(3, 5), (6, 7)]


def test_the_same_line_on_every_page_parts_nothing():
    page = f"| 乡镇：清溪镇　村：柳湾村 | < | < | < |\n{ROWS}"
    with read(f"{page}\n{page.replace('990101000', '990101001')}") as book:
        assert len(book.layouts) == 1
        assert book.households("村") == [("柳湾村",)] * 4


def test_a_finding_of_a_line_is_told_where_the_line_stands():
    with read(f"| 县：示例县　年度：二零某年 | < | < | < |\n{ROWS}") as book:
        assert book.households("县") == [("示例县",)] * 2
        assert "年度" not in book.cells().values()


def test_members_below_a_line_that_names_their_household_are_one_household():
    with read(f"""
        | 乡镇：清溪镇　村：柳湾村 | < | < |
        | 户主姓名：田丰收　户编号：9901010001 | < | < |
        | 姓名 | 与户主关系 | 证件号码 |
        | 田丰收 | 户主 | {HEAD} |
        | 田小苗 | 之子 | {SON} |
        """) as book:
        assert book.members() == [["田丰收", "田小苗"]]
        assert book.households("户编号", "村") == [("9901010001", "柳湾村")]
        assert book.persons("村") == [("柳湾村",)] * 2
