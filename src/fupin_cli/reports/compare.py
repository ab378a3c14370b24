"""Turn a Comparison into what people read: a terminal page, JSON, or a workbook."""

from pathlib import Path

from fupin_cli.model.difference import Comparison
from fupin_cli.reports import Form, refuse_input
from fupin_cli.reports.compare_terminal import TOP
from fupin_cli.reports.words import Look


def render(comparison: Comparison, form: Form, look: Look, top: int = TOP) -> str:
    """Return the report as text: `terminal` or `json`."""
    if form == "json":
        from fupin_cli.reports.compare_json import json_parts

        return "".join(json_parts(comparison, masking=look.masking, lang=look.lang))
    if form == "terminal":
        from fupin_cli.reports.compare_terminal import to_terminal

        return to_terminal(comparison, look, top)
    message = "a workbook is written to a file, not rendered as text"
    raise ValueError(message)


def write(comparison: Comparison, path: Path, form: Form, look: Look, top: int = TOP) -> None:
    """Write the report to `path`, whole or not at all.

    Raises:
        OutputError: `path` cannot be written, or is one of the files that were read.
    """
    from fupin_cli.reports.output import written_beside

    refuse_input(path, [layout.sheet.file for layout in comparison.layouts])
    with written_beside(path) as beside:
        if form == "xlsx":
            from fupin_cli.reports.compare_xlsx import to_workbook

            to_workbook(comparison, beside, look, path)
        elif form == "json":
            from fupin_cli.reports.compare_json import json_parts

            with beside.open("w", encoding="utf-8", newline="\n") as file:
                file.writelines(json_parts(comparison, masking=look.masking, lang=look.lang))
        else:
            beside.write_text(render(comparison, form, look, top), encoding="utf-8")
