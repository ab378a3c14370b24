"""What a lists.yaml says of departmental lists: which files they are in, how they are read, and what a hit on them means."""

from datetime import date
from pathlib import Path
from typing import Literal

from msgspec import Struct

from fupin_cli.model.dictionary import ListKind
from fupin_cli.model.rule import Basis

Hit = Literal["", "应退", "应纳", "提示"]
HITS: tuple[Hit, ...] = ("应退", "应纳", "提示")


class Excuse(Struct, frozen=True):
    """One exception: who stands on the list and is excused."""

    text: str  # a condition over the list's columns, in the rule language
    place: tuple[int, int]  # line and column in lists.yaml


class ListEntry(Struct, frozen=True):
    """One list of a lists.yaml."""

    kind: ListKind  # as fupin ships it, or as it is defined here; with the columns that are added here
    written_in: Path  # the lists.yaml
    place: tuple[int, int]  # line and column there
    files: tuple[Path, ...] = ()  # that were found
    sheets: tuple[str, ...] = ()  # only these; () = all
    columns: tuple[tuple[str, str], ...] = ()  # heading → column
    dated: date | None = None  # the day of the list where its rows give none
    hit: Hit = ""  # what standing on the list means; "" = it is not said
    excuses: tuple[Excuse, ...] = ()
    why: str = ""
    department: str = ""
    stale_after: int | None = None  # days from the registry's day after which the list is stale

    @property
    def name(self) -> str:
        """The list's name."""
        return self.kind.name

    @property
    def basis(self) -> Basis:
        """What findings of this list rest on."""
        said = "，".join(part for part in (self.why, f"部门：{self.department}" if self.department else "") if part)
        return Basis(document=f"名单说明 {self.written_in.name}", says=said or f"“{self.name}”名单命中即{self.hit}")


class Listing(Struct, frozen=True):
    """One lists.yaml: its lists in the order written, and what is to be said of its folder."""

    entries: tuple[ListEntry, ...]
    notes: tuple[tuple[str, str], ...] = ()  # (zh, en): lists without a file, files without a list
