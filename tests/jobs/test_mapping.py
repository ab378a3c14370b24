"""A mapping file is written, edited and obeyed; unedited it changes nothing, and whatever is wrong with it is said at once."""

from datetime import date
from pathlib import Path

import pytest

from fupin_cli.errors import InputError, MappingError, UsageError
from fupin_cli.jobs.audit import run
from fupin_cli.jobs.inspect import inspect
from fupin_cli.jobs.request import Request
from fupin_cli.model.settings import Settings, Wishes
from fupin_cli.reports.inspect_mapping import mapping_text

SAMPLES = Path(__file__).parents[2] / "sample_data" / "small"
BOOK = """
    # 花名册
    | 2020年度花名册 | < | < | < | < | < |
    | 户编号 | 户主姓名 | 户主身份证号 | 家庭年人均纯收入（元） | 住所备注栏 | 备注 |
    | '9901010000010001 | 张小三 | 11010519491231002X | 3200 | 4100 | 无 |
    | '9901010000010002 | 李小四 | 11010519491231002X | 3300 | 4200 | 无 |
    """


def saved(path: Path, wishes: Wishes | None = None, mapping: Path | None = None) -> Path:
    """Write what is understood of a workbook beside it."""
    file = path.with_suffix(".yaml")
    file.write_text(mapping_text(inspect([path], wishes or Wishes(), mapping=mapping)), encoding="utf-8")
    return file


def audited(path: Path, mapping: Path | None = None, wishes: Wishes | None = None):
    settings = Settings(today=date(2020, 12, 31))
    return run(Request((path,), settings, wishes or Wishes(), mapping=mapping))


def columns(path: Path, mapping: Path, wishes: Wishes | None = None) -> dict[str, tuple[str, str]]:
    (seen,) = inspect([path], wishes or Wishes(), mapping=mapping)
    return {each.letter: (each.column, each.how) for each in seen.sheets[0].tables[0].layout.columns}


def edited(path: Path, old: str, new: str) -> Path:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    return path


def test_a_saved_file_names_table_headings_and_columns(sketch):
    file = saved(sketch(BOOK))
    entry = file.read_text("utf-8").partition("表格:\n")[2]
    assert (
        entry
        == """
  - 文件: registry.xlsx
    工作表: 花名册
    表: 户
    表头行: 2
    列:
      户编号: 户编号
      户主姓名: 户主姓名
      户主身份证号: 户主证件号码
      家庭年人均纯收入（元）: 人均纯收入
      住所备注栏:  # E 未识别
      备注: 备注
"""
    )


@pytest.mark.parametrize("name", ["一页两表", "合并单元格", "小计和重复表头", "隐藏的表", "一村一表_20201231"])
def test_an_unedited_file_changes_nothing(name, tmp_path):
    book = tmp_path / f"{name}.xlsx"
    book.write_bytes((SAMPLES / book.name).read_bytes())
    plain, mapped = audited(book), audited(book, saved(book))
    assert mapped.findings == plain.findings
    assert (mapped.layouts, mapped.notes) == (plain.layouts, plain.notes)


def test_a_heading_given_a_column_is_read_so(sketch):
    book = sketch(BOOK)
    file = edited(saved(book), "住所备注栏:  # E 未识别", "住所备注栏: 年收入")
    assert columns(book, file)["E"] == ("年收入", "given")
    assert columns(book, file)["D"] == ("人均纯收入", "normalised")


def test_a_column_given_to_another_heading_leaves_the_first(sketch):
    book = sketch(BOOK)
    file = edited(saved(book), "家庭年人均纯收入（元）: 人均纯收入", "家庭年人均纯收入（元）:")
    edited(file, "住所备注栏:  # E 未识别", "住所备注栏: 人均纯收入")
    found = columns(book, file)
    assert found["E"] == ("人均纯收入", "given")
    assert "D" not in found


def test_a_heading_set_to_unread_is_left_out_without_a_finding(sketch):
    book = sketch(BOOK)
    unknown = [each for each in audited(book).findings if "住所备注栏" in each.message]
    file = edited(saved(book), "住所备注栏:  # E 未识别", "住所备注栏: 不读")
    edited(file, "备注: 备注", "备注: 不读")
    assert unknown
    assert [each for each in audited(book, file).findings if "住所备注栏" in each.message] == []
    (seen,) = inspect([book], Wishes(), mapping=file)
    layout = seen.sheets[0].tables[0].layout
    assert layout.unread == {"E": "住所备注栏", "F": "备注"}
    assert "E" not in layout.unmapped
    assert seen.sheets[0].account.unread == 4


