"""A raw Sheet in, the parts of it out that hold tables side by side: each a view of its own columns."""

from collections import Counter
from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from fupin_cli.engines import Engine
from fupin_cli.model.place import letter
from fupin_cli.model.sheet import Merge, Sheet
from fupin_cli.model.table import Layout
from fupin_cli.tables.columns import claims_of
from fupin_cli.tables.grid import Grid
from fupin_cli.tables.headings import Heading, choose, find_headings, is_line
from fupin_cli.tables.kinds import Claims
from fupin_cli.tables.lexicon import IDENTIFYING, Lexicon
from fupin_cli.tables.repeats import Repeats, find_repeats, is_folded, same_values

_MOST = 30  # blocks between blank columns; more are no tables
_APART = 3  # rows of the shorter of two tables of different length, and rows the longer has more


class Block(Struct, frozen=True):
    """Neighbouring columns, and the heading that stands in them."""

    first: int
    last: int
    heading: Heading | None
    claims: Claims | None

    def stands(self, lexicon: Lexicon) -> bool:
        """Tell whether the block is a table by itself: its heading identifies something, and says more."""
        if self.claims is None:
            return False
        names = self.claims.names
        if lexicon.list_name is not None:
            return len(names) >= 2 and bool(names & {lexicon.key, "姓名", "证件号码"})
        of_villages = sum(1 for name in names if lexicon.columns[name].level == "村")
        return len(names) >= 2 and (bool(names & set(IDENTIFYING)) or ("村" in names and of_villages >= 2))


def side_by_side(engine: Engine, sheet: Sheet, grid: Grid, lexicon: Lexicon) -> list[Sheet]:
    """Return the sheet itself, or for each table beside another the sheet with nothing in the other columns.

    `grid` has its first rows. Rows, columns and merged ranges stay Excel's.
    """
    cuts = list(_cuts(engine, sheet, grid, lexicon))
    if not cuts:
        return [sheet]
    ends = [*cuts, sheet.width]
    return [part_of(engine, sheet, first, last - 1) for first, last in zip([0, *cuts], ends, strict=True)]


def _cuts(engine: Engine, sheet: Sheet, grid: Grid, lexicon: Lexicon) -> Iterator[int]:
    """Yield the columns at which another table begins."""
    spans = list(_spans(grid))
    if not 1 < len(spans) <= _MOST:
        yield from _folds(engine, sheet, grid, lexicon, 0, grid.width - 1)
        return
    blocks = [_block(grid, lexicon, sheet, first, last) for first, last in spans]
    left, begin = blocks[0], 0
    for right in blocks[1:]:
        if _are_apart(engine, sheet, (left, right), grid, lexicon):
            yield from _folds(engine, sheet, grid, lexicon, begin, right.first - 1)
            yield right.first
            left, begin = right, right.first
        else:
            left = _block(grid, lexicon, sheet, left.first, right.last)
    yield from _folds(engine, sheet, grid, lexicon, begin, grid.width - 1)


def _spans(grid: Grid) -> Iterator[tuple[int, int]]:
    """Yield the runs of columns between columns that are blank and under no merged cell but a title's."""
    filled = {i for texts in grid.raw.values() for i, text in enumerate(texts) if text}
    for merge in grid.merges:
        if not _is_title(merge, grid):
            filled.update(range(merge.first_column, merge.last_column + 1))
    begin = None
    for i in range(grid.width + 1):
        if i in filled and begin is None:
            begin = i
        elif i not in filled and begin is not None:
            yield begin, i - 1
            begin = None


def _is_title(merge: Merge, grid: Grid) -> bool:
    texts = grid.distinct(merge.first_row)
    return len(texts) <= 1 or is_line(texts)


def _block(grid: Grid, lexicon: Lexicon, sheet: Sheet, first: int, last: int) -> Block:
    own = cut(grid, first, last)
    heading = choose(find_headings(own, lexicon, sheet.name, min(own.filled, default=1)))
    return Block(first, last, heading, claims_of(heading, lexicon, sheet.name) if heading else None)


