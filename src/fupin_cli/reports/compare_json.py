"""Turn a Comparison into the JSON of `fupin compare`, version 1 (the contract that scripts rely on)."""

import json
from collections.abc import Iterator, Set
from typing import Any

from fupin_cli.model.difference import CellChange, Comparison, Record, Regrouping, Scalar, Suspicion, TableComparison
from fupin_cli.model.masking import STANDARD, Masking
from fupin_cli.model.place import Place
from fupin_cli.reports.compare_counts import group_counts, repeated_places, table_counts
from fupin_cli.reports.compare_masked import Veil
from fupin_cli.reports.json_report import files_of
from fupin_cli.reports.words import Lang


def to_dict(comparison: Comparison, masking: Masking = STANDARD, *, lang: Lang = "zh") -> dict[str, Any]:
    """Return the comparison as plain dicts and lists, as a report of that level may show it."""
    whole: dict[str, Any] = _whole(document(comparison, lang, masking))
    return whole


def json_parts(comparison: Comparison, *, masking: Masking = STANDARD, lang: Lang = "zh") -> Iterator[str]:
    """Return the comparison as JSON text, part after part: one line a record, the rest indented."""
    yield from _written(document(comparison, lang, masking), "")
    yield "\n"


def _written(document: dict[str, Any], indent: str) -> Iterator[str]:
    between = "{"
    inner = f"{indent}  "
    for key, value in document.items():
        yield f"{between}\n{inner}{json.dumps(key, ensure_ascii=False)}: "
        between = ","
        if isinstance(value, Iterator):
            yield from _listed(value, inner)
        else:
            yield json.dumps(value, ensure_ascii=False, indent=2).replace("\n", f"\n{inner}")
    yield f"\n{indent}}}"


def _listed(rows: Iterator[dict[str, Any]], indent: str) -> Iterator[str]:
    between = "["
    for row in rows:
        yield f"{between}\n{indent}  "
        between = ","
        if any(isinstance(value, Iterator) for value in row.values()):
            yield from _written(row, f"{indent}  ")
        else:
            yield json.dumps(row, ensure_ascii=False)
    yield "[]" if between == "[" else f"\n{indent}]"


def _whole(value: Any) -> Any:  # noqa: ANN401 - any JSON
    if isinstance(value, Iterator):
        return [_whole(row) for row in value]
    return {key: _whole(part) for key, part in value.items()} if isinstance(value, dict) else value


def document(comparison: Comparison, lang: Lang, masking: Masking) -> dict[str, Any]:
    """The report; lists that may be long are iterators."""
    veil = Veil(comparison, masking)
    main, *others = comparison.tables
    return {
        "version": 1,
        "tool": "fupin",
        "left": comparison.left,
        "right": comparison.right,
        "table": main.table,
        "key": _key(main),
        "counts": {**table_counts(main), **group_counts(comparison), "changed_cells": len(main.changed)},
        **_lists(main, veil),
        **_groups(comparison, veil, lang),
        **_about(main),
        "also": (_also(table, veil) for table in others),
        "masked": bool(masking.hidden),
        "tokens": comparison.tokens,
        "notes": [note[lang == "en"] for note in comparison.notes],
        "failed_files": [
            {"path": path, "message": en if lang == "en" else zh} for path, zh, en in comparison.failed_files
        ],
        "files": _files(comparison),
    }


def _groups(comparison: Comparison, veil: Veil, lang: Lang) -> dict[str, Any]:
    """What is told of households and persons beside the tables."""
    return {
        "moved": (
            {
                "left": _record(move.left),
                "right": _record(move.right),
                "left_household": move.left_household and _record(move.left_household),
                "right_household": move.right_household and _record(move.right_household),
            }
            for move in map(veil.move, comparison.moved)
        ),
        "split": _regroupings(comparison, "split", veil),
        "merged": _regroupings(comparison, "merged", veil),
        "head_changed": (
            {
                "left": _record(change.left),
                "right": _record(change.right),
                "left_head": _record(change.left_head),
                "right_head": _record(change.right_head),
            }
            for change in map(veil.head, comparison.head_changed)
        ),
        "suspected_same": (_suspicion(each, lang) for each in map(veil.suspicion, comparison.suspected)),
    }


