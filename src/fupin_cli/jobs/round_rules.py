"""An open ledger in; its rows in the headings of a 疑点台账, and what the rules RND… say of them, out."""

import csv
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec.structs import replace

from fupin_cli.jobs.audit import run as audit
from fupin_cli.jobs.request import Progress, Request
from fupin_cli.model.audit import Audit
from fupin_cli.model.round import Status
from fupin_cli.rounds import Ledger, answers, doubts, events, issued, rounds

HEADINGS = (
    "疑点编号", "轮次", "规则", "疑点来源", "乡", "村", "户编号", "人编号", "姓名", "疑点列", "疑点", "系统值", "下发日期", "完成时限", "核实情况",
    "是否属实", "佐证材料", "整改措施", "整改结果", "更正值", "责任人", "核实人", "核实日期", "销号日期", "是否销号", "状态", "备注",
)  # fmt: skip
TRUE_WORDS = {"属实": "是", "是": "是", "不属实": "否", "否": "否"}
_STATUS: dict[Status, str] = {
    "open": "未核实", "issued": "未核实", "answered": "已核实", "confirmed": "整改中", "rejected": "已核实", "closed": "已销号", "reappeared": "未核实",
}  # fmt: skip
_ANSWERED = ("核实情况", "佐证材料", "整改措施", "整改结果", "更正值", "责任人", "核实人", "核实日期", "备注")


def ledger_rows(ledger: Ledger) -> Iterator[list[str]]:
    """Yield one row a doubt and round that found it, as it stood when that round ended; those the county excused are left out.

    What was answered in a later round is the answer of the rounds before that had none.
    """
    excused = {(doubt, number) for doubt, number in ledger.rows("SELECT doubt, round FROM seen WHERE excused = 1")}
    stands: dict[tuple[str, int], tuple[Status, str]] = {}
    for event in events(ledger):
        stands[event.doubt, event.round] = (event.after, event.at)
    given = {(line.doubt, line.round): line.at[:10] for line in issued(ledger)}
    said = {(each.doubt, each.round): each.cells for each in answers(ledger)}  # the one that counts comes last
    numbers = [one.number for one in rounds(ledger)]
    for number, one in enumerate(rounds(ledger)):
        for doubt in doubts(ledger, one.number):
            if (doubt.id, one.number) not in excused:
                status, at = _stand(stands, doubt.id, one.number)
                answer = next((said[doubt.id, n] for n in numbers[number:] if (doubt.id, n) in said), {})
                fields = {column: answer.get(column, "") for column in _ANSWERED}
                fields |= {
                    "疑点编号": doubt.id, "轮次": str(one.number), "规则": f"{doubt.rule} {doubt.rule_name}", "疑点来源": "fupin",
                    "乡": doubt.township or "", "村": doubt.village or "", "户编号": doubt.household or "",
                    "人编号": doubt.person_code or "", "姓名": doubt.person or "",
                    "疑点列": doubt.column or "、".join(doubt.values), "疑点": doubt.message,
                    "系统值": "；".join(f"{k}：{v}" for k, v in doubt.values.items()),
                    "下发日期": given.get((doubt.id, one.number), ""),
                    "完成时限": one.deadline.isoformat() if one.deadline else "",
                    "是否属实": TRUE_WORDS.get(answer.get("是否属实", "").strip(), answer.get("是否属实", "")),
                    "销号日期": at[:10] if status == "closed" else "", "是否销号": "是" if status == "closed" else "否",
                    "状态": _STATUS[status],
                }  # fmt: skip
                yield [fields[heading] for heading in HEADINGS]


def _stand(stands: dict[tuple[str, int], tuple[Status, str]], doubt: str, number: int) -> tuple[Status, str]:
    """Return how a doubt stood when a round ended, and since when."""
    return next(stands[doubt, n] for n in range(number, 0, -1) if (doubt, n) in stands)


def judged_by_rules(ledger: Ledger, request: Request, progress: Progress) -> Audit:
    """Return what the rules of rounds (RND…) say of the ledger, beside the lists and the registry of a round."""
    with tempfile.TemporaryDirectory(dir=ledger.folder, prefix=".台账核查") as folder:
        file = Path(folder) / "疑点台账.csv"
        write_csv(file, ledger_rows(ledger))
        settings = replace(request.settings, select=("RND",), ignore=(), profile=None, as_of=None)
        return audit(replace(request, settings=settings, ledgers=(file,), previous=(), baseline=None), progress)


def write_csv(file: Path, rows: Iterator[Sequence[str]]) -> None:
    """Write rows under the headings of a 疑点台账."""
    with file.open("w", encoding="utf-8-sig", newline="") as page:
        written = csv.writer(page)
        written.writerow(HEADINGS)
        written.writerows(rows)
