"""The unsafe repairs: what each does and does not touch; done twice they do nothing more, and undone everything is as it was."""

import random
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from fupin_cli.fixes.certificates import slips
from fupin_cli.fixes.repairs.fix105_simplified import simplified
from fupin_cli.fixes.repairs.fix106_one_slip import Person, only_fit
from fupin_cli.jobs.clean import CleanRequest, run
from fupin_cli.jobs.request import Request
from fupin_cli.jobs.undo import undo
from fupin_cli.model.settings import Settings
from fupin_cli.values.id_number import check_character, passes, sex

DAY = date(2020, 12, 31)


def number(region: str, born: str, order: str) -> str:
    body = region + born + order
    return body + check_character(body)


HEAD, SON, WIFE = (
    number("990101", "19700102", "011"),
    number("990101", "20010304", "033"),
    number("990101", "19720506", "028"),
)


def clean(path: Path, repair: str, output: Path | None = None):
    request = Request((path,), Settings(today=DAY, as_of=DAY))
    return run(CleanRequest(request, output, select=(repair,), unsafe=True))


def told(path: Path, repair: str) -> list[tuple[str, str | None, str | None]]:
    return [(fix.cell, fix.before, fix.after) for one in clean(path, repair).files for fix in one.fixes]


def cells(path: Path):
    return [[(cell.value, cell.data_type) for cell in row] for row in openpyxl.load_workbook(path).active.iter_rows()]


PERSONS = f"""
| 户编号       | 姓名   | 与户主关系 | 证件号码 | 出生日期    | 性别 | 登记年龄 |
| 990101000001 | 张示例 | 户主       | {HEAD}   | @1970-01-02 | 男   | 50       |
| 990101000001 | 张小例 | 之子       | {SON}    |             |      | 19       |
| 990101000001 | 李示例 | 配偶       | {WIFE}   | @1972-05-06 | 男   | 48       |
"""


def test_a_blank_day_of_birth_is_read_off_a_sound_number(sketch):
    assert told(sketch(PERSONS), "FIX101") == [("E3", None, "2001-03-04")]


def test_a_blank_sex_is_read_off_a_sound_number(sketch):
    assert told(sketch(PERSONS), "FIX102") == [("F3", None, "男")]


@pytest.mark.parametrize(
    ("was", "becomes"),
    [
        (SON, SON[:-1] + ("1" if SON[-1] != "1" else "2")),  # fails its check
        ("| 19 ", "| 40 "),  # another age
        (WIFE, SON),  # somebody else's number
        (SON, "99999920010304033X"),  # a stand-in
    ],
)
def test_nothing_is_read_off_a_number_that_may_be_wrong(sketch, was, becomes):
    path = sketch(PERSONS.replace(was, becomes))
    assert told(path, "FIX101") == told(path, "FIX102") == []


def test_a_stated_sex_that_the_number_denies_keeps_the_day_of_birth_blank(sketch):
    path = sketch(PERSONS.replace("@1972-05-06", "           "))
    assert told(path, "FIX101") == [("E3", None, "2001-03-04")]


INCOME = f"""
| 户编号       | 户主姓名 | 姓名   | 与户主关系 | 证件号码 | 家庭人口 | 纯收入 | 人均纯收入 |
| 990101000001 | 张示例   | 张示例 | 户主       | {HEAD}   | 2        | 9001   | 9001       |
| 990101000001 | 张示例   | 张小例 | 之子       | {SON}    | 2        | 9001   | 9001       |
"""


def test_income_a_head_follows_from_net_income_and_the_members(sketch):
    assert told(sketch(INCOME), "FIX103") == [("H2", "9001", "4500.5"), ("H3", "9001", "4500.5")]


@pytest.mark.parametrize(
    ("was", "becomes"),
    [
        ("| 2        |", "| 3        |"),  # the rows say two
        ("| 2        |", "|          |"),  # nobody says that the rows are all
        ("户主       |", "之弟       |"),  # no head: the rows may be some of them
        ("| 9001   | 9001 ", "| 约9千  | 9001 "),  # nobody can read it
        ("| 9001   | 9001 ", "| 9001   | 4501 "),  # rounding
    ],
)
def test_income_a_head_is_left_where_something_is_not_certain(sketch, was, becomes):
    assert told(sketch(INCOME.replace(was, becomes)), "FIX103") == []


def fifteen(of: str) -> str:
    return of[:6] + of[8:17]


OLD = f"""
| 户编号       | 姓名   | 与户主关系 | 证件号码        | 出生日期    | 性别 |
| 990101000001 | 张示例 | 户主       | '{fifteen(HEAD)} | @1970-01-02 | 男   |
| 990101000001 | 李示例 | 配偶       | '{fifteen(WIFE)} | @1972-05-07 | 女   |
"""


def test_fifteen_digits_are_raised_where_the_day_of_birth_agrees(sketch):
    assert told(sketch(OLD), "FIX104") == [("D2", fifteen(HEAD), HEAD)]


def test_fifteen_digits_whose_new_form_stands_elsewhere_are_left(sketch):
    path = sketch(OLD + f"| 990101000002 | 王示例 | 户主 | {HEAD} | @1970-01-02 | 男 |\n")
    assert told(path, "FIX104") == []


