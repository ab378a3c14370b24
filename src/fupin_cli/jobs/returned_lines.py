"""Lines of returned sheets in; the doubt each answers, its answer, or why it is not taken, out."""

import re
from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Literal

from msgspec import Struct, field
from msgspec.structs import replace

from fupin_cli.catalogue import both
from fupin_cli.jobs.doubt_lines import ReadLine
from fupin_cli.model.doubt_sheet import Code, campaign_code, question_hash, read_code
from fupin_cli.model.round import ANSWER_COLUMNS
from fupin_cli.values.days import day_of
from fupin_cli.values.text import fold

Note = tuple[str, str]  # zh, en
_YES = {
    "是",
    "属实",
    "是的",
    "√",
    "✓",
    "✔",
    "对",
    "真实",
    "情况属实",
    "经核实属实",
    "属实的",
    "Y",
    "YES",
    "TRUE",
    "是属实",
}
_NO = {"否", "不属实", "不是", "×", "✗", "✘", "X", "错", "不对", "情况不属实", "经核实不属实", "不存在", "N", "NO", "FALSE", "否不属实"}  # fmt: skip
_ID = re.compile(r"[A-Z]{2,5}\d{3}-[0-9A-F]{10}")


class Known(Struct, frozen=True):
    """What the ledger knows of a round's lines."""

    round: int
    campaign: str  # mark
    questions: dict[str, set[str]]  # doubt that was handed out → hashes of its question
    ids: dict[str, str]  # id, folded, of every doubt and of every finding under a corrected key → doubt


class Met(Struct, frozen=True):
    """A line, and what it is."""

    line: ReadLine
    doubt: str | None
    kind: Literal["taken", "refused", "blank", "again"]
    zh: str = ""
    en: str = ""
    answer: dict[str, str] = field(default_factory=dict)
    day: date | None = None

    @property
    def taken(self) -> bool:
        """Whether its answer is to be kept."""
        return self.kind == "taken"

    def repeated(self, why: Note) -> "Met":
        """Return the line as one that says nothing new."""
        return replace(self, kind="again", zh=why[0], en=why[1])


def met(line: ReadLine, known: Known) -> Met:
    """Tell which doubt a line answers, and what it says."""
    code = read_code(line.cells.get("核对码", ""))
    refused = _of_another(code, known)
    doubt = None if refused else _doubt(line, code, known)
    if refused or doubt is None:
        return _not_met(line, refused)
    if doubt not in known.questions:
        return Met(line, doubt, "refused", *_not_handed_out(known.round))
    notes = []
    hashed = question_hash(_question(line, doubt))
    if hashed not in known.questions[doubt]:
        other = _owner(line, known)
        if other is not None:
            return Met(line, doubt, "refused", *_torn(other))
        notes.append(_CHANGED)
    return _answered(line, doubt, notes)


def _of_another(code: Code | None, known: Known) -> Note | None:
    if code is None:
        return None
    if code.campaign != campaign_code(known.campaign):
        return both("这是另一次清洗的疑点表，没有收下；请交给发表的单位")
    if code.round != known.round:
        return both(
            "这是第{round}轮的疑点表，现在收的是第{round2}轮，没有收下；要收第{round}轮的写 --round {round}",
            round=code.round,
            round2=known.round,
        )
    return None


def _doubt(line: ReadLine, code: Code | None, known: Known) -> str | None:
    """Return the doubt by its id, however it is written; else by the hash of its question where only one has it."""
    written = fold(line.cells.get("疑点编号", ""))
    if written in known.ids:
        return known.ids[written]
    found = [known.ids[each] for each in _ID.findall(written) if each in known.ids]
    if len(found) == 1:
        return found[0]
    if written or code is None:
        return None
    same = [doubt for doubt, hashes in known.questions.items() if code.question in hashes]
    return same[0] if len(same) == 1 else None


def _question(line: ReadLine, doubt: str) -> dict[str, str]:
    return {**line.cells, "疑点编号": doubt}


def _owner(line: ReadLine, known: Known) -> str | None:
    """Return the other doubt of the same rule whose question stands in a line, None when it is nobody's."""
    rule = fold(line.cells.get("规则", ""))
    for doubt, hashes in known.questions.items():
        same_rule = rule.startswith(fold(doubt).partition("-")[0])
        if same_rule and question_hash(_question(line, doubt)) in hashes:
            return doubt
    return None


