"""Turn raw sheets into tables: find_layouts says what stands where, build_tables makes the typed engine tables."""

from fupin_cli.tables.columns import nearest_columns
from fupin_cli.tables.build import build_tables
from fupin_cli.tables.cells import tables_from_cells
from fupin_cli.tables.layouts import find_layouts

__all__ = ["find_layouts", "nearest_columns"]
