"""What every stage found → the Audit that reports are made of."""

from datetime import date

from msgspec.structs import replace

from fupin_cli.catalogue import both
from fupin_cli.engines import Engine
from fupin_cli.findings import Judged, Told
from fupin_cli.jobs.earlier import of_two_editions
from fupin_cli.jobs.layouts import Read
from fupin_cli.jobs.lists_told import counted_once, not_run_once, of_lists, told_once
from fupin_cli.model.audit import Audit, Counts
from fupin_cli.model.plan import Plan
from fupin_cli.model.rule import ASKED_OF, NotRun, Rule
from fupin_cli.model.table import Tables


def result(judged: Judged, read: Read, told: Told) -> Audit:
    """Return the whole result of a run."""
    engine, settings, tables, planned, rules = judged.engine, judged.settings, judged.tables, judged.plan, judged.wanted
    told = told_once(judged, told)
    all_counts = counted_once({**judged.counts, **told.reading})
    rules = {name: rule for name, rule in rules.items() if ASKED_OF not in name}
    for rule, silenced in told.silenced.items():
        all_counts[rule] = replace(all_counts[rule], silenced=silenced)
    households, persons = _count(engine, "户"), _count(engine, "人") if tables.persons else 0
    return Audit(
        as_of=settings.as_of or _latest(engine),
        profile=settings.profile,
        region=settings.region,
        engine=engine.name,
        layouts=tables.layouts,
        households=households,
        persons=persons,
        findings=tuple(told.findings),
        rules=rules,
        counts=all_counts,
        not_run=(*not_run_once(planned.not_run, all_counts), *_without_table(rules, planned, all_counts)),
        notes=tuple(
            dict.fromkeys(
                [
                    *_nobody(households + persons, _count(engine, "村")),
                    *_struck_off(engine, tables),
                    *_given(judged),
                    *of_lists(judged),
                    *told.notes,
                    *read.notes,
                    *tables.notes,
                    *of_two_editions(engine, tables, planned),
                ]
            )
        ),
        accepted=told.accepted,
        failed_files=tuple(read.failed),
        townships=_townships(engine, tables),
    )


def _nobody(rows: int, villages: int) -> list[tuple[str, str]]:
    """Say so when no household was judged: a workbook of villages, or one without rows, must not look clean."""
    if rows:
        return []
    zh, en = both("这些表没有数据行")
    if villages:
        zh, en = both("这些是村表，只判断了 {villages} 个村", villages=villages)
    return [
        both(
            "没有读到任何一户、任何一人：{told}；户和人的规则一条也没有判断，不等于没有问题。请给出户表或成员表。",
            told=(zh, en),
        )
    ]


def _struck_off(engine: Engine, tables: Tables) -> list[tuple[str, str]]:
    """Say how many households no rule is asked of, because they were struck off (plans/plan.py, `unsaid`)."""
    if "脱贫属性" not in tables.columns.get("户", ()):
        return []
    households = engine.rows("""SELECT COUNT(*) FROM "户" WHERE "脱贫属性" = '注销'""")[0][0]
    if not households:
        return []
    return [
        both(
            "有 {households} 户的脱贫属性是“注销”，已不在册：户和人的规则不问这些户，只看单元格的写法。",
            households=households,
        )
    ]


def _given(judged: Judged) -> list[tuple[str, str]]:
    """Say which parameters the user gave."""
    return [
        both("参数“{name}”由使用者给出，无来源：{plain}", name=name, plain=_plain(value))
        for name, value in judged.settings.given.items()
    ]


def _plain(value: float | str) -> str:
    return f"{value:g}" if isinstance(value, float) else value


def _without_table(rules: dict[str, Rule], planned: Plan, counts: dict[str, Counts]) -> list[NotRun]:
    """Return the rules of scopes that this workbook has no table for."""
    told = {entry.rule for entry in planned.not_run}
    return [
        NotRun(rule.id, "column", (rule.scope,))
        for rule in rules.values()
        if rule.id not in counts and rule.id not in told
    ]


def _count(engine: Engine, table: str) -> int:
    return int(engine.rows(f'SELECT COUNT(*) FROM "{table}"')[0][0])


def _latest(engine: Engine) -> date | None:
    days = 'SELECT "数据日期" FROM "户" UNION ALL SELECT "数据日期" FROM "村"'
    found: date | None = engine.rows(f'SELECT MAX("数据日期") FROM ({days}) AS days')[0][0]
    return found


def _townships(engine: Engine, tables: Tables) -> dict[str, tuple[int, int]]:
    """Return households and persons by township."""
    if "乡" not in tables.columns.get("户", ()):
        return {}
    persons = (
        '(SELECT "_household" AS h, COUNT(*) AS n FROM "人" GROUP BY 1)'
        if tables.persons
        else "(SELECT NULL AS h, 0 AS n)"
    )
    rows = engine.rows(
        f'SELECT COALESCE("乡", \'\'), COUNT(*), COALESCE(SUM(n), 0) FROM "户" LEFT JOIN {persons} c ON c.h = "_id" GROUP BY 1 ORDER BY MIN("_id")'
    )
    return {township: (int(households), int(count)) for township, households, count in rows}
