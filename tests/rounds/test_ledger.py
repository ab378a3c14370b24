import os
import sqlite3
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from fupin_cli.errors import InputError, OutputError, UsageError
from fupin_cli.rounds import (
    Answer,
    Change,
    answers,
    change_status,
    doubts,
    events,
    merge,
    open_ledger,
    open_other,
    record_answers,
    record_findings,
    record_round,
    statuses,
)
from tests.rounds.drawn import AT, campaign, faults, moment, opened, sighting, whole


def fresh(folder: Path, *numbers: int):
    """Open a ledger with round 1 and doubts of these numbers."""
    ledger = open_ledger(folder, create=True, at=AT, fupin="0")
    with ledger.step("new 1", "1", AT, "县") as step:
        if not step.done:
            record_round(ledger, opened(), moment())
            record_findings(ledger, [sighting(n) for n in numbers], moment(), "核查")
    return ledger


def test_every_step_of_a_campaign_leaves_a_sound_ledger_and_a_second_run_changes_nothing(tmp_path):
    campaign(tmp_path)
    before = whole(tmp_path)
    campaign(tmp_path)
    assert faults(tmp_path) == []
    assert whole(tmp_path) == before


def test_a_step_that_fails_leaves_nothing(tmp_path):
    with fresh(tmp_path, 1) as ledger:
        with pytest.raises(UsageError) as told, ledger.step("close", "1", AT, "县"):  # noqa: PT012
            change_status(ledger, [Change(sighting(1).doubt, "closed", "核查")], moment())
            change_status(ledger, [Change("HSG001-nobody", "closed", "核查")], moment())
        assert told.value.zh == "台账里没有这些疑点编号：HSG001-nobody；用 fupin round export 查看全部编号。"
        assert statuses(ledger, [sighting(1).doubt]) == {sighting(1).doubt: "open"}
        with ledger.step("close", "1", AT, "县") as step:
            assert not step.done


def test_a_step_that_was_done_says_so_and_what_came_of_it(tmp_path):
    with fresh(tmp_path, 1) as ledger:
        with ledger.step("collect", "a", AT, "县") as step:
            step.result["taken"] = 3
        with ledger.step("collect", "a", AT, "县") as again:
            assert again.done
            assert again.result == {"taken": 3}
            with pytest.raises(RuntimeError, match="a ledger is written inside a step"):
                ledger.write("DELETE FROM answer", [()])


@pytest.mark.skipif(os.name != "posix", reason="rights of files are posix'")
def test_the_ledger_and_the_key_are_for_their_owner_only(tmp_path):
    with fresh(tmp_path / "c", 1):
        files = sorted((tmp_path / "c").iterdir())
        assert {"台账.sqlite", "campaign.key"} <= {file.name for file in files}
        assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}


def test_a_folder_without_a_ledger_says_how_one_is_made(tmp_path):
    with pytest.raises(InputError) as told:
        open_ledger(tmp_path)
    assert (
        told.value.zh
        == f"{tmp_path}：这里没有清洗台账（台账.sqlite）；先用 fupin round new 登记表 -d {tmp_path} 开第一轮，或核对 -d。"
    )


@pytest.mark.parametrize(
    ("harm", "zh"),
    [
        (
            lambda c: c.execute("PRAGMA user_version = 9"),
            "这份台账由更新的 fupin 写成（格式 9，本版认识 1）；请升级 fupin。",
        ),
        (lambda c: c.execute("PRAGMA application_id = 1"), "不是 fupin 的清洗台账；请核对 -d 的文件夹。"),
    ],
)
def test_a_file_that_is_no_ledger_of_this_fupin_is_refused(tmp_path, harm, zh):
    fresh(tmp_path, 1).__exit__(None, None, None)
    connection = sqlite3.connect(tmp_path / "台账.sqlite")
    harm(connection)
    connection.close()
    with pytest.raises(InputError) as told:
        open_ledger(tmp_path)
    assert told.value.zh == f"{tmp_path / '台账.sqlite'}：{zh}"


def test_a_damaged_ledger_is_not_used(tmp_path):
    (tmp_path / "台账.sqlite").write_bytes(b"PK\x03\x04" + b"no ledger at all" * 400)
    with pytest.raises(InputError) as told:
        open_ledger(tmp_path)
    assert told.value.zh == f"{tmp_path / '台账.sqlite'}：台账文件已损坏，没有使用它；请放回备份。"


def test_the_key_of_another_campaign_is_refused(tmp_path):
    fresh(tmp_path / "a", 1).__exit__(None, None, None)
    fresh(tmp_path / "b", 1).__exit__(None, None, None)
    (tmp_path / "a" / "campaign.key").write_bytes((tmp_path / "b" / "campaign.key").read_bytes())
    with pytest.raises(InputError) as told:
        open_ledger(tmp_path / "a")
    assert told.value.zh == f"{tmp_path / 'a'}：campaign.key 是另一次清洗的，与台账不符；请放回这次清洗的密钥。"


def test_a_second_process_is_told_in_one_sentence_and_loses_nothing(tmp_path):
    with fresh(tmp_path, 1) as ledger, open_ledger(tmp_path, wait=0.1) as second:
        with ledger.step("collect", "a", AT, "县"):
            record_answers(ledger, [Answer(sighting(1).doubt, "f", "0", 1, {"是否属实": "是"})], moment())
            with pytest.raises(OutputError) as told, second.step("collect", "b", AT, "乡"):
                pass
        assert (
            told.value.zh
            == f"{tmp_path / '台账.sqlite'}：另一个 fupin 正在写这份台账；等它结束再运行，什么也没有改动。"
        )
        with second.step("collect", "b", AT, "乡"):
            record_answers(second, [Answer(sighting(1).doubt, "g", "1", 1, {"是否属实": "否"})], moment(who="乡"))
        assert [each.cells["是否属实"] for each in answers(ledger)] in (["是", "否"], ["否", "是"])


