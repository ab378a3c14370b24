"""What the reader understood of the files in; a terminal page, JSON or a web page out."""

from collections.abc import Sequence
from typing import Any

from fupin_cli.model.inspection import Account, Inspection, SeenSheet, SeenTable
from fupin_cli.reports.json_report import by_place, row_range
from fupin_cli.reports.words import Lang, Look


def render_inspection(inspections: Sequence[Inspection], form: str, look: Look) -> str:
    """Return the page: `terminal`, `json` (indented) or `html` (one file that needs no other)."""
    if form == "json":
        import json

        return json.dumps(to_dict(inspections, look.lang), ensure_ascii=False, indent=2) + "\n"
    if form == "html":
        from fupin_cli.reports.inspect_html import to_html

        return to_html(inspections, look.lang)
    from fupin_cli.reports.inspect_text import to_text

    return to_text(inspections, look)


def to_dict(inspections: Sequence[Inspection], lang: Lang = "zh") -> dict[str, Any]:
    """Return what was understood as plain dicts and lists."""
    return {
        "version": 1,
        "tool": "fupin",
        "notes": [note[lang == "en"] for each in inspections for note in each.notes],
        "files": [
            {
                "path": str(each.file),
                "failed": each.failed[lang == "en"] if each.failed else None,
                "skipped": each.skipped[lang == "en"] if each.skipped else None,
                "sheets": [_sheet(seen, lang) for seen in each.sheets],
            }
            for each in inspections
        ],
    }


def _sheet(seen: SeenSheet, lang: Lang) -> dict[str, Any]:
    return {
        "name": seen.sheet.name,
        "hidden": seen.sheet.hidden,
        "rows": seen.sheet.row_count,
        "cells": _cells(seen.account),
        "tables": [_table(each, lang) for each in seen.tables],
    }


def _cells(account: Account) -> dict[str, Any]:
    """Return where the cells with content went; all numbers but `covered` add up to `total`."""
    return {
        "total": account.total,
        "read": account.read,
        "headings": account.headings,
        "left_out": dict(account.left_out),
        "unmapped": dict(account.unmapped),
        "unread": account.unread,
        "serial": account.serial,
        "outside": account.outside,
        "covered": account.covered,
        "outside_cells": [{"cells": stray.cells, "text": stray.text} for stray in account.strays],
    }


def _table(seen: SeenTable, lang: Lang) -> dict[str, Any]:
    layout = seen.layout
    return {
        "table": layout.kind,
        "title": layout.title,
        "dated": layout.dated.isoformat() if layout.dated else None,
        "heading_rows": list(layout.heading_rows),
        "first_row": layout.first_row,
        "last_row": layout.last_row,
        "columns": {
            where: {"heading": each.heading, "column": each.column, "how": each.how, "score": each.score}
            for where, each in by_place(layout).items()
        },
        "unmapped": {
            where: {
                "heading": heading,
                "nearest": seen.nearest[where][0] if where in seen.nearest else None,
                "score": seen.nearest[where][1] if where in seen.nearest else None,
            }
            for where, heading in layout.unmapped.items()
        },
        "unread": dict(layout.unread),
        "left_out_rows": [{"rows": row_range(part), "reason": part.reason} for part in layout.left_out],
        "doubts": [doubt[lang == "en"] for doubt in layout.doubts],
        "sample": dict(seen.sample),
    }
