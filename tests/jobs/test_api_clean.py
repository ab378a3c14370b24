"""`fupin_cli.clean` repairs frames as the command repairs the workbooks that hold them."""

import json
import sys
import tempfile
from datetime import date
from pathlib import Path
from textwrap import dedent

import pandas as pd
import pytest
from arro3.core import Array, DataType, Table
from mypy import api as mypy

import fupin_cli
from fupin_cli.errors import InputError, UsageError
from fupin_cli.jobs.clean import CleanRequest, run
from fupin_cli.jobs.request import Request
from fupin_cli.model.fix import Cleaned, CleanedFile, Fix
from fupin_cli.model.settings import Settings
from fupin_cli.model.sheet import Kind
from fupin_cli.reports.clean_text import to_json
from fupin_cli.reports.words import Look
from tests.arrow_frames import arrow

X = "11010519491231002X"
DAY = {"today": date(2021, 6, 1)}
ROWS = {
    "户编号": ["9901", "9901", "9902"],
    "姓名": ["张　三", "李四", "<王五> "],
    "与户主关系": ["户主", "儿子", "户主"],
    "证件号码": [X.lower(), "990101198001010018", None],
    "出生日期": ["1949.12.31", "1980-01-01", None],
    "人均纯收入": ["3,200元", "4100", "未统计"],
    "务工时间（月）": [3, 4, 5],
}
TABLE = f"""
| 户编号 | 姓名 | 与户主关系 | 证件号码 | 出生日期 | 人均纯收入 | 务工时间（月） |
| '9901 | '张　三 | 户主 | '{X.lower()} | '1949.12.31 | '3,200元 | 3 |
| '9901 | 李四 | 儿子 | '990101198001010018 | '1980-01-01 | '4100 | 4 |
| '9902 | "<王五> " | 户主 | | | 未统计 | 5 |
"""
CELLS = ["row", "cell", "column", "before", "after", "repair", "reason"]


@pytest.fixture
def folders(tmp_path, monkeypatch):
    """Everything temporary goes below a folder of the test's own."""
    place = tmp_path / "temporary"
    place.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    return place


@pytest.fixture(scope="module")
def of_frame():
    return fupin_cli.clean(pd.DataFrame(ROWS, index=["a", "b", "b"]), **DAY)


@pytest.fixture(scope="module")
def of_arrow():
    return fupin_cli.clean(arrow(ROWS), **DAY)


def test_a_frame_is_cleaned_like_the_workbook_that_holds_it(of_frame, of_arrow, sketch, tmp_path):
    book = sketch(TABLE)
    held, there = book.read_bytes(), sorted(tmp_path.iterdir())
    of_file = fupin_cli.clean(str(book), **DAY)
    assert len(of_file.to_pandas()) == 8
    pd.testing.assert_frame_equal(
        of_frame.to_pandas(reveal=True)[CELLS],
        of_file.to_pandas(reveal=True)[CELLS],
    )
    pd.testing.assert_frame_equal(of_arrow.to_pandas()[CELLS], of_frame.to_pandas()[CELLS])
    assert set(of_frame.to_pandas()["file"]) == {"frame-0"}
    assert of_file.frames == ()
    assert (book.read_bytes(), sorted(tmp_path.iterdir())) == (held, there)


def test_a_frame_of_pandas_comes_back_with_its_index_and_the_types_that_hold(of_frame):
    (frame,) = of_frame.frames
    wanted = pd.DataFrame(
        {
            **ROWS,
            "姓名": ["张三", "李四", "<王五>"],
            "与户主关系": ["户主", "之子", "户主"],
            "证件号码": [X, "990101198001010018", None],
            "出生日期": pd.to_datetime(pd.Series(["1949-12-31", "1980-01-01", None])).astype("datetime64[us]"),
            "人均纯收入": pd.Series([3200, 4100, "未统计"], dtype=object),
        }
    ).set_axis(["a", "b", "b"])
    pd.testing.assert_frame_equal(frame, wanted)


def test_a_column_of_categories_becomes_text_where_a_new_value_is_none_of_them():
    rows = {**ROWS, "与户主关系": pd.Categorical(ROWS["与户主关系"])}
    (frame,) = fupin_cli.clean(pd.DataFrame(rows), select="FIX009", **DAY).frames
    assert (frame["与户主关系"].tolist(), frame["与户主关系"].dtype.name) == (["户主", "之子", "户主"], "str")


