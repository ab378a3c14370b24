"""Ids that are no rules any more: known, explained, never used again."""

from datetime import date
from pathlib import Path

import pytest

from fupin_cli.errors import RuleError
from fupin_cli.rules import load_rulebook

RULE = """\
id: INC901
name: 收入为空
scope: 户
severity: error
must: "NOT 为空(人均纯收入)"
message: "没有人均纯收入"
why: 收入必填。
fix: 补上。
basis: {convention: 甲}
never_unknown: 只看是否为空。
examples:
  - {given: {人均纯收入: 3000}, verdict: pass}
  - {given: {人均纯收入: ""}, verdict: fail}
"""
RETIRED = """\
retired:
  - {id: INC950, name: 收入偏低, since: 2024-03-01, why: 与 INC901 重复。, replaced_by: [INC901]}
"""


def folder(root: Path, **files: str) -> Path:
    root.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        path = root / f"{name.replace('__', '/')}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


def faults(extra: Path, shipped: Path) -> list[tuple[str, int, str]]:
    with pytest.raises(RuleError) as caught:
        load_rulebook(extra, shipped)
    return [(fault.file.name, fault.line, fault.en) for fault in caught.value.faults]


def test_a_retired_id_is_known_with_what_took_its_place(tmp_path: Path) -> None:
    own = folder(tmp_path / "own", INC901_收入为空=RULE, retired=RETIRED)
    entry = load_rulebook(own, folder(tmp_path / "shipped")).retired["INC950"]
    assert (entry.since, entry.replaced_by, entry.file) == (date(2024, 3, 1), ("INC901",), own / "retired.yaml")
    assert entry.sentence() == (
        "规则 INC950（收入偏低）自 2024-03-01 起停用：与 INC901 重复；由 INC901 代替。",
        "the rule INC950 (收入偏低) is retired since 2024-03-01: 与 INC901 重复; INC901 took its place.",
    )


def test_a_rule_that_takes_a_retired_id_is_refused_wherever_that_was_retired(tmp_path: Path) -> None:
    reusing = RULE.replace("INC901", "INC950")
    told = [
        (
            "INC950_收入为空.yaml",
            1,
            "the id INC950 is retired and never used again: the rule INC950 (收入偏低) is retired since 2024-03-01: "
            "重复; nothing took its place. Take another (fupin rules new INC NAME)",
        )
    ]
    text = "retired:\n  - {id: INC950, name: 收入偏低, since: 2024-03-01, why: 重复。}\n"
    both = folder(tmp_path / "both", INC950_收入为空=reusing, retired=text)
    assert faults(both, folder(tmp_path / "nothing")) == told
    shipped = folder(tmp_path / "shipped", retired=text)
    assert faults(folder(tmp_path / "own", INC950_收入为空=reusing), shipped) == told


def test_a_users_folder_cannot_retire_a_rule_of_fupin(tmp_path: Path) -> None:
    shipped = folder(tmp_path / "shipped", income__INC901_收入为空=RULE)
    own = folder(tmp_path / "own", retired="retired:\n  - {id: INC901, name: 收入, since: 2024-03-01, why: 不用。}\n")
    assert faults(own, shipped) == [
        (
            "retired.yaml",
            2,
            "INC901 is a rule of fupin and cannot be retired here: leave it out by --ignore INC901, "
            "or replace it by a file of its id",
        )
    ]


def test_a_successor_must_be_known_and_a_part_must_not_be_retired(tmp_path: Path) -> None:
    own = folder(
        tmp_path / "own",
        INC901_收入为空=RULE.replace("must:", "parts: [INC950]\nmust:"),
        retired=RETIRED.replace("[INC901]", "[INC902]"),
    )
    assert faults(own, folder(tmp_path / "shipped")) == [
        (
            "INC901_收入为空.yaml",
            5,
            "the rule INC950 (收入偏低) is retired since 2024-03-01: 与 INC901 重复; INC902 took its place.",
        ),
        ("retired.yaml", 2, "there is no rule “INC902”: did you mean “INC901”?"),
    ]


def test_an_entry_needs_the_shape_of_an_id_and_stands_once(tmp_path: Path) -> None:
    entry = "  - {id: INC950, name: 甲, since: 2024-03-01, why: 乙。}\n"
    own = folder(tmp_path / "own", retired=f"retired:\n{entry}{entry}{entry.replace('INC950', 'XXX950')}")
    assert [(line, told.split(";")[0]) for _, line, told in faults(own, folder(tmp_path / "shipped"))] == [
        (3, "“INC950” stands already in retired.yaml line 2"),
        (4, "the id “XXX950” is no theme and three digits"),
    ]


def test_the_shipped_file_is_read() -> None:
    assert load_rulebook().retired == {}
