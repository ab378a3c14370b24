"""What repairs stand on: the engine's raw and typed cells, and the columns whose cells may be repaired."""

from collections.abc import Callable, Iterable

from msgspec import Struct

from fupin_cli.engines import Engine
from fupin_cli.model.dictionary import Column, Dictionary
from fupin_cli.model.fix import Fix, Repair
from fupin_cli.model.settings import Settings
from fupin_cli.model.sheet import Kind
from fupin_cli.model.table import Layout, Tables


class Target(Struct, frozen=True):
    """One column of one table: no other table has it, each row has its own cell, and no merged range fills it."""

    layout: Layout
    column: Column  # as it is read
    index: int  # of the sheet's column, from 0: raw text `c{index}` and kind `k{index}` of the engine table `raw`
    letter: str
    raw: str  # engine table of the sheet's cells, its row `r`
    typed: str  # engine table of the table's rows: `_row`, and of every column X, X$, X! (docs/contracts.md)
    plain: bool = False  # the file keeps text only (csv, or a large export): numbers and days are written as text


class Ground(Struct, frozen=True):
    """A registry as the audit reads it, and what was asked."""

    engine: Engine
    tables: Tables  # 人, 户, 村 … are in the engine
    targets: tuple[Target, ...]
    dictionary: Dictionary
    settings: Settings
    fill: bool = False  # --fill-households

    def target(self, source: int, column: str) -> Target | None:
        """Return where a canonical column of a layout stands, None where its cells are not to be written."""
        return next((one for one in self.targets if (one.layout.source, one.column.name) == (source, column)), None)


class Written(Struct, frozen=True):
    """A text cell as a spelling sees it: after the spellings before."""

    text: str
    kind: Kind  # what `text` is now: TEXT, NUMBER or DATE
    column: Column
    value: str | None  # what the audit reads, as text (days ISO); None for a blank
    said: str  # what the audit says of the writing: "FMT006|带单位"; "" for nothing
    plain: bool  # `Target.plain`
    codes: tuple[str, ...] = ()  # standard labels of its code list
    synonyms: tuple[str, ...] = ()  # folded spellings the list calls a synonym, retired values left out


class Spelling(Struct, frozen=True):
    """A repair of how one cell is written: it knows the cell and its column, nothing of other cells."""

    repair: Repair
    types: frozenset[str]  # of columns it looks at
    respell: Callable[[Written], tuple[str, Kind] | None]  # the new text and kind; None: nothing to repair
    reason: tuple[str, str]  # (zh, en)


class Proposer(Struct, frozen=True):
    """A repair that looks further than one cell: it reads the engine and returns whole fixes (made by `fix_of`)."""

    repair: Repair
    propose: Callable[[Ground], Iterable[Fix]]


class Change(Struct, frozen=True):
    """What a cell holds, and what it is to hold."""

    before: str | None
    before_kind: Kind
    after: str | None
    after_kind: Kind


def fix_of(repair: str, target: Target, row: int, change: Change, reason: tuple[str, str]) -> Fix:
    """Return the fix of one cell; `reason` is (zh, en), `row` Excel's."""
    return Fix(
        repair=repair,
        file=target.layout.sheet.file,
        sheet=target.layout.sheet.name,
        row=row,
        index=target.index,
        cell=f"{target.letter}{row}",
        column=target.column.name,
        before=change.before,
        before_kind=change.before_kind,
        after=change.after,
        after_kind=change.after_kind,
        reason=reason[0],
        reason_en=reason[1],
        mask=target.column.mask or None,
    )
