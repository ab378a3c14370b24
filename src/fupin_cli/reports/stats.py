"""What was counted → the lines, shares and sentences that every form of the report has."""

from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from msgspec import Struct

from fupin_cli.catalogue import both
from fupin_cli.model.stats import Count, Counted, Dimension, Line, Stats, Value
from fupin_cli.reports.words import Lang

Kind = Literal["line", "subtotal", "rest", "total"]
DECIMALS = 2  # of a share in per cent
_KNOWN = {
    "blank": both("（未填写）"),
    "unreadable": both("（认不出）"),
    "absent": both("（没有此项）"),
    "unknown": both("（看不出）"),
    "alone": both("（没有成员行的户）"),
}
_EN = dict(
    (
        both("省"),
        both("市"),
        both("县"),
        both("乡"),
        both("村"),
        both("自然村"),
        both("主要致贫原因"),
        both("脱贫属性"),
        both("监测对象类别"),
        both("户类型"),
        both("贫困户属性"),
        both("性别"),
        both("年龄组"),
        both("健康状况"),
        both("文化程度"),
        both("劳动技能"),
        both("务工区域"),
    )
)


class Shown(Struct, frozen=True):
    """One line of a table as it is shown; shares are per cent of all that was counted."""

    labels: tuple[str, ...]
    kind: Kind
    count: Count
    household_share: Decimal | None
    people_share: Decimal | None
    values: tuple[Value, ...] = ()


def column_name(dimension: Dimension, lang: Lang) -> str:
    """Return a column as a heading says it."""
    name = dimension.name
    return f"{_EN[name]} ({name})" if lang == "en" and name in _EN else name


def title(counted: Counted, lang: Lang) -> str:
    """Return what a table is by."""
    return both(
        "按{by}",
        by=("、".join(one.name for one in counted.by), " and ".join(column_name(one, lang) for one in counted.by)),
    )[lang == "en"]


def value_text(value: Value, lang: Lang) -> str:
    """Return a value, or why there is none."""
    return _KNOWN[value.known][lang == "en"] if value.known else value.text


def share(part: int | None, whole: int | None) -> Decimal | None:
    """Return the share in per cent, plainly rounded; None where there is none."""
    if part is None or not whole:
        return None
    return (Decimal(100 * part) / Decimal(whole)).quantize(Decimal(10) ** -DECIMALS, ROUND_HALF_UP)


def rows(counted: Counted, lang: Lang, top: int | None = None) -> list[Shown]:
    """Return the lines of a table with its total last.

    Args:
        counted: the table.
        lang: of the words in it.
        top: of a table by one column only the largest so many values; what is left out is one line.
    """
    lines, rest = _cut(counted, top)
    depth, whole = len(counted.by), counted.total
    found = [
        _shown(
            tuple(value_text(value, lang) for value in line.values),
            "line" if len(line.values) == depth else "subtotal",
            line.count,
            whole,
            line.values,
        )
        for line in lines
    ]
    if rest:
        at = next((number for number, line in enumerate(lines) if line.values[0].known), len(found))
        said = both("其余 {n} 项", n=len(rest))[lang != "zh"]
        found.insert(at, _shown((said,), "rest", _together(counted, rest), whole))
    return [*found, _shown((both("合计")[lang != "zh"],), "total", whole, whole)]


def _shown(labels: tuple[str, ...], kind: Kind, count: Count, whole: Count, values: tuple[Value, ...] = ()) -> Shown:
    return Shown(
        labels, kind, count, share(count.households, whole.households), share(count.people, whole.people), values
    )


def _cut(counted: Counted, top: int | None) -> tuple[Sequence[Line], list[Line]]:
    """Return the lines that are shown, and those that one line stands for."""
    known = [line for line in counted.lines if not line.values[0].known]
    if top is None or len(counted.by) > 1 or len(known) <= top + 1:
        return counted.lines, []
    ranked = sorted(known, key=lambda line: (-(line.count.households or 0), -(line.count.people or 0)))
    return [*ranked[:top], *(line for line in counted.lines if line.values[0].known)], ranked[top:]


def _together(counted: Counted, lines: Sequence[Line]) -> Count:
    """Return the sum of lines; None where a household or person may stand on several of them."""
    households, people = overlapping(counted)
    return Count(
        None if households or counted.total.households is None else sum(line.count.households or 0 for line in lines),
        None if people or counted.total.people is None else sum(line.count.people or 0 for line in lines),
    )


def _leaves(counted: Counted) -> list[Count]:
    return [line.count for line in counted.lines if len(line.values) == len(counted.by)]


