"""Turn a Trend into JSON, and into the rows of figures that its page and its workbook both show."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from fupin_cli.model.masking import Masking
from fupin_cli.model.place import Place
from fupin_cli.model.trend import Line, Passage, Point, Shift, Trend
from fupin_cli.reports.json_report import to_dict
from fupin_cli.reports.masked import shown_text
from fupin_cli.reports.words import Lang

WAYS = {"entered": ("新增", "new"), "left": ("减少", "gone"), "returned": ("返回", "back")}
Figures = list[tuple[str, list[float | None]]]  # label, and a number an edition (None: there is none)


def heads(trend: Trend) -> list[str]:
    """Return what heads the column of each edition: its year where all end one, else its day."""
    days = [edition.day for edition in trend.editions]
    if all((day.month, day.day) == (12, 31) for day in days):
        return [str(day.year) for day in days]
    return [edition.name for edition in trend.editions]


def sections(trend: Trend, lang: Lang) -> list[tuple[str, Figures]]:
    """Return the figures of the series in sections: households, persons, income, how it changed."""
    english = lang == "en"
    found = [("households" if english else "户", _flow(trend, "households", english=english))]
    if any(edition.has_persons for edition in trend.editions):
        found.append(("persons" if english else "人", _flow(trend, "persons", english=english)))
    if any(edition.income.known for edition in trend.editions):
        found.append(("income a head (yuan)" if english else "人均纯收入（元）", _income(trend, english=english)))
        found.append(
            (
                "income against the edition before" if english else "与上期收入相比（户）",
                _changes(trend, english=english),
            )
        )
    return found  # fmt: skip


def _flow(trend: Trend, of: str, *, english: bool) -> Figures:
    rows: Figures = []
    words = (
        ("here", "在册", "on the books"), ("entered", *WAYS["entered"]), ("left", *WAYS["left"]),
        ("returned", *WAYS["returned"]), ("unclear", "看不出", "cannot tell"), ("unkeyed", "无法跟踪的行", "rows not followed"),
    )  # fmt: skip
    for field, zh, en in words:
        numbers: list[float | None] = [
            getattr(getattr(edition, of), field) if getattr(edition, f"has_{of}") else None
            for edition in trend.editions
        ]
        if field not in {"here", "unkeyed"}:
            numbers[0] = None
        if field in {"unclear", "unkeyed"} and not any(numbers):
            continue
        rows.append((en if english else zh, numbers))
    return rows


def _income(trend: Trend, *, english: bool) -> Figures:
    incomes = [edition.income for edition in trend.editions]
    return [
        ("median" if english else "中位数", [_whole(income.median) for income in incomes]),
        ("mean" if english else "平均", [_whole(income.mean) for income in incomes]),
        ("households with one" if english else "有收入的户", [income.known for income in incomes]),
    ]


def _changes(trend: Trend, *, english: bool) -> Figures:
    incomes = [edition.income for edition in trend.editions]
    limits = {income.limit for income in incomes[1:]}
    more = f"{limits.pop():.0%}" if len(limits) == 1 and None not in limits else ("the limit" if english else "上限")
    words = (
        ("compared", "可比的户", "compared"),
        ("fell_much", f"减少超过{more}", f"fell by more than {more}"),
        ("fell", "减少", "fell"),
        ("same", "不变", "the same"),
        ("rose", "增加", "rose"),
        ("rose_much", f"增加超过{more}", f"rose by more than {more}"),
        ("sharp", "剧变无说明（INC009）", "sharp, no note (INC009)"),
    )
    return [
        (en if english else zh, [None, *(getattr(income, field) for income in incomes[1:])]) for field, zh, en in words
    ]


def _whole(number: float | None) -> float | None:
    return None if number is None else float(round(number))


def moved(trend: Trend, lang: Lang) -> list[tuple[str, Figures]]:
    """Return for each column the households that went from one value to another, the unchanged in one row."""
    blank = "(blank)" if lang == "en" else "（空白）"
    found: dict[str, dict[tuple[str, str], list[float | None]]] = {}
    stayed = ("", "")
    for shift in trend.shifts:
        key = stayed if shift.before == shift.after else (shift.before or blank, shift.after or blank)
        rows = found.setdefault(shift.column, {stayed: _row_of(trend, shift.column)})
        row = rows.setdefault(key, _row_of(trend, shift.column))
        row[shift.edition] = (row[shift.edition] or 0) + shift.households
    told = "unchanged" if lang == "en" else "没有变化"
    return [
        (column, [(f"{a} → {b}" if (a, b) != stayed else told, numbers) for (a, b), numbers in rows.items()])
        for column, rows in found.items()
    ]


def _row_of(trend: Trend, column: str) -> list[float | None]:
    """Return a row of noughts, and of nothing where two editions do not both have the column."""
    both = {shift.edition for shift in trend.shifts if shift.column == column}
    return [0 if n in both else None for n in range(len(trend.editions))]


def shown(name: str | None, *, masking: Masking) -> str:
    """Return a name as a report may show it."""
    return shown_text(name, "姓名", masking) if name else ""


def to_json(trend: Trend, *, masking: Masking, lang: Lang) -> str:
    """Return the series as JSON, version 1."""
    document = {
        "version": 1,
        "tool": "fupin",
        "masked": bool(masking.hidden),
        "editions": [
            {
                "name": edition.name, "files": list(edition.files), "households": asdict(edition.households) if edition.has_households else None,
                "persons": asdict(edition.persons) if edition.has_persons else None, "income": asdict(edition.income),
            }
            for edition in trend.editions
        ],
        "steps": [
            {"before": before.name, "after": after.name, **to_dict(audit, masking=masking, lang=lang)}
            for before, after, audit in zip(trend.editions, trend.editions[1:], trend.steps, strict=False)
        ],
        "shifts": [_shift(trend, shift) for shift in trend.shifts],
        "passages": [_passage(trend, passage, masking=masking) for passage in trend.passages],
        "lines": [_line(trend, line, masking=masking) for line in trend.lines],
        "notes": [note[lang == "en"] for note in trend.notes],
    }  # fmt: skip
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _shift(trend: Trend, shift: Shift) -> dict[str, Any]:
    return {
        "edition": trend.editions[shift.edition].name, "column": shift.column, "before": shift.before,
        "after": shift.after, "households": shift.households,
    }  # fmt: skip


def _passage(trend: Trend, passage: Passage, *, masking: Masking) -> dict[str, Any]:
    return {
        "edition": trend.editions[passage.edition].name, "level": passage.level, "way": passage.way,
        "household": passage.household, "name": shown(passage.name, masking=masking) or None,
        "township": passage.township, "village": passage.village,
        "place": {"edition": trend.editions[passage.last].name, **_place(passage.place)},
    }  # fmt: skip


def _line(trend: Trend, line: Line, *, masking: Masking) -> dict[str, Any]:
    return {"level": line.level, "points": [_point(trend, point, masking=masking) for point in line.points]}


def _point(trend: Trend, point: Point, *, masking: Masking) -> dict[str, Any]:
    told = asdict(point) | {
        "edition": trend.editions[point.edition].name,
        "place": _place(point.place) if point.place else None,
        "head": shown(point.head, masking=masking) or None,
        "person": shown(point.person, masking=masking) or None,
        "members": [shown(name, masking=masking) for name in point.members],
    }
    return told if point.there else {"edition": told["edition"], "there": False}


def _place(place: Place) -> dict[str, Any]:
    return {"file": str(place.file), "sheet": place.sheet, "row": place.row}


def number_text(number: float | None) -> str:
    """Return a number as a page shows it: a dot where there is none."""
    return "·" if number is None else f"{number:,.0f}"


def line_rows(trend: Trend, line: Line, lang: Lang, *, masking: Masking) -> tuple[list[str], list[list[str]]]:
    """Return the heading and one row an edition of a line, every cell as text."""
    english, names = lang == "en", heads(trend)
    heading = (
        ["edition", "household", "head", "on the books", "status", "monitored", "income", "people", "village"]
        if english
        else ["期", "户编号", "户主", "在册", "脱贫属性", "监测", "人均纯收入", "人口", "村"]
    )
    rows = []
    for point in line.points:
        if not point.there:
            rows.append([names[point.edition], "not there" if english else "没有", *[""] * 7])
            continue
        standing = {True: ("是", "yes"), False: ("否", "no"), None: ("看不出", "cannot tell")}[point.standing][english]
        rows.append([
            names[point.edition], point.household or "", shown(point.head, masking=masking), standing, point.status or "",
            point.monitored or "", "" if point.income is None else f"{point.income:,.0f}",
            "" if point.people is None else str(point.people),
            "".join(part for part in (point.township, point.village) if part),
        ])  # fmt: skip
    return heading, rows


def line_title(line: Line, lang: Lang, *, masking: Masking) -> str:
    """Say whose line it is."""
    points: Sequence[Point] = [point for point in line.points if point.there]
    if line.level == "户":
        code = next((point.household for point in reversed(points) if point.household), "")
        return f"household {code}" if lang == "en" else f"户 {code}"
    name = shown(points[-1].person, masking=masking)
    return f"person {name}" if lang == "en" else f"人 {name}"
