"""Composite rules → the failing rows of which a part was told already: person by person, or household by household."""

from fupin_cli.findings.judged import Judged
from fupin_cli.findings.rows import Failing
from fupin_cli.model.plan import PlannedRule


def loud(judged: Judged, planned: PlannedRule, rows: list[Failing]) -> list[Failing]:
    """Return the rows of which no part of this rule has been told."""
    if planned.level not in {"人", "户"}:
        told = _told_alike(judged, planned)
        return [row for row in rows if row.id not in told]
    persons, households = _told(judged, planned)
    if not (persons or households):
        return rows
    return [
        row
        for row in rows
        if row.subject.household_id not in households and not (planned.level == "人" and row.id in persons)
    ]


def _told_alike(judged: Judged, planned: PlannedRule) -> set[int]:
    """Return the villages, counties or rows of a list of which a part was told."""
    alike = [part for part, level in _failed_parts(judged, planned) if level == planned.level]
    return {number for part in alike for number in _failing(judged, part)}


def _failing(judged: Judged, rule: str) -> set[int]:
    return {
        row[0] for row in judged.engine.rows(f'SELECT "_id" FROM "{judged.plan.verdicts[rule]}" WHERE "{rule}" = 2')
    }


def _failed_parts(judged: Judged, planned: PlannedRule) -> list[tuple[str, str]]:
    """Return the parts of a rule that failed on some row, with their levels."""
    parts = [part for part in planned.rule.parts if part in judged.plan.rules and judged.counts[part].failed]
    return [(part, judged.plan.rules[part].level) for part in parts]


def _told(judged: Judged, planned: PlannedRule) -> tuple[set[int], set[int]]:
    """Return the persons and the households of which a part was told."""
    persons: set[int] = set()
    households: set[int] = set()
    for part, level in _failed_parts(judged, planned):
        if level == "户":
            households |= _failing(judged, part)
        elif level == "人" and planned.level == "人":
            persons |= _failing(judged, part)
        elif level == "人":
            sql = (
                f'SELECT DISTINCT p."_household" FROM "人" p JOIN "{judged.plan.verdicts[part]}" v ON v."_id" = p."_id"'
                f' WHERE v."{part}" = 2 AND p."_household" IS NOT NULL'
            )
            households |= {row[0] for row in judged.engine.rows(sql)}
    return persons, households
