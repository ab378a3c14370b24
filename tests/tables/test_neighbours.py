"""What a heading means by the headings beside it, over the shipped dictionary."""

import pytest

from fupin_cli.engines import open_engine
from fupin_cli.model.settings import Wishes
from fupin_cli.rules import load_rulebook
from fupin_cli.tables.layouts import find_layouts
from tests.sketch import read_sketch
from tests.tables.headed import meanings, put


@pytest.fixture(scope="module")
def dictionary():
    return load_rulebook().dictionary


def read(headings, dictionary, cells=None):
    """Return what one row of headings over two rows of cells is read as, and the doubts in Chinese."""
    names = headings.split()
    rows = cells or [["某甲"] * len(names), ["某乙"] * len(names)]
    text = "\n".join("| " + " | ".join(row) + " |" for row in (names, *rows))
    engine = open_engine()
    try:
        [drawing] = read_sketch(text)
        [layout] = find_layouts(engine, put(engine, drawing, 0, "名单.xlsx"), dictionary, Wishes())
        return meanings(layout), [chinese for chinese, _ in layout.doubts]
    finally:
        engine.close()


HELPER = ["帮扶责任人", "帮扶人证件号码", "帮扶责任人电话"]


@pytest.mark.parametrize(
    ("headings", "columns"),
    [
        (
            "帮扶人姓名 身份证号 联系电话 户主姓名 身份证号 联系电话",
            [*HELPER, "户主姓名", "户主证件号码", "户联系电话"],
        ),
        (
            "户主姓名 身份证号 联系电话 帮扶人姓名 身份证号 联系电话",
            ["户主姓名", "户主证件号码", "户联系电话", *HELPER],
        ),
        ("帮扶干部 联系电话 农户姓名 家庭人口", ["帮扶责任人", "帮扶责任人电话", "户主姓名", "家庭人口"]),
        ("户主姓名 身份证号 姓名 身份证号 与户主关系", ["户主姓名", "户主证件号码", "姓名", "证件号码", "与户主关系"]),
        ("户主姓名 户编号 姓名 性别 身份证号", ["户主姓名", "户编号", "姓名", "性别", "证件号码"]),
        ("户编号 姓名 帮扶责任人 证件号码 与户主关系", ["户编号", "姓名", "帮扶责任人", "证件号码", "与户主关系"]),
        ("户编号 学生姓名 学生身份证号 与户主关系", ["户编号", "姓名", "证件号码", "与户主关系"]),
    ],
)
def test_a_bare_heading_is_of_the_person_whose_name_stands_left_of_it(headings, columns, dictionary):
    meant, doubts = read(headings, dictionary)
    assert list(meant.values()) == columns
    assert doubts == []


def test_what_follows_the_name_of_a_stranger_is_not_read_and_said(dictionary):
    meant, doubts = read("监护人姓名 身份证号 联系电话 姓名 身份证号 与户主关系", dictionary)
    assert meant == {"D": "姓名", "E": "证件号码", "F": "与户主关系"}
    assert doubts == [
        f"{where} 列“{name}”跟在“监护人姓名”后面，按那个人的算，没有读入；不对就加 --map {name}=列名。"
        for where, name in (("B", "身份证号"), ("C", "联系电话"))
    ]


@pytest.mark.parametrize(
    ("cells", "is_read"),
    [(("1", "0", "1"), True), (("是", "否", "2"), True), (("2", "1", "0"), False), (("3", "", "1"), False)],
)
def test_a_column_of_numbers_is_no_yes_or_no(cells, is_read, dictionary):
    rows = [[f"'990101000{number}", "张三", cell] for number, cell in enumerate(cells)]
    meant, doubts = read("户编号 户主姓名 外出务工", dictionary, rows)
    assert ("C" in meant) is is_read
    assert doubts == ([] if is_read else ["C 列“外出务工”的内容是数目，不是“是/否”，没有读入。"])


@pytest.mark.parametrize(
    ("headings", "column"),
    [
        ("户编号 户主姓名 识别时间 监测对象类别 风险是否已消除", "识别监测时间"),
        ("户编号 户主姓名 识别时间 监测对象类别 风险识别时间", "首次识别时间"),
        ("户编号 户主姓名 识别时间 脱贫年度", "首次识别时间"),
    ],
)
def test_the_day_of_recognition_is_that_of_the_monitoring_on_its_lists(headings, column, dictionary):
    meant, _ = read(headings, dictionary)
    assert meant["C"] == column
