"""Annotations of GitHub Actions: which are written, and that no cell writes a command of its own."""

import re
from pathlib import Path

from msgspec.structs import replace

from fupin_cli.model.place import Place
from fupin_cli.reports import Look, render
from tests.reports.drawn import BLANKS, INCOME, SCHOOL, audit

COMMAND = re.compile(r"::(error|warning|notice) ([^\r\n]*?)::([^\r\n]*)")


def commands(made, look=None):
    return [COMMAND.fullmatch(line).groups() for line in render(made, "github", look or Look()).splitlines()]


def test_the_annotations_as_they_are_written(snapshot):
    assert render(audit(), "github", Look()) == snapshot


def test_no_text_of_a_cell_ends_a_command_or_begins_one():
    hostile = replace(
        SCHOOL, places=(Place(Path("a,b:100%.xlsx"), "表", 3),), message="甲\n::set-env name=X::y\r##[error]::%0A"
    )
    found, _ = commands(audit(findings=(hostile,)))
    assert found == (
        "error",
        "file=a%2Cb%3A100%25.xlsx,line=3,title=EDU001 义务教育适龄失学",
        "表 第3行：甲%0A::set-env name=X::y%0D##[error]::%250A%0A建议：核实后更正（EDU001）。",
    )


def test_ten_of_a_kind_the_first_of_every_rule_before_the_second_of_any_and_the_rest_counted():
    many = tuple(replace(SCHOOL, id=f"e{n}", rule=rule) for rule in ("EDU001", "IDN006") for n in range(20))
    some = tuple(replace(BLANKS, id=f"n{n}") for n in range(12))
    found = commands(audit(findings=(*many, INCOME, *some)))
    assert [kind for kind, _, _ in found] == ["error"] * 10 + ["warning"] + ["notice"] * 10
    assert [re.search(r"title=(\S+)", where)[1] for _, where, _ in found[:4]] == ["IDN006", "EDU001"] * 2
    assert found[0][1].endswith("（共 20 处）")
    assert "其中 33 处没有标注：GitHub 每步每类只显示 10 条。" in found[-1][2]


def test_a_file_that_could_not_be_read_comes_first():
    failed = audit(failed_files=(("b.xls", "b.xls：已加密。", "b.xls: encrypted."),))
    assert commands(failed, Look(lang="en"))[0] == (
        "error", "file=b.xls,title=Files that could not be read", "b.xls: encrypted.",
    )  # fmt: skip
