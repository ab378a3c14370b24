"""Compiled expressions → the statements: derived columns, groups, hits, members, verdicts; one pass over each table for all rules."""

from collections.abc import Iterator

from fupin_cli.language.needs import Group, Member, Needs, Sight
from fupin_cli.language.sql import Compiler
from fupin_cli.language.symbols import Level
from fupin_cli.language.trees import Tree, fill, quoted
from fupin_cli.model.table import Tables

_PERSON_HOME = ' FROM "人" p LEFT JOIN "户" h ON h."_id" = p."_household"'
_PERSON = (
    ' FROM "人" p JOIN "推_人" q ON q."_id" = p."_id" LEFT JOIN "户" h ON h."_id" = p."_household"'
    ' LEFT JOIN "推_户" g ON g."_id" = h."_id"'
)
_HOUSEHOLD = ' FROM "户" h JOIN "推_户" g ON g."_id" = h."_id"'
_VILLAGE = ("县", "乡", "村")
_ALWAYS = ("在册", "证件前18位")  # the statements themselves read these


def statements(sight: Sight, needs: Needs, verdicts: dict[str, dict[str, Tree]], tables: Tables) -> Iterator[str]:
    """Yield every statement in the order it must run."""
    yield _derived("户", sight, needs)
    if tables.persons:
        yield _derived("人", sight, needs)
    for group in needs.groups.values():
        if group.function != "地区码有效":
            yield _group(group, sight)
    for hit in needs.hits.values():
        yield (
            f'CREATE OR REPLACE TABLE "{hit.name}" AS SELECT p."_id", BOOL_OR(COALESCE({_sql(hit.condition)}, FALSE)) AS t,'
            f" BOOL_OR(({_sql(hit.condition)}) IS NULL) AS u{_PERSON}"
            f' JOIN "名单_{hit.list}" l ON l."证件前18位" = q."证件前18位" GROUP BY p."_id"'
        )
    if needs.members:
        yield _members(needs)
    for level, found in verdicts.items():
        if found:
            columns = ", ".join(f'CAST({_sql(tree)} AS UTINYINT) AS "{name}"' for name, tree in found.items())
            alias = "p" if level == "人" else "h"
            yield f'CREATE OR REPLACE TABLE "verdicts_{level}" AS SELECT {alias}."_id", {columns}{rows_of(level, needs, tables)}'


def rows_of(level: str, needs: Needs, tables: Tables) -> str:
    """Return the FROM clause in which every alias of that level is in place."""
    if level == "人":
        return _PERSON + _joins("人", needs) + _hits(needs) + _member_join('p."_household"', needs)
    members = _member_join('h."_id"', needs) if tables.persons else ""
    return _HOUSEHOLD + _joins("户", needs) + members


def _sql(tree: Tree) -> str:
    return tree.sql("duckdb", identify=True)


def _derived(level: Level, sight: Sight, needs: Needs) -> str:
    """Store the derived columns that need nothing but their row; each may use those written before it."""
    if level == "人":
        alias, rows = "p", f'{_PERSON_HOME} LEFT JOIN "推_户" g ON g."_id" = h."_id"'
    else:
        alias, rows = "h", ' FROM "户" h'
    columns: dict[str, str] = {}

    def store(name: str) -> None:
        choice = sight.derived[name]
        inner = Needs()
        tree = Compiler(sight, inner, level, choice.optional, storing=True).compile(choice.expression.tree)
        for other in sorted(inner.derived):
            if sight.symbols.derived[other].level == level and other not in columns:
                store(other)
        columns[name] = f'{_sql(tree)} AS "{name}"'

    for name in sorted({*needs.derived, *_ALWAYS} & sight.derived.keys()):
        if sight.symbols.derived[name].level == level and name not in columns:
            store(name)
    return f'CREATE OR REPLACE TABLE "推_{level}" AS SELECT {", ".join([f"{alias}._id", *columns.values()])}{rows}'


