"""Workbooks are read cell by cell as they were saved."""

import pytest

from fupin_cli.model.sheet import Kind, Merge
from tests.sheets.parts import with_rows

FORMATS = ["registry.xlsx", "registry.xlsm", "registry.xls", "registry.et"]
T, N, D, B = Kind.TEXT, Kind.NUMBER, Kind.DATE, Kind.BOOLEAN


@pytest.mark.parametrize("name", FORMATS[:3])
def test_every_kind_of_cell_keeps_its_text_and_kind(sketch, read, cells, name):
    (sheet,) = read(
        sketch('| 姓名 | 1 | 2.50 | -3 | \'001 | TRUE | @2016-05-01 | @2016-05-01 08:30:00 | " ａ　b\\n" |', name)
    )
    assert cells(sheet) == {
        (1, 0): ("姓名", T),
        (1, 1): ("1", N),
        (1, 2): ("2.5", N),
        (1, 3): ("-3", N),
        (1, 4): ("001", T),
        (1, 5): ("TRUE", B),
        (1, 6): ("2016-05-01", D),
        (1, 7): ("2016-05-01 08:30:00", D),
        (1, 8): (" ａ　b\n", T),
    }


@pytest.mark.parametrize("name", FORMATS[:3])
def test_a_long_number_is_written_out_without_an_exponent(sketch, read, cells, name):
    (sheet,) = read(sketch("| n:370123199001011000 | 0.00001 | 12345678901.25 | n:1e21 |", name))
    assert [text for text, _ in cells(sheet).values()] == [
        "370123199001011000",
        "0.00001",
        "12345678901.25",
        "1000000000000000000000",
    ]


@pytest.mark.parametrize("name", FORMATS[:3])
def test_a_time_of_day_is_text(sketch, read, cells, name):
    (sheet,) = read(sketch("| @08:30:00 |", name))
    assert cells(sheet) == {(1, 0): ("08:30:00", T)}


def test_a_duration_is_text_in_hours(sketch, read, cells):
    import openpyxl

    path = sketch("| 1.5 | -0.25 |")
    book = openpyxl.load_workbook(path)
    for cell in book.active[1]:
        cell.number_format = "[h]:mm:ss"
    book.save(path)
    (sheet,) = read(path)
    assert cells(sheet) == {(1, 0): ("36:00:00", T), (1, 1): ("-6:00:00", T)}


@pytest.mark.parametrize("name", FORMATS[:3])
def test_blank_rows_and_columns_do_not_move_a_cell(sketch, read, cells, name):
    (sheet,) = read(sketch("\n\n\n|  |  | a |\n\n\n|  |  |  | b |\n", name))
    assert cells(sheet) == {(3, 2): ("a", T), (6, 3): ("b", T)}
    assert (sheet.width, sheet.row_count, sheet.last_row) == (4, 2, 6)


@pytest.mark.parametrize("name", FORMATS[:3])
def test_an_error_cell_is_not_a_blank(sketch, read, cells, name):
    (sheet,) = read(sketch("| a | #N/A |\n\n|  |  |  | #REF! |", name))
    assert cells(sheet) == {(1, 0): ("a", T), (1, 1): ("#N/A", Kind.ERROR), (3, 3): ("#REF!", Kind.ERROR)}
    assert (sheet.width, sheet.last_row) == (4, 3)


def test_a_formula_saved_without_a_value_shows_the_formula(sketch, read, cells):
    (sheet,) = read(sketch('|  | 1 |\n| =SUM(A1:B1) | x |\n\n|  |  |  | =IF(A1<2,"&",0) |'))
    assert cells(sheet) == {
        (1, 1): ("1", N),
        (2, 0): ("=SUM(A1:B1)", Kind.UNCOMPUTED),
        (2, 1): ("x", T),
        (4, 3): ('=IF(A1<2,"&",0)', Kind.UNCOMPUTED),
    }


def test_a_formula_with_a_value_shows_the_value(sketch, read, cells):
    path = with_rows(
        sketch("| 1 |"),
        '<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1" t="str"><f>"a"</f><v>a</v></c>'
        '<c r="C1" t="str"><f>""</f><v></v></c><c r="D1" t="e"><f>NA()</f><v>#N/A</v></c></row>',
    )
    (sheet,) = read(path)
    assert cells(sheet) == {(1, 0): ("2", N), (1, 1): ("a", T), (1, 3): ("#N/A", Kind.ERROR)}


