"""What the reading found → findings of the reading rules (FMT…, COD…)."""

import re

from msgspec import Struct
from msgspec.structs import replace

from fupin_cli.engines.cells import Cells
from fupin_cli.findings.compose import basis_of
from fupin_cli.findings.identity import ids, person_key
from fupin_cli.findings.judged import Judged
from fupin_cli.findings.list_days import RULE as LIST_DAYS
from fupin_cli.findings.list_days import ListDays, registry_day
from fupin_cli.findings.message import sentence
from fupin_cli.findings.subjects import Subject, subject_columns, subject_of
from fupin_cli.model.audit import Counts
from fupin_cli.model.dictionary import BARE_CODE, Column
from fupin_cli.model.finding import Finding, UsedParameter
from fupin_cli.model.place import Place
from fupin_cli.model.plan import HEADS
from fupin_cli.model.rule import Rule
from fupin_cli.model.rulebook import RuleBook

HABITS = ("FMT006", "FMT007", "FMT013", "COD002")  # one finding a column and kind
WHOLE = ("列", "表")  # scopes without a row of their own
_QUOTED = re.compile("“([^”]+)”")
_NOTED = {"FMT001", "FMT002", "FMT005", "FMT008"}  # rules whose message the note follows in brackets


class _Read(Struct, frozen=True):
    """One row of the engine table `reading`."""

    rule: Rule
    source: int
    row: int | None
    column: str | None
    letter: str | None
    raw: str
    note: str
    count: int
    cells: tuple[str, ...]
    person: bool  # it is about a person's row
    subject: Subject
    mask: str  # how the column's texts are masked
    open: bool  # the column's code list is not known to be complete
    limit: UsedParameter | None = None  # which it exceeds
    list: str | None = None  # the list it is about as a whole


class Read(Struct, frozen=True):
    """What the reading rules of a run have to say."""

    findings: list[Finding]
    counts: dict[str, Counts]  # how many cells each found
    notes: tuple[tuple[str, str], ...] = ()  # parameters that were missing, each said once


def reading_findings(judged: Judged, cells: Cells) -> Read:
    """Return the findings of the wanted reading rules."""
    rules = {name: rule for name, rule in judged.wanted.items() if rule.kind == "reading"}
    if not rules:
        return Read([], {})
    days = ListDays(judged)
    by_rule: dict[str, list[_Read]] = {name: [] for name in rules}
    for row in judged.engine.rows(_sql(judged, list(rules))):
        rule, source, number, column, letter, raw, note, count, named, person, *who = row
        limit = days.are_apart(raw, note, _list(cells, source)) if rule == LIST_DAYS else None
        if rule == LIST_DAYS and limit is None:
            continue
        known = cells.column(source, column) if column else None
        addresses = tuple(named.split(",")) if named else (f"{letter}{number}",) if letter and number else ()
        by_rule[rule].append(
            _Read(
                rules[rule], source, number, column, letter, raw or "", note or "", int(count or 1), addresses,
                person is not None, subject_of(who), known.mask if known else "", _open(judged.book, known),
                limit, _list(cells, source) if limit else None,
            )
        )  # fmt: skip
    findings = [finding for found in by_rule.values() for finding in _findings(found, cells)]
    counts = {name: Counts(failed=sum(one.count for one in found)) for name, found in by_rule.items()}
    if days.unknown:
        counts[LIST_DAYS] = replace(counts[LIST_DAYS], unknown=days.unknown)
    return Read(findings, counts, tuple(days.notes.items()))


def _list(cells: Cells, source: int) -> str:
    return cells.layouts[source].kind.removeprefix("名单:")


def _sql(judged: Judged, names: list[str]) -> str:
    person = "p" if judged.tables.persons else ""
    persons, household = "", "r.household"
    if person:
        persons, household = ' LEFT JOIN "人" p ON p."_id" = r.person', 'COALESCE(r.household, p."_household")'
    quoted = ", ".join(f"'{name}'" for name in names)
    return (
        'SELECT r.rule, r.source, r."row", r."column", r.letter, r.raw, r.note, r.n, r.cells, r.person,'
        f" {', '.join(subject_columns(judged, person, 'h'))}"
        f' FROM "reading" r{persons} LEFT JOIN "户" h ON h."_id" = {household} LEFT JOIN {HEADS} t ON t."_household" = h."_id"'
        f' WHERE r.rule IN ({quoted}) ORDER BY r.rule, r.source, r."row", r.letter, r.raw'
    )