_WRITER = """
import sys; from pathlib import Path
from fupin_cli.rounds import Answer, Moment, open_ledger, record_answers
from tests.rounds.drawn import AT, sighting
folder, name = Path(sys.argv[1]), sys.argv[2]
for number in range(25):
    with open_ledger(folder) as ledger, ledger.step("collect", f"{name}{number}", AT, name):
        record_answers(ledger, [Answer(sighting(number % 5).doubt, name, "0", number, {"备注": f"{name}{number}"})], Moment(1, AT, name))
"""


def test_two_processes_that_write_at_once_lose_no_answer(tmp_path):
    fresh(tmp_path, *range(5)).__exit__(None, None, None)
    root = Path(__file__).parents[2]
    writers = [
        subprocess.Popen([sys.executable, "-c", _WRITER, str(tmp_path), name], cwd=root) for name in ("甲", "乙")
    ]
    assert [writer.wait() for writer in writers] == [0, 0]
    with open_ledger(tmp_path) as ledger:
        assert sorted(each.cells["备注"] for each in answers(ledger)) == sorted(
            f"{w}{n}" for w in "甲乙" for n in range(25)
        )
    assert faults(tmp_path) == []


def test_one_that_was_struck_off_and_is_found_again_has_reappeared_with_its_history(tmp_path):
    with fresh(tmp_path, 1) as ledger:
        with ledger.step("close", "1", AT, "县"):
            change_status(ledger, [Change(sighting(1).doubt, "closed", "核查")], moment())
        with ledger.step("new", "2", AT, "县"):
            record_round(ledger, opened(), moment(2))
            assert record_findings(ledger, [sighting(1)], moment(2), "第2轮核查") == {sighting(1).doubt: "reappeared"}
        assert [(each.before, each.after, each.proof) for each in events(ledger, sighting(1).doubt)] == [
            (None, "open", "核查"),
            ("open", "closed", "核查"),
            ("closed", "reappeared", "第2轮核查"),
        ]


@pytest.mark.parametrize(("cell", "became"), [("是", "excused"), ("危房", "reappeared")])
def test_one_confirmed_as_untrue_stays_struck_off_while_its_cells_say_the_same(tmp_path, cell, became):
    with fresh(tmp_path, 1) as ledger:
        with ledger.step("close", "1", AT, "县"):
            change_status(ledger, [Change(sighting(1).doubt, "closed", "不属实", "untrue")], moment())
        with ledger.step("new", "2", AT, "县"):
            record_round(ledger, opened(), moment(2))
            again = sighting(1, values={"危房户": cell})
            assert record_findings(ledger, [again], moment(2), "核查") == {again.doubt: became}


def test_townships_that_worked_apart_are_merged_and_two_answers_to_one_doubt_are_both_kept(tmp_path):
    fresh(tmp_path / "county", 1, 2).__exit__(None, None, None)
    (tmp_path / "town").mkdir()
    for file in (tmp_path / "county").iterdir():
        (tmp_path / "town" / file.name).write_bytes(file.read_bytes())
    later = "2021-03-05T08:00:00.000+08:00"
    with open_ledger(tmp_path / "town") as town, town.step("collect", "t", later, "乡"):
        cells = {"是否属实": "否", "佐证材料": "照片"}
        record_answers(
            town, [Answer(sighting(n).doubt, "t", "0", n, cells) for n in (1, 2)], moment(at=later, who="乡")
        )
    with open_ledger(tmp_path / "county") as county:
        with county.step("collect", "c", AT, "县"):
            record_answers(county, [Answer(sighting(1).doubt, "c", "0", 1, {"是否属实": "是"})], moment())
        with open_other(tmp_path / "town" / "台账.sqlite") as town, county.step("merge", "1", later, "县"):
            added, told = merge(county, town)

        assert (added["answer"], added["doubt"]) == (2, 0)
        assert [zh for zh, _ in told] == [
            f"{sighting(1).doubt}：两边各有反馈，都保留；以并入的台账的为准（核实日期或收回时间较晚）。"
        ]
        assert [(each.cells["是否属实"], each.counts) for each in answers(county, sighting(1).doubt)] == [
            ("是", False),
            ("否", True),
        ]
        assert {doubt.id: doubt.status for doubt in doubts(county)} == {
            sighting(1).doubt: "answered",
            sighting(2).doubt: "answered",
        }
        with open_other(tmp_path / "town" / "台账.sqlite") as town, county.step("merge", "2", later, "县"):
            assert not any(merge(county, town)[0].values())


def test_ledgers_of_two_campaigns_do_not_merge(tmp_path):
    fresh(tmp_path / "a", 1).__exit__(None, None, None)
    with (
        fresh(tmp_path / "b", 1) as ledger,
        open_other(tmp_path / "a" / "台账.sqlite") as other,
        pytest.raises(UsageError) as told,
        ledger.step("merge", "1", AT, "县"),
    ):
        merge(ledger, other)
    assert told.value.zh == (
        f"{tmp_path / 'a' / '台账.sqlite'}：是另一次清洗的台账（密钥不同），不能并入；同一次清洗的各单位要用同一个 campaign.key。"
    )


def test_ten_thousand_doubts_are_entered_in_seconds(tmp_path):
    begun = time.monotonic()
    fresh(tmp_path, *range(10_000)).__exit__(None, None, None)
    assert time.monotonic() - begun < 20
