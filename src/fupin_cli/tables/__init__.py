"""Turn raw sheets into tables: find_layouts says what stands where, build_tables makes the typed engine tables."""

from fupin_cli.tables.build import build_tables
from fupin_cli.tables.cells import tables_from_cells
from fupin_cli.tables.columns import nearest_columns
from fupin_cli.tables.drawn import read_drawn
from fupin_cli.tables.layouts import find_layouts
from fupin_cli.tables.one_cell import read_cell

__all__ = ["build_tables", "find_layouts", "nearest_columns", "read_cell", "read_drawn", "tables_from_cells"]
