"""The columns of a registry and the spellings that are wanted in; the fix of every cell one of them is for out."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from msgspec.structs import replace

from fupin_cli.engines import Row
from fupin_cli.fixes.ground import Change, Ground, Spelling, Target, Written, fix_of
from fupin_cli.model.fix import Fix
from fupin_cli.model.sheet import Kind
from fupin_cli.values.text import BLANKS, fold

_SENTENCE = "；"
_ODD = rf"[{BLANKS}\x00-\x1f\x7f-\x9f０-９Ａ-Ｚａ-ｚ•・.‧∙●⋅﹒．᛫]"
_DOTS = re.compile("(?<=[\u3400-\u9fff\U00020000-\U0003ffff])[•・.‧∙●⋅﹒．᛫](?=[\u3400-\u9fff\U00020000-\U0003ffff])")
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f]")
_NUMBER = "-?[0-9]+(\\.[0-9]+)?"
_DAY = "[0-9]{4}-[0-9]{2}-[0-9]{2}"


def spelled(ground: Ground, spellings: Sequence[Spelling]) -> Iterator[Fix]:
    """Yield one fix a cell: the last spelling that changed it gives the id, all of them the reason."""
    for target in ground.targets:
        own = [one for one in spellings if target.column.type in one.types]
        if own:
            yield from _of_column(ground, target, own)


def _of_column(ground: Ground, target: Target, spellings: Sequence[Spelling]) -> Iterator[Fix]:
    first = _written(ground, target)

    @lru_cache(maxsize=50_000)
    def answer(text: str, kind: int, value: str | None, said: str) -> tuple[Written, tuple[Spelling, ...]]:
        return _respelt(replace(first, text=text, kind=Kind(kind), value=value, said=said), spellings)

    for row, text, kind, value, said in _candidates(ground, target):
        last, used = answer(text, kind, value, said or "")
        if not used or (last.text, last.kind) == (text, kind):
            continue
        zh = _SENTENCE.join(one.reason[0] for one in used)
        en = "; ".join(one.reason[1] for one in used)
        after = (last.text, last.kind) if last.text else (None, Kind.BLANK)
        yield fix_of(used[-1].repair.id, target, row, Change(text, Kind(kind), *after), (zh, en))


def _respelt(cell: Written, spellings: Sequence[Spelling]) -> tuple[Written, tuple[Spelling, ...]]:
    """Return the cell after all spellings, and those that changed it; what would read otherwise is not changed at all."""
    used: list[Spelling] = []
    now = cell
    for one in spellings:
        found = one.respell(now)
        if found is not None:
            now = replace(now, text=found[0], kind=found[1])
            used.append(one)
    return (now, tuple(used)) if reads_as_before(cell, now) else (cell, ())


def reads_as_before(before: Written, now: Written) -> bool:
    """Tell whether a text still says the number, code or name that was read; the reading of the copy proves it once more."""
    value, kind = before.value, now.column.type
    if value is None:
        return now.text == ""
    if not now.text:
        return False
    if kind in ("证件", "编号", "账号"):
        return now.text.upper().startswith('="') or fold(now.text) == value
    if kind == "电话":
        return fold(now.text).replace("-", "").replace("(", "").replace(")", "").removeprefix("+86") == value
    return kind not in ("姓名", "文本") or same_value(before.text, now.text)


def same_value(before: str | None, after: str | None) -> bool:
    """Tell whether two readings are one: apart from width, blanks and dots, of names and texts."""
    if before is None or after is None:
        return before is after
    return before == after or _plainly(before) == _plainly(after)


def _plainly(text: str) -> str:
    """Return a text without what a spelling may change in it: width, blanks, dots of names, characters nobody sees."""
    return _DOTS.sub("·", _CONTROLS.sub("", fold(text)))


def _written(ground: Ground, target: Target) -> Written:
    codes = ground.dictionary.codes.get(target.column.codes or "")
    labels = codes.values if codes else ()
    kept = [text for text in codes.synonyms if text not in codes.retired] if codes else []
    kept = [text for text in kept if codes is not None and text not in codes.ended]
    return Written("", Kind.TEXT, target.column, None, "", target.plain, labels, tuple(fold(text) for text in kept))


def _candidates(ground: Ground, target: Target) -> list[Row]:
    """Return row, text, kind, value and what is said of the cells that are not plainly as they should be."""
    column = target.column.name.replace('"', '""')
    text, kind, value = f"s.c{target.index}", f"s.k{target.index}", f't."{column}"'
    odd = {
        "数字": f"{kind} = 1",
        "日期": f"({kind} = 1 OR ({kind} = 2 AND regexp_full_match({text}, '(18|19|20)[0-9]{{6}}')))",
        "电话": f"{kind} = 1 AND NOT regexp_full_match({text}, '[0-9]+')",
        "姓名": f"{kind} = 1 AND regexp_matches({text}, '{_ODD}')",
        "代码": f"{kind} = 1 AND {text} IS DISTINCT FROM {value}",
    }
    group = {"整数": "数字", "年份": "数字", "文本": "姓名"}.get(target.column.type, target.column.type)
    condition = odd.get(group, odd["代码"])
    if target.plain and group in ("数字", "日期"):
        condition += f" AND NOT regexp_full_match({text}, '{_DAY if group == '日期' else _NUMBER}')"
    return ground.engine.rows(
        f"""SELECT s.r, {text}, {kind}, CASE WHEN t."{column}$" = 0 THEN CAST({value} AS VARCHAR) END, t."{column}!"
FROM "{target.typed}" AS t JOIN "{target.raw}" AS s ON s.r = t."_row"
WHERE t."{column}$" IN (0, 1) AND {condition} ORDER BY s.r"""
    )
