"""How rows meet: each pass, what it must not pair, rows of one key, and rows with nothing to meet by."""

import pytest

from fupin_cli.errors import UsageError
from tests.differences.compared import changes, compare, table, text_of

HEAD = "| 户编号 | 人编号 | 姓名 | 与户主关系 | 证件号码 | 出生日期 | 性别 |"
A, B, C = "11010519491231002X", "990101198001010018", "990101197001010016"


@pytest.fixture
def sides(sketch):
    def draw(left, right, head=HEAD):
        return sketch(f"{head}\n{left}", "a.xlsx"), sketch(f"{head}\n{right}", "b.xlsx")

    return draw


def test_the_first_eighteen_characters_of_a_certificate_meet_whatever_the_code(sides):
    a, b = sides(
        f"| '1 | '11 | 张三 | 户主 | {A} | | 女 |\n| '1 | '12 | 张四 | 之子 | 990101800101001 | | 男 |",
        f"| '2 | '99 | 张三 | 户主 | {A}44 | | 女 |\n| '2 | '98 | 张四 | 之子 | {raised()} | | 男 |",
    )
    result = compare(a, b)
    assert table(result).keys == {"证件号码": 2}
    assert table(result).same == 0
    assert [cell[1] for cell in changes(result)] == ["人编号", "证件号码"] * 2


def raised():
    body = "99010119800101001"
    return body + "10X98765432"[sum(int(c) * 2 ** (17 - i) for i, c in enumerate(body)) % 11]


def test_a_code_meets_where_the_name_or_the_day_of_birth_agrees_and_not_otherwise(sides):
    a, b = sides(
        "| '1 | '11 | 张三 | 户主 | | 1970-01-01 | 女 |\n| '1 | '12 | 张四 | 之子 | | 2000-01-01 | 男 |\n"
        "| '1 | '13 | 张五 | 之女 | | 2001-01-01 | 女 |",
        "| '2 | '11 | 张三 | 户主 | | 1971-01-01 | 女 |\n| '2 | '12 | 章四 | 之子 | | 2000-01-01 | 男 |\n"
        "| '2 | '13 | 李五 | 之女 | | 1955-01-01 | 女 |",
    )
    result = compare(a, b)
    assert table(result).keys == {"人编号": 2}
    assert [one.person for one in table(result).only_left] == ["张五"]
    assert [one.person for one in table(result).only_right] == ["李五"]


def test_two_people_of_one_number_with_another_name_and_another_birth_are_never_a_pair(sides):
    a, b = sides(f"| '1 | | 张三 | 户主 | {A} | 1949-12-31 | 女 |", f"| '1 | | 李一 | 户主 | {A} | 1980-01-01 | 女 |")
    assert table(compare(a, b)).keys == {}


def test_a_household_and_a_name_meet_and_the_relation_tells_namesakes_apart(sides):
    a, b = sides(
        "| '1 | | 张三 | 户主 | | | 男 |\n| '1 | | 阿·木 | 之子 | | | 男 |\n| '1 | | 阿木 | 之孙子 | | | 男 |",
        "| '1 | | 阿木 | 之孙子 | | | 男 |\n| '1 | | 阿 木 | 之子 | | | 女 |\n| '1 | | 张三 | 户主 | | | 男 |",
    )
    result = compare(a, b)
    assert table(result).keys == {"户编号+姓名+与户主关系": 2, "户编号+姓名": 1}
    assert changes(result) == [("阿·木", "性别", "男", "女")]


def test_households_meet_by_their_head_and_by_most_of_their_members(sides):
    a, b = sides(
        f"| '1 | | 张三 | 户主 | {A} | | 女 |\n| '2 | | 李一 | 户主 | {B} | | 男 |\n| '2 | | 李二 | 之子 | {C} | | 男 |",
        f"| '7 | | 张三 | 户主 | {A} | | 女 |\n| '8 | | 李一 | 之父 | {B} | | 男 |\n| '8 | | 李二 | 户主 | {C} | | 男 |",
    )
    result = compare(a, b)
    assert table(result, "户").keys == {"户主": 1, "多数成员": 1}
    assert [(one.column, one.left, one.right) for one in table(result, "户").changed] == [
        ("户编号", "1", "7"),
        ("户编号", "2", "8"),
    ]


def test_a_household_number_that_others_have_now_pairs_no_households(sides):
    a, b = sides(
        f"| '1 | | 张三 | 户主 | {A} | | 女 |\n| '2 | | 李一 | 户主 | {B} | | 男 |",
        f"| '2 | | 张三 | 户主 | {A} | | 女 |\n| '1 | | 李一 | 户主 | {B} | | 男 |",
    )
    result = compare(a, b)
    assert table(result, "户").keys == {"户主": 2}
    assert result.moved == ()


