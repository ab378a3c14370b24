"""What rules over rows of lists ask → the statements: the rows themselves, what they say together, what the registry has."""

from collections.abc import Iterable, Iterator

from fupin_cli.language.functions import REGISTRY, SAME
from fupin_cli.language.levels import LISTED, list_of
from fupin_cli.language.needs import Group, Lookup, Needs, Sight
from fupin_cli.language.trees import Tree, literal, sql_of
from fupin_cli.model.rows import Rows, rows_with
from fupin_cli.model.table import Tables
from fupin_cli.plans.subject import TOGETHER

_DAY = "数据日期"
_OVER_SAME = {  # over the rows with one value of the column; e what is asked of each
    "同组行数": ("SUM(CASE WHEN e THEN 1 ELSE 0 END)", "SUM(CASE WHEN e IS NULL THEN 1 ELSE 0 END)"),
    "同组任一": ("BOOL_OR(COALESCE(e, FALSE))", "BOOL_OR(e IS NULL)"),
    "同组最小": ("MIN(e)", "SUM(CASE WHEN e IS NULL THEN 1 ELSE 0 END)"),
    "同组最大": ("MAX(e)", "SUM(CASE WHEN e IS NULL THEN 1 ELSE 0 END)"),
    "同组值数": ("COUNT(DISTINCT e)", "SUM(CASE WHEN e IS NULL THEN 1 ELSE 0 END)"),
}


def given(level: str, tables: Tables) -> list[str]:
    """Return the lists of a level that this run has."""
    return [name for name in (list_of(level) or "").split(TOGETHER) if name in tables.lists]


def laid_out(level: str, sight: Sight, tables: Tables) -> str:
    """Return the statement that lays out the rows of a level: the given lists below each other."""
    columns = sorted(sight.present[list_of(level) or ""])
    selects = [_select(name, number, columns, tables) for number, name in enumerate(given(level, tables))]
    return (
        f'CREATE OR REPLACE TABLE "行_{list_of(level)}" AS SELECT ROW_NUMBER() OVER (ORDER BY "_nth", "_of") AS "_id", *'
        f" FROM ({' UNION ALL '.join(selects)}) AS given"
    )


def _select(name: str, number: int, columns: list[str], tables: Tables) -> str:
    own = tables.lists[name]
    fields = "".join(
        f', l."{one}" AS "{one}", l."{one}$" AS "{one}$"' if one in own else f', NULL AS "{one}", 3 AS "{one}$"'
        for one in columns
        if one != _DAY
    )
    if _DAY in columns:
        fields += f', l."{_DAY}$" AS "{_DAY}$"' if _DAY in own else f', 3 AS "{_DAY}$"'
    example = ', l."_example"' if tables.apart else ""
    return (
        f'SELECT {number} AS "_nth", l."_id" AS "_of", {sql_of(literal(name))} AS "_list", l."_source", l."_row",'
        f' l."{_DAY}", l."_place"{example}{fields} FROM "名单_{name}" l'
    )


def keys(needs: Needs, sight: Sight, *, apart: bool) -> Iterator[str]:
    """Yield a statement for each list whose keys are looked up."""
    example = ', "_example"' if apart else ""
    for name in dict.fromkeys(group.list for group in needs.groups.values() if group.function == "名单含"):
        key = sight.symbols.keys[name]
        there = key in sight.present[name]
        source = (
            f'SELECT "{key}" AS k{example} FROM "名单_{name}"'
            if there
            else f'SELECT NULL AS k{example} FROM "名单_{name}"'
        )
        yield f'CREATE OR REPLACE TABLE "键_{name}" AS SELECT DISTINCT * FROM ({source}) AS listed WHERE k IS NOT NULL'


def same(needs: Needs, tables: Tables) -> Iterator[str]:
    """Yield a statement for each grouping of a list's rows."""
    for group in needs.groups.values():
        if group.function in SAME:
            yield _grouped(group, apart=tables.apart)


