"""An open ledger in; its rounds, doubts, answers and history, as records, out."""

import json
from collections.abc import Collection
from datetime import date
from typing import Any

from msgspec import Struct

from fupin_cli.model.round import Doubt, Event, Status
from fupin_cli.rounds.ledger import Ledger
from fupin_cli.rounds.records import RuleKept


class RoundKept(Struct, frozen=True):
    """One round of the campaign."""

    number: int
    opened: str  # ISO moment
    opened_by: str
    settings: dict[str, Any]  # as jobs/round_settings.py writes them
    deadline: date | None
    data_date: date | None
    fupin: str  # version
    closed: str | None  # ISO moment
    closed_by: str | None


class AnswerKept(Struct, frozen=True):
    """An answer, and whether it is the one that counts (the latest 核实日期, then the latest collected)."""

    doubt: str
    round: int
    file: str
    sha256: str
    row: int | None
    collected_at: str
    who: str
    verified_on: date | None
    cells: dict[str, str]
    counts: bool


class LineKept(Struct, frozen=True):
    """A line that was handed out."""

    round: int
    doubt: str
    file: str
    sha256: str
    question: str
    at: str
    who: str


class DoubtKey(Struct, frozen=True):
    """What a doubt is known by."""

    id: str
    rule: str
    scope: str
    household: str | None
    person: str | None
    person_code: str | None
    certificate: str | None  # first 18 characters; of a household its head's
    township: str | None
    village: str | None
    column: str | None
    list: str | None
    status: Status
    file: str  # where it was seen last
    sheet: str
    of_person: bool  # not only of a household


def doubt_keys(ledger: Ledger) -> tuple[DoubtKey, ...]:
    """Return what every doubt is known by."""
    found = ledger.rows(
        "SELECT id, rule, scope, household, person, person_code, certificate, township, village, column_name, list, status, s.file, "
        "s.sheet FROM doubt d JOIN seen s ON s.doubt = d.id AND s.round = d.last_round ORDER BY id"
    )
    return tuple(DoubtKey(*[*row, row[2] in {"人", "名单", "单元格"} or row[5] is not None]) for row in found)


def sources(ledger: Ledger, number: int, step: str = "new") -> dict[str, str]:
    """Return path → sha256 of the files a step of a round read."""
    asked = "SELECT path, sha256 FROM source WHERE round = ? AND step = ? ORDER BY path"
    return {str(path): str(sha) for path, sha in ledger.rows(asked, (number, step))}


def rules_of(ledger: Ledger, number: int) -> dict[str, RuleKept]:
    """Return the rules of a round's audit by id."""
    found = ledger.rows("SELECT id, hash, parameters, not_run FROM rule WHERE round = ? ORDER BY id", (number,))
    return {str(row[0]): RuleKept(row[0], row[1], json.loads(row[2]), row[3]) for row in found}


def rounds(ledger: Ledger) -> tuple[RoundKept, ...]:
    """Return all rounds, the first first."""
    asked = "SELECT number, opened, opened_by, settings, deadline, data_date, fupin, closed, closed_by FROM round ORDER BY number"
    return tuple(
        RoundKept(row[0], row[1], row[2], json.loads(row[3]), _day(row[4]), _day(row[5]), row[6], row[7], row[8])
        for row in ledger.rows(asked)
    )


def doubts(
    ledger: Ledger,
    number: int | None = None,
    status: Collection[Status] = (),
    ids: Collection[str] | None = None,
) -> tuple[Doubt, ...]:
    """Return doubts by township, village, household and id, each as it was seen last.

    Args:
        ledger: the ledger.
        number: only those seen in this round, with place, values and words of that round; None: all, of their last round.
        status: only those that stand so; () = all.
        ids: only these; None = all.
    """
    counted = {answer.doubt: answer.cells for answer in answers(ledger) if answer.counts}
    joined = "s.round = d.last_round" if number is None else f"s.round = {int(number)}"
    found = ledger.rows(
        "SELECT d.id, d.rule, d.rule_name, s.severity, d.household, d.person, d.person_code, d.township, d.village, s.file, s.sheet, "
        's.row, s.cells, d.column_name, s."values", s.message, s.basis, s.fix, d.status, d.first_round, d.last_round, d.deadline '
        f"FROM doubt d JOIN seen s ON s.doubt = d.id AND {joined} ORDER BY d.township, d.village, d.household, d.id"
    )
    wanted, chosen = set(status), None if ids is None else set(ids)
    return tuple(
        _doubt(row, counted.get(row[0], {}))
        for row in found
        if (not wanted or row[18] in wanted) and (chosen is None or row[0] in chosen)
    )


def _doubt(row: tuple[Any, ...], answer: dict[str, str]) -> Doubt:
    fields = [*row[:12], tuple(json.loads(row[12])), row[13], json.loads(row[14]), *row[15:21], _day(row[21]), answer]
    return Doubt(*fields)


def columns_of(ledger: Ledger, table: str) -> tuple[str, ...]:
    """Return the columns of a table, in order."""
    return tuple(str(row[0]) for row in ledger.rows("SELECT name FROM pragma_table_info(?) ORDER BY cid", (table,)))


def known_as(ledger: Ledger) -> dict[str, str]:
    """Return finding id → doubt id, for findings whose key was corrected."""
    return {str(finding): str(doubt) for finding, doubt in ledger.rows("SELECT finding, doubt FROM alias")}


def events(ledger: Ledger, doubt: str | None = None) -> tuple[Event, ...]:
    """Return the history of a doubt, or of all, in the order it happened."""
    one = "" if doubt is None else " WHERE doubt = ?"
    asked = f"SELECT doubt, round, at, who, before, after, proof FROM event{one} ORDER BY at, n, mark"
    return tuple(Event(*row) for row in ledger.rows(asked, () if doubt is None else (doubt,)))


def answers(ledger: Ledger, doubt: str | None = None) -> tuple[AnswerKept, ...]:
    """Return answers, those of one doubt next to each other, the one that counts last."""
    one = "" if doubt is None else " WHERE doubt = ?"
    last = "PARTITION BY doubt ORDER BY COALESCE(verified_on, '') DESC, collected_at DESC, mark DESC"
    found = ledger.rows(
        f"SELECT doubt, round, file, sha256, row, collected_at, who, verified_on, cells, ROW_NUMBER() OVER ({last}) AS k "
        f"FROM answer{one} ORDER BY doubt, k DESC",
        () if doubt is None else (doubt,),
    )
    return tuple(AnswerKept(*[*row[:7], _day(row[7]), json.loads(row[8]), row[9] == 1]) for row in found)


def issued(ledger: Ledger, number: int | None = None) -> tuple[LineKept, ...]:
    """Return the lines that were handed out (in a round)."""
    one = "" if number is None else f" WHERE round = {int(number)}"
    asked = f"SELECT round, doubt, file, sha256, question, at, who FROM issue{one} ORDER BY round, file, doubt"
    return tuple(LineKept(*row) for row in ledger.rows(asked))


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