def test_the_command_line_goes_before_the_file(sketch):
    book = sketch(BOOK)
    file = edited(saved(book), "住所备注栏:  # E 未识别", "住所备注栏: 年收入")
    assert columns(book, file, Wishes(mapping={"住所备注栏": "纯收入"}))["E"] == ("纯收入", "given")


def test_a_kind_given_goes_before_what_the_headings_say(sketch):
    book = sketch("""
        | 户编号 | 姓名 | 证件号码 |
        | '9901010000010001 | 张小三 | 11010519491231002X |
        | '9901010000010002 | 李小四 | 11010519491231002X |
        """)
    file = saved(book)
    assert "表: 户" in file.read_text("utf-8")
    edited(file, "表: 户", "表: 人")
    (seen,) = inspect([book], Wishes(), mapping=file)
    assert seen.sheets[0].tables[0].layout.kind == "人"


def test_heading_rows_given_go_before_what_was_found(sketch):
    book = sketch("""
        | 说明 | 姓名 | 证件号码 |
        | 户编号 | 户主姓名 | 户主身份证号 |
        | '9901010000010001 | 张小三 | 11010519491231002X |
        """)
    book.with_suffix(".yaml").write_text(
        """表格:
  - 文件: registry.xlsx
    工作表: Sheet1
    表: 户
    表头行: 2
""",
        encoding="utf-8",
    )
    (seen,) = inspect([book], Wishes(), mapping=book.with_suffix(".yaml"))
    (table,) = seen.sheets[0].tables
    assert (table.layout.heading_rows, table.layout.first_row) == ((2,), 3)


def test_a_sheet_that_is_no_registry_by_itself_is_read_where_the_file_says(sketch):
    book = sketch("""
        | 代号 | 某某 | 某数 |
        | '9901010000010001 | 张小三 | 3200 |
        """)
    file = book.with_suffix(".yaml")
    file.write_text(
        """表格:
  - 文件: registry.xlsx
    工作表: Sheet1
    表: 户
    表头行: 1
    列:
      代号: 户编号
      某某: 户主姓名
      某数: 人均纯收入
""",
        encoding="utf-8",
    )
    assert columns(book, file) == {
        "A": ("户编号", "given"),
        "B": ("户主姓名", "given"),
        "C": ("人均纯收入", "given"),
    }


def test_a_table_set_to_unread_is_not_read(sketch):
    book = sketch(BOOK)
    file = edited(saved(book), "表: 户", "表: 不读")
    (seen,) = inspect([book], Wishes(), mapping=file)
    assert seen.sheets[0].tables == ()


def test_next_years_file_is_known_by_its_sheet(sketch):
    file = edited(saved(sketch(BOOK)), "住所备注栏:  # E 未识别", "住所备注栏: 年收入")
    assert columns(sketch(BOOK, "2021.xlsx"), file)["E"] == ("年收入", "given")


def test_a_sheet_of_another_name_is_known_by_its_headings(sketch):
    file = edited(saved(sketch(BOOK)), "住所备注栏:  # E 未识别", "住所备注栏: 年收入")
    assert columns(sketch(BOOK.replace("# 花名册", "# 2021"), "2021.xlsx"), file)["E"] == ("年收入", "given")


def test_headings_may_have_line_breaks_blanks_and_wide_signs(sketch):
    book = sketch(BOOK.replace("住所备注栏", "住 所\\n（备注）栏"))
    file = book.with_suffix(".yaml")
    file.write_text(
        """表格:
  - 文件: registry.xlsx
    工作表: 花名册
    列:
      "住所(备注)栏": 年收入
""",
        encoding="utf-8",
    )
    assert columns(book, file)["E"] == ("年收入", "given")


