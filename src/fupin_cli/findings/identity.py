"""Who a finding is about → an identity that outlives row numbers and corrections of the certificate number."""

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Subject:
    """Household and person of a row, as written."""

    household: str | None  # 户编号
    household_id: int | None  # of this run
    person_code: str | None  # 人编号
    person: str | None  # name; of a household, its head's
    relation: str | None
    village: str | None
    township: str | None

    def key(self, *, about_person: bool) -> tuple[str, str]:
        """Return household key and person key: 户编号, and 人编号 or else relation and normalised name."""
        household = self.household or "/".join(part or "" for part in (self.township, self.village, self.person))
        if not about_person:
            return household, ""
        name = "".join((self.person or "").split())
        return household, self.person_code or f"{self.relation or ''}|{name}"


def subject_of(row: Sequence[object]) -> Subject:
    """Return the subject of a row of: 户编号, household's id, 人编号, name, relation, village, township."""
    household, number, *rest = row
    texts = [None if part is None else str(part) for part in (household, *rest)]
    return Subject(texts[0], number if isinstance(number, int) else None, *texts[1:])


class Identities:
    """Hands out ids; equal ones get an ordinal in the order of the rows."""

    def __init__(self) -> None:
        self._seen: Counter[tuple[str, ...]] = Counter()

    def next(self, rule: str, *parts: str) -> str:
        """Return `RULE-xxxxxxxxxx`: the rule and a short hash of household key, person key, column or list, ordinal."""
        key = (rule, *parts)
        self._seen[key] += 1
        text = "\x1f".join((*key, str(self._seen[key])))
        return f"{rule}-{hashlib.blake2b(text.encode(), digest_size=5).hexdigest()}"
