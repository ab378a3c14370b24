"""A sheet in, the tables that stand one below the other out: from which row to which, and where their headings are."""

from collections.abc import Iterator, Sequence

from msgspec import Struct

from fupin_cli.engines import Engine
from fupin_cli.model.sheet import Sheet
from fupin_cli.tables.body import NUMBERED
from fupin_cli.tables.columns import claims_of
from fupin_cli.tables.grid import Grid, read_grid
from fupin_cli.tables.headings import DEEPEST, Heading, choose, find_headings, with_second_rows
from fupin_cli.tables.kinds import Claims
from fupin_cli.tables.label_rows import label_rows
from fupin_cli.tables.lexicon import IDENTIFYING, Lexicon
from fupin_cli.values.patterns import regex

FARTHEST = 5000  # where nothing is found in the first rows, headings are looked for down to here
_RULE = regex(r"^[(（]?[\d一二三四五六七八九十]{1,3}[)）.、．]|[。；;]")  # a line of rules for filling, no title


class Segment(Struct, frozen=True):
    """A part of a sheet with one table: from its title (`begin`) to the row before the next (`rest`)."""

    begin: int
    end: int  # where rows of labels begin, if they do
    rest: int
    grid: Grid
    found: tuple[Heading, ...]
    heading: Heading
    notes: int | None = None  # the first row of the rules for filling that stand above `begin`


def segments(engine: Engine, sheet: Sheet, lexicon: Lexicon, grid: Grid) -> Iterator[Segment]:
    """Yield the tables that stand one below the other; `grid` has the first rows."""
    begin = 1
    first = min(grid.raw, default=1)
    found = find_headings(grid, lexicon, surroundings_of(sheet, grid, first), first)
    heading, notes = choose(found), None
    if heading is None and (deep := _deep_heading(engine, sheet, lexicon)):
        notes = first
        begin, grid, heading = deep
        found = [heading]
    while heading is not None:
        heading = with_second_rows(grid, heading)
        later = _next_heading(engine, sheet, lexicon, heading)
        end = later[0] - 1 if later else sheet.last_row
        rest = end if later and later[1] else sheet.last_row
        yield Segment(begin, end, rest, grid, tuple(found), heading, notes)
        if later is None or later[1] is None:
            return
        begin, grid, found, heading, notes = later[0], later[1], [later[2]], later[2], None


def below_notes(engine: Engine, sheet: Sheet, begin: int, top: int) -> int:
    """Return where a table begins whose heading is at `top`: at `begin`, or right above it where a booklet of rules comes first."""
    above = read_grid(engine, sheet, begin, top - 1, DEEPEST + 1)
    if len(above.raw) <= DEEPEST:
        return begin
    near = read_grid(engine, sheet, max(begin, top - 4), top - 1)
    while top - 1 in near.filled and len(near.distinct(top - 1)) == 1 and not _RULE.search(near.distinct(top - 1)[0]):
        top -= 1
    return top


def _deep_heading(engine: Engine, sheet: Sheet, lexicon: Lexicon) -> tuple[int, Grid, Heading] | None:
    """Return the first heading below the rows where one is expected, with where its table begins."""
    for row in label_rows(engine, sheet, lexicon, 0, (), FARTHEST):
        grid = read_grid(engine, sheet, max(1, row - 4), row + 4)
        found = find_headings(grid, lexicon, sheet.name, min(grid.raw, default=row))
        near = [each for each in found if each.top - 1 <= row <= each.bottom + 1]
        if near and near[0].matches >= 3 and near[0].share >= 0.6 and _names_somebody(near[0], lexicon):
            begin = below_notes(engine, sheet, 1, near[0].top)
            return begin, read_grid(engine, sheet, begin, near[0].bottom + 40), near[0]
    return None


def surroundings_of(sheet: Sheet, grid: Grid, top: int) -> str:
    """Return the name of the sheet and the short texts above a row, where a band may be named."""
    above = [text for row in grid.filled if row < top for text in grid.distinct(row) if len(text) <= 60]
    return "\n".join([sheet.name, *above])


def _next_heading(
    engine: Engine, sheet: Sheet, lexicon: Lexicon, current: Heading
) -> tuple[int, Grid, Heading] | tuple[int, None, None] | None:
    """Return where the next table begins with its heading, or where rows of labels end this one."""
    border = None
    claims = claims_of(current, lexicon, sheet.name)
    numbered = [i for name in NUMBERED if (i := claims.column_of(name)) is not None]
    for row in label_rows(engine, sheet, lexicon, current.bottom, numbered):
        if border is not None and row < border:
            continue
        grid = read_grid(engine, sheet, max(current.bottom + 1, row - 4), row + 4)
        found = find_headings(grid, lexicon, sheet.name, min(grid.raw, default=row))
        near = [each for each in found if each.top - 1 <= row <= each.bottom + 1]
        if any(each.same_as(current) and each.bottom == near[0].bottom for each in near):
            continue  # printed again; what stands right above it is no band of it
        if near and near[0].matches >= 3 and near[0].share >= 0.6 and _names_somebody(near[0], lexicon):
            top = border or _title_above(grid, near[0], current)
            return top, grid, near[0]
        if border is None and _has_no_name(grid.row(row), claims, lexicon):
            border = row
    return (border, None, None) if border and not _goes_on(engine, sheet, numbered, border) else None


def _has_no_name(texts: Sequence[str | None], claims: Claims, lexicon: Lexicon) -> bool:
    """Tell a row of labels from a record: nothing stands in the columns of names but labels."""
    names = [texts[i] for name in IDENTIFYING if (i := claims.column_of(name)) is not None]
    return all(lexicon.candidates((text,)) for text in names if text)


def _goes_on(engine: Engine, sheet: Sheet, numbered: Sequence[int], border: int) -> bool:
    """Tell whether records with numbers follow, so that a row of labels ends nothing."""
    if not numbered:
        return False
    found = " OR ".join(f"""regexp_matches("c{i}", '[0-9]{{6}}')""" for i in numbered)
    return bool(engine.rows(f'SELECT 1 FROM "{sheet.relation}" WHERE "r" > ? AND ({found}) LIMIT 1', (border,)))


def _names_somebody(heading: Heading, lexicon: Lexicon) -> bool:
    return any(each.column in IDENTIFYING for levels in heading.spoken for each in lexicon.candidates(levels))


def _title_above(grid: Grid, heading: Heading, current: Heading) -> int:
    """Return the first row of the titles right above a heading."""
    top = heading.top
    while top - 1 > current.bottom and len(grid.distinct(top - 1)) == 1:
        top -= 1
    return top
