"""`fupin clean` from files to copies: what is repaired reads as before, makes no finding, is logged, and comes back."""

import json
import random
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fupin_cli.errors import InputError, UsageError
from fupin_cli.jobs.audit import run as audit
from fupin_cli.jobs.clean import CleanRequest, run
from fupin_cli.jobs.request import Request
from fupin_cli.jobs.undo import undo
from fupin_cli.model.settings import Settings
from tests.sketch import write_sketch

X = "11010519491231002X"
TODAY = Settings(today=date(2021, 6, 1), select=("FMT", "COD", "IDN"))  # few rules: the machine that runs this is slow
VILLAGE = f"""
| 户编号 | 姓名 | 与户主关系 | 证件号码 | 出生日期 | 人均纯收入 |
| '9901 | '张　三 | 户主 | '{X.lower()} | '1949.12.31 | '3,200元 |
| '9901 | 李四 | '儿子 | '990101198001010018 | '1980-01-01 | 4100 |
| '9902 | '王五  | 户主 | | '1970年5月 | '1.2万 |
"""


def asked(*files, output=None, **wishes):
    return CleanRequest(Request(files=files, settings=TODAY), output, **wishes)


def cells(path, sheet=0):
    page = openpyxl.load_workbook(path).worksheets[sheet]
    return {cell.coordinate: cell.value for row in page.iter_rows() for cell in row if cell.value is not None}


def keys(*files):
    return {one.id for one in audit(Request(files=files, settings=TODAY)).findings}


def repaired(cleaned):
    return [(fix.cell, fix.before, fix.after, fix.repair) for one in cleaned.files for fix in one.fixes]


SHARES = """
| 县 | 乡镇 | 行政村 | 是否出列 | 出列年度 | 贫困发生率 |
| 样例县 | 清溪镇 | 柳湾村 | 是 | '2018年 | %0.05 |
"""


@pytest.mark.parametrize("name", ["village.xlsx", "village.xls"])
def test_a_percent_stays_the_percent_it_is(sketch, tmp_path, name):
    cleaned = run(asked(sketch(SHARES, name), output=tmp_path / "out"))
    assert [fix.cell for one in cleaned.files for fix in one.fixes] == ["E2"]
    (copy,) = (tmp_path / "out").glob("village.*")
    cell = openpyxl.load_workbook(copy).worksheets[0]["F2"]
    assert (cell.value, cell.number_format) == (0.05, "0.00%")


def test_what_is_safe_is_repaired_and_the_rest_is_left(sketch, tmp_path):
    source = sketch(VILLAGE)
    before = source.read_bytes()
    cleaned = run(asked(source, output=tmp_path / "out"))
    assert repaired(cleaned) == [
        ("B2", "张　三", "张三", "FIX001"),
        ("D2", X.lower(), X, "FIX005"),
        ("E2", "1949.12.31", "1949-12-31", "FIX008"),
        ("F2", "3,200元", "3200", "FIX006"),
        ("C3", "儿子", "之子", "FIX009"),
        ("E3", "1980-01-01", "1980-01-01", "FIX008"),
    ]
    copy = cells(tmp_path / "out" / "registry.xlsx")
    assert (copy["B2"], copy["D2"], copy["F2"], copy["C3"]) == ("张三", X, 3200, "之子")
    assert copy["E2"].date() == date(1949, 12, 31)
    assert (copy["E4"], copy["F4"]) == ("1970年5月", "1.2万")
    assert source.read_bytes() == before


def test_a_second_run_repairs_nothing(sketch, tmp_path):
    run(asked(sketch(VILLAGE), output=tmp_path / "out"))
    assert repaired(run(asked(tmp_path / "out" / "registry.xlsx"))) == []


def test_the_log_has_every_cell_and_undoes_it(sketch, tmp_path):
    source, out, back = sketch(VILLAGE), tmp_path / "out", tmp_path / "back"
    cleaned = run(asked(source, output=out))
    lines = [json.loads(line) for line in (out / "changes.jsonl").read_text("utf-8").splitlines()]
    assert [(one["cell"], one["before"], one["after"], one["repair"]) for one in lines] == repaired(cleaned)
    assert cells(out / "changes.xlsx", 1)["E2"] != "张三"
    done = undo(out / "changes.jsonl", back)
    assert (done.restored, done.refused) == (len(lines), ())
    assert cells(back / "registry.xlsx") == cells(source)


