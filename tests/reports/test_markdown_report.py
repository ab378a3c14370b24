"""The Markdown page of a merge request: bounded, and nothing of a cell is markup in it."""

import re

import pytest
from markdown_it import MarkdownIt
from msgspec.structs import replace

from fupin_cli.reports import Look, render
from fupin_cli.reports.markdown_report import LONGEST
from fupin_cli.reports.markdown_text import inline, plain
from tests.reports.drawn import INCOME, RULES, SCHOOL, audit


def html(text):
    return MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(text)


def test_the_page_as_it_is_written(snapshot):
    assert render(audit(), "markdown", Look()) == snapshot
    assert render(audit(findings=()), "markdown", Look(lang="en")) == snapshot


@pytest.mark.parametrize(
    "hostile",
    [
        "| a |", "<b>x</b><script>", "`x`", "*x* _y_ ~~z~~", "[a](http://b)", "![a](b)", "# 标题", "- 项", "1. 项", "> 引",
        "\\", "a\nb", "<!-- x", "&lt;", "===", "$x$",
    ],
)  # fmt: skip
def test_a_text_stands_on_the_page_as_it_stands_in_the_cell(hostile):
    page = html(f"| 头 |\n| --- |\n| {inline(hostile)} |\n")
    line = html(inline(hostile))
    said = hostile.replace("\n", " ").replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    for made in (page, line):
        assert said in made.replace("\u200b", "")
        assert [
            tag for tag in ("<b>", "<em>", "<a ", "<img", "<h1", "<li", "<code", "<s>", "<blockquote") if tag in made
        ] == []


@pytest.mark.parametrize(
    ("text", "broken"),
    [("@admin", "@|admin"), ("#12", "#|12"), ("甲!3 ~bug $4 %5", "甲!|3 ~|bug $|4 %|5"), ("GH-7", "GH|-7"), ("http://x", "http:|//x"),
     ("www.x.cn", "www|.x.cn"), (":+1:", ":|+1:"), ("12:30", "12:30"), ("100%", "100%")],
)  # fmt: skip
def test_nobody_is_called_and_nothing_is_linked_by_a_cell(text, broken):
    assert plain(text).replace("&#8203;", "|") == broken


def test_the_page_of_ten_thousand_findings_fits_a_comment_and_counts_what_it_leaves_out():
    text = "@|<" * 200  # the longest a text can become
    rules = {f"EDU{n:03}": replace(RULES["EDU001"], id=f"EDU{n:03}", name=text) for n in range(400)}
    many = tuple(
        replace(SCHOOL if n % 2 else INCOME, id=f"x{n}", rule=f"EDU{n % 400:03}", message=text) for n in range(10_000)
    )
    page = render(audit(findings=many, rules=rules, notes=((text, text),) * 90), "markdown", Look())
    assert len(page) <= LONGEST
    assert "未列出" in page
    listed = page.count("<details>") - 3  # the notes, the table of rules, the rules not run
    assert f"涉及 {400 - listed} 条规则" in page


def test_each_rule_shows_fewer_findings_before_any_rule_is_left_out():
    rules = {f"EDU{n:03}": replace(RULES["EDU001"], id=f"EDU{n:03}") for n in range(100)}
    many = tuple(replace(SCHOOL, id=f"x{n}", rule=f"EDU{n % 100:03}") for n in range(1000))
    page = render(audit(findings=many, rules=rules), "markdown", Look())
    assert [rule for rule in rules if f"<summary>🔴 {rule} " not in page] == []
    left_out = re.findall(r"这条规则另有 (\d+) 处未列出。", page)
    assert (len(left_out), len(set(left_out))) == (100, 1)
