"""The bands over a heading's columns in, which columns hold values of another time out: 2019年, 变更前."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from fupin_cli.catalogue import both
from fupin_cli.model.place import letter
from fupin_cli.tables import heading_text
from fupin_cli.tables.dates_in_titles import date_in

_KIND = r"(?:的?(?:登记)?(?:信息|内容|情况|数据|值))?"
_SIDE = re.compile(
    rf"(?:信息|数据)?(变更|调整|核实|核查|复核|修改|修正|更正|更新|整改)(?:以|之)?(?P<side>[前后]){_KIND}"
)
_NOW = re.compile(rf"(?P<side>[原现])[有来在]?{_KIND}")
_YEAR = re.compile(r"(?:20\d\d|二[〇○零]\S{2}年)\D{0,9}(?:\d{1,2}\D{0,9}){0,2}")
Levels = Sequence[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class OtherTime:
    """The columns under one band whose values are not those of the table's day."""

    band: str
    columns: tuple[int, ...]
    read: str | None  # the band beside it that is read
    dated: date | None  # the table's own day
    old: bool  # the band says that its values were replaced

    def doubt(self, columns: Sequence[int]) -> tuple[str, str]:
        """Return what is said of those of its columns that are not read."""
        letters = [letter(i) for i in columns]
        zh, en = "、".join(letters), ", ".join(letters)
        if self.old:
            return both(
                "{told} 列在“{band}”之下，是改以前的值，没有读；读的是“{read}”之下的。",
                told=(zh, en),
                band=self.band,
                read=self.read,
            )
        if self.read:
            return both(
                "{told} 列在“{band}”之下，没有读；读的是“{read}”之下的。要读另一年就用 --map 指明。",
                told=(zh, en),
                band=self.band,
                read=self.read,
            )
        return both(
            "{told} 列在“{band}”之下，表的日期却是 {dated}，没有读。要读就用 --map 指明。",
            told=(zh, en),
            band=self.band,
            dated=self.dated,
        )


def spoken(levels: Levels) -> tuple[tuple[str, ...], ...]:
    """Return the levels of each column as the dictionary knows them: without 变更前 and 变更后 over the same leaves."""
    paired = _paired(levels)
    if not paired:
        return tuple(levels)
    return tuple(
        (*(band for band in each[:-1] if (side := _side(band)) is None or side[0] not in paired), *each[-1:])
        for each in levels
    )


def of_other_times(levels: Levels, dated: date | None, naming: frozenset[int]) -> list[OtherTime]:
    """Return the bands of another time with their columns.

    Args:
        levels: the texts over each column, from the band to the leaf.
        dated: the day of the title, the sheet or the file.
        naming: columns that name a record; a year over such columns says which records they are.
    """
    return [*_replaced(levels), *_of_other_years(levels, dated, naming)]


def is_year(text: str) -> bool:
    """Tell whether a text is a year, or a short one that begins with a year: 2019, 2019年收入情况."""
    return bool(_YEAR.fullmatch(heading_text.plain(text))) and date_in(text, bare=True) is not None


def _replaced(levels: Levels) -> Iterator[OtherTime]:
    paired = _paired(levels)
    under: dict[str, list[int]] = {}
    stems: dict[str, str] = {}
    later: dict[str, str] = {}
    for i, each in enumerate(levels):
        for band in each[:-1]:
            stem, after = _side(band) or ("", False)
            if stem in paired and after:
                later[stem] = _quoted(band)
            elif stem in paired:
                stems[_quoted(band)] = stem
                under.setdefault(_quoted(band), []).append(i)
    for band, columns in under.items():
        yield OtherTime(band, tuple(columns), later[stems[band]], None, old=True)


def _of_other_years(levels: Levels, dated: date | None, naming: frozenset[int]) -> Iterator[OtherTime]:
    under: dict[str, list[int]] = {}
    for i, each in enumerate(levels):
        for band in filter(is_year, each[:-1]):
            under.setdefault(_quoted(band), []).append(i)
    days = {
        band: day
        for band, columns in under.items()
        if naming.isdisjoint(columns) and (day := date_in(band, bare=True)) is not None
    }
    right = {day for day in days.values() if dated is None or day.year == dated.year}
    chosen = dated if dated in right else max(right, default=None)
    read = next((band for band, day in days.items() if day == chosen), None)
    for band, day in days.items():
        if day != chosen:
            yield OtherTime(band, tuple(under[band]), read, dated, old=False)


def _paired(levels: Levels) -> set[str]:
    """Return what happened (变更) where the same leaf stands under its 前 and under its 后."""
    leaves: dict[tuple[str, bool], set[str]] = {}
    for each in levels:
        for place, band in enumerate(each[:-1]):
            if (side := _side(band)) is not None:
                leaves.setdefault(side, set()).add(heading_text.plain("-".join(each[place + 1 :])))
    return {stem for (stem, after), below in leaves.items() if after and below & leaves.get((stem, False), set())}


def _side(band: str) -> tuple[str, bool] | None:
    """Return what a band is a side of, and whether it is the later side."""
    word = heading_text.plain(band)
    if found := _SIDE.fullmatch(word):
        return found[1], found["side"] == "后"
    if found := _NOW.fullmatch(word):
        return "原现", found["side"] == "现"
    return None


def _quoted(band: str) -> str:
    return "".join(band.split())
