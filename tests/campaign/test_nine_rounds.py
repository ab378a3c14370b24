"""A whole campaign: thirty village workbooks, forty-six kinds of trouble, nine rounds, and answers as people give them."""

from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import openpyxl
from msgspec import Struct

from fupin_cli.jobs import round_apply, round_close, round_collect, round_issue, round_new
from fupin_cli.jobs.request import Request
from fupin_cli.model.round import Doubt
from fupin_cli.model.settings import Settings
from fupin_cli.rounds import answers, doubts, events, open_ledger
from tests.campaign.villages import RULES, Registry, Village

DAY = date(2020, 12, 31)
HEAD = 4  # row of the headings of a doubt sheet
ROUNDS = 9
SILENT = "示例30村"  # never returns a sheet, and corrects nothing
TAKEN_OUT, SPOILT_AGAIN, UNTRUE = 4, 6, 3  # the rounds in which it happens
Key = tuple[str, str]  # rule, 户编号


class Campaign(Struct):
    """What the test knows to be true, beside what the ledger says."""

    folder: Path
    registry: Registry
    untrue: str = ""  # the doubt that is answered as untrue, with a proof, and never corrected
    right: str = ""  # its 户编号
    gone: str = ""  # 户编号 of the household whose rows are taken out, not corrected
    again: str = ""  # 户编号 of the household that is spoilt again after it was struck off

    def stands(self) -> dict[Key, Doubt]:
        with open_ledger(self.folder / "D") as ledger:
            return {(doubt.rule, doubt.household or ""): doubt for doubt in doubts(ledger)}

    def step(self, number: int) -> None:
        """One round, from the audit to the striking off."""
        at, today = f"2021-{number:02d}-01T08:00:00+08:00", date(2021, number, 1)
        files = self.registry.write(self.folder / f"第{number}轮")
        asked = Request(tuple(files), Settings(today=today, as_of=DAY, region="990101", select=tuple(RULES)))
        deadline = today + timedelta(20)
        round_new.run(asked, round_new.Opening(self.folder / "D", at, "县扶贫办", "0", deadline))
        out = self.folder / f"下发{number}"
        issued = round_issue.run(round_issue.Issuing(self.folder / "D", out, at, "县扶贫办", today))
        back = [file for each in issued.files for file in self.returned(out / each.file, number)]
        taken = round_collect.run(round_collect.Collecting(self.folder / "D", tuple(back), at, "县扶贫办"))
        assert any(SILENT in file for file, _ in taken.outstanding), "the village that is silent is named"
        files = self.corrected(number, at, today)
        confirm = (self.untrue,) if number == UNTRUE else ()
        round_close.run(
            round_close.Closing(self.folder / "D", tuple(files), at, "县扶贫办", today + timedelta(25), confirm)
        )

    def returned(self, sheet: Path, number: int) -> list[Path]:
        """Fill in one village's sheet the way that village does."""
        village = next(each for each in self.registry.villages if each.name in sheet.name)
        if village.name == SILENT:
            return []
        at = self.registry.villages.index(village)
        book = openpyxl.load_workbook(sheet)
        page = book["疑点数据"]
        columns = {cell.value: cell.column for cell in page[HEAD]}
        for row in range(HEAD + 1, page.max_row + 1):
            code = page.cell(row, columns["户编号"]).value
            if code:
                for name, text in self.answer(page.cell(row, columns["疑点编号"]).value, str(code), number).items():
                    page.cell(row, columns[name]).value = text
        rows = [[cell.value for cell in row] for row in page.iter_rows(min_row=HEAD) if row[0].value is not None]
        path = sheet.with_name(f"交回_{sheet.name}")
        if at % 5 == 0 and len(rows) > 1:  # columns in another order, rows too, in a workbook of the village's own
            return [_own(path, [row[::-1] for row in (rows[0], *rows[:0:-1])])]
        if at % 5 == 1 and len(rows) > 2:  # a row was deleted
            return [_own(path, rows[:-1])]
        book.save(path)
        if at % 5 == 2:  # sent twice, under two names
            twice = path.with_name(f"再次{path.name}")
            book.save(twice)
            return [path, twice]
        return [path]

    def answer(self, doubt: str, code: str, number: int) -> dict[str, str]:
        """What a village says to one doubt."""
        tidy = self.registry.villages.index(self.registry.where[code]) % 5 == 4
        if number == UNTRUE and tidy and not self.untrue and code not in self.due(number):
            self.untrue, self.right = doubt, code
        if doubt == self.untrue:
            return {
                "是否属实": "不属实",
                "佐证材料": "入户照片3张",
                "核实人": "李四、王五",
                "核实日期": f"2021-{number:02d}-10",
            }
        said = {"是否属实": "属实", "核实情况": "入户核实", "核实人": "李四、王五", "核实日期": f"2021年{number}月10日"}
        if code in self.due(number):
            said |= {"整改措施": "更正登记表", "整改结果": "已更正", "责任人": "李四"}
            said |= {"更正值": self.value(code)} if number == 1 else {}
        return said

    def value(self, code: str) -> str:
        """What the one cell of a household that is wrong should say, where that is a plain text or number; else nothing."""
        village = self.registry.where[code]
        truth, wrong = village.households[code]
        cells = [
            (good, bad)
            for right, false in zip([truth, *truth.rows], [wrong, *wrong.rows], strict=True)
            for good, bad in zip(right.cells.values(), false.cells.values(), strict=True)
            if good != bad
        ]
        return str(cells[0][0]) if len(cells) == 1 and isinstance(cells[0][0], str | int) else ""

    def due(self, number: int) -> set[str]:
        """The households that are corrected in this round: a ninth of them in each, the rest in the last."""
        codes = sorted(trouble.household for trouble in self.registry.troubles)
        now = {code for at, code in enumerate(codes) if at % ROUNDS == number - 1 or number == ROUNDS}
        return {code for code in now if self.may_be_corrected(code)}

    def may_be_corrected(self, code: str) -> bool:
        return self.registry.where[code].name != SILENT and code not in (self.gone, self.right)

    def corrected(self, number: int, at: str, today: date) -> list[Path]:
        """The workbooks of the villages that have corrected something, as they are when the round is closed."""
        if number == 1:  # what the villages wrote as the right value is written into copies by fupin
            applied = round_apply.run(
                round_apply.Applying(self.folder / "D", self.folder / "副本", at, "县扶贫办", today)
            )
            assert applied.applied, "what can be written is written"
        touched = self.due(number)
        self.registry.wrong -= touched
        if number == TAKEN_OUT:
            self.gone = next(code for code in sorted(self.registry.wrong) if self.may_be_corrected(code))
            self.registry.out.add(self.gone)
            touched |= {self.gone}
        if number == SPOILT_AGAIN - 1:
            self.again = min(self.due(1))
        names = {self.registry.where[code].file for code in touched}
        files = [file for file in self.registry.write(self.folder / f"第{number}轮末") if file.name in names]
        if number == SPOILT_AGAIN - 1:
            self.registry.wrong.add(self.again)  # somebody enters the old value once more
        return files


