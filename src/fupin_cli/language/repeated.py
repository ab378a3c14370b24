"""What a row counts for alone: the engine's tables of equal values (`u0` …) hold only values that stand on several rows."""

from fupin_cli.language.levels import alias_of
from fupin_cli.language.needs import Sight
from fupin_cli.language.trees import Tree, fill, quoted

_VILLAGE = ("县", "乡", "村")


def household(level: str) -> str:
    """Return the SQL of the household of a row of 人 or 户."""
    return 'p."_household"' if level == "人" else f'{alias_of(level)}."_id"'


def village(sight: Sight) -> str:
    """Return the SQL of a household's village with all that is above it, NULL when a part is not known."""
    if "村" not in sight.present["户"]:
        return "CAST(NULL AS VARCHAR)"
    return " || '/' || ".join(f'CAST(h."{name}" AS VARCHAR)' for name in _VILLAGE if name in sight.present["户"])


def with_own(name: str, standing: Tree, counted: str) -> tuple[Tree, Tree]:
    """Return how many households or villages have a row's value, and how many more may have it.

    Args:
        name: the group; where it has no row, the value stands on this row only.
        standing: whether the row counts at all (在册).
        counted: SQL of the household or village of the row.
    """
    own = fill(counted)
    sure = fill("COALESCE(:1, CASE WHEN :2 AND NOT :3 IS NULL THEN 1 ELSE 0 END)", quoted("n", name), standing, own)
    doubtful = "COALESCE(:1, CASE WHEN :2 IS NULL OR (:2 AND :3 IS NULL) THEN 1 ELSE 0 END)"
    return sure, fill(doubtful, quoted("u", name), standing.copy(), own.copy())
