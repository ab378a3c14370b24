"""`fupin audit`: the line written out. file → sheets → tables → plans → verdicts → findings; a report is made of what comes back."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from fupin_cli.engines import Engine, open_engine
from fupin_cli.errors import FupinError, InputError
from fupin_cli.findings import Told, accept, explain
from fupin_cli.jobs.request import Progress, Request
from fupin_cli.jobs.wanted import lists_by_kind, resolved
from fupin_cli.model.audit import Audit, Counts
from fupin_cli.model.plan import Plan
from fupin_cli.model.rule import NotRun
from fupin_cli.model.rulebook import RuleBook
from fupin_cli.model.settings import Settings, Wishes
from fupin_cli.model.table import Layout, Tables
from fupin_cli.plans import check, plan, wanted
from fupin_cli.rules import load_rulebook
from fupin_cli.sheets import read_sheets, workbooks_in
from fupin_cli.tables import build_tables, find_layouts
from fupin_cli.verdicts import judge

Failed = tuple[str, str, str]  # path, zh, en


def run(request: Request, progress: Progress = lambda _stage, _done, _total: None) -> Audit:
    """Audit every file of the request together and return everything found.

    Raises:
        UsageError: an unknown rule id, list, profile or region.
        RuleError: a broken rule file, all faults at once.
        InputError: no file could be read, or none holds a registry.
    """
    book = check(load_rulebook(request.rules_dir))
    settings = resolved(request.settings, book.source)
    lists = lists_by_kind(request.lists, book.source.dictionary)
    rules = wanted(book.source.rules, settings)
    engine = open_engine()
    try:
        layouts, notes, failed = _read(engine, request, lists, book.source, progress)
        progress("tables", 0, 0)
        tables = build_tables(engine, layouts, book.source.dictionary, settings)
        progress("plans", 0, 0)
        planned = plan(book, tables, settings)
        progress("verdicts", 0, 0)
        counts = judge(engine, planned)
        told = explain(engine, planned, tables, book.source, settings, rules, progress)
        findings, accepted = accept(told.findings, request.baseline) if request.baseline else (told.findings, 0)
        told = replace(told, findings=findings)
        return _audit(
            engine,
            request,
            settings,
            tables,
            planned,
            {**counts, **told.reading},
            told,
            accepted,
            [*notes, *tables.notes],
            failed,
            book.source,
        )
    finally:
        engine.close()


def _read(
    engine: Engine, request: Request, lists: Iterable[tuple[str, Path]], book: RuleBook, progress: Progress
) -> tuple[list[Layout], list[tuple[str, str]], list[Failed]]:
    """Read registry files and lists; a file that fails is told, the rest goes on."""
    files, notes = _files(request.files)
    jobs: list[tuple[Path, Wishes]] = [(file, request.wishes) for file in files]
    jobs += [(file, Wishes(list_name=name)) for name, file in lists]
    layouts: list[Layout] = []
    failed: list[Failed] = []
    for number, (file, wishes) in enumerate(jobs):
        progress("sheets", number, len(jobs))
        try:
            found = _layouts(engine, file, number, wishes, book)
        except FupinError as error:
            if wishes.list_name or len(files) == 1:
                raise
            failed.append((str(file), error.zh, error.en))
            continue
        layouts += [replace(layout, source=len(layouts) + i) for i, layout in enumerate(found)]
    if not any(not layout.kind.startswith("名单:") for layout in layouts):
        raise _nothing(files, failed)
    return layouts, notes + [doubt for layout in layouts for doubt in layout.doubts], failed


def _files(paths: tuple[Path, ...]) -> tuple[list[Path], list[tuple[str, str]]]:
    """Expand folders; say what was skipped in them."""
    files: list[Path] = []
    notes: list[tuple[str, str]] = []
    for path in paths:
        if path.is_dir():
            found, skipped = workbooks_in(path)
            files += found
            notes += [(f"{one.file}：跳过，{one.zh}", f"{one.file}: skipped, {one.en}") for one in skipped]
        else:
            files.append(path)
    return list(dict.fromkeys(files)), notes


def _layouts(engine: Engine, file: Path, number: int, wishes: Wishes, book: RuleBook) -> list[Layout]:
    """Return the tables of one file, or say that it holds none."""
    sheets = read_sheets(engine, file, number)
    if wishes.sheets:
        sheets = [sheet for sheet in sheets if sheet.name in wishes.sheets]
    found = [layout for sheet in sheets for layout in find_layouts(engine, sheet, book.dictionary, wishes)]
    if not found:
        names = "、".join(sheet.name for sheet in sheets) or "无"
        raise InputError(
            f"{file.name}：没有找到登记表（工作表：{names}）。要找的是一行表头，至少含姓名、证件号码、户编号或人编号之一和另一列；"
            "用 fupin inspect 查看读到了什么，或用 --map 表头=列名 指明。",
            f"{file.name}: no registry table found (sheets: {names}). Looked for a heading row with at least one of 姓名, 证件号码, "
            "户编号, 人编号 and one more column; see fupin inspect, or say --map HEADING=COLUMN.",
        )
    return found


def _nothing(files: list[Path], failed: list[Failed]) -> InputError:
    if failed:
        return InputError("；".join(zh for _, zh, _ in failed), "; ".join(en for _, _, en in failed))
    where = "、".join(str(file) for file in files) or "（空文件夹）"
    return InputError(
        f"{where}：没有可读的登记表。请给出 .xlsx、.xls 或 .csv 文件，或含这些文件的文件夹。",
        f"{where}: no registry to read. Give .xlsx, .xls or .csv files, or a folder of them.",
    )


def _audit(  # noqa: PLR0913, PLR0917  # the result has that many parts
    engine: Engine,
    request: Request,
    settings: Settings,
    tables: Tables,
    planned: Plan,
    counts: dict[str, Counts],
    told: Told,
    accepted: int,
    notes: list[tuple[str, str]],
    failed: list[Failed],
    book: RuleBook,
) -> Audit:
    counts = {
        rule: replace(count, silenced=told.silenced.get(rule, 0)) if rule in told.silenced else count
        for rule, count in counts.items()
    }
    rules = wanted(book.rules, settings)
    unbuilt = [
        NotRun(rule.id, "column", (rule.scope,))
        for rule in rules.values()
        if rule.id not in counts and not _told(rule.id, planned)
    ]
    given = [
        (f"参数“{name}”由使用者给出，无来源：{value}", f"{name} = {value}: given by the user, not sourced")
        for name, value in request.settings.given.items()
    ]
    return Audit(
        as_of=settings.as_of or _latest(engine),
        profile=settings.profile,
        region=settings.region,
        engine=engine.name,
        layouts=tables.layouts,
        households=_count(engine, "户"),
        persons=_count(engine, "人") if tables.persons else 0,
        findings=tuple(told.findings),
        rules=rules,
        counts=counts,
        not_run=(*planned.not_run, *unbuilt),
        notes=tuple(dict.fromkeys([*given, *told.notes, *notes])),
        accepted=accepted,
        failed_files=tuple(failed),
        townships=_townships(engine, tables),
    )


def _told(rule: str, planned: Plan) -> bool:
    return any(entry.rule == rule for entry in planned.not_run)


def _count(engine: Engine, table: str) -> int:
    return int(engine.rows(f'SELECT COUNT(*) FROM "{table}"')[0][0])


def _latest(engine: Engine) -> object:
    return engine.rows('SELECT MAX("数据日期") FROM "户"')[0][0]


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
