"""Draw forms, read them as a job does, and ask what was understood and typed."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from fupin_cli.engines import Engine, open_engine
from fupin_cli.model.dictionary import Dictionary
from fupin_cli.model.settings import Settings, Wishes
from fupin_cli.model.table import Layout, Tables
from fupin_cli.rules import load_rulebook
from fupin_cli.sheets import read_sheets
from fupin_cli.tables import build_tables, find_layouts
from tests.sketch import write_sketch

TODAY = Settings(today=date(2020, 12, 31))
HEAD, WIFE, SON = "11010519491231002X", "990101195203150029", "990101198001010019"


@cache
def registry() -> Dictionary:
    """Return the dictionary of the rule book."""
    return load_rulebook(None).dictionary


class Book(Struct, frozen=True):
    """A drawn workbook that was read."""

    engine: Engine
    layouts: list[Layout]
    tables: Tables

    def households(self, *columns: str) -> list[tuple[Any, ...]]:
        """Return columns of 户 in the order of the sheets."""
        return self.engine.rows(f'SELECT {_names(columns)} FROM "户" ORDER BY "_source", "_row"')

    def persons(self, *columns: str) -> list[tuple[Any, ...]]:
        """Return columns of 人 in the order of the sheets."""
        return self.engine.rows(f'SELECT {_names(columns)} FROM "人" ORDER BY "_source", "_row"')

    def members(self) -> list[list[str]]:
        """Return the names of the members of each household, in the order of the households."""
        found = self.engine.rows("""SELECT h."_id", list(p."姓名" ORDER BY p."_source", p."_row") FROM "户" AS h
            JOIN "人" AS p ON p."_household" = h."_id" GROUP BY 1, h."_source", h."_row" ORDER BY h."_source", h."_row\"""")
        return [names for _, names in found]

    def reading(self) -> list[tuple[str, str, str]]:
        """Return rule, cells and text of what the reading found."""
        return self.engine.rows('SELECT "rule", "cells", "raw" FROM "reading" ORDER BY ALL')

    def cells(self, place: int = 0) -> dict[str, str]:
        """Return where the columns of a table stand: letter or address → column."""
        return {each.where: each.column for each in self.layouts[place].columns}

    def out(self, place: int = 0) -> list[tuple[int, int, str]]:
        """Return the rows a table leaves out."""
        return sorted((each.first_row, each.last_row, each.reason) for each in self.layouts[place].left_out)

    @property
    def kinds(self) -> list[str]:
        """What each table holds."""
        return [layout.kind for layout in self.layouts]


@contextmanager
def read(text: str, name: str = "表.xlsx") -> Iterator[Book]:
    """Read a drawn workbook through readers, layouts and tables."""
    engine = open_engine()
    try:
        with TemporaryDirectory() as folder:
            sheets = read_sheets(engine, write_sketch(Path(folder) / name, text), 0)
        found = [layout for sheet in sheets for layout in find_layouts(engine, sheet, registry(), Wishes())]
        layouts = [replace(layout, source=source) for source, layout in enumerate(found)]
        yield Book(engine, layouts, build_tables(engine, layouts, registry(), TODAY))
    finally:
        engine.close()


def _names(columns: tuple[str, ...]) -> str:
    return ", ".join(f'"{column}"' for column in columns)
