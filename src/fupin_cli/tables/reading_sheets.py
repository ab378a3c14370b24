"""What the reading found of a sheet as a whole: FMT008 unknown headings, FMT010 and VIL011 totals, FMT012 hidden parts."""

from typing import NamedTuple

from fupin_cli.engines import Engine
from fupin_cli.model.dictionary import Column, Dictionary
from fupin_cli.model.place import letter as letter_of
from fupin_cli.tables.sql import literal, name
from fupin_cli.tables.stacked import with_states
from fupin_cli.tables.staging import Staged, body_condition
from fupin_cli.tables.typing import Cell, typed
from fupin_cli.values.patterns import regex
from fupin_cli.values.text import fold

_NOT_SUMMED = regex("人均|平均|率|年龄|距离|编号")
_NO_COLUMN = regex(r"序号?|编号|NO\.?|合计|小计")
_ADDRESS = regex(r"([A-Z]+)(\d+)")
_SIGNED = regex(
    r"签字|签名|盖章|照片|(填表|填报|调查|采集|审核|走访|录入)(人|员|日期|时间|单位)"
)  # of a form, not of a household
_TOLERANCE = 0.011  # sums of hundredths, as binary fractions


def sheet_faults(engine: Engine, part: Staged, dictionary: Dictionary) -> None:
    """Insert FMT008, FMT010 (of villages VIL011) and FMT012 of one table into `reading`."""
    _unknown_headings(engine, part, dictionary)
    _unknown_labels(engine, part, dictionary)
    _hidden(engine, part)
    _totals(engine, part)


def add_entry(
    engine: Engine, rule: str, part: Staged, cell: tuple[int | None, str | None, str | None], said: tuple[str, str, int]
) -> None:
    """Insert one entry into `reading`: (row, column, letter) and (raw text, note, how many)."""
    row, column, letter = cell
    raw, note, count = said
    where = "NULL" if row is None or letter is None else literal(f"{letter}{row}")
    texts = ["NULL" if text is None else literal(text) for text in (column, letter, raw, note)]
    engine.run(f"""INSERT INTO "reading" VALUES ({literal(rule)}, {part.source}, {"NULL" if row is None else row}, {texts[0]},
{texts[1]}, {texts[2]}, {texts[3]}, {count}, {where}, NULL, NULL)""")


def _unknown_headings(engine: Engine, part: Staged, dictionary: Dictionary) -> None:
    """A column with data whose heading means nothing known; the note is the nearest column."""
    sheet = part.layout.sheet
    indices = {letter_of(index): index for index in range(sheet.width)}
    headings = {
        letter: heading
        for letter, heading in part.layout.unmapped.items()
        if letter in indices and letter not in part.layout.explained and not _NO_COLUMN.fullmatch(fold(heading))
    }
    if not headings:
        return
    counted = ", ".join(f"count(nullif(trim(c{indices[letter]}), ''))" for letter in headings)
    counts = engine.rows(f"SELECT {counted} FROM {name(sheet.relation)} WHERE {body_condition(part.layout)}")[0]
    for (letter, heading), count in zip(headings.items(), counts, strict=True):
        if count:
            add_entry(
                engine, "FMT008", part, (None, None, letter), (heading, nearest_column(heading, dictionary), count)
            )


def _unknown_labels(engine: Engine, part: Staged, dictionary: Dictionary) -> None:
    """A cell of a form with content whose label means nothing known."""
    labels = {
        (int(address[2]), address[1]): heading
        for where, heading in part.layout.unmapped.items()
        if (address := _ADDRESS.fullmatch(where)) and where not in part.layout.explained
        if heading and not _NO_COLUMN.fullmatch(fold(heading)) and not _SIGNED.search(heading)
    }
    if not labels:
        return
    sheet = part.layout.sheet
    letters = {letter_of(index): index for index in range(sheet.width)}
    rows = ", ".join(str(row) for row in sorted({row for row, _ in labels}))
    cells = ", ".join(f"c{index}" for index in range(sheet.width))
    texts = {
        row: found for row, *found in engine.rows(f"SELECT r, {cells} FROM {name(sheet.relation)} WHERE r IN ({rows})")
    }
    for (row, letter), heading in labels.items():
        if letter in letters and row in texts and (texts[row][letters[letter]] or "").strip():
            add_entry(engine, "FMT008", part, (row, None, letter), (heading, nearest_column(heading, dictionary), 1))


def nearest_column(heading: str, dictionary: Dictionary) -> str:
    """Return the column whose name or alias is most like a heading, "" when none is."""
    from rapidfuzz import fuzz, process

    names = {
        fold(word): column.name for column in dictionary.columns.values() for word in (column.name, *column.aliases)
    }
    found = process.extractOne(fold(heading), list(names), scorer=fuzz.ratio, score_cutoff=60)
    return names[found[0]] if found else ""


