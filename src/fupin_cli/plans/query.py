"""Compiled expressions → the statements: derived columns, groups, hits, members, verdicts; one pass over each table for all rules."""

from collections import defaultdict
from collections.abc import Iterator

from sqlglot import exp

from fupin_cli.language.functions import GROUPS, SAME
from fupin_cli.language.levels import PARTS, alias_of, list_of
from fupin_cli.language.needs import Group, Hit, Member, Needs, Sight
from fupin_cli.language.repeated import household, village
from fupin_cli.language.trees import Tree, fill, quoted, rebuilt, sql_of
from fupin_cli.model.rows import Rows, rows_with
from fupin_cli.model.table import Tables
from fupin_cli.plans import earlier, listed, sums
from fupin_cli.plans.derived import laid_in, stored
from fupin_cli.plans.shares import Judgement, Shares

_HOME = (
    ("h", ' LEFT JOIN "户" h ON h."_id" = p."_household"'),
    ("g", ' LEFT JOIN "推_户" g ON g."_id" = h."_id"'),
)
_UNDERIVED = Rows(' FROM "人" p', _HOME)
_PERSON = Rows(' FROM "人" p', (("q", ' JOIN "推_人" q ON q."_id" = p."_id"'), *_HOME))
_HOUSEHOLD = Rows(' FROM "户" h', (("g", ' JOIN "推_户" g ON g."_id" = h."_id"'),))


def statements(sight: Sight, needs: Needs, verdicts: Shares, tables: Tables) -> Iterator[str]:
    """Yield every statement in the order it must run."""
    columns = stored(sight, needs)
    yield laid_in("推_户", "户", columns["户"], Rows(' FROM "户" h'))
    if tables.persons:
        yield laid_in("推_人", "人", columns["人"], _UNDERIVED)
    if sight.earlier is not None:
        yield from earlier.statements(sight, needs, tables, stored(sight.earlier, needs.earlier or Needs()))
    for level in listed.levels(verdicts):
        yield listed.laid_out(level, sight, tables)
    yield from listed.keys(needs, sight, apart=tables.apart)
    yield from listed.same(needs, tables)
    for group in needs.groups.values():
        if group.function in GROUPS:
            yield _group(group, sight, apart=tables.apart)
    yield from listed.lookups(needs, sight, tables, {"人": _PERSON, "户": _HOUSEHOLD}, alone=True)
    for hit in needs.hits.values():
        yield _hit(hit, needs, apart=tables.apart)
    if members := _of_household(needs):
        yield _members(members, needs, tables)
    parts = {level: rows_of(level, needs, tables) for level in ("人", "户", "村")}
    yield from sums.statements(needs, sight, tables, parts)
    yield from listed.lookups(needs, sight, tables, parts, alone=False)
    for level, shares in verdicts.items():
        rows = rows_of(level, needs, tables)
        yield from (_verdicts(table, level, found, rows) for table, found in shares.items())


def views(verdicts: Shares) -> Iterator[str]:
    """Show all verdicts of a level as one table; whoever asks for those of one rule reads its own (`Plan.verdicts`)."""
    for level, shares in verdicts.items():
        if shares:
            first, *others = shares
            joined = "".join(f' JOIN "{table}" USING ("_id")' for table in others)
            yield f'CREATE OR REPLACE VIEW "verdicts_{level}" AS SELECT * FROM "{first}"{joined}'


def _verdicts(table: str, level: str, found: dict[str, Judgement], rows: Rows) -> str:
    """Judge rules of a level: 0 not applicable, 1 pass, 2 fail, 3 unknown.

    A condition that variants of a rule share is judged once; `must` only of rows that `when` does not leave out.
    """
    whens: dict[int, tuple[str, Tree]] = {}
    musts: dict[int, tuple[str, Tree]] = {}
    guards: dict[int, set[str]] = defaultdict(set)
    for name, one in found.items():
        when, _ = whens.setdefault(id(one.when), (f"{name}?", one.when))
        musts.setdefault(id(one.must), (f"{name}!", one.must))
        guards[id(one.must)].add(when)
    asked = {_carried(each): each for _, must in musts.values() for each in must.find_all(exp.Column)}
    inner = ", ".join(
        [
            f'{alias_of(level)}."_id"',
            *(f'{sql_of(tree)} AS "{name}"' for name, tree in (*whens.values(), *asked.items())),
        ]
    )
    judged = ", ".join(
        [
            '"_id"',
            *(f'"{name}"' for name, _ in whens.values()),
            *(f'{_guarded(must, guards[key])} AS "{name}"' for key, (name, must) in musts.items()),
        ]
    )
    told = ", ".join(_verdict(whens[id(one.when)][0], musts[id(one.must)][0], name) for name, one in found.items())
    return (
        f'CREATE OR REPLACE TABLE "{table}" AS SELECT "_id", {told}'
        f" FROM (SELECT {judged} FROM (SELECT {inner}{rows_with(rows, inner)}) AS asked) AS judged"
    )