def _files(comparison: Comparison) -> list[dict[str, Any]]:
    sides = (
        ("left", comparison.layouts[: comparison.left_layouts]),
        ("right", comparison.layouts[comparison.left_layouts :]),
    )
    return [{"side": side, **file} for side, layouts in sides for file in files_of(layouts)]


def _also(table: TableComparison, veil: Veil) -> dict[str, Any]:
    counts = {**table_counts(table), "changed_cells": len(table.changed)}
    return {"table": table.table, "key": _key(table), "counts": counts, **_lists(table, veil), **_about(table)}


def _lists(table: TableComparison, veil: Veil) -> dict[str, Any]:
    repeated = repeated_places([table])
    return {
        "only_left": (_alone(record, veil, repeated) for record in table.only_left),
        "only_right": (_alone(record, veil, repeated) for record in table.only_right),
        "changed": (_change(veil.change(change)) for change in table.changed),
        "duplicates": (
            {"side": each.side, "key": each.records[0].key, "records": [_record(record) for record in each.records]}
            for each in map(veil.duplicate, table.duplicates)
        ),
    }


def _alone(record: Record, veil: Veil, repeated: Set[Place]) -> dict[str, Any]:
    """A row only one side has; `repeated`: another row of its side has its key, and that one may be met."""
    return {**_record(veil.record(record)), "repeated": record.place in repeated}


def _about(table: TableComparison) -> dict[str, Any]:
    return {
        "keys": dict(table.keys),
        "rows": {"left": table.rows[0], "right": table.rows[1]},
        "compared": list(table.compared),
        "columns_only_left": list(table.columns_only_left),
        "columns_only_right": list(table.columns_only_right),
    }


def _key(table: TableComparison) -> list[str]:
    """The columns by which rows were met first; where none were met, those that name a row."""
    if table.keys:
        return next(iter(table.keys)).split("+")
    return list(next((record.key for record in (*table.only_left, *table.only_right)), {}))


def _record(record: Record) -> dict[str, Any]:
    return {
        "key": dict(record.key),
        "place": _place(record.place),
        "values": dict(record.values),
        "table": record.table,
        "household": record.household,
        "person": record.person,
        "village": record.village,
        "township": record.township,
    }


def _change(change: CellChange) -> dict[str, Any]:
    return {
        "key": dict(change.left_record.key),
        "column": change.column,
        "left": _plain(change.left),
        "right": _plain(change.right),
        "left_place": _place(change.left_place),
        "right_place": _place(change.right_place),
        "left_text": change.left_text,
        "right_text": change.right_text,
        "left_household": change.left_record.household,
        "right_household": change.right_record.household,
        "person": change.right_record.person or change.left_record.person,
    }


def _regroupings(comparison: Comparison, kind: str, veil: Veil) -> Iterator[dict[str, Any]]:
    for each in comparison.regrouped:
        if each.kind == kind:
            yield _regrouping(each, veil)


def _regrouping(each: Regrouping, veil: Veil) -> dict[str, Any]:
    return {
        "left": [_record(veil.record(home)) for home in each.left],
        "right": [_record(veil.record(home)) for home in each.right],
        "members": [{"person": veil.name(name), "left": left, "right": right} for name, left, right in each.members],
    }


def _suspicion(suspicion: Suspicion, lang: Lang) -> dict[str, Any]:
    return {
        "left": _record(suspicion.left),
        "right": _record(suspicion.right),
        "score": round(suspicion.score, 4),
        "evidence": [one.en if lang == "en" else one.zh for one in suspicion.evidence],
        "bits": [round(one.weight, 2) for one in suspicion.evidence],
    }


def _place(place: Place) -> dict[str, Any]:
    return {"file": str(place.file), "sheet": place.sheet, "row": place.row, "cells": list(place.cells)}


def _plain(value: Scalar) -> Scalar:
    """Return 4000 for 4000.0."""
    return int(value) if isinstance(value, float) and value.is_integer() else value
