"""`fupin round export`: a campaign's folder in; its whole ledger as a workbook out, unmasked."""

from pathlib import Path

from fupin_cli.jobs.round_rules import HEADINGS, ledger_rows
from fupin_cli.reports.round_export import write
from fupin_cli.reports.words import Lang
from fupin_cli.rounds import TABLES, Ledger, columns_of, open_ledger


def run(folder: Path, output: Path, lang: Lang) -> int:
    """Write every table of the ledger; the first sheet has the headings of a 疑点台账. Return how many rows that has.

    Raises:
        InputError: no ledger.
        OutputError: the workbook cannot be written.
    """
    with open_ledger(folder) as ledger:
        return write(output, HEADINGS, ledger_rows(ledger), _tables(ledger), lang)


def _tables(ledger: Ledger) -> list[tuple[str, tuple[str, ...], list[tuple[object, ...]]]]:
    """Return name, columns and rows of every table; the key's mark stays in the ledger."""
    shown = [table for table in TABLES if table != "campaign"]
    return [(table, columns_of(ledger, table), ledger.rows(f'SELECT * FROM "{table}"')) for table in shown]
