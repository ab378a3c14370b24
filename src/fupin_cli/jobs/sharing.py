"""Batches of examples of many rules in one workbook → the few views of its columns in which all of them can be judged."""

from collections.abc import Iterable, Mapping

from msgspec import Struct, field
from msgspec.structs import replace

from fupin_cli.model.plan import EARLIER
from fupin_cli.model.rule import Rule
from fupin_cli.model.settings import Settings
from fupin_cli.model.table import Tables
from fupin_cli.plans import Book, Checked, reached, subject_of


class Batch(Struct, frozen=True):
    """Examples of one rule with the same settings: they see the columns of all of them, and no others."""

    rule: Rule
    settings: Settings
    numbers: tuple[tuple[int, int], ...]  # number in the workbook, place in the rule's file
    persons: frozenset[str] | None  # columns of the member rows; None: there is none
    households: frozenset[str] | None
    lists: Mapping[str, frozenset[str]]  # the columns its rows give
    earlier: frozenset[str] = frozenset()  # columns of the earlier edition
    villages: frozenset[str] | None = None  # columns of the village sheet


class Shared(Struct):
    """Batches that may be judged by one plan, and the tables as they see them."""

    settings: Settings
    tables: Tables
    batches: list[Batch] = field(default_factory=list)


class _View(Struct):
    """What is known of a shared view so far: the names that were asked for, and which of them are there."""

    settings: Settings
    asked: set[str] = field(default_factory=set)
    there: set[tuple[str, str]] = field(default_factory=set)
    batches: list[Batch] = field(default_factory=list)


def shared(
    batches: Iterable[Batch], variants: Mapping[str, Mapping[str, Checked]], whole: Tables, book: Book
) -> list[Shared]:
    """Group batches whose rules would see the same of every name that both ask for."""
    views: list[_View] = []
    names: dict[str, frozenset[str]] = {}
    for batch in batches:
        rule = batch.rule.id
        if rule not in names:
            names[rule] = reached(next(iter(variants[rule].values())), book) | _MARKS
        asked = names[rule] | _asked_of_lists(batch, whole)
        there = {(level, name) for level, name in _seen(batch, whole, book) if name in asked}
        settings = replace(batch.settings, as_of=None, region=None)  # the rows have their day and place
        for view in views:
            if view.settings == settings and _agree(view, asked, there):
                break
        else:
            view = _View(settings)
            views.append(view)
        view.asked |= asked
        view.there |= there
        view.batches.append(batch)
    return [Shared(view.settings, _tables(view, whole), view.batches) for view in views]


def _agree(view: _View, asked: frozenset[str], there: set[tuple[str, str]]) -> bool:
    shared_ = view.asked & asked
    return {one for one in view.there if one[1] in shared_} == {one for one in there if one[1] in shared_}


def _seen(batch: Batch, whole: Tables, book: Book) -> set[tuple[str, str]]:
    """Return what a workbook of this batch alone would have: (level, column), and marks for tables and lists."""
    columns = book.source.dictionary.columns
    persons, households = batch.persons or frozenset(), batch.households or frozenset()
    seen = {("名单", f"名单:{name}") for name in batch.lists}
    for listed, given in batch.lists.items():
        kind = book.source.dictionary.lists[listed]
        own_columns = {kind.key, *kind.columns, *given}
        seen |= {("名单", f"名单:{listed}:{name}") for name in whole.lists[listed] if name in own_columns}
    seen |= _seen_villages(batch, whole)
    if whole.previous is not None:
        held = ((level, name) for level, kinds in whole.previous.columns.items() for name in kinds)
        seen |= {(f"上期_{level}", f"{EARLIER}{name}") for level, name in held if name in batch.earlier}
    seen |= {("人", "人?")} if batch.persons is not None else set()
    if batch.persons is not None or batch.households is not None:
        seen.add(("户", "户?"))
        own = persons | households
        seen |= {("户", name) for name in whole.columns.get("户", {}) if name in own and name in columns}
    if batch.persons is not None:
        for name in whole.columns.get("人", {}):
            if name in persons or (name in households and columns[name].level == "地"):
                seen.add(("人", name))
        seen |= {("人", "表有户主"), ("户", "成员表有户主")}
        if batch.households is not None:
            seen.add(("人", "户表有此户"))
    return seen


def _asked_of_lists(batch: Batch, whole: Tables) -> set[str]:
    """Return the lists of a batch, and all their columns: whoever shares a list sees the same of it."""
    columns = {f"名单:{listed}:{name}" for listed in batch.lists for name in whole.lists[listed]}
    return {f"名单:{listed}" for listed in batch.lists} | columns


def _seen_villages(batch: Batch, whole: Tables) -> set[tuple[str, str]]:
    """Return what rules over villages and counties see: columns of the village sheet, and places of the households."""
    if subject_of(batch.rule)[0] not in ("村", "县"):
        return set()
    homes = (batch.persons or frozenset()) | (batch.households or frozenset())
    own = (batch.villages or frozenset()) | (homes & {*_PLACES})
    levels = [level for level in ("村", "县") if level in whole.columns]
    return {(level, f"{level}?") for level in levels} | {
        (level, name) for level in levels for name in whole.columns[level] if name in own
    }


_PLACES = ("省", "市", "县", "乡", "村")
_MARKS = {"人?", "户?", "村?", "县?"}
_ALWAYS = {
    "人": {"数据日期", "证件号码#"},
    "户": {"数据日期", "_stated"},
    "村": {"数据日期", "_stated"},
    "县": {"数据日期"},
}


def _tables(view: _View, whole: Tables) -> Tables:
    """Return the tables with the columns of a view only."""
    levels = [level for level in _ALWAYS if (level, f"{level}?") in view.there]
    columns = {
        level: {
            name: kind
            for name, kind in whole.columns[level].items()
            if (level, name) in view.there or name in _ALWAYS[level]
        }
        for level in levels
    }
    lists = {
        listed: {name: kind for name, kind in kinds.items() if ("名单", f"名单:{listed}:{name}") in view.there}
        for listed, kinds in whole.lists.items()
        if ("名单", f"名单:{listed}") in view.there
    }
    previous = _earlier(view, whole.previous) if whole.previous is not None else None
    return replace(
        whole,
        columns=columns,
        persons="人" in columns,
        households="户" in columns,
        lists=lists,
        previous=previous,
    )


def _earlier(view: _View, whole: Tables) -> Tables:
    """Return the tables of the earlier edition with the columns of a view only."""
    columns = {
        level: {
            name: kind
            for name, kind in kinds.items()
            if (f"上期_{level}", f"{EARLIER}{name}") in view.there or name in _ALWAYS[level]
        }
        for level, kinds in whole.columns.items()
    }
    return replace(whole, columns=columns)