def test_what_was_given_is_left_as_it_was():
    frame = pd.DataFrame(ROWS)
    given = frame.copy(deep=True)
    assert fupin_cli.clean(frame, **DAY).counts.repaired == 8
    pd.testing.assert_frame_equal(frame, given)


def test_a_frame_of_arrow_columns_comes_back_as_one(of_arrow):
    (table,) = of_arrow.frames
    assert isinstance(table, Table)
    assert table.column("出生日期").to_pylist() == [date(1949, 12, 31), date(1980, 1, 1), None]
    assert table.column("人均纯收入").to_pylist() == ["3200", "4100", "未统计"]
    assert table.column("证件号码").to_pylist() == [X, "990101198001010018", None]
    kinds = {field.name: field.type for field in table.schema}
    assert [kinds[name] for name in ("姓名", "与户主关系")] == [DataType.utf8(), DataType.utf8()]
    assert kinds["务工时间（月）"] == DataType.int64()


def test_numbers_of_an_arrow_column_become_numbers_and_keep_their_type_when_they_had_one():
    rows = {name: Array(values, type=DataType.utf8()) for name, values in ROWS.items() if name != "务工时间（月）"}
    rows["人均纯收入"] = Array(["3,200元", "4100.5", None], type=DataType.utf8())
    rows["出生日期"] = Array([None, -1, None], type=DataType.int32()).cast(DataType.date32())
    (table,) = fupin_cli.clean(
        Table.from_pydict(rows), unsafe=True, select=["FIX006", "FIX007", "FIX101"], **DAY
    ).frames
    assert table.column("人均纯收入").to_pylist() == [3200, 4100.5, None]
    assert table.column("出生日期").type == DataType.date32()
    assert table.column("出生日期").to_pylist()[:2] == [date(1949, 12, 31), date(1969, 12, 31)]


def test_twice_is_once(of_frame):
    again = fupin_cli.clean(of_frame.frames[0], **DAY)
    assert again.counts.repaired == 0
    pd.testing.assert_frame_equal(again.frames[0], of_frame.frames[0])
    assert list(again.to_pandas().columns) == ["file", "sheet", *CELLS]


def test_nobody_is_shown_unless_revealed(of_frame):
    shown = (of_frame.to_pandas().to_csv(), json.dumps(of_frame.to_dict(), ensure_ascii=False), of_frame._repr_html_())
    for secret in (X, X.lower(), "张三", "张　三", "<王五>"):
        assert not any(secret in one for one in shown)
        assert secret not in repr(of_frame)
    assert X in of_frame.to_pandas(reveal=True)["after"].tolist()
    assert of_frame.to_dict(reveal=True)["files"][0]["changes"][0]["after"] == "张三"


def test_counts_and_what_python_prints_are_the_same_sentence(of_frame):
    assert repr(of_frame) == "<fupin clean: 1 个文件，1 个有改动，可修复 8 格；0 格保留原样。>"
    counts = of_frame.counts
    assert (counts.files, counts.changed_files, counts.repaired, counts.left, counts.failed_files) == (1, 1, 8, 0, 0)
    assert counts.by_repair == {
        "FIX001": 2, "FIX005": 1, "FIX006": 1, "FIX007": 1, "FIX008": 2, "FIX009": 1,
    }  # fmt: skip


def test_a_notebook_shows_the_first_cells_masked_and_escaped(of_frame):
    shown = of_frame._repr_html_()
    assert "<p>1 个文件，1 个有改动，可修复 8 格；0 格保留原样。</p>" in shown
    assert "<td>frame-0 › frame › C3</td><td>与户主关系</td><td>儿子</td><td>之子</td><td>FIX009" in shown
    assert shown.count("<tr>") == 9
    assert "<王" not in shown


def test_the_dictionary_is_the_json_of_the_command(sketch):
    book = sketch(TABLE)
    settings = Settings(**DAY)
    command = run(CleanRequest(Request(files=(book,), settings=settings)))
    found = fupin_cli.clean(book, **DAY)
    assert found.to_dict(lang="en") == json.loads(to_json(command, Look("en")))


def test_copies_are_written_where_output_says(sketch, tmp_path):
    found = fupin_cli.clean(sketch(TABLE), output=tmp_path / "out", select="FIX009", **DAY)
    assert found.counts.by_repair == {"FIX009": 1}
    assert sorted(one.name for one in (tmp_path / "out").iterdir()) == [
        "changes.jsonl", "changes.xlsx", "registry.xlsx",
    ]  # fmt: skip


