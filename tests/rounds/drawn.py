"""A small campaign drawn for tests: its steps one by one, always the same, so that two ledgers of it are equal."""

from pathlib import Path

from fupin_cli.rounds import (
    TABLES,
    Answer,
    Change,
    Issued,
    KeyChange,
    Ledger,
    Moment,
    RoundOpened,
    RuleKept,
    Sighting,
    change_status,
    open_ledger,
    record_answers,
    record_close,
    record_findings,
    record_issue,
    record_key_change,
    record_round,
)

AT = "2021-03-01T08:00:00.000+08:00"


def sighting(number: int, **changed: object) -> Sighting:
    """Return a finding about the household of this number."""
    fields: dict[str, object] = {
        "doubt": f"HSG001-{number:010x}", "found_as": f"HSG001-{number:010x}", "rule": "HSG001", "rule_name": "危房未改造",
        "severity": "error", "scope": "户", "household": f"{990101000000 + number}", "person": "张三", "person_code": None,
        "certificate": None, "township": "甲乡" if number % 2 else "乙乡", "village": "东村", "column": None, "list": None,
        "stable": True, "file": "登记表.xlsx", "sheet": "户", "row": number + 2, "cells": (f"K{number + 2}",),
        "values": {"危房户": "是"}, "message": "住房没有改造", "message_en": "the house was not repaired", "basis": "文件", "fix": "核实",
        "fix_en": "verify",
    }  # fmt: skip
    return Sighting(**{**fields, **changed})


def opened(**changed: object) -> RoundOpened:
    """Return a round of one file and one rule."""
    fields: dict[str, object] = {
        "settings": {"select": []}, "deadline": None, "data_date": None, "fupin": "0", "sources": {"登记表.xlsx": "00"},
        "rules": (RuleKept("HSG001", "aa", {}, None),),
    }  # fmt: skip
    return RoundOpened(**{**fields, **changed})


def moment(number: int = 1, at: str = AT, who: str = "县") -> Moment:
    """Return when and by whom."""
    return Moment(number, at, who)


def campaign(folder: Path, doubts: int = 40) -> None:
    """Run every step of a campaign of two rounds; a step that is done is left as it is."""
    with open_ledger(folder, create=True, at=AT, fupin="0") as ledger:
        ids = [sighting(n).doubt for n in range(doubts)]
        for name in ("new 1", "issue", "collect", "close 1", "new 2"):
            with ledger.step(name, "1", AT, "县") as step:
                if not step.done:
                    _STEPS[name](ledger, ids)
                    step.result["doubts"] = doubts


def _new(ledger: Ledger, ids: list[str]) -> None:
    record_round(ledger, opened(), moment())
    record_findings(ledger, [sighting(n) for n in range(len(ids))], moment(), "核查")


def _issue(ledger: Ledger, ids: list[str]) -> None:
    record_issue(ledger, [Issued(id_, "甲乡.xlsx", "11", "q") for id_ in ids], moment())


def _collect(ledger: Ledger, ids: list[str]) -> None:
    cells = {"是否属实": "否", "佐证材料": "照片"}
    record_answers(ledger, [Answer(id_, "甲乡.xlsx", "22", n, cells) for n, id_ in enumerate(ids[::2])], moment())


def _close(ledger: Ledger, ids: list[str]) -> None:
    change_status(ledger, [Change(id_, "closed", "核查") for id_ in ids[::3]], moment())
    record_close(ledger, {ids[1]: ("仍有", "still")}, {"登记表.xlsx": "33"}, moment())


def _again(ledger: Ledger, ids: list[str]) -> None:
    record_round(ledger, opened(), moment(2))
    record_key_change(
        ledger, KeyChange("户", "990101000001", "990101000099", "证件号码相同", {"HSG001-new": ids[1]}), moment(2)
    )
    record_findings(ledger, [sighting(n) for n in range(0, len(ids), 2)], moment(2), "核查")


_STEPS = {"new 1": _new, "issue": _issue, "collect": _collect, "close 1": _close, "new 2": _again}


def whole(folder: Path) -> dict[str, list[tuple[object, ...]]]:
    """Return every row of every table but the campaign's own mark."""
    with open_ledger(folder) as ledger:
        return {
            table: sorted(ledger.rows(f'SELECT * FROM "{table}"'), key=repr) for table in TABLES if table != "campaign"
        }


def faults(folder: Path) -> list[str]:
    """Return in what a ledger contradicts itself; nothing for a sound one."""
    told = []
    with open_ledger(folder) as ledger:
        if ledger.rows("PRAGMA integrity_check") != [("ok",)] or ledger.rows("PRAGMA foreign_key_check"):
            told.append("damaged")
        last = "(SELECT after FROM event WHERE doubt = d.id ORDER BY n DESC LIMIT 1)"
        if ledger.rows(f"SELECT id FROM doubt d WHERE status IS NOT {last}"):
            told.append("a status without its event")
        if ledger.rows(
            "SELECT id FROM doubt d WHERE NOT EXISTS (SELECT 1 FROM seen WHERE doubt = d.id AND round = d.last_round)"
        ):
            told.append("a doubt nobody saw")
        before = "LAG(after) OVER (PARTITION BY doubt ORDER BY n)"
        if ledger.rows(f"SELECT 1 FROM (SELECT before, {before} AS b FROM event) WHERE before IS NOT b"):
            told.append("a history with a gap")
        done = {name for (name,) in ledger.rows("SELECT name FROM step")}
        kept = {"new 1": "seen WHERE round = 1", "issue": "issue", "collect": "answer", "new 2": "seen WHERE round = 2"}
        told += [
            f"{step} half done"
            for step, rows in kept.items()
            if bool(ledger.rows(f"SELECT 1 FROM {rows} LIMIT 1")) != (step in done)
        ]
    return told