def test_in_a_household_that_was_met_a_name_is_enough(sides):
    a, b = sides(
        f"| '1 | | 张三 | 户主 | {A} | | 女 |\n| '1 | | 张四 | 之子 | | | 男 |",
        f"| '9 | | 张三 | 户主 | {A} | | 女 |\n| '9 | | 张四 | 之子 | | | 男 |",
    )
    assert table(compare(a, b)).keys == {"同户+姓名": 1, "证件号码": 1}


def test_rows_of_one_number_are_duplicates_and_meet_by_what_they_say(sides):
    rows = [f"| '1 | | 张三 | 户主 | {A} | | 女 |", f"| '1 | | 张三 | 户主 | {A} | | 男 |"]
    a, b = sides("\n".join(rows), "\n".join([rows[1], f"| '5 | | 张三 | 户主 | {A} | | 女 |", rows[0]]))
    result = compare(a, b)
    people = table(result)
    assert people.keys == {"证件号码": 2}
    assert people.changed == ()
    assert [(one.side, [r.place.row for r in one.records]) for one in people.duplicates] == [
        ("left", [2, 3]),
        ("right", [2, 3, 4]),
    ]
    assert len(people.only_right) == 1


def test_a_number_that_hundreds_have_is_left_to_the_other_keys(sides):
    rows = [f"| '{house} | | 张{house} | 户主 | {A} | | {'女' if house % 2 else '男'} |" for house in range(100, 160)]
    other = [row.replace("女", "男") for row in reversed(rows)]
    result = compare(*sides("\n".join(rows), "\n".join(other)))
    assert table(result).rows == (60, 60)
    assert len(table(result).changed) == 30
    assert {(cell[1], cell[2], cell[3]) for cell in changes(result)} == {("性别", "女", "男")}
    assert all(one.left_record.person == one.right_record.person for one in table(result).changed)


def test_a_row_with_nothing_to_meet_by_is_told_and_not_lost(sides):
    a, b = sides("| | | 张三 | | | | 女 |", "| | | 张三 | | | | 男 |")
    result = compare(a, b)
    assert [one.person for one in table(result).only_left] == ["张三"]
    assert result.notes[-1] == (
        "右边“人”有 1 行没有可用来对应的号码、编号或“户编号＋姓名”，无法比对，列在“只在右边”里；要按别的列对应，请用 --on 指明。",
        "1 row(s) of 人 on the right have no number, no code and no household with a name to meet by; they could not be "
        "compared and stand among those only on the right. Say --on COLUMNS to meet by others.",
    )


def test_columns_the_user_names_replace_the_keys(sides):
    a, b = sides(f"| '1 | '11 | 张三 | 户主 | {A} | | 女 |", f"| '2 | '11 | 张 三 | 户主 | {B} | | 女 |")
    result = compare(a, b, on=("姓名",))
    assert table(result).keys == {"姓名": 1}
    assert table(result).changed[0].left_record.key == {"姓名": "张三"}
    assert [cell[1] for cell in changes(result)] == ["证件号码"]


def test_columns_that_are_not_on_both_sides_are_refused(sides):
    with pytest.raises(UsageError) as refused:
        compare(*sides("| '1 | | 张三 | 户主 | | | 女 |", "| '1 | | 张三 | 户主 | | | 女 |"), on=("手机尾号",))
    assert refused.value.zh == (
        "--on 手机尾号：两边不都有这些列；都有的是 人编号、姓名、与户主关系、证件号码、出生日期、性别。"
    )


def test_rows_with_nothing_to_meet_by_are_the_same_where_every_cell_is(tmp_path):
    text = (
        "乡,村,户编号,人编号,姓名,与户主关系,证件号码,健康状况\n"
        "甲乡,东村,,,张三,户主,,健康\n甲乡,东村,,P1,李四,配偶,,残疾\n甲乡,东村,,P1,李四,配偶,,残疾\n"
    )
    a = text_of(tmp_path / "a.csv", text)
    result = compare(a, a)
    assert [(one.table, one.same, one.only_left, one.only_right) for one in result.tables] == [
        ("人", 3, (), ()),
        ("户", 1, (), ()),
    ]
    assert (result.moved, result.regrouped, result.head_changed) == ((), (), ())
    other = compare(a, text_of(tmp_path / "b.csv", text.replace("张三,户主,,健康", "张三,户主,,残疾")))
    assert changes(other) == [("张三", "健康状况", "健康", "残疾")]  # the household was met by the others
