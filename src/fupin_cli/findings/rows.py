"""One rule's failing rows → its findings."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from fupin_cli.engines import Engine
from fupin_cli.findings.cells import FAR, At, Cells
from fupin_cli.findings.identity import Identities, Subject, subject_of
from fupin_cli.findings.message import sentence, shown
from fupin_cli.model.finding import Finding, UsedParameter
from fupin_cli.model.parameters import value_at
from fupin_cli.model.place import Place
from fupin_cli.model.plan import Plan, PlannedRule
from fupin_cli.model.rulebook import RuleBook
from fupin_cli.model.settings import Settings
from fupin_cli.model.table import Tables
from fupin_cli.values.regions import name as region_name

OTHERS = 20  # at most so many other rows are named in one finding


@dataclass(slots=True)
class _Row:
    """One failing row."""

    id: int
    at: At
    subject: Subject
    columns: dict[str, At]  # column → the row its value stands on
    values: dict[str, str]  # derived columns and parameters named in the message
    parameters: list[UsedParameter]
    members: list[At] = field(default_factory=list)
    others: list[At] = field(default_factory=list)
    listed: list[tuple[str, At]] = field(default_factory=list)


def silenced_households(engine: Engine, plan: Plan, planned: PlannedRule) -> set[int]:
    """Return the households of which a part of this composite rule was told already."""
    quiet: set[int] = set()
    for part in planned.rule.parts:
        other = plan.rules.get(part)
        if other is None:
            continue
        if other.level == "人":
            sql = f'SELECT p."_household" FROM "人" p JOIN "verdicts_人" v ON v."_id" = p."_id" WHERE v."{part}" = 2'
        else:
            sql = f'SELECT "_id" FROM "verdicts_户" WHERE "{part}" = 2'
        quiet |= {row[0] for row in engine.rows(sql)}
    return quiet


class RuleFindings:
    """The findings of one rule."""

    def __init__(  # noqa: PLR0913, PLR0917  # one rule's view of the whole run
        self,
        engine: Engine,
        plan: Plan,
        tables: Tables,
        book: RuleBook,
        settings: Settings,
        planned: PlannedRule,
        cells: Cells,
        identities: Identities,
    ) -> None:
        self._engine, self._plan, self._tables, self._book = engine, plan, tables, book
        self._settings, self._planned, self._cells, self._identities = settings, planned, cells, identities
        self._person = planned.level == "人"
        self._alias = "p" if self._person else "h"

    def all(self, quiet: set[int]) -> tuple[list[Finding], int]:
        """Return the findings, and how many failing rows stay silent because a part was told."""
        rows = self._rows()
        loud = [row for row in rows if row.subject.household_id not in quiet]
        if loud:
            by_id = {row.id: row for row in loud}
            self._find_members(by_id)
            self._find_others(by_id)
            self._find_listed(by_id)
            self._fetch(loud)
        return [self._finding(row) for row in loud], len(rows) - len(loud)

    # ── rows ─────────────────────────────────────────────────────────────────────────────────────────────
    def _has(self, level: str, column: str) -> bool:
        return column in self._tables.columns.get(level, ())

    def _column_place(self, column: str) -> str:
        """Return SQL of source × FAR + row of a column's value."""
        if self._person and self._has("人", column):
            return f'p."_source"::BIGINT * {FAR} + p."_row"'
        return f'COALESCE(h."{column}@", h."_source"::BIGINT * {FAR} + h."_row")'

    def _identity(self) -> list[str]:
        person = [
            f'p."{column}"' if self._person and self._has("人", column) else "NULL"
            for column in ("人编号", "姓名", "与户主关系")
        ]
        place = [f'h."{column}"' if self._has("户", column) else "NULL" for column in ("村", "乡")]
        head = 'h."户主姓名"' if self._has("户", "户主姓名") else "NULL"
        household = 'p."_household"' if self._person else 'h."_id"'
        return ['h."_key"', household, person[0], person[1] if self._person else head, person[2], *place]

    def _failing(self) -> str:
        level, rule = self._planned.level, self._planned.rule.id
        return f'{self._plan.rows_of[level]} JOIN "verdicts_{level}" v ON v."_id" = {self._alias}."_id" WHERE v."{rule}" = 2'

    def _rows(self) -> list[_Row]:
        planned, alias = self._planned, self._alias
        columns = self._columns()
        values = list(planned.values)
        parts = [f'{alias}."_id"', f'{alias}."_source"', f'{alias}."_row"', *self._identity()]
        parts += [self._column_place(column) for column in columns]
        parts += [planned.values[value] for value in values]
        for parameter in planned.parameters:
            parts += [parameter.value, parameter.day, parameter.place]
        found = self._engine.rows(f"SELECT {', '.join(parts)}{self._failing()} ORDER BY 1")
        rows = []
        for row in found:
            fixed, rest = row[:10], list(row[10:])
            places = {column: _at(rest.pop(0)) for column in columns}
            texts = {value: shown(rest.pop(0)) for value in values}
            used = [self._used(name.name, *rest[i * 3 : i * 3 + 3]) for i, name in enumerate(planned.parameters)]
            subject = subject_of(fixed[3:10])
            rows.append(
                _Row(fixed[0], (fixed[1], fixed[2]), subject, places, texts, [u for u in used if u is not None])
            )
        return rows

    def _columns(self) -> list[str]:
        """Return the columns whose cells are named: those of the rule, then those only the message speaks of."""
        planned = self._planned
        named = [name for name in _fields(planned.rule.message) if name not in planned.values]
        wanted = dict.fromkeys([*planned.columns, *named])
        return [name for name in wanted if (self._person and self._has("人", name)) or self._has("户", name)]

    def _used(self, name: str, value: float | str | None, day: date | None, place: str | None) -> UsedParameter | None:
        if value is None:
            return None
        if name in self._settings.given:
            return UsedParameter(name, value, "", "", "given by the user, not sourced")
        found = value_at(self._book.parameters[name], day, place) if day else None
        if found is None:
            return UsedParameter(name, value, "", "", self._settings.profile or "")
        source = found.basis.document or found.basis.convention
        return UsedParameter(name, value, found.since.isoformat(), region_name(found.place) or "全国", source)

    # ── other rows that belong to the finding ────────────────────────────────────────────────────────────
    def _find_members(self, rows: dict[int, _Row]) -> None:
        if self._person or not self._planned.member_tests:
            return
        test = " OR ".join(f"COALESCE({test}, FALSE)" for test in self._planned.member_tests)
        found = self._engine.rows(
            f'SELECT p."_household", p."_source", p."_row"{self._plan.rows_of["人"]}'
            f' JOIN "verdicts_户" v ON v."_id" = p."_household" WHERE v."{self._planned.rule.id}" = 2 AND ({test}) ORDER BY p."_id"'
        )
        for household, source, row in found:
            if household in rows:
                rows[household].members.append((source, row))

    def _find_others(self, rows: dict[int, _Row]) -> None:
        alias, level = self._alias, self._planned.level
        for group in self._planned.groups:
            same = f'SELECT {group.value} AS k, {alias}."数据日期" AS d, {alias}."_id" AS i, {alias}."_source" AS s, {alias}."_row" AS w'
            everyone = f"{same}{self._plan.rows_of[level]}"
            found = self._engine.rows(
                f"SELECT a.i, b.s, b.w FROM ({same}{self._failing()}) a JOIN ({everyone}) b ON a.k = b.k AND a.d = b.d AND a.i <> b.i"
                " ORDER BY a.i, b.i"
            )
            for number, source, row in found:
                if number in rows and len(rows[number].others) < OTHERS:
                    rows[number].others.append((source, row))

    def _find_listed(self, rows: dict[int, _Row]) -> None:
        if not self._person:
            return
        for hit in self._planned.hits:
            found = self._engine.rows(
                f'SELECT p."_id", l."_source", l."_row"{self._plan.rows_of["人"]} JOIN "verdicts_人" v ON v."_id" = p."_id"'
                f' JOIN "名单_{hit.list}" l ON l."证件前18位" = q."证件前18位"'
                f' WHERE v."{self._planned.rule.id}" = 2 AND ({hit.condition}) ORDER BY p."_id", l."_row"'
            )
            for number, source, row in found:
                if number in rows:
                    rows[number].listed.append((hit.list, (source, row)))

    def _fetch(self, rows: list[_Row]) -> None:
        wanted = [(at, column) for row in rows for column, at in row.columns.items()]
        wanted += [
            (at, column) for row in rows for at in row.members for column in (*self._planned.member_columns, "姓名")
        ]
        for row in rows:
            for _, at in row.listed:
                wanted += [(at, mapped.column) for mapped in self._cells.layout(at[0]).columns]
        self._cells.fetch(wanted)

    # ── one finding ──────────────────────────────────────────────────────────────────────────────────────
    def _finding(self, row: _Row) -> Finding:
        rule, subject, cells = self._planned.rule, row.subject, self._cells
        texts = {column: cells.text(at, column) for column, at in row.columns.items()}
        names = [cells.text(at, "姓名") for at in row.members]
        listed = [
            {mapped.column: cells.text(at, mapped.column) for mapped in cells.layout(at[0]).columns}
            for _, at in row.listed
        ]
        fields = {"姓名": subject.person or "", **texts, **row.values, "成员": "、".join(dict.fromkeys(names))}
        fields["名单"] = "；".join("，".join(f"{k}：{v}" for k, v in entry.items() if v) for entry in listed)
        lists = row.listed[0][0] if row.listed else None
        key = subject.key(about_person=self._person)
        return Finding(
            id=self._identities.next(rule.id, *key, lists or ""),
            rule=rule.id,
            severity=self._planned.severity,
            scope=rule.scope,
            places=tuple(self._places(row)),
            household=subject.household,
            person=subject.person,
            village=subject.village,
            township=subject.township,
            column=None,
            list=lists,
            values={column: texts[column] for column in self._planned.columns if column in texts},
            message=sentence(rule.message, fields)
            + (f"（名单：{fields['名单']}）" if listed and "{名单}" not in rule.message else ""),
            message_en=sentence(rule.message_en or rule.message, fields, "en"),
            basis=_basis(rule.basis.document, rule.basis.says, rule.basis.convention, self._planned.says),
            fix=rule.fix,
            fix_en=rule.fix_en or rule.fix,
            parameters=tuple(row.parameters),
            stable=subject.household is not None,
            secrets=self._secrets(fields, names, listed),
            evidence=tuple({"list": name, **entry} for (name, _), entry in zip(row.listed, listed, strict=True)),
        )

    def _places(self, row: _Row) -> list[Place]:
        cells, columns = self._cells, self._planned.columns
        grouped: dict[At, list[str]] = defaultdict(list)
        grouped[row.at] = []
        for column in columns:
            if column in row.columns:
                at = row.columns[column]
                grouped[at] += cells.addresses(at, column)
        places = [cells.place(at, found, "subject") for at, found in grouped.items()]
        for at in row.members:
            addresses = [address for column in self._planned.member_columns for address in cells.addresses(at, column)]
            places.append(cells.place(at, addresses, "member"))
        places += [cells.place(at, (), "other") for at in row.others]
        places += [cells.place(at, (), "list") for _, at in row.listed]
        return places

    def _secrets(self, fields: dict[str, str], names: list[str], listed: list[dict[str, str]]) -> dict[str, str]:
        """Return every text of the finding that a report must mask, and how."""
        columns, found = self._book.dictionary.columns, {}
        for column, text in [*fields.items(), *(pair for entry in listed for pair in entry.items())]:
            kind = columns[column].mask if column in columns else ""
            if kind and text.strip():
                found[text.strip()] = kind
        return {**found, **{name.strip(): "姓名" for name in names if name.strip()}}


def _fields(message: str) -> list[str]:
    return [part.split("}", 1)[0] for part in message.split("{")[1:]]


def _at(place: int | None) -> At:
    return divmod(place or 0, FAR)


def _basis(document: str, says: str, convention: str, item: str) -> str:
    basis = f"{document}：{says}" if document and says else document or f"惯例：{convention}"
    return f"{basis}（{item}）" if item else basis
