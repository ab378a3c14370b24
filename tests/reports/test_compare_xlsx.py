"""The workbook of a comparison, read back with openpyxl."""

from pathlib import Path

import pytest
from msgspec.structs import replace
from openpyxl import load_workbook

from fupin_cli.errors import OutputError
from fupin_cli.model.masking import OPEN, STANDARD
from fupin_cli.reports.compare import write
from fupin_cli.reports.words import Look
from tests.reports.drawn_comparison import PERSONS, SECRETS, comparison

RED, GREEN = "FFFADBD8", "FFD5F0DC"


@pytest.fixture
def written(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def make(made=None, lang="zh", *, reveal=False):
        path = tmp_path / "比对.xlsx"
        write(made or comparison(), path, "xlsx", Look(lang=lang, masking=OPEN if reveal else STANDARD))
        return load_workbook(path)

    return make


def texts(sheet):
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def colour(cell):
    return cell.fill.fgColor.rgb if cell.fill.fill_type else None


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_class_has_its_sheet(written, snapshot, lang):
    book = written(lang=lang)
    assert {sheet.title: texts(sheet) for sheet in book if sheet.title not in {"读取", "reading"}} == snapshot


def test_a_changed_cell_has_both_values_coloured_and_links_to_both_workbooks(written):
    sheet = written()["变化"]
    row = sheet[2]
    assert [cell.value for cell in row[6:10]] == ["人均纯收入", 3200, 4100, 900]
    assert (colour(row[7]), colour(row[8])) == (RED, GREEN)
    assert [cell.hyperlink.target + "#" + cell.hyperlink.location for cell in row[10:12]] == [
        "石桥村2019.xlsx#'花名册'!G3",
        "石桥村2020.xlsx#'花名册'!G4",
    ]
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:L9")


def test_both_rows_stand_under_one_another_and_only_the_cells_that_differ_are_coloured(written):
    sheet = written()["并排 人"]
    heads = [cell.value for cell in sheet[1]]
    income, certificate = heads.index("人均纯收入"), heads.index("证件号码")
    assert [sheet.cell(row, income + 1).value for row in (2, 3)] == [3200, 4100]
    assert [colour(sheet.cell(row, income + 1)) for row in (2, 3)] == [RED, GREEN]
    assert [colour(sheet.cell(row, certificate + 1)) for row in (2, 3)] == [None, None]
    moved = [(cell.value, colour(cell)) for cell in (sheet.cell(4, 4), sheet.cell(5, 4))]
    assert moved == [("990101000123", RED), ("990101000456", GREEN)]
    assert sheet.freeze_panes == "F2"


def test_text_that_begins_like_a_formula_stays_text(written):
    cell = written()["变化"]["H4"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == ("=电话138****1234", "s", True)


def test_nobody_is_named_unless_it_reveals(written):
    def told(book):
        text = "".join(str(cell) for sheet in book for row in texts(sheet) for cell in row)
        return [secret for secret in SECRETS if secret in text]

    assert told(written()) == []
    assert told(written(reveal=True)) == list(SECRETS)


def test_sheets_of_one_side_are_called_by_their_file_with_names_excel_takes(written):
    made = comparison(left="a/[2019]石桥村的建档立卡贫困人口花名册和户信息的总表（终稿）.xlsx")
    names = written(made).sheetnames
    assert "仅左  2019 石桥村的建档立卡贫困人口花名册和户信息" in names
    assert "仅右 石桥村2020" in names
    assert [name for name in names if len(name) > 31] == []


def test_a_class_that_is_not_there_has_no_sheet(written):
    bare = replace(PERSONS, only_left=(), only_right=(), duplicates=())
    made = comparison(tables=(bare,), moved=(), regrouped=(), head_changed=(), suspected=())
    assert written(made).sheetnames == ["概况", "变化", "并排 人", "读取"]


def test_more_rows_than_a_sheet_holds_go_on_in_the_next(written, monkeypatch):
    monkeypatch.setattr("fupin_cli.reports.compare_rows.ROWS_A_SHEET", 3)
    book = written()
    assert [len(texts(book[name])) - 1 for name in ("变化", "变化 2", "变化 3")] == [3, 3, 2]


def test_places_beyond_the_links_of_a_workbook_are_plain_text(written, monkeypatch):
    monkeypatch.setattr("fupin_cli.reports.compare_rows._LINKS", 1)
    row = written()["变化"][2]
    assert [cell.hyperlink is not None for cell in row[10:12]] == [True, False]
    assert row[11].value == "花名册 › G4"


def test_a_report_never_takes_the_place_of_a_file_that_was_read(tmp_path):
    path = tmp_path / "石桥村2020.xlsx"
    path.write_bytes(b"original")
    layouts = tuple(
        replace(each, sheet=replace(each.sheet, file=tmp_path / each.sheet.file)) for each in comparison().layouts
    )
    with pytest.raises(OutputError) as caught:
        write(comparison(layouts=layouts), path, "xlsx", Look())
    assert str(path) in caught.value.en
    assert path.read_bytes() == b"original"


def test_a_report_that_fails_half_way_leaves_nothing(tmp_path):
    broken = replace(PERSONS, only_right=(replace(PERSONS.only_right[0], place=None),))
    with pytest.raises(AttributeError):
        write(comparison(tables=(broken,)), tmp_path / "x.xlsx", "xlsx", Look())
    assert list(tmp_path.iterdir()) == []


def test_the_suffix_says_nothing_of_a_form_that_was_given(tmp_path):
    write(comparison(), tmp_path / "a.txt", "json", Look())
    assert (tmp_path / "a.txt").read_text(encoding="utf-8").startswith('{\n  "version": 1,')
    assert Path(tmp_path / "a.txt").exists()
