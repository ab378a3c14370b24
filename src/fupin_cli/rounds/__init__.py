"""The ledger of cleaning rounds: doubts, answers, status history (docs/contracts.md, "Rounds"; docs/ledger.md has the tables)."""

from fupin_cli.rounds.ledger import Ledger, Step, open_ledger
from fupin_cli.rounds.reading import AnswerKept, LineKept, RoundKept, answers, doubts, events, issued, known_as, rounds
from fupin_cli.rounds.writing import (
    Answer,
    Change,
    Issued,
    KeyChange,
    Moment,
    Sighting,
    change_status,
    record_answers,
    record_findings,
    record_issue,
    record_key_change,
    statuses,
)

__all__ = [
    "Answer",
    "AnswerKept",
    "Change",
    "Issued",
    "KeyChange",
    "Ledger",
    "LineKept",
    "Moment",
    "RoundKept",
    "Sighting",
    "Step",
    "answers",
    "change_status",
    "doubts",
    "events",
    "issued",
    "known_as",
    "open_ledger",
    "record_answers",
    "record_findings",
    "record_issue",
    "record_key_change",
    "rounds",
    "statuses",
]
