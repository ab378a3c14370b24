"""No value is lost silently: every cell with content of a sheet was read, or is reported as left out, and is counted once."""

from collections import Counter
from pathlib import Path

import openpyxl
import pytest

from fupin_cli.engines import open_engine
from fupin_cli.jobs.inspect import inspect_with
from fupin_cli.model.inspection import Account
from fupin_cli.model.settings import Wishes
from fupin_cli.model.sheet import Kind, Merge, Sheet
from fupin_cli.model.table import Fixed, Layout, LeftOut, Mapped
from fupin_cli.rules import load_rulebook
from fupin_cli.sheets import read_sheets
from fupin_cli.tables import account_of, rows_of_no_table
from tests.sheets.corpus_reading import CORPUS, read_drawn_file
from tests.sketch import write_sketch
from tests.tables.headed import dictionary

SAMPLES = Path(__file__).parents[2] / "sample_data"
DRAWINGS = sorted(path for path in CORPUS.glob("*.md") if path.stem != "README")
WORKBOOKS = sorted(path for path in SAMPLES.rglob("*.xlsx") if not path.name.startswith("."))


@pytest.fixture(scope="session")
def shipped():
    return load_rulebook().dictionary


def counted_apart(path: Path) -> dict[str, int]:
    """Count the cells with content of an .xlsx by openpyxl: sheet → cells; those that a merged cell covers are not counted."""
    book = openpyxl.load_workbook(path)
    return {
        sheet.title: sum(1 for row in sheet.iter_rows() for cell in row if cell.value not in (None, ""))
        for sheet in book.worksheets
    }


def accounts(path: Path, of: object) -> dict[str, Account]:
    (seen,) = inspect_with([path], Wishes(), of)
    assert seen.failed is None
    return {each.sheet.name: each.account for each in seen.sheets}


@pytest.mark.parametrize("path", WORKBOOKS, ids=lambda path: path.stem)
def test_cells_read_and_left_out_are_the_cells_of_a_sample(path, shipped):
    assert {name: each.total for name, each in accounts(path, shipped).items()} == counted_apart(path)


@pytest.mark.parametrize("path", DRAWINGS, ids=lambda path: path.stem)
def test_cells_read_and_left_out_are_the_cells_of_a_drawing(path, tmp_path, shipped):
    drawn = read_drawn_file(path)
    name = Path(drawn.file)
    drawn_as = (
        name.name if name.suffix in (".xlsx", ".xlsm") else "drawn.xlsx"
    )  # the same cells, where openpyxl reads them
    book = write_sketch(tmp_path / drawn_as, drawn.sketch)
    counted = counted_apart(book)
    found = accounts(book, shipped)
    assert {name: found[name].total for name in found} == {name: counted[name] for name in found}
    assert all(counted[name] == 0 for name in counted.keys() - found.keys())


BOOK = """
    | 2020年度花名册 | < | < | < | < |
    | 序号 | 户编号 | 户主姓名 | 身份证号 | 星座 |
    | 1 | '990101000001 | 张小三 | 11010519491231002X | 双鱼 |
    | 2 | '990101000002 | 李四   | 11010519491231002X |      |
    | 合计 | | 2 | | |
    | | | | | | | 王五的电话 | 13800000000 |
    | 填表人：赵六 | | | 日期：2020年 | |
    """


def test_every_class_of_cell_is_counted_apart(sketch):
    (found,) = accounts(sketch(BOOK), dictionary()).values()
    assert found == Account(
        read=6,
        headings=5,
        left_out={"title": 1, "total": 2, "footer": 2},
        unmapped={"E": 1},
        serial=2,
        outside=2,
        strays=found.strays,
    )
    assert found.total == 21
    assert [(each.cells, each.text) for each in found.strays] == [("G6:H6", "王****")]


