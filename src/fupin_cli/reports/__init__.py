"""Turn an Audit into what people read: a terminal page, JSON, or a workbook of findings."""

from pathlib import Path
from typing import Literal

from fupin_cli.errors import OutputError
from fupin_cli.model.audit import Audit
from fupin_cli.reports.words import Lang, Look

Form = Literal["terminal", "json", "xlsx"]
__all__ = ["Form", "Lang", "Look", "form_of", "render", "write"]

_SUFFIXES: dict[str, Form] = {".xlsx": "xlsx", ".json": "json", ".txt": "terminal"}


def render(audit: Audit, form: Form, look: Look) -> str:
    """Return the report as text: `terminal` or `json`."""
    if form == "json":
        from fupin_cli.reports.json_report import json_parts

        return "".join(json_parts(audit, reveal=look.reveal, lang=look.lang))
    if form == "terminal":
        from fupin_cli.reports.terminal import to_terminal

        return to_terminal(audit, look)
    message = "a workbook is written to a file, not rendered as text"
    raise ValueError(message)


def form_of(path: Path, otherwise: Form) -> Form:
    """Return the form that the name of a report file asks for: by its suffix, else `otherwise`."""
    return _SUFFIXES.get(path.suffix.lower(), otherwise)


def write(audit: Audit, path: Path, form: Form, look: Look) -> None:
    """Write the report to `path`, whole or not at all.

    Raises:
        OutputError: `path` cannot be written, or is one of the workbooks that were read.
    """
    from fupin_cli.reports.output import written_beside

    refuse_input(path, [layout.sheet.file for layout in audit.layouts])
    with written_beside(path) as beside:
        if form == "xlsx":
            from fupin_cli.reports.xlsx import to_workbook

            to_workbook(audit, beside, look, path)
        elif form == "json":
            from fupin_cli.reports.json_report import json_parts

            with beside.open("w", encoding="utf-8", newline="\n") as file:
                file.writelines(json_parts(audit, reveal=look.reveal, lang=look.lang))
        else:
            beside.write_text(render(audit, form, look), encoding="utf-8")


def refuse_input(path: Path, inputs: list[Path]) -> None:
    """Raise OutputError when a report would stand where a workbook that was read stands."""
    if any(path.resolve() == file.resolve() for file in inputs):
        raise OutputError(
            f"{path}：这是被核查的文件，原件不会被改写；请给报告另起文件名。",
            f"{path}: this workbook is being audited and originals are never changed; name the report otherwise.",
        )
