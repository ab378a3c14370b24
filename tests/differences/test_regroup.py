"""Moves, splits, mergers and changed heads: tables of two sides drawn in the engine, pairs given."""

from contextlib import closing

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import Struct, field

from fupin_cli.differences.regroup_events import events
from fupin_cli.differences.sides import Sides
from fupin_cli.engines import open_engine
from fupin_cli.model.dictionary import Dictionary
from fupin_cli.model.table import Tables
from fupin_cli.values.id_number import check_character

COLUMNS = {"姓名": "姓名", "证件号码": "证件", "与户主关系": "代码", "人员状态": "代码"}
TABLES = Tables((), True, True, {"人": COLUMNS, "户": {}})
SIDES = Sides(TABLES, TABLES, Dictionary({}, {}, {}, {}))


def person(number, household, relation="之子", name=None, status="一般户"):
    """A person as a tuple: who it is, household (None: none), relation, name, 人员状态 (None: blank, "?": not read)."""
    return (number, household, relation, name or f"某{number}", status)


def found(left, right, pairs=None):
    """Return the events between two editions; persons meet by who they are, households by their number, unless `pairs` says."""
    with closing(open_engine()) as engine:
        for side, rows in (("左", left), ("右", right)):
            engine.run(
                f'CREATE TABLE "{side}_人" (_id BIGINT, _household BIGINT, _source INTEGER, who BIGINT, "姓名" VARCHAR,'
                ' "证件号码" VARCHAR, "与户主关系" VARCHAR, "与户主关系$" UTINYINT, "人员状态" VARCHAR, "人员状态$" UTINYINT)'
            )
            drawn = []
            for i, (who, home, relation, name, status) in enumerate(rows):
                said = (None, 1) if relation is None else (relation, 0)
                stated = (None, 2) if status == "?" else (status, 0)
                body = f"99010119{who % 90 + 10}0101{who % 1000:03d}"  # 9001 has the number of 1
                number = f"{body}{check_character(body)}"
                drawn.append((i, home, 0, who, name, number, *said, *stated))
            if drawn:
                marks = ", ".join(["(" + ", ".join("?" * 10) + ")"] * len(drawn))
                engine.rows(f'INSERT INTO "{side}_人" VALUES {marks}', [value for row in drawn for value in row])
        engine.run(
            'CREATE TABLE "对_人" AS SELECT l._id AS l, r._id AS r FROM "左_人" l JOIN "右_人" r USING (who)'
            " QUALIFY count(*) OVER (PARTITION BY l._id) = 1 AND count(*) OVER (PARTITION BY r._id) = 1"
        )
        homes = {home for _, home, *_ in left} & {home for _, home, *_ in right} - {None}
        pairs = [(home, home) for home in sorted(homes)] if pairs is None else pairs
        engine.run('CREATE TABLE "对_户" (l BIGINT, r BIGINT)')
        for pair in pairs:
            engine.rows('INSERT INTO "对_户" VALUES (?, ?)', pair)
        return events(engine, SIDES)


def moves(told, left, right):
    return [(left[a][0], b, c) for a, _, b, c in told.moved]


FAMILY = [person(1, 10, "户主"), person(2, 10, "配偶"), person(3, 10), person(4, 20, "户主"), person(5, 20)]


def test_a_person_in_a_household_that_was_there_before_has_moved():
    after = [person(1, 10, "户主"), person(2, 10, "配偶"), person(3, 20), person(4, 20, "户主"), person(5, 20)]
    told = found(FAMILY, after)
    assert moves(told, FAMILY, after) == [(3, 10, 20)]
    assert (told.split, told.merged, told.heads) == ((), (), ())


def test_a_person_who_is_in_no_household_now_has_moved_out_of_one():
    after = [*FAMILY[:2], person(3, None), *FAMILY[3:]]
    assert moves(found(FAMILY, after), FAMILY, after) == [(3, 10, None)]
    assert moves(found(after, FAMILY), after, FAMILY) == [(3, None, 10)]


def test_members_in_a_new_household_are_a_split_and_have_not_moved():
    after = [person(1, 10, "户主"), person(2, 30, "户主"), person(3, 30), *FAMILY[3:]]
    told = found(FAMILY, after)
    assert [(one.one, one.others, one.members) for one in told.split] == [
        (10, (10, 30), (("某1", 0), ("某2", 1), ("某3", 1)))
    ]
    assert (told.moved, told.merged, told.heads) == ((), (), ())


def test_a_household_that_goes_over_into_another_is_a_merger():
    after = [person(1, 20), person(2, 20), person(3, 20), *FAMILY[3:]]
    told = found(FAMILY, after)
    assert [(one.one, one.others) for one in told.merged] == [(20, (10, 20))]
    assert (told.moved, told.split, told.heads) == ((), (), ())


def test_a_new_household_of_people_from_two_is_a_split_of_each():
    after = [*FAMILY[:2], person(3, 30, "户主"), person(4, 20, "户主"), person(5, 30, "配偶")]
    told = found(FAMILY, after)
    assert [(one.one, one.others) for one in told.split] == [(10, (10, 30)), (20, (20, 30))]
    assert (told.moved, told.merged) == ((), ())


def test_the_dead_neither_move_nor_split_but_their_household_has_another_head():
    after = [person(1, None, "户主", status="自然减少"), person(2, 10, "户主"), *FAMILY[2:]]
    told = found(FAMILY, after)
    assert (told.moved, told.split, told.merged) == ((), (), ())
    assert told.heads == ((10, 0, 10, 1),)


def test_a_head_with_a_corrected_name_or_number_is_the_same_head():
    renamed = [person(1, 10, "户主", name="正名"), *FAMILY[1:]]
    renumbered = [person(11, 10, "户主", name="某1"), *FAMILY[1:]]
    assert found(FAMILY, renamed).heads == ()
    assert found(FAMILY, renumbered).heads == ()


