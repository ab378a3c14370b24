"""Turn a Trend into JSON, and into the rows of figures that its page and its workbook both show."""

import json
from collections.abc import Sequence
from typing import Any

from msgspec.structs import asdict

from fupin_cli.catalogue import both
from fupin_cli.model.masking import Masking
from fupin_cli.model.place import Place
from fupin_cli.model.trend import Line, Passage, Point, Shift, Trend
from fupin_cli.reports.json_report import to_dict
from fupin_cli.reports.masked import shown_text
from fupin_cli.reports.words import Lang

WAYS = {"entered": both("新增"), "left": both("减少"), "returned": both("返回")}
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
    found = [(both("户")[english], _flow(trend, "households", english=english))]
    if any(edition.has_persons for edition in trend.editions):
        found.append((both("人")[english], _flow(trend, "persons", english=english)))
    if any(edition.income.known for edition in trend.editions):
        found.append((both("人均纯收入（元）")[english], _income(trend, english=english)))
        found.append(
            (
                both("与上期收入相比（户）")[english],
                _changes(trend, english=english),
            )
        )
    return found  # fmt: skip


def _flow(trend: Trend, of: str, *, english: bool) -> Figures:
    rows: Figures = []
    words = (
        ("here", *both("在册")), ("entered", *WAYS["entered"]), ("left", *WAYS["left"]),
        ("returned", *WAYS["returned"]), ("unclear", *both("看不出")), ("unkeyed", *both("无法跟踪的行")),
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
        (both("中位数")[english], [_whole(income.median) for income in incomes]),
        (both("平均")[english], [_whole(income.mean) for income in incomes]),
        (both("有收入的户")[english], [income.known for income in incomes]),
    ]


def _changes(trend: Trend, *, english: bool) -> Figures:
    incomes = [edition.income for edition in trend.editions]
    limits = {income.limit for income in incomes[1:]}
    more = f"{limits.pop():.0%}" if len(limits) == 1 and None not in limits else both("上限")[english]
    words = (
        ("compared", *both("可比的户")),
        ("fell_much", *both("减少超过{more}", more=more)),
        ("fell", *both("减少", "trend")),
        ("same", *both("不变")),
        ("rose", *both("增加")),
        ("rose_much", *both("增加超过{more}", more=more)),
        ("sharp", *both("剧变无说明（INC009）")),
    )
    return [
        (en if english else zh, [None, *(getattr(income, field) for income in incomes[1:])]) for field, zh, en in words
    ]


def _whole(number: float | None) -> float | None:
    return None if number is None else float(round(number))


def moved(trend: Trend, lang: Lang) -> list[tuple[str, Figures]]:
    """Return for each column the households that went from one value to another, the unchanged in one row."""
    blank = both("（空白）")[lang == "en"]
    found: dict[str, dict[tuple[str, str], list[float | None]]] = {}
    stayed = ("", "")
    for shift in trend.shifts:
        key = stayed if shift.before == shift.after else (shift.before or blank, shift.after or blank)
        rows = found.setdefault(shift.column, {stayed: _row_of(trend, shift.column)})
        row = rows.setdefault(key, _row_of(trend, shift.column))
        row[shift.edition] = (row[shift.edition] or 0) + shift.households
    told = both("没有变化")[lang == "en"]
    return [
        (column, [(f"{a} → {b}" if (a, b) != stayed else told, numbers) for (a, b), numbers in rows.items()])
        for column, rows in found.items()
    ]


def _row_of(trend: Trend, column: str) -> list[float | None]:
    """Return a row of noughts, and of nothing where two editions do not both have the column."""
    shared = {shift.edition for shift in trend.shifts if shift.column == column}
    return [0 if n in shared else None for n in range(len(trend.editions))]


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
    heading = [
        both("期")[english],
        both("户编号")[english],
        both("户主")[english],
        both("在册")[english],
        both("脱贫属性")[english],
        both("监测")[english],
        both("人均纯收入")[english],
        both("人口")[english],
        both("村")[english],
    ]
    rows = []
    for point in line.points:
        if not point.there:
            rows.append([names[point.edition], both("没有", "trend")[english], *[""] * 7])
            continue
        standing = {True: both("是"), False: both("否"), None: both("看不出")}[point.standing][english]
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
        return both("户 {code}", code=code)[lang == "en"]
    name = shown(points[-1].person, masking=masking)
    return both("人 {name}", name=name)[lang == "en"]
