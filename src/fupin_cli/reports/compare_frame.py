"""A Comparison and a class of its differences in; flat rows, one a cell, record or event, out: what a frame holds."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

from fupin_cli.catalogue import both
from fupin_cli.errors import UsageError
from fupin_cli.model.difference import Comparison
from fupin_cli.model.masking import Masking
from fupin_cli.reports.compare_json import document
from fupin_cli.reports.words import Lang

_PLACE = ("file", "sheet", "row")
_RECORD = ("table", "household", "person", "village", "township", *_PLACE)
_BOTH = tuple(f"{side}_{part}" for side in ("left", "right") for part in _PLACE)
_HOMES = ("left_household", "right_household")
COLUMNS: dict[str, tuple[str, ...]] = {
    "changed": ("table", "household", "person", "column", "left", "right", "left_text", "right_text", "left_file", "left_sheet",
                "left_row", "left_cells", "right_file", "right_sheet", "right_row", "right_cells", "left_household", "key"),
    "only_left": _RECORD,
    "only_right": _RECORD,
    "duplicates": ("side", "group", *_RECORD),
    "moved": ("person", *_HOMES, *_BOTH),
    "split": ("left", "right", "members", *_BOTH),
    "merged": ("left", "right", "members", *_BOTH),
    "head_changed": ("household", "left_head", "right_head", *_BOTH),
    "suspected_same": ("score", "left_person", "right_person", *_HOMES, "evidence", *_BOTH),
}  # fmt: skip

_Json = dict[str, Any]


def rows_of(comparison: Comparison, kind: str, masking: Masking, *, lang: Lang) -> Iterator[_Json]:
    """Return the rows of a class, of the main table first, as a report of that level may show them.

    Raises:
        UsageError: there is no such class.
    """
    if kind not in COLUMNS:
        known = "、".join(COLUMNS)
        raise UsageError(*both("没有“{kind}”这一类差别；有：{known}。", kind=kind, known=(known, ", ".join(COLUMNS))))
    return _rows(document(comparison, lang, masking), kind)


def columns_of(kind: str, rows: Sequence[Mapping[str, object]]) -> list[str]:
    """Return the columns of a frame of them: those of the class, then those of the registry that some row has."""
    return list(dict.fromkeys((*COLUMNS[kind], *(name for row in rows for name in row))))


def _rows(report: _Json, kind: str) -> Iterator[_Json]:
    if kind in {"changed", "only_left", "only_right", "duplicates"}:
        tables = chain([report], report["also"])
        number = 0
        for table in tables:
            for one in table[kind]:
                number += 1
                yield from _of_table(one, kind, str(table["table"]), number)
    else:
        for one in report[kind]:
            yield _event(one, kind)


def _of_table(one: _Json, kind: str, table: str, number: int) -> Iterator[_Json]:
    if kind == "changed":
        yield {
            "table": table,
            "household": one["right_household"] or one["left_household"],
            **{name: one[name] for name in ("person", "column", "left", "right", "left_text", "right_text", "left_household")},
            "key": _key(one["key"]),
            **_places(one["left_place"], one["right_place"]),
            "left_cells": " ".join(one["left_place"]["cells"]),
            "right_cells": " ".join(one["right_place"]["cells"]),
        }  # fmt: skip
    elif kind == "duplicates":
        yield from ({"side": one["side"], "group": number, **_record(each)} for each in one["records"])
    else:
        yield _record(one)


def _record(one: _Json) -> _Json:
    """A record with the values of its cells; a heading that is called like a column of the frame stands as `values.NAME`."""
    fixed = {**{name: one[name] for name in _RECORD if name in one}, **_place(one["place"], "")}
    values = {f"values.{name}" if name in _TAKEN else name: text for name, text in one["values"].items()}
    return {**fixed, **values}


_TAKEN = {"side", "group", *_RECORD}


def _event(one: _Json, kind: str) -> _Json:
    if kind in {"split", "merged"}:
        left, right = one["left"], one["right"]
        homes = {side: " ".join(home["household"] or "" for home in one[side]) for side in ("left", "right")}
        members = "、".join(
            f"{each['person']} {left[each['left']]['household']}→{right[each['right']]['household']}"
            for each in one["members"]
        )
        return {**homes, "members": members, **_places(left[0]["place"], right[0]["place"])}
    left, right = one["left"], one["right"]
    if kind == "head_changed":
        heads = one["left_head"], one["right_head"]
        named = {"household": right["household"], "left_head": heads[0]["person"], "right_head": heads[1]["person"]}
        return {**named, **_places(heads[0]["place"], heads[1]["place"])}
    homes = {"left_household": left["household"], "right_household": right["household"]}
    places = _places(left["place"], right["place"])
    if kind == "moved":
        return {"person": right["person"] or left["person"], **homes, **places}
    names = {"left_person": left["person"], "right_person": right["person"]}
    return {"score": one["score"], **names, **homes, "evidence": "；".join(one["evidence"]), **places}


def _places(left: _Json, right: _Json) -> _Json:
    return {**_place(left, "left_"), **_place(right, "right_")}


def _place(place: _Json, side: str) -> _Json:
    return {f"{side}{part}": place[part] for part in _PLACE}


def _key(key: Mapping[str, str]) -> str:
    return "；".join(f"{column}={text}" for column, text in key.items())
