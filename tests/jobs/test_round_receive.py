"""A list in the wording of the level above, beside our doubts."""

from datetime import date

import openpyxl
import pytest

from fupin_cli.jobs.request import Request
from fupin_cli.jobs.round_new import Opening
from fupin_cli.jobs.round_new import run as new
from fupin_cli.jobs.round_receive import Receiving, run
from fupin_cli.model.settings import Settings
from fupin_cli.reports.round_receive import render
from fupin_cli.reports.words import Look
from fupin_cli.rounds import doubts, open_ledger

TODAY = date(2020, 12, 31)


@pytest.fixture
def campaign(tmp_path, sketch):
    """Two persons of one household whose numbers have a wrong check character, and a household without a fault."""
    sketch(
        """
        # 花名册
        | 县 | 乡 | 村 | 户编号 | 人编号 | 姓名 | 证件号码 | 与户主关系 |
        | 示例县 | 示例乡 | 东村 | '990101000001 | '9901010000011 | 张三明 | '990101198003070012 | 户主 |
        | 示例县 | 示例乡 | 东村 | '990101000001 | '9901010000012 | 张小花 | '990101201003070022 | 之女 |
        | 示例县 | 示例乡 | 西村 | '990101000002 | '9901010000021 | 李四 | '990101198003070010 | 户主 |
        """
    )
    settings = Settings(today=TODAY, as_of=TODAY, select=("IDN002",))
    new(Request(files=(tmp_path / "registry.xlsx",), settings=settings), Opening(tmp_path / "D", "2020-12-31T09:00:00", "县", "0"))  # fmt: skip
    return tmp_path


def received(campaign, *rows):
    workbook = openpyxl.Workbook()
    for row in (("省下发疑点数据",), ("问题编号", "户编号", "成员姓名", "问题描述"), *rows):
        workbook.active.append(row)
    workbook.save(campaign / "list.xlsx")
    return run(Receiving(campaign / "D", (campaign / "list.xlsx",)))


def test_lines_of_theirs_meet_our_doubts_by_household_person_and_wording(campaign):
    found = received(
        campaign,
        ("A-1", "990101000001", "张三明", "证件号码校验码有误"),
        ("A-2", "990101000001", "张三明", "家庭成员名下有机动车"),
        ("A-3", "990101000002", "李四", "证件号码校验码有误"),
        ("A-4", "990101000009", "王五", "证件号码校验码有误"),
    )
    assert [one.where for one in found.theirs] == ["both", "only_them", "only_them", "not_ours"]
    assert found.theirs[2].zh == "这一户在登记表里，我们没有查出问题：可能缺规则、缺名单，或已改好"
    assert [one.person for one in found.only_ours] == ["张小花"]


def test_a_doubt_of_another_member_is_not_taken_for_theirs(campaign):
    found = received(campaign, ("A-1", "990101000001", "张大山", "证件号码校验码有误"))
    assert (found.theirs[0].where, found.theirs[0].ours) == ("only_them", None)


def test_our_own_number_in_their_list_goes_before_any_wording(campaign):
    with open_ledger(campaign / "D") as ledger:
        one = doubts(ledger)[0]
    found = received(campaign, (one.id, "", "", "请核实"))
    assert (found.theirs[0].where, found.theirs[0].ours.id, found.theirs[0].by) == ("both", one.id, "id")


def test_the_page_shows_no_whole_name_and_no_whole_number(campaign):
    found = received(campaign, ("A-1", "990101000001", "张三明", "张三明证件号码990101198003070012校验码有误"))
    page = render(found, Look())
    assert "张三明" not in page
    assert "19800307" not in page
    assert "张*明" in page
