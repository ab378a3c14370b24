"""A 疑点数据 workbook as it is handed out and as it comes back (docs/contracts.md, "Rounds")."""

import hashlib
import re
from collections.abc import Mapping
from datetime import date

from msgspec import Struct

from fupin_cli.catalogue import both
from fupin_cli.model.round import ANSWER_COLUMNS, Taken
from fupin_cli.values.text import fold

PLACE_COLUMNS = ("县", "乡", "村")
QUESTION_COLUMNS = (
    "序号", "轮次", "疑点编号", *PLACE_COLUMNS, "户编号", "户主姓名", "人编号", "姓名", "证件号码", "规则", "疑点", "疑点列",
    "系统值", "政策依据", "怎么办", "完成时限",
)  # fmt: skip
CODE = "核对码"  # last column: round, campaign and hash of the question, so that a line copied by hand is still known
SHEET_COLUMNS = (*QUESTION_COLUMNS, *ANSWER_COLUMNS, CODE)
SHEET, GUIDE, MACHINE = "疑点数据", *both("填写说明")
_HASHED = ("疑点编号", "姓名", "规则", "疑点", "系统值")  # what no program rewrites when it saves the sheet
_CODE = re.compile(r"R(\d+)-([0-9A-F]{8})-([0-9A-F]{8})")


class SheetLine(Struct, frozen=True):
    """One doubt on a sheet."""

    doubt: str  # its id
    severity: str
    question: dict[str, str]  # by QUESTION_COLUMNS, but for 序号


class DoubtSheet(Struct, frozen=True):
    """One workbook for one township or village."""

    file: str  # its name, without the folder
    place: str  # 示例县 示例乡 示例村
    campaign: str  # mark of the campaign
    round: int
    made: str  # ISO moment of the round, not of the writing: the same sheet is the same file
    deadline: date | None
    masked: bool
    by_village: bool
    lines: tuple[SheetLine, ...]


class Code(Struct, frozen=True):
    """What a line says of itself."""

    round: int
    campaign: str
    question: str


class IssuedFile(Struct, frozen=True):
    """A workbook that was written."""

    file: str
    lines: int


class IssuedSheets(Struct, frozen=True):
    """The result of `fupin round issue`."""

    round: int
    folder: str
    files: tuple[IssuedFile, ...]
    masked: bool
    again: bool  # the same sheets were handed out before
    notes: tuple[tuple[str, str], ...] = ()


class ReturnedFile(Struct, frozen=True):
    """What became of one returned file."""

    file: str
    taken: int
    refused: int
    blank: int  # lines nobody has filled in
    again: int  # lines that were taken before, or stand twice
    missing: tuple[str, ...]  # doubts handed out in its sheet that came back nowhere


class Collected(Struct, frozen=True):
    """The result of `fupin round collect`."""

    round: int
    files: tuple[ReturnedFile, ...]
    lines: tuple[Taken, ...]
    outstanding: tuple[tuple[str, int], ...]  # sheets of which nothing came back, and how many lines they have
    notes: tuple[tuple[str, str], ...] = ()
    failed_files: tuple[tuple[str, str, str], ...] = ()


def question_hash(question: Mapping[str, str]) -> str:
    """Return the hash of a question; blanks and widths do not count."""
    text = "\x1f".join(fold(question.get(column, "")) for column in _HASHED)
    return hashlib.blake2b(text.encode(), digest_size=4).hexdigest().upper()


def code_of(number: int, campaign: str, question: Mapping[str, str]) -> str:
    """Return what stands in the column 核对码."""
    return f"R{number}-{campaign_code(campaign)}-{question_hash(question)}"


def campaign_code(mark: str) -> str:
    """Return the part of a campaign's mark that stands on every line."""
    return mark[:8].upper()


def read_code(text: str) -> Code | None:
    """Return what a 核对码 says, None where it is none."""
    found = _CODE.search(fold(text))
    return Code(int(found[1]), found[2], found[3]) if found else None
