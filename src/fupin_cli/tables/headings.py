"""Find the heading rows of a grid: runs of one to four rows whose texts the dictionary knows."""

from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from fupin_cli.model.sheet import Kind, Merge
from fupin_cli.tables import heading_text
from fupin_cli.tables.grid import Grid, Texts
from fupin_cli.tables.lexicon import Lexicon, is_serial
from fupin_cli.tables.other_times import is_year, spoken
from fupin_cli.values.patterns import regex

DEEPEST = 30  # headings are looked for in the first thirty rows of a table
LEVELS = 4
_LINE = regex(r"[:：]\s*\S{0,20}$|[:：].*[:：]")
_TITLE_END = regex(r"(表|册|台账|名单|清单|明细|汇总|统计|附件\d*)[)）]?$")
_VALUE = regex(r"^[-+]?[\d,]*\.?\d+%?$|^\d{4}[-/.年]\d{1,2}|[{}$]|^\d{6,}")
_NUMBER_CELL = regex(rf"^[{heading_text.CIRCLED}]+$|^[(（]?\d{{1,3}}(\.\d)?[)）]?$|^[甲乙丙丁戊己栏次]+$")
_CODE_CELL = regex(r"^[A-Za-z]{2,4}\d{2,4}[A-Za-z]?(_\d)?$")


class Heading(Struct, frozen=True):
    """A run of heading rows."""

    top: int
    bottom: int
    levels: tuple[tuple[str, ...], ...]  # one tuple a column, from the band to the leaf; () = no heading
    matches: int  # columns the dictionary knows
    score: float

    @property
    def rows(self) -> tuple[int, ...]:
        """Every heading row."""
        return tuple(range(self.top, self.bottom + 1))

    @property
    def spoken(self) -> tuple[tuple[str, ...], ...]:
        """The levels as the dictionary knows them: of 变更前 and 变更后, or of several years, over the same leaves, the leaves."""
        return spoken(self.levels)

    @property
    def share(self) -> float:
        """The known part of the headings, 0 … 1."""
        return self.matches / max(1, sum(1 for levels in self.levels if levels))

    def same_as(self, other: "Heading") -> bool:
        """Tell whether the other run is this one pasted again."""
        mine = [heading_text.bare("".join(levels)) for levels in self.levels]
        theirs = [heading_text.bare("".join(levels)) for levels in other.levels]
        shared = sum(1 for one, two in zip(mine, theirs, strict=False) if one and one == two)
        return shared >= 0.7 * max(sum(map(bool, mine)), sum(map(bool, theirs)))


def find_headings(grid: Grid, lexicon: Lexicon, surroundings: str, first: int = 1) -> list[Heading]:
    """Return the runs that may be headings, the best first."""
    found = []
    for bottom in grid.filled:
        if (
            not first <= bottom < first + DEEPEST
            or not _may_be_leaf(grid, bottom)
            or _only_a_value(grid, lexicon, bottom)
        ):
            continue
        runs = [_judge(grid, lexicon, surroundings, top, bottom) for top in _tops(grid, bottom, first)]
        found += [run for run in _with_bands(grid, runs) if run.matches]
    return sorted(found, key=lambda heading: -heading.score)


def heading_at(grid: Grid, lexicon: Lexicon, surroundings: str, top: int, bottom: int) -> Heading:
    """Return the run of heading rows that the user names; rows of units and translations are told from its leaves."""
    for last in range(top, bottom):
        upper = _judge(grid, lexicon, surroundings, top, last)
        if upper.matches and (whole := with_second_rows(grid, upper)).bottom == bottom:
            return whole
    return _judge(grid, lexicon, surroundings, top, bottom)


def with_second_rows(grid: Grid, heading: Heading) -> Heading:
    """Add the rows below a heading that say it again in another language, or the units of its columns."""
    return _with_units(grid, _with_translation(grid, _with_units(grid, heading)))


def _with_translation(grid: Grid, heading: Heading) -> Heading:
    """Add a row below a heading that says it again in Latin letters (Household No., Name); its words are not looked up."""
    row = heading.bottom + 1
    texts = [text for text in grid.raw.get(row, ()) if text]
    words = [text for text in texts if heading_text.in_latin(text)]
    named = sum(1 for levels in heading.levels if levels)
    if len(words) < len(texts) or len(set(words)) < max(2, named / 2):
        return heading
    return replace(heading, bottom=row)


def _with_units(grid: Grid, heading: Heading) -> Heading:
    """Add a row of units below a heading (元, 平方米, 亩) to its leaves, as if they stood in brackets there."""
    row = heading.bottom + 1
    texts = [text for text in grid.raw.get(row, ()) if text]
    if not texts or not all(map(heading_text.is_unit, texts)):
        return heading
    levels = tuple(
        (*levels[:-1], f"{levels[-1]}({heading_text.squeeze(unit).strip('()')})") if levels and unit else levels
        for levels, unit in zip(heading.levels, grid.raw[row], strict=True)
    )
    return replace(heading, bottom=row, levels=levels)


