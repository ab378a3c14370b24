"""Examples of many rules judged together: each as if it were alone, and what they do not notice is told."""

from contextlib import closing

import pytest
from msgspec.structs import replace

from fupin_cli.engines import open_engine
from fupin_cli.jobs import examples
from fupin_cli.jobs.mutation import mutate
from fupin_cli.jobs.rules import book
from fupin_cli.plans import check

ALIKE = ("IDN017", "IDN019", "REL010", "EDU013", "AID002", "INC008", "MON017", "ENT024", "LAB001")
OF_LEVELS = ("VIL004", "VIL007", "VIL009", "REL013", "RND004", "RND005", "RND006", "INC010", "INC022", "AID022")


@pytest.fixture(scope="module")
def checked():
    return book()


def told(checked, rules):
    """What each of the rules says of each of its examples."""
    variants = {name: {"": checked.rules[name]} for name in rules}
    found = {}
    with closing(open_engine()) as engine:
        for _, verdicts in examples.outcomes(engine, variants, checked):
            found |= {name: own[""] for name, own in verdicts.items()}
    return found


@pytest.mark.parametrize("rules", [ALIKE, OF_LEVELS])
def test_an_example_among_others_is_judged_as_it_is_alone(checked, monkeypatch, rules):
    together = told(checked, rules)
    monkeypatch.setattr(examples, "PARTED", frozenset())  # no function keeps examples apart: a workbook for each
    assert told(checked, rules) == together


def without_examples(checked, name, keep):
    one = checked.source.rules[name]
    changed = replace(one, examples=tuple(example for example in one.examples if keep(example)))
    return check(replace(checked.source, rules={name: changed}))


def test_a_flip_that_no_example_notices_is_told_with_its_line(checked):
    bare = without_examples(checked, "LAB003", lambda example: "技能劳动力" not in example.given.values())
    (survivor,) = mutate(bare).survivors
    assert (survivor.rule, survivor.mutant, survivor.why) == (
        "LAB003",
        "must: 劳动技能 IN (…) → without '技能劳动力'",
        "",
    )
    assert survivor.file.read_text("utf-8").splitlines()[survivor.line - 1].startswith("must:")


def test_a_mutant_listed_as_equivalent_that_an_example_notices_is_told(checked):
    one = checked.source.rules["LAB003"]
    listed = {"must: 劳动技能 IN (…) → without '技能劳动力'": "试", "must: 没有 → 有": "试"}
    found = mutate(check(replace(checked.source, rules={one.id: replace(one, equivalent=listed)})))
    assert [(survivor.mutant, survivor.why) for survivor in found.survivors] == [
        ("must: 劳动技能 IN (…) → without '技能劳动力'", "caught"),
        ("must: 没有 → 有", "none"),
    ]
