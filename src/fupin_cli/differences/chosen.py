"""The columns a user wants compared, or left out, in; whether one of them is, and a refusal of names nobody has, out."""

from collections.abc import Iterable

from fupin_cli.catalogue import both, enumerated
from fupin_cli.differences.sides import Facing, Pairing, Sides, kinds
from fupin_cli.errors import UsageError


def is_chosen(column: str, wishes: Pairing) -> bool:
    """Return whether a column is to be compared."""
    return column not in wishes.ignored and (not wishes.columns or column in wishes.columns)


def refuse_unknown_columns(sides: Sides, faced: Iterable[Facing], wishes: Pairing) -> None:
    """Raise for a name that is no column of the tables compared.

    Raises:
        UsageError: `--columns` must be on both sides, `--ignore-columns` and `--tolerance` on one at least.
    """
    shared: dict[str, None] = {}
    some: dict[str, None] = {}
    for facing in faced:
        left, right = kinds(sides, "left", facing.left), kinds(sides, "right", facing.right)
        shared.update(dict.fromkeys(column for column in left if column in right))
        some.update(dict.fromkeys([*left, *right]))
    asked = (
        ("--columns", wishes.columns, shared),
        ("--ignore-columns", wishes.ignored, some),
        ("--tolerance", tuple(name for name in wishes.tolerance if name), some),
    )
    for option, names, there in asked:
        for name in names:
            if name not in there:
                raise _unknown(option, name, list(there))


def _unknown(option: str, name: str, there: list[str]) -> UsageError:
    from rapidfuzz import process

    near = [found for found, *_ in process.extract(name, there, limit=3, score_cutoff=50)]
    zh, en = (
        both("是不是 {near}？", "chosen", near=enumerated(near))
        if near
        else both("有的是 {there}。", there=enumerated(there))
    )
    shared = option == "--columns"
    return UsageError(
        *both(
            "{option} {name}：{shared}这一列（用 fupin inspect 所示的列名）。{told}",
            option=option,
            name=name,
            shared=(both("两边不都有") if shared else both("两边都没有")),
            told=(zh, en),
        )
    )