def choose(found: Sequence[Heading]) -> Heading | None:
    """Return the first run that is nearly as good as the best: of two tables in one sheet, the upper one."""
    if not found:
        return None
    best = found[0]
    good = [each for each in found if each.score >= 0.6 * best.score and each.share >= 0.5 and each.matches >= 3]
    upper = min(good, key=lambda each: each.bottom, default=best)
    if upper.bottom >= best.top:
        return best
    return max((each for each in good if each.top <= upper.bottom <= each.bottom), key=lambda each: each.score)


def rival(found: Sequence[Heading], chosen: Heading) -> Heading | None:
    """Return another run, elsewhere and with other texts, that fits nearly as well."""
    again = {each.bottom for each in found if each.same_as(chosen)}
    for each in found:
        apart = each.top > chosen.bottom or each.bottom < chosen.top
        if apart and each.score >= 0.85 * chosen.score and each.bottom not in again:
            return each
    return None


def number_rows(grid: Grid, heading: Heading, identifying: Sequence[int]) -> tuple[int, ...]:
    """Return the rows right below a heading that number, score or code its columns: ①②③, 1 2 3, AAC001.

    `identifying` are the indexes of the columns that name a record; a record has more than a short number there.
    """
    found = []
    for row in range(heading.bottom + 1, heading.bottom + 4):
        texts = list(dict.fromkeys(text for text in grid.raw.get(row, ()) if text))  # no heading merged down to it
        if not texts:
            continue
        names = {grid.row(row)[i] for i in identifying} - {None}
        counts = all(_NUMBER_CELL.match(text) for text in texts) and (names or len(texts) > 1)
        codes = len(texts) > 1 and all(_CODE_CELL.match(text) for text in texts)
        if not (counts or codes):
            break
        found.append(row)
    return tuple(found)


def _with_bands(grid: Grid, runs: Sequence[Heading]) -> Sequence[Heading]:
    """Keep the deepest of the runs that end in one row, where merged cells tie its bands to the leaves.

    Without its band a leaf may be taken for something else: 工资性收入 under 风险消除后 is another amount.
    """
    most = max((run.matches for run in runs), default=0)
    tied = [run for run in runs[1:] if run.matches >= 0.6 * most and _is_tied(grid, run)]
    return [max(tied, key=lambda run: run.bottom - run.top)] if tied else runs


def _is_tied(grid: Grid, run: Heading) -> bool:
    """Tell whether a merged cell begins in the top row and reaches over several columns, or down to the leaves."""
    return any(
        merge.first_row == run.top and (merge.last_row >= run.bottom or merge.last_column > merge.first_column)
        for merge in grid.merges
    )


def _tops(grid: Grid, bottom: int, first: int) -> Iterator[int]:
    yield bottom
    for top in range(bottom - 1, max(first, bottom - LEVELS + 1) - 1, -1):
        if not _may_be_band(grid, top, bottom):
            return
        yield top


