"""Reports beside the audit's obey the level of --mask: comparisons, questions, what-ifs, explanations and trends."""

import html
import zipfile
from pathlib import Path

import pytest

from fupin_cli.model.explanation import Explanation, Part
from fupin_cli.model.masking import NUMBERS, OPEN, PUBLIC, STANDARD, STRICT
from fupin_cli.model.place import Place
from fupin_cli.model.question import Asked, Question
from fupin_cli.model.received import Joined, OurDoubt, Received, TheirLine
from fupin_cli.model.whatif import Case, Change, WhatIf
from fupin_cli.reports import Look, ask, explain, whatif
from fupin_cli.reports import round_receive as received
from fupin_cli.reports.compare import render, write
from fupin_cli.reports.trend import shown
from tests.reports.drawn import RULES, TWICE, rule
from tests.reports.drawn_comparison import NUMBERS as OF_PERSONS
from tests.reports.drawn_comparison import comparison

X = "11010519491231002X"
AT = Place(Path("a.xlsx"), "花名册", 3, ("D3",))


def compared(form, masking, folder):
    look = Look(masking=masking, width=400)
    if form != "xlsx":
        return render(comparison(), form, look)
    write(comparison(), folder / "c.xlsx", form, look)
    with zipfile.ZipFile(folder / "c.xlsx") as package:
        return "\n".join(html.unescape(package.read(name).decode("utf-8")) for name in package.namelist())


@pytest.mark.parametrize("form", ["json", "terminal", "xlsx"])
def test_a_comparison_hides_what_its_level_hides(form, tmp_path):
    names, numbers, ill = [*OF_PERSONS], [*OF_PERSONS.values(), "13800001234"], ["长期慢性病"]
    told = {
        masking.name: [[each for each in kind if each in text] for kind in (names, numbers, ill)]
        for masking in (OPEN, NUMBERS, STANDARD, STRICT, PUBLIC)
        for text in [compared(form, masking, tmp_path)]
    }
    assert told["none"][0] == told["numbers"][0] != []
    assert [told[level][0] for level in ("standard", "strict", "public")] == [[], [], []]
    assert [told[level][1] for level in ("numbers", "standard", "strict", "public")] == [[], [], [], []]
    assert [told[level][2] for level in ("standard", "strict", "public")] == [ill, [], []]
    assert "990101****" not in compared(form, PUBLIC, tmp_path)


def asked(column, written):
    question = Question(
        "990101000123", "张小三", "李四", "配偶", "石桥村", "大田乡", column, written, AT, ("EDU001",), 2
    )
    return Asked((question,), RULES, 3, 2, 1, secrets=frozenset({"证件号码", "第一书记"}))


@pytest.mark.parametrize(
    ("column", "written", "masking", "question"),
    [
        ("证件号码", X, OPEN, f"李四（配偶）的证件号码“{X}”读不出，应是什么？"),
        ("证件号码", X, NUMBERS, "李四（配偶）的证件号码读不出，应是什么？"),
        ("第一书记", "王五", STANDARD, "李*（配偶）的第一书记读不出，应是什么？"),
        ("民族", f"汉，{X}", STANDARD, "李*（配偶）的民族“汉，110105***********X”读不出，应是什么？"),
        ("健康状况", "尘肺", STANDARD, "李*（配偶）的健康状况“尘肺”读不出，应是什么？"),
        ("健康状况", "尘肺", STRICT, "李*（配偶）的健康状况读不出，应是什么？"),
    ],
)
def test_a_question_repeats_a_cell_only_as_far_as_its_level_goes(column, written, masking, question):
    made = asked(column, written)
    assert question in ask.to_json(made, masking=masking)
    assert question in ask.to_terminal(made, Look(masking=masking, width=200), 5)


def test_a_what_if_counts_the_rows_of_rules_on_health_and_does_not_list_them():
    rules = {"MED011": rule("MED011", "重度残疾有普通劳动力", "disabled", "error"), "EDU001": RULES["EDU001"]}
    changes = tuple(
        Change(each, "pass", "fail", "990101000123", "张小三", None, None, "a.xlsx", "", 3) for each in rules
    )
    made = WhatIf(Case("甲"), Case("乙"), rules, changes, {each: {("pass", "fail"): 1} for each in rules}, ())
    page = whatif.to_terminal(made, Look(masking=STRICT, width=200))
    assert "另有 1 行的规则说到健康，本报告的遮盖级别不逐行列出。" in page
    assert whatif.to_json(made, masking=STRICT).count('"person": "张*三"') == 1
    assert whatif.to_json(made, masking=NUMBERS).count('"person": "张小三"') == 2


def test_an_explanation_and_a_line_of_a_trend_show_names_where_only_numbers_are_hidden():
    part = Part("must", 0, "证件号码", X, is_truth=False, cells=("D3",), written=X)
    made = Explanation(
        RULES["IDN006"],
        "fail",
        "990101000123",
        "张小三",
        "石桥村",
        AT,
        (part,),
        (),
        TWICE,
        {X: "证件", "张小三": "姓名"},
    )
    page = explain.to_terminal([made], Look(masking=NUMBERS, width=200))
    assert ("张小三" in page, X in page) == (True, False)
    assert (shown("张小三", masking=NUMBERS), shown("张小三", masking=STANDARD)) == ("张小三", "张*三")


@pytest.mark.parametrize(
    ("masking", "person", "words"),
    [
        (OPEN, "张小三", "张小三（11010519491231002X）电话13800001234"),
        (NUMBERS, "张小三", "张小三（110105***********X）电话138****1234"),
        (STANDARD, "张*三", "张*三（110105***********X）电话138****1234"),
    ],
)
def test_a_list_of_the_level_above_is_shown_as_its_level_says(masking, person, words):
    line = TheirLine("a.xlsx", "疑点", 2, "9901", "张小三", f"张小三（{X}）电话13800001234")
    ours = OurDoubt("IDN002-1", "IDN002", "990101000001", "张小三", f"张小三（{X}）电话13800001234", "open")
    found = received.masked(Received(1, (Joined(line, "both", ours, 100, "id", "", ""),), (ours,)), masking)
    assert (found.theirs[0].line.person, found.theirs[0].line.words) == (person, words)
    assert {(one.person, one.message) for one in (found.theirs[0].ours, *found.only_ours)} == {(person, words)}
