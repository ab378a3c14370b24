"""Registries as files or frames in; what was repaired, and cleaned copies of the frames, out."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from fupin_cli.model.fix import Cleaned
from fupin_cli.model.settings import Settings, Wishes

if TYPE_CHECKING:
    import pandas as pd
    from arro3.core import Table

    from fupin_cli.api.sources import Source
    from fupin_cli.reports.words import Look


class CleanCounts(Struct, frozen=True):
    """How many cells were repaired, or are to be."""

    files: int  # that could be read; frames are counted with them
    changed_files: int
    repaired: int  # cells
    left: int  # cells a repair was for, and which are as they were
    failed_files: int
    by_repair: Mapping[str, int]  # FIX001 → cells


class CleanResult(Struct, frozen=True, eq=False):
    """What was cleaned."""

    cleaned: Cleaned  # unmasked
    frames: "tuple[pd.DataFrame | Table, ...]" = ()  # cleaned copies of the frames given, in their order

    def __repr__(self) -> str:
        """Return the counts alone: a notebook keeps this text, and a log may get it."""
        from fupin_cli.reports.clean_text import counts_line

        return f"<fupin clean: {counts_line(self.cleaned, 'zh')}>"

    @property
    def counts(self) -> CleanCounts:
        """The counts of the whole run."""
        files = self.cleaned.files
        by_repair = Counter(fix.repair for one in files for fix in one.fixes)
        return CleanCounts(
            files=len(files),
            changed_files=sum(bool(one.fixes) for one in files),
            repaired=by_repair.total(),
            left=sum(len(one.left) for one in files),
            failed_files=len(self.cleaned.failed_files),
            by_repair=dict(sorted(by_repair.items())),
        )

    def to_dict(self, *, reveal: bool = False, lang: str = "zh", mask: str | None = None) -> dict[str, Any]:
        """Return the JSON of `fupin clean --format json`; masked unless `reveal`, or as `mask` says (`--mask`)."""
        from fupin_cli.reports.clean_text import to_dict

        return to_dict(self.cleaned, _look(lang, mask, reveal=reveal))

    def to_pandas(self, *, reveal: bool = False, lang: str = "zh", mask: str | None = None) -> "pd.DataFrame":
        """Return one row a repaired cell: file, sheet, row, cell, column, before, after, repair, reason; masked as in `to_dict`."""
        import pandas as pd

        from fupin_cli.reports.clean_frame import COLUMNS, rows_of

        rows = list(rows_of(self.cleaned, _look(lang, mask, reveal=reveal)))
        frame = pd.DataFrame({name: pd.Series([row[name] for row in rows], dtype=object) for name in COLUMNS})
        return frame.astype({"row": "Int64"})

    def _repr_html_(self) -> str:
        """Return what a notebook shows: counts and the first cells, masked."""
        from fupin_cli.reports.clean_frame import cleaned_html

        return cleaned_html(self.cleaned, "zh")


def _look(lang: str, mask: str | None, *, reveal: bool) -> "Look":
    from fupin_cli.reports.masking_words import masking_called
    from fupin_cli.reports.words import Look

    return Look("en" if lang == "en" else "zh", masking=masking_called(mask, reveal=reveal))


def clean(  # noqa: PLR0913  # one argument an option of the command
    *sources: "Source",
    output: str | Path | None = None,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    unsafe: bool = False,
    fill_households: bool = False,
    sheets: Iterable[str] = (),
    mapping: Mapping[str, str] | None = None,
    mapping_file: str | Path | None = None,
    rules: str | Path | None = None,
    today: date | None = None,
) -> CleanResult:
    """Repair how registries are written, in copies of workbooks or frames, as `fupin clean` does.

    Args:
        sources: paths of workbooks or folders, or frames whose columns are named as registry headings: of pandas, or
            anything that gives an Arrow stream (Polars, PyArrow, DuckDB's relations). They are cleaned as one registry.
        output: a new folder for the copies of the files and their log; default: nothing is written. Not with frames:
            their cleaned copies are `.frames` of the result.
        select: ids of repairs or their beginnings; default: all that are safe.
        ignore: ids of repairs or their beginnings left out.
        unsafe: also the repairs that change or add what is said; a person must look.
        fill_households: fill what a household says on its first row into its other rows (no amounts).
        sheets: read only these; that of a frame is called "frame".
        mapping: heading → column, where the dictionary does not know it.
        mapping_file: as `fupin inspect --save` writes it.
        rules: a folder of more rules and columns.
        today: the day used for rows without a date; default: the day of the call.

    Raises:
        FupinError: one clear sentence, in `zh` and `en`.
    """
    from fupin_cli.api.sources import kept, listed, texts
    from fupin_cli.jobs.clean import CleanRequest
    from fupin_cli.jobs.clean_frames import run_with_frames
    from fupin_cli.jobs.request import Request

    given = listed(sources)
    frames = [kept(one) for one in given if not isinstance(one, Path)]
    request = Request(
        files=tuple(one for one in given if isinstance(one, Path)),
        settings=Settings(today=today or date.today()),  # noqa: DTZ011  # the clerk's own day
        wishes=Wishes(sheets=texts(sheets), mapping=dict(mapping or {})),
        mapping=Path(mapping_file) if mapping_file is not None else None,
        rules_dir=Path(rules) if rules is not None else None,
    )
    folder = Path(output) if output is not None else None
    cleaned = run_with_frames(
        CleanRequest(request, folder, texts(select), texts(ignore), unsafe, fill_households), frames
    )
    return CleanResult(cleaned, _cleaned_frames(frames, cleaned))


def _cleaned_frames(frames: "Sequence[pd.DataFrame | Table]", cleaned: Cleaned) -> "tuple[pd.DataFrame | Table, ...]":
    """Return a copy of each frame with its fixes written; one that could not be read is as it was."""
    from fupin_cli.api.patched import patched
    from fupin_cli.jobs.clean_frames import frame_name

    fixes = {one.file: one.fixes for one in cleaned.files}
    return tuple(patched(frame, fixes.get(frame_name(number), ())) for number, frame in enumerate(frames))
