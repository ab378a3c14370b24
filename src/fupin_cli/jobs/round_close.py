"""`fupin round close`: the data as it is now in; what it proves struck off, the rest open with the reason, out."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from fupin_cli.catalogue import both
from fupin_cli.errors import UsageError
from fupin_cli.jobs.request import Progress
from fupin_cli.jobs.round_audit import Seen, named, seen
from fupin_cli.jobs.round_keys import corrected
from fupin_cli.jobs.round_new import step_files
from fupin_cli.jobs.round_proof import Proof, proofs
from fupin_cli.jobs.round_request import all_severities, request_of
from fupin_cli.jobs.round_rules import TRUE_WORDS, judged_by_rules
from fupin_cli.model.audit import Audit
from fupin_cli.model.round import Doubt
from fupin_cli.rounds import (
    Change,
    Ledger,
    Moment,
    RoundKept,
    change_status,
    doubt_keys,
    doubts,
    known_as,
    mark,
    open_ledger,
    record_close,
    record_key_change,
    rounds,
)

Note = tuple[str, str]  # zh, en
_FOUND = both("登记表里仍有这个问题")


class Closing(Struct, frozen=True):
    """What a round is closed by."""

    folder: Path
    files: tuple[Path, ...]
    at: str  # ISO moment
    who: str
    today: date
    confirm: tuple[
        str, ...
    ] = ()  # ids of doubts answered as untrue that the county confirms; ("all",): each with a proof


class Closed(Struct, frozen=True):
    """What closing a round came to."""

    number: int
    struck_off: tuple[str, ...]  # by the data
    confirmed: tuple[str, ...]  # struck off as untrue
    open: dict[str, int]  # why it stays open (zh) → how many
    open_en: dict[str, int]
    new: int  # found now, in no round yet
    again: int  # struck off before, found now
    done_before: bool
    rules: Audit | None  # what RND001 … say of the ledger
    notes: tuple[Note, ...] = ()


def run(closing: Closing, progress: Progress = lambda _stage, _done, _total: None) -> Closed:
    """Audit the files as the last round was audited, and strike off what they prove.

    Raises:
        UsageError: no round; a doubt to be confirmed that is not known, or that is not answered as untrue with a proof.
        InputError: no ledger, or no file could be read.
        OutputError: the ledger cannot be written, or another process is writing it.
    """
    with open_ledger(closing.folder) as ledger:
        current = last_round(ledger)
        request = all_severities(request_of(current.settings, closing.files, closing.today))
        with seen(request, progress) as found:
            closed = _closed(ledger, found, current, closing)
        judged = judged_by_rules(ledger, request, progress)
        return replace(closed, rules=judged)


def last_round(ledger: Ledger) -> RoundKept:
    """Return the round that is going on.

    Raises:
        UsageError: none was opened.
    """
    known = rounds(ledger)
    if not known:
        raise UsageError(
            *both("{folder}：还没有开过轮；先用 fupin round new 登记表 -d {folder}。", folder=ledger.folder)
        )
    return known[-1]


def _closed(ledger: Ledger, found: Seen, current: RoundKept, closing: Closing) -> Closed:
    key = mark(current.number, sorted(found.sources.items()), closing.confirm, _written(ledger))
    when = Moment(current.number, closing.at, closing.who)
    with ledger.step("close", key, closing.at, closing.who) as step:
        if not step.done:
            step.result.update(_strike_off(ledger, found, closing, when))
            step.result["number"] = current.number
        kept, done = dict(step.result), step.done
    failed = tuple(both("{path}：{why}", path=path, why=(zh, en)) for path, zh, en in found.audit.failed_files)
    return Closed(
        kept["number"], tuple(kept["struck_off"]), tuple(kept["confirmed"]), kept["open"], kept["open_en"], kept["new"],
        kept["again"], done, None, (*failed, *found.audit.notes),
    )  # fmt: skip


def _written(ledger: Ledger) -> str:
    """Return what tells whether anything but a closing was entered since: a closing that follows it is another one."""
    return str(ledger.rows("SELECT COUNT(*), MAX(at) FROM step WHERE name <> 'close'")[0])


def _strike_off(ledger: Ledger, found: Seen, closing: Closing, when: Moment) -> dict[str, object]:
    """Change the statuses of one closing; return what it came to."""
    known = {each.id: each for each in doubt_keys(ledger)}
    names = known_as(ledger)
    now = {each.doubt for each in named(found, names)}
    lost = [each for each in known.values() if each.id not in now]
    strange = [each for each in named(found, names) if each.doubt not in known]
    for change in corrected(found.judged, lost, strange):
        record_key_change(ledger, change, when)
        now |= set(change.findings.values())
        strange = [each for each in strange if each.found_as not in change.findings]
    left = [each for each in known.values() if each.status != "closed"]
    excused = {str(row[0]) for row in ledger.rows("SELECT id FROM doubt WHERE closed_as = 'untrue'")}
    untrue = _confirmed(ledger, closing.confirm)
    proved = proofs(found, [each for each in left if each.id not in now])
    proof = f"核查 {step_files(found.sources)}"
    by_data = [id_ for id_, each in proved.items() if each.proved]
    confirmed = [doubt.id for doubt in untrue if doubt.id not in by_data]
    change_status(ledger, [Change(id_, "closed", f"登记表已不再有此问题，{proof}") for id_ in by_data], when)
    change_status(
        ledger,
        [
            Change(d.id, "closed", f"不属实，佐证：{d.answer['佐证材料']}", "untrue")
            for d in untrue
            if d.id in confirmed
        ],
        when,
    )
    gone = {*by_data, *confirmed}
    reasons = {each.id: _why(proved.get(each.id)) for each in left if each.id not in gone}
    record_close(ledger, reasons, found.sources, when)
    return {
        "struck_off": sorted(by_data),
        "confirmed": sorted(confirmed),
        "open": dict(Counter(zh for zh, _ in reasons.values())),
        "open_en": dict(Counter(en for _, en in reasons.values())),
        "new": len(strange),
        "again": sum(each.status == "closed" and each.id in now - excused for each in known.values()),
    }


def _why(proof: Proof | None) -> Note:
    return _FOUND if proof is None else (proof.zh, proof.en)


def _confirmed(ledger: Ledger, ids: Sequence[str]) -> list[Doubt]:
    """Return the doubts the county confirms as untrue.

    Raises:
        UsageError: one is not known, is not answered as untrue, or names no proof.
    """
    if not ids:
        return []
    every = list(ids) == ["all"]
    known = {doubt.id: doubt for doubt in doubts(ledger)}
    wanted = (
        [doubt for doubt in known.values() if doubt.status != "closed"]
        if every
        else [_known(known, id_) for id_ in ids]
    )
    fit = [doubt for doubt in wanted if _untrue(doubt) and doubt.answer.get("佐证材料", "").strip()]
    unfit = [] if every else [doubt for doubt in wanted if doubt not in fit and doubt.status != "closed"]
    if unfit:
        named_ = "、".join(doubt.id for doubt in unfit[:5])
        raise UsageError(*both("--confirm {named}：没有反馈“不属实”，或没有写佐证材料，不能确认销号。", named=named_))
    return [doubt for doubt in fit if doubt.status != "closed"]


def _known(known: dict[str, Doubt], id_: str) -> Doubt:
    if id_ not in known:
        raise UsageError(*both("--confirm {id}：台账里没有这个疑点编号；用 fupin round export 查看全部编号。", id=id_))
    return known[id_]


def _untrue(doubt: Doubt) -> bool:
    return TRUE_WORDS.get(doubt.answer.get("是否属实", "").strip()) == "否"
