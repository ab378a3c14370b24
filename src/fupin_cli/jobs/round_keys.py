"""Doubts that are not found any more and findings nobody knows in; those that are one another under a corrected key out."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from fupin_cli.findings import Judged
from fupin_cli.jobs.round_audit import load
from fupin_cli.rounds import DoubtKey, KeyChange, Sighting

_Key = tuple[str, str, str, str]  # rule, column, list, certificate


def corrected(judged: Judged, lost: Iterable[DoubtKey], new: Iterable[Sighting]) -> tuple[KeyChange, ...]:
    """Return every corrected key, with the findings that are doubts of the old one.

    A doubt and a finding are one where rule, column, list and certificate are the same and no other doubt and no other finding
    has them, and the name is (or 人编号): a certificate may be another's by mistake. The old key must be nobody's now: else it is
    another household with the same head, or another person under the same number.
    """
    before: dict[_Key, list[DoubtKey]] = defaultdict(list)
    after: dict[_Key, list[Sighting]] = defaultdict(list)
    for doubt in lost:
        if doubt.certificate:
            before[doubt.rule, doubt.column or "", doubt.list or "", doubt.certificate].append(doubt)
    for sighting in new:
        if sighting.certificate:
            after[sighting.rule, sighting.column or "", sighting.list or "", sighting.certificate].append(sighting)
    alone = [
        (before[key][0], after[key][0]) for key in before if len(before[key]) == 1 and len(after.get(key, ())) == 1
    ]
    pairs = [(doubt, found) for doubt, found in alone if _alike(doubt, found)]
    still = _still_there(judged, [doubt for doubt, _ in pairs if doubt.of_person])
    return _changes([(doubt, found) for doubt, found in pairs if doubt.id not in still], _numbers(judged))


def _still_there(judged: Judged, doubts: Sequence[DoubtKey]) -> set[str]:
    """Return the doubts whose person is still there under the old 户编号 and 人编号 (or name)."""
    if not (doubts and judged.tables.persons):
        return set()
    names = ("id", "household", "person", "person_code")
    load(judged.engine, "_round_lost", {name: [getattr(doubt, name) for doubt in doubts] for name in names})
    code = 'p."人编号"' if judged.has("人", "人编号") else "NULL"
    name = 'p."姓名"' if judged.has("人", "姓名") else "NULL"
    rows = judged.engine.rows(
        'SELECT DISTINCT d.id FROM "_round_lost" d JOIN "户" h ON h."_key" = d.household JOIN "人" p ON p."_household" = h."_id"'
        f" WHERE {code} = d.person_code OR (d.person_code IS NULL AND {name} = d.person)"
    )
    return {str(id_) for (id_,) in rows}


def _alike(doubt: DoubtKey, found: Sighting) -> bool:
    return bool(doubt.person and doubt.person == found.person) or bool(
        doubt.person_code and doubt.person_code == found.person_code
    )


def _numbers(judged: Judged) -> set[str]:
    """Return every 户编号 of the registry."""
    return {str(row[0]) for row in judged.engine.rows('SELECT DISTINCT "_key" FROM "户" WHERE "_key" IS NOT NULL')}


def _changes(pairs: Sequence[tuple[DoubtKey, Sighting]], numbers: set[str]) -> tuple[KeyChange, ...]:
    changes: dict[tuple[str, str, str], dict[str, str]] = defaultdict(dict)
    for doubt, found in pairs:
        gone = doubt.household is not None and doubt.household not in numbers
        if found.household != doubt.household and gone and found.household is not None:
            changes["户", doubt.household or "", found.household][found.found_as] = doubt.id
        elif doubt.of_person:
            changes["人", _person(doubt), _person(found)][found.found_as] = doubt.id
    return tuple(
        KeyChange(level, old, new, "证件号码相同", findings) for (level, old, new), findings in changes.items()
    )


def _person(one: DoubtKey | Sighting) -> str:
    """Return what names a person within a registry: 户编号, and 人编号 or else the name."""
    return f"{one.household or ''}/{one.person_code or one.person or ''}"