def _not_met(line: ReadLine, why: Note | None) -> Met:
    if why is not None:
        return Met(line, None, "refused", *why)
    if not _answer(line):
        return Met(line, None, "blank", *both("没有疑点编号，也没有填写"))
    if "疑点编号" not in line.cells:
        return Met(line, None, "refused", *_NO_ID)
    return Met(line, None, "refused", *_UNKNOWN)


_NO_ID = both("没有疑点编号，认不出是哪一条，没有收下；请从下发的表里把编号抄回来")
_UNKNOWN = both("台账里没有这个疑点编号，没有收下；请核对编号，或是不是别的单位的表")
_CHANGED = both("问题一栏被改动过，按下发时的问题收下")


def _not_handed_out(number: int) -> Note:
    return both("这个疑点第{number}轮没有下发，没有收下；要收以前轮次的写 --round", number=number)


def _torn(other: str) -> Note:
    return both("疑点编号和问题对不上（问题是 {other} 的，可能只排序了一部分列），没有收下；请整行恢复", other=other)


def _answer(line: ReadLine) -> dict[str, str]:
    return {column: line.cells[column] for column in ANSWER_COLUMNS if column in line.cells}


def _answered(line: ReadLine, doubt: str, notes: Sequence[Note]) -> Met:
    answer = _answer(line)
    if not answer:
        return Met(line, doubt, "blank", *both("还没有填写"))
    said = answer.get("是否属实", "")
    word = fold(said).rstrip("。.!;,")
    if not said:
        return Met(line, doubt, "refused", *_UNDECIDED)
    if word not in _YES | _NO:
        return Met(
            line, doubt, "refused",
            *both("“是否属实”写的是“{said}”，看不出是“是”还是“否”，没有收下", said=said[:20])
        )  # fmt: skip
    told = list(notes)
    answer["是否属实"] = "是" if word in _YES else "否"
    day = day_of(answer.get("核实日期", ""))
    if day is not None:
        answer["核实日期"] = day.isoformat()
    elif answer.get("核实日期"):
        told.append(both("核实日期看不懂，照原样记下"))
    if answer["是否属实"] == "否" and not answer.get("佐证材料"):
        told.append(both("不属实，但没有写佐证材料，县里不能据此销号"))
    zh, en = "；".join(note[0] for note in told), "; ".join(note[1] for note in told)
    return Met(line, doubt, "taken", zh, en, answer, day)


_UNDECIDED = both("填了别的栏，没有填“是否属实”，没有收下；请选“是”或“否”")


def conflicts(lines: Sequence[Met]) -> list[Met]:
    """Refuse lines that answer one doubt differently; of equal ones the first is taken, of dated ones the latest counts."""
    by_doubt: dict[str, list[int]] = defaultdict(list)
    for number, line in enumerate(lines):
        if line.taken and line.doubt:
            by_doubt[line.doubt].append(number)
    told = list(lines)
    for numbers in by_doubt.values():
        if len(numbers) > 1:
            _settle(told, numbers)
    return told


def _settle(lines: list[Met], numbers: Sequence[int]) -> None:
    first = lines[numbers[0]]
    if all(lines[n].answer == first.answer for n in numbers):
        for n in numbers[1:]:
            lines[n] = lines[n].repeated(both("与 {where} 相同，只收一次", where=_where(first)))
        return
    days = [lines[n].day for n in numbers]
    if all(days) and len(set(days)) == len(days):
        latest = max(numbers, key=lambda n: lines[n].day or date.min)
        for n in numbers:
            if n != latest:
                where = _where(lines[latest])
                lines[n] = lines[n].repeated(both("{where} 核实得更晚，以那一行为准", where=where))
        return
    where = "、".join(_where(lines[n]) for n in numbers)
    zh, en = both("同一疑点有几种不同的反馈（{where}），都没有收下；请只留一行", where=where)
    for n in numbers:
        lines[n] = replace(lines[n], kind="refused", zh=zh, en=en)


def _where(line: Met) -> str:
    name = line.line.file.replace("\\", "/").rsplit("/", 1)[-1]
    return f"{name} 第{line.line.row}行"
