"""Sheets of a round: handed out, filled in with human mess, taken back."""

import csv
from datetime import date
from pathlib import Path

import openpyxl
import pytest
import xlwt
from msgspec.structs import replace

from fupin_cli.errors import OutputError
from fupin_cli.jobs.request import Request
from fupin_cli.jobs.round_apply import Applying
from fupin_cli.jobs.round_apply import run as run_apply
from fupin_cli.jobs.round_collect import Collecting
from fupin_cli.jobs.round_collect import run as collect
from fupin_cli.jobs.round_issue import Issuing
from fupin_cli.jobs.round_issue import run as issue
from fupin_cli.jobs.round_new import Opening
from fupin_cli.jobs.round_new import run as new
from fupin_cli.jobs.undo import undo
from fupin_cli.model.settings import Settings
from fupin_cli.rounds import answers, doubts, events, open_ledger

TODAY = date(2020, 12, 31)
AT = "2020-12-31T09:00:00+08:00"
HEAD = 4  # row of the headings


@pytest.fixture
def campaign(tmp_path, sketch):
    """A round over two villages with four doubts: two numbers with a wrong check character, two unknown relations."""
    sketch(
        """
        # 花名册
        | 县 | 乡 | 村 | 户编号 | 人编号 | 姓名 | 证件号码 | 与户主关系 |
        | 示例县 | 示例乡 | 东村 | '990101000001 | '9901010000011 | 张三明 | '990101198003070012 | 户主 |
        | 示例县 | 示例乡 | 东村 | '990101000001 | '9901010000012 | 张小花 | '990101201003070022 | 之女 |
        | 示例县 | 示例乡 | 西村 | '990101000002 | '9901010000021 | 李四 | '990101197003070033 | 户主 |
        """,
        "registry.xlsx",
    )
    settings = Settings(today=TODAY, as_of=TODAY, select=("IDN002",))
    new(
        Request(files=(tmp_path / "registry.xlsx",), settings=settings),
        Opening(tmp_path / "D", AT, "县", "0", date(2021, 1, 31)),
    )
    return tmp_path


def handed_out(campaign, **wishes):
    return issue(Issuing(campaign / "D", campaign / "O", AT, "县", TODAY, **wishes))


def taken(campaign, *files, **wishes):
    return collect(Collecting(campaign / "D", files, AT, "县", **wishes))


def filled(path: Path, answers_: dict[int, dict[str, object]], target: Path | None = None) -> Path:
    """Fill in lines, counted from 1, of a sheet."""
    workbook = openpyxl.load_workbook(path)
    sheet = workbook["疑点数据"]
    columns = {cell.value: cell.column for cell in sheet[HEAD]}
    for line, cells in answers_.items():
        for name, value in cells.items():
            sheet.cell(HEAD + line, columns[name]).value = value
    workbook.save(target or path)
    return target or path


def grid(path: Path) -> list[list[object]]:
    sheet = openpyxl.load_workbook(path)["疑点数据"]
    return [[cell.value for cell in row] for row in sheet.iter_rows(min_row=HEAD)]


def written(path: Path, rows: list[list[object]], sheet: str = "Sheet1") -> Path:
    workbook = openpyxl.Workbook()
    workbook.active.title = sheet
    for row in rows:
        workbook.active.append(row)
    workbook.save(path)
    return path


def apply(campaign):
    return run_apply(Applying(campaign / "D", campaign / "C", AT, "县", TODAY))


def held(path: Path, cell: str, sheet: str = "花名册") -> object:
    return openpyxl.load_workbook(path)[sheet][cell].value


EAST = "示例乡_东村_第1轮疑点.xlsx"
WEST = "示例乡_西村_第1轮疑点.xlsx"


def test_one_workbook_a_village_has_its_doubts_and_their_people(campaign):
    found = handed_out(campaign)
    assert [(each.file, each.lines) for each in found.files] == [(EAST, 2), (WEST, 1)]
    rows = grid(campaign / "O" / WEST)
    line = dict(zip(rows[0], rows[1], strict=True))
    assert (line["县"], line["村"], line["户编号"], line["户主姓名"], line["姓名"], line["证件号码"], line["完成时限"]) == (
        "示例县", "西村", "990101000002", "李四", "李四", "990101197003070033", "2021-01-31",
    )  # fmt: skip
    assert line["系统值"].startswith("证件号码：990101197003070033\n")
    assert line["系统值"].endswith("（花名册!G4）")


