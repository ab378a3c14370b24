"""Turn layouts and raw sheets into the typed engine tables 人, 户, 村, 县, 名单_X and `reading`."""

from collections.abc import Callable, Iterable, Sequence

from fupin_cli.catalogue import both
from fupin_cli.engines import Begun, Engine
from fupin_cli.model.dictionary import Column, Dictionary, Type
from fupin_cli.model.settings import Settings
from fupin_cli.model.table import Layout, Tables
from fupin_cli.tables.dating import DAY
from fupin_cli.tables.finished import Ground, finished_sql, write_list
from fupin_cli.tables.grouping import group_persons
from fupin_cli.tables.households import collapse
from fupin_cli.tables.ledgers import Unfolded, without_later_rows
from fupin_cli.tables.linking import Stock, link
from fupin_cli.tables.member_rows import TABLE as MEMBER_ROWS
from fupin_cli.tables.member_rows import write_member_rows
from fupin_cli.tables.pairings import without_second_helpers
from fupin_cli.tables.reading import empty_reading, write_reading
from fupin_cli.tables.reading_days import list_days
from fupin_cli.tables.sql import name
from fupin_cli.tables.stacked import columns_of, stack
from fupin_cli.tables.staging import Staged, stage
from fupin_cli.tables.staging_forms import is_all_fixed, stage_forms
from fupin_cli.tables.told_twice import told_twice
from fupin_cli.tables.village_tables import NOT_LINKED, link_households
from fupin_cli.tables.villages import Told, write_villages

BATCH = ("_example", "_household")
_NO_HOUSEHOLD = f"""CREATE OR REPLACE TABLE "户" AS SELECT CAST(NULL AS BIGINT) AS "_id", CAST(NULL AS VARCHAR) AS "_key",
CAST(NULL AS INTEGER) AS "_source", CAST(NULL AS INTEGER) AS "_row", CAST(NULL AS DATE) AS {name(DAY)},
CAST(NULL AS VARCHAR) AS "_place", {NOT_LINKED} WHERE FALSE"""  # so that 户 can always be joined
_SCRATCH = (
    "_persons",
    "_stated",
    "_listed",
    "_groups",
    "_attached",
    "_found",
    "_links",
    "_homes",
    "_members",
    "_gathered",
    "_differing",
    "_told",
)


def build_tables(
    engine: Engine,
    layouts: Sequence[Layout],
    dictionary: Dictionary,
    settings: Settings,
    *,
    batch: bool = False,
    member_rows: bool = False,
) -> Tables:
    """Create 人, 户, 村, 县, 名单_X and `reading` (docs/contracts.md) from raw sheets and their layouts.

    Args:
        engine: where the raw sheets are; the tables come to stand beside them.
        layouts: what was found in the sheets; `source` of each is its position here.
        dictionary: columns and code lists.
        settings: the day, the region and today.
        batch: the raw sheets carry `_example` and `_household` (made by `tables_from_cells`).
        member_rows: create 行, too: what each person's own row says of his household.
    """
    extra = BATCH if batch else ()
    _drop(engine, ("人", "户"))
    parts = _staged(engine, layouts, dictionary, extra)
    unfolded = Unfolded(parts) if batch else without_second_helpers(engine, without_later_rows(engine, parts))
    persons = [part for part in unfolded.parts if part.kind == "人"]
    stated = [part for part in unfolded.parts if part.kind == "户"]
    stock = _stack(engine, persons, stated, extra)
    households = bool(stated)
    if persons:
        group_persons(engine, stock.persons, parts, batch)
        households = households or bool(engine.rows('SELECT 1 FROM "_groups" WHERE "group" IS NOT NULL LIMIT 1'))
    columns = columns_of([*stated, *persons], ("户", "地"))
    homes = None
    own = {column: known for column, known in stock.persons.columns.items() if known.level in ("人", "地")}
    with engine.beside() as begin:
        if households:
            link(engine, stock)
            homes = collapse(engine, stock, columns, begin)
        else:
            engine.run(_NO_HOUSEHOLD)
        of_villages = _write(engine, parts, Ground(stock, homes, settings), own, begin)
    lists = _write_lists(engine, parts, dictionary, settings, batch=batch)
    if batch:
        empty_reading(engine)
    else:
        write_reading(engine, parts, stock, dictionary, homes)
        list_days(engine, parts, "人" if persons else "户" if households else None, settings)
    kinds = _kinds(stock, own, columns, households) | _rows_of_members(
        engine, stock, wanted=member_rows and bool(persons) and households
    )
    kinds |= of_villages
    notes = _notes(engine, bool(persons), households, settings) + unfolded.notes
    if not batch:
        notes += told_twice(engine, layouts, "证件号码" in own and bool(persons), set(stock.stated.columns))
    _drop(engine, (*_SCRATCH, *unfolded.tables, *(part.relation for part in parts if not part.fields)))
    return Tables(tuple(layouts), bool(persons), households, kinds, lists, notes)


