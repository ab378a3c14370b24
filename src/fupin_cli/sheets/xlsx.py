"""An .xlsx or .xlsm in; its worksheets, loaded into the engine, out: the one door to its readers.

The main reader finds many cells at a time in plainly spelled XML, as nearly all programs write it; a sheet it does not
understand is read by python-calamine and a real parser instead (docs/decisions/0007-two-readers-one-door.md).
"""

from contextlib import ExitStack, suppress
from enum import Enum
from functools import cached_property
from pathlib import Path
from typing import IO, TYPE_CHECKING

from msgspec.structs import replace

from fupin_cli.engines import Engine
from fupin_cli.model.sheet import Merge, Sheet
from fupin_cli.sheets.calamine import load_sheet, open_book
from fupin_cli.sheets.grid import Loader
from fupin_cli.sheets.marks import Marks
from fupin_cli.sheets.package import Package, open_package
from fupin_cli.sheets.refusals import refuse
from fupin_cli.sheets.sheet_xml import SparseBoxError, scan_sheet_xml
from fupin_cli.sheets.workbook import loaded_sheet

if TYPE_CHECKING:
    from concurrent.futures import Future

    from python_calamine import CalamineWorkbook

    from fupin_cli.sheets.cell_texts import Workbook
    from fupin_cli.sheets.compiled_scan import Code
    from fupin_cli.sheets.distinct_texts import Texts
    from fupin_cli.sheets.number_formats import Meaning

LARGE = 4 << 20  # bytes of a workbook
WORTH_COMPILED = (
    12 << 20
)  # bytes of a sheet's XML; below, loading wasmtime, where it is there, costs more than it saves


class Reader(Enum):
    """What reads the cells of an xlsx; calamine reads what the others give up."""

    NUMPY = "numpy"
    COMPILED = "compiled"  # the extra `fast`
    CALAMINE = "calamine"


def read_xlsx(engine: Engine, path: Path, number: int, reader: Reader | None = None) -> list[Sheet]:
    """Every worksheet; chart, macro and dialogue sheets are left out.

    Args:
        engine: where the cells go.
        path: the workbook.
        number: the file's ordinal in the run.
        reader: what to read it with; None is the fastest that is there.

    Raises:
        InputError: encrypted, damaged, or too large.
    """
    with open_package(path) as package, ExitStack() as opened:
        readers = _Readers(package, opened, reader)
        sheets: list[Sheet] = []
        for position, told in enumerate(package.sheets):
            if told.part is not None:
                loader = Loader(engine, f"sheet_{number}_{len(sheets)}")
                try:
                    marks, merges, texts = readers.load(loader, told.part, position)
                except SparseBoxError as error:
                    raise refuse(path, "sparse", told.name, error.rows, error.columns) from error
                loaded = loaded_sheet(loader, path, told.name, marks, merges, hidden=told.hidden)
                sheets.append(replace(loaded, texts=texts, part=told.part))
    if path.stat().st_size > LARGE:
        _hand_back_memory()
    return sheets


def _hand_back_memory() -> None:
    """Let glibc return what the sheets' XML took: several times what the cells take, and the tables are still to come."""
    import ctypes
    import sys

    if sys.platform == "linux" and hasattr(library := ctypes.CDLL(None), "malloc_trim"):
        library.malloc_trim(0)


class _Readers:
    """The readers of one package, each opened when the first sheet needs it."""

    def __init__(self, package: Package, opened: ExitStack, reader: Reader | None) -> None:
        self.package, self.opened, self.reader = package, opened, reader
        self.code = self._begin_code()
        self.beyond = None if reader is Reader.CALAMINE else self._beyond()
        self.book: CalamineWorkbook | None = None

    def load(self, loader: Loader, part: str, position: int) -> "tuple[Marks, tuple[Merge, ...], Texts]":
        """Load a sheet the quick way, or else by calamine."""
        from fupin_cli.sheets.block_cells import UnknownSpellingError
        from fupin_cli.sheets.quick_sheet import load_quickly

        if self.beyond is not None:
            try:
                with self._open(part) as stream:
                    return load_quickly(
                        loader, stream, self.beyond, code=self.code if self._is_compiled(part) else None
                    )
            except UnknownSpellingError:
                loader.clear()
        return *self._by_calamine(loader, part, position), ()

    def _begin_code(self) -> "Future[Code | None] | None":
        """Have the machine code made while the shared texts are read, where a sheet is worth it."""
        if not any(self._is_compiled(told.part) for told in self.package.sheets if told.part is not None):
            return None
        from concurrent.futures import ThreadPoolExecutor

        from fupin_cli.sheets.compiled_scan import make_code

        return self.opened.enter_context(ThreadPoolExecutor(1)).submit(make_code)

    def _is_compiled(self, part: str) -> bool:
        if self.reader is not None:
            return self.reader is Reader.COMPILED
        try:
            return self.package.size(part) >= WORTH_COMPILED
        except KeyError as error:
            raise refuse(self.package.path, "damaged", "XML") from error

    def _open(self, part: str) -> IO[bytes]:
        try:
            return self.package.open(part)
        except KeyError as error:
            raise refuse(self.package.path, "damaged", "XML") from error

    def _beyond(self) -> "Workbook | None":
        """Shared texts and styles, or None when they are for a real parser."""
        from lxml import etree

        from fupin_cli.sheets.block_cells import UnknownSpellingError
        from fupin_cli.sheets.cell_texts import Workbook
        from fupin_cli.sheets.shared_texts import NO_TEXTS, read_shared_texts

        package = self.package
        shared = NO_TEXTS
        try:
            if package.shared_texts:
                with package.open(package.shared_texts) as stream:
                    shared = read_shared_texts(stream)
            return Workbook(shared, self.meanings, package.from_1904)
        except (UnknownSpellingError, etree.XMLSyntaxError, KeyError):
            return None

    @cached_property
    def meanings(self) -> "tuple[Meaning, ...]":
        """What each cell style makes of a number."""
        from fupin_cli.sheets.number_formats import read_meanings

        if not self.package.styles:
            return ()
        with self.package.open(self.package.styles) as stream:
            return read_meanings(stream)

    def _by_calamine(self, loader: Loader, part: str, position: int) -> tuple[Marks, tuple[Merge, ...]]:
        from lxml import etree

        path = self.package.path
        meanings: tuple[Meaning, ...] = ()
        with suppress(etree.XMLSyntaxError, KeyError):  # calamine reads a workbook without styles, too
            meanings = self.meanings
        try:
            marks = scan_sheet_xml(lambda: self._open(part), meanings)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise refuse(path, "damaged", "XML") from error
        if self.book is None:
            self.package.read_whole()
            self.book = self.opened.enter_context(open_book(path))
            if len(self.book.sheets_metadata) != len(self.package.sheets):
                raise refuse(path, "damaged", "sheets")
        return marks, load_sheet(loader, self.book.get_sheet_by_index(position), marks)
