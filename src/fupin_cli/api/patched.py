"""A frame and the fixes of its cells in; a copy of the same kind with them written, out."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, cast

from fupin_cli.api.sources import is_pandas
from fupin_cli.jobs.clean_frames import FIRST_ROW
from fupin_cli.model.fix import Fix
from fupin_cli.model.sheet import Kind

if TYPE_CHECKING:
    import pandas as pd
    from arro3.core import Array, DataType, Table

_Columns = Mapping[int, Sequence[Fix]]
_DAY, _MOMENT = date(1970, 1, 1), datetime(1970, 1, 1)  # noqa: DTZ001  # from which Arrow counts
_TICK = timedelta(microseconds=1)
_Value = str | int | float | datetime | date | None


def patched(frame: "pd.DataFrame | Table", fixes: Sequence[Fix]) -> "pd.DataFrame | Table":
    """Return a copy of a frame with its fixes written.

    A frame of pandas keeps its index. A column keeps its type where the new values are of it; a column of text all of
    whose values are numbers or days now becomes one of numbers or days. Where only some are, that of pandas becomes one
    of objects, and that of Arrow, which has one type a column, keeps the new values as text.
    """
    columns: dict[int, list[Fix]] = {}
    for fix in fixes:
        columns.setdefault(fix.index, []).append(fix)
    if is_pandas(frame):
        return _patched_pandas(frame, columns)
    return _patched_arrow(cast("Table", frame), columns)


def _value(fix: Fix) -> _Value:
    if fix.after is None or fix.after_kind is Kind.BLANK:
        return None
    if fix.after_kind is Kind.NUMBER:
        return int(fix.after) if fix.after.lstrip("-").isdecimal() else float(fix.after)
    return datetime.fromisoformat(fix.after) if fix.after_kind is Kind.DATE else fix.after


def _patched_pandas(frame: "pd.DataFrame", columns: _Columns) -> "pd.DataFrame":
    copy = frame.copy()
    for index, fixes in columns.items():
        before = frame.iloc[:, index]
        held = before.astype(object)
        for fix in fixes:
            held.iloc[fix.row - FIRST_ROW] = _value(fix)
        copy.isetitem(index, _in_its_type(held, before).array)
    return copy


def _in_its_type(held: "pd.Series[Any]", before: "pd.Series[Any]") -> "pd.Series[Any]":
    """Return values in the type their column had where it says the same, else in that of the values."""
    inferred = held.infer_objects()
    if before.dtype == object:
        return inferred if inferred.dtype.kind in "ifM" else held
    if before.dtype.name == "category" and not held.dropna().isin(before.cat.categories).all():
        return inferred
    try:
        same = held.astype(before.dtype)
    except (TypeError, ValueError):
        return inferred
    there = held.notna().to_numpy()
    alike = same.notna().equals(held.notna()) and same[there].tolist() == held[there].tolist()
    return same if alike else inferred


def _patched_arrow(frame: "Table", columns: _Columns) -> "Table":
    from arro3.core import DataType

    for index, fixes in columns.items():
        kind = frame.column(index).type
        values: list[_Value] = list(frame.column(index).to_pylist())
        texts = [None if value is None else str(value) for value in values]
        for fix in fixes:
            value, at = _value(fix), fix.row - FIRST_ROW
            if isinstance(value, datetime) and not DataType.is_timestamp(kind):
                value = value.date()
            values[at], texts[at] = value, fix.after
        made = _array(values, texts, kind)
        frame = frame.set_column(index, frame.field(index).with_type(made.type).with_nullable(nullable=True), made)
    return frame


def _array(values: list[_Value], texts: list[str | None], before: "DataType") -> "Array":
    """Return values in the type their column had where it says the same, else in that of all of them, else as text."""
    plain = _plain(values, texts)
    try:
        same = plain.cast(before)
    except Exception:  # noqa: BLE001  # arro3 raises no other where it has no such cast
        return plain
    return same if list(same.to_pylist()) == values else plain


def _plain(values: list[_Value], texts: list[str | None]) -> "Array":
    from arro3.core import Array, DataType

    kinds = {type(value) for value in values if value is not None}
    if kinds and kinds <= {int, float}:
        return Array(values, type=DataType.float64() if float in kinds else DataType.int64())
    if kinds == {date}:
        days = [(value - _DAY).days if isinstance(value, date) else None for value in values]
        return Array(days, type=DataType.int32()).cast(DataType.date32())
    moments = [value for value in values if isinstance(value, datetime)]
    if kinds == {datetime} and all(value.tzinfo is None for value in moments):
        ticks = [(value - _MOMENT) // _TICK if isinstance(value, datetime) else None for value in values]
        return Array(ticks, type=DataType.int64()).cast(DataType.timestamp("us"))
    return Array(texts, type=DataType.utf8())
