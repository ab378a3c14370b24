"""Find where the rows of a table begin and end, and which rows between are no records, by SQL over the raw cells."""

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from fupin_cli.engines import Engine
from fupin_cli.model.sheet import Sheet
from fupin_cli.model.table import LeftOut, Mapped
from fupin_cli.tables.grid import Grid
from fupin_cli.tables.headings import Heading
from fupin_cli.tables.lexicon import IDENTIFYING
from fupin_cli.tables.sql import literal

Run = tuple[int, int, str]  # first row, last row, reason; `record` for rows of the table
NUMBERED = ("户编号", "人编号", "证件号码", "户主证件号码", "行政区划编码")
_BLANKS = "' ' || chr(9) || chr(10) || chr(13) || chr(160) || chr(12288)"
_TOTAL = r"(^|\|)[^|0-9]{0,12}(合计|小计|总计|共计|累计|汇总)([:：(（0-9][^|]{0,20})?(\||$)"
_FIGURES = r"^[^|0-9]{0,12}(计数|平均值|最大值|最小值)(\||$)"  # what a spreadsheet writes below a group beside sums
_FOOTER = (
    r"(^|\|)[^|:：]{0,6}(填表|填报|审核|制表|经办|负责|复核|核实|采集|调查|录入|联系)(人|单位|员|日期|时间|部门)[^|:：]{0,8}[:：]"
    r"|(^|\|)(日期|时间|单位|电话|制表)[:：]|(签字|签名|签章|盖章|公章)[^|]{0,6}(\||$|[:：)）])"
)
_NOTE = r"^[(（]?(注|备注|说明|填表说明|填报说明|填写说明|附注|注释|注意)([0-9]?[:：.、]|\||$)"
_LINE = r"^\s*(省|市|县|区|乡|镇|乡镇|街道|村|行政村|社区|组|单位|填报单位|日期|填报日期|时间|金额单位)(名称|[(（][^)）]*[)）])?\s*[:：]"
_DAY = r"\s*((19|20)[0-9]{2}|[一二][〇○零九][〇○零一二三四五六七八九]{2})\s*[年./-]\s*[0-9一二三四五六七八九十]{1,3}\s*([月./-]\s*([0-9一二三四五六七八九十]{1,3}\s*[日号]?)?)?\s*"
_AMOUNT = r"\s*[-+]?[0-9,]+(\.[0-9]+)?\s*"
_TEMPLATE = r"\{\.?[A-Za-z_][A-Za-z0-9_.{]*\}?|\$\{"


class Body(Struct, frozen=True):
    """The extent of a table's rows."""

    first_row: int  # first_row > last_row: the table has no rows
    last_row: int
    left_out: tuple[LeftOut, ...]


class Frame(Struct, frozen=True):
    """What is known of a table before its rows are looked at."""

    grid: Grid
    heading: Heading
    columns: tuple[Mapped, ...]
    kind: str
    begin: int  # first row that may belong to this table: its title
    end: int  # last row that may belong to it
    rest: int  # last row before the next table; what stands after `end` is outside
    numbered: tuple[int, ...]  # rows below the heading that number its columns
    serial: int | None  # index of the column 序号
    key: str | None = None  # the column that names a record beside those that always do: 村, 单位名称, 疑点编号


def find_body(engine: Engine, sheet: Sheet, frame: Frame) -> Body:
    """Return the first and last record, and every other row of the table's part of the sheet with a reason."""
    start = max((frame.heading.bottom, *frame.numbered))
    runs = list(_under_merged_names(_classified(engine, sheet, frame, start), sheet, frame))
    final = max((last for _, last, reason in runs if reason in ("record", "merged")), default=start)
    first = min((run[0] for run in runs if _is_record(run, final)), default=final + 1)
    beyond = [LeftOut(frame.end + 1, frame.rest, "outside")] if frame.rest > frame.end else []
    left_out = [*_above(frame), *beyond] + [_reason(run, final) for run in runs if not _is_record(run, final)]
    return Body(first, final, tuple(_joined(left_out)))


def _under_merged_names(runs: Sequence[Run], sheet: Sheet, frame: Frame) -> Iterator[Run]:
    """Tell rows under a name that is merged over several rows from rows that have no name."""
    covered = {
        row
        for merge in sheet.merges
        if merge.last_row > merge.first_row > frame.heading.bottom and _names_a_record(merge.first_column, frame)
        for row in range(merge.first_row + 1, merge.last_row + 1)
    }
    for first, last, reason in runs:
        nameless = reason in ("band", "no name", "numbers", "nothing")
        if not nameless or covered.isdisjoint(range(first, last + 1)):
            yield first, last, reason
            continue
        for row in range(first, last + 1):
            yield row, row, "merged" if row in covered else reason


def _is_record(run: Run, final: int) -> bool:
    return run[2] in ("record", "merged") or (run[2] == "no name" and run[0] <= final)