def overlapping(counted: Counted) -> tuple[bool, bool]:
    """Tell whether households, and persons, stand on several lines, so that these add up to more than there are."""
    leaves = _leaves(counted)
    return (
        sum(count.households or 0 for count in leaves) != (counted.total.households or 0),
        sum(count.people or 0 for count in leaves) != (counted.total.people or 0),
    )


def remarks(counted: Counted, shown: Sequence[Shown], lang: Lang) -> Iterator[str]:
    """Say what a reader of the lines shown would stumble over: that they overlap, that shares do not add up to 100."""
    overlap = overlapping(counted)
    if any(overlap):
        yield _of_overlap(counted, lang, people=overlap[1])
    off = [(said, sum_) for said, sum_ in _sums(shown, overlap, lang) if sum_ != 100]
    if off:
        sums = [both("{said}占比相加为 {sum}%", said=said, sum=sum_) for said, sum_ in off]
        yield both(
            "四舍五入后，{sums}，不是 100%。", sums=("，".join(zh for zh, _ in sums), ", ".join(en for _, en in sums))
        )[lang == "en"]


def _of_overlap(counted: Counted, lang: Lang, *, people: bool) -> str:
    if all(one.level == "户" for one in counted.by):
        told = both("一户可有几项，每项都数，各行相加多于合计。")
    elif people:
        told = both("一人可有几项，每项都数，各行相加多于合计。")
    else:
        told = both("“户”是有这样的人的户，一户可在几行，各行户数相加多于合计。")
    return told[lang == "en"]


def _sums(shown: Sequence[Shown], overlap: tuple[bool, bool], lang: Lang) -> Iterator[tuple[str, Decimal]]:
    """Yield the sums of the rounded shares, of what does not overlap."""
    lines = [row for row in shown if row.kind in ("line", "rest")]
    households = [row.household_share for row in lines if row.household_share is not None]
    people = [row.people_share for row in lines if row.people_share is not None]
    if households and not overlap[0]:
        yield both("户数")[lang != "zh"], sum(households, Decimal(0))
    if people and not overlap[1]:
        yield both("人数")[lang != "zh"], sum(people, Decimal(0))


def count_text(count: Count, lang: Lang) -> str:
    """Return a count in words: 864 户 2799 人."""
    parts = []
    if count.households is not None:
        parts.append(both("{households} 户", households=count.households)[lang != "zh"])
    if count.people is not None:
        parts.append(both("{people} 人", people=count.people)[lang != "zh"])
    return (" " if lang == "zh" else ", ").join(parts)


def about(stats: Stats, lang: Lang) -> list[str]:
    """Say what was counted, what was left out, and how persons were counted."""
    days = [day.isoformat() for day in stats.days]
    when = days[0] if len(days) == 1 else f"{days[0]} – {days[-1]}" if days else ""
    if not stats.total.households and not stats.total.people:
        counted = both("0 户 0 人")[lang != "zh"]
    else:
        counted = count_text(stats.total, lang)
    said = [both("统计了在册的 {counted}。", counted=counted)[lang != "zh"]]
    if when:
        said[0] = both("数据日期 {when}。{said}", when=when, said=said[0])[lang != "zh"]
    if stats.stated_people:
        said.append(both("没有成员表，人数取自家庭人口。")[lang != "zh"])
    left = list(_left_out(stats, lang))
    if left:
        said.append(both("没有数在内：{left}。", left=("，".join(left), "; ".join(left)))[lang != "zh"])
    return [*said, *_chosen(stats, lang)]


def _left_out(stats: Stats, lang: Lang) -> Iterator[str]:
    left = stats.left_out
    told = (
        (left.gone, *both("自然减少的 {n} 人")),
        (left.struck, *both("已注销的 {n} 户")),
        (left.emptied, *both("成员全部自然减少的 {n} 户")),
        (left.in_struck, *both("这些户里没有写减少的 {n} 人")),
        (left.households_unsure, *both("看不出是否在册的 {n} 户")),
        (left.people_unsure, *both("看不出是否在册的 {n} 人")),
    )
    yield from ((zh if lang == "zh" else en).format(n=number) for number, zh, en in told if number)


def _chosen(stats: Stats, lang: Lang) -> Iterator[str]:
    if stats.chosen is None:
        return
    chosen = stats.chosen
    out, unsure = count_text(chosen.out, lang), count_text(chosen.unsure, lang)
    yield both("只数符合条件的：{text}。不符合 {out}，看不出 {unsure}。", text=chosen.text, out=out, unsure=unsure)[
        lang != "zh"
    ]


def notes(stats: Stats, lang: Lang) -> list[str]:
    """Return the notes, files that could not be read first."""
    failed = [both("{file}：{sums}", file=file, sums=(zh, en)) for file, zh, en in stats.failed_files]
    return [en if lang == "en" else zh for zh, en in (*failed, *stats.notes)]