def _write(
    engine: Engine, parts: Sequence[Staged], ground: Ground, own: dict[str, Column], begin: Callable[[str], Begun]
) -> dict[str, dict[str, Type]]:
    """Begin 人 and 户, create 村 and 县 beside them; return the columns of the last two."""
    finished, homes = finished_sql(engine, ground, own), ground.homes.columns if ground.homes else {}
    tables = {"人": finished.persons, "户": finished.homes}
    begun = {
        one: begin(f"CREATE OR REPLACE TABLE {name(one)} AS\n{select}") for one, select in tables.items() if select
    }
    batch = ground.stock.batch
    kinds = write_villages(engine, parts, Told(homes, finished.spots), ground.settings, batch=batch)
    if "户" in begun:  # 人 takes longer, and is not waited for
        begun["户"]()
    link_households(engine, homes, batch=batch)
    return kinds


def _kinds(
    stock: Stock, own: dict[str, Column], columns: dict[str, Column], households: bool
) -> dict[str, dict[str, Type]]:
    """Return the columns of 人 and 户, the built-in ones too, with their types."""
    kinds: dict[str, dict[str, Type]] = {}
    if any(part.kind == "人" for part in stock.parts):
        kinds["人"] = {one.name: one.type for one in own.values()} | {DAY: "日期", "证件号码#": "文本"}
        kinds["人"] |= {"表有户主": "真假"}
        kinds["人"] |= {"户表有此户": "真假"} if stock.stated.columns else {}
    if households:
        kinds["户"] = {one.name: one.type for one in columns.values()} | {DAY: "日期", "_stated": "真假"}
        kinds["户"] |= {"成员表有户主": "真假"} if any(part.kind == "人" for part in stock.parts) else {}
    return kinds


def _rows_of_members(engine: Engine, stock: Stock, *, wanted: bool) -> dict[str, dict[str, Type]]:
    """Write 行 where it is wanted; return its columns."""
    return {MEMBER_ROWS: write_member_rows(engine, stock)} if wanted else {}


def _staged(engine: Engine, layouts: Sequence[Layout], dictionary: Dictionary, extra: tuple[str, ...]) -> list[Staged]:
    """Type the cells of every layout; forms of one kind together."""
    forms: dict[str, list[Layout]] = {}
    for layout in layouts:
        if is_all_fixed(layout) and not extra:
            forms.setdefault(layout.kind, []).append(layout)
    together = {part.source: part for own in forms.values() for part in stage_forms(engine, own, dictionary)}
    return [together.get(layout.source) or stage(engine, layout, dictionary, extra) for layout in layouts]


def _drop(engine: Engine, tables: Iterable[str]) -> None:
    for table in dict.fromkeys(tables):
        engine.run(f"DROP TABLE IF EXISTS {name(table)}")


def _stack(engine: Engine, persons: list[Staged], stated: list[Staged], extra: Sequence[str]) -> Stock:
    person_columns, stated_columns = columns_of(persons, ("人", "户", "地")), columns_of(stated, ("户", "地"))
    if persons:  # 人 has the place and time columns of household sheets too, filled from there
        person_columns |= {k: v for k, v in columns_of(stated, ("地",)).items() if k not in person_columns}
    return Stock(
        stack(engine, "_stated", stated, stated_columns, extra),
        stack(engine, "_persons", persons, person_columns, extra),
        [*persons, *stated],
        bool(extra),
    )


def _write_lists(
    engine: Engine, parts: Sequence[Staged], dictionary: Dictionary, settings: Settings, *, batch: bool
) -> dict[str, dict[str, Type]]:
    lists: dict[str, dict[str, Type]] = {}
    for kind in dict.fromkeys(part.kind for part in parts if part.kind.startswith("名单:")):
        own = [part for part in parts if part.kind == kind]
        list_name = kind.removeprefix("名单:")
        columns = columns_of(own, ("名单", "人", "地", "户"))
        listed = stack(engine, "_listed", own, columns, BATCH[:1] if batch else ())
        lists[list_name] = write_list(engine, list_name, listed, dictionary.lists[list_name].key, settings, batch=batch)
    return lists


def _notes(engine: Engine, persons: bool, households: bool, settings: Settings) -> tuple[tuple[str, str], ...]:
    """Say how many rows are judged at the day of the run: nothing in the files dates them. Of villages those of sheets count."""
    if settings.as_of is not None:
        return ()
    rows = {"人" if persons else "户": '"_undated"'} if persons or households else {}
    rows["村"] = '"_stated" AND "_undated"'
    count = sum(engine.rows(f"SELECT count(*) FROM {name(table)} WHERE {which}")[0][0] for table, which in rows.items())
    if not count:
        return ()
    day = settings.today.isoformat()
    return (
        both(
            "有 {count} 行没有写明数据日期，按 {day} 计算年龄和标准；请用 --as-of 指明数据日期。", count=count, day=day
        ),
    )
