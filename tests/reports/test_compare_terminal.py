"""What differs between two datasets on a terminal, whole pages at a time."""

import pytest
from msgspec.structs import replace

from fupin_cli.model.difference import Duplicate
from fupin_cli.model.masking import OPEN
from fupin_cli.reports.compare import render
from fupin_cli.reports.compare_terminal import counts_line
from fupin_cli.reports.words import Look
from fupin_cli.reports.wrapping import cut
from tests.reports.drawn_comparison import CHANGES, HOUSEHOLDS, PERSONS, SECRETS, ZHANG, cell, comparison
from tests.reports.rendered import wide_lines

SAME = replace(
    PERSONS, only_left=(), only_right=(), changed=(), changed_records=0, duplicates=(), columns_only_left=(),
    columns_only_right=(), same=113,
)  # fmt: skip
WANG_ROWS = PERSONS.duplicates[0].records
EQUAL = comparison(tables=(SAME,), moved=(), regrouped=(), head_changed=(), suspected=(), notes=())


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_class_of_difference_stands_on_the_page(snapshot, lang):
    page = render(comparison(), "terminal", Look(lang=lang))
    assert page == snapshot
    assert wide_lines(page, 80) == []


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_two_datasets_that_say_the_same_are_told_so(snapshot, lang):
    assert render(EQUAL, "terminal", Look(lang=lang)) == snapshot


@pytest.mark.parametrize("columns", [40, 60, 120])
def test_no_line_is_wider_than_the_terminal(columns):
    assert wide_lines(render(comparison(), "terminal", Look(width=columns)), max(columns, 60)) == []


def test_top_limits_each_class_and_says_what_is_left_out():
    page = render(comparison(), "terminal", Look(), 1)
    assert page.count("  … 另有 3 条；-o 比对.xlsx 里有全部。\n") == 2  # changed records, and households
    assert page.count("  … 另有 1 条；-o 比对.xlsx 里有全部。\n") == 1  # only left
    assert "张*三 · 花名册" not in page
    assert "另有" not in render(comparison(), "terminal", Look(), 0)


def test_nobody_is_named_unless_the_page_reveals():
    page = render(comparison(), "terminal", Look(), 0)
    assert [text for text in SECRETS if text in page] == []
    revealed = render(comparison(), "terminal", Look(masking=OPEN), 0)
    assert [text for text in ("张小三", "赵大妹", "99010119801111006X", "13800001234") if text not in revealed] == []
    assert "本报告含未遮盖的个人信息，请妥善保管。" in revealed


def test_evidence_says_what_agrees_but_shows_no_character_of_a_name_or_number_unless_it_reveals():
    page = render(comparison(), "terminal", Look())
    assert "+12.3 分  证件号码只有末位不同\n" in page
    assert "+6.1 分  姓名读音相同\n" in page
    revealed = render(comparison(), "terminal", Look(masking=OPEN))
    assert "+6.1 分  姓名读音相同：妹/梅\n" in revealed


def test_two_values_that_look_alike_when_masked_are_said_to_differ():
    page = render(comparison(), "terminal", Look())
    assert "证件号码：990101***********1 → 990101***********1（不同处已遮盖）" in page


def test_a_code_written_otherwise_is_shown_with_its_meaning():
    assert "健康状况：健康 → 2〔长期慢性病〕  [H3 | H4]" in render(comparison(), "terminal", Look())


def test_a_column_tells_how_many_cells_were_filled_emptied_and_grew():
    cells = (
        cell(*ZHANG, "人均纯收入", 1000.0, 1500.0),
        cell(*ZHANG, "人均纯收入", 1000.0, 400.0),
        cell(*ZHANG, "人均纯收入", None, 400.0),
        cell(*ZHANG, "人均纯收入", 3.0, None),
        cell(*ZHANG, "人均纯收入", 1_000_000.0, 1_000_001.0),
    )
    page = render(comparison(tables=(replace(PERSONS, changed=cells),)), "terminal", Look())
    line = next(line for line in page.splitlines() if line.startswith("  人均纯收入"))
    assert line.split()[:8] == ["人均纯收入", "5", "4.4%", "1", "1", "2", "1", "-600"]


def test_a_row_of_one_side_says_two_lines_of_what_else_it_holds():
    far = PERSONS.only_left[0]
    record = replace(far, values={**far.values, **{f"列{n}": f"很长的一段文字{n}" for n in range(20)}})
    page = render(comparison(tables=(replace(PERSONS, only_left=(record,)),)), "terminal", Look(width=140))
    lines = page.splitlines()
    first = next(number for number, line in enumerate(lines) if line.startswith("    - 李*"))
    assert "列0 很长的一段文字0" in lines[first + 1]
    assert lines[first + 2].endswith("…")
    assert not lines[first + 3].startswith("      ")


def test_no_control_character_of_a_cell_reaches_the_terminal():
    sly = replace(CHANGES[1], left_text="\x1b[31m红\x07")
    table = replace(PERSONS, changed=(sly,), changed_records=1)
    assert "\x1b" not in render(comparison(tables=(table,)), "terminal", Look())


def test_colours_are_there_only_when_the_look_has_them():
    assert "\x1b[" in render(comparison(), "terminal", Look(colour=True))
    assert "\x1b[" not in render(comparison(), "terminal", Look())


def test_files_that_could_not_be_read_come_first():
    page = render(
        comparison(failed_files=(("坏.xlsx", "坏.xlsx：不是工作簿。", "坏.xlsx: no workbook."),)), "terminal", Look()
    )
    assert page.startswith("未能读取的文件\n  × 坏.xlsx：不是工作簿。\n")


def test_a_table_without_a_pair_says_that_no_row_was_met():
    page = render(comparison(tables=(replace(HOUSEHOLDS, keys={}),)), "terminal", Look())
    assert "  户  左 3 行，右 3 行；没有一行对上\n" in page


def test_tokens_stand_as_they_are():
    token = "3f786850e387550fdab836ed7e6dc881de23001b"
    record = replace(PERSONS.only_left[0], person=None, key={"证件号码": token}, values={"证件号码": token})
    made = comparison(tables=(replace(SAME, only_left=(record,)),), tokens=True)
    assert token in render(made, "terminal", Look(width=120))


def test_a_text_is_cut_at_its_columns():
    assert [cut("姓名读音", n) for n in (8, 7, 4)] == ["姓名读音", "姓名读…", "姓…"]


def test_a_row_only_one_side_has_is_told_to_be_one_of_several_of_its_key():
    met, further = WANG_ROWS
    table = replace(SAME, only_right=(further,), duplicates=(Duplicate("right", (met, further)),))
    page = render(replace(EQUAL, tables=(table,)), "terminal", Look(width=200))
    assert "第12行 · 证件号码 990101***********1 · 重复的一行，见“重复”\n" in page
    page = render(replace(EQUAL, tables=(replace(table, duplicates=()),)), "terminal", Look(width=200))
    assert "第12行 · 证件号码 990101***********1\n" in page


def test_what_differs_in_another_table_stands_in_the_last_line():
    found = replace(EQUAL, tables=(SAME, HOUSEHOLDS))
    assert render(found, "terminal", Look()).splitlines()[-2:] == [
        "人  相同 113  有改动 0  仅左边有 0  仅右边有 0",
        "户  有改动 1",
    ]
    assert counts_line(found, "zh") == "人：相同 113，有改动 0，仅左边有 0，仅右边有 0。户：有改动 1。"
    assert counts_line(found, "en") == "人: same 113, changed 0, only left 0, only right 0. 户: changed 1."
