"""A stated table beside what was counted → its rows and sentences, the same in every form of the report."""

from collections.abc import Iterator

from msgspec import Struct

from fupin_cli.catalogue import both, enumerated, in_each
from fupin_cli.model.stats import Reconciled, StatedLine, StatedNumber, Value
from fupin_cli.reports.stats import column_name, value_text
from fupin_cli.reports.words import Lang

_HEADS = dict(
    zip(
        ("zh", "en"),
        in_each(both("户·表上"), both("户·登记表"), both("相差"), both("人·表上"), both("人·登记表"), both("相差")),
        strict=True,
    )
)


class Beside(Struct, frozen=True):
    """One line as it is shown: stated, counted and difference of households, then of persons."""

    name: str
    numbers: tuple[str, ...]
    said: str  # what is wrong with it beside the numbers
    differs: bool


def title(table: Reconciled, lang: Lang) -> str:
    """Return what is compared."""
    where = f"{table.file.name} › {table.sheet}" if table.sheet else table.file.name
    name = column_name(table.by, lang)
    return both("核对：{where}（按{name}）", where=where, name=name)[lang != "zh"]


def heads(table: Reconciled, lang: Lang) -> list[str]:
    """Return the headings of the name and the six numbers."""
    return [column_name(table.by, lang), *_HEADS[lang]]


def rows(table: Reconciled, lang: Lang) -> list[Beside]:
    """Return the lines, those that only one side has among them, and the stated total last."""
    lines = [_beside(line, lang) for line in table.lines]
    return [*lines, *([_beside(table.total, lang)] if table.total else [])]


def _beside(line: StatedLine, lang: Lang) -> Beside:
    numbers = (*_numbers(line.households), *_numbers(line.people))
    off = not line.found or line.row is None or line.households.differs or line.people.differs
    name = line.name if line.row is not None else value_text(Value(line.name, line.known), lang)
    nameless = both("（没有名称）")[lang != "zh"]
    return Beside(name or nameless, numbers, _said(line, lang), off)


def _said(line: StatedLine, lang: Lang) -> str:
    if line.row is None:
        return both("表上没有这一行")[lang != "zh"]
    if not line.found:
        return both("登记表里没有")[lang != "zh"]
    if line.made_of:
        return both("{made_of} 相加", made_of=enumerated(line.made_of))[lang != "zh"]
    return ""


def _numbers(number: StatedNumber) -> tuple[str, str, str]:
    stated = number.text or ("—" if number.stated is None else f"{number.stated:.10g}")
    counted = "—" if number.counted is None else str(number.counted)
    if number.stated is None or number.counted is None:
        return stated, counted, ""
    difference = number.stated - number.counted
    return stated, counted, f"{difference:+.10g}" if difference else ""


def verdict(table: Reconciled, lang: Lang) -> str:
    """Say in one sentence whether the two agree."""
    if not table.differs:
        return both("与登记表一致，合计和占比也对。")[lang != "zh"]
    off = sum(1 for line in table.lines if line.row is not None and _is_off(line))
    missing = sum(1 for line in table.lines if line.row is None)
    total = bool(table.total and (table.total.households.differs or table.total.people.differs))
    parts = [
        *([both("{off} 行数字不同或登记表里没有", off=off)[lang != 'zh']] if off else []),
        *([both("登记表有 {missing} 行表上没有", missing=missing)[lang != 'zh']] if missing else []),
        *([both("合计不同")[lang != 'zh']] if total else []),
        *([both("表内 {n} 处对不上", n=len(table.doubts))[lang != 'zh']] if table.doubts else []),
    ]  # fmt: skip
    return both("{parts}。", parts=("，".join(parts), "; ".join(parts)))[lang != "zh"]


def _is_off(line: StatedLine) -> bool:
    return not line.found or line.households.differs or line.people.differs


def doubts(table: Reconciled, lang: Lang) -> Iterator[str]:
    """Yield what the stated table says against its own figures."""
    for one in table.doubts:
        yield both("{cell}：{one}（{rule}）", cell=one.cell, one=(one.zh, one.en), rule=one.rule)[lang != "zh"]
