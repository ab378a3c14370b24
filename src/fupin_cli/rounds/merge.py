"""Two open ledgers of one campaign in; everything of the other in this one, and what differs, out."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from fupin_cli.catalogue import both
from fupin_cli.errors import UsageError
from fupin_cli.rounds.ledger import Ledger

Note = tuple[str, str]  # zh, en
_AS_IT_IS = ("rule", "seen", "issue", "answer", "event", "key_change", "alias")  # rows both have are one
_ORDER = ("round", "source", "doubt", *_AS_IT_IS)


def merge(ledger: Ledger, other: Ledger) -> tuple[dict[str, int], tuple[Note, ...]]:
    """Bring every row of the other ledger into this one, inside a step; return rows added by table, and what differs.

    Nothing is written over: of two answers to one doubt the later counts, the other is kept. A doubt stands as its latest event says.

    Raises:
        UsageError: the ledgers are of two campaigns.
    """
    if other.mark != ledger.mark:
        raise UsageError(
            *both(
                "{file}：是另一次清洗的台账（密钥不同），不能并入；同一次清洗的各单位要用同一个 campaign.key。",
                file=other.file,
            )
        )
    told = [*_rounds_that_differ(ledger, other), *_answers_that_differ(ledger, other)]
    added: Counter[str] = Counter()
    for table in _ORDER:
        rows = other.rows(f'SELECT * FROM "{table}"')
        if rows:
            marks = ",".join("?" * len(rows[0]))
            added[table] = ledger.write(f'INSERT OR IGNORE INTO "{table}" VALUES ({marks})', rows)
    _settle(ledger, other)
    return dict(added), tuple(told)


def _settle(ledger: Ledger, other: Ledger) -> None:
    """Bring what both have to what the later says: doubts by their events, rounds by their closing."""
    latest = "SELECT after FROM event WHERE event.doubt = doubt.id ORDER BY at DESC, n DESC, mark DESC LIMIT 1"
    ledger.write(f"UPDATE doubt SET status = ({latest})", [()])
    ledger.write(
        "UPDATE doubt SET last_round = MAX(last_round, ?), first_round = MIN(first_round, ?), deadline = NULLIF(MAX(COALESCE(deadline, ''), COALESCE(?, '')), ''), closed_as = COALESCE(closed_as, ?) WHERE id = ?",
        other.rows("SELECT last_round, first_round, deadline, closed_as, id FROM doubt"),
    )
    ledger.write("UPDATE doubt SET closed_as = NULL WHERE status <> 'closed'", [()])
    ledger.write("UPDATE doubt SET closed_as = 'data' WHERE status = 'closed' AND closed_as IS NULL", [()])
    ledger.write(
        "UPDATE round SET closed = ?, closed_by = ? WHERE number = ? AND COALESCE(closed, '') < ?",
        [
            (closed, by, number, closed)
            for number, closed, by in other.rows("SELECT number, closed, closed_by FROM round WHERE closed IS NOT NULL")
        ],
    )


def _rounds_that_differ(ledger: Ledger, other: Ledger) -> Iterable[Note]:
    asked = "SELECT number, settings, deadline FROM round"
    mine = {number: rest for number, *rest in ledger.rows(asked)}
    for number, *rest in other.rows(asked):
        if number in mine and mine[number] != rest:
            yield both("第 {number} 轮：两边的核查选项或时限不同，以本台账的为准。", number=number)


def _answers_that_differ(ledger: Ledger, other: Ledger) -> Iterable[Note]:
    asked = "SELECT doubt, mark, cells, verified_on, collected_at FROM answer"
    mine, theirs = _by_doubt(ledger.rows(asked)), _by_doubt(other.rows(asked))
    for doubt in sorted(mine.keys() & theirs.keys()):
        new, old = theirs[doubt].keys() - mine[doubt].keys(), mine[doubt].keys() - theirs[doubt].keys()
        shared = {**mine[doubt], **theirs[doubt]}
        if new and old:
            last = max(shared, key=lambda mark: (shared[mark][1] or "", shared[mark][2], mark))
            ours = last in mine[doubt]
            yield both(
                "{doubt}：两边各有反馈，都保留；以{ours}的为准（核实日期或收回时间较晚）。",
                doubt=doubt,
                ours=(both("本台账") if ours else both("并入的台账")),
            )


def _by_doubt(rows: Iterable[tuple[Any, ...]]) -> dict[str, dict[str, tuple[str, str | None, str]]]:
    found: dict[str, dict[str, tuple[str, str | None, str]]] = {}
    for doubt, mark, *rest in rows:
        found.setdefault(doubt, {})[mark] = (rest[0], rest[1], rest[2])
    return found