def _carried(column: exp.Column) -> str:
    """Return the name under which a column comes out of the rows that were joined."""
    return f"{column.table}.{column.name}"


def _guarded(must: Tree, whens: set[str]) -> str:
    """Return the SQL of a `must` over carried columns, asked only where its one `when` may hold."""
    sql = sql_of(
        rebuilt(must, lambda node: exp.column(_carried(node), quoted=True) if isinstance(node, exp.Column) else None)
    )
    return f'CASE WHEN NOT "{min(whens)}" THEN NULL ELSE {sql} END' if len(whens) == 1 else sql


def _verdict(when: str, must: str, name: str) -> str:
    """Return the SQL of a rule's verdict; no smaller type: DuckDB lays a column of bytes in more slowly than one of integers."""
    return f'CASE WHEN NOT "{when}" THEN 0 WHEN "{must}" THEN 1 WHEN "{when}" AND NOT "{must}" THEN 2 ELSE 3 END AS "{name}"'


def rows_of(level: str, needs: Needs, tables: Tables) -> Rows:
    """Return the rows of a level with every alias that an expression over them may name."""
    joins = _joins(level, needs, apart=tables.apart)
    if level == "人":
        return Rows(_PERSON.alone, (*_PERSON.joins, *joins, *_hits(needs), *_member_join('p."_household"', needs)))
    if level in {"村", "县"}:
        return Rows(f' FROM "{level}" {alias_of(level)}', (*joins, *sums.joined(level, needs)))
    if (name := list_of(level)) is not None:
        asked = listed.lookups_joined(name, needs, alone=False, apart=tables.apart)
        return Rows(f' FROM "行_{name}" l', (*asked, *joins))
    members = _member_join('h."_id"', needs) if tables.persons else []
    return Rows(_HOUSEHOLD.alone, (*_HOUSEHOLD.joins, *joins, *members))


def _hit(hit: Hit, needs: Needs, *, apart: bool) -> str:
    """Look every person up in a list: by his number, and among the rows without one by his name, which proves nothing."""
    selects = [_met(hit, needs, ' ON l."证件前18位" = q."证件前18位"', "TRUE", apart=apart)]
    if hit.named:
        same = ' ON l."证件前18位" IS NULL AND l."姓名" = p."姓名"' + (_NOT_ANOTHER if hit.numbered else "")
        selects.append(_met(hit, needs, same, "FALSE", apart=apart))
    return (
        f'CREATE OR REPLACE TABLE "{hit.name}" AS SELECT "_id", BOOL_OR(sure AND COALESCE(c, FALSE)) AS t,'
        f" BOOL_OR(CASE WHEN sure THEN c IS NULL ELSE c IS DISTINCT FROM FALSE END) AS u"
        f' FROM ({" UNION ALL ".join(selects)}) AS met GROUP BY "_id"'
    )


_NOT_ANOTHER = (  # what a starred number of full length shows does not contradict the person's
    ' AND (COALESCE(LENGTH(l."证件号码"), 0) NOT IN (18, 20, 22)'
    " OR q.\"证件前18位\" LIKE REPLACE(REPLACE(LEFT(l.\"证件号码\", 18), '*', '_'), '＊', '_'))"
)


def _met(hit: Hit, needs: Needs, same: str, sure: str, *, apart: bool) -> str:
    """Return the persons whom some rows of a list are about, with what is asked of each row."""
    condition = sql_of(hit.condition)
    same += _same_example("l", "p") if apart else ""
    asked = "".join(join for _, join in listed.lookups_joined(hit.list, needs, alone=True, apart=apart))
    return (
        f'SELECT p."_id", ({condition}) AS c, {sure} AS sure{rows_with(_PERSON, condition, same, asked)}'
        f" JOIN {sql_of(exp.to_identifier(f'名单_{hit.list}', quoted=True))} l{same}{asked}"
    )


def _same_example(one: str, other: str) -> str:
    return f' AND {one}."_example" = {other}."_example"'


