"""An Audit and the workbooks it is of in; copies of them in which each finding is marked at its cell and row out."""

import zipfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from msgspec import Struct
from msgspec.structs import replace

from fupin_cli.catalogue import both
from fupin_cli.errors import InputError, UsageError
from fupin_cli.jobs.clean import whole_folder
from fupin_cli.jobs.clean_copies import LOOK_LOST, opened_file, write_as_values
from fupin_cli.jobs.clean_places import places_below, refuse_folder
from fupin_cli.jobs.files import Source, expanded, sha256
from fupin_cli.jobs.request import Progress
from fupin_cli.model.annotation import ORIGINAL
from fupin_cli.model.audit import Audit
from fupin_cli.reports import refuse_input
from fupin_cli.reports.annotation import Annotations, owners_of
from fupin_cli.reports.output import refuse_place, written_beside
from fupin_cli.reports.words import Lang
from fupin_cli.sheets.formats import Format, identify
from fupin_cli.sheets.package import open_package
from fupin_cli.workbooks import rewrite

_MACROS = b"macroEnabled"
_TOO_LONG = both("行数超过 .xlsx 的上限，不能批注；请按乡镇分成几个文件。")  # fmt: skip
_PARQUET = both("Parquet 不能批注，问题见报告。")
_OWN = 0o600  # whoever wrote it, and nobody else: names and numbers are not masked


class Copy(Struct, frozen=True):
    """One annotated workbook."""

    file: Path  # the original
    path: Path  # the copy
    findings: int
    notes: tuple[tuple[str, str], ...] = ()  # (zh, en)


class Annotated(Struct, frozen=True):
    """What became of every workbook."""

    copies: tuple[Copy, ...]
    failed: tuple[tuple[Path, str, str], ...] = ()  # (file, zh, en): could not be annotated, and why
    elsewhere: int = 0  # findings that stand in none of them: of lists and ledgers


class Target(Struct, frozen=True):
    """Where the copies are to stand."""

    path: Path  # of the one copy, or the folder of all
    alone: bool  # one workbook was given: `path` is its copy


def target_of(files: Sequence[Path], output: Path, others: Iterable[Path] = ()) -> Target:
    """Return where copies go; told before the work, not after it.

    Args:
        files: workbooks and folders as the user wrote them.
        output: what follows --annotate.
        others: further files of the run, none of which may be written over.

    Raises:
        UsageError: a wrong suffix, a file where a folder is needed, or a folder that holds something.
        OutputError: nothing can stand there, or an original does.
    """
    refuse_input(output, [*files, *others])
    alone = len(files) == 1 and not files[0].is_dir() and _form(files[0]) is not Format.ARCHIVE
    if alone:
        _refuse_suffix(output, files[0])
        refuse_place(output)
        return Target(output, alone=True)
    if output.suffix.lower() in {".xlsx", ".xlsm"}:
        raise UsageError(
            *both("--annotate {output}：要批注的不止一个工作簿，请写文件夹，每个工作簿的副本放在其中。", output=output)
        )
    refuse_folder(
        output, files, [one.member.archive if one.member else one.file for one in expanded(files)], "--annotate"
    )
    return Target(output, alone=False)


def annotate(
    audit: Audit,
    files: Sequence[Path],
    target: Target,
    lang: Lang,
    progress: Progress = lambda _stage, _done, _total: None,
) -> Annotated:
    """Write the annotated copy of every workbook that was read; a copy is whole or not there.

    Raises:
        OutputError: a copy cannot be written.
    """
    there = {layout.sheet.file for layout in audit.layouts}
    sources = [one for one in expanded(files) if one.file in there and not one.skipped]
    own = {one.file for one in sources}
    elsewhere = sum(own.isdisjoint(owners_of(finding)) for finding in audit.findings)
    told = Annotations(audit, lang)
    places = _Places(places_below(files, sources))
    copies: list[Copy] = []
    failed: list[tuple[Path, str, str]] = []
    with _folder(target) as folder:
        for number, source in enumerate(sources):
            progress("reports", number, len(sources))
            try:
                with opened_file(source) as original:
                    below = "" if target.alone else places.of(source.file, suffix_of(original))
                    place = folder / below
                    place.parent.mkdir(parents=True, exist_ok=True)
                    findings, notes = _write(told, source, original, place)
                copies.append(Copy(source.file, target.path / below, findings, notes))
            except InputError as error:
                failed.append((source.file, error.zh, error.en))
    if not copies and not target.alone:
        target.path.rmdir()
    return Annotated(tuple(copies), tuple(failed), elsewhere)


