"""Counts of a comparison, and what --fail-on makes of them."""

import pytest
from msgspec.structs import replace

from fupin_cli.model.difference import Duplicate
from fupin_cli.reports.compare_counts import WORDS, differing, fails
from tests.reports.drawn_comparison import PERSONS, WANG, comparison

NOTHING = replace(PERSONS, only_left=(), only_right=(), changed=(), changed_records=0, duplicates=())
NOBODY = {"moved": (), "regrouped": (), "head_changed": (), "suspected": ()}
FULL = comparison()


def only(table=NOTHING, **parts):
    return comparison(tables=(table,), **{**NOBODY, **parts})


CASES = {
    "added": only(replace(NOTHING, only_right=PERSONS.only_right)),
    "removed": only(replace(NOTHING, only_left=PERSONS.only_left)),
    "changed": only(replace(NOTHING, changed=PERSONS.changed, changed_records=3)),
    "duplicate": only(replace(NOTHING, duplicates=PERSONS.duplicates)),
    "moved": only(moved=FULL.moved),
    "split": only(regrouped=FULL.regrouped[:1]),
    "merged": only(regrouped=FULL.regrouped[1:]),
    "head_changed": only(head_changed=FULL.head_changed),
    "suspected": only(suspected=FULL.suspected),
}


@pytest.mark.parametrize("word", CASES)
def test_a_word_names_its_own_class_and_any_names_all(word):
    assert [name for name in WORDS if fails(CASES[word], [name])] == [word, "any"]


def test_nothing_fails_where_nothing_differs():
    assert [word for word in (*WORDS, "0") if fails(only(), [word])] == []


def test_several_words_fail_when_one_does():
    assert fails(CASES["added"], ["removed", "added"])
    assert not fails(CASES["added"], ["removed", "moved", "never"])


def test_a_number_is_how_many_records_may_differ():
    assert differing(CASES["changed"]) == 3
    assert (fails(CASES["changed"], ["2"]), fails(CASES["changed"], ["3"])) == (True, False)


def test_a_key_that_stands_twice_on_both_sides_is_no_difference_but_a_duplicate():
    both = tuple(Duplicate(side, (WANG[0], WANG[0])) for side in ("left", "right"))
    made = only(replace(NOTHING, duplicates=both))
    assert (fails(made, ["any"]), fails(made, ["0"]), fails(made, ["duplicate"])) == (False, False, True)
    thrice = only(replace(NOTHING, duplicates=(both[0], Duplicate("right", (WANG[0],) * 3))))
    assert fails(thrice, ["any"])


def test_records_of_all_tables_count():
    assert differing(FULL) == 3 + 2 + 1 + 1 + 1  # changed, only left, only right, repeated, and a household
