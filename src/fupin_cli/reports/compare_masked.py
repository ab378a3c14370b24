"""Mask the records of a comparison, one at a time as a report of some level shows them; 户编号 and 人编号 stay."""

import re
from collections.abc import Mapping

from msgspec.structs import replace

from fupin_cli.model.difference import (  # fmt: skip
    CellChange,
    Comparison,
    Duplicate,
    Evidence,
    HeadChange,
    Move,
    Record,
    Scalar,
    Suspicion,
)
from fupin_cli.model.masking import NEVER, Masking, kind_of, tells_health
from fupin_cli.reports.masked import OMITTED, hider, shown_text

_MAY_HIDE = re.compile(r"[0-9](?:[ -]?[0-9]){6}")  # a text without so many digits holds no number of a person
_DETAIL = re.compile(r"[：:（(“\"]")  # what follows shows parts of a name or number
_TOKENS = frozenset({"姓名", "证件"})


class Veil:
    """What of a comparison a report of some level may show: everything, or what tells nobody who it is, or how well he is."""

    def __init__(self, comparison: Comparison, masking: Masking) -> None:
        self._masks = comparison.masks
        self._tokens = comparison.tokens
        self._masking = masking
        self._reveal = not masking.hidden
        self._kinds: dict[str, str] = {}  # of the columns seen
        self._hidden: set[str] = set()  # those of them that are masked
        self._last: dict[
            int, tuple[Record, tuple[Record, dict[str, str]]]
        ] = {}  # cells of one pair share their records

    def kind(self, column: str) -> str:
        """Return how a column is masked; "" for not at all."""
        known = self._kinds.get(column)
        if known is None:
            kind = "" if column in NEVER else self._masks.get(column) or kind_of(column)
            open_ = not self._masking.hides(kind or "健康") or (self._tokens and kind in _TOKENS)
            known = self._kinds[column] = "" if open_ else kind
            if known:
                self._hidden.add(column)
        return known

    def name(self, name: str) -> str:
        """Return a person's name as it may be shown."""
        return self._shown(name, self.kind("姓名"))

    def _shown(self, text: str, kind: str) -> str:
        return shown_text(text, kind, self._masking) if kind else text

    def record(self, record: Record) -> Record:
        """Return a record as it may be shown."""
        return record if self._reveal else self._seen(record)[0]

    def _seen(self, record: Record) -> tuple[Record, dict[str, str]]:
        """Return a record as it may be shown, and its secrets; those of the last records are kept."""
        known = self._last.get(id(record))
        if known is not None:
            return known[1]
        secrets = self._secrets(record)
        veiled = replace(
            record,
            key=self._row(record.key, secrets, record),
            values=self._row(record.values, secrets, record),
            person=self.name(record.person) if record.person else record.person,
        )
        if len(self._last) >= 4:
            self._last.clear()
        self._last[id(record)] = (record, (veiled, secrets))
        return veiled, secrets

    def change(self, change: CellChange) -> CellChange:
        """Return a cell that differs as it may be shown."""
        if self._reveal:
            return change
        sides = (change.left_record, change.right_record)
        secrets = {**self._seen(sides[0])[1], **self._seen(sides[1])[1]}

        def show(value: Scalar, record: Record) -> Scalar:
            kind = self.kind(change.column)
            if value is None or change.column in NEVER or not (kind or isinstance(value, str)):
                return value
            return self._shown(str(value), kind) if kind else self._text(str(value), secrets, record)

        texts = [show(text, record) for text, record in zip((change.left_text, change.right_text), sides, strict=True)]
        return replace(
            change,
            left_record=self.record(sides[0]),
            right_record=self.record(sides[1]),
            left=show(change.left, sides[0]),
            right=show(change.right, sides[1]),
            left_text=None if texts[0] is None else str(texts[0]),
            right_text=None if texts[1] is None else str(texts[1]),
        )

    def duplicate(self, duplicate: Duplicate) -> Duplicate:
        """Return rows of one key as they may be shown."""
        return replace(duplicate, records=tuple(self.record(record) for record in duplicate.records))

    def move(self, move: Move) -> Move:
        """Return a move as it may be shown."""
        homes = [home and self.record(home) for home in (move.left_household, move.right_household)]
        return replace(
            move,
            left=self.record(move.left),
            right=self.record(move.right),
            left_household=homes[0],
            right_household=homes[1],
        )

    def head(self, change: HeadChange) -> HeadChange:
        """Return a change of head as it may be shown."""
        return replace(
            change,
            left=self.record(change.left),
            right=self.record(change.right),
            left_head=self.record(change.left_head),
            right_head=self.record(change.right_head),
        )

    def suspicion(self, suspicion: Suspicion) -> Suspicion:
        """Return a suspected pair as it may be shown; its evidence says what agrees, not which characters."""
        if self._reveal:
            return suspicion
        secrets = {**self._seen(suspicion.left)[1], **self._seen(suspicion.right)[1]}
        return replace(
            suspicion,
            left=self.record(suspicion.left),
            right=self.record(suspicion.right),
            evidence=tuple(self._evidence(one, secrets, suspicion.left) for one in suspicion.evidence),
        )

    def _evidence(self, evidence: Evidence, secrets: dict[str, str], record: Record) -> Evidence:
        hidden = evidence.column is not None and bool(self.kind(evidence.column))
        told = [_DETAIL.split(text, maxsplit=1)[0].rstrip() if hidden else text for text in (evidence.zh, evidence.en)]
        zh, en = (self._text(text, secrets, record) for text in told)
        return replace(evidence, zh=zh, en=en)

    def _secrets(self, record: Record) -> dict[str, str]:
        found: dict[str, str] = {}
        if record.person and record.person.strip() and self.kind("姓名"):
            found[record.person] = "姓名"
        for row in (record.values, record.key):
            for column in row.keys() & self._masked(row):
                text = row[column]
                if text.strip() and self.kind(column) != "健康":  # such a text is hidden in its own cell
                    found.setdefault(text, self.kind(column))
        return found

    def _masked(self, row: Mapping[str, str]) -> set[str]:
        """Return the columns that are masked, those of `row` among them."""
        for column in row.keys() - self._kinds.keys():
            self.kind(column)
        return self._hidden

    def _row(self, row: Mapping[str, str], secrets: dict[str, str], record: Record) -> dict[str, str]:
        shown = dict(row)
        masked = row.keys() & self._masked(row)
        for column in masked:
            shown[column] = self._shown(row[column], self.kind(column))
        open_ = [column for column in row if column not in masked and column not in NEVER]
        if self._has_secret("\x00".join([row[column] for column in open_]), secrets):
            for column in open_:
                shown[column] = self._text(row[column], secrets, record)
        return shown

    def _has_secret(self, text: str, secrets: dict[str, str]) -> bool:
        telling = self._masking.health and tells_health(text)
        return telling or bool(_MAY_HIDE.search(text)) or any(secret in text for secret in secrets)

    def _text(self, text: str, secrets: dict[str, str], record: Record) -> str:
        if not self._has_secret(text, secrets):
            return text
        if self._masking.health and tells_health(text):
            return OMITTED
        spared = {record.household, *(record.values.get(column) for column in NEVER)}
        return hider(secrets, spared, self._masking)(text)
