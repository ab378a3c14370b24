"""What rules ask of the parts of a village or county → the statements that sum over them, in one pass each.

A part whose village (county) is not known may belong to every one of its county and township: it makes their sums an interval.
A village none of whose households stands in the file has no sums: its `_n` is NULL.
"""

from collections.abc import Iterator

from fupin_cli.language.functions import SUMMED
from fupin_cli.language.levels import PARTS, Parts, alias_of
from fupin_cli.language.needs import Member, Needs, Sight
from fupin_cli.language.trees import sql_of
from fupin_cli.model.rows import Rows, rows_with
from fupin_cli.model.table import Tables

_OWN = {  # function → sure and unknown over the parts that surely belong, :1 the value and s its standing
    "count": ("SUM(CASE WHEN s AND {0} THEN 1 ELSE 0 END)", "SUM(CASE WHEN (s AND {0}) IS NULL THEN 1 ELSE 0 END)"),
    "any": ("BOOL_OR(COALESCE(s AND {0}, FALSE))", "SUM(CASE WHEN (s AND {0}) IS NULL THEN 1 ELSE 0 END)"),
    "sum": (
        "SUM(CASE WHEN s THEN CAST({0} AS DOUBLE) END)",
        "SUM(CASE WHEN s IS NULL OR (s AND {0} IS NULL) THEN 1 ELSE 0 END)",
    ),
    "same": ("NULL", "SUM(CASE WHEN {0} IS NULL THEN 1 ELSE 0 END)"),
}
_LOOSE = {  # function → how many parts that may belong could change it
    "count": "SUM(CASE WHEN (s AND {0}) IS DISTINCT FROM FALSE THEN 1 ELSE 0 END)",
    "any": "SUM(CASE WHEN (s AND {0}) IS DISTINCT FROM FALSE THEN 1 ELSE 0 END)",
    "sum": "SUM(CASE WHEN NOT s OR COALESCE(CAST({0} AS DOUBLE) = 0, FALSE) THEN 0 ELSE 1 END)",
    "same": "COUNT(*)",
}
_TOWN = r"REGEXP_REPLACE(TRIM({0}), '(乡|镇|街道办事处|街道|苏木)$', '')"


def joined(level: str, needs: Needs) -> list[tuple[str, str]]:
    """Return the joins that bring the sums over the parts of a level's rows: alias, join."""
    used = {member.parts.table for member in needs.members.values()}
    return [
        (one.alias, f' LEFT JOIN "{one.table}" {one.alias} ON {one.alias}."_of" = {alias_of(level)}."_id"')
        for one in PARTS.values()
        if one.whole == level and one.table in used and one.table != "成员"
    ]


def statements(needs: Needs, sight: Sight, tables: Tables, rows: dict[str, Rows]) -> Iterator[str]:
    """Yield a statement for each table of sums over households, persons or villages.

    Args:
        needs: the sums asked.
        sight: whose columns say in which township a part is.
        tables: those of this run.
        rows: those of 人, 户 and 村.
    """
    for parts in PARTS.values():
        members = [member for member in needs.members.values() if member.parts == parts]
        if members and parts.table != "成员":
            yield _Sums(parts, members, sight, tables).statement(rows[parts.part])


def _shape(function: str) -> str:
    if function in SUMMED:
        return "sum"
    return {"任一户": "any", "同值户数": "same"}.get(function, "count")


