"""How the comparisons of one pair came out in; its evidence in words, both values in it, the strongest first, out."""

from collections.abc import Mapping

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
    ("name", "same"): ("姓名相同", "same name"),
    ("name", "variant"): ("姓名相同，繁简或异体写法不同", "same name, in traditional or variant characters"),
    ("name", "sound"): ("姓名读音相同", "names sound alike"),
    ("name", "shape"): ("姓名字形相近", "names look alike"),
    ("name", "one"): ("姓名有一字不同", "names differ in one character"),
    ("name", "part"): ("姓名一长一短，开头相同", "one name begins the other"),
    ("name", "other"): ("姓名不同", "different names"),
    ("number", "same"): ("证件号码相同（15位与18位、残疾人证与身份证按同一号码算）", "same number (15 and 18 digits, card and number, count as one)"),
    ("number", "digit"): ("证件号码只差一位", "numbers differ in one character"),
    ("number", "swapped"): ("证件号码有两位颠倒", "numbers differ in two characters that changed places"),
    ("number", "lost"): ("证件号码少一位或多一位", "one number lacks a character of the other"),
    ("number", "cut"): ("证件号码前15位相同，后几位被表格软件改成0", "the first 15 digits agree; a spreadsheet made the last ones 0"),
    ("number", "unlike"): ("证件号码相差较大，至少一个校验不符", "numbers far apart, at least one of them not valid"),
    ("number", "two"): ("证件号码不同，且两个都校验相符", "two different numbers, both valid"),
    ("birth", "same"): ("出生日期相同", "same date of birth"),
    ("birth", "swapped"): ("出生日期月、日颠倒", "day and month of birth changed places"),
    ("birth", "part"): ("出生日期年、月、日中有一项不同", "year, month or day of birth differs, the rest agrees"),
    ("birth", "other"): ("出生日期不同", "different dates of birth"),
    ("sex", "same"): ("性别相同", "same sex"),
    ("sex", "other"): ("性别不同", "different sex"),
    ("place", "household"): ("户编号相同", "same household number"),
    ("place", "head"): ("同村，户主姓名相同", "same village, head of the same name"),
    ("place", "village"): ("同村", "same village"),
    ("place", "township"): ("同乡镇不同村", "same township, different village"),
    ("place", "other"): ("不同乡镇", "different townships"),
    ("relation", "same"): ("与户主关系相同", "same relation to the head"),
    ("relation", "other"): ("与户主关系不同", "different relation to the head"),
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
        Evidence(f"{zh}：{shown}", f"{en}: {shown}", round(bits, 2), column)
        if shown
        else Evidence(zh, en, round(bits, 2), column)
    )


def _start(bits: float, rows: int) -> Evidence:
    return Evidence(
        f"起点：未配对的有 {rows} 行，任取两行很少是同一人",
        f"start: {rows} rows are in no pair, and two of them are seldom one person",
        round(bits, 2),
    )
