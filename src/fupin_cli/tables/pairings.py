"""Staged tables in, the same out, but that a table of who helps whom (帮扶责任人) has one row of each household."""

from msgspec.structs import replace

from fupin_cli.catalogue import both
from fupin_cli.engines import Engine
from fupin_cli.tables.dating import DAY, YEAR
from fupin_cli.tables.grouping import HEAD_NAME, HEAD_NUMBER, KEY
from fupin_cli.tables.ledgers import Unfolded, without_rows
from fupin_cli.tables.sql import name
from fupin_cli.tables.stacked import with_states
from fupin_cli.tables.staging import Staged, is_of_helper

_OF_PAIRS = frozenset({"帮扶开始时间", "帮扶结束时间", "帮扶脱钩日期", "结对标志", "隶属关系"})
_WHO = frozenset({KEY, HEAD_NUMBER, HEAD_NAME, "户主编号"})
_END = "帮扶结束时间"


def is_of_pairs(part: Staged) -> bool:
    """Tell a table that says of households nothing but who helps them."""
    own = {column for column, known in part.columns.items() if known.level == "户"} - _WHO
    helped = any(is_of_helper(column) for column in own)
    return part.kind == "户" and not part.layout.tie and helped and all(is_of_helper(one) for one in own - _OF_PAIRS)


def without_second_helpers(engine: Engine, unfolded: Unfolded) -> Unfolded:
    """Return the tables; of those of helpers only the row of one helper a household, the others told in a note.

    That of a pairing without an end is taken, else that which ends last, of equals the first. A row that names nobody is
    of the household above; one of another 户主 or another date is none of the same household, and one of the same helper
    is the household written twice.
    """
    kept, tables, notes = list[Staged](), list(unfolded.tables), list(unfolded.notes)
    for part in unfolded.parts:
        later = _later(part) if is_of_pairs(part) else None
        count = engine.rows(f'SELECT count(*) FROM ({later}) AS "later"')[0][0] if later else 0
        if not (later and count):
            kept.append(part)
            continue
        copied = without_rows(engine, part, later, f"_one_helper_{part.source}")
        kept.append(replace(copied, full=frozenset()))
        tables.append(copied.relation)
        where = " › ".join(filter(None, (part.layout.sheet.file.name, part.layout.sheet.name)))
        notes.append(
            both(
                "{where}：有的户写了几名帮扶责任人，每户只取一名（没有结束的在先，否则最后结束的），其余 {count} 行没有参与检查。",
                where=where,
                count=count,
            )
        )
    return Unfolded(kept, tuple(tables), tuple(notes))


def _later(part: Staged) -> str | None:
    """SQL: the rows of a second helper; None where nothing surely tells whose a row is."""
    who = [column for column in (KEY, HEAD_NUMBER, HEAD_NAME) if column in part.columns]
    if not who or who[0] == HEAD_NAME:
        return None
    key = name(who[0])
    known, nobody = f"{name(who[0] + '$')} = 0", " AND ".join(f"{name(one + '$')} = 1" for one in who)
    head = f"coalesce({name(HEAD_NAME)}, min({name(HEAD_NAME)}) OVER (PARTITION BY {key}))" if HEAD_NAME in who else "1"
    days = [name(day) for day in (DAY, YEAR) if day in part.columns]
    end = [f"{name(_END + '$')} <> 1", f"{name(_END)} DESC NULLS LAST"] if _END in part.columns else []
    window = f"""PARTITION BY {", ".join([key, '"head"', *days])} ORDER BY {", ".join([*end, '"_row"'])}"""
    helpers = [column for column in part.columns if is_of_helper(column)]
    helper = f"concat_ws('|', {', '.join(map(name, helpers))})"
    asked = [one for one in (*who, DAY, YEAR, _END) if one in part.columns]
    relation = part.rows(dict.fromkeys([*with_states(asked), *helpers]))
    return f"""SELECT "_row" FROM (SELECT *, {head} AS "head", {helper} AS "helper" FROM {relation} WHERE {known}) AS "named"
QUALIFY "helper" <> first_value("helper") OVER ({window})
UNION ALL SELECT "_row" FROM {relation} WHERE {nobody} AND "_row" > (SELECT min("_row") FROM {relation} WHERE {known})"""