def _group(group: Group, sight: Sight, *, apart: bool) -> str:
    """Count equal values: by data date for uniqueness, over everything for 全表任一; of examples, each for itself.

    Only values that stand on several rows: they are few, and what a row alone counts for is told beside it (`language/repeated.py`).
    """
    person = group.level == "人"
    rows, alias, standing = (_PERSON, "p", 'q."在册"') if person else (_HOUSEHOLD, "h", "TRUE")
    value = sql_of(group.tree)
    example = f', {alias}."_example"' if apart else ""
    if group.function == "全表任一":
        return (
            f'CREATE OR REPLACE TABLE "{group.name}" AS SELECT COALESCE(BOOL_OR(COALESCE({standing} AND ({value}), FALSE)), FALSE) AS t,'
            f" COALESCE(BOOL_OR(({standing} AND ({value})) IS NULL), FALSE) AS u{example}{rows_with(rows, standing, value)}"
            f"{f' GROUP BY {example[2:]}' if apart else ''}"
        )
    key = f'{value} AS k, {alias}."数据日期" AS d{example}'
    within = group.function == "户内唯一"
    place = village(sight) if group.function == "不同村数" else "NULL"
    asked = f"{key}, {household(group.level)} AS hh, {place} AS v, {standing} AS s"
    counted = {"不同户数": "hh", "不同村数": "v"}.get(group.function)
    sure, doubtful = "SUM(CASE WHEN s THEN 1 ELSE 0 END)", "SUM(CASE WHEN s IS NULL THEN 1 ELSE 0 END)"
    if counted is not None:
        sure = f"COUNT(DISTINCT CASE WHEN s THEN {counted} END)"
        doubtful = f"SUM(CASE WHEN s IS NULL OR (s AND {counted} IS NULL) THEN 1 ELSE 0 END)"
    keys = 'k, d, "_example"' if apart else "k, d"
    every = f"{keys}, hh" if within else keys
    return (
        f'CREATE OR REPLACE TABLE "{group.name}" AS WITH repeated AS MATERIALIZED (SELECT {keys} FROM (SELECT {key}{rows_with(rows, key)})'
        f" AS valued WHERE k IS NOT NULL GROUP BY {keys} HAVING COUNT(*) > 1)"
        f" SELECT {every}, {sure} AS n, {doubtful} AS u FROM (SELECT {asked}{rows_with(rows, asked)}) AS valued"
        f" JOIN repeated USING ({keys}) GROUP BY {every}"
    )


def _joins(level: str, needs: Needs, *, apart: bool) -> list[tuple[str, str]]:
    """Return what the earlier edition and other rows say of a row: alias, join."""
    found = earlier.joined(level, needs)
    for group in needs.groups.values():
        if group.level == level or (level, group.level) == ("人", "户"):
            found.append((group.name, _group_joined(group, apart=apart)))
    return found


def _group_joined(group: Group, *, apart: bool) -> str:
    alias, name = alias_of(group.level), f'"{group.name}"'
    example = _same_example(name, alias) if apart else ""
    if group.function == "全表任一":
        return f' LEFT JOIN {name} ON {name}."_example" = {alias}."_example"' if apart else f" CROSS JOIN {name}"
    if group.function in SAME:
        return listed.same_joined(group, apart=apart)
    value = sql_of(group.tree)
    if group.function == "名单含":
        return f' LEFT JOIN "键_{group.list}" {name} ON {name}.k = ({value}){example}'
    if group.function == "地区码有效":
        return f' LEFT JOIN "地区码" {name} ON {name}.k = ({value})'
    home = f" AND {name}.hh = {household(group.level)}" if group.function == "户内唯一" else ""
    return f' LEFT JOIN {name} ON {name}.k = ({value}) AND {name}.d = {alias}."数据日期"{home}{example}'


def _hits(needs: Needs) -> list[tuple[str, str]]:
    return [(hit.name, f' LEFT JOIN "{hit.name}" ON "{hit.name}"."_id" = p."_id"') for hit in needs.hits.values()]


def _member_join(household: str, needs: Needs) -> list[tuple[str, str]]:
    return [("m", f' LEFT JOIN "成员" m ON m."_household" = {household}')] if _of_household(needs) else []


def _of_household(needs: Needs) -> list[Member]:
    return [member for member in needs.members.values() if member.parts == PARTS["户", "人"]]


def _members(members: list[Member], needs: Needs, tables: Tables) -> str:
    """Sum every member function of every rule over the households, in one pass."""
    columns = ", ".join(part for member in members for part in _member(member))
    rows = Rows(_PERSON.alone, (*_PERSON.joins, *_joins("人", needs, apart=tables.apart), *_hits(needs)))
    return (
        f'CREATE OR REPLACE TABLE "成员" AS SELECT p."_household", {columns}{rows_with(rows, columns)}'
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
        "SUM(CASE WHEN :2 THEN CAST(:1 AS DOUBLE) END)",
        "SUM(CASE WHEN :2 IS NULL OR (:2 AND (:1) IS NULL) THEN 1 ELSE 0 END)",
    ),
    "户主": ("MAX(CASE WHEN :3 THEN :1 END)", "SUM(CASE WHEN :3 THEN 1 WHEN NOT :3 THEN 0 ELSE 2 END)"),
}


def _member(member: Member) -> tuple[str, str]:
    head = fill(":1 AND :2 = '户主'", member.present, quoted("与户主关系", "p"))
    true, unknown = (sql_of(fill(text, member.tree, member.present, head)) for text in _SUMS[member.function])
    return f'{true} AS "{member.name}_t"', f'{unknown} AS "{member.name}_u"'
