"""`fupin compare`: the line written out. both sides → sheets → tables set apart → pairs → what differs; reports are made of the Comparison."""

from pathlib import Path

from msgspec.structs import replace

from fupin_cli.catalogue import both
from fupin_cli.differences import Pairing, Sides, differ, facings, pair
from fupin_cli.differences.chosen import refuse_unknown_columns
from fupin_cli.differences.linkage import link
from fupin_cli.differences.regroup import Regrouped, regroup
from fupin_cli.differences.tokens import holds_tokens
from fupin_cli.engines import Engine, open_engine
from fupin_cli.jobs.compare_request import CompareRequest
from fupin_cli.jobs.compared_sides import named, of_side, read_side
from fupin_cli.jobs.compiled import compiled
from fupin_cli.jobs.earlier import APART
from fupin_cli.jobs.files import is_large
from fupin_cli.jobs.layouts import Note
from fupin_cli.jobs.left import check_mapping, refuse_unknown_sheets
from fupin_cli.jobs.request import Progress
from fupin_cli.jobs.wanted import with_mapping
from fupin_cli.model.dictionary import Dictionary
from fupin_cli.model.difference import Comparison
from fupin_cli.model.table import Tables
from fupin_cli.tables import build_tables, set_apart, share_headings
from fupin_cli.tables.shared_headings import Shared


def run(request: CompareRequest, progress: Progress = lambda _stage, _done, _total: None) -> Comparison:
    """Compare two datasets and return everything in which they differ.

    Raises:
        UsageError: an unknown list, sheet, table or column.
        RuleError: a broken rule file, all faults at once; a mapping file likewise.
        InputError: the only file of a side cannot be read, or none of a side holds a table.
    """
    dictionary = compiled(request.rules_dir).source.dictionary
    left, right = named(request.left, dictionary), named(request.right, dictionary)
    wishes = with_mapping(request.wishes, request.mapping, dictionary)
    engine = open_engine(large=is_large(one for side in (left, right) for one in side.sources if isinstance(one, Path)))
    try:
        mine = read_side(engine, left, (0, 0), wishes, dictionary, progress)
        theirs = read_side(engine, right, (APART, len(mine.layouts)), wishes, dictionary, progress)
        read = [*mine.read, *theirs.read]
        refuse_unknown_sheets(wishes.sheets, (each.sheet.name for each in read))
        notes = [*of_side(mine.notes, *both("左边")), *of_side(theirs.notes, *both("右边"))]
        notes += check_mapping(wishes.known, read)
        shared = share_headings(dictionary, mine.layouts, theirs.layouts)
        progress("tables", 0, 0)
        sides = _sides(engine, shared, request)
        notes += [*of_side(_of_tables(sides.left), *both("左边")), *of_side(_of_tables(sides.right), *both("右边"))]
        compared = _compare(engine, sides, shared, request, progress)
        return replace(
            compared,
            left=left.title,
            right=right.title,
            notes=tuple(dict.fromkeys((*notes, *compared.notes))),
            failed_files=(*mine.failed, *theirs.failed),
        )
    finally:
        engine.close()


def _sides(engine: Engine, shared: Shared, request: CompareRequest) -> Sides:
    """Build the tables of each side and set them apart."""
    settings = replace(request.settings, as_of=None)
    left = set_apart(engine, build_tables(engine, shared.left, shared.dictionary, settings, member_rows=True), "left")
    right = set_apart(
        engine, build_tables(engine, shared.right, shared.dictionary, settings, member_rows=True), "right"
    )
    return Sides(left, right, shared.dictionary)


def _of_tables(tables: Tables) -> list[Note]:
    """Return what is to be said of a side's tables; not which day its rows count for, of which nothing here depends."""
    return [note for note in tables.notes if "--as-of" not in note[0]]


def _compare(engine: Engine, sides: Sides, shared: Shared, request: CompareRequest, progress: Progress) -> Comparison:
    wishes = _wishes(request)
    faced = facings(sides, wishes)
    refuse_unknown_columns(sides, faced, wishes)
    progress("pairs", 0, len(faced))
    pair(engine, sides, wishes)
    found, notes = [], list[Note]()
    for done, facing in enumerate(faced):
        progress("differences", done, len(faced))
        table, said = differ(engine, sides, facing, wishes)
        found.append(table)
        notes += said
    found[0] = replace(
        found[0],
        columns_only_left=(*found[0].columns_only_left, *shared.only_left),
        columns_only_right=(*found[0].columns_only_right, *shared.only_right),
    )
    homes = Regrouped()
    both_persons = any(one.table == "人" and one.pairs == "对_人" for one in faced)
    if both_persons and any(one.table == "户" for one in faced):
        homes = regroup(engine, sides)
    return Comparison(
        left="",
        right="",
        tables=tuple(found),
        layouts=sides.layouts,
        left_layouts=len(sides.left.layouts),
        moved=homes.moved,
        regrouped=homes.regrouped,
        head_changed=homes.head_changed,
        suspected=link(engine, sides, wishes) if wishes.link and both_persons else (),
        notes=tuple(notes),
        masks=_masks(sides.dictionary),
        tokens=holds_tokens(sides),
    )


def _wishes(request: CompareRequest) -> Pairing:
    return Pairing(
        on=request.on,
        tables=request.tables,
        tolerance=request.tolerance,
        days=request.days,
        link=request.link,
        least=request.least,
        columns=request.columns,
        ignored=request.ignored,
    )


def _masks(dictionary: Dictionary) -> dict[str, str]:
    columns = [*dictionary.columns.values(), *(c for kind in dictionary.lists.values() for c in kind.columns.values())]
    return {column.name: column.mask for column in columns if column.mask}