def test_a_masked_sheet_shows_no_name_and_no_number(campaign):
    handed_out(campaign, masked=True)
    for path in (campaign / "O").iterdir():
        workbook = openpyxl.load_workbook(path)
        text = "\n".join(str(cell.value) for sheet in workbook for row in sheet.iter_rows() for cell in row)
        assert not [secret for secret in ("张三明", "张小花", "李四", "19800307", "20100307") if secret in text]


def test_a_rerun_writes_the_same_bytes_and_the_ledger_knows_it(campaign):
    handed_out(campaign)
    before = {path.name: path.read_bytes() for path in (campaign / "O").iterdir()}
    assert handed_out(campaign).again
    assert {path.name: path.read_bytes() for path in (campaign / "O").iterdir()} == before
    with open_ledger(campaign / "D") as ledger:
        assert {each.status for each in doubts(ledger)} == {"issued"}


def test_a_sheet_that_was_filled_in_is_not_written_over(campaign):
    handed_out(campaign)
    filled(campaign / "O" / WEST, {1: {"核实情况": "已核实"}})
    kept = (campaign / "O" / WEST).read_bytes()
    with pytest.raises(OutputError) as refused:
        handed_out(campaign)
    assert refused.value.zh == (
        f"{campaign / 'O' / WEST}：这里已有同名文件，而且下发后被改过（可能已填写），没有覆盖；"
        "请先收回（fupin round collect）并移走，或换一个文件夹。"
    )
    assert (campaign / "O" / WEST).read_bytes() == kept


def test_rows_sorted_and_columns_moved_and_renamed_are_taken_all_the_same(campaign):
    handed_out(campaign)
    path = filled(
        campaign / "O" / EAST,
        {1: {"是否属实": "属实", "更正值": "990101198003070018", "核实日期": "2020年12月1日"}, 2: {"是否属实": "√"}},
    )
    head, *rows = grid(path)
    head = [{"是否属实": "疑点是否属实", "核实日期": "核查时间"}.get(name, name) for name in head]
    order = sorted(range(len(head)), reverse=True)
    moved = [[row[i] for i in order] for row in (head, *reversed(rows))]
    back = written(campaign / "back.xlsx", [["某村反馈"], [], *moved])
    found = taken(campaign, back)
    assert [(each.taken, each.zh) for each in found.lines] == [(True, ""), (True, "")]
    with open_ledger(campaign / "D") as ledger:
        said = {each.cells.get("核实日期"): each.cells["是否属实"] for each in answers(ledger)}
        assert said == {"2020-12-01": "是", None: "是"}
        assert {each.after for each in events(ledger)} == {"open", "issued", "answered"}


def test_deleted_rows_are_told_by_number_and_sheets_that_never_came_by_name(campaign):
    handed_out(campaign)
    head, first, second = grid(filled(campaign / "O" / EAST, {1: {"是否属实": "是"}}))
    found = taken(campaign, written(campaign / "back.xlsx", [head, first]))
    assert [(each.taken, each.missing) for each in found.files] == [(1, (second[2],))]
    assert found.outstanding == ((WEST, 1),)


def test_a_file_returned_twice_says_nothing_new(campaign):
    handed_out(campaign)
    path = filled(campaign / "O" / WEST, {1: {"是否属实": "是"}})
    assert taken(campaign, path).files[0].taken == 1
    again = taken(campaign, filled(path, {1: {"备注": None}}, campaign / "copy.xlsx"))
    assert (again.files[0].taken, again.files[0].again) == (0, 1)
    assert again.lines[0].zh == "以前已经收过，没有变化"


def test_two_different_answers_to_one_doubt_are_both_refused(campaign):
    handed_out(campaign)
    head, line = grid(filled(campaign / "O" / WEST, {1: {"是否属实": "是"}}))
    other = list(line)
    other[head.index("是否属实")] = "不属实"
    found = taken(campaign, written(campaign / "back.xlsx", [head, line, other]))
    why = "同一疑点有几种不同的反馈（back.xlsx 第2行、back.xlsx 第3行），都没有收下；请只留一行"
    assert [(each.taken, each.zh) for each in found.lines] == [(False, why), (False, why)]
    with open_ledger(campaign / "D") as ledger:
        assert not answers(ledger)


def test_numbers_sorted_apart_from_their_questions_are_refused(campaign):
    handed_out(campaign)
    head, first, second = grid(filled(campaign / "O" / EAST, {1: {"是否属实": "是"}, 2: {"是否属实": "否"}}))
    for name in ("疑点编号", "核对码"):
        i = head.index(name)
        first[i], second[i] = second[i], first[i]
    found = taken(campaign, written(campaign / "back.xlsx", [head, first, second]))
    assert [each.taken for each in found.lines] == [False, False]
    assert found.lines[0].zh == (
        f"疑点编号和问题对不上（问题是 {second[head.index('疑点编号')]} 的，可能只排序了一部分列），没有收下；请整行恢复"
    )


