"""A stated table and what was counted in; every line of both beside the other, totals and shares checked, out."""

from collections.abc import Iterator, Mapping, Sequence

from fupin_cli.catalogue import both
from fupin_cli.jobs.stats_headings import Role
from fupin_cli.jobs.stats_names import Names
from fupin_cli.jobs.stats_stated import Cell, Row, StatedTable
from fupin_cli.model.dictionary import Dictionary
from fupin_cli.model.stats import Counted, Line, Reconciled, StatedDoubt, StatedLine, StatedNumber

TOLERANCE = 0.011  # of sums, as VIL011 has it
_COUNTS: tuple[Role, ...] = ("户", "人")
_BASES: Mapping[Role, tuple[Role, ...]] = {"户 share": ("户",), "人 share": ("人",), "share": _COUNTS}
_EN: Mapping[str, str] = {"户": "households", "人": "persons"}


def matches(table: StatedTable, counted: Counted, dictionary: Dictionary) -> int:
    """Return how many stated names are lines of what was counted."""
    names = Names(table, counted, dictionary)
    return sum(1 for row in table.rows if not row.total and names.line(row) is not None)


def reconciled(table: StatedTable, counted: Counted, dictionary: Dictionary) -> Reconciled:
    """Return every line of both, the stated total, and what the table says against its own figures."""
    names = Names(table, counted, dictionary)
    rows = [row for row in table.rows if not row.total]
    met = {row.number: line for row in rows if (line := names.line(row)) is not None}
    used = {line.values for line in met.values()}
    found = {row.number: [met[row.number]] if row.number in met else names.parts(row, used) for row in rows}
    taken = {line.values for lines in found.values() for line in lines}
    totals = [row for row in table.rows if row.total and not row.subtotal]
    return Reconciled(
        file=table.file,
        sheet=table.sheet,
        by=counted.by[0],
        lines=(
            *(_beside(row, found[row.number]) for row in rows),
            *(_only_counted(line) for line in counted.lines if line.values not in taken),
        ),
        total=_total(totals[-1], counted) if totals else None,
        doubts=(*_totals(table), *_shares(table)),
    )


def _beside(row: Row, found: Sequence[Line]) -> StatedLine:
    made_of = tuple(line.values[0].text for line in found) if len(found) > 1 else ()
    numbers = [_number(role, row, [_of(role, line) for line in found]) for role in _COUNTS]
    name = " ".join(filter(None, (row.wider, row.name)))
    return StatedLine(name, row.number, numbers[0], numbers[1], found=bool(found), made_of=made_of)


def _of(role: Role, line: Line) -> int | None:
    return line.count.households if role == "户" else line.count.people


def _number(role: Role, row: Row, counted: Sequence[int | None]) -> StatedNumber:
    known = [one for one in counted if one is not None]
    cell = row.cells.get(role)
    whole = sum(known) if known and len(known) == len(counted) else None
    if cell is None:
        return StatedNumber(None, whole)
    return StatedNumber(cell.number, whole, cell.text if cell.unread else "")


def _only_counted(line: Line) -> StatedLine:
    shown = [StatedNumber(None, _of(role, line)) for role in _COUNTS]
    value = line.values[0]
    return StatedLine(value.text, None, shown[0], shown[1], found=True, known=value.known)


def _total(row: Row, counted: Counted) -> StatedLine:
    numbers = [
        _number(role, row, [counted.total.households if role == "户" else counted.total.people]) for role in _COUNTS
    ]
    return StatedLine(row.name, row.number, numbers[0], numbers[1], found=True)


def _totals(table: StatedTable) -> Iterator[StatedDoubt]:
    """Yield the stated totals that are the sum neither of the lines since the last total, nor of all above, nor of all (VIL011)."""
    since: list[Row] = []
    above: list[Row] = []
    every = [row for row in table.rows if not row.total]
    for row in table.rows:
        if not row.total:
            since.append(row)
            above.append(row)
            continue
        for role in _COUNTS:
            cell = row.cells.get(role)
            if cell is None or cell.number is None:
                continue
            spans = [lines for lines in (since, above, every) if lines]
            sums = [found for lines in spans if (found := _sum(lines, role)) is not None]
            if len(sums) < len(spans) or any(abs(cell.number - one) < TOLERANCE for one in sums):
                continue
            near = min(sums, key=lambda one: abs(one - (cell.number or 0)))
            yield StatedDoubt(
                "VIL011",
                cell.where,
                *both(
                    "合计行的{role}数与明细不符：合计为 {number:.10g}，明细之和为 {near:.10g}",
                    role=(role, _EN[role]),
                    number=cell.number,
                    near=near,
                ),
            )
        since = []


def _sum(rows: Sequence[Row], role: Role) -> float | None:
    """Return the sum of a column, None where a cell could not be read."""
    cells = [row.cells[role] for row in rows]
    return None if any(cell.unread for cell in cells) else sum(cell.number or 0 for cell in cells)


def _shares(table: StatedTable) -> Iterator[StatedDoubt]:
    """Yield the shares that follow from no count of their line, not even cut off instead of rounded (VIL012)."""
    lines = [row for row in table.rows if not row.total]
    totals = [row for row in table.rows if row.total and not row.subtotal]
    for row in lines if len(lines) > 1 else ():
        for role, bases in _BASES.items():
            cell = row.cells.get(role)
            if cell is None or cell.number is None:
                continue
            fair = [(base, share) for base in bases for share in _fair(row, base, lines, totals)]
            if not fair or any(abs(share - cell.number) < _near(cell) for _, share in fair):
                continue
            base, share = min(fair, key=lambda pair: abs(pair[1] - (cell.number or 0)))
            yield StatedDoubt(
                "VIL012",
                cell.where,
                *both(
                    "占比“{text}”与本表数字不符：按{base}数算应为 {share:.2f}%",
                    text=cell.text,
                    base=(base, _EN[base]),
                    share=share,
                ),
            )


def _fair(row: Row, role: Role, lines: Sequence[Row], totals: Sequence[Row]) -> Iterator[float]:
    """Yield the shares that follow: of the sum of the lines, and of the total that is stated."""
    own = row.cells.get(role)
    if own is None or own.number is None:
        return
    wholes = [_sum(lines, role), *(total.cells[role].number for total in totals[-1:])]
    if wholes[0] is None:
        return  # a line that cannot be read may be any number
    yield from (100 * own.number / whole for whole in wholes if whole)


def _near(cell: Cell) -> float:
    """Return by how much a stated share may be off: one of its last digit."""
    text = f"{cell.number:.10f}".rstrip("0")
    return float(10 ** -len(text.partition(".")[2])) + 1e-9
