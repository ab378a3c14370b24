"""`fupin round receive`: a list of doubts in the wording of the level above in; whose doubts they are, ours or only theirs, out."""

from collections import defaultdict
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from msgspec import Struct

from fupin_cli.catalogue import both
from fupin_cli.engines import open_engine
from fupin_cli.errors import FupinError, InputError
from fupin_cli.jobs.compiled import compiled
from fupin_cli.jobs.doubt_lines import ReadLine, read_lines
from fupin_cli.jobs.files import expanded
from fupin_cli.jobs.layouts import skipped
from fupin_cli.jobs.round_close import last_round
from fupin_cli.jobs.round_people import homes_of
from fupin_cli.model.received import Joined, OurDoubt, Received, TheirLine
from fupin_cli.model.round import Doubt, Status
from fupin_cli.rounds import Ledger, doubt_keys, doubts, open_ledger, rounds
from fupin_cli.values.text import fold

Note = tuple[str, str]  # zh, en
LIKELY, UNLIKELY = 75.0, 45.0  # scores from which, and below which, two wordings are taken for one, or for two
_WAITING: tuple[Status, ...] = ("open", "issued", "answered", "confirmed", "rejected", "reappeared")
_WORDS = ("规则", "疑点", "疑点列")


class Receiving(Struct, frozen=True):
    """What was received."""

    folder: Path
    files: tuple[Path, ...]


class _Ours(Struct, frozen=True):
    """Our doubts by everything a line may name them by."""

    by_id: dict[str, Doubt]
    by_home: dict[str, list[Doubt]]
    by_certificate: dict[str, list[Doubt]]  # first 18 characters
    by_name: dict[tuple[str, str], list[Doubt]]  # village and name
    homes: frozenset[str]  # every 户编号 of the registry of the round; empty when it is not known
    of_persons: frozenset[str]  # doubts of one person, not of a whole household
    last: int


def run(asked: Receiving) -> Received:
    """Join their list to the doubts of the campaign; nothing is written.

    Raises:
        UsageError: no round.
        InputError: no ledger, or no file of the list could be read.
    """
    with open_ledger(asked.folder) as ledger:
        last = last_round(ledger).number
        ours, note = _ours(ledger, last)
        lines, notes, failed = _read(asked.files)
    joined = [_joined(line, ours) for line in lines]
    spoken = {one.ours.id for one in joined if one.ours and one.where in {"both", "unclear"}}
    rest = [d for d in ours.by_id.values() if d.status in _WAITING and d.last_round == last and d.id not in spoken]
    return Received(last, tuple(joined), tuple(_shown(each) for each in rest), (*note, *notes), tuple(failed))


def _ours(ledger: Ledger, last: int) -> tuple[_Ours, tuple[Note, ...]]:
    known = doubts(ledger)
    keys = doubt_keys(ledger)
    certificates = {each.id: each.certificate for each in keys if each.of_person}
    of_persons = frozenset(each.id for each in keys if each.of_person)
    homes, notes = homes_of(ledger, rounds(ledger)[-1])
    by_home: dict[str, list[Doubt]] = defaultdict(list)
    by_certificate: dict[str, list[Doubt]] = defaultdict(list)
    by_name: dict[tuple[str, str], list[Doubt]] = defaultdict(list)
    for one in known:
        if one.household:
            by_home[fold(one.household)].append(one)
        if certificate := certificates.get(one.id):
            by_certificate[fold(certificate)].append(one)
        if one.person:
            by_name[fold(one.village or ""), fold(one.person)].append(one)
    ids = {fold(one.id): one for one in known}
    ours = _Ours(ids, dict(by_home), dict(by_certificate), dict(by_name), frozenset(map(fold, homes)), of_persons, last)
    return ours, notes


def _read(paths: Sequence[Path]) -> tuple[list[ReadLine], list[Note], list[tuple[str, str, str]]]:
    dictionary = compiled(None).source.dictionary
    lines: list[ReadLine] = []
    notes: list[Note] = []
    failed: list[tuple[str, str, str]] = []
    with closing(open_engine()) as engine:
        for number, source in enumerate(expanded(paths)):
            if source.skipped:
                notes.append(skipped(source))
                continue
            try:
                if source.failed:
                    raise InputError(*source.failed)
                found = read_lines(engine, source, number, dictionary)
            except FupinError as error:
                failed.append((str(source.file), error.zh, error.en))
                continue
            notes += found.notes
            if not found.columns & {"户编号", "证件号码", "姓名", "户主姓名", "疑点编号"}:
                failed.append((str(source.file), *_NOBODY))
            lines += found.lines
    if failed and not lines:
        raise InputError("；".join(f"{p}：{zh}" for p, zh, _ in failed), "; ".join(f"{p}: {en}" for p, _, en in failed))
    return lines, notes, failed


_NOBODY = both("没有找到疑点清单：要找的是一行表头，含 户编号、证件号码 或 姓名，以及 疑点内容 一类的列")


