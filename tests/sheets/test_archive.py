"""A zip archive gives its workbooks one at a time, and says what it skipped; nothing is written where its names point."""

import struct
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fupin_cli.engines import open_engine
from fupin_cli.errors import InputError
from fupin_cli.jobs.files import expanded, read_source
from fupin_cli.reports.grid import Book
from fupin_cli.sheets import Skipped, is_archive, unpacked, workbooks_in_archive
from tests.sketch import write_sketch

SOUGHT = ".xlsx .xlsm .xlsb .xls .et .ods .htm .html .mht .xml .parquet .zip .csv .tsv .txt"


def packed(path, files):
    """An archive of these names and contents; a name given as bytes is written as it is, without the UTF-8 flag."""
    stand_ins = {f"@{number}@": name for number, name in enumerate(files) if isinstance(name, bytes)}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for number, (name, content) in enumerate(files.items()):
            if isinstance(name, bytes):
                package.writestr(f"@{number}@".ljust(len(name), "_"), content)
            else:
                package.writestr(name, content)
    whole = path.read_bytes()
    for stand_in, name in stand_ins.items():
        whole = whole.replace(stand_in.ljust(len(name), "_").encode(), name)
    path.write_bytes(whole)
    return path


def with_flag(path, flag):
    """The archive with a flag set in every header of it."""
    content = bytearray(path.read_bytes())
    for magic, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = -1
        while (at := content.find(magic, at + 1)) >= 0:
            struct.pack_into("<H", content, at + offset, struct.unpack_from("<H", content, at + offset)[0] | flag)
    path.write_bytes(content)
    return path


def book(folder, text="| a |"):
    return write_sketch(folder / "drawn.xlsx", text).read_bytes()


def test_an_archive_gives_its_workbooks_sorted_and_says_what_it_skipped(tmp_path):
    names = ("乡/b.xls", "a.XLSX", "乡/", "乡/~$b.xls", ".隐藏/c.xlsx", "通知.docx", "__MACOSX/._a.XLSX", "下级.zip")
    path = packed(tmp_path / "村表.zip", dict.fromkeys(names, "x"))
    members, skipped = workbooks_in_archive(path)
    assert [member.file for member in members] == [path / "a.XLSX", path / "乡/b.xls"]
    assert skipped == [
        Skipped(path / ".隐藏/c.xlsx", "隐藏文件", "hidden file"),
        Skipped(path / "__MACOSX/._a.XLSX", "macOS 的附属文件", "side file of macOS"),
        Skipped(path / "下级.zip", "压缩包里的压缩包，请先解压", "an archive inside an archive; unpack it first"),
        Skipped(path / "乡/~$b.xls", "Excel 的锁文件", "lock file of Excel"),
        Skipped(path / "通知.docx", "不是工作簿", "no workbook"),
    ]


@pytest.mark.parametrize("encoding", ["gbk", "utf-8"])
@pytest.mark.parametrize("name", ["示例乡/示例村.xlsx", "誠信村.xlsx", "镕.csv"])
def test_a_name_without_the_utf8_flag_is_read_as_its_maker_wrote_it(tmp_path, encoding, name):
    path = packed(tmp_path / "村表.zip", {name.encode(encoding): "x"})
    assert workbooks_in_archive(path)[0][0].file == path / name


@given(st.text("户村乡表誠乂A1 ", min_size=1, max_size=8).map(str.strip).filter(bool))
def test_any_chinese_name_comes_back_from_gbk(tmp_path_factory, name):
    path = packed(tmp_path_factory.mktemp("x") / "村表.zip", {f"{name}村民户.xlsx".encode("gbk"): "x"})
    assert workbooks_in_archive(path)[0][0].file == path / f"{name}村民户.xlsx"


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/a.xlsx", "etc/a.xlsx"),
        ("/root/a.xlsx", "root/a.xlsx"),
        ("C:\\村\\a.xlsx", "村/a.xlsx"),
        ("村\\..\\a.xlsx", "村/a.xlsx"),
        ("a\x1b[31m.xlsx", "a\ufffd[31m.xlsx"),
    ],
)
def test_a_name_that_points_elsewhere_is_only_a_name(tmp_path, name, shown):
    inner = tmp_path / "in/ner"
    inner.mkdir(parents=True)
    path = packed(inner / "村表.zip", {name: "x"})
    before = sorted(tmp_path.rglob("*"))
    (member,) = workbooks_in_archive(path)[0]
    assert member.file == path / shown
    with unpacked(member) as file:
        assert file.read_text() == "x"
        assert oct(file.parent.stat().st_mode)[-3:] == "700"
    assert not file.parent.exists()
    assert sorted(tmp_path.rglob("*")) == before


def test_two_files_of_one_name_are_both_read(tmp_path):
    path = packed(tmp_path / "村表.zip", {"a.csv": "1", "../a.csv": "2"})
    members, _ = workbooks_in_archive(path)
    assert [member.file.name for member in members] == ["a (2).csv", "a.csv"]
    texts = []
    for member in members:
        with unpacked(member) as file:
            texts.append(file.read_text())
    assert texts == ["2", "1"]


