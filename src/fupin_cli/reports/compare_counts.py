"""Count a Comparison: records by class, cells by column, and whether what a script asks about is there."""

from collections import Counter
from collections.abc import Iterable, Iterator

from msgspec import Struct

from fupin_cli.model.difference import CellChange, Comparison, Duplicate, TableComparison
from fupin_cli.model.place import Place

WORDS = ("added", "removed", "changed", "duplicate", "moved", "split", "merged", "head_changed", "suspected", "any", "never")  # fmt: skip
ROW_CLASSES = ("same", "changed", "only_left", "only_right", "duplicate_left", "duplicate_right")
GROUP_CLASSES = ("moved", "split", "merged", "head_changed", "suspected_same")


class ColumnTally(Struct):
    """What became of one column of one table."""

    table: str
    column: str
    example: CellChange  # the first
    pairs: int  # rows of the table that were met
    cells: int = 0
    filled: int = 0  # blank on the left only
    emptied: int = 0  # blank on the right only
    up: int = 0  # numbers that are larger on the right
    down: int = 0
    most: float = 0.0  # the largest of their differences, with its sign

    @property
    def share(self) -> float:
        """How many of the rows that were met differ in this column, 0 to 1."""
        return self.cells / self.pairs if self.pairs else 0.0


def table_counts(table: TableComparison) -> dict[str, int]:
    """Return the counts of one table: records, of a key that stands twice the key."""
    sides = Counter(duplicate.side for duplicate in table.duplicates)
    return {
        "same": table.same,
        "changed": table.changed_records,
        "only_left": len(table.only_left),
        "only_right": len(table.only_right),
        "duplicate_left": sides["left"],
        "duplicate_right": sides["right"],
    }


def group_counts(comparison: Comparison) -> dict[str, int]:
    """Return the counts of what is told of households and persons beside the tables."""
    kinds = Counter(regrouping.kind for regrouping in comparison.regrouped)
    return {
        "moved": len(comparison.moved),
        "split": kinds["split"],
        "merged": kinds["merged"],
        "head_changed": len(comparison.head_changed),
        "suspected_same": len(comparison.suspected),
    }


def differing(comparison: Comparison) -> int:
    """Return how many records differ, in all tables: changed, only on one side, or repeated otherwise than on the other."""
    return sum(
        table.changed_records + len(table.only_left) + len(table.only_right) + len(uneven(table))
        for table in comparison.tables
    )


def uneven(table: TableComparison) -> list[Duplicate]:
    """Return the keys that stand twice on one side and not as often on the other: the others are no difference."""
    sizes = {side: Counter(_sizes(table.duplicates, side)) for side in ("left", "right")}
    shared = sizes["left"] & sizes["right"]
    return [duplicate for duplicate in table.duplicates if not shared[_key(duplicate)]]


def repeated_places(tables: Iterable[TableComparison]) -> set[Place]:
    """Return where the rows stand whose key another row of their side has, too: who is only on one side may be met by it."""
    return {record.place for table in tables for each in table.duplicates for record in each.records}


def _sizes(duplicates: Iterable[Duplicate], side: str) -> Iterator[tuple[tuple[tuple[str, str], ...], int]]:
    return (_key(duplicate) for duplicate in duplicates if duplicate.side == side)


def _key(duplicate: Duplicate) -> tuple[tuple[tuple[str, str], ...], int]:
    return tuple(sorted(duplicate.records[0].key.items())), len(duplicate.records)


def fails(comparison: Comparison, wanted: Iterable[str]) -> bool:
    """Return whether something is there that `wanted` names: words of WORDS, or a number of differing records."""
    counts = [table_counts(table) for table in comparison.tables]
    groups = group_counts(comparison)
    there = {
        "added": any(each["only_right"] for each in counts),
        "removed": any(each["only_left"] for each in counts),
        "changed": any(each["changed"] for each in counts),
        "duplicate": any(each["duplicate_left"] or each["duplicate_right"] for each in counts),
        "moved": bool(groups["moved"]),
        "split": bool(groups["split"]),
        "merged": bool(groups["merged"]),
        "head_changed": bool(groups["head_changed"]),
        "suspected": bool(groups["suspected_same"]),
        "any": differing(comparison) > 0 or any(groups.values()),
        "never": False,
    }
    return any(differing(comparison) > int(word) if word.isdigit() else there[word] for word in wanted)


def by_column(tables: Iterable[TableComparison]) -> list[ColumnTally]:
    """Return a tally for each column in which cells differ, those with most cells first."""
    tallies: dict[tuple[str, str], ColumnTally] = {}
    for table in tables:
        pairs = sum(table.keys.values())
        for change in table.changed:
            key = (table.table, change.column)
            tally = tallies.get(key) or tallies.setdefault(key, ColumnTally(*key, change, pairs))
            _count(tally, change)
    return sorted(tallies.values(), key=lambda tally: -tally.cells)


def _count(tally: ColumnTally, change: CellChange) -> None:
    tally.cells += 1
    if blank(change.left, change.left_text):
        tally.filled += 1
    elif blank(change.right, change.right_text):
        tally.emptied += 1
    step = step_of(change)
    if step is not None:
        tally.up += step > 0
        tally.down += step < 0
        tally.most = step if abs(step) > abs(tally.most) else tally.most


def blank(value: object, text: str | None) -> bool:
    """Return whether a cell is blank; one that could not be read has a text."""
    return value is None and not (text or "").strip()


def step_of(change: CellChange) -> float | None:
    """Return right − left where both are numbers."""
    left, right = change.left, change.right
    if isinstance(left, int | float) and isinstance(right, int | float):
        return float(right) - float(left)
    return None