class _Sums:
    """The statement of one table of sums."""

    def __init__(self, parts: Parts, members: list[Member], sight: Sight, tables: Tables) -> None:
        self._parts, self._members, self._apart = parts, members, tables.apart
        self._shapes = {member.name: _shape(member.function) for member in members}
        self._reach = self._reaching(sight)

    def _reaching(self, sight: Sight) -> list[tuple[str, str, str]]:
        """Return what tells to which villages a loose part may belong: name, SQL of the part, SQL test against `w`."""
        part = alias_of(self._parts.part)
        found = []
        if self._parts.whole == "村":
            found.append(("c", 'h."_county"', 'l.c IS NULL OR w."_county" IS NULL OR l.c = w."_county"'))
            if "乡" in sight.present["户"] and "乡" in sight.present.get("村", ()):
                own = _TOWN.format('w."乡"')
                test = f'l.t IS NULL OR w."乡" IS NULL OR ENDS_WITH(l.t, {own}) OR ENDS_WITH({own}, l.t)'
                found.append(("t", _TOWN.format('h."乡"'), test))
        if self._apart:
            found.append(("x", f'{part}."_example"', 'l.x = w."_example"'))
        return found

    def statement(self, rows: Rows) -> str:
        """Return the statement; `rows` are the parts."""
        parts, names = self._parts, [name for name, _, _ in self._reach]
        by = ", ".join(names)
        of_reach = "".join(f", {value} AS {name}" for name, value, _ in self._reach)
        standing = sql_of(self._members[0].present)
        values = "".join(f', ({sql_of(one.tree)}) AS "{one.name}"' for one in self._members)
        asked = f'{parts.key} AS "_of", ({standing}) AS s{of_reach}{values}'
        tests = " AND ".join(f"({test})" for _, _, test in self._reach) or "TRUE"
        counted = alias_of("村" if parts.part == "村" else "户")
        told = "".join(self._told(member) for member in self._members)
        return (
            f'CREATE OR REPLACE TABLE "{parts.table}" AS WITH parts AS MATERIALIZED (SELECT {asked}{rows_with(rows, asked)}),'
            f' own AS (SELECT "_of"{self._sums(_OWN)} FROM parts WHERE "_of" IS NOT NULL GROUP BY 1),'
            f" near AS (SELECT {by + ', ' if by else ''}COUNT(*) AS many{self._sums(_LOOSE)} FROM parts"
            f' WHERE "_of" IS NULL{f" GROUP BY {by}" if by else ""}),'
            f' loose AS (SELECT w."_id" AS "_of"{self._gathered()} FROM "{parts.whole}" w JOIN near l ON {tests} GROUP BY 1),'
            f' there AS (SELECT {parts.key} AS "_of", COUNT(*) AS n FROM "{"村" if counted == "v" else "户"}" {counted} GROUP BY 1)'
            f"{''.join(self._same(member) for member in self._members)}"
            f' SELECT w."_id" AS "_of", k.n AS "_n"{told} FROM "{parts.whole}" w LEFT JOIN there k ON k."_of" = w."_id"'
            f' LEFT JOIN own o ON o."_of" = w."_id" LEFT JOIN loose l ON l."_of" = w."_id"'
            + "".join(
                f' LEFT JOIN "{one.name}s" ON "{one.name}s"."_of" = w."_id"'
                for one in self._members
                if self._shapes[one.name] == "same"
            )
        )

    def _sums(self, of: "dict[str, tuple[str, str]] | dict[str, str]") -> str:
        """Return the sums of every function over `own` (two each) or over what is loose (one each)."""
        text = ""
        for name, shape in self._shapes.items():
            found = of[shape]
            marks = zip("tu", found, strict=True) if isinstance(found, tuple) else [("l", found)]
            column = f'"{name}"'
            text += "".join(f', {sql.format(column)} AS "{name}_{mark}"' for mark, sql in marks)
        return text

    def _gathered(self) -> str:
        return "".join(f', SUM(l."{name}_l") AS "{name}_l"' for name in self._shapes)

    def _same(self, member: Member) -> str:
        """Return the greatest number of parts that share a value, as one more step."""
        if self._shapes[member.name] != "same":
            return ""
        inner = (
            f'SELECT "_of", COUNT(*) AS n FROM parts WHERE "_of" IS NOT NULL AND "{member.name}" IS NOT NULL'
            f' GROUP BY "_of", "{member.name}"'
        )
        return f', "{member.name}s" AS (SELECT "_of", MAX(n) AS n FROM ({inner}) AS equal GROUP BY 1)'

    def _told(self, member: Member) -> str:
        name, shape = member.name, self._shapes[member.name]
        sure = f'"{name}s".n' if shape == "same" else f'o."{name}_t"'
        unknown = f'COALESCE(o."{name}_u", 0) + COALESCE(l."{name}_l", 0)'
        return f', {sure} AS "{name}_t", {f"({unknown}) > 0" if shape == "any" else unknown} AS "{name}_u"'
