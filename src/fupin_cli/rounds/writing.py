"""What a step of a round found out in; rows of the ledger out. Every change of a status is an event."""

import hashlib
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from fupin_cli.catalogue import both, enumerated
from fupin_cli.errors import UsageError
from fupin_cli.model.round import Status
from fupin_cli.rounds.ledger import Ledger, json_text
from fupin_cli.rounds.records import Answer, Change, Issued, KeyChange, Moment, RoundOpened, Sighting


def record_round(ledger: Ledger, opened: RoundOpened, when: Moment) -> None:
    """Enter a new round with the files it read and the rules it judged by."""
    deadline, data_date = (day.isoformat() if day else None for day in (opened.deadline, opened.data_date))
    ledger.write(
        "INSERT INTO round VALUES (?,?,?,?,?,?,?,NULL,NULL)",
        [(when.round, when.at, when.who, json_text(opened.settings), deadline, data_date, opened.fupin)],
    )
    record_sources(ledger, when.round, "new", opened.sources)
    ledger.write(
        "INSERT INTO rule VALUES (?,?,?,?,?)",
        [(when.round, rule.id, rule.hash, json_text(rule.parameters), rule.not_run) for rule in opened.rules],
    )


def record_sources(ledger: Ledger, number: int, step: str, sources: dict[str, str]) -> None:
    """Enter the files a step read; of a step that is done again the last ones count."""
    ledger.write("DELETE FROM source WHERE round = ? AND step = ?", [(number, step)])
    ledger.write("INSERT INTO source VALUES (?,?,?,?)", [(number, step, path, sha) for path, sha in sources.items()])


def record_close(ledger: Ledger, notes: dict[str, tuple[str, str]], sources: dict[str, str], when: Moment) -> None:
    """Enter that a round was closed, what was read for it, and why each doubt that is left stays open."""
    ledger.write("UPDATE round SET closed = ?, closed_by = ? WHERE number = ?", [(when.at, when.who, when.round)])
    record_sources(ledger, when.round, "close", sources)
    ledger.write("UPDATE doubt SET note_zh = '', note_en = ''", [()])
    ledger.write(
        "UPDATE doubt SET note_zh = ?, note_en = ? WHERE id = ?", [(zh, en, doubt) for doubt, (zh, en) in notes.items()]
    )


def record_findings(
    ledger: Ledger, sightings: Sequence[Sighting], when: Moment, proof: str, deadline: date | None = None
) -> dict[str, str]:
    """Enter the findings of a new round; return what became of each doubt: new, open, reappeared or excused.

    A doubt that stood in a round before keeps its history. One that was struck off is `reappeared`, unless the county confirmed
    that it is untrue and the cells say what they said then: `excused`, and it stays struck off. One that was answered and is
    found again is open again; one whose answer waits for the county's word goes on waiting.
    """
    known = {str(row[0]): (row[1], row[2]) for row in ledger.rows("SELECT id, status, closed_as FROM doubt")}
    said: dict[str, str] = dict(
        ledger.rows('SELECT doubt, "values" FROM seen JOIN doubt ON id = doubt AND round = last_round')
    )
    became = {s.doubt: _became(known.get(s.doubt), json_text(s.values) == said.get(s.doubt)) for s in sightings}
    _write_doubts(ledger, sightings, when, deadline)
    ledger.write(
        "INSERT INTO seen VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
        [
            (when.round, s.doubt, s.found_as, s.severity, s.file, s.sheet, s.row, json_text(s.cells), json_text(s.values), s.message,
             s.message_en, s.basis, s.fix, s.fix_en, int(became[s.doubt] == "excused"))
            for s in sightings
        ],
    )  # fmt: skip
    _events(ledger, [(s.doubt, None, "open", proof) for s in sightings if s.doubt not in known], when)
    again = {doubt for doubt, (status, _) in known.items() if status in {"answered", "confirmed"}}
    changes = [Change(doubt, "reappeared", proof) for doubt, what in became.items() if what == "reappeared"]
    changes += [Change(doubt, "open", proof) for doubt in became if doubt in again]
    change_status(ledger, changes, when)
    return became


def _write_doubts(ledger: Ledger, sightings: Sequence[Sighting], when: Moment, deadline: date | None) -> None:
    day = deadline.isoformat() if deadline else None
    ledger.write(
        "INSERT INTO doubt VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,'open',?,?,?,NULL,'','') ON CONFLICT (id) DO UPDATE SET "
        "rule_name = excluded.rule_name, severity = excluded.severity, household = excluded.household, person = excluded.person, "
        "person_code = excluded.person_code, certificate = COALESCE(excluded.certificate, certificate), township = excluded.township, "
        "village = excluded.village, last_round = excluded.last_round, deadline = COALESCE(excluded.deadline, deadline), "
        "note_zh = '', note_en = ''",
        [
            (s.doubt, s.rule, s.rule_name, s.severity, s.scope, s.household, s.person, s.person_code, s.certificate, s.township,
             s.village, s.column, s.list, int(s.stable), when.round, when.round, day)
            for s in sightings
        ],
    )  # fmt: skip


