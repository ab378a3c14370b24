"""One small registry in every format: `inspect` understands the same of it, `audit` finds the same in it."""

import datetime
import json
import os
import shutil
import sys
from functools import cache

import duckdb
import openpyxl
import pytest

from fupin_cli.jobs.audit import run
from fupin_cli.jobs.inspect import inspect, inspect_with
from fupin_cli.jobs.request import Request
from fupin_cli.model.place import Place
from fupin_cli.model.settings import Settings, Wishes
from fupin_cli.reports.inspect import render_inspection, to_dict
from fupin_cli.reports.links import link_to
from fupin_cli.reports.words import Look
from fupin_cli.rules import load_rulebook
from tests.jobs.test_audit import fupin
from tests.sheets.markup import write_ods, write_page, write_spreadsheetml
from tests.sheets.old_xls import write_biff5
from tests.sheets.test_archive import packed
from tests.sheets.xlsb_writer import write_xlsb
from tests.sketch import write_sketch

REGISTRY = """
# 花名册
| 户编号 | 姓名 | 与户主关系 | 性别 | 证件号码 | 民族 | 人均纯收入 | 数据日期 |
| '990101000001 | 张三 | 户主 | 女 | 11010519491231002X | 汉族 | 3200 | @2020-12-31 |
| '990101000001 | 张四 | 之子 | 男 | '110105194912310021 | 汉族 | 3200 | @2020-12-31 |
| '990101000002 | 李四 | 户主 | 未知 | 11010519491231002X | 汉族 | -15.5 | @2020-12-31 |
"""


def write_parquet(source, path):
    """The first sheet of an .xlsx with its heading as the names of the columns."""
    head, *rows = openpyxl.load_workbook(source).worksheets[0].iter_rows(values_only=True)
    plain = [[cell.date() if isinstance(cell, datetime.datetime) else cell for cell in row] for row in rows]
    names = ", ".join(f'"{name}"' for name in head)
    with duckdb.connect() as connection:
        marks = ", ".join("(" + ", ".join("?" * len(head)) + ")" for _ in rows)
        values = [cell for row in plain for cell in row]
        connection.execute(f"CREATE TABLE t AS FROM (VALUES {marks}) AS t({names})", values)
        connection.execute(f"COPY t TO '{path}' (FORMAT parquet)")
    return path


def drawn(source, path):
    return write_sketch(path, REGISTRY)


WRITERS = {
    "花名册.xlsm": drawn,
    "花名册.xls": drawn,
    "花名册.et": lambda source, path: shutil.move(write_sketch(path.with_suffix(".xls"), REGISTRY), path),
    "花名册.csv": drawn,
    "花名册.tsv": drawn,
    "花名册.xlsb": lambda source, path: write_xlsb(path, REGISTRY),
    "五.xls": lambda source, path: write_biff5(path, REGISTRY),
    "花名册.ods": write_ods,
    "页.xls": write_page,
    "花名册.xml": write_spreadsheetml,
    "花名册.parquet": write_parquet,
    "花名册.zip": lambda source, path: packed(path, {"示例乡/花名册.xlsx".encode("gbk"): source.read_bytes()}),
}


def found(path):
    audit = run(Request((path,), Settings(today=datetime.date(2021, 1, 1))))
    return [
        (one.rule, one.id, one.severity, [(place.row, place.cells) for place in one.places], one.message)
        for one in audit.findings
    ], (audit.households, audit.persons)


@cache
def dictionary():
    return load_rulebook(None).dictionary


def understood(path):
    (seen,) = inspect_with([path], Wishes(), dictionary())
    (sheet,) = seen.sheets
    (table,) = to_dict([seen])["files"][0]["sheets"][0]["tables"]
    return table | {"title": None}, (sheet.sheet.row_count, sheet.sheet.last_row)


@pytest.fixture(scope="module")
def truth(tmp_path_factory):
    """The registry as .xlsx, what is understood of it, and what is found in it."""
    source = write_sketch(tmp_path_factory.mktemp("truth") / "source.xlsx", REGISTRY)
    expected, counts = found(source)
    assert {one[0] for one in expected} == {"COD001", "IDN002", "IDN004", "IDN017", "INC001"}
    return source, understood(source), (expected, counts)


@pytest.mark.parametrize("name", WRITERS)
def test_a_registry_is_read_and_judged_the_same_in_every_format(tmp_path, truth, name):
    source, meant, judged = truth
    path = WRITERS[name](source, tmp_path / name)
    assert understood(path) == meant
    assert found(path) == judged


@pytest.fixture
def village_archive(tmp_path):
    """An archive of a good workbook, a broken one, a picture and an archive."""
    book = write_sketch(tmp_path / "drawn.xlsx", REGISTRY).read_bytes()
    files = {"示例乡/示例村.xlsx".encode("gbk"): book, "坏.xlsx": b"PK\x03\x04", "照片.jpg": b"x", "下级.zip": b"x"}
    return packed(tmp_path / "村表.zip", files)


