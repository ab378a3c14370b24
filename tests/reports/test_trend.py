"""The page of a series: as many editions as it is broad, no number cut, no name shown."""

import datetime
from pathlib import Path

from fupin_cli.model.masking import OPEN
from fupin_cli.model.place import Place
from fupin_cli.model.trend import Edition, Flow, Income, Line, Point, Shift, Trend
from fupin_cli.reports.trend import heads, moved, sections
from fupin_cli.reports.trend_text import to_terminal
from fupin_cli.reports.words import Look
from tests.reports.rendered import wide_lines


def edition(day: datetime.date, here: int = 2_000_000, **parts) -> Edition:
    return Edition(
        day.isoformat(), day, (f"{day.year}.xlsx",), Flow(here), Flow(here), Income(here, 12345.4, 6.5), **parts
    )


def test_nine_editions_stand_in_blocks_that_fit_the_page():
    years = [datetime.date(2012 + n, 12, 31) for n in range(9)]
    page = to_terminal(Trend(tuple(map(edition, years)), (), (), ()), Look())
    assert wide_lines(page, 80) == []
    assert page.count("2,000,000") == 27  # households, persons, those with an income
    assert page.count("12,345") == 9
    assert "…" not in page


def test_editions_within_a_year_are_headed_by_their_days():
    days = (datetime.date(2020, 6, 30), datetime.date(2020, 12, 31))
    assert heads(Trend(tuple(map(edition, days)), (), (), ())) == ["2020-06-30", "2020-12-31"]


def test_what_an_edition_does_not_have_is_a_dot_and_not_a_nought():
    days = (datetime.date(2019, 12, 31), datetime.date(2020, 12, 31))
    series = Trend((edition(days[0]), edition(days[1], has_persons=False)), (), (), ())
    assert dict(sections(series, "zh"))["人"][0] == ("在册", [2_000_000, None])


def test_columns_that_only_some_neighbours_have_are_dots_elsewhere():
    days = [datetime.date(2018 + n, 12, 31) for n in range(3)]
    shifts = (Shift(2, "脱贫属性", "", "返贫", 3), Shift(2, "脱贫属性", "返贫", "返贫", 4))
    assert moved(Trend(tuple(map(edition, days)), (), shifts, ()), "zh") == [
        ("脱贫属性", [("没有变化", [None, None, 4]), ("（空白） → 返贫", [None, None, 3])])
    ]


def test_a_line_masks_everybody_unless_it_is_to_reveal():
    place = Place(Path("2020.xlsx"), "花名册", 2)
    there = Point(
        0,
        True,
        "990101000001",
        "张示例",
        "李示例",
        ("张示例", "李示例"),
        "配偶",
        True,
        2,
        "返贫",
        None,
        3000.0,
        place=place,
    )
    series = Trend((edition(datetime.date(2020, 12, 31)),), (), (), (), (Line("人", (there,)),))
    assert "示例" not in to_terminal(series, Look())
    assert "990101000001" in to_terminal(series, Look())
    assert to_terminal(series, Look(masking=OPEN)).count("李示例") == 2
