"""One rule's failing rows → the other rows that belong to each: members, the head, equal rows elsewhere, list rows."""

from collections.abc import Iterable

from fupin_cli.findings.earlier import at_earlier
from fupin_cli.findings.judged import Judged
from fupin_cli.findings.other_levels import find_counted
from fupin_cli.findings.rows import Failing
from fupin_cli.model.plan import HEADS, PlannedGroup, PlannedHit, PlannedRule
from fupin_cli.model.rows import rows_with

OTHERS = 20  # at most so many other rows are named in one finding
_APART = ("不同户数", "不同村数")  # functions that count households: one row of each other household


def find_beside(judged: Judged, planned: PlannedRule, failing: Iterable[Failing]) -> None:
    """Fill members, others and listed of the failing rows."""
    rows = {row.id: row for row in failing}
    if planned.level not in {"人", "户"}:
        find_counted(judged, planned, {number: row.members for number, row in rows.items()})
        return
    beside = _Beside(judged, planned, rows)
    if judged.tables.persons:
        beside.find_heads()
        beside.find_members()
        for hit in planned.hits:
            beside.find_listed(hit)
    for group in planned.groups:
        if group.function != "地区码有效" and (judged.tables.persons or group.level == "户"):
            beside.find_others(group)


class _Beside:
    """The rows beside one rule's failing rows."""

    def __init__(self, judged: Judged, planned: PlannedRule, rows: dict[int, Failing]) -> None:
        self._judged, self._planned, self._rows = judged, planned, rows
        self._person = planned.level == "人"
        rule, table = planned.rule.id, judged.plan.verdicts[planned.rule.id]
        if self._person:  # the failing rows: their `_id`, their household
            self._failing = (
                f'(SELECT x."_id" AS f, x."_household" AS hh FROM "人" x JOIN "{table}" v ON v."_id" = x."_id"'
                f' WHERE v."{rule}" = 2)'
            )
        else:
            self._failing = f'(SELECT "_id" AS f, "_id" AS hh FROM "{table}" WHERE "{rule}" = 2)'
        self._persons = judged.plan.rows_of["人"]

    def find_heads(self) -> None:
        """Name the head of the household where the rule asks for its values."""
        rule = self._planned.rule
        if "户主(" not in rule.must + rule.when:
            return
        for number, head, source, row in self._judged.engine.rows(
            f'SELECT f.f, t."_id", t."_source", t."_row" FROM {HEADS} t JOIN {self._failing} f ON f.hh = t."_household" ORDER BY 1'
        ):
            if number in self._rows and not (self._person and head == number):
                self._rows[number].members.append((source, row))

    def find_members(self) -> None:
        """Name the members of whom the rule speaks."""
        if not self._planned.member_tests:
            return
        test = " OR ".join(f"COALESCE({test}, FALSE)" for test in self._planned.member_tests)
        asked = self._planned.member_earlier
        before = ', b."_source", b."_row"' if asked else ", NULL, NULL"
        joined = ' LEFT JOIN "上期_人" b ON b."_id" = e.i' if asked else ""
        rows = rows_with(self._persons, test, joined, narrowed=f' JOIN {self._failing} f ON f.hh = p."_household"')
        for number, member, source, row, old_source, old_row in self._judged.engine.rows(
            f'SELECT f.f, p."_id", p."_source", p."_row"{before}{rows}{joined} WHERE {test} ORDER BY f.f, p."_id"'
        ):
            if number not in self._rows or (self._person and member == number):
                continue
            self._rows[number].members.append((source, row))
            if old_source is not None:
                self._rows[number].others[at_earlier(self._judged, old_source, old_row)] = asked

    def find_listed(self, hit: PlannedHit) -> None:
        """Name the rows of a list that were hit: the person's, or those of a household's members."""
        own = 'f.f = p."_id"' if self._person else 'f.hh = p."_household"'
        listed = f' JOIN "名单_{hit.list}" l ON l."证件前18位" = q."证件前18位"{hit.joins}'
        rows = rows_with(self._persons, listed, hit.condition, narrowed=f" JOIN {self._failing} f ON {own}")
        for number, source, row in self._judged.engine.rows(
            f'SELECT DISTINCT f.f, l."_source", l."_row"{rows}{listed} WHERE {hit.condition} ORDER BY 1, 2, 3'
        ):
            found = (hit.list, (source, row))
            if number in self._rows and found not in self._rows[number].listed:
                self._rows[number].listed.append(found)

    def find_others(self, group: PlannedGroup) -> None:
        """Name the rows that have the same value on the same day: in the household, elsewhere, or once a household."""
        alias, household = ("p", 'p."_household"') if group.level == "人" else ("h", 'h."_id"')
        live = 'COALESCE(q."在册", TRUE)' if group.level == "人" else "TRUE"
        asked = (
            f'{group.value} AS k, {alias}."数据日期" AS d, {household} AS hh, {alias}."_id" AS i, {alias}."_source" AS s,'
            f' {alias}."_row" AS w, COALESCE({group.test}, FALSE) AS speaks'
        )
        everyone = f"SELECT {asked}{rows_with(self._judged.plan.rows_of[group.level], asked, live)} WHERE {live}"
        own = "a.i = f.f" if group.level == self._planned.level else "a.hh = f.hh AND a.speaks"
        apart = "b.hh IS DISTINCT FROM a.hh" if group.function in _APART else "b.i <> a.i"
        once = "k, d, hh" if group.function in _APART else "i"
        within = " AND b.hh = a.hh" if group.function == "户内唯一" else ""
        part = "k, d, hh" if within else "k, d"
        for number, source, row in self._judged.engine.rows(
            f"WITH everyone AS MATERIALIZED ({everyone}),"
            f" one AS (SELECT * FROM everyone WHERE k IS NOT NULL QUALIFY ROW_NUMBER() OVER (PARTITION BY {once} ORDER BY i) = 1),"
            f" few AS (SELECT * FROM one QUALIFY ROW_NUMBER() OVER (PARTITION BY {part} ORDER BY i) <= {OTHERS + 1})"
            f" SELECT DISTINCT f.f, b.s, b.w FROM {self._failing} f JOIN everyone a ON {own}"
            f" JOIN few b ON b.k = a.k AND b.d = a.d AND {apart}{within} ORDER BY 1, 2, 3"
        ):
            others, at = self._rows[number].others if number in self._rows else {}, (source, row)
            if at in others or len(others) < OTHERS:
                others[at] = (*others.get(at, ()), *group.columns)