def test_a_shared_formula_is_moved_to_the_cell_that_shares_it(sketch, read, cells):
    path = with_rows(
        sketch("| 1 |"),
        '<row r="1"><c r="B1"><f t="shared" ref="B1:B2" si="0">A1*2</f></c></row>'
        '<row r="2"><c r="B2"><f t="shared" si="0"/></c></row>',
    )
    (sheet,) = read(path)
    assert cells(sheet) == {(1, 1): ("=A1*2", Kind.UNCOMPUTED), (2, 1): ("=A2*2", Kind.UNCOMPUTED)}


@pytest.mark.parametrize("name", FORMATS)
def test_merges_are_told_with_excels_rows(sketch, read, name):
    path = sketch(
        "\n| a | < | b |\n| ^ | < | ^ |\n| c | d | e |".replace("\n|", "\n\n|", 1), name.replace(".et", ".xls")
    )
    (sheet,) = read(path.rename(path.with_name(name)))
    assert sheet.merges == (Merge(2, 3, 0, 1), Merge(2, 3, 2, 2))


@pytest.mark.parametrize("name", FORMATS[:3])
def test_hidden_sheets_rows_and_columns_are_told(sketch, read, name):
    text = "# 一 {hidden}\n| a |\n# 二  {rows=2 columns=B,Z}\n| a | b |\n| c | d |\n| e | f |\n# 空\n"
    first, second, empty = read(sketch(text, name))
    assert (first.name, first.hidden, first.hidden_rows, first.hidden_columns) == ("一", True, frozenset(), frozenset())
    assert (second.name, second.hidden, second.hidden_rows) == ("二", False, frozenset({2}))
    assert second.hidden_columns == frozenset({1})
    assert (empty.name, empty.width, empty.row_count, empty.last_row) == ("空", 0, 0, 0)
    assert [sheet.relation for sheet in (first, second, empty)] == ["sheet_0_0", "sheet_0_1", "sheet_0_2"]


def test_a_chart_sheet_is_left_out_and_the_sheets_behind_it_keep_their_marks(tmp_path, read, cells):
    import xlsxwriter

    path = tmp_path / "图.xlsx"
    book = xlsxwriter.Workbook(path)
    book.add_worksheet("一").write("A1", 1)
    chart = book.add_chart({"type": "bar"})
    chart.add_series({"values": "=一!$A$1"})
    book.add_chartsheet("图").set_chart(chart)
    last = book.add_worksheet("二")
    last.write("A1", "x")
    last.write_formula("B1", "=NA()", None, "#N/A")
    book.close()
    first, second = read(path)
    assert (first.name, second.name) == ("一", "二")
    assert cells(second) == {(1, 0): ("x", T), (1, 1): ("#N/A", Kind.ERROR)}


def test_a_workbook_under_a_wrong_suffix_is_read_by_its_content(sketch, read, cells):
    new = sketch("| a |", "a.xlsx")
    old = sketch("| b |", "b.xls")
    assert cells(read(new.rename(new.with_name("1.xls")))[0]) == {(1, 0): ("a", T)}
    assert cells(read(old.rename(old.with_name("2.xlsx")))[0]) == {(1, 0): ("b", T)}


def test_a_sheet_that_formats_far_more_than_it_holds_stays_small(sketch, read, cells):
    blanks = "".join(f'<row r="{row}"><c r="A{row}" s="0"/><c r="XFD{row}" s="0"/></row>' for row in range(3, 42))
    path = with_rows(
        sketch("| 1 |"),
        f'<row r="1"><c r="A1"><v>1</v></c><c r="XFD1" s="0"/></row>{blanks}<row r="1048576"><c r="XFD1048576"/></row>',
        before='<dimension ref="A1:XFD1048576"/>',
    )
    (sheet,) = read(path)
    assert cells(sheet) == {(1, 0): ("1", N)}
    assert (sheet.width, sheet.row_count, sheet.last_row) == (1, 1, 1)


def test_a_later_part_of_a_long_sheet_may_be_wider(tmp_path, read, cells, monkeypatch):
    from openpyxl import Workbook

    import fupin_cli.sheets.filling  # noqa: F401 - imported under the patch, it would keep the 300 of it

    monkeypatch.setattr("fupin_cli.sheets.grid.CHUNK_CELLS", 300)
    book = Workbook()
    for row in range(1, 251):
        book.active.cell(row, 1, row)
    book.active.cell(250, 4, "#N/A")
    book.active.cell(240, 3, "far")
    book.save(tmp_path / "long.xlsx")
    (sheet,) = read(tmp_path / "long.xlsx")
    found = cells(sheet)
    assert [found[row, 0][0] for row in range(1, 251)] == [str(row) for row in range(1, 251)]
    assert {place: cell for place, cell in found.items() if place[1]} == {
        (240, 2): ("far", T),
        (250, 3): ("#N/A", Kind.ERROR),
    }