def _reason(run: Run, final: int) -> LeftOut:
    first, last, reason = run
    if first > final and reason == "band":
        reason = "note"
    if reason in ("no name", "nothing"):
        reason = "outside"
    if reason == "numbers":
        reason = "total" if first > final else "outside"
    return LeftOut(first, last, reason)  # type: ignore[arg-type]  # every other reason is LeftOut's own


def _above(frame: Frame) -> list[LeftOut]:
    rows: list[LeftOut] = []
    for row in frame.grid.filled:
        if not frame.begin <= row < frame.heading.top:
            continue
        text = "".join(frame.grid.distinct(row))
        noted = bool(re.search(r"说明|^注[:：]", text)) or len(text) > 120
        rows.append(LeftOut(row, row, "note" if noted else "title"))
    rows.append(LeftOut(frame.heading.top, frame.heading.bottom, "heading"))
    return rows + [LeftOut(row, row, "heading") for row in frame.numbered]


def _joined(rows: Sequence[LeftOut]) -> list[LeftOut]:
    joined: list[LeftOut] = []
    for row in sorted(rows, key=lambda each: each.first_row):
        last = joined[-1] if joined else None
        if last and last.reason == row.reason and last.last_row + 1 == row.first_row:
            joined[-1] = LeftOut(last.first_row, row.last_row, row.reason)
        else:
            joined.append(row)
    return joined


def _classified(engine: Engine, sheet: Sheet, frame: Frame, start: int) -> list[Run]:
    """Return runs of rows as (first, last, reason); `record` for rows of the table."""
    other, body = _unnumbered(frame), f'"{sheet.relation}" WHERE "r" > {start} AND "r" <= {frame.end}'
    first, last, doubtful = engine.rows(
        f'SELECT min("r"), max("r"), (SELECT count(*) FROM {body} AND {other}) FROM {body}'
    )[0]
    if not doubtful:
        return [] if first is None else [(int(first), int(last), "record")]
    sql = f"""
        WITH "cell" AS ({_measured(sheet, frame)} FROM {body} AND {other}),
        "named" AS (
            SELECT "r", {_case(sheet, frame)} AS "reason" FROM "cell"
            UNION ALL SELECT "r", 'record' FROM {body} AND NOT ({other})),
        "islands" AS (
            SELECT "r", "reason", row_number() OVER (ORDER BY "r")
                - row_number() OVER (PARTITION BY "reason" ORDER BY "r") AS "island" FROM "named")
        SELECT min("r"), max("r"), "reason" FROM "islands" GROUP BY "reason", "island" ORDER BY 1"""
    found = engine.rows(sql)
    return [(int(first), int(last), str(reason)) for first, last, reason in found]


def _unnumbered(frame: Frame) -> str:
    """Return SQL that is FALSE for a row with six digits in a column of numbers: a record, whatever else it says.

    The engine looks at a second column only where the first has none.
    """
    cells = [_cell(each.index) for each in frame.columns if each.column in NUMBERED]
    return " AND ".join(f"NOT COALESCE(regexp_matches({cell}, '[0-9]{{6}}'), FALSE)" for cell in cells) or "TRUE"


def _measured(sheet: Sheet, frame: Frame) -> str:
    """Return SQL that describes every row without a number: its text, and how many cells of which sort it has."""
    cells = [f'"c{i}"' for i in range(sheet.width)]
    names = [each.index for each in frame.columns if _is_name(each, frame)]
    records = [each.index for each in frame.columns]
    quantities = [each.index for each in frame.columns if each.index not in names]
    lead = ", ".join(cells[:3] + [f'"c{i}"' for i in names])
    lone = f"COALESCE({', '.join(cells)})"
    named = _total([f"{_clean(i)} IS NOT NULL" for i in names])
    repeated = " OR ".join(_same_texts(frame, row) for row in _printed_again(frame))
    return f"""
        SELECT "r", {_squeezed(f"concat_ws('|', {', '.join(cells)})")} AS "text",
            {_squeezed(f"concat_ws('|', {lead})")} AS "lead", trim({lone}) AS "lone",
            {_total([f"{cell} IS NOT NULL" for cell in cells])} AS "filled",
            {named} AS "names",
            {_total([f'"c{i}" IS NOT NULL' for i in records])} AS "mapped",
            {_total([f"regexp_full_match({_cell(i)}, '{_AMOUNT}')" for i in quantities])} AS "amounts",
            {_total([f'"c{i}" IS NOT NULL' for i in quantities])} AS "quantities",
            {f'"c{frame.serial}" IS NOT NULL' if frame.serial is not None else "FALSE"} AS "serial",
            {_total([f'"c{i}" IS NOT NULL' for i in _descriptive(frame)])} AS "told",
            {_total([f"regexp_matches({cell}, {literal(_LINE)})" for cell in cells])} AS "lines",
            {repeated or "FALSE"} AS "repeated\""""


