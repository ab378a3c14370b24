"""Villages, counties and rows of lists that fail → who they are, where they stand, and which rows were counted."""

from collections.abc import Mapping

from fupin_cli.engines.cells import FAR, At
from fupin_cli.findings.judged import Judged
from fupin_cli.language.levels import alias_of, list_of
from fupin_cli.model.dictionary import ListKind
from fupin_cli.model.plan import PlannedPart, PlannedRule
from fupin_cli.model.rows import rows_with

COUNTED = 20  # at most so many of the rows that were counted are named in one finding
_OF_VILLAGE = 'SELECT MIN(o."_source") FROM "户" o WHERE o."_village" = v."_id"'
_OF_COUNTY = 'SELECT MIN(o."_source") FROM "户" o WHERE o."_county" = c."_id"'
_SHEETS = 'SELECT MIN(o."_source") FROM "村" o WHERE o."_county" = c."_id"'


def source_and_row(level: str) -> tuple[str, str]:
    """Return SQL of the sheet and the row a row of such a level stands on; a village of no sheet stands on none."""
    if level == "村":
        return f'COALESCE(v."_source", ({_OF_VILLAGE}), 0)', 'v."_row"'
    if level == "县":
        return f"COALESCE(({_OF_COUNTY}), ({_SHEETS}), 0)", "CAST(NULL AS INTEGER)"
    return 'l."_source"', 'l."_row"'


def subject_columns_of(judged: Judged, level: str) -> list[str]:
    """Return SQL of a subject's fields and of its key, as `subject_columns` does for persons and households."""
    if level in {"村", "县"}:
        alias = alias_of(level)
        village, township = ('v."村"', 'v."乡"') if level == "村" else ("NULL", "NULL")
        there = judged.tables.columns[level]
        own = [value if name in there else "NULL" for name, value in (("村", village), ("乡", township))]
        return ["NULL", "NULL", "NULL", "NULL", "NULL", *own, "NULL", f'{alias}."_key"']

    def cell(*names: str) -> str:
        there = [f'l."{name}"' for name in names if judged.has(level, name)]
        return f"COALESCE({', '.join(there)})" if there else "NULL"

    return [
        cell("户编号"), "NULL", cell("人编号"), cell("姓名", "户主姓名"), "NULL", cell("村"), cell("乡"), cell("户主姓名"),
        _key(judged, level),
    ]  # fmt: skip


def _key(judged: Judged, level: str) -> str:
    """Return SQL of what identifies a row of a list; NULL where that is a certificate, which no id may be made of."""
    kinds = [judged.book.dictionary.lists[name] for name in _lists(judged, level)]
    branches = [
        f"WHEN '{kind.name}' THEN CAST(l.\"{kind.key}\" AS VARCHAR)" for kind in kinds if _is_open(kind, judged)
    ]
    return f'CASE l."_list" {" ".join(branches)} END' if branches else "NULL"


def _is_open(kind: ListKind, judged: Judged) -> bool:
    return kind.columns[kind.key].type != "证件" and kind.key in judged.tables.lists[kind.name]


def _lists(judged: Judged, level: str) -> list[str]:
    """Return the lists of a level that were given."""
    return [name for name in (list_of(level) or "").split("、") if name in judged.tables.lists]


def places_of(judged: Judged, level: str, column: str) -> list[str]:
    """Return SQL of source × FAR + row of a column's value: of a village the row it was read from."""
    if not judged.has(level, column):
        return []
    if level == "村":
        return [f'v."{column}@"'] if column != "数据日期" else []
    return [] if level == "县" else [f'l."_source"::BIGINT * {FAR} + l."_row"']


def find_counted(judged: Judged, planned: PlannedRule, members_of: Mapping[int, list[At]]) -> None:
    """Name the rows of each failing village or county that the rule counts, among its members."""
    for part in planned.parts:
        for number, source, row in judged.engine.rows(_counted(judged, planned, part)):
            members = members_of.get(number, [])
            if len(members) < COUNTED and (source, row) not in members:
                members.append((source, row))


def _counted(judged: Judged, planned: PlannedRule, part: PlannedPart) -> str:
    alias, rule = alias_of(part.level), planned.rule.id
    failing = f'SELECT "_id" FROM "{judged.plan.verdicts[rule]}" WHERE "{rule}" = 2'
    asked = (
        f'{part.key} AS f, {alias}."_id" AS i, {alias}."_source" AS s, {alias}."_row" AS w, {part.same or "NULL"} AS k'
    )
    test = f"({part.key}) IN ({failing}) AND COALESCE({part.test}, FALSE)"
    counted = f"SELECT {asked}{rows_with(judged.plan.rows_of[part.level], asked, test)} WHERE {test}"
    if part.same:  # the value that the most share; of several the one that stands first
        shared = "SELECT *, COUNT(*) OVER (PARTITION BY f, k) AS n, MIN(i) OVER (PARTITION BY f, k) AS i0 FROM counted"
        most = f"SELECT * FROM ({shared}) AS shared QUALIFY RANK() OVER (PARTITION BY f ORDER BY n DESC, i0) = 1"
    else:
        most = "SELECT * FROM counted"
    return (
        f"WITH counted AS ({counted}), most AS ({most}) SELECT f, s, w FROM most WHERE s IS NOT NULL"
        f" QUALIFY ROW_NUMBER() OVER (PARTITION BY f ORDER BY i) <= {COUNTED} ORDER BY f, i"
    )
