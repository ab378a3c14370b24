"""What was repaired in; one row a cell as a frame has them, and the page a notebook shows, masked unless revealed, out."""

from collections.abc import Iterator
from itertools import chain, islice
from typing import Any

from fupin_cli.catalogue import both, in_each
from fupin_cli.model.fix import Cleaned, Fix
from fupin_cli.reports.clean_text import cleaned_as_shown, counts_line, shown_value
from fupin_cli.reports.notebook import MOST, page
from fupin_cli.reports.words import Lang, Look

COLUMNS = ("file", "sheet", "row", "cell", "column", "before", "after", "repair", "reason")
_HEADS = in_each(both("位置"), both("列"), both("改前"), both("改后"), both("修复"), both("原因"))


def rows_of(cleaned: Cleaned, look: Look) -> Iterator[dict[str, Any]]:
    """Yield one row a repaired cell; a blank is None."""
    for fix in _fixes(cleaned_as_shown(cleaned, look)):
        yield {
            "file": str(fix.file),
            "sheet": fix.sheet,
            "row": fix.row,
            "cell": fix.cell,
            "column": fix.column,
            "before": None if fix.before is None else shown_value(fix, fix.before, look),
            "after": None if fix.after is None else shown_value(fix, fix.after, look),
            "repair": fix.repair,
            "reason": fix.reason_en if look.lang == "en" else fix.reason,
        }


def cleaned_html(cleaned: Cleaned, lang: Lang) -> str:
    """Return the first cells, masked, below the counts, the files that could not be read and the notes."""
    english, look = lang == "en", Look(lang)
    facts = [counts_line(cleaned, lang), *(note[english] for note in cleaned.notes)]
    facts += [en if english else zh for _, zh, en in cleaned.failed_files]
    names = {repair.id: repair.name_en if english else repair.name for repair in cleaned.repairs}
    rows = [
        (
            " › ".join(part for part in (fix.file.name, fix.sheet, fix.cell) if part),
            fix.column,
            shown_value(fix, fix.before, look),
            shown_value(fix, fix.after, look),
            f"{fix.repair} {names.get(fix.repair, '')}".strip(),
            fix.reason_en if english else fix.reason,
        )
        for fix in islice(_fixes(cleaned), MOST)
    ]
    return page(facts, _HEADS[english], rows, sum(len(one.fixes) for one in cleaned.files), lang)


def _fixes(cleaned: Cleaned) -> Iterator[Fix]:
    return chain.from_iterable(one.fixes for one in cleaned.files)
