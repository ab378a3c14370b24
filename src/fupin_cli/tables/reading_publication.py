"""What a table shows that it should not, or says against its own figures: STA018 personal columns in a notice, VIL012 shares."""

from fupin_cli.engines import Engine
from fupin_cli.tables.reading_sheets import add_entry, summed_columns
from fupin_cli.tables.sql import literal, name
from fupin_cli.tables.stacked import with_states
from fupin_cli.tables.staging import Staged
from fupin_cli.values.patterns import regex

_NOTICE = regex(r"公示(?!情况|记录|时间|日期|照片|档案|台账|开始|结束|后|前|期)")
_PERSONAL = ("证件", "电话", "账号")  # types of columns that a notice must not show
_HEALTH = regex(r"健康|残疾|疾病|患病|病种")
_MASKED = "[*＊×●]|[xX]{2}"  # in the cell as written: a phone or an account is read without its stars
_SHARE = "占比"


def publication_faults(engine: Engine, part: Staged) -> None:
    """Insert STA018 and VIL012 of one table into `reading`."""
    _shown_to_all(engine, part)
    _shares(engine, part)


def _shown_to_all(engine: Engine, part: Staged) -> None:
    """Columns with certificates, telephones, accounts or health in a table whose title, sheet or file says 公示."""
    sheet = part.layout.sheet
    if not any(_NOTICE.search(text) for text in (part.layout.title, sheet.name, sheet.file.stem)):
        return
    for column in part.columns.values():
        if column.type not in _PERSONAL and not _HEALTH.search(column.name):
            continue
        first, state = part.letters[column.name][0], name(f"{column.name}$")
        raw = f"s.c{first.index}" if first.cell is None else literal(first.cell.text or "")
        shown = f"c.{state} = 0 AND NOT regexp_matches({raw}, '{_MASKED}')"  # a masked number shows nobody
        rows = f'{part.rows([f"{column.name}$"])} AS c JOIN {name(sheet.relation)} AS s ON s.r = c."_row"'
        count = engine.rows(f"SELECT count(*) FROM {rows} WHERE {shown}")[0][0]
        if count:
            add_entry(engine, "STA018", part, (None, column.name, first.letter), ("", "", count))


def _shares(engine: Engine, part: Staged) -> None:
    """Shares of a table of villages that follow from none of its columns of counts, not even cut off instead of rounded."""
    if part.kind != "村" or _SHARE not in part.columns or part.letters[_SHARE][0].cell is not None:
        return
    counts = [column.name for column in summed_columns(part) if column.name != _SHARE]
    if not counts:
        return
    share, decimals = name(_SHARE), "length(rtrim(split_part(CAST({0} AS VARCHAR), '.', 2), '0'))"
    unread = " + ".join(f"count(*) FILTER (WHERE {name(one + '$')} = 2)" for one in counts)
    sums = ", ".join(f"sum({name(one)}) AS {name(one)}" for one in counts)
    own = [f"100 * c.{name(one)} / nullif(s.{name(one)}, 0)" for one in counts]
    near = f"pow(10, -{decimals.format('c.' + share)}) + 1e-9"
    fits = " OR ".join(f"coalesce(abs({value} - c.{share}) < {near}, FALSE)" for value in own)
    rows = part.rows(with_states([*counts, _SHARE]))
    told = engine.rows(f"""SELECT c."_row", c.{share}, {", ".join(own)} FROM {rows} AS c,
  (SELECT {sums}, count(*) AS "rows", {unread} AS "unread" FROM {rows}) AS s
WHERE c.{name(_SHARE + "$")} = 0 AND s."rows" > 1 AND s."unread" = 0 AND NOT ({fits})
  AND coalesce({", ".join(own)}) IS NOT NULL ORDER BY 1""")
    for row, stated, *shares in told:
        value, column = min(
            ((found, one) for found, one in zip(shares, counts, strict=True) if found is not None),
            key=lambda pair: abs(pair[0] - stated),
        )
        note = f"按{column}算应为 {value:.2f}%"
        letter = part.letters[_SHARE][0].letter
        add_entry(engine, "VIL012", part, (row, _SHARE, letter), (f"{stated:.10g}", note, 1))
