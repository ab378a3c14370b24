"""Typed tables and raw cells in; cells that are to be repaired out (docs/contracts.md, "Repairs")."""

from collections.abc import Collection

from fupin_cli.fixes.ground import Ground, Target
from fupin_cli.fixes.repairs import PROPOSERS, SPELLINGS
from fupin_cli.fixes.selection import all_repairs, wanted
from fupin_cli.fixes.spelling import same_value, spelled
from fupin_cli.model.fix import Fix, Repair

__all__ = ["Ground", "Target", "all_repairs", "propose", "reads_alike", "same_value", "wanted"]


def propose(ground: Ground, repairs: Collection[Repair]) -> tuple[Fix, ...]:
    """Return what is to be repaired, one fix a cell at most, by file, sheet, row and column.

    Args:
        ground: the registry, and the columns that may be written.
        repairs: those that are wanted.
    """
    ids = {one.id for one in repairs}
    found = {_at(fix): fix for fix in spelled(ground, [one for one in SPELLINGS if one.repair.id in ids])}
    for one in PROPOSERS:
        if one.repair.id in ids:
            found.update((_at(fix), fix) for fix in one.propose(ground))
    return tuple(sorted(found.values(), key=_at))


def _at(fix: Fix) -> tuple[str, str, int, int]:
    return str(fix.file), fix.sheet, fix.row, fix.index


def reads_alike(repair: str) -> bool:
    """Tell whether a repaired cell must read the very value it read before: so of every spelling, by id."""
    return any(one.repair.id == repair for one in SPELLINGS)