@contextmanager
def _folder(target: Target) -> Iterator[Path]:
    """Give the folder to write to, or the path of the only copy; `_Places` says where below it a copy stands."""
    if target.alone:
        yield target.path
        return
    with whole_folder(target.path) as folder:
        yield folder


class _Places(Struct):
    """Where each copy stands below the folder."""

    own: dict[Path, str]  # where the original stands below its parent

    def of(self, file: Path, suffix: str) -> str:
        """Return the copy's path with the suffix of its format; nothing stands in the place of another."""
        below = PurePosixPath(self.own[file])
        if below.suffix.lower() != suffix:
            wanted = str(below.with_suffix(suffix))
            self.own[file] = f"{below}{suffix}" if wanted in self.own.values() else wanted
        return self.own[file]


def _write(told: Annotations, source: Source, original: Path, place: Path) -> tuple[int, tuple[tuple[str, str], ...]]:
    """Write one copy; return how many findings it has, and what is to be said of it."""
    form = identify(original)
    if form is Format.PARQUET:
        raise InputError(*both("{file}：{parquet}", file=source.file, parquet=_PARQUET))
    with written_beside(place) as beside, TemporaryDirectory(prefix="fupin-") as folder:
        beside.chmod(_OWN)
        if form is Format.XLSX:
            return _annotated(told, source, original, beside, {}, sha256(original)), ()
        values = Path(folder) / "values.xlsx"
        names = write_as_values(source, values).names
        if names is None:
            raise InputError(*both("{file}：{too_long}", file=source.file, too_long=_TOO_LONG))
        return _annotated(told, source, values, beside, names, sha256(original)), (LOOK_LOST,)


def suffix_of(path: Path) -> str:
    """Return the suffix of a workbook's annotated copy: .xlsm where it has macros, else .xlsx."""
    if identify(path) is not Format.XLSX:
        return ".xlsx"
    with zipfile.ZipFile(path) as package:
        return ".xlsm" if _MACROS in package.read("[Content_Types].xml") else ".xlsx"


def _form(file: Path) -> Format | None:
    """Return how a file is read; None where it cannot be, of which the audit tells."""
    try:
        return identify(file)
    except InputError:
        return None


def _refuse_suffix(output: Path, file: Path) -> None:
    """Raise UsageError when the copy of a workbook would not open under its name."""
    wanted = suffix_of(file) if _form(file) is not None else output.suffix.lower()
    if output.suffix.lower() != wanted:
        raise UsageError(
            *both(
                "--annotate {output}：{name} 的批注副本是 {wanted} 文件，请写以 {wanted} 结尾的文件名。",
                output=output,
                name=file.name,
                wanted=wanted,
            )
        )


def _annotated(
    told: Annotations, source: Source, original: Path, copy: Path, names: dict[str, str], made_of: str
) -> int:
    with open_package(original) as package:
        sheets = package.sheets
    annotation = told.of(source.file, names, [one.name for one in sheets])
    parts = {one.name: one.part for one in sheets if one.part is not None}
    of = {name: parts[names.get(name, name)] for name in annotation.cells}
    rewrite(
        original,
        copy,
        {of[name]: cells for name, cells in annotation.cells.items()},
        added=(replace(annotation.added, kept={ORIGINAL: made_of}),),
        widths={of[name]: widths for name, widths in annotation.widths.items()},
        called=source.file,
    )
    return annotation.findings
