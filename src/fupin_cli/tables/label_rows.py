"""Find rows of headings or labels below a table's heading, by SQL: a second table, or the blocks of a card."""

from collections.abc import Sequence

from fupin_cli.engines import Engine
from fupin_cli.model.sheet import Sheet
from fupin_cli.tables.lexicon import Lexicon

MOST = 2000  # groups looked at; a sheet of pasted tables has a few hundred
_BLANKS = "' ' || chr(9) || chr(10) || chr(13) || chr(160) || chr(12288) || '*'"


def label_rows(
    engine: Engine, sheet: Sheet, lexicon: Lexicon, below: int, numbered: Sequence[int], last: int | None = None
) -> list[int]:
    """Return Excel's numbers of the rows below a heading with at least two headings among their cells, and a third.

    Words that are values of a code list (户主, 小学, 危房) do not count, nor do rows with a number of six digits; `numbered` are the
    columns where one is likely, which are looked at first. `last` is the last row looked at.
    """
    sure = "".join(f""" AND NOT COALESCE(regexp_matches("c{i}", '[0-9]{{6}}'), FALSE)""" for i in numbered)
    own = f'"{sheet.relation}" WHERE "r" BETWEEN ? AND ?{sure}'
    ((first, end),) = engine.rows(  # most often none is left, and the other columns need not be looked at
        f'SELECT min("r"), max("r") FROM {own}', (below + 1, sheet.last_row if last is None else last)
    )
    if first is None:
        return []
    words = sorted(_words(lexicon), key=len, reverse=True)
    if not words:
        return []
    cells = ", ".join(f'"c{i}"' for i in range(sheet.width))
    words_in_one = "|".join(map(_escaped, words)).replace("'", "''")
    pattern = rf"\|(?:{words_in_one})(?:[:：]|[(（][^|]{{1,12}}[)）]|[A-Za-z][A-Za-z.]{{2,30}})?\|"
    text = f"translate('|' || concat_ws('||', {cells}) || '|', {_BLANKS}, '')"
    found = engine.rows(
        f"""
        WITH "line" AS (SELECT "r", {text} AS "text" FROM {own}),
        "counted" AS (
            SELECT "r", len(regexp_extract_all("text", '{pattern}')) AS "labels",
                (length("text") - length(replace("text", '||', ''))) // 2 + 1 AS "filled"
            FROM "line" WHERE NOT regexp_matches("text", '[0-9]{{6}}'))
        SELECT "r" FROM "counted" WHERE "labels" >= 2 AND 3 * "labels" >= "filled" ORDER BY "r" LIMIT {MOST}""",
        (first, end),
    )
    return [int(row) for (row,) in found]


def _words(lexicon: Lexicon) -> set[str]:
    return {
        word
        for index in lexicon.spelled.loose[:2]
        for word in index
        if word not in lexicon.spelled.values and len(word) > 1
    }


def _escaped(word: str) -> str:
    return "".join("\\" + char if char in r"\.+*?()|[]{}^$" else char for char in word)