def record_issue(ledger: Ledger, lines: Sequence[Issued], when: Moment) -> None:
    """Enter what was handed out; an open doubt is issued now, an answered one stays answered."""
    ledger.write(
        "INSERT INTO issue VALUES (?,?,?,?,?,?,?) ON CONFLICT (round, doubt, file) DO UPDATE SET sha256 = excluded.sha256, "
        "question = excluded.question, at = excluded.at, who = excluded.who",
        [(when.round, line.doubt, line.file, line.sha256, line.question, when.at, when.who) for line in lines],
    )
    status = statuses(ledger, [line.doubt for line in lines])
    first = {line.doubt: line for line in reversed(lines) if status.get(line.doubt) in {"open", "reappeared"}}
    change_status(ledger, [Change(d, "issued", f"{line.file} sha256:{line.sha256}") for d, line in first.items()], when)


def record_answers(ledger: Ledger, answers: Sequence[Answer], when: Moment) -> list[bool]:
    """Enter answers; tell of each whether it is new (a line that was taken before is not taken twice).

    A doubt that is open, reappeared or issued is answered now; what the answer says is for the county to judge.
    """
    taken = [
        ledger.write(
            "INSERT OR IGNORE INTO answer VALUES (?,?,?,?,?,?,?,?,?,?)",
            [(
                mark(a.doubt, when.round, json_text(a.cells)), a.doubt, when.round, a.file, a.sha256, a.row, when.at, when.who,
                a.verified_on.isoformat() if a.verified_on else None, json_text(a.cells),
            )],
        ) > 0
        for a in answers
    ]  # fmt: skip
    status = statuses(ledger, [a.doubt for a in answers])
    waiting = {"open", "reappeared", "issued"}
    first = {a.doubt: a for a, new in zip(answers, taken, strict=True) if new and status[a.doubt] in waiting}
    change_status(ledger, [Change(d, "answered", f"{a.file} sha256:{a.sha256}") for d, a in first.items()], when)
    return taken


def change_status(ledger: Ledger, changes: Sequence[Change], when: Moment) -> None:
    """Give doubts another status, each with its proof; one that has it already is left alone.

    Raises:
        UsageError: a doubt the ledger does not know.
    """
    status = statuses(ledger, [change.doubt for change in changes])
    real = [change for change in changes if status[change.doubt] != change.after]
    ledger.write(
        "UPDATE doubt SET status = ?, closed_as = ? WHERE id = ?",
        [(change.after, change.closed_as if change.after == "closed" else None, change.doubt) for change in real],
    )
    _events(ledger, [(change.doubt, status[change.doubt], change.after, change.proof) for change in real], when)


def record_key_change(ledger: Ledger, change: KeyChange, when: Moment) -> None:
    """Enter that a key was corrected: findings under the new key are the doubts of the old."""
    ledger.write(
        "INSERT OR IGNORE INTO key_change VALUES (?,?,?,?,?,?,?,?)",
        [
            (
                mark(change.level, change.old, change.new),
                when.round,
                change.level,
                change.old,
                change.new,
                when.at,
                when.who,
                change.proof,
            )
        ],
    )
    ledger.write(
        "INSERT OR IGNORE INTO alias VALUES (?,?,?)",
        [(finding, doubt, when.round) for finding, doubt in change.findings.items()],
    )


def statuses(ledger: Ledger, doubts: Iterable[str]) -> dict[str, Status]:
    """Return the status of each doubt.

    Raises:
        UsageError: one the ledger does not know.
    """
    wanted = set(doubts)
    found = {str(id_): status for id_, status in ledger.rows("SELECT id, status FROM doubt") if id_ in wanted}
    if unknown := sorted(wanted - found.keys()):
        raise UsageError(
            *both(
                "台账里没有这些疑点编号：{unknown}；用 fupin round export 查看全部编号。",
                unknown=enumerated(unknown[:5]),
            )
        )
    return found


def _became(known: tuple[Any, Any] | None, as_before: bool) -> str:
    if known is None:
        return "new"
    status, closed_as = known
    if status != "closed":
        return "open"
    return "excused" if closed_as == "untrue" and as_before else "reappeared"


def _events(ledger: Ledger, changes: Sequence[tuple[str, Status | None, Status, str]], when: Moment) -> None:
    last = int(ledger.rows("SELECT COALESCE(MAX(n), 0) FROM event")[0][0])
    ledger.write(
        "INSERT INTO event VALUES (?,?,?,?,?,?,?,?,?)",
        [
            (
                mark(doubt, when.round, when.at, when.who, after, proof, n),
                n,
                doubt,
                when.round,
                when.at,
                when.who,
                before,
                after,
                proof,
            )
            for n, (doubt, before, after, proof) in enumerate(changes, last + 1)
        ],
    )


def mark(*parts: object) -> str:
    """Return a hash of what a row says: the same in every ledger that has the row."""
    return hashlib.blake2b("\x1f".join(map(str, parts)).encode(), digest_size=12).hexdigest()
