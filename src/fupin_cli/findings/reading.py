"""What the reading found → findings of the reading rules (FMT…, COD…)."""

from fupin_cli.engines import Engine
from fupin_cli.findings.cells import Cells
from fupin_cli.findings.identity import Identities, subject_of
from fupin_cli.findings.message import sentence
from fupin_cli.model.audit import Counts
from fupin_cli.model.finding import Finding
from fupin_cli.model.place import Place
from fupin_cli.model.rule import Rule, Severity
from fupin_cli.model.rulebook import RuleBook
from fupin_cli.model.table import Tables


def reading_findings(  # what the reading left in the engine meets everything that names it
    engine: Engine, tables: Tables, book: RuleBook, wanted: dict[str, Rule], cells: Cells, identities: Identities
) -> tuple[list[Finding], dict[str, Counts]]:
    """Return the findings of the wanted reading rules, and how many cells each found."""
    rules = {name: rule for name, rule in wanted.items() if rule.kind == "reading"}
    if not rules:
        return [], {}
    names = ", ".join(f"'{name}'" for name in rules)
    rows = engine.rows(_sql(tables, names))
    findings = [_finding(rules[row[0]], row, book, cells, identities) for row in rows]
    counts: dict[str, int] = dict.fromkeys(rules, 0)
    for row in rows:
        counts[row[0]] += int(row[7] or 1)
    return findings, {name: Counts(failed=count) for name, count in counts.items()}


def _sql(tables: Tables, names: str) -> str:
    def column(alias: str, level: str, name: str) -> str:
        return f'{alias}."{name}"' if name in tables.columns.get(level, ()) else "NULL"

    person = (
        ' LEFT JOIN "人" p ON p."_id" = r.person LEFT JOIN "户" h ON h."_id" = COALESCE(r.household, p."_household")'
        if tables.persons
        else ' LEFT JOIN "户" h ON h."_id" = r.household'
    )
    code, name, relation = (
        column("p", "人", part) if tables.persons else "NULL" for part in ("人编号", "姓名", "与户主关系")
    )
    head = column("h", "户", "户主姓名")
    return (
        'SELECT r.rule, r.source, r."row", r."column", r.letter, r.raw, r.note, r.n, r.cells,'
        f' h."_key", h."_id", {code}, COALESCE({name}, {head}), {relation}, {column("h", "户", "村")}, {column("h", "户", "乡")}'
        f' FROM "reading" r{person} WHERE r.rule IN ({names}) ORDER BY r.rule, r.source, r."row", r.letter'
    )


def _finding(rule: Rule, row: tuple, book: RuleBook, cells: Cells, identities: Identities) -> Finding:  # type: ignore[type-arg]
    _, source, number, column, letter, raw, note, count, cells_named, *who = row
    subject = subject_of(tuple(who))
    sheet = cells.layout(source).sheet
    address = tuple(cells_named.split(",")) if cells_named else (f"{letter}{number}",) if letter and number else ()
    fields = {
        "列": column or letter or "", "原值": raw or "", "说明": _aside(rule, raw, note), "个数": str(count or 1), "户编号": subject.household or "",
        "姓名": subject.person or "", "工作表": sheet.name,
    }  # fmt: skip
    mask: str = book.dictionary.columns[column].mask if column in book.dictionary.columns else ""
    secrets = {
        text.strip(): kind
        for text, kind in ((str(raw or ""), mask), (subject.person or "", "姓名"))
        if kind and text.strip()
    }
    key = subject.key(about_person=subject.person_code is not None or subject.relation is not None)
    return Finding(
        id=identities.next(
            rule.id, *key, column or f"{sheet.name}!{letter}", "" if count is None or count == 1 else (raw or "")
        ),
        rule=rule.id,
        severity=_severity(rule, column, book),
        scope=rule.scope,
        places=(Place(sheet.file, sheet.name, number, address),),
        household=subject.household,
        person=subject.person,
        village=subject.village,
        township=subject.township,
        column=column,
        list=None,
        values={column: raw or ""} if column else {},
        message=sentence(rule.message, fields),
        message_en=sentence(rule.message_en or rule.message, fields, "en"),
        basis=f"惯例：{rule.basis.convention}" if rule.basis.convention else rule.basis.document,
        fix=rule.fix,
        fix_en=rule.fix_en or rule.fix,
        stable=subject.household is not None,
        secrets=secrets,
    )


def _aside(rule: Rule, raw: str | None, note: str | None) -> str:
    """Return what the reader adds to a finding; nothing where it only repeats the cell."""
    if not note or note == raw:
        return ""
    if rule.id == "COD001":
        return f"，最接近的是“{note}”"
    return f"（{note}）" if rule.id in {"FMT001", "FMT002", "FMT005", "FMT008"} else note


def _severity(rule: Rule, column: str | None, book: RuleBook) -> Severity:
    """A value outside a code list that is not known to be complete is a doubt, not an error."""
    known = book.dictionary.columns.get(column or "")
    if rule.id == "COD001" and known is not None and known.codes and not book.dictionary.codes[known.codes].complete:
        return "warning"
    return rule.severity