def test_a_changed_question_is_told_and_unreadable_words_are_not_taken(campaign):
    handed_out(campaign)
    path = filled(campaign / "O" / EAST, {1: {"疑点": "改过", "是否属实": "是"}, 2: {"是否属实": "待查"}})
    found = taken(campaign, path)
    assert [(each.taken, each.zh) for each in found.lines] == [
        (True, "问题一栏被改动过，按下发时的问题收下"),
        (False, "“是否属实”写的是“待查”，看不出是“是”还是“否”，没有收下"),
    ]


def test_a_sheet_of_another_campaign_is_refused(campaign, tmp_path):
    handed_out(campaign)
    path = filled(campaign / "O" / WEST, {1: {"是否属实": "是"}})
    head, line = grid(path)
    i = head.index("核对码")
    line[i] = f"R1-00000000-{line[i][-8:]}"
    found = taken(campaign, written(campaign / "back.xlsx", [head, line]))
    assert found.lines[0].zh == "这是另一次清洗的疑点表，没有收下；请交给发表的单位"


def test_text_that_looks_like_a_formula_stays_text(campaign):
    from fupin_cli.model.doubt_sheet import DoubtSheet, SheetLine
    from fupin_cli.reports.doubt_sheet import write_doubt_sheet

    line = SheetLine("IDN002-0000000000", "error", {"疑点编号": "IDN002-0000000000", "姓名": "=cmd|' /C calc'!A0"})
    sheet = DoubtSheet("a.xlsx", "示例村", "ab" * 16, 1, AT, None, False, True, (line,))
    write_doubt_sheet(campaign / "a.xlsx", sheet)
    first = (campaign / "a.xlsx").read_bytes()
    write_doubt_sheet(campaign / "a.xlsx", replace(sheet))
    assert (campaign / "a.xlsx").read_bytes() == first
    head = grid(campaign / "a.xlsx")[0]
    cell = openpyxl.load_workbook(campaign / "a.xlsx")["疑点数据"].cell(5, head.index("姓名") + 1)
    assert (cell.value, cell.data_type, cell.protection.locked) == ("=cmd|' /C calc'!A0", "s", True)


def test_a_confirmed_correction_is_found_where_its_row_stands_now_and_can_be_undone(campaign):
    handed_out(campaign)
    taken(campaign, filled(campaign / "O" / WEST, {1: {"是否属实": "是", "更正值": "990101197003070032"}}))
    workbook = openpyxl.load_workbook(campaign / "registry.xlsx")
    workbook["花名册"].move_range("A4:H4", rows=2)  # the row moved since
    workbook.save(campaign / "registry.xlsx")
    found = apply(campaign)
    assert [each.zh for each in found.refused] == []
    assert held(campaign / "C" / "registry.xlsx", "G6") == "990101197003070032"
    assert held(campaign / "registry.xlsx", "G6") == "990101197003070033"
    undo(campaign / "C" / "changes.jsonl", campaign / "B")
    assert held(campaign / "B" / "registry.xlsx", "G6") == "990101197003070033"
    with open_ledger(campaign / "D") as ledger:
        assert {each.status for each in doubts(ledger, ids=found.applied)} == {"confirmed"}


@pytest.mark.parametrize("given", ["1.5", "1.5%", "１.5％"])
def test_a_percent_is_corrected_as_a_percent_and_comes_back(campaign, sketch, given):
    sketch(
        """
        # 村情
        | 县 | 乡 | 村 | 是否出列 | 出列年度 | 贫困发生率 |
        | 示例县 | 示例乡 | 东村 | 是 | 2018 | %0.05 |
        """,
        "village.xlsx",
    )
    settings = Settings(today=TODAY, as_of=date(2019, 12, 31), region="37", select=("VIL006",))
    new(Request(files=(campaign / "village.xlsx",), settings=settings), Opening(campaign / "E", AT, "县", "0"))
    issue(Issuing(campaign / "E", campaign / "P", AT, "县", TODAY))
    (handed,) = (campaign / "P").glob("*.xlsx")
    back = filled(handed, {1: {"是否属实": "是", "更正值": f"贫困发生率={given}"}})
    collect(Collecting(campaign / "E", (back,), AT, "县"))
    found = run_apply(Applying(campaign / "E", campaign / "C", AT, "县", TODAY))
    assert [each.zh for each in found.refused] == []
    assert held(campaign / "C" / "village.xlsx", "F2", "村情") == 0.015
    undo(campaign / "C" / "changes.jsonl", campaign / "B")
    assert held(campaign / "B" / "village.xlsx", "F2", "村情") == 0.05