def cut(grid: Grid, first: int, last: int) -> Grid:
    """Return the grid with nothing outside these columns; rows without anything left are gone."""

    def only(rows: dict[int, tuple[str | None, ...]]) -> dict[int, tuple[str | None, ...]]:
        kept = {
            row: tuple(text if first <= i <= last else None for i, text in enumerate(texts))
            for row, texts in rows.items()
        }
        return {row: texts for row, texts in kept.items() if any(texts)}

    merges = tuple(_clipped(grid.merges, first, last))
    merged = frozenset((row, column) for row, column in grid.merged if first <= column <= last)
    raw = only(grid.raw)
    kinds = {
        row: tuple(kind if first <= i <= last else 0 for i, kind in enumerate(kinds))
        for row, kinds in grid.kinds.items()
        if row in raw
    }
    return Grid(grid.width, raw, kinds, only(grid.filled), merges, merged)


def _clipped(merges: Sequence[Merge], first: int, last: int) -> Iterator[Merge]:
    """Yield the merged ranges whose text stands in these columns."""
    for merge in merges:
        if first <= merge.first_column <= last:
            yield replace(merge, last_column=min(merge.last_column, last))


def _are_apart(engine: Engine, sheet: Sheet, pair: tuple[Block, Block], grid: Grid, lexicon: Lexicon) -> bool:
    """Tell two tables from one with a blank column in it."""
    left, right = pair
    stand = left.stands(lexicon), right.stands(lexicon)
    if not any(stand) or right.heading is None or _is_joined(left, right, grid):
        return False
    if left.heading is None:
        return _is_form(left, right.heading, grid)
    if not all(stand):
        return not _shares_heading(pair, stand, grid) or _is_box(engine, sheet, pair, stand)
    if left.heading.bottom < right.heading.top or right.heading.bottom < left.heading.top:
        return True
    whole = _block(grid, lexicon, sheet, left.first, right.last)
    if whole.heading and (found := find_repeats(whole.heading, lexicon, sheet.name)):
        return _folded(engine, sheet, found, whole.heading, lexicon)
    return _differ_in_length(engine, sheet, pair)


def _is_form(block: Block, beside: Heading, grid: Grid) -> bool:
    """Tell a block without a heading of its own that goes on beside a table: a form, a list of another kind; no titles."""
    rows = [row for row in grid.raw if row >= beside.top and any(grid.row(row)[block.first : block.last + 1])]
    return block.last > block.first and len(rows) >= _APART


def _is_joined(left: Block, right: Block, grid: Grid) -> bool:
    """Tell whether a merged cell reaches over both, but for a title."""
    return any(
        merge.first_column <= left.last and merge.last_column >= right.first and not _is_title(merge, grid)
        for merge in grid.merges
    )


def _shares_heading(pair: tuple[Block, Block], stand: tuple[bool, bool], grid: Grid) -> bool:
    """Tell whether the block that is no table has a text in the heading rows of the one that is."""
    table, other = pair if stand[0] else (pair[1], pair[0])
    rows = table.heading.rows if table.heading else ()
    return any(text for row in rows for text in grid.row(row)[other.first : other.last + 1])


def _extents(engine: Engine, sheet: Sheet, blocks: Sequence[Block], below: int) -> list[tuple[int, int, int]]:
    """Return of each block how many rows it has below a row, the last of them, and how many have every cell filled."""
    fields = []
    for block in blocks:
        cells = [f'"c{i}"' for i in range(block.first, block.last + 1)]
        some = " OR ".join(f"{cell} IS NOT NULL" for cell in cells)
        each = " AND ".join(f"{cell} IS NOT NULL" for cell in cells)
        fields += [f"count(*) FILTER ({_where(some)})", f'coalesce(max("r") FILTER ({_where(some)}), 0)']
        fields.append(f"count(*) FILTER ({_where(each)})")
    row = engine.rows(f'SELECT {", ".join(fields)} FROM "{sheet.relation}" WHERE "r" > ?', (below,))[0]
    return [(int(row[3 * i]), int(row[3 * i + 1]), int(row[3 * i + 2])) for i in range(len(blocks))]


def _where(condition: str) -> str:
    return f"WHERE {condition}"


