"""`fupin stats`: a registry in; households and persons counted by its columns, beside stated tables where these are given, out."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from fupin_cli.catalogue import both
from fupin_cli.errors import UsageError
from fupin_cli.jobs.compiled import compiled
from fupin_cli.jobs.ground import Ground, opened
from fupin_cli.jobs.request import Progress, Request
from fupin_cli.jobs.stats_beside import matches, reconciled
from fupin_cli.jobs.stats_columns import USUAL, Told, canonical, is_there, refuse_absent, stored, told_by
from fupin_cli.jobs.stats_rows import SIZE, lay_out, left_out, not_chosen
from fupin_cli.jobs.stats_stated import StatedTable, stated_tables
from fupin_cli.jobs.stats_tables import Asked, Note, table, total
from fupin_cli.jobs.stats_where import WHERE, asked, refuse, shown
from fupin_cli.model.plan import Plan
from fupin_cli.model.stats import Counted, Reconciled, Stats
from fupin_cli.model.table import Tables
from fupin_cli.tables import build_tables
from fupin_cli.verdicts import judge


class Rollup(Struct, frozen=True):
    """What is to be counted."""

    by: tuple[str, ...] = ()  # columns as the user wrote them; (): the usual ones, a table each
    where: str | None = None  # a condition of the rule language
    stated: tuple[Path, ...] = ()  # files with stated tables


def run(request: Request, wished: Rollup, progress: Progress = lambda _stage, _done, _total: None) -> Stats:
    """Count the households and persons of a registry.

    Args:
        request: the registry; rules chosen in its settings play no part.
        wished: by which columns, which rows, beside which stated tables.
        progress: told of each stage.

    Raises:
        UsageError: an unknown column, list, profile or region; a condition that is none.
        InputError: no file could be read, or the registry lacks a column that was asked for.
    """
    dictionary = compiled(request.rules_dir).source.dictionary
    names = tuple(canonical(name, dictionary) for name in wished.by)
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice:
        raise UsageError(*both("--by {twice} 写了两次。", twice=twice))
    if wished.stated and len(names) > 1:
        raise UsageError(*both("--stated 核对的表一行一个名称：--by 只能写一个。"))
    with opened(request, progress) as ground:
        return _Run(ground, wished).stats(names)


class _Run:
    """One registry, typed and with the condition answered on every row."""

    def __init__(self, ground: Ground, wished: Rollup) -> None:
        self._ground, self._engine = ground, ground.engine
        self._dictionary = ground.book.source.dictionary
        self._where, self._stated = wished.where, wished.stated

    def stats(self, names: Sequence[str]) -> Stats:
        """Return the whole result: a table of the columns named, or one a column of the usual ones."""
        engine, ground = self._engine, self._ground
        stated = stated_tables(engine, self._stated, self._dictionary)
        tables, planned = self._judged(names or USUAL)
        level = self._level(planned)
        ground.progress("findings", 0, 0)
        lay_out(engine, tables, level, WHERE)
        sized = not tables.persons and SIZE in tables.columns.get("户", ())
        counting = Asked(engine, tables, tables.households, tables.persons or sized)
        columns = self._columns(names, tables)
        counted, notes = self._tables(counting, columns, apart=not names)
        beside = [self._beside(one, counted, sure=bool(names)) for one in stated]
        if stated and not names:
            counted = [one for one in counted if any(each.by == one.by[0] for each in beside)]
        return Stats(
            files=tuple(dict.fromkeys(layout.sheet.file for layout in tables.layouts)),
            days=_days(ground, tables),
            total=total(counting),
            left_out=left_out(engine, tables),
            stated_people=sized,
            tables=tuple(counted),
            chosen=not_chosen(engine, tables, level, shown(self._where or "")) if level else None,
            reconciled=tuple(beside),
            notes=tuple(dict.fromkeys([*ground.read.notes, *tables.notes, *self._said(tables), *notes])),
            failed_files=tuple(ground.read.failed),
        )

    def _judged(self, names: Sequence[str]) -> tuple[Tables, Plan]:
        """Type the registry and store what is counted by."""
        ground = self._ground
        book = asked(ground.book, self._where)
        settings = replace(
            ground.settings, select=(), ignore=(), severity="notice", derived=stored(names, self._dictionary)
        )
        ground.progress("tables", 0, 0)
        built = build_tables(self._engine, ground.read.layouts, self._dictionary, settings)
        tables = replace(built, previous=ground.earlier)
        ground.progress("plans", 0, 0)
        planned = book.plan(tables, settings)
        ground.progress("verdicts", 0, 0)
        judge(self._engine, planned)
        return tables, planned

    def _level(self, planned: Plan) -> str | None:
        """Return whose condition was asked, or say what it lacks."""
        if self._where is None:
            return None
        for reason in planned.not_run:
            raise refuse(reason)
        return planned.rules[WHERE].level

    def _columns(self, names: Sequence[str], tables: Tables) -> list[Told]:
        derived = {
            level: frozenset(row[0] for row in self._engine.rows(f'SELECT column_name FROM (DESCRIBE "推_{level}")'))
            if level == "户" or tables.persons
            else frozenset()
            for level in ("户", "人")
        }
        for name in names:
            if not is_there(name, tables, derived):
                raise refuse_absent(name, self._dictionary)
        wanted = names or [name for name in USUAL if is_there(name, tables, derived)]
        return [told_by(name, tables, self._dictionary, derived) for name in wanted]

    def _tables(self, counting: Asked, columns: Sequence[Told], *, apart: bool) -> tuple[list[Counted], list[Note]]:
        """Return a table a column, or one of all columns together."""
        counted, notes = [], []
        for group in [[column] for column in columns] if apart else [list(columns)]:
            if group:
                one, said = table(counting, group)
                counted.append(one)
                notes += said
        return counted, notes

    def _beside(self, table: StatedTable, counted: Sequence[Counted], *, sure: bool) -> Reconciled:
        """Return a stated table beside the column it speaks of: that of its heading, else the one that has most of its names."""
        headed = [one for one in counted if one.by[0].name == table.column]
        best = max(headed or counted, key=lambda one: matches(table, one, self._dictionary), default=None)
        if best is None or not (sure or headed or matches(table, best, self._dictionary)):
            where = f"{table.file.name} › {table.sheet}" if table.sheet else table.file.name
            raise UsageError(
                *both(
                    "{where}：看不出“{heading}”一栏是登记表的哪一列；请用 --by 指明，如 --by 乡。",
                    where=where,
                    heading=table.heading,
                )
            )
        return reconciled(table, best, self._dictionary)

    def _said(self, tables: Tables) -> list[Note]:
        """Say what makes these counts other than somebody may expect."""
        notes: list[Note] = []
        if not tables.persons and not self._engine.rows('SELECT COUNT(*) FROM "户"')[0][0]:
            return [both("没有读到任何一户、任何一人，没有可统计的。")]
        again = self._engine.rows(
            'SELECT COUNT(*) FROM (SELECT "_key" FROM "户" WHERE "_key" IS NOT NULL GROUP BY "_key" HAVING COUNT(*) > 1)'
        )[0][0]
        if again:
            notes.append(both("有 {again} 个户编号不止一户（多个日期，或编号重复），每一户都数了；只数一期请分开统计。", again=again))  # fmt: skip
        notes += self._without_members() if tables.persons else []
        if SIZE not in tables.columns.get("户", ()):
            return notes
        if not tables.persons:
            return [*notes, *self._unsized()]
        members, size, apart = self._engine.rows(
            'SELECT SUM(people), SUM(size), COUNT(*) FILTER (WHERE size <> people) FROM "统_户" WHERE here AND size IS NOT NULL AND maybe = 0'
        )[0]
        if apart:
            notes.append(both("人数按成员表数。有 {apart} 户的家庭人口与在册成员行数不同：填写合计 {size} 人，成员行 {members} 人。", apart=apart, size=size, members=members))  # fmt: skip
        return notes

    def _without_members(self) -> list[Note]:
        """Say how many households have no row of a member: their persons are not counted."""
        alone = self._engine.rows('SELECT COUNT(DISTINCT home) FROM "统" WHERE person IS NULL')[0][0]
        if not alone:
            return []
        return [both("有 {alone} 户没有成员行，户数里有他们，人数里没有。", alone=alone)]

    def _unsized(self) -> list[Note]:
        """Say of how many households nobody states how many they are."""
        blank = self._engine.rows('SELECT COUNT(*) FROM "统_户" WHERE here AND size IS NULL')[0][0]
        if not blank:
            return []
        return [both("有 {blank} 户的家庭人口没有填或认不出，人数里没有他们。", blank=blank)]


def _days(ground: Ground, tables: Tables) -> tuple[date, ...]:
    """Return the data dates of what was counted."""
    part = ' UNION SELECT p."数据日期" FROM "统" f JOIN "人" p ON p."_id" = f.person' if tables.persons else ""
    rows = ground.engine.rows(
        f'SELECT DISTINCT h."数据日期" FROM "统" f JOIN "户" h ON h."_id" = f.home{part} ORDER BY 1'
    )
    return tuple(day for (day,) in rows)