def _joined(line: ReadLine, ours: _Ours) -> Joined:
    theirs = TheirLine(
        line.file, line.sheet, line.row, line.cells.get("户编号", ""),
        line.cells.get("姓名") or line.cells.get("户主姓名", ""), _words(line),
    )  # fmt: skip
    same = ours.by_id.get(fold(line.cells.get("疑点编号", "")))
    if same is not None:
        return _told(theirs, same, 100.0, "id", ours)
    by, candidates = _candidates(line, ours)
    if not candidates:
        return _without(theirs, line, ours)
    scored = [(_score(line, each), each) for each in candidates]
    score, best = max(scored, key=lambda each: (each[0], each[1].status in _WAITING, each[1].id))
    return _told(theirs, best, score, by, ours)


def _words(line: ReadLine) -> str:
    return " ".join(line.cells[name] for name in _WORDS if name in line.cells)


def _candidates(line: ReadLine, ours: _Ours) -> tuple[str, list[Doubt]]:
    """Return our doubts of the person the line names, else of his household."""
    name = fold(line.cells.get("姓名") or line.cells.get("户主姓名", ""))
    certificate = ours.by_certificate.get(fold(line.cells.get("证件号码", ""))[:18], [])
    home = ours.by_home.get(fold(line.cells.get("户编号", "")), [])
    if home:
        whole = [each for each in home if each.id not in ours.of_persons]
        own = [each for each in home if each.id in ours.of_persons and (not name or fold(each.person or "") == name)]
        return ("person" if own else "household"), own + whole
    if certificate:
        return "person", certificate
    village = fold(line.cells.get("村", ""))
    if not line.cells.get("户编号") and not line.cells.get("证件号码") and name and village:
        return "person", ours.by_name.get((village, name), [])
    return "", []


def _score(line: ReadLine, doubt: Doubt) -> float:
    """Return how like the wordings are: rule and question against the rule's name and the message; the same column adds to it."""
    from rapidfuzz import fuzz

    rule, asked = fold(line.cells.get("规则", "")), fold(line.cells.get("疑点", ""))
    if rule and rule in {fold(doubt.rule), fold(doubt.rule_name), fold(f"{doubt.rule}{doubt.rule_name}")}:
        return 100.0
    names = [text for text in (rule, asked) if text]
    ours = [fold(doubt.rule_name), _plain(doubt)]
    best = max((_like(fuzz, one, other) for one in names for other in ours), default=0.0)
    column = fold(line.cells.get("疑点列", ""))
    columns = [fold(each) for each in (doubt.column, *doubt.values) if each]
    named = column in columns if column else any(each in text for each in columns for text in names)
    return min(100.0, round(best + (15 if named else 0), 1))


def _like(fuzz: object, one: str, other: str) -> float:
    """Return the likeness of two texts, 0 to 100; a short one inside a long one counts nine tenths."""
    whole = float(fuzz.ratio(one, other))  # type: ignore[attr-defined]
    shorter = min(len(one), len(other))
    part = 0.9 * float(fuzz.partial_ratio(one, other)) if shorter >= 4 else 0.0  # type: ignore[attr-defined]
    return max(whole, part)


def _plain(doubt: Doubt) -> str:
    """Return our message without the person's name and the values, which are alike in any doubt of his."""
    text = fold(doubt.message)
    for secret in (doubt.person, doubt.household, *doubt.values.values()):
        text = text.replace(fold(secret or ""), "") if secret else text
    return text


def _told(line: TheirLine, doubt: Doubt, score: float, by: str, ours: _Ours) -> Joined:
    ours_shown = _shown(doubt)
    if score < UNLIKELY:
        return Joined(line, "only_them", ours_shown, score, by, *_ONLY_THEM)
    if score < LIKELY:
        return Joined(line, "unclear", ours_shown, score, by, *_UNCLEAR)
    if doubt.status == "closed":
        return Joined(line, "repaired", ours_shown, score, by, *both("我们也查出过，已经销号"))
    if doubt.last_round < ours.last:
        return Joined(
            line,
            "repaired",
            ours_shown,
            score,
            by,
            *both("我们第{last_round}轮查出过，最近一轮登记表里已没有", last_round=doubt.last_round),
        )
    return Joined(line, "both", ours_shown, score, by, *both("两边都查出"))


_ONLY_THEM = both("这一户我们有别的疑点，没有这一种：可能缺规则、缺名单，或已改好")
_UNCLEAR = both("说法相近，但不能断定是同一个问题，请人看")


def _without(line: TheirLine, read: ReadLine, ours: _Ours) -> Joined:
    """Say of a line none of our doubts is about whether its household is in our data, as far as that can be told."""
    home = fold(read.cells.get("户编号", ""))
    if not home or not ours.homes:
        said = both("我们没有这个人（户）的疑点；凭所给的列不能断定他在不在我们的登记表里")
        return Joined(line, "unclear", None, 0.0, "", *said)
    if home in ours.homes:
        said = both("这一户在登记表里，我们没有查出问题：可能缺规则、缺名单，或已改好")
        return Joined(line, "only_them", None, 0.0, "household", *said)
    return Joined(line, "not_ours", None, 0.0, "", *both("登记表里没有这一户"))


def _shown(doubt: Doubt) -> OurDoubt:
    return OurDoubt(
        doubt.id,
        f"{doubt.rule} {doubt.rule_name}",
        doubt.household or "",
        doubt.person or "",
        doubt.message,
        doubt.status,
    )
