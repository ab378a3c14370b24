"""A file that cannot be read gets one clear sentence, in both languages."""

import struct
import zipfile
from pathlib import Path

import pytest

from fupin_cli.errors import InputError
from fupin_cli.sheets.refusals import REASONS
from tests.sheets.old_xls import ole
from tests.sheets.parts import replace_part, sheet_xml, with_rows

SAVE = ("请用 Excel 或 WPS 打开，另存为 .xlsx 后再试", "open it in Excel or WPS, save it as .xlsx and try again")
ASKED = (
    "要的是工作簿（.xlsx .xlsm .xlsb .xls .et .ods .htm .html .mht .xml .parquet .zip）或文本表（.csv .tsv .txt）",
    "looked for a workbook (.xlsx .xlsm .xlsb .xls .et .ods .htm .html .mht .xml .parquet .zip) or a text table (.csv .tsv .txt)",
)


def refused(read, path, zh, en):
    with pytest.raises(InputError) as told:
        read(path)
    assert (told.value.zh, told.value.en) == (f"{path}：{zh}。", f"{path}: {en}.")
    assert told.value.exit_code == 3


def test_an_absent_file(read, tmp_path):
    refused(
        read, tmp_path / "没有.xlsx", "没有这个文件；请检查路径和文件名", "no such file; check the path and the name"
    )


def test_a_folder(read, tmp_path):
    refused(
        read,
        tmp_path,
        "这是文件夹，不是文件；请给出其中的工作簿",
        "this is a folder, not a file; name a workbook in it",
    )


def test_a_lock_file(read, tmp_path):
    path = tmp_path / "~$台账.xlsx"
    path.write_bytes(b"\x05user" * 30)
    refused(
        read,
        path,
        "这是 Excel 打开文件时留下的锁文件，不是工作簿；请给出去掉“~$”的那个文件",
        "this is the lock file Excel leaves while a workbook is open; name the file without `~$`",
    )


def test_an_empty_file(read, tmp_path):
    path = tmp_path / "空.xlsx"
    path.touch()
    refused(
        read,
        path,
        "文件是空的（0 字节）；请重新导出或拷贝",
        "the file is empty (0 bytes); export or copy it again",
    )


@pytest.mark.parametrize(
    ("name", "content", "zh", "en"),
    [
        (
            "照片.xlsx",
            b"\xff\xd8\xff\xe0" + bytes(90),
            "内容是图片，不是表格；{0}",
            "this is a picture, not a table; {1}",
        ),
        ("通知.xlsx", b"%PDF-1.7\n", "内容是 PDF，不是表格；{0}", "this is a PDF, not a table; {1}"),
        (
            "包.xls",
            b"Rar!\x1a\x07",
            "内容是压缩包，不是表格；{0}；请先解压",
            "this is an archive, not a table; {1}; unpack it first",
        ),
        ("乱.xlsx", bytes(range(256)), "不是能读的表格；{0}", "not a table that can be read; {1}"),
        (
            "导出.xls",
            "姓名\t收入\n张三\t1\n".encode(),
            "内容是纯文本，不是工作簿；请把扩展名改为 .txt 或 .csv 再试",
            "the content is plain text, not a workbook; rename it to .txt or .csv and try again",
        ),
    ],
)
def test_something_else_than_a_table(read, tmp_path, name, content, zh, en):
    path = tmp_path / name
    path.write_bytes(content)
    refused(read, path, zh.format(*ASKED), en.format(*ASKED))


def dbase(version=0x03, column=b"XM"):
    header = bytes([version, 120, 12, 31]) + struct.pack("<IHH", 1, 65, 11) + bytes(20)
    return header + column.ljust(11, b"\0") + b"C" + bytes(4) + b"\x0a" + bytes(15) + b"\x0d " + b"x" * 10 + b"\x1a"