def test_a_frame_and_a_workbook_are_one_registry(sketch, folders):
    book = sketch(TABLE.replace("9901", "9911").replace("9902", "9912"))
    heads = pd.DataFrame({"户编号": ["9911", "9912"], "村": ["甲村 ", "甲村"], "家庭人口数": ["2人", "1"]})
    found = fupin_cli.clean(heads, book, heads, **DAY)
    changed = found.to_pandas(reveal=True)
    assert changed[changed["file"] == "frame-1"]["cell"].tolist() == ["B2", "C2", "C3"]
    assert found.frames[0]["家庭人口数"].tolist() == found.frames[1]["家庭人口数"].tolist() == [2, 1]
    assert str(book) in set(changed["file"])
    assert list(folders.iterdir()) == []


def test_frames_take_no_output(tmp_path):
    with pytest.raises(UsageError, match=r"^output takes the copies of files, and there are frames: theirs are in"):
        fupin_cli.clean(pd.DataFrame(ROWS), output=tmp_path / "out")


def test_a_frame_that_is_no_registry_is_refused_by_its_name_and_leaves_nothing(folders):
    with pytest.raises(InputError) as told:
        fupin_cli.clean(pd.DataFrame({"甲": [1], "乙": [2]}))
    assert str(told.value).startswith("frame-0: no registry table found (sheets: frame).")
    assert told.value.zh.startswith("frame-0：没有找到登记表")
    assert list(folders.iterdir()) == []


def test_a_cell_longer_than_a_workbook_takes_is_refused_rather_than_lost():
    with pytest.raises(InputError, match=r"^frame-0: more than an \.xlsx takes \(1048576 rows, 16384 columns, 32767"):
        fupin_cli.clean(pd.DataFrame({**ROWS, "备注": ["x" * 32_768, "", ""]}))


def test_a_fix_of_a_columns_name_is_left_and_never_written_to_the_last_row(monkeypatch):
    def one_in_the_first_row(asked: CleanRequest) -> Cleaned:
        (file,) = asked.request.files
        cell = Fix("FIX001", file, "frame", 1, 0, "A1", "姓名", "姓 名", Kind.TEXT, "姓名", Kind.TEXT, "", "")
        return Cleaned((CleanedFile(file, None, (cell,)),), ())

    monkeypatch.setattr("fupin_cli.jobs.clean_frames.run", one_in_the_first_row)
    found = fupin_cli.clean(pd.DataFrame({"姓 名": ["张三"], "户编号": ["9901"]}))
    assert found.frames[0].to_dict("list") == {"姓 名": ["张三"], "户编号": ["9901"]}
    assert found.cleaned.files[0].left == (
        ("frame!A1", "这是表的列名，没有改动", "it is the name of a column, and was left"),
    )


def test_a_program_that_cleans_is_fully_typed(tmp_path):
    program = tmp_path / "program.py"
    program.write_text(
        dedent(
            """
            from pathlib import Path
            import pandas as pd
            import fupin_cli

            found = fupin_cli.clean(pd.DataFrame({"姓名": ["张三"]}), Path("b.xlsx"), "c.xlsx", select=["FIX001"])
            reveal_type(found.counts.repaired)
            reveal_type(found.to_pandas())
            reveal_type(found.frames)
            fupin_cli.clean("a.xlsx", unsafe="yes")
            """
        ),
        encoding="utf-8",
    )
    asked = ["--strict", f"--python-executable={sys.executable}", f"--cache-dir={tmp_path}", "--no-pretty"]
    told, _, _ = mypy.run([*asked, str(program)])
    assert [line.removeprefix(str(program)) for line in told.splitlines()[:-1]] == [
        ':7: note: Revealed type is "int"',
        ':8: note: Revealed type is "pandas.core.frame.DataFrame"',
        ':9: note: Revealed type is "tuple[pandas.core.frame.DataFrame | arro3.core._table.Table, ...]"',
        ':10: error: Argument "unsafe" to "clean" has incompatible type "str"; expected "bool"  [arg-type]',
    ]


def test_paths_are_paths():
    with pytest.raises(UsageError, match=r"^int: neither a path nor a frame\."):
        fupin_cli.clean(Path("a.xlsx"), 3)
