"""Who a finding is about → an id that outlives row numbers and corrections of the certificate number."""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Any

from fupin_cli.findings.subjects import Subject


def person_key(subject: Subject, *, about_person: bool) -> tuple[str, str]:
    """Return household key and person key: 户编号, and 人编号 or else relation and normalised name."""
    household = subject.household or "/".join(
        part or "" for part in (subject.township, subject.village, subject.person)
    )
    if not about_person:
        return household, ""
    name = "".join((subject.person or "").split())
    return household, subject.person_code or f"{subject.relation or ''}|{name}"


def ids(rule: str, keys: Sequence[tuple[str, ...]], order: Callable[[int], Any]) -> list[str]:
    """Return `RULE-xxxxxxxxxx` for each key: the rule and a short hash of the key and its ordinal among equals.

    Args:
        rule: the rule's id.
        keys: household key, person key, column or list of each finding.
        order: position → what equal keys are numbered by: what stands in the row before where it stands, so that
            sorting the rows changes no id.
    """
    equal: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for position, key in enumerate(keys):
        equal[key].append(position)
    found = [""] * len(keys)
    for key, positions in equal.items():
        if len(positions) > 1:
            positions.sort(key=order)
        for ordinal, position in enumerate(positions, 1):
            text = "\x1f".join((rule, *key, str(ordinal)))
            found[position] = f"{rule}-{hashlib.blake2b(text.encode(), digest_size=5).hexdigest()}"
    return found