def test_a_head_nobody_met_is_another_only_where_name_and_birth_differ():
    assert found(FAMILY, [person(12, 10, "户主"), *FAMILY[1:]]).heads == ((10, 0, 10, 0),)
    same_day = [person(91, 10, "户主"), *FAMILY[1:]]  # person 91 is born on the day of person 1
    assert found(FAMILY, same_day).heads == ()


def test_a_head_that_is_not_sure_on_one_side_is_not_told():
    two = [person(1, 10, "户主"), person(2, 10, "户主"), *FAMILY[2:]]
    blank = [person(1, 10, None), person(2, 10, "户主"), *FAMILY[2:]]
    unread = [person(1, 10, "户主", status="?"), person(2, 10, "户主"), *FAMILY[2:]]
    assert [found(FAMILY, after).heads for after in (two, blank, unread)] == [(), (), ()]


def test_a_head_met_as_a_member_is_no_head_any_more():
    same_day = [person(1, 10), person(91, 10, "户主"), *FAMILY[1:]]
    assert found(FAMILY, same_day).heads == ((10, 0, 10, 1),)


def test_a_second_row_of_the_old_head_is_no_other_head():
    same_name = [person(1, 10), person(12, 10, "户主", name="某1"), *FAMILY[1:]]
    same_number = [person(1, 10), person(9001, 10, "户主", name="别名"), *FAMILY[1:]]
    assert [found(FAMILY, after).heads for after in (same_name, same_number)] == [(), ()]


def test_a_number_in_two_households_of_one_side_tells_of_no_move():
    after = [*FAMILY[:2], person(3, 20), *FAMILY[3:], person(9003, 10)]
    assert found(FAMILY, after).moved == ()
    assert found(after, FAMILY).moved == ()


def test_a_list_without_households_tells_of_no_move():
    listed = [person(who, None, None) for who in range(1, 6)]
    assert found(FAMILY, listed).moved == ()
    assert found(listed, FAMILY).moved == ()


class Editions(Struct):
    """Two editions, and what was planted between them."""

    left: list
    right: list = field(default_factory=list)
    moved: set = field(default_factory=set)
    split: set = field(default_factory=set)
    merged: set = field(default_factory=set)
    heads: set = field(default_factory=set)


@st.composite
def editions(draw):
    """Households of two to four; to each at most one thing happens: a move, a split, a merger, another head."""
    sizes = draw(st.lists(st.integers(2, 4), min_size=2, max_size=8))
    homes = {h: [h * 10 + i for i in range(size)] for h, size in enumerate(sizes, 1)}
    told = Editions([person(who, h, "之子" if i else "户主") for h, own in homes.items() for i, who in enumerate(own)])
    heads = {h: own[0] for h, own in homes.items()}
    after = {h: list(own) for h, own in homes.items()}
    free = draw(st.permutations(list(homes)))
    while free:
        event = draw(st.sampled_from(("none", "move", "out", "split", "merge", "head")))
        here, *free = free
        if event in ("move", "merge") and not free:
            break
        if event == "move":
            there, *free = free
            after[there].append(gone := after[here].pop())
            told.moved.add((gone, here, there))
        elif event == "out":
            gone = after[here].pop()
            told.right.append(person(gone, None))
            told.moved.add((gone, here, None))
        elif event == "split":
            after[here + 100] = [after[here].pop() for _ in range(len(after[here]) // 2)]
            heads[here + 100] = after[here + 100][0]
            told.split.add((here, (here, here + 100)))
        elif event == "merge":
            there, *free = free
            after[there] += after.pop(here)
            told.merged.add((there, tuple(sorted((here, there)))))
        elif event == "head":
            told.heads.add((here, heads[here], after[here][1]))
            heads[here] = after[here][1]
    told.right += [person(who, h, "户主" if who == heads[h] else "之子") for h, own in after.items() for who in own]
    told.right = draw(st.permutations(told.right))
    return told


@settings(max_examples=20, deadline=None)
@given(editions())
def test_everything_planted_is_found_and_nothing_else(planted):
    told = found(planted.left, planted.right)
    assert {(planted.left[a][0], b, c) for a, _, b, c in told.moved} == planted.moved
    assert {(one.one, one.others) for one in told.split} == planted.split
    assert {(one.one, one.others) for one in told.merged} == planted.merged
    assert {(h, planted.left[a][0], planted.right[b][0]) for h, a, _, b in told.heads} == planted.heads


def people(number=6):
    homes = st.one_of(st.none(), st.integers(1, 3))
    relations = st.sampled_from(("户主", "之子", None))
    one = st.builds(
        person, st.integers(1, number), homes, relations, status=st.sampled_from(("一般户", "自然减少", "?"))
    )
    return st.lists(one, max_size=number)


@settings(max_examples=30, deadline=None)
@given(people(), people(), st.lists(st.integers(1, 3), unique=True))
def test_the_mirror_tells_the_mirror(left, right, numbers):
    order = sorted(numbers)
    there = found(left, right, list(zip(order, numbers, strict=True)))
    back = found(right, left, list(zip(numbers, order, strict=True)))
    assert sorted((b, a, d, c) for a, b, c, d in there.moved) == sorted(back.moved)
    assert (there.split, there.merged) == (back.merged, back.split)
    assert sorted((c, d, a, b) for a, b, c, d in there.heads) == sorted(back.heads)


@settings(max_examples=20, deadline=None)
@given(people())
def test_what_is_the_same_twice_has_no_event(rows):
    told = found(rows, rows)
    assert (told.moved, told.split, told.merged, told.heads) == ((), (), (), ())
