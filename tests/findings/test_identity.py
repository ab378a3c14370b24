"""A finding's id outlives moved rows and corrections; it holds no certificate number and no row number."""

import re

from tests.findings.told import told

HEAD = "| 户编号 | 人编号 | 姓名 | 与户主关系 | 证件号码 | 民族 | 数据日期 |"
FIRST = "| '990101000001 | | 张三 | 户主 | '990101196005010111 | | 2020-12-31 |"
SECOND = "| '990101000002 | | 李四 | 户主 | '990101196208010222 | | 2020-12-31 |"
TWIN = "| '990101000002 | | 李四 | 户主 | '990101196208010228 | 汉族 | 2020-12-31 |"


def ids(sketch, *rows, rule="IDN002", head=HEAD):
    return [finding.id for finding in told(sketch("\n".join([head, *rows])), rule=rule)]


def test_an_id_is_the_rule_and_ten_hexadecimal_digits(sketch):
    (found,) = ids(sketch, FIRST)
    assert re.fullmatch(r"IDN002-[0-9a-f]{10}", found)


def test_sorting_the_rows_or_adding_rows_above_changes_no_id(sketch):
    before = ids(sketch, FIRST, SECOND)
    assert ids(sketch, SECOND, FIRST) == before[::-1]
    assert ids(sketch, FIRST, SECOND, head=f"| 花名册 | < |\n\n{HEAD}") == before


def test_correcting_the_number_or_the_spaces_of_the_name_changes_no_id(sketch):
    corrected = FIRST.replace("990101196005010111", "990101196005010112").replace("张三", "张 三")
    assert ids(sketch, corrected) == ids(sketch, FIRST)


def test_persons_households_and_rules_have_ids_of_their_own(sketch):
    wife = FIRST.replace("户主", "配偶").replace("张三", "王五")
    found = ids(sketch, FIRST, wife, SECOND) + ids(sketch, FIRST, wife, SECOND, rule="IDN010")
    assert len(found) == len(set(found)) == 6


def test_a_person_number_stands_for_the_person_whatever_the_name(sketch):
    numbered = FIRST.replace("| |", "| '9901010000011 |", 1)
    assert ids(sketch, numbered) == ids(sketch, numbered.replace("张三", "张山"))
    assert ids(sketch, numbered) != ids(sketch, FIRST)


def test_equal_persons_are_numbered_by_what_stands_in_their_rows(sketch):
    def by_number(*rows):
        found = told(sketch("\n".join([HEAD, *rows])), rule="IDN002")
        return {finding.values["证件号码"]: finding.id for finding in found}

    before = by_number(SECOND, TWIN)
    assert len(set(before.values())) == 2
    assert by_number(TWIN, SECOND) == before


def test_without_a_household_number_the_finding_says_it_is_not_stable(sketch):
    text = "| 村 | 姓名 | 与户主关系 | 证件号码 |\n| 乙村 | 张三 | 户主 | '990101196005010111 |"
    (finding,) = told(sketch(text), rule="IDN002")
    assert (finding.stable, finding.household, finding.village) == (False, None, "乙村")
    (finding,) = told(sketch(f"{HEAD}\n{FIRST}"), rule="IDN002")
    assert finding.stable
