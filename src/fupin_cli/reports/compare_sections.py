"""Turn the classes of a Comparison into lines of a terminal page: changes by household, one side only, repeated, moved, suspected."""

from collections.abc import Iterable, Iterator
from itertools import groupby, islice

from msgspec import Struct, field

from fupin_cli.model.difference import CellChange, Comparison, Duplicate, Evidence, Record, Side, Suspicion
from fupin_cli.reports.compare_counts import repeated_places
from fupin_cli.reports.compare_masked import Veil
from fupin_cli.reports.compare_sentences import Where, head_changed, household, moved, names, regrouped, values
from fupin_cli.reports.compare_words import number, said, signed
from fupin_cli.reports.lines import Line, block, heading
from fupin_cli.reports.words import Lang, Look
from fupin_cli.reports.wrapping import cut

_REST = 2  # lines a row of one side says more


class _Page(Struct, frozen=True):
    """What every section needs."""

    comparison: Comparison
    veil: Veil
    look: Look
    where: Where
    top: int  # records a section shows; 0: all

    def shown(self, n: int) -> int:
        """How many of `n` records are shown."""
        return min(n, self.top) if self.top else n

    def more(self, n: int) -> list[Line]:
        """The line that says how many are not shown."""
        left = n - self.shown(n)
        return block(said("more", self.look.lang, n=number(left)), self.look.width, "    ", "  … ") if left else []


def sections(comparison: Comparison, veil: Veil, look: Look, top: int) -> Iterator[list[Line]]:
    """Return the lines of each class that is there."""
    page = _Page(comparison, veil, look, Where(comparison, look.lang), top)
    made = (_changes(page), _one_side(page, "left"), _one_side(page, "right"), _duplicates(page), _groups(page), _suspected(page))  # fmt: skip
    return (lines for lines in made if lines)


# ---- changed


class _Home(Struct):
    """Changed records of one household."""

    first: Record
    records: list[list[CellChange]] = field(default_factory=list)


def _changes(page: _Page) -> list[Line]:
    look = page.look
    pairs = [pair for table in page.comparison.tables for pair in pairs_of(table.changed)]
    if not pairs:
        return []
    homes: dict[tuple[str, ...], _Home] = {}
    for pair in pairs:
        record = pair[0].right_record
        key: tuple[str, ...] = (record.household or "",) if record.table in {"人", "户"} else ("", record.table)
        homes.setdefault(key, _Home(record)).records.append(pair)
    lines = heading(said("changes_of", look.lang, n=number(len(pairs)), cells=number(sum(map(len, pairs)))))
    left = page.shown(len(pairs))
    for key, home in sorted(homes.items(), key=lambda one: not one[0][0]):
        if left <= 0:
            break
        lines += _home_title(key, home.first, look)
        ordered = sorted(home.records, key=lambda pair: pair[0].right_record.table != "户")
        for pair in ordered[:left]:
            lines += _pair(pair, page)
        left -= len(ordered)
    return lines + page.more(len(pairs))


def pairs_of(changes: Iterable[CellChange]) -> list[list[CellChange]]:
    """Return the cells that differ, those of one pair of rows together."""
    return [list(cells) for _, cells in groupby(changes, key=lambda one: (one.left_record.place, one.right_record.place))]  # fmt: skip


def _home_title(key: tuple[str, ...], record: Record, look: Look) -> list[Line]:
    title = household(key[0], look.lang) if key[0] else (key[1] if len(key) > 1 else said("no_household", look.lang))
    place = names((record.township, record.village), " ") if key[0] else ""
    return block(names((title, place), "  "), look.width, "    ", "  ", "bold")


def _pair(pair: list[CellChange], page: _Page) -> list[Line]:
    look, lang = page.look, page.look.lang
    first = page.veil.change(pair[0])
    left, right = first.left_record, first.right_record
    who = said("household_row", lang) if right.table == "户" else _who(right)
    where = f"{page.where.row(left.place, 'left')} ⇄ {page.where.row(right.place, 'right')}"
    lines = block(names((who, where)), look.width, "      ", "    - ", "dim" if look.colour else "")
    for cell in pair:
        shown = page.veil.change(cell)
        was, now = values(shown, page.veil, lang)
        cells = (
            page.where.cells(shown.left_place, "left", left.place),
            page.where.cells(shown.right_place, "right", right.place),
        )
        told = f"{cell.column}{said('colon', lang)}{was} → {now}  [{cells[0]} | {cells[1]}]"
        lines += block(told, look.width, "          ", "      ")
    return lines


def _who(record: Record) -> str:
    """Who a row is about: the person's name, else what names the row."""
    return record.person or names(record.key.values(), " ") or record.table


# ---- only on one side, repeated


def _one_side(page: _Page, side: Side) -> list[Line]:
    comparison, look = page.comparison, page.look
    records = [
        record for table in comparison.tables for record in (table.only_left if side == "left" else table.only_right)
    ]
    if not records:
        return []
    file = comparison.left if side == "left" else comparison.right
    lines = heading(said(f"only_{side}_of", look.lang, file=file, n=number(len(records))))
    repeated = repeated_places(comparison.tables)
    for record in records[: page.shown(len(records))]:
        also = said("repeated_row", look.lang) if record.place in repeated else ""
        shown = page.veil.record(record)
        lines += [*_row(shown, side, page, "    - ", also), *_rest(shown, page)]
    return lines + page.more(len(records))