def _findings(found: list[_Read], cells: Cells) -> list[Finding]:
    """Return one rule's findings."""
    if not found:
        return []
    cells.fetch([((one.source, one.row), one.column) for one in found if one.row is not None and one.column])
    keys = [_key(one) for one in found]
    numbered = ids(found[0].rule.id, keys, lambda i: (found[i].raw, found[i].source, found[i].row or 0))
    return [_finding(one, number, cells) for one, number in zip(found, numbered, strict=True)]


def _together(one: _Read) -> bool:
    """Tell whether a finding speaks of all the cells of its kind in a column, wherever they stand."""
    return one.rule.id in HABITS or _doubt(one)


def _doubt(one: _Read) -> bool:
    """Tell whether a text outside its list is a doubt only: the list, or its codes, are not known to be complete."""
    return one.rule.id == "COD001" and (one.open or one.note == BARE_CODE)


def _key(one: _Read) -> tuple[str, ...]:
    if _together(one):
        told_by_text = one.rule.id == "COD001" and one.note != BARE_CODE
        return "", "", one.column or "", one.note, one.raw if told_by_text else ""
    if one.rule.scope in WHOLE:
        return "", "", one.list or one.column or one.raw
    return *person_key(one.subject, about_person=one.person), one.column or ""


def _finding(one: _Read, number: str, cells: Cells) -> Finding:
    rule = one.rule
    alone = not _together(one) or one.count == 1
    household = one.subject.household if alone else None
    person = (one.subject.person or one.subject.head) if alone else None
    fields = {
        "列": one.column or _letter(one), "原值": one.raw, "说明": _aside(one), "个数": str(one.count),
        "户编号": household or "", "姓名": person or "", "工作表": cells.layouts[one.source].sheet.name,
    }  # fmt: skip
    if one.list is not None:
        fields |= {"名单": one.list, "登记日期": registry_day(one.raw, one.note).isoformat()}
    return Finding(
        id=number,
        rule=rule.id,
        severity="warning" if _doubt(one) else rule.severity,
        scope=rule.scope,
        places=_places(one, cells),
        household=household,
        person=person,
        village=one.subject.village if alone else None,
        township=one.subject.township if alone else None,
        column=one.column,
        list=one.list,
        values=_values(one, cells),
        message=sentence(rule.message, fields),
        message_en=sentence(rule.message_en or rule.message, fields, "en"),
        basis=basis_of(rule.basis),
        fix=rule.fix,
        fix_en=rule.fix_en or rule.fix,
        parameters=(one.limit,) if one.limit else (),
        stable=household is not None,
        secrets=_secrets(one, cells),
    )


def _letter(one: _Read) -> str:
    """Return the column of a heading; of a label of a form the cell of its value."""
    return one.cells[0] if one.row is not None and one.cells else one.letter or ""


def _places(one: _Read, cells: Cells) -> tuple[Place, ...]:
    """Return where it stands; a finding about a column or a sheet has no row, its cell stands in a place of its own."""
    sheet = cells.layouts[one.source].sheet
    at_cells = Place(sheet.file, sheet.name, one.row, one.cells)
    if one.rule.scope not in WHOLE:
        return (at_cells,)
    whole = Place(sheet.file, sheet.name, None)
    return (whole, at_cells) if one.row is not None else (whole,)


def _values(one: _Read, cells: Cells) -> dict[str, str]:
    """Return the text as it stands in the cell; what the reader quotes where the cell itself is blank."""
    if not one.column:
        return {}
    text = cells.text((one.source, one.row), one.column) if one.row is not None else ""
    return {one.column: text if text.strip() else one.raw}


def _secrets(one: _Read, cells: Cells) -> dict[str, str]:
    """Return the personal texts of a finding: the cell, what its note quotes, the names of person and head."""
    found = {}
    if one.mask:
        quoted = (one.raw, *_values(one, cells).values(), *_QUOTED.findall(one.note))
        found = {text.strip(): one.mask for text in quoted if text.strip()}
    names = (name.strip() for name in (one.subject.person, one.subject.head) if name)
    return found | {name: "姓名" for name in names if name}


def _aside(one: _Read) -> str:
    """Return what the reader adds to a finding; nothing where it only repeats the cell."""
    if not one.note or one.note == one.raw:
        return ""
    if one.list is not None:
        return one.note.removeprefix("-")
    if one.note == BARE_CODE:
        return f"；这一列有{one.count}格只写了代码，代码的意思各时期、各系统不同，没有猜，请换成文字"
    if one.rule.id == "COD001":
        return f"，最接近的是“{one.note}”"
    return f"（{one.note}）" if one.rule.id in _NOTED else one.note


def _open(book: RuleBook, known: Column | None) -> bool:
    """Tell whether a column's code list is not known to be complete: a value outside it is a doubt, not an error."""
    codes = book.dictionary.codes.get(known.codes or "") if known is not None else None
    return codes is not None and not codes.complete