BROKEN = "坏.xlsx：文件已损坏或不完整（zip）；请重新拷贝或导出；若 Excel 能打开，请另存为 .xlsx 再试。"


def test_an_audit_names_the_files_of_an_archive_and_tells_those_it_did_not_read(village_archive):
    code, out, err = fupin("audit", village_archive, "--select", "IDN002", "--format", "json")
    report = json.loads(out)
    assert (code, err) == (3, "")
    assert [each["path"] for each in report["files"]] == [f"{village_archive}/示例乡/示例村.xlsx"]
    assert [(one["file"], one["row"]) for one in report["findings"]] == [(f"{village_archive}/示例乡/示例村.xlsx", 3)]
    assert report["failed_files"] == [{"path": f"{village_archive}/坏.xlsx", "message": f"{village_archive}/{BROKEN}"}]
    assert report["notes"][:2] == [
        f"{village_archive}/下级.zip：跳过，压缩包里的压缩包，请先解压",
        f"{village_archive}/照片.jpg：跳过，不是工作簿",
    ]
    assert "/fupin-" not in out


def test_inspect_shows_what_an_archive_holds_and_what_was_left_out(village_archive, monkeypatch):
    monkeypatch.chdir(village_archive.parent)
    seen = inspect([village_archive.relative_to(village_archive.parent)], Wishes())
    assert [(str(each.file), bool(each.sheets), each.failed, each.skipped) for each in seen] == [
        ("村表.zip/坏.xlsx", False, (f"村表.zip/{BROKEN}", seen[0].failed[1]), None),
        ("村表.zip/示例乡/示例村.xlsx", True, None, None),
        (
            "村表.zip/下级.zip",
            False,
            None,
            ("压缩包里的压缩包，请先解压", "an archive inside an archive; unpack it first"),
        ),
        ("村表.zip/照片.jpg", False, None, ("不是工作簿", "no workbook")),
    ]
    page = render_inspection(seen, "terminal", Look(width=100))
    assert "村表.zip/照片.jpg\n  跳过：不是工作簿\n" in page
    assert to_dict(seen, "en")["files"][3] == {
        "path": "村表.zip/照片.jpg", "failed": None, "skipped": "no workbook", "sheets": []
    }  # fmt: skip


def test_a_departments_list_may_be_an_archive(tmp_path, truth):
    cars = write_sketch(
        tmp_path / "cars.xlsx",
        "| 证件号码 | 姓名 | 车辆类型 | 购置价格 |\n| 11010519491231002X | 张三 | 小型轿车 | 60000 |",
    )
    path = packed(tmp_path / "名单.zip", {"车辆.xlsx": cars.read_bytes(), "说明.pdf": b"x"})
    request = Request(
        (truth[0],),
        Settings(today=datetime.date(2021, 1, 1), profile="sample-990101", select=("ENT004",)),
        lists=(("车辆", path),),
    )
    audit = run(request)
    assert {one.places[-1].file for one in audit.findings} == {path / "车辆.xlsx"}
    assert (f"{path}/说明.pdf：跳过，不是工作簿", f"{path}/说明.pdf: skipped, no workbook") in audit.notes


def test_no_link_of_a_report_leads_into_an_archive(village_archive):
    inside, beside = village_archive / "示例乡/示例村.xlsx", village_archive.parent / "drawn.xlsx"
    links = [link_to(Place(file, "花名册", 2, ("B2",)), village_archive.parent) for file in (inside, beside)]
    assert links == ["", "external:drawn.xlsx#'花名册'!B2"]


def test_no_temporary_file_is_left(village_archive, tmp_path, monkeypatch):
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    inspect([village_archive], Wishes())
    assert list(folder.iterdir()) == []


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such names")
@pytest.mark.parametrize(
    "name",
    ["out.json", "out.jsonl", "out.csv", "out.xml", "out.sarif", "out.md", "out.html", "out.xlsx", "out.parquet"],
)
def test_a_file_whose_name_is_no_utf_8_is_reported_in_every_format(tmp_path, name):
    path = tmp_path / os.fsdecode("花名册".encode("gb18030") + b".csv")
    write_sketch(path, REGISTRY)
    words = ["--format", "junit"] if name.endswith(".xml") else ["--format", "markdown"] if name.endswith(".md") else []
    words = words or (["--format", name.partition(".")[2]] if not name.endswith(".xlsx") else [])
    code, _, err = fupin("audit", path, "--select", "IDN002", "--as-of", "2020-12-31", *words, "-o", tmp_path / name)
    assert code == 1, err
    assert (tmp_path / name).stat().st_size