def _row(record: Record, side: Side, page: _Page, opening: str, also: str = "") -> list[Line]:
    """Who, of which household and village, where, and by what it is known."""
    lang = page.look.lang
    called = said("whole_household", lang) if record.table == "户" else _who(record)
    number_of = record.household
    home = household(number_of, lang) if number_of else ""
    known = [f"{column} {text}" for column, text in record.key.items() if text and text not in {number_of, record.person}]  # fmt: skip
    head = record.person if record.table == "户" else ""
    told = names((called, head, home, names((record.township, record.village), " "), page.where.row(record.place, side), *known, also))  # fmt: skip
    return block(told, page.look.width, " " * len(opening), opening)


def _rest(record: Record, page: _Page) -> list[Line]:
    """What else the row says, two lines at most."""
    told = {record.person, record.household, record.village, record.township, *record.key.values()}
    rest = [f"{column} {text}" for column, text in record.values.items() if text not in told and column not in record.key]  # fmt: skip
    lines = block(names(rest), page.look.width, "      ", style="dim" if page.look.colour else "") if rest else []
    if len(lines) <= _REST:
        return lines
    (indent, (text, style)) = lines[_REST - 1]
    return [*lines[: _REST - 1], (indent, (cut(f"{text} …", page.look.width - 6), style))]


def _duplicates(page: _Page) -> list[Line]:
    duplicates = [each for table in page.comparison.tables for each in table.duplicates]
    if not duplicates:
        return []
    lines = heading(said("duplicates_of", page.look.lang, n=number(len(duplicates))))
    for each in duplicates[: page.shown(len(duplicates))]:
        lines += _duplicate(page.veil.duplicate(each), page)
    return lines + page.more(len(duplicates))


def _duplicate(each: Duplicate, page: _Page) -> list[Line]:
    lang = page.look.lang
    key = names((f"{column} {text}" for column, text in each.records[0].key.items()), said("and", lang))
    told = said("times", lang, side=said(each.side, lang), n=len(each.records), key=key)
    lines = block(told, page.look.width, "      ", "  - ")
    for record in each.records[:5]:
        shown = names((_who(record), household(record.household, lang) if record.household else "", page.where.row(record.place, each.side)))  # fmt: skip
        lines += block(shown, page.look.width, "        ", "      ")
    rest = len(each.records) - 5
    return lines + (block(f"… +{rest}", page.look.width, "      ") if rest > 0 else [])


# ---- households


def _groups(page: _Page) -> list[Line]:
    comparison, lang, veil = page.comparison, page.look.lang, page.veil
    n = len(comparison.moved) + len(comparison.regrouped) + len(comparison.head_changed)
    if not n:
        return []

    def told() -> Iterator[tuple[str, str, str]]:
        for each in comparison.regrouped:
            where = (_rows(each.left, "left", page), _rows(each.right, "right", page))
            yield said(each.kind, lang), regrouped(each, veil, lang), f"{where[0]} ⇄ {where[1]}"
        for change in map(veil.head, comparison.head_changed):
            yield (
                said("head_changed", lang),
                head_changed(change, lang),
                _both(change.left_head, change.right_head, page),
            )
        for move in map(veil.move, comparison.moved):
            yield said("moved", lang), moved(move, lang), _both(move.left, move.right, page)

    lines = heading(said("households_of", lang, n=number(n)))
    for kind, sentence, where in islice(told(), page.shown(n)):
        lines += block(f"{kind}  {sentence}", page.look.width, "      ", "  - ")
        lines += block(where, page.look.width, "      ", style="dim" if page.look.colour else "")
    return lines + page.more(n)


def _rows(records: tuple[Record, ...], side: Side, page: _Page) -> str:
    return names((page.where.row(record.place, side) for record in records), "; ")


def _both(left: Record, right: Record, page: _Page) -> str:
    return f"{page.where.row(left.place, 'left')} ⇄ {page.where.row(right.place, 'right')}"


# ---- suspected


def _suspected(page: _Page) -> list[Line]:
    suspected = page.comparison.suspected
    if not suspected:
        return []
    lines = heading(said("suspected_of", page.look.lang, n=number(len(suspected))))
    for each in sorted(suspected, key=lambda one: -one.score)[: page.shown(len(suspected))]:
        lines += _suspicion(page.veil.suspicion(each), page)
    return lines + page.more(len(suspected))


def _suspicion(each: Suspicion, page: _Page) -> list[Line]:
    lang, width = page.look.lang, page.look.width
    score = f"{each.score:.2f}" if each.score < 0.995 else ">0.99"
    lines: list[Line] = [(("  - ", ""), (f"{said('score', lang)} {score}", "bold"))]
    lines += _row(each.left, "left", page, f"    {said('left', lang)} ")
    lines += _row(each.right, "right", page, f"    {said('right', lang)} ")
    for one in each.evidence:
        lines += block(evidence(one, lang), width, "              ", "      ")
    return lines


def evidence(one: Evidence, lang: Lang) -> str:
    """Return `+9.7 位  证件号码只差一位`."""
    return f"{signed(round(one.weight, 1))} {said('bits', lang)}  {one.en if lang == 'en' else one.zh}"
