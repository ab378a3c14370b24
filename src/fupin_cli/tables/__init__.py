"""Turn raw sheets into tables: find_layouts says what stands where, build_tables makes the typed engine tables."""

from fupin_cli.tables.account import account_of, rows_of_no_table
from fupin_cli.tables.apart import set_apart
from fupin_cli.tables.build import build_tables
from fupin_cli.tables.cells import tables_from_cells
from fupin_cli.tables.columns import nearest_columns
from fupin_cli.tables.corrections import find_layouts
from fupin_cli.tables.drawn import read_drawn
from fupin_cli.tables.earlier import earlier_settings, set_aside
from fupin_cli.tables.known import present_keys, unanswered
from fupin_cli.tables.lexicon import spelled
from fupin_cli.tables.one_cell import read_cell
from fupin_cli.tables.picture import picture_of
from fupin_cli.tables.shared_headings import share_headings

__all__ = [
    "account_of",
    "build_tables",
    "earlier_settings",
    "find_layouts",
    "nearest_columns",
    "picture_of",
    "present_keys",
    "read_cell",
    "read_drawn",
    "rows_of_no_table",
    "set_apart",
    "set_aside",
    "share_headings",
    "spelled",
    "tables_from_cells",
    "unanswered",
]
