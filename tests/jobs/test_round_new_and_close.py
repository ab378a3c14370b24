from pathlib import Path

import pytest

from fupin_cli.errors import InputError, UsageError
from fupin_cli.rounds import doubts, events, open_ledger
from tests.jobs.drawn_round import ALSO, GOOD, WRONG, answer, close, new, person, request, written


def stands(folder: Path) -> dict[tuple[str, str | None], str]:
    """Return how each doubt stands, by rule and household."""
    with open_ledger(folder) as ledger:
        return {(doubt.rule, doubt.household and doubt.household[-1]): doubt.status for doubt in doubts(ledger)}


def note(folder: Path, rule: str) -> str:
    """Return why the last closing left a rule's doubt open."""
    with open_ledger(folder) as ledger:
        return str(ledger.rows("SELECT note_zh FROM doubt WHERE rule = ?", (rule,))[0][0])


def only(folder: Path) -> str:
    with open_ledger(folder) as ledger:
        (doubt,) = doubts(ledger)
        return doubt.id


def test_a_round_is_opened_once_however_often_it_is_run(tmp_path):
    file = written(tmp_path / "a.csv", person(1, WRONG), person(2, ""))
    first, again = (new(tmp_path / "c", request(file)) for _ in range(2))
    assert (first.number, first.counts["new"], first.done_before) == (1, 2, False)
    assert (again.number, again.counts, again.done_before) == (1, first.counts, True)
    assert stands(tmp_path / "c") == {("IDN002", "1"): "open", ("IDN003", "2"): "open"}


def test_only_what_the_data_proves_is_struck_off_the_rest_stays_with_its_reason(tmp_path):
    before = [person(1, WRONG), person(2, WRONG), person(3, WRONG, 姓名="李四"), person(4, WRONG)]
    new(tmp_path / "c", request(written(tmp_path / "a.csv", *before)))
    now = [person(1, GOOD), person(2, WRONG), person(4, "")]  # right; as it was; gone; blank, which nobody can judge
    closed = close(tmp_path / "c", written(tmp_path / "b.csv", *now))

    assert stands(tmp_path / "c") == {
        ("IDN002", "1"): "closed",
        ("IDN002", "2"): "open",
        ("IDN002", "3"): "open",
        ("IDN002", "4"): "open",
    }
    assert closed.open == {
        "登记表里仍有这个问题": 1,
        "登记表里已找不到这一行，没有可判断的": 1,
        "规则现在无法判断（有格子空白或读不出）": 1,
    }
    assert closed.new == 1  # IDN003 of the blank
    with open_ledger(tmp_path / "c") as ledger:
        (event,) = [each for each in events(ledger) if each.after == "closed"]
        assert event.who == "县"
        assert event.proof.startswith("登记表已不再有此问题，核查 （1 个文件，sha256 ")


def test_a_rule_that_cannot_run_any_more_proves_nothing(tmp_path):
    new(tmp_path / "c", request(written(tmp_path / "a.csv", person(1, WRONG))))
    file = tmp_path / "b.csv"
    file.write_text("户编号,姓名,与户主关系,数据日期\n990101000001,张三,户主,2020-12-31\n", encoding="utf-8")
    close(tmp_path / "c", file)
    assert stands(tmp_path / "c") == {("IDN002", "1"): "open"}
    assert note(tmp_path / "c", "IDN002") == "这条规则这次没有运行（缺少：证件号码）"


def test_closing_twice_by_the_same_files_writes_nothing_twice(tmp_path):
    new(tmp_path / "c", request(written(tmp_path / "a.csv", person(1, WRONG))))
    now = written(tmp_path / "b.csv", person(1))
    first, again = close(tmp_path / "c", now), close(tmp_path / "c", now)
    assert (first.done_before, again.done_before) == (False, True)
    assert first.struck_off == again.struck_off == (only(tmp_path / "c"),)


def test_one_that_comes_back_has_reappeared_and_the_ledgers_own_rule_says_so(tmp_path):
    bad = written(tmp_path / "a.csv", person(1, WRONG))
    new(tmp_path / "c", request(bad))
    close(tmp_path / "c", written(tmp_path / "b.csv", person(1)))
    assert new(tmp_path / "c", request(bad)).counts == {"reappeared": 1, "gone": 0}
    closed = close(tmp_path / "c", bad)
    assert stands(tmp_path / "c") == {("IDN002", "1"): "reappeared"}
    assert [(each.rule, each.household) for each in closed.rules.findings] == [("RND004", "990101000001")]


