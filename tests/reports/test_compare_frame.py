"""Each class of differences as flat rows, and what a notebook shows of a comparison."""

import pytest

from fupin_cli.model.masking import STANDARD
from fupin_cli.reports.compare_frame import COLUMNS, columns_of, rows_of
from fupin_cli.reports.compare_notebook import comparison_html
from tests.reports.drawn_comparison import SECRETS, comparison

DRAWN = comparison()


def rows(kind, lang="zh"):
    return list(rows_of(DRAWN, kind, STANDARD, lang=lang))


@pytest.mark.parametrize("kind", COLUMNS)
def test_every_class_has_its_rows_and_none_shows_who_it_is(kind):
    found = rows(kind)
    assert found
    assert columns_of(kind, found)[: len(COLUMNS[kind])] == list(COLUMNS[kind])
    assert all(set(COLUMNS[kind]) <= set(row) for row in found)
    assert not [secret for secret in SECRETS if secret in str(found)]


def test_a_move_names_both_households_and_places():
    (move,) = rows("moved")
    assert (move["left_household"], move["right_household"]) == (
        DRAWN.moved[0].left.household,
        DRAWN.moved[0].right.household,
    )
    assert (move["left_row"], move["right_row"]) == (DRAWN.moved[0].left.place.row, DRAWN.moved[0].right.place.row)


def test_a_split_says_who_went_where():
    split = next(each for each in DRAWN.regrouped if each.kind == "split")
    (row,) = rows("split")
    assert row["left"] == split.left[0].household
    assert row["right"] == " ".join(home.household for home in split.right)
    assert row["members"].count("→") == len(split.members)


def test_rows_of_one_key_share_a_group():
    found = rows("duplicates")
    assert len({row["group"] for row in found}) == sum(len(table.duplicates) for table in DRAWN.tables)


def test_a_heading_called_like_a_column_of_the_frame_does_not_hide_it():
    record = DRAWN.tables[0].only_left[0]
    record.values["row"] = "甲"
    try:
        shown = next(rows_of(DRAWN, "only_left", STANDARD, lang="zh"))
    finally:
        del record.values["row"]
    assert (shown["row"], shown["values.row"]) == (record.place.row, "甲")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_notebook_shows_every_class_and_no_secret(lang):
    shown = comparison_html(DRAWN, lang)
    for word in {"zh": ("分户", "换户主", "换户", "有改动", "仅左边有"), "en": ("split", "head changed", "moved")}[
        lang
    ]:
        assert f"<td>{word}</td>" in shown
    assert not [secret for secret in SECRETS if secret in shown]