def test_traditional_names_and_places_become_simplified_where_one_form_can_be_meant(sketch):
    path = sketch(f"""
| 户编号       | 村     | 姓名   | 与户主关系 | 证件号码 |
| 990101000001 | 東嶺村 | 張偉   | 户主       | {HEAD}   |
| 990101000001 | 東嶺村 | 張著   | 之子       | {SON}    |
""")
    assert told(path, "FIX105") == [("B2", "東嶺村", "东岭村"), ("C2", "張偉", "张伟"), ("B3", "東嶺村", "东岭村")]


@pytest.mark.parametrize("text", ["张伟", "喆", "張乾", "鍾示例", ""])
def test_a_form_that_is_simple_or_not_sure_is_left(text):
    from opencc import OpenCC

    assert simplified(text, OpenCC("t2s").convert) is None


def slipped(right: str, draw: random.Random) -> str:
    """One slip by hand, not by the code that undoes it."""
    while True:
        place, kind = draw.randrange(17), draw.choice(["digit", "swap", "lost"])
        if kind == "lost":
            wrong = right[:17] if right.endswith("X") else right
        elif kind == "swap":
            wrong = right[:place] + right[place + 1] + right[place] + right[place + 2 :]
        else:
            wrong = right[:place] + draw.choice("0123456789") + right[place + 1 :]
        if wrong != right and not passes(wrong):
            return wrong


def distance_of_one(one: str, other: str) -> bool:
    if len(one) == 17:
        return other == one + "X"
    different = [place for place in range(18) if one[place] != other[place]]
    swapped = len(different) == 2 and different[1] == different[0] + 1 and one[different[0]] == other[different[1]]
    return len(different) == 1 or (swapped and one[different[1]] == other[different[0]])


@pytest.mark.parametrize("seed", range(20))
def test_the_only_number_that_fits_is_found_as_a_search_of_all_numbers_finds_it(seed):
    """Brute force: all 1000 orders of this region and day, with their check characters, that one slip tells."""
    draw = random.Random(seed)
    born = date(draw.randrange(1930, 2019), draw.randrange(1, 13), draw.randrange(1, 29))
    right = number("990101", f"{born:%Y%m%d}", f"{draw.randrange(1000):03}")
    wrong = slipped(right, draw)
    person = Person(born, sex(right), frozenset({"990101"}))
    every = [number("990101", f"{born:%Y%m%d}", f"{order:03}") for order in range(1000)]
    fits = [one for one in every if sex(one) == person.sex and distance_of_one(wrong, one)]
    assert right in fits
    assert only_fit(wrong, person, frozenset()) == (right if len(fits) == 1 else None)
    assert only_fit(wrong, person, frozenset({right})) is None
    assert all(passes(one) for one in slips(wrong))


def test_one_slip_in_the_day_of_birth_is_undone_and_one_in_the_order_is_not(sketch):
    inside, order = SON[:10] + "12" + SON[12:], HEAD[:14] + ("9" if HEAD[14] != "9" else "8") + HEAD[15:]
    registry = """
| 户编号       | 姓名   | 与户主关系 | 证件号码 | 出生日期    | 性别 |
| 990101000001 | 张示例 | 户主       | {head}   | @1970-01-02 | 男   |
| 990101000001 | 张小例 | 之子       | {son}    | @2001-03-04 | 男   |
| 990101000001 | 李示例 | 配偶       | {wife}   | @1972-05-06 | 女   |
"""
    swapped = SON[:9] + SON[10] + SON[9] + SON[11:]
    assert inside != SON
    assert told(sketch(registry.format(head=HEAD, son=swapped, wife=WIFE)), "FIX106") == [("D3", swapped, SON)]
    assert told(sketch(registry.format(head=order, son=SON, wife=WIFE)), "FIX106") == []


ALL = f"""
| 户编号       | 村     | 户主姓名 | 姓名   | 与户主关系 | 证件号码                            | 出生日期    | 性别 | 家庭人口 | 纯收入 | 人均纯收入 |
| 990101000001 | 東嶺村 | 张示例   | 张示例 | 户主       | {HEAD}                              |             | 男   | 3        | 9001   | 9001       |
| 990101000001 | 東嶺村 | 张示例   | 張小例 | 之子       | {SON[:9] + SON[10] + SON[9] + SON[11:]} | @2001-03-04 | 男   | 3        | 9001   | 9001       |
| 990101000001 | 東嶺村 | 张示例   | 李示例 | 配偶       | '{fifteen(WIFE)}                    | @1972-05-06 | 女   | 3        | 9001   | 9001       |
| 990101000002 | 東嶺村 | 王示例   | 王示例 | 户主       | {number("990101", "19600102", "055")} | @1960-01-02 |      | 1        | 5000   |            |
"""


def test_all_of_them_together_done_twice_are_done_once_and_undone_leave_every_cell_as_it_was(sketch, tmp_path):
    path = sketch(ALL)
    done = clean(path, "FIX10", tmp_path / "out")
    (one,) = done.files
    assert {fix.repair for fix in one.fixes} == {f"FIX10{n}" for n in range(1, 7)}
    assert told(one.copy, "FIX10") == []
    for before, after in zip(cells(path), cells(one.copy), strict=True):
        kept = [(was, now) for was, now in zip(before, after, strict=True) if was[0] is not None]
        assert all(was[1] == now[1] for was, now in kept), "a repaired cell keeps its type"
    undo(tmp_path / "out" / "changes.jsonl", tmp_path / "back")
    assert cells(tmp_path / "back" / path.name) == cells(path)