def test_what_the_county_confirms_as_untrue_is_struck_off_and_stays_so(tmp_path):
    bad = written(tmp_path / "a.csv", person(1, WRONG))
    new(tmp_path / "c", request(bad))
    doubt = only(tmp_path / "c")
    with pytest.raises(UsageError) as told:
        close(tmp_path / "c", bad, confirm=(doubt,))
    assert told.value.zh == f"--confirm {doubt}：没有反馈“不属实”，或没有写佐证材料，不能确认销号。"

    answer(tmp_path / "c", doubt, 是否属实="不属实", 佐证材料="派出所证明")
    closed = close(tmp_path / "c", bad, confirm=("all",))
    assert (closed.struck_off, closed.confirmed, closed.again) == ((), (doubt,), 0)
    assert new(tmp_path / "c", request(bad)).counts == {"excused": 1, "gone": 0}
    assert stands(tmp_path / "c") == {("IDN002", "1"): "closed"}


def test_a_corrected_number_of_household_or_person_keeps_the_history(tmp_path):
    new(tmp_path / "c", request(written(tmp_path / "a.csv", person(1, WRONG), person(2))))
    now = written(tmp_path / "b.csv", person(1, WRONG, 户编号="990101000009", 人编号="9901010000099"), person(2))
    opened = new(tmp_path / "c", request(now))
    assert (opened.counts, opened.keys) == ({"open": 1, "gone": 0}, 1)
    with open_ledger(tmp_path / "c") as ledger:
        assert ledger.rows("SELECT level, old, new FROM key_change") == [("户", "990101000001", "990101000009")]
        (doubt,) = doubts(ledger)
        assert (doubt.first_round, doubt.last_round, doubt.household) == (1, 2, "990101000009")
    right = person(1, GOOD, 户编号="990101000009", 人编号="9901010000099")
    close(tmp_path / "c", written(tmp_path / "d.csv", right, person(2)))
    assert stands(tmp_path / "c") == {("IDN002", "9"): "closed"}


def test_two_persons_of_one_certificate_are_never_taken_for_one_another(tmp_path):
    new(tmp_path / "c", request(written(tmp_path / "a.csv", person(1, WRONG), person(2, WRONG))))
    now = written(tmp_path / "b.csv", person(3, WRONG), person(4, WRONG))
    opened = new(tmp_path / "c", request(now))
    assert (opened.counts, opened.keys) == ({"new": 2, "gone": 2}, 0)


def test_a_certificate_written_for_another_proves_nothing_of_the_one_who_is_gone(tmp_path):
    new(tmp_path / "c", request(written(tmp_path / "a.csv", person(1, GOOD, 姓名="李四"), person(2, WRONG))))
    with open_ledger(tmp_path / "c") as ledger, ledger.step("correct", "1", "", "县"):
        ledger.write("UPDATE doubt SET certificate = ?", [(GOOD,)])  # as if 张三 had stood under 李四's number
    close(tmp_path / "c", written(tmp_path / "b.csv", person(1, GOOD, 姓名="李四")))
    assert note(tmp_path / "c", "IDN002") == "登记表里已找不到这一行，没有可判断的"


def test_no_round_is_opened_while_a_file_cannot_be_read(tmp_path):
    good = written(tmp_path / "a.csv", person(1, WRONG))
    bad = tmp_path / "b.xlsx"
    bad.write_bytes(b"PK\x03\x04 not a workbook")
    with pytest.raises(InputError) as told:
        new(tmp_path / "c", request(good, bad))
    assert told.value.zh.startswith(f"{bad}：")
    assert told.value.zh.endswith(" 有文件没有读到，没有开轮：它的疑点会漏掉；修好或移走后再运行。")
    assert stands(tmp_path / "c") == {}


def test_a_doubt_without_a_household_number_is_taken_with_a_warning(tmp_path):
    opened = new(tmp_path / "c", request(written(tmp_path / "a.csv", person(1, WRONG, 户编号=""))))
    assert opened.notes[0][0] == "1 条疑点没有户编号可依，下一轮可能认不出是同一条；请先补户编号。"


def test_a_round_number_that_was_had_is_refused(tmp_path):
    new(tmp_path / "c", request(written(tmp_path / "a.csv", person(1, WRONG))))
    with pytest.raises(UsageError) as told:
        new(tmp_path / "c", request(written(tmp_path / "b.csv", person(1))), number=1)
    assert told.value.zh == "--round 1：台账里已有第 1 轮；下一轮是第 2 轮，不写 --round 即可。"


def test_a_reading_fault_is_struck_off_where_its_cell_is_read_now(tmp_path):
    asked = request(written(tmp_path / "a.csv", person(1, 危房户="可能是")), select=("COD",))
    opened = new(tmp_path / "c", asked)
    assert opened.counts["new"] == 1
    close(tmp_path / "c", written(tmp_path / "b.csv", person(1, ALSO, 危房户="是")))
    assert set(stands(tmp_path / "c").values()) == {"closed"}
