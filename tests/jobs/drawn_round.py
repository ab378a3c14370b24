"""A registry drawn as text, and the steps of a round over it, for tests of rounds."""

from datetime import date
from pathlib import Path

from msgspec.structs import replace

from fupin_cli.jobs import round_close, round_new
from fupin_cli.jobs.request import Request
from fupin_cli.model.settings import Settings
from fupin_cli.rounds import Answer, Moment, open_ledger, record_answers

TODAY = date(2021, 3, 1)
AT = "2021-03-01T08:00:00.000+08:00"
HEADINGS = ("乡", "村", "户编号", "人编号", "姓名", "证件号码", "与户主关系", "危房户", "数据日期")
GOOD, ALSO = "11010519491231002X", "990101198001010016"
WRONG = "110105194912310021"  # a check digit that is none


def person(number: int, certificate: str = GOOD, **cells: str) -> dict[str, str]:
    """Return the only person of a household."""
    return {
        "乡": "甲乡", "村": "东村", "户编号": f"{990101000000 + number}", "人编号": f"{9901010000000 + number}", "姓名": "张三",
        "证件号码": certificate, "与户主关系": "户主", "危房户": "否", "数据日期": "2020-12-31", **cells,
    }  # fmt: skip


def written(file: Path, *people: dict[str, str]) -> Path:
    """Write a registry as a text table."""
    lines = [",".join(HEADINGS), *(",".join(one[name] for name in HEADINGS) for one in people)]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file


def request(*files: Path, select: tuple[str, ...] = ("IDN002", "IDN003"), **settings: object) -> Request:
    """Return what is asked of a round's audit."""
    return Request(files, replace(Settings(today=TODAY, select=select), **settings))


def new(folder: Path, asked: Request, **opening: object) -> round_new.Opened:
    """Open a round."""
    return round_new.run(asked, replace(round_new.Opening(folder, AT, "县", "0"), **opening))


def close(folder: Path, *files: Path, **closing: object) -> round_close.Closed:
    """Close a round."""
    return round_close.run(replace(round_close.Closing(folder, files, AT, "县", TODAY), **closing))


def answer(folder: Path, doubt: str, **cells: str) -> None:
    """Enter an answer."""
    with open_ledger(folder) as ledger, ledger.step("collect", f"{doubt}{cells}", AT, "村"):
        record_answers(ledger, [Answer(doubt, "甲乡.xlsx", "00", 2, cells)], Moment(1, AT, "村"))