def test_undo_refuses_a_cell_that_changed_since(sketch, tmp_path):
    source, out, back = sketch(VILLAGE), tmp_path / "out", tmp_path / "back"
    run(asked(source, output=out))
    book = openpyxl.load_workbook(out / "registry.xlsx")
    book.worksheets[0]["B2"] = "张三丰"
    book.save(out / "registry.xlsx")
    done = undo(out / "changes.jsonl", back)
    [(zh, en)] = done.refused
    sheet = book.worksheets[0].title
    assert zh == f"registry.xlsx › {sheet}!B2：清洗后又改过，没有还原。"
    assert en == f"registry.xlsx › {sheet}!B2: changed since it was cleaned, and not restored."
    assert cells(back / "registry.xlsx") == cells(source) | {"B2": "张三丰"}


@pytest.mark.parametrize(
    ("encoding", "delimiter", "end"),
    [("utf-8", ",", "\n"), ("utf-8-sig", ",", "\r\n"), ("gb18030", "\t", "\r\n"), ("utf-16", ",", "\r\n")],
)
def test_a_text_table_keeps_its_manner(tmp_path, encoding, delimiter, end):
    rows = [
        ["户编号", "姓名", "证件号码", "出生日期", "人均纯收入", "备注"],
        ["9901", "张　三", f'"{X.lower()}"', "1949.12.31", '"3,200元"', '"a ""b"""'],
        ["9901", "李四", f'="{X}"', "1980-01-01", "4100", ""],
    ]
    text = end.join(delimiter.join(row) for row in rows) + end
    source = tmp_path / "in" / "a.csv"
    source.parent.mkdir()
    source.write_bytes(text.encode(encoding))
    run(asked(source, output=tmp_path / "out"))
    wanted = text.replace("张　三", "张三").replace(X.lower(), X).replace("1949.12.31", "1949-12-31")
    assert (tmp_path / "out" / "a.csv").read_bytes() == wanted.replace("3,200元", "3200").encode(encoding)
    undo(tmp_path / "out" / "changes.jsonl", tmp_path / "back")
    assert (tmp_path / "back" / "a.csv").read_bytes() == source.read_bytes()


def test_a_formula_is_never_written_over(sketch, tmp_path):
    source = sketch(VILLAGE)
    book = openpyxl.load_workbook(source)
    book.worksheets[0]["B3"] = '=" 李四"'
    book.save(source)
    run(asked(source, output=tmp_path / "out"))
    assert cells(tmp_path / "out" / "registry.xlsx")["B3"] == '=" 李四"'


def test_households_are_filled_only_when_asked(sketch, tmp_path):
    source = sketch("""
| 户编号 | 户主姓名 | 姓名 | 与户主关系 | 人均纯收入 |
| '9901 | 张三 | 张三 | 户主 | 3200 |
|       |      | 李四 | 之子 |      |
| '9902 | 王五 | 王五 | 户主 | 4100 |
""")
    assert repaired(run(asked(source))) == []
    cleaned = run(asked(source, output=tmp_path / "out", fill_households=True))
    filled = [fix for fix in repaired(cleaned) if fix[3] == "FIX013"]
    assert [(cell, after) for cell, _, after, _ in filled] == [("A3", "9901"), ("B3", "张三")]
    assert "E3" not in cells(tmp_path / "out" / "registry.xlsx")


def test_only_what_is_selected_is_repaired(sketch):
    source = sketch(VILLAGE)
    assert {fix[3] for fix in repaired(run(asked(source, select=("FIX005",))))} == {"FIX005"}
    assert "FIX008" not in {fix[3] for fix in repaired(run(asked(source, ignore=("FIX008",))))}
    with pytest.raises(UsageError, match="there is no such repair"):
        run(asked(source, select=("FIX999",)))


def test_copies_stand_below_as_the_originals_do_and_locks_are_told(sketch, tmp_path):
    sketch(VILLAGE, "村/甲乡/一.xlsx")
    sketch(VILLAGE.replace("99", "98"), "村/乙乡/一.xlsx")
    (tmp_path / "村" / "~$一.xlsx").write_bytes(b"lock")
    (tmp_path / "村" / "坏.xlsx").write_bytes(b"no workbook at all")
    cleaned = run(asked(tmp_path / "村", output=tmp_path / "out"))
    made = sorted(str(one.relative_to(tmp_path / "out")) for one in (tmp_path / "out").rglob("*") if one.is_file())
    assert made == ["changes.jsonl", "changes.xlsx", "乙乡/一.xlsx", "甲乡/一.xlsx"]
    assert [Path(path).name for path, _, _ in cleaned.failed_files] == ["坏.xlsx"]
    assert [(Path(path).name, zh) for path, zh, _ in cleaned.skipped] == [("~$一.xlsx", "Excel 的锁文件")]


