"""The report on a terminal, whole pages at a time."""

from pathlib import Path, PureWindowsPath

import pytest
from msgspec.structs import replace

from fupin_cli.model.audit import Counts
from fupin_cli.model.masking import OPEN
from fupin_cli.model.place import Place
from fupin_cli.model.rule import NotRun
from fupin_cli.reports import Look, render
from fupin_cli.reports.wrapping import width
from tests.reports.drawn import INCOME, SCHOOL, audit


@pytest.mark.parametrize("columns", [80, 120])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_few_findings_stand_under_their_households(snapshot, lang, columns):
    assert render(audit(), "terminal", Look(lang=lang, width=columns)) == snapshot


def test_many_findings_stand_under_their_rules_which_say_basis_and_remedy_once(snapshot):
    many = tuple(replace(SCHOOL, id=f"EDU001-{n}") for n in range(12))
    many += tuple(replace(INCOME, id=f"INC006-{n}") for n in range(12))
    assert render(audit(findings=many), "terminal", Look()) == snapshot


def test_beyond_two_hundred_findings_only_the_first_of_each_rule_are_shown():
    many = tuple(replace(SCHOOL, id=f"EDU001-{n}") for n in range(150))
    many += tuple(replace(INCOME, id=f"INC006-{n}") for n in range(80))
    page = render(audit(findings=many), "terminal", Look())
    assert "问题较多，每条规则只列前 100 处；全部用 -o report.xlsx 导出。" in page
    assert "    … 还有 50 处未列出；全部用 -o report.xlsx 导出。" in page
    assert page.count("张*三，10岁") == 100
    assert page.count("人均纯收入 3200 元") == 80


def test_no_findings_are_told_in_so_many_words(snapshot):
    clean = audit(findings=(), notes=(), layouts=(), not_run=(), counts={"EDU001": Counts(passed=3)})
    assert render(clean, "terminal", Look()) == snapshot


def test_files_that_could_not_be_read_come_first():
    failed = audit(
        failed_files=(("坏.xlsx", "坏.xlsx：不是工作簿。", "坏.xlsx: no workbook."), ("b.xls", "截断。", "cut."))
    )
    page = render(failed, "terminal", Look())
    assert page.startswith("未能读取的文件\n  × 坏.xlsx：不是工作簿。\n  × b.xls：截断。\n")


def test_many_lacking_columns_are_one_list():
    lacking = tuple(NotRun(f"WAT{n:03}", "column", (f"列{n}",)) for n in range(1, 15))
    page = render(audit(not_run=lacking), "terminal", Look())
    assert "    缺少：列1, 列2, 列3, 列4, 列5," in page
    assert "    规则：WAT001, WAT002, WAT003," in page


def test_a_doubt_the_audit_repeats_among_its_notes_is_said_once():
    doubt = audit().layouts[0].doubts[0]
    page = render(audit(notes=(doubt,)), "terminal", Look())
    assert page.count("表头“证件号”按“证件号码”读取") == 1
    assert "先请注意" not in page


def test_reveal_shows_names_and_says_that_the_report_must_be_kept_safe():
    page = render(audit(), "terminal", Look(masking=OPEN))
    assert "证件号码 11010519491231002X 也登记在户 990101000456 的李四名下" in page
    assert "本报告含未遮盖的个人信息，请妥善保管。" in page


def test_two_files_of_one_name_are_told_apart_by_their_paths():
    other = replace(SCHOOL, id="x", places=(Place(Path("小河乡/大田乡.xlsx"), "花名册", 3, ("O3",)),))
    page = render(audit(findings=(SCHOOL, other)), "terminal", Look())
    assert "- 小河乡/大田乡.xlsx › 花名册 › O3 · 张*三" in page


def test_no_control_character_of_a_cell_reaches_the_terminal():
    sly = replace(SCHOOL, message="备注为“\x1b[31m红\x07”")
    page = render(audit(findings=(sly,)), "terminal", Look())
    assert "备注为“ [31m红 ”" in page
    assert "\x1b" not in page


def test_no_line_is_wider_than_the_terminal():
    page = render(audit(), "terminal", Look(width=60))
    assert max(width(line) for line in page.splitlines()) <= 60


def test_colours_are_there_only_when_the_look_has_them():
    assert "\x1b[1;31m错误" in render(audit(), "terminal", Look(colour=True))
    assert "\x1b" not in render(audit(), "terminal", Look(colour=False))


def test_a_rule_the_audit_does_not_know_is_still_reported():
    page = render(audit(rules={}), "terminal", Look())
    assert "    错误 EDU001\n" in page


def test_files_of_windows_are_named_as_windows_names_them():
    one, two = PureWindowsPath(r"C:\上报\甲\名册.xlsx"), PureWindowsPath(r"C:\上报\乙\名册.xlsx")
    findings = tuple(
        replace(SCHOOL, id=f"EDU001-{n}", household=None, places=(Place(file, "花名册", 12, ("O12",)),))
        for n, file in enumerate((one, two))
    )
    page = render(audit(findings=findings, layouts=()), "terminal", Look())
    assert r"- C:\上报\甲\名册.xlsx › 花名册 › O12 · 张*三" in page
    assert r"- C:\上报\乙\名册.xlsx › 花名册 › O12 · 张*三" in page
