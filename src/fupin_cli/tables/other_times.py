"""The bands over a heading's columns in, which columns hold values of another time out: 2019年, 变更前."""

from collections.abc import Iterator, Sequence
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from fupin_cli.catalogue import both
from fupin_cli.model.place import letter
from fupin_cli.tables import heading_text
from fupin_cli.tables.dates_in_titles import date_in
from fupin_cli.values.patterns import regex

_KIND = r"(?:的?(?:登记)?(?:信息|内容|情况|数据|值))?"
_SIDE = regex(rf"(?:信息|数据)?(变更|调整|核实|核查|复核|修改|修正|更正|更新|整改)(?:以|之)?(?P<side>[前后]){_KIND}")
_NOW = regex(rf"(?P<side>[原现])[有来在]?{_KIND}")
_SHORT = r"(?<![\d~至到—–-])(?=(?:1[3-9]|2\d)年)"  # before 16年: a year of two digits; registries begin in 2013
_YEAR = regex(rf"(?:20\d\d|{_SHORT}\d\d|二[〇○零]\S{{2}}年)\D{{0,9}}(?:\d{{1,2}}\D{{0,9}}){{0,2}}")
_Y = rf"(?P<year>20\d\d(?!\d)(?:年[度底末]?)?|{_SHORT}\d\d年[度底末]?|二[〇○零][〇○零一二三四五六七八九]{{2}}年[度底末]?)"
_UNIT = r"(?P<unit>(?:\([^()\d]+\))?)"
_DATED = (  # a year of an amount, in its heading: 2019年人均纯收入, 人均纯收入（2019年，元）, 人均纯收入2019年
    regex(rf"\(?{_Y}\)?[的:_-]?(?P<rest>[^\d年月以之前后起来至到~()_-].*)"),
    regex(rf"(?P<rest>.+\([^()\d]*?)[,、;/]?{_Y}[,、;/]?(?P<end>[^()\d]*\).*)"),
    regex(rf"(?P<rest>.*[^\d年至到~(-])[:_-]?{_Y}{_UNIT}"),
)
_ONLY_YEAR = regex(_Y + _UNIT)
_SHORT_YEAR = regex(_SHORT)
Levels = Sequence[tuple[str, ...]]


class OtherTime(Struct, frozen=True):
    """The columns under one band whose values are not those of the table's day."""

    band: str
    columns: tuple[int, ...]
    read: str | None  # the band beside it that is read
    dated: date | None  # the table's own day, or the day asked for
    old: bool  # the band says that its values were replaced
    asked: bool = False  # `dated` is the day asked for: the table has none

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
        if self.asked:
            return both(
                "{told} 列在“{band}”之下，要查的日期却是 {dated}，没有读。要读就用 --map 指明。",
                told=(zh, en),
                band=self.band,
                dated=self.dated,
            )
        return both(
            "{told} 列在“{band}”之下，表的日期却是 {dated}，没有读。要读就用 --map 指明。",
            told=(zh, en),
            band=self.band,
            dated=self.dated,
        )


def spoken(levels: Levels) -> tuple[tuple[str, ...], ...]:
    """Return the levels of each column as the dictionary knows them: without 变更前 and 变更后, or years, over the same leaves."""
    paired, years = _paired(levels), _years_apart(levels)
    if not paired and not years:
        return tuple(levels)
    named = [years[i].levels if i in years else each for i, each in enumerate(levels)]
    return tuple(
        (*(band for band in each[:-1] if (side := _side(band)) is None or side[0] not in paired), *each[-1:])
        for each in named
    )


def of_other_times(
    levels: Levels, dated: date | None, naming: frozenset[int], asked: date | None = None
) -> list[OtherTime]:
    """Return the bands of another time with their columns.

    Args:
        levels: the texts over each column, from the band to the leaf.
        dated: the day of the title, the sheet or the file.
        naming: columns that name a record; a year over such columns says which records they are.
        asked: the day the user asked for, whose year is read where the table has no day of its own.
    """
    only_asked = dated is None and asked is not None
    years = _of_other_years(levels, dated or asked, naming, alone=only_asked)
    return [*_replaced(levels), *(replace(each, asked=only_asked) for each in years)]


def is_year(text: str) -> bool:
    """Tell whether a text is a year, or a short one that begins with a year: 2019, 2019年收入情况."""
    return bool(_YEAR.fullmatch(heading_text.plain(text))) and _day(text) is not None


def _day(text: str) -> date | None:
    """Return the day a band is dated; 16年 is 2016年."""
    return date_in(_SHORT_YEAR.sub("20", text), bare=True)


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


def _of_other_years(levels: Levels, dated: date | None, naming: frozenset[int], *, alone: bool) -> Iterator[OtherTime]:
    under: dict[str, list[int]] = {}
    for i, each in enumerate(levels):
        for band in filter(is_year, each[:-1]):
            under.setdefault(_quoted(band), []).append(i)
    under = {band: columns for band, columns in under.items() if naming.isdisjoint(columns)}
    for i, own in _years_apart(levels, alone=alone).items():
        under.setdefault(own.year, []).append(i)
    days = {band: day for band in under if (day := _day(band)) is not None}
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


class _YearApart(Struct, frozen=True):
    year: str
    levels: tuple[str, ...]  # the heading without it


def _years_apart(levels: Levels, *, alone: bool = False) -> dict[int, _YearApart]:
    """Return the columns of one amount in several years: 2019年人均纯收入 beside 2020年人均纯收入, or both years below it.

    With `alone` those of a single year, too.
    An amount that also stands there without a year is that of the table's day; its years are left as they are.
    """
    if not any("20" in text or "二" in text or _SHORT_YEAR.search(text) for each in levels for text in each):
        return {}
    found = {i: own for i, each in enumerate(levels) if (own := _year_apart(each)) is not None}
    years: dict[str, set[date | None]] = {}
    for own in found.values():
        years.setdefault(_joined(own.levels), set()).add(_day(own.year))
    undated = {_joined(each) for i, each in enumerate(levels) if i not in found}
    several = {text for text, days in years.items() if len(days - {None}) > 1 - alone} - undated
    return {i: own for i, own in found.items() if _joined(own.levels) in several}


def _year_apart(levels: tuple[str, ...]) -> _YearApart | None:
    """Return the year that a column's lowest level says, and its heading without it."""
    if not levels or any(map(is_year, levels[:-1])):
        return None
    leaf = heading_text.plain(levels[-1])
    if only := _ONLY_YEAR.fullmatch(leaf):
        return _YearApart(only["year"], (*levels[:-2], levels[-2] + only["unit"])) if len(levels) > 1 else None
    for pattern in _DATED:
        if found := pattern.fullmatch(leaf):
            parts = found.groupdict(default="")
            rest = parts["rest"] + parts.get("end", "") + parts.get("unit", "")
            return _YearApart(found["year"], (*levels[:-1], rest.replace("()", "")))
    return None


def _joined(levels: tuple[str, ...]) -> str:
    return heading_text.plain("-".join(levels))


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
