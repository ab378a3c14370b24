"""A judged run in; SQL of every verdict it gave, one row for each rule and each row of the rule's scope, out.

No name and no certificate stands among the columns: a household is its 户编号, a person its 人编号, and what looks like a
certificate in their place is left out.
"""

from collections.abc import Collection, Iterator

from msgspec import Struct

from fupin_cli.engines.sql import literal, quoted
from fupin_cli.findings.judged import Judged
from fupin_cli.findings.other_levels import source_and_row, subject_columns_of
from fupin_cli.findings.subjects import subject_columns
from fupin_cli.language.levels import alias_of
from fupin_cli.model.plan import HEADS, PlannedRule
from fupin_cli.model.rows import rows_with
from fupin_cli.model.rule import ASKED_OF
from fupin_cli.values.text import legible

_NONE = (  # the table without a row
    "SELECT NULL::VARCHAR AS file, NULL::VARCHAR AS sheet, NULL::INTEGER AS row, NULL::VARCHAR AS scope,"
    " NULL::VARCHAR AS household, NULL::VARCHAR AS person, NULL::VARCHAR AS township, NULL::VARCHAR AS village,"
    " NULL::DATE AS data_date, NULL::VARCHAR AS rule, NULL::VARCHAR AS list, NULL::VARCHAR AS severity,"
    " NULL::VARCHAR AS verdict WHERE FALSE"
)
_WORDS = "['not applicable', 'pass', 'fail', 'unknown']"
_CERTIFICATE = (
    r"[1-9]\d{5}(18|19|20)\d{2}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])\d{3}[\dXx].*"  # no number of a household is so long
)
_GRADE = "$grade "  # before a rule's id: the severity a failing row has


class EveryVerdict(Struct, frozen=True):
    """What the engine is asked for, and what is made of it."""

    sources: dict[str, str]  # name in `query` → SQL that the engine runs
    query: str


def every_verdict(judged: Judged, told: Collection[str]) -> EveryVerdict:
    """Return SQL of all verdicts of the rules `told`, by the names they have in the plan (ENT025·车辆).

    The tables that `sources` read are made in the engine.
    """
    levels = {
        level: [judged.plan.rules[name] for name in names if name in told]
        for level, names in judged.plan.levels.items()
    }
    levels = {level: rules for level, rules in levels.items() if rules}
    sources, queries = {}, [_NONE]
    for number, (level, rules) in enumerate(levels.items()):
        judged.engine.run(f"CREATE OR REPLACE TABLE {quoted(f'判_{level}')} AS {_wide(judged, level, rules)}")
        sources[f"v{number}"] = f"SELECT * FROM {quoted(f'判_{level}')}"
        queries.append(_long(f"v{number}", rules))
    return EveryVerdict(sources, " UNION ALL ".join(queries))


def _wide(judged: Judged, level: str, rules: list[PlannedRule]) -> str:
    """Return SQL of one row a row of a level: where it stands, who it is, its verdicts, the severities it would fail with."""
    alias, own = alias_of(level), level in {"人", "户"}
    at = (f'{alias}."_source"', f'{alias}."_row"') if own else source_and_row(level)
    subject = subject_columns(judged, "p" if level == "人" else "", "h") if own else subject_columns_of(judged, level)
    household, _, person, _, _, village, township, *_ = subject
    own_number = 'p."证件号码#"' if level == "人" and judged.has("人", "证件号码#") else "NULL"
    parts = [
        f'{alias}."_id" AS "_id"',
        f'{at[0]} AS "_source"',
        f"{at[1]} AS row",
        f"{_no_certificate(household)} AS household",
        f"{_no_certificate(person, own_number)} AS person",
        f"CAST({township} AS VARCHAR) AS township",
        f"CAST({village} AS VARCHAR) AS village",
        f'{alias}."数据日期" AS data_date',
        *(f"{each.grade} AS {quoted(_GRADE + each.rule.id)}" for each in rules if each.grade),
    ]
    asked = ", ".join(parts)
    heads = f' LEFT JOIN {HEADS} t ON t."_household" = h."_id"' if own else ""
    rows = f"SELECT {asked}{rows_with(judged.plan.rows_of[level], asked, heads)}{heads}"
    sheets = ", ".join(
        f"({number}, {literal(legible(layout.sheet.file))}, {literal(layout.sheet.name)})"
        for number, layout in enumerate(judged.tables.layouts)
    )
    verdicts = ", ".join(f"x.{quoted(each.rule.id)}" for each in rules)
    return (
        f'SELECT s.file, s.sheet, r.* EXCLUDE ("_id", "_source"), {verdicts} FROM ({rows}) AS r'
        f' JOIN {quoted(f"verdicts_{level}")} x ON x."_id" = r."_id"'
        f' LEFT JOIN (VALUES {sheets}) AS s(number, file, sheet) ON s.number = r."_source" ORDER BY r."_id"'
    )


def _no_certificate(sql: str, number: str = "NULL") -> str:
    """Return SQL of a text that is NULL where it is the certificate `number`, or looks like one."""
    text = f"CAST({sql} AS VARCHAR)"
    hidden = f"regexp_full_match({text}, {literal(_CERTIFICATE)}) OR COALESCE({text} = {number}, FALSE)"
    return f"CASE WHEN NOT ({hidden}) THEN {text} END"


def _long(source: str, rules: list[PlannedRule]) -> str:
    """Return SQL of one row for each rule and row of a source."""
    told = ", ".join(f"({', '.join(map(literal, each))})" for each in _told(rules))
    names = ", ".join(quoted(each.rule.id) for each in rules)
    graded = " ".join(
        f"WHEN {literal(each.rule.id)} THEN {quoted(_GRADE + each.rule.id)}" for each in rules if each.grade
    )
    severity = f"CASE WHEN v.verdict = 2 THEN CASE v.name {graded} ELSE r.severity END ELSE r.severity END"
    return (
        "SELECT v.file, v.sheet, v.row, r.scope, v.household, v.person, v.township, v.village, v.data_date, r.rule,"
        f" NULLIF(r.list, ''), {severity if graded else 'r.severity'}, {_WORDS}[v.verdict + 1]"
        f" FROM (UNPIVOT {source} ON {names} INTO NAME name VALUE verdict) AS v"
        f" JOIN (VALUES {told}) AS r(name, rule, list, scope, severity) ON r.name = v.name"
    )


def _told(rules: list[PlannedRule]) -> Iterator[tuple[str, str, str, str, str]]:
    """Yield of each rule its column, the id it is told by, the list it is asked of, its scope and its severity."""
    for each in rules:
        rule, _, of_list = each.rule.id.partition(ASKED_OF)
        yield each.rule.id, rule, of_list, each.rule.scope, each.severity