def _own(path: Path, rows: list[list[object]]) -> Path:
    book = openpyxl.Workbook()
    book.active.append(["某村反馈"])
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def test_a_campaign_ends_with_every_trouble_struck_off_or_open_with_its_history(tmp_path):
    campaign = Campaign(tmp_path, Registry())
    troubles = {(trouble.rule, trouble.household): trouble for trouble in campaign.registry.troubles}
    assert len({rule for rule, _ in troubles}) == len(set(RULES)) == 46
    campaign.step(1)
    assert set(campaign.stands()) == set(troubles), "every trouble is a doubt, and nothing else is"
    for number in range(2, ROUNDS + 1):
        campaign.step(number)

    stands = campaign.stands()
    assert set(stands) == set(troubles), "none was lost, and none came by the corrections"
    left = {key for key, doubt in stands.items() if doubt.status != "closed"}
    silent = {key for key in troubles if campaign.registry.where[key[1]].name == SILENT}
    assert left == silent | {key for key in troubles if key[1] == campaign.gone}

    with open_ledger(tmp_path / "D") as ledger:
        history = events(ledger)
        told = answers(ledger)
    closed = Counter(event.doubt for event in history if event.after == "closed")
    ids = {key: doubt.id for key, doubt in stands.items()}
    assert all(closed[ids[key]] == (2 if key[1] == campaign.again else 1) for key in set(troubles) - left)
    assert not [key for key in left if closed[ids[key]]], "nothing is struck off that the data does not prove"
    proofs = {event.proof[:9] for event in history if event.after == "closed"}
    assert proofs == {"登记表已不再有此问", "不属实，佐证：入户"}
    assert {event.doubt for event in history if event.after == "reappeared"} == {
        ids[key] for key in troubles if key[1] == campaign.again
    }
    assert {event.who for event in history} == {"县扶贫办"}
    assert not [one for one in told if campaign.registry.where[household(ids, one.doubt)].name == SILENT]


def household(ids: dict[Key, str], doubt: str) -> str:
    return next(key[1] for key, id_ in ids.items() if id_ == doubt)


def test_the_villages_are_thirty_and_their_truth_has_no_trouble():
    registry = Registry()
    assert len(registry.villages) == 30
    assert all(isinstance(village, Village) and village.households for village in registry.villages)
    assert all(count <= 2 for count in Counter(trouble.rule for trouble in registry.troubles).values())