def _may_be_leaf(grid: Grid, row: int) -> bool:
    texts = grid.distinct(row)
    if len(texts) < 2 or sum(map(len, texts)) / len(texts) > 30:
        return False
    values = sum(1 for text in texts if _VALUE.search(text))
    years = sum(1 for text in _banded(grid, row) if text and is_year(text))
    return values - years <= max(1, len(texts) // 3) and not is_line(texts)


def _banded(grid: Grid, row: int) -> list[str | None]:
    """Return the cells of a row that have a text merged over several columns right above them."""
    spans = [m for m in grid.merges if m.last_row == row - 1 and m.first_column < m.last_column]
    return [text for i, text in enumerate(grid.row(row)) if any(m.first_column <= i <= m.last_column for m in spans)]


def _only_a_value(grid: Grid, lexicon: Lexicon, row: int) -> bool:
    """Tell a row of a form that is still to be filled: nothing stands in it but a word of a code list (户主)."""
    own = [text for text in grid.raw.get(row, ()) if text]
    return len(own) == 1 and heading_text.plain(own[0]) in lexicon.spelled.values


def _may_be_band(grid: Grid, row: int, bottom: int) -> bool:
    """Tell a row of bands from a title, a line of places and units, a note and a row of data."""
    texts = grid.distinct(row)
    numbers = sum(1 for text in texts if _VALUE.search(text) and not (is_year(text) and _is_wide(grid, row, text)))
    if not texts or is_line(texts) or any(len(text) > 40 for text in texts) or numbers > len(texts) // 3:
        return False
    if any(_TITLE_END.search(text) and len(text) > 6 for text in texts):
        return False
    if numbers and not any(m.first_row <= row < m.last_row for m in grid.merges):
        return False
    here, leaf = grid.row(row), grid.row(bottom)
    if len(texts) == 1:
        covered = sum(1 for text in here if text)
        starts = next(i for i, text in enumerate(here) if text)
        return starts > next((i for i, text in enumerate(leaf) if text), 0) and covered < 0.6 * len(leaf)
    joined = any(here[i] and here[i] == leaf[i] for i in range(grid.width))
    gaps = any(bool(leaf[i]) != bool(here[i]) for i in range(grid.width))
    wide = any(m.first_row <= row <= m.last_row and m.last_column > m.first_column for m in grid.merges)
    return joined or gaps or wide


def _is_wide(grid: Grid, row: int, text: str) -> bool:
    """Tell whether a text of a row is merged over several columns."""
    texts = grid.raw.get(row, ())
    wide = [m.first_column for m in grid.merges if m.first_row == row and m.last_column > m.first_column]
    return any(texts[column] == text for column in wide if column < len(texts))


def is_line(texts: Sequence[str]) -> bool:
    """Tell a line of places, units and dates (乡镇：… 单位：元) from a row of headings."""
    return len(texts) <= 6 and sum(1 for text in texts if _LINE.search(text)) * 2 >= len(texts)


def _judge(grid: Grid, lexicon: Lexicon, surroundings: str, top: int, bottom: int) -> Heading:
    levels = tuple(_column_levels(grid, top, bottom))
    named = [each for each in levels if each]
    known = [bool(lexicon.candidates(each, surroundings)) for each in spoken(levels)]
    matches = sum(known)
    values = sum(1 for each in named if _VALUE.search(each[-1]))
    cut = sum(1 for m in grid.merges if _cuts(m.first_row, m.last_row, top, bottom) and m.first_row < m.last_row)
    serial = 0.5 * any(is_serial(each) for each in named)
    share = 2 * matches / max(1, len(named))
    contrast = _contrast(grid, known, bottom)
    score = matches + serial + share + contrast - values - 0.5 * cut + 0.05 * (bottom - top) - 0.02 * bottom
    return Heading(top, bottom, levels, matches, score)


def _cuts(first: int, last: int, top: int, bottom: int) -> bool:
    """Tell whether a merged range reaches out of the run on one side only."""
    inside = first <= bottom and last >= top
    return inside and (first < top or last > bottom)


def _contrast(grid: Grid, known: Sequence[bool], bottom: int) -> float:
    """Return the part of the known columns whose next row is a number or a date, 0 … 1."""
    below = grid.kinds.get(bottom + 1)
    if below is None or not any(known):
        return 0.0
    typed = sum(1 for i, kind in enumerate(below) if known[i] and kind in (Kind.NUMBER, Kind.DATE, Kind.PERCENT))
    return typed / sum(known)


def _column_levels(grid: Grid, top: int, bottom: int) -> Iterator[tuple[str, ...]]:
    rows = [_spread(grid, row, bottom) for row in range(top, bottom)] + [grid.row(bottom)]
    wide = _covered(grid, top, bottom)
    for i in range(grid.width):
        levels: list[str] = []
        for row, texts in enumerate(rows, top):
            text = texts[i] if (row, i) not in wide else None
            if text and (not levels or heading_text.squeeze(text) != heading_text.squeeze(levels[-1])):
                levels.append(text)
        yield tuple(levels)


def _covered(grid: Grid, top: int, bottom: int) -> set[tuple[int, int]]:
    """Return the cells that a leaf merged over several columns covers; it names the first column only."""

    def is_leaf(merge: Merge) -> bool:
        below = [
            text
            for row in range(merge.last_row + 1, bottom + 1)
            for text in grid.raw.get(row, ())[merge.first_column : merge.last_column + 1]
        ]
        return merge.first_row <= bottom and merge.last_row >= top and not any(below)

    return {
        (row, column)
        for merge in grid.merges
        if is_leaf(merge)
        for row in range(merge.first_row, bottom + 1)
        for column in range(merge.first_column + 1, merge.last_column + 1)
    }


def _spread(grid: Grid, row: int, bottom: int) -> Texts:
    """Carry a band that was not merged rightward over the blank cells that have a leaf below."""
    spread = list(grid.row(row))
    leaf = [any(grid.row(each)[i] for each in range(row + 1, bottom + 1)) for i in range(grid.width)]
    for i in range(1, grid.width):
        left_is_free = (row, i - 1) not in grid.merged or spread[i - 1] != grid.row(row)[i - 1]
        if spread[i] is None and leaf[i] and leaf[i - 1] and left_is_free and (row, i) not in grid.merged:
            spread[i] = spread[i - 1]
    return tuple(spread)