FOREIGN = [
    (
        "库.mdb",
        b"\0\1\0\0Standard Jet DB\0" + bytes(50),
        "是 Access 数据库（.mdb .accdb），不能读；请在 Access 里把表导出为 .xlsx 后再试",
        "this is an Access database (.mdb, .accdb), which is not read; export its tables as .xlsx in Access and try again",
    ),
    (
        "库.accdb",
        b"\0\1\0\0Standard ACE DB\0" + bytes(50),
        "是 Access 数据库（.mdb .accdb），不能读；请在 Access 里把表导出为 .xlsx 后再试",
        "this is an Access database (.mdb, .accdb), which is not read; export its tables as .xlsx in Access and try again",
    ),
    *(
        (
            name,
            content,
            f"是 dBASE/FoxPro 数据表（.dbf），不能读；{SAVE[0]}",
            f"this is a table of dBASE or FoxPro (.dbf), which is not read; {SAVE[1]}",
        )
        for name, content in (("户.dbf", dbase()), ("户.xls", dbase(0x30, "姓名".encode("gbk"))))
    ),
    (
        "库.db",
        b"SQLite format 3\0" + bytes(80),
        "是 SQLite 数据库，不能读；请把表导出为 .csv 后再试",
        "this is an SQLite database, which is not read; export its tables as .csv and try again",
    ),
    (
        "户.parquet",
        b"PARE" + bytes(80),
        "是加密的 Parquet 文件；请用写它的程序另存为不加密的再试",
        "this Parquet file is encrypted; write it without encryption and try again",
    ),
]


@pytest.mark.parametrize(("name", "content", "zh", "en"), FOREIGN)
def test_a_format_that_is_not_read_is_named_with_the_way_out(read, tmp_path, name, content, zh, en):
    path = tmp_path / name
    path.write_bytes(content)
    refused(read, path, zh, en)


def test_a_text_table_may_begin_as_other_files_do(read, tmp_path):
    for start in ("PKID", "BM编号", "BZh", "PARE"):
        path = tmp_path / f"{start}.csv"
        path.write_text(f"{start},姓名\n1,张三\n", encoding="utf-8")
        assert [sheet.row_count for sheet in read(path)] == [2]


def test_a_workbook_older_than_excel_5(read, tmp_path):
    path = tmp_path / "旧.xls"
    path.write_bytes(b"\x09\x04\x06\x00\x00\x00\x10\x00" + bytes(50))
    refused(read, path, f"是 Excel 4.0 或更早的格式；{SAVE[0]}", f"this is the format of Excel 4.0 or older; {SAVE[1]}")