def test_the_second_of_two_equal_headings_can_be_named(sketch):
    book = sketch(BOOK.replace("住所备注栏", "备注"))
    file = saved(book)
    assert "备注（第2个）" in file.read_text("utf-8")
    text = file.read_text("utf-8").splitlines()
    text = [line.split(":")[0] + ": 年收入" if "第2个" in line else line for line in text]
    file.write_text("\n".join(text), encoding="utf-8")
    assert columns(book, file)["F"] == ("年收入", "given")


def test_an_entry_that_nothing_answers_to_is_said(sketch):
    book = sketch(BOOK)
    file = saved(book)
    other = sketch(
        """
        | 户编号 | 户主姓名 | 星座 |
        | '9901010000010001 | 张小三 | 双鱼 |
        """,
        "other.xlsx",
    )
    note = "registry.yaml 第 12 行：没有表和它对得上（registry.xlsx › 花名册），这一条没有用到。"
    assert note in [zh for zh, _ in audited(other, file).notes]
    (seen,) = inspect([other], Wishes(), mapping=file)
    assert [zh for zh, _ in seen.notes] == [note]


def test_every_fault_of_a_file_is_told_at_once_with_line_and_nearest_name(sketch, tmp_path):
    file = tmp_path / "m.yaml"
    file.write_text(
        """表格:
  - 文件: registry.xlsx
    工作表: 花名册
    表: 个人
    表头行: 二
    列:
      户编号: 户号码
      户主姓名: 备注
      备注: 备注
  - 工作簿: a.xlsx
""",
        encoding="utf-8",
    )
    with pytest.raises(MappingError) as caught:
        audited(sketch(BOOK), file)
    assert [(each.line, each.zh) for each in caught.value.faults] == [
        (4, "没有叫“个人”的表的类型，最接近的是“人”"),
        (5, "“二”不是表头行：写成 2，或 2-3（最多 8 行）"),
        (7, "没有叫“户号码”的列名，最接近的是“户编号”"),
        (9, "“备注”给了两个表头：“户主姓名”和“备注”；把一个改成别的列，或写 不读"),
        (10, "没有叫“工作簿”的键，最接近的是“工作表”"),
    ]
    assert caught.value.zh.startswith("对应文件有 5 处错误：")
    assert caught.value.exit_code == 3


def test_headings_that_are_not_there_are_faults_of_the_very_sheet_and_notes_elsewhere(sketch):
    book = sketch(BOOK)
    file = edited(saved(book), "户主姓名: 户主姓名", "户主名字: 户主姓名")
    with pytest.raises(MappingError) as caught:
        audited(book, file)
    assert [(each.line, each.zh) for each in caught.value.faults] == [
        (18, "表里没有“户主名字”这个表头，最接近的是“户主姓名”")
    ]
    notes = [zh for zh, _ in audited(sketch(BOOK, "2021.xlsx"), file).notes]
    assert "2021.xlsx › 花名册：对应文件里的这些表头，这张表没有：户主名字。" in notes


def test_a_file_that_is_not_there_or_is_no_list_of_tables_is_refused(sketch, tmp_path):
    with pytest.raises(InputError) as absent:
        audited(sketch(BOOK), tmp_path / "no.yaml")
    assert absent.value.zh.endswith("no.yaml：没有这个对应文件；可用 fupin inspect 工作簿 --save no.yaml 写一个。")
    (tmp_path / "m.yaml").write_text("表格: 花名册\n", encoding="utf-8")
    with pytest.raises(MappingError) as caught:
        audited(sketch(BOOK), tmp_path / "m.yaml")
    assert [each.zh for each in caught.value.faults] == ["“表格:”下面应是一张张表，每张以“- ”开头"]


def test_a_sheet_that_no_file_has_is_wrong_usage_in_an_audit_too(sketch):
    with pytest.raises(UsageError) as caught:
        audited(sketch(BOOK), wishes=Wishes(sheets=("名册",)))
    assert caught.value.zh == "--sheet 名册：没有这个工作表；有：花名册。"


def test_sheets_and_rows_that_were_not_read_are_said_in_one_line_each(sketch):
    book = sketch(
        BOOK
        + """
    | | | | | | | 散落 |
    # 说明
    | 本表由村填写 |
    # 字典
    | 是 |
    | 否 |
    """
    )
    notes = [zh for zh, _ in audited(book).notes]
    assert "2 张工作表不是登记表，没有读：说明、字典" in notes
