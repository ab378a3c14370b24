"""Turn the data dictionary into an index of headings: which columns may a heading mean?"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from msgspec import Struct, field
from msgspec.structs import replace

from fupin_cli.catalogue import both
from fupin_cli.errors import UsageError
from fupin_cli.model.dictionary import CodeList, Column, Dictionary, Spelled
from fupin_cli.model.settings import Wishes
from fupin_cli.model.table import How
from fupin_cli.tables import heading_text
from fupin_cli.values.patterns import regex

IDENTIFYING = ("户编号", "人编号", "姓名", "户主姓名", "证件号码", "户主证件号码", "证件令牌", "姓名生日令牌")
SERIAL = frozenset({"序号", "编号序号", "行号", "NO", "序"})
# a name, number or telephone under one of these bands is somebody else's
_OTHER_PERSON = regex(
    r"卡主|帮扶|联系人|采集人|负责人|队长|队员|第一书记|监护人|医师|网格|领款人|代办|经办|驻村|包保|干部"
)
# a band that names the household beside its helper
_HELPED = regex(r"(?:结对)?(?:帮扶)?(?:贫困户|脱贫户|农户|监测户|帮扶户|结对户|帮扶对象|结对对象|监测对象)")
# an amount under one of these bands is not the amount of the data date
_OTHER_TIME = regex(r"消除后|计划|目标|拟|预计|核实后|整改|变更前|变更后|搬迁前|搬迁后")
# a leaf that says nothing by itself
_GENERIC = regex(
    r"^(姓名|性别|年龄|民族|.*身份证号码?|证件号码|证件类型|.*电话|联系方式|手机号?码?|关系|职务|时间|日期|类型|金额|面积|单位名称)$"
)
_GENERIC_COUNT = regex(r"^(人数|户数|人口数?|个数|次数)$")
_NEUTRAL = regex(
    r"基本|基础|信息|情况|成员|户籍|家庭|农户|户主|贫困户|脱贫户|监测|人口|人员|个人|对象|人$|学生|患者|孤儿|残疾"
)
_NEUTRAL_COUNT = regex(r"家庭|人口|成员|基本|基础|户籍|农户")


class Candidate(Struct, frozen=True):
    """A column a heading may mean, and how well the words fit."""

    column: str
    how: How
    rank: int = 0  # 0 given, 1 the words themselves, 2 the words without brackets and prefixes, 3 Latin letters


class Lexicon(Struct, frozen=True):
    """Headings of one run, indexed by spelling."""

    columns: dict[str, Column]
    spelled: Spelled  # its code values are words that stand in cells, not in headings
    given: dict[str, str]  # plain heading → column, from the user
    list_name: str | None = None
    as_of: date | None = None  # of several years side by side its own is read, where the sheet has no day
    key: str = "证件号码"
    codes: dict[str, CodeList] = field(default_factory=dict)

    def candidates(self, levels: Sequence[str], surroundings: str = "") -> list[Candidate]:
        """Return the columns a heading may mean, best first.

        `levels` are the texts of the heading from the band to the leaf, `surroundings` the title and the name of the
        sheet, where a band may be named.
        """
        for name in _names(levels):
            if (column := self.given.get(heading_text.plain(name))) is not None:
                return [Candidate(column, "given")]
        beside = heading_text.squeeze("".join(levels))
        around = "" if _of_household(levels[:-1]) else beside + heading_text.squeeze(surroundings)
        for name in _names(levels):
            found = self._by_words(name, beside, around)
            if found:
                return found
        leaf = self._by_words(levels[-1], beside, beside) if len(levels) > 1 else []
        return [each for each in leaf if self.columns[each.column].bands]

    def aliases(self, name: str) -> Iterator[str]:
        """Yield the spellings of one column."""
        yield name
        yield from self.columns[name].aliases

    def _by_words(self, name: str, beside: str, around: str) -> list[Candidate]:
        for step, columns in enumerate(self._steps(name)):
            under = [each for each in columns if self._belongs(each, around)]
            if under:
                latin = not any("\u4e00" <= char <= "\u9fff" for char in name)
                how: How = "normalised" if step else "exact"
                rank = 3 if latin else 1 if step < 3 else 2
                return [Candidate(each, how, rank) for each in sorted(under, key=lambda c: self._bandless(c, beside))]
        return []

    def _steps(self, name: str) -> Iterator[tuple[str, ...]]:
        """Yield the columns that are called so as written, then by each freer spelling."""
        yield self.spelled.exact.get(name.strip(), ())
        spellings = (heading_text.plain, heading_text.bare, heading_text.core)
        for index, spelling in zip(self.spelled.loose, spellings, strict=True):
            yield index.get(spelling(name), ())
        if (single := heading_text.without_copy_number(name)) is not None:
            yield self.spelled.loose[0].get(heading_text.plain(single), ())

    def _bandless(self, column: str, beside: str) -> bool:
        return not any(heading_text.squeeze(band) in beside for band in self.columns[column].bands)

    def _belongs(self, column: str, around: str) -> bool:
        bands = self.columns[column].bands
        return not bands or any(heading_text.squeeze(band) in around for band in bands)


_RECENT: list[tuple[Dictionary, Lexicon]] = []  # every sheet of a run asks for the same few


def build_lexicon(dictionary: Dictionary, wishes: Wishes) -> Lexicon:
    """Return the index for the registry, or for the departmental list the user named."""
    same = (each for known, each in _RECENT if known is dictionary and each.list_name == wishes.list_name)
    lexicon = next(same, None)
    if lexicon is None:
        lexicon = _indexed(dictionary, wishes.list_name)
        _RECENT[:] = [(dictionary, lexicon), *_RECENT[:7]]
    if not wishes.mapping and wishes.as_of is None:
        return lexicon
    return replace(lexicon, given=_given(wishes, lexicon.columns), as_of=wishes.as_of)


def spelled(dictionary: Dictionary) -> Spelled:
    """Return the headings and code values of the registry by spelling: much of the work of a lexicon, and always the same."""
    return _spelled(dictionary.columns, frozenset(_code_values(dictionary)))


def _indexed(dictionary: Dictionary, list_name: str | None) -> Lexicon:
    kind = None if list_name is None else dictionary.lists[list_name]
    columns, words = dictionary.columns, dictionary.spelled or spelled(dictionary)
    if kind is not None:
        columns = {name: column for name, column in columns.items() if name in {"姓名", "证件号码"}} | kind.columns
        words = _spelled(columns, words.values)
    return Lexicon(
        columns=columns,
        spelled=words,
        given={},
        list_name=list_name,
        key=kind.key if kind else "证件号码",
        codes=dictionary.codes,
    )


def _spelled(columns: dict[str, Column], values: frozenset[str]) -> Spelled:
    exact: dict[str, list[str]] = {}
    loose: tuple[dict[str, list[str]], ...] = ({}, {}, {})
    for name, column in columns.items():
        for alias in (name, *column.aliases):
            exact.setdefault(alias, []).append(name)
            keys = (heading_text.plain(alias), heading_text.bare(alias), heading_text.core(alias))
            for key, index in zip(keys, loose, strict=True):
                if key:
                    index.setdefault(key, []).append(name)
    return Spelled(_frozen(exact), tuple(_clear(index, loose[0], columns) for index in loose), values)


def is_serial(levels: Sequence[str]) -> bool:
    """Tell whether a heading is 序号: known, and of no use."""
    return bool(levels) and heading_text.core(levels[-1]) in SERIAL


def is_of_another(levels: Sequence[str]) -> bool:
    """Tell whether a heading speaks of somebody who is no member of the household, or of another time."""
    words = "".join(levels)
    return bool(_OTHER_PERSON.search(words) or _OTHER_TIME.search(words))


def _names(levels: Sequence[str]) -> Iterator[str]:
    """Yield what to look up: the whole heading, its lower levels, its leaf where the band allows it."""
    if not levels:
        return
    for start in range(len(levels) - 1):
        yield "-".join(levels[start:])
        yield "".join(levels[start:])
    if len(levels) == 1 or _leaf_speaks(levels[:-1], levels[-1]):
        yield levels[-1]


def _leaf_speaks(bands: Sequence[str], leaf: str) -> bool:
    band = "".join(heading_text.squeeze(each) for each in bands)
    if found := _OTHER_TIME.search(band):
        return found[0] in leaf  # the leaf says the time itself: 风险消除后 over 风险消除后纯收入
    word = heading_text.core(leaf)
    if _GENERIC_COUNT.match(word):
        return bool(_NEUTRAL_COUNT.search(band))
    if _GENERIC.match(word):
        return _of_household(bands) or (bool(_NEUTRAL.search(band)) and not _OTHER_PERSON.search(band))
    return True


def _of_household(bands: Sequence[str]) -> bool:
    """Tell whether a band names the household that is helped, and nobody who helps it."""
    band = "".join(heading_text.squeeze(each) for each in bands)
    return bool(_HELPED.search(band)) and not _OTHER_PERSON.search(_HELPED.sub("", band))


def _frozen(index: dict[str, list[str]]) -> dict[str, tuple[str, ...]]:
    return {key: tuple(dict.fromkeys(columns)) for key, columns in index.items()}


def _clear(
    index: dict[str, list[str]], faithful: dict[str, list[str]], columns: dict[str, Column]
) -> dict[str, tuple[str, ...]]:
    """Return the spellings whose columns something tells apart; a column that is called so keeps it before the others."""
    clear: dict[str, tuple[str, ...]] = {}
    for key, names in _frozen(index).items():
        if len(names) == 1:  # most
            clear[key] = names
            continue
        own = tuple(name for name in names if name in faithful.get(key, ())) or names
        if len(own) <= 3 and all(
            _told_apart(columns[one], columns[other]) for i, one in enumerate(own) for other in own[:i]
        ):
            clear[key] = own
    return clear


def _told_apart(one: Column, other: Column) -> bool:
    """Tell whether a band, the kind of sheet or the cells below (evidence.py) tell two columns of one heading apart."""
    if one.bands or other.bands:
        return not set(one.bands) & set(other.bands)
    if one.level != other.level:
        return True
    return {one.type, other.type} == {"代码", "文本"} or one.most is not None or other.most is not None


def _given(wishes: Wishes, columns: dict[str, Column]) -> dict[str, str]:
    for heading, column in wishes.mapping.items():
        if column not in columns:
            nearest = _nearest_name(column, columns)
            raise UsageError(
                *both(
                    "--map {heading}={column}：没有叫“{column}”的列，最接近的是“{nearest}”。",
                    heading=heading,
                    column=column,
                    nearest=nearest,
                )
            )
    return {heading_text.plain(heading): column for heading, column in wishes.mapping.items()}


def _nearest_name(word: str, names: Iterable[str]) -> str:
    from rapidfuzz import fuzz, process

    found = process.extractOne(word, list(names), scorer=fuzz.ratio)
    return str(found[0]) if found else ""


def _code_values(dictionary: Dictionary) -> Iterator[str]:
    for codes in dictionary.codes.values():
        for word in (*codes.values, *codes.synonyms):
            yield heading_text.plain(word)