def _hidden(engine: Engine, part: Staged) -> None:
    """Hidden rows, columns or sheets that hold rows of the table; those of members side by side are their household's."""
    sheet, rows = part.layout.sheet, part.rows(())
    if part.layout.slot:
        _hidden_columns(engine, part)
        return
    if sheet.hidden:
        count = engine.rows(f"SELECT count(*) FROM {rows}")[0][0]
        if count:
            add_entry(engine, "FMT012", part, (None, None, None), (sheet.name, "整张工作表是隐藏的", count))
    if sheet.hidden_rows:
        numbers = ", ".join(map(str, sorted(sheet.hidden_rows)))
        found = [row for (row,) in engine.rows(f'SELECT "_row" FROM {rows} WHERE "_row" IN ({numbers}) ORDER BY 1')]
        if found:
            shown = "、".join(map(str, found[:20])) + (" …" if len(found) > 20 else "")
            add_entry(engine, "FMT012", part, (None, None, None), (sheet.name, f"隐藏的行：{shown}", len(found)))
    _hidden_columns(engine, part)


def _hidden_columns(engine: Engine, part: Staged) -> None:
    sheet = part.layout.sheet
    for column, mapped in part.letters.items():
        if mapped[0].index in sheet.hidden_columns and mapped[0].cell is None:
            count = engine.rows(
                f"SELECT count(*) FROM {part.rows([f'{column}$'])} WHERE {name(column + '$')} IN (0, 2)"
            )[0][0]
            if count:
                add_entry(
                    engine, "FMT012", part, (None, column, mapped[0].letter), (mapped[0].heading, "隐藏的列", count)
                )


def _totals(engine: Engine, part: Staged) -> None:
    """Totals rows that are the sum neither of the rows since the last total, nor of all above, nor of all rows."""
    columns = summed_columns(part)
    ranges = [one for one in part.layout.left_out if one.reason == "total"]
    if not columns or not ranges:
        return
    cells = [
        Cell(column, f"c{_index(part, column.name)}", f"coalesce(k{_index(part, column.name)}, 0)")
        for column in columns
    ]
    chosen = " OR ".join(f"r BETWEEN {one.first_row} AND {one.last_row}" for one in ranges)
    source = f'(SELECT r AS "_row", * FROM {name(part.layout.sheet.relation)} WHERE {chosen}) AS "totals"'
    wanted = ", ".join(name(column.name) for column in columns)
    rows = engine.rows(
        f'SELECT "_row", {wanted} FROM ({typed(cells, source, (chr(34) + "_row" + chr(34),))}) AS "read" ORDER BY 1'
    )
    above = part.layout.first_row - 1
    for row, *values in rows:
        sums = [_sums(engine, part, [one.name for one in columns], span) for span in _spans(part, above, row)]
        for place, (column, value) in enumerate(zip(columns, values, strict=True)):
            options = [one[place] for one in sums]
            if value is None or any(one.may_be(value) for one in options):
                continue
            nearest = min((one.known for one in options), key=lambda known: abs(value - known))
            note = f"合计为 {_plain(value)}，明细之和为 {_plain(nearest)}"
            add_entry(
                engine,
                "VIL011" if part.kind == "村" else "FMT010",
                part,
                (row, column.name, part.letters[column.name][0].letter),
                (_plain(value), note, 1),
            )
        above = row


def summed_columns(part: Staged) -> list[Column]:
    """Return the columns whose sum a totals row may state."""
    level = part.kind if part.kind in ("人", "户", "村") else "名单"
    return [
        column
        for column in part.columns.values()
        if column.type in ("数字", "整数") and column.level == level and not _NOT_SUMMED.search(column.name)
        if part.letters[column.name][0].cell is None
    ]


def _plain(number: float) -> str:
    """A number as a clerk writes it: no exponent, at most two decimals."""
    return f"{number:.2f}".rstrip("0").rstrip(".")


def _index(part: Staged, column: str) -> int:
    return part.letters[column][0].index


def _spans(part: Staged, above: int, row: int) -> list[tuple[int, int]]:
    """First and last row of what a totals row may be the total of."""
    return [
        (above + 1, row - 1),
        (part.layout.first_row, row - 1),
        (part.layout.first_row, part.layout.last_row),
        (row + 1, part.layout.last_row),
    ]


class _Sum(NamedTuple):
    known: float
    unread: bool  # some cell could not be read: nothing is sure
    blank: bool  # some cell is blank: the whole may be more

    def may_be(self, total: float) -> bool:
        return self.unread or (self.blank and total > self.known) or abs(total - self.known) < _TOLERANCE


def _sums(engine: Engine, part: Staged, columns: list[str], span: tuple[int, int]) -> list[_Sum]:
    """Sum of each column over a span of rows."""
    fields = ", ".join(
        f"coalesce(sum({value}), 0), count(*) FILTER (WHERE {state} = 2), count(*) FILTER (WHERE {state} = 1 AND {value} IS NULL)"
        for value, state in ((name(one), name(one + "$")) for one in columns)
    )
    found = engine.rows(
        f'SELECT {fields} FROM {part.rows(with_states(columns))} WHERE "_row" BETWEEN {span[0]} AND {span[1]}'
    )[0]
    return [
        _Sum(float(known), unread > 0, blank > 0)
        for known, unread, blank in zip(found[::3], found[1::3], found[2::3], strict=True)
    ]
