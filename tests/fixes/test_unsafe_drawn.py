"""Unsafe repairs over drawn registries whose truth is known: what they write is true, twice is once, undone is as it was."""

import random
from collections import Counter
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from fupin_cli.jobs.clean import CleanRequest, run
from fupin_cli.jobs.request import Request
from fupin_cli.jobs.undo import undo
from fupin_cli.model.settings import Settings
from fupin_cli.values.id_number import check_character, sex

DAY = date(2020, 12, 31)
HEADS = ["户编号", "户主姓名", "姓名", "与户主关系", "证件号码", "出生日期", "性别", "家庭人口", "纯收入", "人均纯收入"]
TRADITIONAL = str.maketrans("张赵陈刘伟", "張趙陳劉偉")


def household(number: int, draw: random.Random) -> list[list[object]]:
    """True rows of one household."""
    size, income = draw.randrange(1, 5), draw.randrange(2000, 60000)
    rows, head = [], ""
    for place in range(size):
        name = (
            draw.choice("张赵陈刘王")
            + draw.choice("伟明华")
            + draw.choice("安白北本春大方光海河花江金林明木南平青清秋泉山石水松天田文新秀雪英永雨玉月云志竹")
        )
        head = head or name
        born = date(draw.randrange(1940, 1999), draw.randrange(1, 13), draw.randrange(1, 29))
        body = f"990101{born:%Y%m%d}{draw.randrange(100, 900)}"
        card = body + (check_character(body) or "")
        relation = "户主" if place == 0 else "其他"
        a_head = round(income / size, 2)
        rows.append([f"9901010{number:05}", head, name, relation, card, born, sex(card), size, income, a_head])
    return rows


def damaged(row: list[object], draw: random.Random) -> list[object]:
    """A row with at most one thing wrong with the person, and its income a head right, wrong or blank with the others'."""
    row = list(row)
    card = str(row[4])
    harm = draw.choice(["", "", "day", "sex", "old", "slip", "swap", "name"])
    if harm == "day":
        row[5] = None
    elif harm == "sex":
        row[6] = None
    elif harm == "old":
        row[4] = card[:6] + card[8:17]
    elif harm == "slip":
        place = draw.randrange(18)
        row[4] = card[:place] + draw.choice([one for one in "0123456789" if one != card[place]]) + card[place + 1 :]
    elif harm == "swap":
        place = draw.choice([one for one in range(17) if card[one] != card[one + 1]] or [0])
        row[4] = card[:place] + card[place + 1] + card[place] + card[place + 2 :]
    elif harm == "name":
        row[2] = str(row[2]).translate(TRADITIONAL)
    return row


def drawn(path: Path, draw: random.Random) -> list[list[object]]:
    """Write a damaged registry; return the true one."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(HEADS)
    truth = []
    for number in range(18):
        rows = household(number, draw)
        truth += rows
        wrong = draw.choice([None, None, draw.randrange(1, 99999)])
        for row in rows:
            harmed = damaged(row, draw)
            sheet.append([*harmed[:-1], harmed[-1] if wrong is None else wrong])
    book.save(path)
    return truth


def values(path: Path) -> list[list[tuple[object, str]]]:
    return [[(cell.value, cell.data_type) for cell in row] for row in openpyxl.load_workbook(path).active.iter_rows()]


@pytest.mark.parametrize("seed", range(3))
def test_what_is_written_is_true_and_twice_is_once_and_undone_is_as_it_was(tmp_path, seed):
    path = tmp_path / "drawn.xlsx"
    truth = drawn(path, random.Random(seed))
    settings = Settings(today=DAY, as_of=DAY)
    asked = CleanRequest(Request((path,), settings), tmp_path / "out", select=("FIX10",), unsafe=True)
    (done,) = run(asked).files
    counts = Counter(fix.repair for fix in done.fixes)
    assert counts.keys() == {"FIX101", "FIX102", "FIX103", "FIX104", "FIX105", "FIX106"}

    for fix in done.fixes:
        right = truth[fix.row - 2][fix.index]
        told = float(fix.after) if fix.repair == "FIX103" else fix.after
        assert told == (right.isoformat() if isinstance(right, date) else right), f"{fix.repair} {fix.cell}"

    again = CleanRequest(Request((done.copy,), settings), select=("FIX10",), unsafe=True)
    assert [fix for one in run(again).files for fix in one.fixes] == []
    before, after = values(path), values(done.copy)
    fixed = {(fix.row - 1, fix.index) for fix in done.fixes}
    changed = {
        (row, column)
        for row, (was, now) in enumerate(zip(before, after, strict=True))
        for column, (one, other) in enumerate(zip(was, now, strict=True))
        if one != other
    }
    assert changed == fixed
    assert all(before[row][column][1] == after[row][column][1] for row, column in fixed if before[row][column][0])
    undo(tmp_path / "out" / "changes.jsonl", tmp_path / "back")
    assert values(tmp_path / "back" / "drawn.xlsx") == before
