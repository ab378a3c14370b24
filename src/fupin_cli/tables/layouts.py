"""Turn a raw Sheet into the layouts of the tables that stand in it."""

from collections.abc import Iterator, Sequence
from functools import partial

from msgspec import Struct, field
from msgspec.structs import replace

from fupin_cli.catalogue import both
from fupin_cli.engines import Engine
from fupin_cli.model.dictionary import Dictionary
from fupin_cli.model.place import letter
from fupin_cli.model.settings import Wishes
from fupin_cli.model.sheet import Merge, Sheet
from fupin_cli.model.table import Layout, LeftOut, Mapped
from fupin_cli.tables.body import Body, Frame, find_body
from fupin_cli.tables.boxes import boxes_of, rows_between
from fupin_cli.tables.columns import Headed, Mapping, claims_of, map_columns, written
from fupin_cli.tables.dates_in_titles import date_in
from fupin_cli.tables.form_columns import forms_beside
from fupin_cli.tables.form_layouts import form_layouts
from fupin_cli.tables.grid import Grid, read_grid
from fupin_cli.tables.headings import Heading, find_headings, heading_at, number_rows, rival
from fupin_cli.tables.kinds import Claims, Doubt, decide_kind
from fupin_cli.tables.labels import Labelled
from fupin_cli.tables.lexicon import IDENTIFYING, Candidate, Lexicon, build_lexicon, is_serial
from fupin_cli.tables.lines_above import under_lines
from fupin_cli.tables.other_times import OtherTime, of_other_times
from fupin_cli.tables.segments import Segment, below_notes, segments, surroundings_of
from fupin_cli.tables.side_by_side import side_by_side, under_one_title
from fupin_cli.tables.spread import find_spread
from fupin_cli.tables.titles import day_of, titles_of, unit_above


class Asked(Struct, frozen=True):
    """What the user says of one table, before its own words are asked."""

    kind: str | None = None  # 户, 人 or 村; None: as found
    given: dict[int, str] = field(default_factory=dict)  # column of the sheet → canonical column
    unread: frozenset[int] = frozenset()  # columns of the sheet that are not to be read
    mapping: Mapping | None = None  # what its headings mean, where that is known

    def of(self, claims: Claims) -> Claims:
        """Return what the headings may mean after this."""
        candidates = list(claims.candidates)
        for i, column in self.given.items():
            candidates[i] = (Candidate(column, "given"),)
        for i in self.unread:
            candidates[i] = ()
        return replace(claims, candidates=tuple(candidates))


def find_layouts(engine: Engine, sheet: Sheet, dictionary: Dictionary, wishes: Wishes) -> list[Layout]:
    """Return every table of the sheet that reads like a registry or like the list the user named; [] for none.

    `source` counts the tables of this sheet from 0; the job numbers them over all sheets.
    """
    if sheet.row_count == 0 or (wishes.sheets and sheet.name not in wishes.sheets):
        return []
    lexicon = build_lexicon(dictionary, wishes)
    layouts: list[Layout] = []
    whole = read_grid(engine, sheet, 1, sheet.last_row)
    labelled = Labelled(lexicon, dictionary)
    if forms := _forms(engine, sheet, whole, labelled):
        return forms
    for part in side_by_side(engine, sheet, whole, lexicon):
        grid = whole if part is sheet else read_grid(engine, part, 1, part.last_row)
        for segment in segments(engine, part, lexicon, grid):
            found = _tables(engine, part, segment, lexicon, len(layouts))
            titled = [under_one_title(layouts, layout) for layout in found]
            for layout in titled:
                layouts += under_lines(engine, layout, segment.grid, segment.begin, labelled)
    return [replace(layout, source=source) for source, layout in enumerate(layouts)]


def _tables(engine: Engine, sheet: Sheet, segment: Segment, lexicon: Lexicon, source: int) -> list[Layout]:
    """Return the table of a segment; where members stand side by side, that of the households and one a member."""
    surroundings = surroundings_of(sheet, segment.grid, segment.heading.top)
    claims, others = _claims(sheet, segment, lexicon, surroundings)
    headed = Headed(segment.heading, claims, "户", lexicon, unit_above(segment))
    spread = None if any(each.old for each in others) else find_spread(engine, sheet, headed, surroundings)
    asked = Asked("户", mapping=spread.whole) if spread else None
    layout = _layout(engine, sheet, segment, lexicon, source, asked)
    if layout is None:
        return []
    return spread.apart(engine, layout, lexicon) if spread else [layout]


