"""What a mapping file says of tables: how the user wants their headings to be read."""

from pathlib import Path

from msgspec import Struct, field

UNREAD = "不读"  # stands for a column, or for the kind of a table: left out without a finding


class KnownTable(Struct, frozen=True):
    """One table of a mapping file."""

    file: str | None = None  # the workbook's name, without its folder; None: any
    sheet: str | None = None  # None: any
    kind: str | None = None  # 户, 人, 村, or 不读; None: as found
    heading_rows: tuple[int, ...] = ()  # as Excel shows them; (): as found
    columns: dict[str, str | None] = field(default_factory=dict)  # heading → column, 不读, or None: as found
    place: tuple[int, int] = (1, 1)  # line and column in the mapping file
    places: dict[str, tuple[int, int]] = field(default_factory=dict)  # heading → line and column


class MappingFile(Struct, frozen=True):
    """A mapping file: tables in the order written."""

    file: Path
    tables: tuple[KnownTable, ...]
    lines: tuple[str, ...] = ()  # as written
