"""Say in words what a comparison found: a record or a move, split, merger or change of head in, a sentence out."""

from collections.abc import Iterable
from pathlib import Path

from fupin_cli.catalogue import both
from fupin_cli.model.difference import CellChange, Comparison, HeadChange, Move, Record, Regrouping, Side
from fupin_cli.model.place import Place
from fupin_cli.reports.compare_masked import Veil
from fupin_cli.reports.compare_words import said
from fupin_cli.reports.words import Lang

_NAMES_SHOWN = 8


class Where:
    """How places of a comparison are called: a side with one file leaves its name out."""

    def __init__(self, comparison: Comparison, lang: Lang) -> None:
        self._lang = lang
        left, right = comparison.layouts[: comparison.left_layouts], comparison.layouts[comparison.left_layouts :]
        self._files: dict[Side, list[Path]] = {
            "left": list(dict.fromkeys(layout.sheet.file for layout in left)),
            "right": list(dict.fromkeys(layout.sheet.file for layout in right)),
        }

    def row(self, place: Place, side: Side) -> str:
        """Return `花名册 › 第8行`."""
        row = said("row", self._lang, row=place.row) if place.row is not None else ""
        return " › ".join(part for part in (self._file(place, side), place.sheet, row) if part)

    def cells(self, place: Place, side: Side, of: Place | None = None) -> str:
        """Return `花名册 › F12`, without the sheet when it is that of the row `of`."""
        cells = ", ".join(place.cells)
        if not cells:
            return self.row(place, side)
        if of is not None and (of.file, of.sheet) == (place.file, place.sheet):
            return cells
        return " › ".join(part for part in (self._file(place, side), place.sheet, cells) if part)

    def _file(self, place: Place, side: Side) -> str:
        return place.file.name if len(self._files[side]) > 1 else ""


def home(record: Record | None, lang: Lang, *, head: bool = True) -> str:
    """Return `户 990101000123（户主张*）`."""
    if record is None:
        return said("nowhere", lang)
    called = household(record.household or record.key.get("户编号"), lang)
    return said("headed", lang, household=called, head=record.person) if head and record.person else called


def household(number: str | None, lang: Lang) -> str:
    """Return `户 990101000123`."""
    return said("household", lang, household=number or said("unnumbered", lang))


def moved(move: Move, lang: Lang) -> str:
    """Say who moved from which household to which."""
    name = move.right.person or move.left.person or said("unnamed", lang)
    return said("moved_said", lang, name=name, left=home(move.left_household, lang), right=home(move.right_household, lang))  # fmt: skip


def head_changed(change: HeadChange, lang: Lang) -> str:
    """Say who was the head of a household and who is."""
    heads = [record.person or said("unnamed", lang) for record in (change.left_head, change.right_head)]
    called = home(change.right, lang, head=False)
    return said("head_said", lang, household=called, left=heads[0], right=heads[1])


def regrouped(each: Regrouping, veil: Veil, lang: Lang) -> str:
    """Say which household became several, or which several became one, and who went where."""
    split = each.kind == "split"
    many = each.right if split else each.left
    one = veil.record((each.left if split else each.right)[0])
    parts = []
    for index, record in enumerate(many):
        names = [veil.name(name) for name, left, right in each.members if (right if split else left) == index]
        shown = said("and", lang).join(names[:_NAMES_SHOWN]) + ("…" if len(names) > _NAMES_SHOWN else "")
        called = home(veil.record(record), lang, head=False)
        parts.append(said("with_members", lang, household=called, names=shown) if shown else called)
    told = said("and", lang).join(parts)
    if split:
        return said("split_said", lang, left=home(one, lang, head=False), right=told, n=len(many))
    return said("merged_said", lang, right=home(one, lang, head=False), left=told, n=len(many))


def values(change: CellChange, veil: Veil, lang: Lang) -> tuple[str, str]:
    """Return what stands on the left and on the right, masked already, as a person reads them."""
    texts = [_value(change.left, change.left_text, change, veil, lang), _value(change.right, change.right_text, change, veil, lang)]  # fmt: skip
    if texts[0] == texts[1]:
        texts[1] += said("alike", lang)
    return texts[0], texts[1]


def _value(typed: object, text: str | None, change: CellChange, veil: Veil, lang: Lang) -> str:
    """The text as written, and what it means where that is something else."""
    written = (text or "").strip()
    if not written:
        return said("blank", lang) if typed is None else str(typed)
    if isinstance(typed, str) and typed != written and not veil.kind(change.column):
        return both("{written}〔{typed}〕", written=written, typed=typed)[lang != "zh"]
    return written


def names(parts: Iterable[str | None], between: str = " · ") -> str:
    """Join what is there."""
    return between.join(part for part in parts if part)