def test_sheets_and_errors_of_a_member_name_it_and_not_the_temporary_file(tmp_path):
    path = packed(
        tmp_path / "村表.zip", {"乡/好.xlsx": book(tmp_path), "坏.xlsx": b"PK\x03\x04x", "好.csv": "姓名,收入\n甲,1\n"}
    )
    good, bad, text = expanded([path])
    engine = open_engine()
    try:
        assert [sheet.file for sheet in read_source(engine, good, 0)] == [path / "乡/好.xlsx"]
        assert [sheet.file for sheet in read_source(engine, text, 1)] == [path / "好.csv"]
        with pytest.raises(InputError) as told:
            read_source(engine, bad, 2)
    finally:
        engine.close()
    assert told.value.zh == (
        f"{path}/坏.xlsx：文件已损坏或不完整（zip）；请重新拷贝或导出；若 Excel 能打开，请另存为 .xlsx 再试。"
    )
    assert told.value.en == (
        f"{path}/坏.xlsx: the file is damaged or incomplete (zip); copy or export it again, "
        "or save it as .xlsx if Excel opens it."
    )


def failure(path):
    (source,) = expanded([path])
    assert source.file == path
    return source.failed


def test_an_archive_without_a_workbook(tmp_path):
    path = packed(tmp_path / "照片.zip", {"a.jpg": "x", "下级.zip": "x"})
    assert failure(path) == (
        f"{path}：压缩包里没有工作簿；找的是 {SOUGHT}；请检查压缩包里的内容。",
        f"{path}: no workbook in this archive; looked for {SOUGHT}; check what was packed.",
    )


LOCKED = (
    "：压缩包有密码；请先用密码解压，再给出解压后的文件或文件夹。",
    ": the archive is encrypted; unpack it with its password and name the files or the folder.",
)


def test_an_encrypted_archive_is_told_once(tmp_path):
    path = with_flag(packed(tmp_path / "村表.zip", {"a.xlsx": "x", "b.xlsx": "x"}), 1)
    assert failure(path) == (f"{path}{LOCKED[0]}", f"{path}{LOCKED[1]}")


def test_a_member_that_alone_is_encrypted_is_told_by_its_name(tmp_path):
    path = packed(tmp_path / "村表.zip", {"a.csv": "x"})
    with_flag(path, 1)
    with zipfile.ZipFile(path, "a") as package:
        package.writestr("b.csv", "x")
    locked, free = workbooks_in_archive(path)[0]
    with unpacked(free) as file:
        assert file.read_text() == "x"
    with pytest.raises(InputError) as told, unpacked(locked):
        pass
    assert (told.value.zh, told.value.en) == (f"{path}/a.csv{LOCKED[0]}", f"{path}/a.csv{LOCKED[1]}")


def test_an_archive_that_inflates_without_measure(tmp_path):
    path = packed(tmp_path / "村表.zip", {"a.csv": bytes(150 << 20)})
    assert failure(path) == (
        f"{path}：解压后有 150 MB，超出上限（2048 MB，或超过 100 MB 且是压缩前的 200 倍以上），不予读取；请拆分，或删去多余的空白行列后另存。",
        f"{path}: inflates to 150 MB, beyond the limit (2048 MB, or more than 100 MB at over 200 times its size), and is not "
        "read; split it, or delete superfluous blank rows and columns and save it.",
    )


def test_a_member_that_is_larger_than_it_says_is_damaged(tmp_path):
    path = packed(tmp_path / "村表.zip", {"a.csv": "x" * 5000})
    content = bytearray(path.read_bytes())
    struct.pack_into("<I", content, content.index(b"PK\x01\x02") + 24, 100)
    path.write_bytes(content)
    (member,) = workbooks_in_archive(path)[0]
    with pytest.raises(InputError) as told, unpacked(member):
        pass
    assert told.value.en.startswith(f"{path}/a.csv: the file is damaged or incomplete (zip)")


def test_an_archive_is_told_by_its_content(tmp_path):
    assert is_archive(packed(tmp_path / "a.xlsx", {"b.xlsx": "x"}))
    (tmp_path / "c.zip").write_bytes(book(tmp_path))
    assert not is_archive(tmp_path / "c.zip")
    assert not is_archive(tmp_path / "absent.zip")


def test_archives_of_a_folder_are_opened_and_its_skipped_files_told(tmp_path):
    packed(tmp_path / "in.zip", {"b.csv": "x", "c.jpg": "x"})
    (tmp_path / "d.jpg").touch()
    (tmp_path / "x").mkdir()
    found = expanded([tmp_path, tmp_path / "x/../in.zip", tmp_path / "in.zip", Path("absent.xlsx")])
    assert [(source.file, source.skipped) for source in found] == [
        (tmp_path / "in.zip/b.csv", None),
        (tmp_path / "in.zip/c.jpg", ("不是工作簿", "no workbook")),
        (tmp_path / "d.jpg", ("不是工作簿", "no workbook")),
        (Path("absent.xlsx"), None),
    ]


def test_a_report_of_fupin_in_an_archive_is_no_registry(tmp_path):
    with Book(tmp_path / "made.xlsx") as made:
        made.grid("疑点", (10,)).write(["户编号", "姓名"])
    report = (tmp_path / "made.xlsx").read_bytes()
    files = {
        "报告.xlsx": report,
        "统计.csv": "统计项,项目,类别\r\n",
        "村.xlsx": book(tmp_path),
        "坏.xlsx": b"PK\x03\x04",
    }
    path = packed(tmp_path / "村表.zip", files)
    members, skipped = workbooks_in_archive(path)
    assert [member.file.name for member in members] == ["坏.xlsx", "村.xlsx"]
    assert skipped == [Skipped(path / name, "fupin 的报告", "report of fupin") for name in ("报告.xlsx", "统计.csv")]
