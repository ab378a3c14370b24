"""Turn raw sheets into tables: find_layouts says what stands where, build_tables makes the typed engine tables."""

from fupin_cli.tables.layouts import find_layouts

__all__ = ["find_layouts"]
