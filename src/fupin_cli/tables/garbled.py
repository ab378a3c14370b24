"""What a text looks like when it was decoded wrongly: one regular expression (RE2) for the engine."""


def _read_as_gbk() -> str:
    """Return the pattern of UTF-8 opened as GBK (样例县 → 鏍蜂緥鍘), the commonest accident on Chinese Windows.

    A character of three UTF-8 bytes, E4–E9 and twice 80–BF, and the next one give GBK's pairs (E4–E9, 80–BF) and
    (80–BF, E4–E9); two such characters in a row before a third do not occur in names and addresses.
    """

    def pairs(first: range, second: range) -> str:
        codes = (bytes((a, b)).decode("gbk", "ignore") for a in first for b in second)
        return "".join(char for char in codes if char and ord(char) >= 0x4E00)

    leads, trails = range(0xE4, 0xEA), range(0x80, 0xC0)
    return rf"[{pairs(leads, trails)}][{pairs(range(0x81, 0xC0), leads)}]\p{{Han}}"


_READ_AS_LATIN = (
    r"[\x{C2}-\x{F4}][\x{80}-\x{BF}\x{152}\x{153}\x{160}\x{161}\x{178}\x{17D}\x{17E}\x{192}\x{2C6}\x{2DC}"
    r"\x{2013}-\x{203A}\x{20AC}\x{2122}]"
)
GARBLED = "|".join((
    r"[\x{FFFD}\x{E000}-\x{F8FF}\x{80}-\x{9F}]",  # replacement and private-use characters, controls
    _READ_AS_LATIN,
    r"[\x{C0}-\x{FF}]{3,}",
    "锟斤拷|烫烫烫|屯屯屯",
    _read_as_gbk(),
    r"\p{Han}[(（][a-z]*[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ][a-z]*[)）]",  # a pinyin gloss glued to a character
))  # fmt: skip