def _group(group: Group, sight: Sight) -> str:
    """Count equal values: by data date for uniqueness, over everything for 全表任一."""
    person = group.level == "人"
    rows, alias = (_PERSON, "p") if person else (_HOUSEHOLD, "h")
    live = 'WHERE COALESCE(q."在册", TRUE)' if person else ""
    value = _sql(group.tree)
    if group.function == "全表任一":
        return (
            f'CREATE OR REPLACE TABLE "{group.name}" AS SELECT COALESCE(BOOL_OR({value}), FALSE) AS t,'
            f" COALESCE(BOOL_OR(({value}) IS NULL), FALSE) AS u{rows} {live}"
        )
    household = f'{alias}."_household"' if person else 'h."_id"'
    village = [f"COALESCE(CAST(h.\"{name}\" AS VARCHAR), '')" for name in _VILLAGE if name in sight.present["户"]]
    place = " || '/' || ".join(village or ["''"])
    inner = f'SELECT {value} AS k, {alias}."数据日期" AS d, {household} AS hh, {place} AS v{rows} {live}'
    count = {"不同户数": "COUNT(DISTINCT hh)", "不同村数": "COUNT(DISTINCT v)"}.get(group.function, "COUNT(*)")
    keys = "k, d, hh" if group.function == "户内唯一" else "k, d"
    return f'CREATE OR REPLACE TABLE "{group.name}" AS SELECT {keys}, {count} AS n FROM ({inner}) WHERE k IS NOT NULL GROUP BY {keys}'


def _joins(level: str, needs: Needs) -> str:
    text = ""
    for group in needs.groups.values():
        if group.level != level:
            continue
        alias = "p" if level == "人" else "h"
        if group.function == "全表任一":
            text += f' CROSS JOIN "{group.name}"'
        elif group.function == "地区码有效":
            text += f' LEFT JOIN "地区码" "{group.name}" ON "{group.name}".k = {_sql(group.tree)}'
        else:
            text += f' LEFT JOIN "{group.name}" ON "{group.name}".k = {_sql(group.tree)} AND "{group.name}".d = {alias}."数据日期"'
            if group.function == "户内唯一":
                household = 'p."_household"' if level == "人" else 'h."_id"'
                text += f' AND "{group.name}".hh = {household}'
    return text


def _hits(needs: Needs) -> str:
    return "".join(f' LEFT JOIN "{hit.name}" ON "{hit.name}"."_id" = p."_id"' for hit in needs.hits.values())


def _member_join(household: str, needs: Needs) -> str:
    return f' LEFT JOIN "成员" m ON m."_household" = {household}' if needs.members else ""


def _members(needs: Needs) -> str:
    """Sum every member function of every rule over the households, in one pass."""
    columns = [part for member in needs.members.values() for part in _member(member)]
    rows = _PERSON + _joins("人", needs) + _hits(needs)
    return (
        f'CREATE OR REPLACE TABLE "成员" AS SELECT p."_household", {", ".join(columns)}{rows}'
        ' WHERE p."_household" IS NOT NULL GROUP BY p."_household"'
    )


_SUMS = {  # :1 the condition or number, :2 在册
    "任一成员": ("BOOL_OR(COALESCE(:2 AND :1, FALSE))", "BOOL_OR((:2 AND :1) IS NULL)"),
    "曾有成员": ("BOOL_OR(COALESCE(:1, FALSE))", "BOOL_OR((:1) IS NULL)"),
    "所有成员": ("BOOL_OR(NOT COALESCE(NOT :2 OR :1, TRUE))", "BOOL_OR((NOT :2 OR :1) IS NULL)"),
    "成员数": (
        "SUM(CASE WHEN :2 AND :1 THEN 1 ELSE 0 END)",
        "SUM(CASE WHEN (:2 AND :1) IS NULL THEN 1 ELSE 0 END)",
    ),
    "成员合计": (
        "SUM(CASE WHEN :2 THEN :1 END)",
        "SUM(CASE WHEN :2 IS NULL OR (:2 AND (:1) IS NULL) THEN 1 ELSE 0 END)",
    ),
    "户主": ("MAX(CASE WHEN :3 THEN :1 END)", "SUM(CASE WHEN :3 THEN 1 ELSE 0 END)"),
}


def _member(member: Member) -> tuple[str, str]:
    head = fill(":1 AND :2 = '户主'", member.present, quoted("与户主关系", "p"))
    true, unknown = (_sql(fill(text, member.tree, member.present, head)) for text in _SUMS[member.function])
    return f'{true} AS "{member.name}_t"', f'{unknown} AS "{member.name}_u"'
