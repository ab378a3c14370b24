"""What the reader understood of a file: `fupin inspect` shows nothing else."""

from dataclasses import dataclass
from pathlib import Path

from fupin_cli.model.sheet import Sheet
from fupin_cli.model.table import Layout


@dataclass(frozen=True, slots=True)
class SeenTable:
    """One table, what its unknown headings may mean, and its first row."""

    layout: Layout
    nearest: dict[str, tuple[str, float]]  # letter of an unmapped heading → nearest column, score of 0 … 100
    sample: dict[str, str]  # canonical column → text of the first row, masked


@dataclass(frozen=True, slots=True)
class SeenSheet:
    """One sheet; without tables it is no registry, and is left out whole."""

    sheet: Sheet
    tables: tuple[SeenTable, ...]


@dataclass(frozen=True, slots=True)
class Inspection:
    """One file."""

    file: Path
    sheets: tuple[SeenSheet, ...] = ()
    failed: tuple[str, str] | None = None  # (zh, en): why it could not be read
    skipped: tuple[str, str] | None = None  # (zh, en): why a file of a folder or archive was not read