def _grouped(group: Group, *, apart: bool) -> str:
    sure, unknown = _OVER_SAME[group.function]
    example, by = (', l."_example"', ', "_example"') if apart else ("", "")
    value = sql_of(group.value) if group.value is not None else "TRUE"
    return (
        f'CREATE OR REPLACE TABLE "{group.name}" AS SELECT k, "_list"{by}, {sure} AS n, {unknown} AS u FROM (SELECT {sql_of(group.tree)} AS k,'
        f' {value} AS e, l."_list"{example} FROM "行_{list_of(group.level)}" l) AS valued WHERE k IS NOT NULL GROUP BY k, "_list"{by}'
    )


def same_joined(group: Group, *, apart: bool) -> str:
    """Return the join of one grouping to a row of its list."""
    example = f' AND "{group.name}"."_example" = l."_example"' if apart else ""
    return f' LEFT JOIN "{group.name}" ON "{group.name}".k = ({sql_of(group.tree)}) AND "{group.name}"."_list" = l."_list"{example}'


def lookups(needs: Needs, sight: Sight, tables: Tables, rows: dict[str, Rows], *, alone: bool) -> Iterator[str]:
    """Yield the statements that answer what rows of lists ask of the registry.

    Args:
        needs: what is asked.
        sight: which names the registry has.
        tables: those of this run.
        rows: those of 人 and 户.
        alone: those asked inside 名单有, or those of rules over the rows themselves.
    """
    for one in needs.lookups.values():
        if one.alone is alone:
            yield from _lookup(one, sight, tables, rows[REGISTRY[one.function]])


def _lookup(one: Lookup, sight: Sight, tables: Tables, rows: Rows) -> Iterator[str]:
    person, condition = REGISTRY[one.function] == "人", sql_of(one.condition)
    key, alias = ('q."证件前18位"', "p") if person else ('h."_key"', "h")
    example = f', {alias}."_example"' if tables.apart else ""
    by = 'k, "_example"' if tables.apart else "k"
    yield (
        f'CREATE OR REPLACE TABLE "{one.name}" AS SELECT {by}, BOOL_OR(COALESCE(c, FALSE)) AS t, BOOL_OR(c IS NULL) AS u'
        f" FROM (SELECT {key} AS k{example}, ({condition}) AS c{rows_with(rows, key, condition)}) AS everyone WHERE k IS NOT NULL GROUP BY {by}"
    )
    if one.person is None:
        return
    names = _names(sight, tables, rows, f"{key} IS NULL AND ({condition}) IS DISTINCT FROM FALSE", person=person)
    found = " UNION ALL ".join(names) or 'SELECT NULL AS k, 0 AS "_example" WHERE FALSE'
    yield f'CREATE OR REPLACE TABLE "{one.name}n" AS SELECT DISTINCT {by}, TRUE AS u FROM ({found}) AS nameless WHERE k IS NOT NULL'


def _names(sight: Sight, tables: Tables, rows: Rows, test: str, *, person: bool) -> list[str]:
    """Return SELECTs of the names by which rows go whose own number is not known: of a household its head's and its members'."""
    example = f', {"p" if person else "h"}."_example"' if tables.apart else ""
    asked = rows_with(rows, test)
    if person:
        return [f'SELECT p."姓名" AS k{example}{asked} WHERE {test}'] if "姓名" in sight.present["人"] else []
    found = [f'SELECT h."户主姓名" AS k{example}{asked} WHERE {test}'] if "户主姓名" in sight.present["户"] else []
    if tables.persons and "姓名" in sight.present["人"]:
        found.append(f'SELECT x."姓名" AS k{example}{asked} JOIN "人" x ON x."_household" = h."_id" WHERE {test}')
    return found


def lookups_joined(name: str, needs: Needs, *, alone: bool, apart: bool) -> list[tuple[str, str]]:
    """Return the joins that bring the answers to a row of a list: alias, join."""
    found = []
    for one in needs.lookups.values():
        if one.list != name or one.alone is not alone:
            continue
        asked: Iterable[tuple[str, Tree | None]] = ((one.name, one.key), (f"{one.name}n", one.person))
        for table, key in asked:
            if key is not None:
                example = f' AND "{table}"."_example" = l."_example"' if apart else ""
                found.append((table, f' LEFT JOIN "{table}" ON "{table}".k = ({sql_of(key)}){example}'))
    return found


def levels(verdicts: Iterable[str]) -> list[str]:
    """Return those of the levels that are rows of lists."""
    return [level for level in verdicts if level.startswith(LISTED)]
