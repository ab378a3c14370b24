"""Repair ids as a user writes them in; the repairs that are to run out."""

from collections.abc import Sequence

from fupin_cli.catalogue import both, enumerated
from fupin_cli.errors import UsageError
from fupin_cli.fixes.repairs import PROPOSERS, SPELLINGS
from fupin_cli.model.fix import Repair


def all_repairs() -> tuple[Repair, ...]:
    """Return every repair there is, by id."""
    found = [*(one.repair for one in SPELLINGS), *(one.repair for one in PROPOSERS)]
    return tuple(sorted(found, key=lambda one: one.id))


def wanted(select: Sequence[str], ignore: Sequence[str], *, unsafe: bool) -> tuple[Repair, ...]:
    """Return the repairs that are selected, by id or its beginning, and not ignored; unsafe ones only when asked for.

    Raises:
        UsageError: an id no repair has, or an unsafe one selected without --unsafe.
    """
    known = all_repairs()
    for option, names in (("--select", select), ("--ignore", ignore)):
        for name in names:
            if not any(one.id.startswith(name.upper()) for one in known):
                raise UsageError(
                    *both(
                        "{option} {name}：没有这项修复；有 {known}。",
                        option=option,
                        name=name,
                        known=enumerated(one.id for one in known),
                    )
                )
    chosen = [one for one in known if not select or _named(one, select)]
    barred = [one for one in chosen if not one.safe and any(one.id == name.upper() for name in select)]
    if barred and not unsafe:
        raise UsageError(
            *both(
                "{id}（{name}）改变或增加内容，须由人核对；确要运行，请加 --unsafe。",
                id=barred[0].id,
                name=(barred[0].name, barred[0].name_en),
            )
        )
    return tuple(one for one in chosen if (one.safe or unsafe) and not _named(one, ignore))


def _named(repair: Repair, names: Sequence[str]) -> bool:
    return any(repair.id.startswith(name.upper()) for name in names)
