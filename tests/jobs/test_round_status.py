import json
import shutil
from datetime import date

from msgspec.structs import replace
from openpyxl import load_workbook

from fupin_cli.jobs import round_export, round_merge, round_status
from fupin_cli.jobs.audit import run as audit
from fupin_cli.reports.round_status import to_json, to_terminal
from fupin_cli.reports.round_status_xlsx import write
from fupin_cli.reports.words import Look
from fupin_cli.rounds import doubts, open_ledger
from tests.jobs.drawn_round import WRONG, answer, close, new, person, request, written

DUE = date(2021, 2, 1)


def two_rounds(folder):
    """A campaign of two rounds: one struck off, one answered, one overdue, one new."""
    bad = [person(1, WRONG), person(2, WRONG), person(3, WRONG, 乡="乙乡", 村="西村")]
    new(folder / "c", request(written(folder / "a.csv", *bad)), deadline=DUE)
    with open_ledger(folder / "c") as ledger:
        second = next(doubt.id for doubt in doubts(ledger) if doubt.household == "990101000002")
    close(folder / "c", written(folder / "b.csv", person(1), *bad[1:]))
    new(folder / "c", request(written(folder / "d.csv", person(1), *bad[1:], person(4, ""))))
    answer(folder / "c", second, 是否属实="是", 核实情况="录入错误")
    return folder / "c"


def test_status_counts_by_township_what_is_open_answered_overdue_and_struck_off(tmp_path):
    folder = two_rounds(tmp_path)
    found = round_status.run(folder, "乡", date(2021, 2, 2))
    assert {each.township: ({k: n for k, n in each.counts.items() if n}, each.overdue) for each in found.standings} == {
        "甲乡": ({"open": 1, "answered": 1, "closed": 1}, 0),
        "乙乡": ({"open": 1}, 1),
    }
    assert [(each.number, each.found, each.new, each.struck_off, each.left) for each in found.rounds] == [
        (1, 3, 3, 1, 2),
        (2, 3, 1, 0, 3),
    ]
    assert round_status.run(folder, "乡", DUE).total.overdue == 0
    assert [(each.township, each.village) for each in round_status.run(folder, "村", DUE).standings] == [
        ("乙乡", "西村"),
        ("甲乡", "东村"),
    ]

    assert to_terminal(found, Look()) == (
        "第 2 轮，截至 2021-02-02\n"
        "乡     待下发   已反馈   已销号   超期\n"
        "──────────────────────────────────────\n"
        "乙乡        1                        1\n"
        "甲乡        1        1        1       \n"
        "合计        2        1        1      1\n"
        "\n"
        "各轮未销号\n"
        "    1  ████████████████████                2   新增 3  销号 1\n"
        "    2  ██████████████████████████████      3   新增 1\n"
    )
    page = json.loads(to_json(found))
    assert (page["total"]["open"], page["total"]["overdue"], page["rounds"][1]["left"]) == (2, 1, 3)


def test_the_workbook_of_the_status_has_places_rounds_and_a_chart(tmp_path):
    found = round_status.run(two_rounds(tmp_path), "村", date(2021, 2, 2))
    write(found, tmp_path / "s.xlsx", "zh")
    book = load_workbook(tmp_path / "s.xlsx")
    assert book.sheetnames == ["各乡村", "各轮"]
    assert [cell.value for cell in book["各乡村"][4]] == ["合计", None, 2, 0, 1, 0, 0, 1, 0, 1]
    assert [cell.value for cell in book["各轮"][2]][3:8] == [3, 3, 0, 1, 2]
    assert len(book["各轮"]._charts) == 1  # noqa: SLF001


def test_the_exported_ledger_is_read_as_a_ledger_and_its_rules_find_the_overdue(tmp_path):
    folder = two_rounds(tmp_path)
    assert round_export.run(folder, tmp_path / "台账.xlsx", "zh") == 6
    book = load_workbook(tmp_path / "台账.xlsx")
    assert book.sheetnames[0] == "疑点台账"
    assert "campaign" not in book.sheetnames
    assert book["表_状态变化"].max_row == 1 + 6  # 4 opened, 1 struck off, 1 answered

    asked = replace(request(tmp_path / "d.csv", select=("RND001", "RND003")), ledgers=(tmp_path / "台账.xlsx",))
    found = audit(replace(asked, files=(tmp_path / "d.csv",)))
    assert sorted((each.rule, each.household) for each in found.findings) == [
        ("RND001", "990101000003"),
        ("RND003", "990101000002"),
    ]


def test_a_doubt_that_two_offices_opened_apart_is_one_new_doubt_when_they_are_merged(tmp_path):
    bad = written(tmp_path / "a.csv", person(1, WRONG), person(2, WRONG))
    new(tmp_path / "c", request(bad))
    (tmp_path / "t").mkdir()
    shutil.copy(tmp_path / "c" / "campaign.key", tmp_path / "t")
    new(tmp_path / "t", request(bad), who="乡")
    merged = round_merge.run(tmp_path / "c", tmp_path / "t" / "台账.sqlite", "2021-01-09T10:00:00+08:00", "县")
    assert (merged.added["doubt"], merged.added["event"]) == (0, 2)
    found = round_status.run(tmp_path / "c", "乡", DUE)
    assert [(each.number, each.found, each.new, each.left) for each in found.rounds] == [(1, 2, 2, 2)]
