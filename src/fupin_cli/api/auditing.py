"""Registries as files or frames in; the findings of an audit as a frame, a dictionary or records out."""

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from fupin_cli.catalogue import both
from fupin_cli.errors import OutputError, UsageError
from fupin_cli.model.audit import Audit
from fupin_cli.model.settings import Settings, Wishes

if TYPE_CHECKING:
    import pandas as pd

    from fupin_cli.api.sources import Source


class Result(Struct, frozen=True):
    """What an audit found."""

    audit: Audit  # unmasked
    files: tuple[Path, ...] = ()  # those of the sources that are paths

    def __repr__(self) -> str:
        """Return the counts alone: a notebook keeps this text, and a log may get it."""
        from fupin_cli.reports.summary import counts_line

        return f"<fupin audit: {counts_line(self.audit, 'zh')}>"

    def to_dict(self, *, reveal: bool = False, lang: str = "zh", mask: str | None = None) -> dict[str, Any]:
        """Return the JSON report (docs: the contract of `--format json`); masked unless `reveal`, or as `mask` says (`--mask`)."""
        from fupin_cli.reports.json_report import to_dict
        from fupin_cli.reports.masking_words import masking_called

        return to_dict(self.audit, lang="en" if lang == "en" else "zh", masking=masking_called(mask, reveal=reveal))

    def to_pandas(self, *, reveal: bool = False, mask: str | None = None) -> "pd.DataFrame":
        """Return one row a finding: id, rule, severity, file, sheet, row, cells, household, person, message, basis, fix."""
        import pandas as pd

        columns = [
            "id",
            "rule",
            "severity",
            "file",
            "sheet",
            "row",
            "cells",
            "household",
            "person",
            "village",
            "message",
            "basis",
            "fix",
        ]
        rows = [
            {**finding, "cells": " ".join(finding["cells"])}
            for finding in self.to_dict(reveal=reveal, mask=mask)["findings"]
        ]
        return pd.DataFrame(rows, columns=columns).astype({"row": "Int64"})

    def annotate(self, output: str | Path, *, lang: str = "zh") -> tuple[Path, ...]:
        """Write annotated copies of the audited files, as `fupin audit --annotate` does, and return where they stand.

        Args:
            output: of one workbook its copy, of several a new folder. Copies are not masked.
            lang: of rule names and messages.

        Raises:
            FupinError: one clear sentence, in `zh` and `en`; also where some file cannot be annotated.
        """
        from fupin_cli.jobs.annotate import annotate, target_of

        if not self.files:
            raise UsageError(*both("没有核查文件，批注不了；数据框没有单元格可标。"))
        copies = annotate(self.audit, self.files, target_of(self.files, Path(output)), "en" if lang == "en" else "zh")
        if copies.failed:
            raise OutputError("；".join(zh for _, zh, _ in copies.failed), "; ".join(en for _, _, en in copies.failed))
        return tuple(copy.path for copy in copies.copies)

    def _repr_html_(self) -> str:
        """Return what a notebook shows: counts and the first findings, masked."""
        from fupin_cli.reports.notebook import audit_html

        return audit_html(self.audit, "zh")


def audit(  # noqa: PLR0913  # one argument an option of the command
    *sources: "Source",
    as_of: date | None = None,
    region: str | None = None,
    profile: str | None = None,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    lists: Mapping[str, str | Path] | None = None,
    ledger: str | Path | None = None,
    parameters: Mapping[str, float | str] | None = None,
    previous: "Source | Iterable[Source]" = (),
    rules: str | Path | None = None,
    today: date | None = None,
) -> Result:
    """Audit registry workbooks, folders or frames, as `fupin audit` does.

    Args:
        sources: paths of workbooks or folders, or frames whose columns are named as registry headings: of pandas, or
            anything that gives an Arrow stream (Polars, PyArrow, DuckDB's relations).
        as_of: the data date of every row; default: from the rows.
        region: name or GB/T 2260 code; default: from the rows.
        profile: name of a profile of rules/profiles/.
        select: rule ids or prefixes; default: all.
        ignore: rule ids or prefixes left out.
        lists: departmental lists, name → file.
        ledger: a ledger of doubts, for the rules over cleaning rounds.
        parameters: values given by the user, such as {"收入线": 3402}.
        previous: the registry of an earlier date: a path of a workbook or folder, a frame, or several.
        rules: a folder of more rules.
        today: the day used for rows without a date; default: the day of the call.

    Raises:
        FupinError: one clear sentence, in `zh` and `en`.
    """
    from fupin_cli.api.sources import listed
    from fupin_cli.jobs.audit import run
    from fupin_cli.jobs.request import Request

    given = listed(sources)
    settings = Settings(
        today=today or date.today(),  # noqa: DTZ011  # the clerk's own day
        as_of=as_of,
        region=region,
        profile=profile,
        select=tuple(select),
        ignore=tuple(ignore),
        given=dict(parameters or {}),
    )
    request = Request(
        files=tuple(one for one in given if isinstance(one, Path)),
        settings=settings,
        wishes=Wishes(),
        lists=tuple((name, Path(file)) for name, file in (lists or {}).items()),
        ledgers=(Path(ledger),) if ledger is not None else (),
        previous=listed(previous),
        rules_dir=Path(rules) if rules is not None else None,
        frames=tuple(one for one in given if not isinstance(one, Path)),
    )
    return Result(run(request), request.files)