def _forms(engine: Engine, sheet: Sheet, grid: Grid, labelled: Labelled) -> list[Layout]:
    """Return the layouts of a sheet whose rows are no records but labels and values, [] of any other sheet."""
    if labelled.lexicon.list_name is not None:
        return []
    found = []
    for part, own, rows in forms_beside(engine, sheet, grid, boxes_of(grid), labelled):
        members = partial(_members, engine, part, labelled.lexicon)
        found += form_layouts(engine, part, own, rows, labelled, members)
    return [replace(layout, source=source) for source, layout in enumerate(found)]


def _members(engine: Engine, sheet: Sheet, lexicon: Lexicon, whole: Grid, first: int, last: int) -> Layout | None:
    """Return the layout of the grid of members that a form has between two rows."""
    part = rows_between(whole, first, last)
    found = find_headings(part, lexicon, sheet.name, first)
    heading = next((each for each in found if each.top == first), None)
    if heading is None:
        return None
    segment = Segment(first, last, last, part, (heading,), heading)
    sides = frozenset(i for merge in _beside(segment) for i in range(merge.first_column, merge.last_column + 1))
    layout = _layout(engine, sheet, segment, lexicon, 0, Asked("人", unread=sides))
    return layout and replace(layout, unmapped=layout.unmapped | layout.unread, unread={})


def layout_at(
    engine: Engine, sheet: Sheet, rows: Sequence[int], extent: tuple[int, int, int], lexicon: Lexicon, asked: Asked
) -> Layout | None:
    """Read the table whose heading rows are given.

    Args:
        engine: where the cells are.
        sheet: the sheet, or the part of it with the table's columns.
        rows: its heading rows.
        extent: its first row with its title, its last, and the last before the next table.
        lexicon: the headings of the run.
        asked: what the user says of it.
    """
    first, end, rest = extent
    begin = below_notes(engine, sheet, first, rows[0])
    grid = read_grid(engine, sheet, begin, rest)
    heading = heading_at(grid, lexicon, surroundings_of(sheet, grid, rows[0]), rows[0], rows[-1])
    return _layout(engine, sheet, Segment(begin, end, rest, grid, (heading,), heading, first), lexicon, 0, asked)


def _layout(
    engine: Engine, sheet: Sheet, segment: Segment, lexicon: Lexicon, source: int, asked: Asked | None = None
) -> Layout | None:
    heading = segment.heading
    surroundings = surroundings_of(sheet, segment.grid, heading.top)
    claims, others = _claims(sheet, segment, lexicon, surroundings)
    claims = asked.of(claims) if asked else _without_side_label(claims, segment)
    kind = (asked.kind if asked else None) or decide_kind(engine, sheet, heading.bottom, claims, lexicon)
    if kind is None:
        return None
    titles = titles_of(segment)
    mapping = (asked.mapping if asked else None) or map_columns(
        engine,
        sheet,
        Headed(heading, claims, kind, lexicon, unit_above(segment), asked.unread if asked else frozenset()),
    )
    if not asked and not _is_table(mapping.columns, kind, lexicon):
        return None
    key = "村" if kind == "村" else lexicon.key if lexicon.list_name else None
    body = _body(engine, sheet, segment, mapping, kind, key)
    booklet = range(segment.notes or segment.begin, segment.begin)
    rules = (LeftOut(booklet[0], booklet[-1], "note"),) if booklet else ()
    aside = {each: [i for i in each.columns if letter(i) in mapping.unmapped] for each in others}
    apart = tuple(each.doubt(columns) for each, columns in aside.items() if columns)
    return Layout(
        source=source,
        sheet=sheet,
        kind=kind,
        title=titles[0] if titles else "",
        heading_rows=heading.rows,
        first_row=body.first_row,
        last_row=body.last_row,
        columns=mapping.columns,
        unmapped=mapping.unmapped,
        left_out=(*rules, *body.left_out),
        doubts=(*apart, *_doubts(sheet, segment, mapping, body)),
        dated=day_of(sheet, segment),
        unread=mapping.unread,
        explained=(*mapping.explained, *(letter(i) for columns in aside.values() for i in columns)),
    )