@pytest.mark.parametrize(
    ("parts", "zh", "en"),
    [
        (
            {"[Content_Types].xml": "", "word/document.xml": ""},
            f"内容是 Word、PowerPoint 等文档，不是表格；{ASKED[0]}",
            f"this is a document of Word, PowerPoint or the like, not a table; {ASKED[1]}",
        ),
        (
            {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": ""},
            f"内容是 Word、PowerPoint 等文档，不是表格；{ASKED[0]}",
            f"this is a document of Word, PowerPoint or the like, not a table; {ASKED[1]}",
        ),
        (
            {"台账.xlsx": ""},
            f"内容是压缩包，不是表格；{ASKED[0]}；请先解压",
            f"this is an archive, not a table; {ASKED[1]}; unpack it first",
        ),
    ],
)
def test_another_kind_of_package(read, tmp_path, parts, zh, en):
    path = tmp_path / "台账.xlsx"
    with zipfile.ZipFile(path, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)
    refused(read, path, zh, en)


@pytest.mark.parametrize("inner", ["Index/Document.iwa", "Index.zip"])
def test_a_spreadsheet_of_numbers(read, tmp_path, inner):
    path = tmp_path / "台账.numbers"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr(inner, "")
    refused(
        read,
        path,
        "是苹果 Numbers 表格，不能读；请在 Numbers 里导出为 Excel（.xlsx）后再试",
        "this is a spreadsheet of Apple Numbers, which is not read; export it to Excel (.xlsx) in Numbers and try again",
    )


ENCRYPTED = (
    "工作簿有打开密码；请用 Excel 或 WPS 打开，取消密码后另存再试",
    "the workbook is encrypted; open it in Excel or WPS, remove the password, save it and try again",
)


def test_an_encrypted_xlsx(read, tmp_path):
    path = tmp_path / "台账.xlsx"
    path.write_bytes(ole(("EncryptionInfo", b""), ("EncryptedPackage", b"x" * 5000)))
    refused(read, path, *ENCRYPTED)


@pytest.mark.parametrize("name", ["台账.xls", "台账.et"])
def test_an_encrypted_xls(read, tmp_path, name):
    bof, file_pass = b"\x09\x08\x10\x00" + bytes(16), b"\x2f\x00\x06\x00" + bytes(6)
    path = tmp_path / name
    path.write_bytes(ole(("Workbook", bof + file_pass)))
    refused(read, path, *ENCRYPTED)


def test_a_word_document_named_xls(read, tmp_path):
    path = tmp_path / "通知.xls"
    path.write_bytes(ole(("WordDocument", b"x")))
    refused(
        read,
        path,
        f"内容是 Word、PowerPoint 等文档，不是表格；{ASKED[0]}",
        f"this is a document of Word, PowerPoint or the like, not a table; {ASKED[1]}",
    )


def damaged(kind):
    return (
        f"文件已损坏或不完整（{kind}）；请重新拷贝或导出；若 Excel 能打开，请另存为 .xlsx 再试",
        f"the file is damaged or incomplete ({kind}); copy or export it again, or save it as .xlsx if Excel opens it",
    )


@pytest.mark.parametrize(("name", "kind"), [("台账.xlsx", "zip"), ("台账.xls", "OLE")])
def test_a_truncated_workbook(read, sketch, name, kind):
    path = sketch("| a |" * 1, name)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    refused(read, path, *damaged(kind))


def test_a_sheet_whose_xml_breaks_off(read, sketch):
    path = replace_part(sketch("| a |"), "xl/worksheets/sheet1.xml", sheet_xml('<row r="1"><c r="A1"><v>1')[:120])
    refused(read, path, *damaged("calamine"))


def test_a_workbook_on_which_calamine_gives_up(read, sketch, monkeypatch):
    class PanicException(BaseException):
        pass

    def give_up(*_args, **_kwargs):
        raise PanicException

    monkeypatch.setattr("fupin_cli.sheets.calamine.load_grid", give_up)
    refused(read, sketch("| a |", "a.xls"), *damaged("calamine"))


def test_an_interruption_is_no_damage(read, sketch, monkeypatch):
    def interrupt(*_args, **_kwargs):
        raise KeyboardInterrupt

    monkeypatch.setattr("fupin_cli.sheets.calamine.load_grid", interrupt)
    with pytest.raises(KeyboardInterrupt):
        read(sketch("| a |", "a.xls"))


def test_a_part_that_states_too_small_a_size(read, sketch):
    path = sketch("| a |")
    content = path.read_bytes()
    at = content.index(b"xl/worksheets/sheet1.xml", content.index(b"PK\x01\x02")) - 46
    size = struct.unpack_from("<I", content, at + 24)[0]
    path.write_bytes(content[: at + 24] + struct.pack("<I", size - 50) + content[at + 28 :])
    refused(read, path, *damaged("zip"))


def test_a_package_that_inflates_without_measure(read, sketch):
    path = replace_part(sketch("| a |"), "xl/media/image1.bin", bytes(150 << 20))
    refused(
        read,
        path,
        "解压后有 150 MB，超出上限（2048 MB，或超过 100 MB 且是压缩前的 200 倍以上），不予读取；请拆分，或删去多余的空白行列后另存",
        "inflates to 150 MB, beyond the limit (2048 MB, or more than 100 MB at over 200 times its size), and is not read; "
        "split it, or delete superfluous blank rows and columns and save it",
    )


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_xml_that_declares_entities(read, sketch, part, encoding):
    bomb = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'
    path = replace_part(sketch("| a |"), part, bomb.encode(encoding))
    refused(
        read,
        path,
        f"内部的 XML 含有文档类型或实体声明，正常的工作簿没有，不予读取；{SAVE[0]}",
        f"its XML declares a document type or entities, which no normal workbook does, and is not read; {SAVE[1]}",
    )


def test_a_few_cells_far_apart(read, sketch):
    path = with_rows(
        sketch("| a |"),
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
    )
    refused(
        read,
        path,
        "工作表“Sheet1”只有少数单元格，却散布在 1048576 行 × 16384 列的范围内，无法读取；请删去远处的单元格后另存",
        "sheet “Sheet1” has a few cells scattered over 1048576 rows × 16384 columns and cannot be read; "
        "delete the far-off cells and save it",
    )


def test_a_file_that_may_not_be_opened(read, sketch, monkeypatch):
    path = sketch("| a |")

    def deny(*_args, **_kwargs):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", deny)
    refused(
        read,
        path,
        "无法打开（Permission denied）；请检查权限，或关闭正在使用它的程序",
        "cannot be opened (Permission denied); check permissions, or close what uses it",
    )


def test_no_sentence_ends_twice():
    assert all(not zh.endswith("。") and not en.endswith(".") for zh, en in REASONS.values())
