"""How the comparisons of one pair came out in; its evidence in words, both values in it, the strongest first, out."""

from collections.abc import Mapping

from fupin_cli.catalogue import both
from fupin_cli.differences.linkage.scoring import ASPECTS
from fupin_cli.engines import Row
from fupin_cli.model.difference import Evidence

Person = Mapping[str, str | None]
_COLUMNS = {
    "name": "姓名",
    "number": "证件号码",
    "birth": "出生日期",
    "sex": "性别",
    "place": "村",
    "relation": "与户主关系",
}
_PLACES = {"household": "户编号", "head": "户主姓名", "township": "村"}
_SAID = {  # (aspect, level) → what it means; what comes after the colon are the two cells
    ("name", "same"): both("姓名相同"),
    ("name", "variant"): both("姓名相同，繁简或异体写法不同"),
    ("name", "sound"): both("姓名读音相同"),
    ("name", "shape"): both("姓名字形相近"),
    ("name", "one"): both("姓名有一字不同"),
    ("name", "part"): both("姓名一长一短，开头相同"),
    ("name", "other"): both("姓名不同"),
    ("number", "same"): both("证件号码相同（15位与18位、残疾人证与身份证按同一号码算）"),
    ("number", "digit"): both("证件号码只差一位"),
    ("number", "swapped"): both("证件号码有两位颠倒"),
    ("number", "lost"): both("证件号码少一位或多一位"),
    ("number", "cut"): both("证件号码前15位相同，后几位被表格软件改成0"),
    ("number", "unlike"): both("证件号码相差较大，至少一个校验不符"),
    ("number", "two"): both("证件号码不同，且两个都校验相符"),
    ("birth", "same"): both("出生日期相同"),
    ("birth", "swapped"): both("出生日期月、日颠倒"),
    ("birth", "part"): both("出生日期年、月、日中有一项不同"),
    ("birth", "other"): both("出生日期不同"),
    ("sex", "same"): both("性别相同"),
    ("sex", "other"): both("性别不同"),
    ("place", "household"): both("户编号相同"),
    ("place", "head"): both("同村，户主姓名相同"),
    ("place", "village"): both("同村"),
    ("place", "township"): both("同乡镇不同村"),
    ("place", "other"): both("不同乡镇"),
    ("relation", "same"): both("与户主关系相同"),
    ("relation", "other"): both("与户主关系不同"),
}  # fmt: skip


def explain(row: Row, left: Person, right: Person, free: tuple[int, int]) -> tuple[Evidence, ...]:
    """Return the evidence of a pair; the last says where it starts, and all weights add up to the score.

    Args:
        row: what `score` gave.
        left: the cells of `SHOWN` of the left person.
        right: of the right person.
        free: how many rows each side has over.
    """
    found = []
    for i, aspect in enumerate(ASPECTS):
        level, bits = row[4 + 2 * i], row[5 + 2 * i]
        if level is not None:
            found.append(_said(aspect, level, float(bits), (left, right)))
    found.sort(key=lambda evidence: -abs(evidence.weight))
    return (*found, _start(float(row[3]), max(free)))


def _said(aspect: str, level: str, bits: float, pair: tuple[Person, Person]) -> Evidence:
    column = _PLACES.get(level, "村") if aspect == "place" else _COLUMNS[aspect]
    if (aspect, level) == ("place", "other"):
        column = "乡"
    zh, en = _SAID[aspect, level]
    values = [person.get(column) or "" for person in pair]
    shown = values[0] if values[0] == values[1] else "/".join(values)
    return (
        Evidence(*both("{said}：{shown}", said=(zh, en), shown=shown), round(bits, 2), column)
        if shown
        else Evidence(zh, en, round(bits, 2), column)
    )


def _start(bits: float, rows: int) -> Evidence:
    return Evidence(
        *both("起点：未配对的有 {rows} 行，任取两行很少是同一人", rows=rows),
        round(bits, 2),
    )
