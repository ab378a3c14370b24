"""Text tables: every cell is text, exactly as written; rows count records."""

import pytest

from fupin_cli.errors import InputError
from fupin_cli.model.sheet import Kind

T = Kind.TEXT
TABLE = "| 姓名 | 村 |\n\n| 张三 | 一村 |"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-be-bom"])
def test_every_usual_encoding_is_told_by_its_bytes(sketch, read, cells, encoding):
    path = sketch(TABLE, "名单.csv", encoding=encoding.replace("-be-bom", "-be"))
    if encoding == "utf-16-be-bom":
        path.write_bytes(b"\xfe\xff" + path.read_bytes())
    (sheet,) = read(path)
    assert cells(sheet) == {(1, 0): ("姓名", T), (1, 1): ("村", T), (3, 0): ("张三", T), (3, 1): ("一村", T)}
    assert (sheet.name, sheet.width, sheet.row_count, sheet.last_row) == ("", 2, 2, 3)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("name", ["名单.csv", "名单.tsv", "名单.txt"])
def test_the_delimiter_is_told_by_the_first_records(sketch, read, cells, delimiter, name):
    (sheet,) = read(sketch("| 姓名 | 备注 | 村 |\n| 张三 | a,b;c | 一 |\n| 李四 |  | 二 |", name, delimiter=delimiter))
    assert cells(sheet)[2, 1] == ("a,b;c", T)
    assert sheet.width == 3


def test_a_file_of_one_column_keeps_its_lines_whole(tmp_path, read, cells):
    path = tmp_path / "一列.txt"
    path.write_text("姓名\n张三\n李四\n", encoding="utf-8")
    (sheet,) = read(path)
    assert cells(sheet) == {(1, 0): ("姓名", T), (2, 0): ("张三", T), (3, 0): ("李四", T)}


def test_a_quoted_line_break_does_not_begin_a_record(tmp_path, read, cells):
    path = tmp_path / "名单.csv"
    path.write_bytes('姓名,备注\r\n张三,"第一行\r\n第二 ""行"""\r\n\r\n李四,="001"\r\n'.encode())
    (sheet,) = read(path)
    assert cells(sheet) == {
        (1, 0): ("姓名", T),
        (1, 1): ("备注", T),
        (2, 0): ("张三", T),
        (2, 1): ('第一行\r\n第二 "行"', T),
        (4, 0): ("李四", T),
        (4, 1): ('="001"', T),
    }


def test_numbers_and_blanks_are_left_as_written(tmp_path, read, cells):
    path = tmp_path / "数.csv"
    path.write_text("001, 2 ,3.70123E+17,　\n1.0,TRUE\n", encoding="utf-8")
    (sheet,) = read(path)
    assert [text for text, _ in cells(sheet).values()] == ["001", " 2 ", "3.70123E+17", "　", "1.0", "TRUE"]
    assert {kind for _, kind in cells(sheet).values()} == {T}


def test_an_unknown_encoding_is_refused(tmp_path, read):
    path = tmp_path / "名单.csv"
    path.write_bytes("姓名,村\n".encode() + b"\xff\xff\xfe,\x80\n")
    with pytest.raises(InputError) as told:
        read(path)
    assert told.value.zh == (
        f"{path}：文字编码无法识别；试过 UTF-8、UTF-16、GB18030；请用 Excel 或 WPS 另存为“CSV UTF-8”再试。"
    )
    assert told.value.en == (
        f"{path}: the text encoding is not known; tried UTF-8, UTF-16, GB18030; "
        "save it as “CSV UTF-8” in Excel or WPS and try again."
    )


@pytest.mark.parametrize("following", [1, 20_000, 40_000])
def test_a_quotation_mark_that_is_never_closed_is_refused(tmp_path, read, following):
    path = tmp_path / "名单.csv"
    path.write_text('姓名,村\n张三,"一村\n' + "李四,二村\n" * following, encoding="utf-8")
    with pytest.raises(InputError) as told:
        read(path)
    assert told.value.zh == f"{path}：从第 2 行起引号没有配对，无法分列；请改正那一行的引号，或另存为 .xlsx 再试。"
    assert told.value.en == (
        f"{path}: a quotation mark opened near line 2 is never closed; "
        "correct the quotation marks there, or save it as .xlsx."
    )


def test_a_last_cell_with_a_line_break_is_no_open_quotation_mark(tmp_path, read, cells):
    path = tmp_path / "名单.csv"
    path.write_text('姓名,村\n张三,"一村\n二组"\n', encoding="utf-8")
    (sheet,) = read(path)
    assert cells(sheet)[2, 1] == ("一村\n二组", T)


def test_a_long_ragged_file_keeps_every_record(tmp_path, read, engine):
    path = tmp_path / "长.csv"
    path.write_text(
        "".join(f"{n},{n * 2}\n" if n % 3 else "\n" for n in range(1, 30_001)) + "a,b,c\n", encoding="utf-8"
    )
    (sheet,) = read(path)
    assert (sheet.width, sheet.row_count, sheet.last_row) == (3, 20_001, 30_001)
    assert engine.rows(f'SELECT count(*) FROM "{sheet.relation}" WHERE c0 = r::VARCHAR AND c1 = (r * 2)::VARCHAR') == [
        (20_000,)
    ]