def test_what_stands_under_a_merged_cell_is_told_and_not_counted():
    engine = open_engine()
    engine.run("""CREATE TABLE "raw" AS SELECT * FROM (VALUES
        (1, '户编号', '户主姓名'), (2, '1', '甲'), (3, '2', '乙'), (4, NULL, '丙')) AS t("r", "c0", "c1")""")
    sheet = Sheet(Path("a.xlsx"), "a", "raw", 2, 4, 4, merges=(Merge(2, 3, 0, 0),))
    columns = (Mapped("户编号", 0, "A", "户编号", "exact"), Mapped("户主姓名", 1, "B", "户主姓名", "exact"))
    layout = Layout(0, sheet, "户", "", (1,), 2, 4, columns, {}, ())
    found = account_of(engine, sheet, [layout])
    assert (found.read, found.headings, found.covered, found.total) == (4, 2, 1, 6)


def test_a_form_is_counted_by_cells_and_labels_are_its_headings(sketch):
    engine = open_engine()
    (sheet,) = read_sheets(
        engine,
        sketch("""
        | 贫困户信息采集表 | < | < | < |
        | 户主姓名 | 张小三 | 人均纯收入 | 3200 |
        | 属相 | 牛 | 散落 | |
        """),
        0,
    )
    columns = (
        Mapped("户主姓名", 1, "B", "户主姓名", "exact", cell=Fixed(2, "张小三", Kind.TEXT)),
        Mapped("人均纯收入", 3, "D", "人均纯收入", "exact", cell=Fixed(2, "3200", Kind.NUMBER)),
    )
    layout = Layout(0, sheet, "户", "", (), 2, 2, columns, {"B3": "属相"}, (LeftOut(1, 1, "title"),))
    found = account_of(engine, sheet, [layout])
    assert found == Account(
        read=2, headings=3, left_out={"title": 1}, unmapped={"B3": 1}, outside=1, strays=found.strays
    )
    assert [each.cells for each in found.strays] == ["C3"]


def test_members_spread_sideways_who_are_nobody_leave_their_cells_outside(sketch):
    engine = open_engine()
    (sheet,) = read_sheets(
        engine,
        sketch("""
        | 户编号 | 成员1 | 关系1 | 成员2 | 关系2 |
        | '3712 | 甲 | 户主 | 乙 | 配偶 |
        | '3713 | 丙 | 户主 |    | 之子 |
        """),
        0,
    )
    household = Layout(0, sheet, "户", "", (1,), 2, 3, (Mapped("户编号", 0, "A", "户编号", "exact"),), {}, ())
    members = [
        Layout(
            source,
            sheet,
            "人",
            "",
            (1,),
            2,
            3,
            (Mapped("姓名", first, "", "成员", "exact"), Mapped("与户主关系", first + 1, "", "关系", "exact")),
            {},
            (),
            slot=(first,),
        )
        for source, first in ((1, 1), (2, 3))
    ]
    found = account_of(engine, sheet, [household, *members])
    assert (found.read, found.headings, found.outside) == (8, 5, 1)


def test_rows_of_no_table_are_counted_without_looking_at_cells(sketch):
    engine = open_engine()
    (sheet,) = read_sheets(
        engine,
        sketch("""
        | 户编号 | 户主姓名 |
        | '3712 | 甲 |
        | 散落 | |
        """),
        0,
    )
    columns = (Mapped("户编号", 0, "A", "户编号", "exact"), Mapped("户主姓名", 1, "B", "户主姓名", "exact"))
    layout = Layout(0, sheet, "户", "", (1,), 2, 2, columns, {}, ())
    assert rows_of_no_table(engine, sheet, [layout]) == (1, 3)
    assert rows_of_no_table(engine, sheet, []) == (3, 1)


def test_a_sheet_without_tables_is_outside_as_a_whole(sketch):
    (found,) = accounts(sketch("| 说明：本表由村填写 |\n| 5 |"), dictionary()).values()
    assert (found.outside, found.total) == (2, 2)
    assert Counter(each.text for each in found.strays) == {"说明：…": 1}
