"""One rule's verdicts on some rows → each walked through: the truth of every part, the values, the cells, the standards."""

from collections.abc import Callable, Collection, Sequence
from typing import Any

from msgspec import Struct

from fupin_cli.engines.cells import Cells
from fupin_cli.findings.beside import find_beside
from fupin_cli.findings.compose import RuleFindings, found_in
from fupin_cli.findings.judged import Judged
from fupin_cli.findings.message import shown
from fupin_cli.findings.other_levels import source_and_row, subject_columns_of
from fupin_cli.findings.reading import reading_findings
from fupin_cli.findings.rows import failing_rows
from fupin_cli.findings.silenced import loud
from fupin_cli.findings.subjects import Subject, subject_columns, subject_of
from fupin_cli.findings.used import Sources
from fupin_cli.language.levels import alias_of
from fupin_cli.model.explanation import Explanation, Part
from fupin_cli.model.finding import Finding
from fupin_cli.model.plan import HEADS, PlannedRule, PlannedStep
from fupin_cli.model.rows import rows_with
from fupin_cli.model.rule import Outcome

OUTCOMES: tuple[Outcome, ...] = ("not applicable", "pass", "fail", "unknown")
_PERSONAL = ("人", "户")
Told = Callable[[list[Finding]], list[Finding]]  # findings of one rule → those of them a report has, as it has them


class Sought(Struct, frozen=True):
    """Which rows are to be explained: those of a finding, of a household, or the first that say something."""

    finding: str = ""  # id
    household: str = ""  # 户编号
    person: str = ""  # name, of a member of the household
    most: int = 3


def walk(judged: Judged, rule: str, sought: Sought, told: Told = list) -> list[Explanation]:
    """Explain the verdicts of a rule on the rows sought; [] when there is none such."""
    planned = judged.plan.rules.get(rule)
    cells = Cells(judged.engine, judged.tables, judged.book.dictionary)
    if planned is None:
        found = reading_findings(judged, cells).findings
        return [_of_reading(judged, finding) for finding in found if _is_sought(finding, rule, sought)][: sought.most]
    findings = _findings(judged, planned, cells, told)
    if sought.finding:
        rows: Collection[int] = [row for row, finding in findings.items() if finding.id == sought.finding]
    elif sought.household:
        rows = _rows_of_household(judged, planned.level, sought)
    else:
        rows = list(findings)[: sought.most] or _first_unknown(judged, planned, sought.most)
    return _explanations(judged, planned, rows, findings, cells)


def _is_sought(finding: Finding, rule: str, sought: Sought) -> bool:
    if finding.rule != rule:
        return False
    if sought.finding:
        return finding.id == sought.finding
    return not sought.household or finding.household == sought.household


def _of_reading(judged: Judged, finding: Finding) -> Explanation:
    rule = judged.book.rules[finding.rule]
    return Explanation(
        rule,
        "fail",
        finding.household,
        finding.person,
        finding.village,
        finding.places[0],
        (),
        (),
        finding,
        finding.secrets,
    )


def _findings(judged: Judged, planned: PlannedRule, cells: Cells, told: Told) -> dict[int, Finding]:
    """Return the rule's findings by the row they are about, those that a report has."""
    failed = next(failing_rows(judged, [planned])) if judged.counts[planned.rule.id].failed else []
    rows = loud(judged, planned, failed)
    find_beside(judged, planned, rows)
    found = found_in(cells, [(RuleFindings(judged, planned, cells), rows)])
    reported = {finding.id: finding for finding in told(found)}
    return {row.id: reported[finding.id] for row, finding in zip(rows, found, strict=True) if finding.id in reported}


def _rows_of_household(judged: Judged, level: str, sought: Sought) -> list[int]:
    if level not in _PERSONAL:
        return []
    if level == "户":
        return [
            int(row)
            for (row,) in judged.engine.rows('SELECT "_id" FROM "户" WHERE "_key" = ? ORDER BY 1', [sought.household])
        ]
    named, values = "", [sought.household]
    if sought.person and judged.has("人", "姓名"):
        named, values = ' AND trim(p."姓名") = ?', [sought.household, sought.person]
    return [
        int(row)
        for (row,) in judged.engine.rows(
            f'SELECT p."_id" FROM "人" p JOIN "户" h ON h."_id" = p."_household" WHERE h."_key" = ?{named} ORDER BY 1',
            values,
        )
    ]


