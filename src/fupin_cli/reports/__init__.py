"""Turn an Audit into what people and programs read: a page, a workbook, or one of the forms that scripts know.

A text form is one module with `lines(audit, look) -> Iterator[str]`; a form that is a file of its own has
`to_…(audit, beside, look, path)`. A new form is a line in `_TEXTS` or `_FILES`, and one in `_SUFFIXES` when a suffix means it.
"""

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Literal, get_args

from fupin_cli.catalogue import both
from fupin_cli.errors import OutputError
from fupin_cli.model.audit import Audit
from fupin_cli.reports.withheld import audit_as_shown
from fupin_cli.reports.words import Lang, Look

TextForm = Literal["terminal", "json", "html", "jsonl", "csv", "junit", "sarif", "markdown", "github"]
FileForm = Literal["xlsx"]
Form = Literal[TextForm, FileForm]
__all__ = [
    "AUDIT_FORMS",
    "FileForm",
    "Form",
    "Lang",
    "Look",
    "TextForm",
    "form_of",
    "parts",
    "refuse_input",
    "render",
    "write",
]

_SUFFIXES: dict[str, Form] = {
    ".xlsx": "xlsx",
    ".sarif.json": "sarif",  # before .json
    ".json": "json",
    ".txt": "terminal",
    ".html": "html",
    ".htm": "html",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
    ".xml": "junit",
    ".sarif": "sarif",
    ".md": "markdown",
    ".markdown": "markdown",
}
_TEXTS: dict[str, str] = {  # form → the module that writes it
    "terminal": "terminal",
    "json": "json_report",
    "html": "audit_page",
    **{form: f"{form}_report" for form in ("jsonl", "csv", "junit", "sarif", "markdown", "github")},
}
_FILES: dict[str, tuple[str, str]] = {"xlsx": ("xlsx", "to_workbook")}  # form → module, function
_COMMON = ("terminal", "json", "xlsx")  # forms that reports of other jobs have, too
AUDIT_FORMS: tuple[str, ...] = get_args(Form)


def parts(audit: Audit, form: Form, look: Look) -> Iterator[str]:
    """Give a text form piece by piece, as it is made."""
    if form not in get_args(TextForm):
        message = f"a report of the form {form} is written to a file, not rendered as text"
        raise ValueError(message)
    made: Iterator[str] = import_module(f"fupin_cli.reports.{_TEXTS[form]}").lines(audit_as_shown(audit, look), look)
    return made


def render(audit: Audit, form: Form, look: Look) -> str:
    """Return a text form whole."""
    return "".join(parts(audit, form, look))


def form_of(path: Path, otherwise: Form, among: tuple[str, ...] = _COMMON) -> Form:
    """Return the form that the name of a report file asks for: by its suffix where it is `among` them, else `otherwise`."""
    name = path.name.lower()
    asked = next((form for suffix, form in _SUFFIXES.items() if name.endswith(suffix)), otherwise)
    return asked if asked in among else otherwise


def write(audit: Audit, path: Path, form: Form, look: Look) -> None:
    """Write the report to `path`, whole or not at all.

    Raises:
        OutputError: `path` cannot be written, or is one of the workbooks that were read.
    """
    from fupin_cli.reports.output import written_beside

    refuse_input(path, [layout.sheet.file for layout in audit.layouts])
    with written_beside(path) as beside:
        if form in _FILES:
            module, function = _FILES[form]
            getattr(import_module(f"fupin_cli.reports.{module}"), function)(
                audit_as_shown(audit, look), beside, look, path
            )
            return
        with beside.open("w", 1 << 20, "utf-8", "backslashreplace", "\n") as file:
            file.writelines(parts(audit, form, look))


def refuse_input(path: Path, inputs: list[Path]) -> None:
    """Raise OutputError when a report would stand where a workbook that was read stands."""
    if any(path.resolve() == file.resolve() for file in inputs):
        raise OutputError(*both("{path}：这是被核查的文件，原件不会被改写；请给报告另起文件名。", path=path))