def test_no_folder_with_something_in_it_is_written_to(sketch, tmp_path):
    source = sketch(VILLAGE, "in/a.xlsx")
    for folder in (tmp_path / "in", tmp_path / "in" / "below", tmp_path):
        with pytest.raises(UsageError, match="never changed"):
            run(asked(tmp_path / "in", output=folder))
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "x").write_text("x")
    with pytest.raises(UsageError, match="nothing is written over"):
        run(asked(source, output=tmp_path / "full"))


def test_a_log_that_is_none_is_refused(tmp_path):
    log = tmp_path / "changes.jsonl"
    log.write_text('{"copy": "../a.xlsx"}\n', "utf-8")
    with pytest.raises(InputError, match="no log of fupin clean"):
        undo(log, tmp_path / "back")


def test_a_page_becomes_a_workbook_of_values(tmp_path):
    source = tmp_path / "in" / "a.html"
    source.parent.mkdir()
    rows = [["户编号", "姓名", "证件号码"], ["9901", "张　三", X.lower()], ["9902", "李四", "990101198001010018"]]
    body = "".join("<tr>" + "".join(f"<td>{one}</td>" for one in row) + "</tr>" for row in rows)
    source.write_text(f'<html><meta charset="utf-8"><table>{body}</table></html>', "utf-8")
    cleaned = run(asked(source, output=tmp_path / "out"))
    assert cleaned.files[0].below == "a.xlsx"
    assert cleaned.files[0].notes[0][1].startswith("its format cannot be written")
    assert X in cells(tmp_path / "out" / "a.xlsx").values()
    assert undo(tmp_path / "out" / "changes.jsonl", tmp_path / "back").refused == ()
    assert X.lower() in cells(tmp_path / "back" / "a.xlsx").values()


def test_a_page_whose_repairs_are_taken_back_stays_a_page(tmp_path, monkeypatch):
    source = tmp_path / "in" / "a.html"
    source.parent.mkdir()
    body = f"<tr><td>姓名</td><td>证件号码</td></tr><tr><td>李四</td><td>{X.lower()}</td></tr>"
    source.write_text(f'<html><meta charset="utf-8"><table>{body}</table></html>', "utf-8")
    monkeypatch.setattr("fupin_cli.jobs.clean_proof.same_value", lambda _before, _after: False)
    [one] = run(asked(source, output=tmp_path / "out")).files
    assert (one.fixes, one.below, len(one.left)) == ((), "a.html", 1)
    assert one.left[0][1] == "改后读出的值与改前不同，没有改动"
    assert (tmp_path / "out" / "a.html").read_bytes() == source.read_bytes()
    assert not (tmp_path / "out" / "a.xlsx").exists()


MESSES = {
    1: lambda text: text[:1] + "　" + text[1:],
    3: lambda text: text.lower(),
    4: lambda text: text.replace("-", "."),
    5: lambda text: f"{text}元",
}


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 10**6))
def test_no_finding_is_new_whatever_the_mess(tmp_path_factory, seed):
    draw = random.Random(seed)
    folder = tmp_path_factory.mktemp("drawn")
    lines = ["| 户编号 | 姓名 | 与户主关系 | 证件号码 | 出生日期 | 人均纯收入 | 性别 |"]
    for number in range(8):
        row = [
            f"99{number // 3:02}",
            "张王李赵"[number % 4] + "小明"[number % 2],
            "户主" if number % 3 == 0 else "之子",
        ]
        row += [draw.choice([X, "990101198001010018", ""]), draw.choice(["1949-12-31", "1980-02-30"]), "3200", "男"]
        for index, spoil in MESSES.items():
            if draw.random() < 0.5 and row[index]:
                row[index] = spoil(row[index])
        lines.append("| " + " | ".join("'" + one if one else "" for one in row) + " |")
    source = write_sketch(folder / "a.xlsx", "\n".join(lines))
    run(asked(source, output=folder / "out"))
    assert keys(folder / "out" / "a.xlsx") <= keys(source)
    undo(folder / "out" / "changes.jsonl", folder / "back")
    assert cells(folder / "back" / "a.xlsx") == cells(source)