def _case(sheet: Sheet, frame: Frame) -> str:
    """Return SQL that names the reason of a row; the first that fits."""
    spread = [
        m.first_row for m in sheet.merges if _is_band(m.first_row, m.last_row, m.last_column - m.first_column, frame)
    ]
    merged = _is_in(spread)
    titles = ", ".join(map(literal, _lone_titles(frame))) or "NULL"
    wordy = """(length("lone") > 12 OR regexp_matches("lone", '[，。；：:（(]'))"""
    where = """CASE WHEN "names" = 0 THEN "text" ELSE "lead" END"""
    return f"""CASE
        WHEN "repeated" THEN 'repeated heading'
        WHEN regexp_matches("text", {literal(_TEMPLATE)}) THEN 'template'
        WHEN regexp_matches({where}, {literal(_TOTAL)}) THEN 'total'
        WHEN "names" <= 1 AND regexp_matches("text", {literal(_FIGURES)}) THEN 'note'
        WHEN "filled" <= 4 AND regexp_matches("text", {literal(_NOTE)}) THEN 'note'
        WHEN "filled" <= 10 AND regexp_matches({where}, {literal(_FOOTER)}) THEN 'footer'
        WHEN "lines" > 0 AND 2 * "lines" >= "filled" THEN 'band'
        WHEN "filled" = 1 AND {_squeezed('"lone"')} IN ({titles}) THEN 'band'
        WHEN "filled" = 1 AND regexp_full_match("lone", {literal(_DAY)}) THEN 'footer'
        WHEN "filled" = 1 AND "serial" AND NOT ({merged} OR {wordy}) THEN 'template'
        WHEN "filled" = 1 AND NOT regexp_full_match("lone", '{_AMOUNT}') AND ({merged} OR "names" = 0 OR {wordy}) THEN 'band'
        WHEN {merged} AND "told" = 0 THEN 'band'
        WHEN {_is_in(_straddled(sheet, frame))} THEN 'outside'
        WHEN "names" > 0 THEN 'record'
        WHEN "mapped" = 0 THEN 'nothing'
        WHEN "told" = 0 THEN 'template'
        WHEN "amounts" = "quantities" THEN 'numbers'
        ELSE 'no name' END"""


def _is_band(first: int, last: int, across: int, frame: Frame) -> bool:
    return first == last and frame.heading.bottom < first <= frame.end and across + 1 >= max(3, frame.grid.width // 2)


def _straddled(sheet: Sheet, frame: Frame) -> list[int]:
    """Return the rows in which one merged cell covers two columns of the table: blocks of a card, no records."""
    mapped = [each.index for each in frame.columns]
    return sorted(
        {
            row
            for merge in sheet.merges
            if merge.last_column > merge.first_column and frame.heading.bottom < merge.first_row <= frame.end
            if sum(1 for i in mapped if merge.first_column <= i <= merge.last_column) > 1
            for row in range(merge.first_row, merge.last_row + 1)
        }
    )


def _is_in(rows: Sequence[int]) -> str:
    return f'"r" IN ({", ".join(map(str, rows))})' if rows else "FALSE"


def _is_name(column: Mapped, frame: Frame) -> bool:
    return column.column in IDENTIFYING or column.column == frame.key


def _names_a_record(index: int, frame: Frame) -> bool:
    return any(each.index == index and _is_name(each, frame) for each in frame.columns)


def _descriptive(frame: Frame) -> list[int]:
    """Return the columns that say something of a record, not only where or when it is."""
    places = {"省", "市", "县", "乡", "村", "自然村", "年度", "数据日期", "行政区划编码"}
    return [each.index for each in frame.columns if frame.key in places or each.column not in places]


def _cell(index: int) -> str:
    return f'"c{index}"'


def _clean(index: int) -> str:
    return f"nullif(trim({_cell(index)}), '')"


def _texts_of(frame: Frame, row: int) -> dict[int, str]:
    texts = frame.grid.raw.get(row, ())
    return {i: text for i, text in enumerate(texts) if text}


def _printed_again(frame: Frame) -> list[int]:
    """Return the rows that a printout repeats on each page: the heading, its numbers, bands and lines above it."""
    above = [row for row in frame.grid.raw if frame.begin <= row < frame.heading.top and len(_texts_of(frame, row)) > 1]
    return [row for row in (*above, *frame.heading.rows, *frame.numbered) if _texts_of(frame, row)]


def _lone_titles(frame: Frame) -> list[str]:
    """Return the texts that stand alone in their rows above the heading, without blanks."""
    rows = [_texts_of(frame, row) for row in frame.grid.raw if frame.begin <= row < frame.heading.top]
    return ["".join(text.split()) for texts in rows if len(texts) == 1 for text in texts.values()]


def _same_texts(frame: Frame, row: int) -> str:
    """Return SQL that is TRUE for a row with nearly the texts of a heading row."""
    texts = _texts_of(frame, row)
    same = _total([f"{_squeezed(_cell(i))} = {literal(''.join(text.split()))}" for i, text in texts.items()])
    return f"({same} >= {max(min(2, len(texts)), round(0.6 * len(texts)))})"


def _total(conditions: Sequence[str]) -> str:
    return " + ".join(f"COALESCE(({each})::INTEGER, 0)" for each in conditions) if conditions else "0"


def _squeezed(sql: str) -> str:
    return f"translate({sql}, {_BLANKS}, '')"