def _is_box(engine: Engine, sheet: Sheet, pair: tuple[Block, Block], stand: tuple[bool, bool]) -> bool:
    """Tell a small box beside a table (a count, a list of codes) from columns of the table that say nothing by themselves."""
    table, other = pair if stand[0] else (pair[1], pair[0])
    if other.last == other.first or table.heading is None:
        return False
    below = table.heading.bottom
    (rows, end, _), (few, last, full) = _extents(engine, sheet, (table, other), below)
    solid = full == few == last - below
    return few > 0 and solid and few <= 0.6 * rows and rows - few >= _APART and last < end


def _differ_in_length(engine: Engine, sheet: Sheet, pair: tuple[Block, Block]) -> bool:
    """Tell whether two blocks without a gap inside are of different length: rows of one are not rows of the other."""
    headings = [block.heading for block in pair if block.heading]
    below = max(heading.bottom for heading in headings)
    found = _extents(engine, sheet, pair, below)
    short, long = sorted(found)
    solid = all(rows == last - below for rows, last, _ in found)
    return solid and short[0] >= _APART and long[0] - short[0] >= _APART


def _folds(engine: Engine, sheet: Sheet, grid: Grid, lexicon: Lexicon, first: int, last: int) -> Iterator[int]:
    """Yield where a heading begins again in neighbouring columns: a list folded into columns of blocks."""
    if not _say_twice([grid.row(row)[first : last + 1] for row in list(grid.raw)[:30]], lexicon):
        return
    heading = _block(grid, lexicon, sheet, first, last).heading
    if heading is None:
        return
    found = find_repeats(heading, lexicon, sheet.name)
    if found and _folded(engine, sheet, found, heading, lexicon):
        yield from (group[0] for group in found.groups[1:])


def _say_twice(rows: Sequence[Sequence[str | None]], lexicon: Lexicon) -> bool:
    """Tell whether a row has a word twice that names a person or a household: looked at before anything dear is done."""
    twice = {text for texts in rows for text, times in Counter(texts).items() if text and times > 1 and len(text) < 20}
    return any(each.column in IDENTIFYING for text in twice for each in lexicon.candidates((text,)))


def _folded(engine: Engine, sheet: Sheet, found: Repeats, heading: Heading, lexicon: Lexicon) -> bool:
    return is_folded(engine, sheet, found, heading.bottom, lexicon) and not same_values(
        engine, sheet, found, heading.bottom
    )


def part_of(engine: Engine, sheet: Sheet, first: int, last: int) -> Sheet:
    """Make the view of some columns: r, and the cells of the others NULL."""
    own = range(first, last + 1)
    cells = [
        f'"c{i}", "k{i}"' if i in own else f'CAST(NULL AS VARCHAR) AS "c{i}", CAST(NULL AS UTINYINT) AS "k{i}"'
        for i in range(sheet.width)
    ]
    relation = f"{sheet.relation}_{letter(first)}"
    some = " OR ".join(f'"c{i}" IS NOT NULL' for i in own)
    engine.run(
        f"""CREATE OR REPLACE VIEW "{relation}" AS SELECT "r", {", ".join(cells)} FROM "{sheet.relation}" WHERE {some}"""
    )
    rows, end = engine.rows(f'SELECT count(*), coalesce(max("r"), 0) FROM "{relation}"')[0]
    merges = tuple(_clipped(sheet.merges, first, last))
    return replace(sheet, relation=relation, row_count=int(rows), last_row=int(end), merges=merges, kinds=(), texts=())


def under_one_title(others: Sequence[Layout], layout: Layout) -> Layout:
    """Return a layout that has nothing above its heading with the title, the day and the lines of the table left of it."""
    left = next((each for each in others if each.sheet.relation != layout.sheet.relation), None)
    top = min(layout.heading_rows, default=1)
    own = [out for out in layout.left_out if out.first_row < top]
    if left is None or own or min(left.heading_rows, default=0) > top:
        return layout
    names = {each.column for each in layout.columns}
    above = [each for each in left.columns if each.cell and each.cell.row < top and each.column not in names]
    titles = [out for out in left.left_out if out.last_row < top]
    return replace(
        layout,
        title=left.title,
        dated=left.dated,
        columns=(*layout.columns, *above),
        left_out=(*titles, *layout.left_out),
    )
