"""What `fupin compare` asks of its job, as one frozen record."""

from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct, field

from fupin_cli.model.settings import Settings, Wishes

if TYPE_CHECKING:
    from fupin_cli.jobs.request import Frame


class CompareRequest(Struct, frozen=True):
    """Everything `fupin compare` was asked; nothing in it has been looked up yet.

    A side is one or more files, folders, archives or frames; a path that is not there and reads NAME=FILE (医保=medical.csv)
    makes its side a departmental list.
    """

    left: "tuple[Path | Frame, ...]"
    right: "tuple[Path | Frame, ...]"
    settings: Settings  # `as_of` is not asked: each side has its own day
    wishes: Wishes = field(default_factory=Wishes)
    mapping: Path | None = None  # mapping file, for both sides
    rules_dir: Path | None = None
    on: tuple[
        str, ...
    ] = ()  # columns (canonical, or headings both sides have) that replace the keys found by themselves
    tables: tuple[str, ...] = ()  # only these of 人, 户, 村; () = all both sides have
    tolerance: dict[str, float] = field(
        default_factory=dict
    )  # column → by how much numbers may differ; "": all numbers
    days: int = 0  # by how many days dates may differ
    link: bool = False  # look for the same person among rows that met none
    least: float = 0.9  # the least score of a suspicion
    columns: tuple[str, ...] = ()  # compare only these; () = all both sides have
    ignored: tuple[str, ...] = ()  # do not compare these
