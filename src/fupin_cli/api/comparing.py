"""Two datasets as files or frames in; what differs as frames, a dictionary, counts or a notebook's page out."""

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from msgspec import Struct

from fupin_cli.model.difference import Comparison
from fupin_cli.model.settings import Settings, Wishes

if TYPE_CHECKING:
    import pandas as pd

    from fupin_cli.api.sources import Source

Kind = Literal[
    "changed", "only_left", "only_right", "duplicates", "moved", "split", "merged", "head_changed", "suspected_same"
]


class CompareCounts(Struct, frozen=True):
    """How many records are in each class; keys of the JSON report."""

    same: int
    changed: int  # records
    changed_cells: int
    only_left: int
    only_right: int
    duplicate_left: int  # keys
    duplicate_right: int
    moved: int = 0  # this and what follows is told once, beside the main table
    split: int = 0
    merged: int = 0
    head_changed: int = 0
    suspected_same: int = 0


class CompareResult(Struct, frozen=True):
    """What a comparison found."""

    comparison: Comparison  # unmasked

    def __repr__(self) -> str:
        """Return the counts alone: a notebook keeps this text, and a log may get it."""
        from fupin_cli.reports.compare_terminal import counts_line

        return f"<fupin compare: {counts_line(self.comparison, 'zh')}>"

    @property
    def differs(self) -> bool:
        """Whether there is any difference: what `fupin compare` exits with 1 for."""
        from fupin_cli.reports.compare_counts import fails

        return fails(self.comparison, ["any"])

    @property
    def counts(self) -> CompareCounts:
        """The counts of the main table (人, else 户, 村 or the list), and of what is told of households."""
        from fupin_cli.reports.compare_counts import group_counts, table_counts

        main = self.comparison.tables[0]
        return CompareCounts(**table_counts(main), **group_counts(self.comparison), changed_cells=len(main.changed))

    @property
    def counts_by_table(self) -> dict[str, CompareCounts]:
        """The counts of each table that was compared: 人, 户, 村 or the name of a list."""
        from fupin_cli.reports.compare_counts import table_counts

        return {
            each.table: CompareCounts(**table_counts(each), changed_cells=len(each.changed))
            for each in self.comparison.tables
        }

    def to_dict(self, *, reveal: bool = False, lang: str = "zh", mask: str | None = None) -> dict[str, Any]:
        """Return the JSON report of `fupin compare --format json`; masked unless `reveal`, or as `mask` says (`--mask`)."""
        from fupin_cli.reports.compare_json import to_dict
        from fupin_cli.reports.masking_words import masking_called

        return to_dict(self.comparison, masking_called(mask, reveal=reveal), lang="en" if lang == "en" else "zh")

    def to_pandas(
        self, kind: Kind = "changed", *, reveal: bool = False, lang: str = "zh", mask: str | None = None
    ) -> "pd.DataFrame":
        """Return one class of differences, those of all tables, as a frame; masked unless `reveal`.

        Args:
            kind: "changed" has one row a cell, "only_left", "only_right" and "duplicates" one row a record with its
                values, "moved", "split", "merged" and "head_changed" one row an event, "suspected_same" one row a pair.
            reveal: names and numbers as they are.
            lang: of the reasons of a suspected pair.
            mask: what is hidden, as `--mask` says it.

        Raises:
            UsageError: there is no such kind, or no such level.
        """
        import pandas as pd

        from fupin_cli.reports.compare_frame import columns_of, rows_of
        from fupin_cli.reports.masking_words import masking_called

        masking = masking_called(mask, reveal=reveal)
        rows = list(rows_of(self.comparison, kind, masking, lang="en" if lang == "en" else "zh"))
        columns = columns_of(kind, rows)
        frame = pd.DataFrame({name: pd.Series([row.get(name) for row in rows], dtype=object) for name in columns})
        whole = {name: "Int64" for name in columns if name in {"row", "left_row", "right_row", "group"}}
        return frame.astype(whole)

    def _repr_html_(self) -> str:
        """Return what a notebook shows: counts and the first differences, masked."""
        from fupin_cli.reports.compare_notebook import comparison_html

        return comparison_html(self.comparison, "zh")


def compare(  # noqa: PLR0913  # one argument an option of the command
    left: "Source | Iterable[Source]",
    right: "Source | Iterable[Source]",
    *,
    on: Iterable[str] = (),
    tables: Iterable[Literal["人", "户", "村"]] = (),
    columns: Iterable[str] = (),
    ignore_columns: Iterable[str] = (),
    tolerance: float | Mapping[str, float] = 0.0,
    days: int = 0,
    link: bool = False,
    least: float = 0.9,
    sheets: Iterable[str] = (),
    mapping: Mapping[str, str] | None = None,
    mapping_file: str | Path | None = None,
    rules: str | Path | None = None,
) -> CompareResult:
    """Compare two datasets of any layout, as `fupin compare` does.

    Args:
        left: a path of a workbook or folder, a departmental list as "NAME=FILE", a frame (of pandas, or anything that
            gives an Arrow stream), or several of them.
        right: likewise.
        on: columns by which rows meet; default: found by themselves.
        tables: compare only these.
        columns: compare only these.
        ignore_columns: do not compare these.
        tolerance: by how much numbers may differ, of all columns or by column.
        days: by how many days dates may differ.
        link: look for the same person among rows that met none (extra `link`).
        least: the least score of a suspected pair, 0 to 1.
        sheets: read only these.
        mapping: heading → column, where the dictionary does not know it.
        mapping_file: as `fupin inspect --save` writes it.
        rules: a folder of more rules and columns.

    Raises:
        FupinError: one clear sentence, in `zh` and `en`.
    """
    from fupin_cli.api.sources import listed, texts
    from fupin_cli.jobs.compare import run
    from fupin_cli.jobs.compare_request import CompareRequest

    request = CompareRequest(
        left=listed(left),
        right=listed(right),
        settings=Settings(today=date.today()),  # noqa: DTZ011  # the clerk's own day
        wishes=Wishes(sheets=texts(sheets), mapping=dict(mapping or {})),
        mapping=Path(mapping_file) if mapping_file is not None else None,
        rules_dir=Path(rules) if rules is not None else None,
        on=texts(on),
        tables=texts(tables),
        tolerance=dict(tolerance) if isinstance(tolerance, Mapping) else {"": float(tolerance)} if tolerance else {},
        days=days,
        link=link,
        least=least,
        columns=texts(columns),
        ignored=texts(ignore_columns),
    )
    return CompareResult(run(request))