def test_a_cell_that_changed_meanwhile_is_left(campaign):
    handed_out(campaign)
    taken(campaign, filled(campaign / "O" / WEST, {1: {"是否属实": "是", "更正值": "990101197003070032"}}))
    workbook = openpyxl.load_workbook(campaign / "registry.xlsx")
    workbook["花名册"]["G4"].value = "990101197003070044"
    workbook.save(campaign / "registry.xlsx")
    found = apply(campaign)
    assert (found.applied, [each.zh for each in found.refused]) == (
        (), ["“证件号码”在下发以后被改过，没有写；请对照现在的值再核实"],
    )  # fmt: skip
    assert held(campaign / "C" / "registry.xlsx", "G4") == "990101197003070044"


def test_a_correction_that_makes_another_error_is_left(campaign, sketch):
    sketch(
        """
        # 花名册
        | 县 | 乡 | 村 | 户编号 | 人编号 | 姓名 | 证件号码 | 与户主关系 | 文化程度 | 年龄 |
        | 示例县 | 示例乡 | 东村 | '990101000001 | '9901010000011 | 张三明 | '990101198003070010 | 户主 | 小学 | 约四十 |
        | 示例县 | 示例乡 | 东村 | '990101000001 | '9901010000012 | 张小花 | '99010119800307001X | 配偶 | 高中 | 30 |
        """,
        "two.xlsx",
    )
    settings = Settings(today=TODAY, as_of=TODAY, select=("IDN002", "IDN004"))
    new(Request(files=(campaign / "two.xlsx",), settings=settings), Opening(campaign / "E", AT, "县", "0"))
    with open_ledger(campaign / "E") as ledger:
        kept = {each.rule: each.id for each in doubts(ledger)}
    assert set(kept) == {"IDN002"}
    issue(Issuing(campaign / "E", campaign / "P", AT, "县", TODAY))
    path = filled(campaign / "P" / EAST, {1: {"是否属实": "是", "更正值": "990101198003070010"}})
    collect(Collecting(campaign / "E", (path,), AT, "县"))
    found = run_apply(Applying(campaign / "E", campaign / "C", AT, "县", TODAY))
    assert [(each.doubt, each.zh) for each in found.refused] == [
        (kept["IDN002"], "更正后这一行会出现原来没有的错误（IDN004），没有写；请再核实")
    ]
    assert held(campaign / "C" / "two.xlsx", "G3") == "99010119800307001X"


def test_a_sheet_saved_as_csv_or_xls_is_taken_as_it_was_handed_out(campaign):
    handed_out(campaign)
    head, first, second = grid(filled(campaign / "O" / EAST, {1: {"是否属实": "是"}, 2: {"是否属实": "×"}}))
    with (campaign / "back.csv").open("w", encoding="gb18030", newline="") as file:
        csv.writer(file).writerows([head, first])
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("疑点数据")
    for y, row in enumerate((head, second)):
        for x, value in enumerate(row):
            sheet.write(y, x, value if value is not None else "")
    book.save(str(campaign / "back.xls"))
    found = taken(campaign, campaign / "back.csv", campaign / "back.xls")
    assert [(Path(each.file).name, each.taken, each.zh) for each in found.lines] == [
        ("back.csv", True, ""),
        ("back.xls", True, "不属实，但没有写佐证材料，县里不能据此销号"),
    ]
    assert [each.missing for each in found.files] == [(), ()]


def test_answers_to_a_line_of_an_earlier_round_are_taken_only_when_asked_for(campaign):
    handed_out(campaign)
    path = filled(campaign / "O" / WEST, {1: {"是否属实": "是"}})
    settings = Settings(today=TODAY, as_of=TODAY, select=("IDN002",))
    new(Request(files=(campaign / "registry.xlsx",), settings=settings), Opening(campaign / "D", f"{AT[:-7]}1+08:00", "县", "0", number=2))  # fmt: skip
    issue(Issuing(campaign / "D", campaign / "O2", AT, "县", TODAY))
    assert taken(campaign, path).lines[0].zh == (
        "这是第1轮的疑点表，现在收的是第2轮，没有收下；要收第1轮的写 --round 1"
    )
    assert taken(campaign, path, number=1).files[0].taken == 1
