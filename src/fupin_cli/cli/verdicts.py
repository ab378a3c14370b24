"""--format and -o in; where all verdicts are to be written, and which report is asked for beside them, out."""

from pathlib import Path

from fupin_cli.catalogue import both
from fupin_cli.cli.audit_options import Form as AuditForm
from fupin_cli.cli.stream import tell
from fupin_cli.errors import UsageError
from fupin_cli.reports import AUDIT_FORMS, Form, form_of
from fupin_cli.reports.words import Lang

NOT_WRITTEN = frozenset(  # suffixes of files that fupin does not write: a page of text under such a name opens nowhere
    (".xls", ".xlsm", ".xlsb", ".et", ".ods", ".doc", ".docx", ".wps", ".odt", ".pdf", ".tsv", ".yaml", ".yml", ".zip")
)


def verdicts_asked(form: AuditForm, output: Path | None) -> tuple[Path | None, Form, Path | None]:
    """Return the Parquet file of all verdicts (None: not asked for), and the form and the file of the report.

    A Parquet file is no report: beside it the report goes to standard output, as if there were no -o.

    Raises:
        UsageError: --format parquet without a file; a file of a kind that is not written.
    """
    if output is not None and output.suffix.lower() == ".parquet":
        return output, "terminal" if form == "parquet" else form, None
    if output is not None and form == "terminal" and output.suffix.lower() in NOT_WRITTEN:
        raise UsageError(
            *both(
                "-o {output}：不写 {suffix} 文件；请用 .xlsx .html .json .jsonl .csv .xml .sarif .md .txt 或 .parquet。",
                output=output,
                suffix=output.suffix,
            )
        )
    if form != "parquet":
        return None, form, output
    if output is None:
        raise UsageError(
            *both("--format parquet：要用 -o 写明文件，如 -o verdicts.parquet；其中是每条规则对每一行的判断。")
        )
    report = form_of(output, "terminal", AUDIT_FORMS)
    return (
        (output, "terminal", None)
        if report == "terminal" and output.suffix.lower() != ".txt"
        else (None, report, output)
    )


def tell_verdicts(path: Path | None, lang: Lang, *, quiet: bool) -> None:
    """Say on standard error where the verdicts stand."""
    if path is not None and not quiet:
        tell(both("逐条判断已写入 {path}。", path=path)[lang == "en"])