def _first_unknown(judged: Judged, planned: PlannedRule, most: int) -> list[int]:
    rows = judged.engine.rows(
        f'SELECT "_id" FROM "{judged.plan.verdicts[planned.rule.id]}" WHERE "{planned.rule.id}" = 3 ORDER BY 1 LIMIT {most}'
    )
    return [int(row) for (row,) in rows]


def _explanations(
    judged: Judged, planned: PlannedRule, rows: Collection[int], findings: dict[int, Finding], cells: Cells
) -> list[Explanation]:
    if not rows:
        return []
    steps, level = judged.plan.steps, planned.level
    subject = (
        subject_columns(judged, "p" if level == "人" else "", "h")
        if level in _PERSONAL
        else subject_columns_of(judged, level)
    )
    width = len(subject)
    found = _told(judged, planned, subject, rows)
    sources = Sources(judged)
    columns = [step.column for step in steps if step.column]
    cells.fetch([((row[1], row[2]), column) for row in found for column in columns if row[2] is not None])
    explained = []
    for number, source, line, verdict, *rest in found:
        about = subject_of(rest[:width])
        values, asked = rest[width : width + len(steps)], iter(rest[width + len(steps) :])
        used = [sources.of((one, next(asked), next(asked), next(asked))) for one in planned.parameters]
        here = (source, line)
        parts = tuple(_part(step, value, here, cells) for step, value in zip(steps, values, strict=True))
        finding = findings.get(number)
        explained.append(
            Explanation(
                rule=planned.rule,
                verdict=OUTCOMES[verdict],
                household=about.household,
                person=about.person,
                village=about.village,
                place=finding.places[0] if finding else cells.place(here, (), "subject"),
                parts=parts,
                parameters=tuple(one for one in used if one is not None),
                finding=finding,
                secrets=_secrets(judged, steps, parts, about) | (finding.secrets if finding else {}),
            )
        )
    return explained


def _told(judged: Judged, planned: PlannedRule, subject: Sequence[str], rows: Collection[int]) -> list[tuple[Any, ...]]:
    """Return of each row its id, source and row, the verdict, whom it is about, and what the steps and parameters gave."""
    level = planned.level
    alias, own = alias_of(level), level in _PERSONAL
    at = (f'{alias}."_source"', f'{alias}."_row"') if own else source_and_row(level)
    selected = [f'{alias}."_id"', *at, f'x."{planned.rule.id}"', *subject, *(step.sql for step in judged.plan.steps)]
    selected += [part for one in planned.parameters for part in (one.value, one.day, one.place)]
    heads = f' LEFT JOIN {HEADS} t ON t."_household" = h."_id"' if own else ""
    said = ", ".join(selected)
    return judged.engine.rows(
        f'SELECT {said}{rows_with(judged.plan.rows_of[level], said, heads)}{heads} JOIN "{judged.plan.verdicts[planned.rule.id]}" x ON x."_id" = {alias}."_id"'
        f' WHERE {alias}."_id" IN ({", ".join(map(str, rows))}) ORDER BY 1'
    )


def _part(step: PlannedStep, value: object, here: tuple[int, int], cells: Cells) -> Part:
    told = (None if value is None else bool(value)) if step.truth else shown(value)
    if not step.column:
        return Part(step.role, step.depth, step.text, told, step.truth)
    at = cells.stands(here, step.column)
    return Part(
        step.role,
        step.depth,
        step.text,
        told,
        step.truth,
        tuple(cells.addresses(here, step.column)),
        cells.text(at, step.column),
    )


def _secrets(judged: Judged, steps: tuple[PlannedStep, ...], parts: tuple[Part, ...], about: Subject) -> dict[str, str]:
    """Return the personal texts of the parts, and how each is masked."""
    known = judged.book.dictionary.columns
    found: dict[str, str] = {}
    for step, part in zip(steps, parts, strict=True):
        kind = known[step.column].mask if step.column in known else None
        if kind:
            found |= {text.strip(): kind for text in (part.written, str(part.truth)) if text.strip()}
    found |= {name: "姓名" for name in (about.person, about.head) if name}
    return found
