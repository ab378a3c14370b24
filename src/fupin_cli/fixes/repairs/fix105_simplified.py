"""FIX105 (unsafe): traditional characters in names and places become simplified ones, where only one form can be meant."""

from collections.abc import Callable, Iterator

from fupin_cli.catalogue import both
from fupin_cli.errors import UsageError
from fupin_cli.fixes.ground import Change, Ground, Proposer, Target, fix_of
from fupin_cli.model.fix import Fix, Repair
from fupin_cli.model.sheet import Kind

_PLACES = frozenset(("省", "市", "县", "乡", "村", "自然村"))
# Characters with more than one simplified form, and forms that are standard in names by 通用规范汉字表 (2013): a name or place
# that has one is left whole.
UNSURE = frozenset("乾著於瞭藉徵夥麼麽昇陞甯祇穀覆諮鍾餘閤龢蘋鬱齣囉妳彷畫恆堃喆淼仝邨氾祕珮粦脩菓遊迺頫鉅哿椏颺阪")
_REASON = both("改为简体字，请核对户口簿上的写法")


def propose(ground: Ground) -> Iterator[Fix]:
    """Yield a fix for each name and place with traditional characters; the library is asked once for each distinct text.

    Raises:
        UsageError: the library of the extra `link` is not installed.
    """
    wanted = [one for one in ground.targets if one.column.type == "姓名" or one.column.name in _PLACES]
    if not wanted:
        return
    convert = _converter()
    for target in wanted:
        yield from _of_column(ground, target, convert)


def _of_column(ground: Ground, target: Target, convert: Callable[[str], str]) -> Iterator[Fix]:
    rows = ground.engine.rows(
        f"""SELECT s.c{target.index}, list(s.r ORDER BY s.r) FROM "{target.typed}" AS t
JOIN "{target.raw}" AS s ON s.r = t."_row"
WHERE t."{target.column.name}$" = 0 AND s.k{target.index} = {Kind.TEXT} GROUP BY 1"""
    )
    for text, numbers in rows:
        simple = simplified(text, convert)
        if simple is not None:
            for row in numbers:
                yield fix_of("FIX105", target, row, Change(text, Kind.TEXT, simple, Kind.TEXT), _REASON)


def simplified(text: str, convert: Callable[[str], str]) -> str | None:
    """Return the text in simplified characters; None when it is simple already, or when a form is not sure.

    A form is sure where the character alone and in its text become the same, and it is none of `UNSURE`.
    """
    if not UNSURE.isdisjoint(text):
        return None
    whole = convert(text)
    alone = "".join(convert(char) for char in text)
    return whole if whole == alone != text and len(whole) == len(text) else None


def _converter() -> Callable[[str], str]:
    try:
        from opencc import OpenCC
    except ImportError as error:
        raise UsageError(
            *both(
                "FIX105（繁体改简体）需要 opencc：请运行 pip install 'fupin-cli[link]'，或用 --ignore FIX105 不做这一项。"
            )
        ) from error
    convert: Callable[[str], str] = OpenCC("t2s").convert
    return convert


KIND = Proposer(
    Repair(
        "FIX105", *both("姓名、地名繁体改简体"), False,
        *both("繁体会使同一个人、同一个村比对不上；但户口簿上可能就是这样写的，所以要人核对。一个繁体对应几个简体的、人名用字表里有的，不改。")
    ),
    propose,
)  # fmt: skip