def _body(  # a table has that many parts
    engine: Engine, sheet: Sheet, segment: Segment, mapping: Mapping, kind: str, key: str | None
) -> Body:
    """Return the extent of a table's rows."""
    heading = segment.heading
    names = [each.index for each in mapping.columns if each.column in IDENTIFYING or each.column in ("村", key)]
    serial = next((i for i, levels in enumerate(heading.levels) if is_serial(levels)), None)
    numbered = number_rows(segment.grid, heading, names)
    taken = {serial, *(each.index for each in mapping.columns)}
    end = min(segment.end, _end_beside(segment, taken) or segment.end)
    frame = Frame(segment.grid, heading, mapping.columns, kind, segment.begin, end, segment.rest, numbered, serial, key)
    return find_body(engine, sheet, frame)


def _claims(
    sheet: Sheet, segment: Segment, lexicon: Lexicon, surroundings: str
) -> tuple[Claims, tuple[OtherTime, ...]]:
    """Return what the headings may mean, and the bands of another time, under which none means anything."""
    claims = claims_of(segment.heading, lexicon, surroundings)
    naming = frozenset(
        i for i, meant in enumerate(claims.candidates) if any(each.column in IDENTIFYING for each in meant)
    )
    others = of_other_times(segment.heading.levels, day_of(sheet, segment), naming, lexicon.as_of)
    off = frozenset(i for each in others for i in each.columns)
    candidates = tuple(
        tuple(each for each in meant if i not in off or each.how == "given")
        for i, meant in enumerate(claims.candidates)
    )
    return replace(claims, candidates=candidates, off=off), tuple(others)


def _beside(segment: Segment) -> list[Merge]:
    """Return the labels that stand beside heading and rows of a card (家庭成员情况)."""
    heading = segment.heading
    return [
        merge for merge in segment.grid.merges if merge.first_row in heading.rows and merge.last_row > heading.bottom
    ]


def _without_side_label(claims: Claims, segment: Segment) -> Claims:
    """Take the one label beside heading and rows for no heading of a column."""
    beside = _beside(segment)
    if len(beside) != 1:
        return claims
    return Asked(unread=frozenset({beside[0].first_column})).of(claims)


def _end_beside(segment: Segment, taken: set[int | None]) -> int | None:
    """Return the last row of the one label that stands beside heading and rows of a card, or None."""
    ends = [merge.last_row for merge in _beside(segment) if merge.first_column not in taken]
    return ends[0] if len(ends) == 1 else None


def _is_table(columns: Sequence[Mapped], kind: str, lexicon: Lexicon) -> bool:
    names = {each.column for each in columns}
    if kind.startswith("名单"):
        return lexicon.key in names or (len(names & {"姓名", "证件号码"}) > 0 and len(names) >= 2)
    identifying = {"村"} if kind == "村" else set(IDENTIFYING)
    return len(names) >= 2 and bool(names & identifying)


def _doubts(sheet: Sheet, segment: Segment, mapping: Mapping, body: Body) -> Iterator[Doubt]:
    yield from mapping.doubts
    named, dated = date_in(sheet.name, bare=True), day_of(sheet, segment)
    if named and dated and named.year != dated.year:
        yield both(
            "工作表名“{name}”说的是 {year} 年，表的标题说的是 {year2} 年；按标题。",
            name=sheet.name,
            year=named.year,
            year2=dated.year,
        )
    other = rival(segment.found, segment.heading)
    if other is not None and segment.begin <= other.top and other.bottom <= segment.end:
        mine, theirs = _rows_text(segment.heading), _rows_text(other)
        name = written(next(levels for levels in other.levels if levels))
        yield both(
            "表头取了第 {mine} 行，但第 {theirs} 行也像表头；不对就加 --map {name}=列名 指明表头。",
            mine=mine,
            theirs=theirs,
            name=name,
        )
    if sheet.hidden:
        yield both("工作表“{name}”是隐藏的，也读了。", name=sheet.name)
    rows = sum(1 for row in sheet.hidden_rows if body.first_row <= row <= body.last_row)
    if rows:
        yield both("表中有 {rows} 行是隐藏的，也读了。", rows=rows)
    letters = "、".join(each.letter for each in mapping.columns if each.index in sheet.hidden_columns)
    if letters:
        yield both("{letters} 列是隐藏的，也读了。", letters=(letters, letters.replace("、", ", ")))


def _rows_text(heading: Heading) -> str:
    return str(heading.top) if heading.top == heading.bottom else f"{heading.top}–{heading.bottom}"
