"""A heading in, the groups of columns that repeat in it out: 姓名 证件号码 姓名 证件号码."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec import Struct

from fupin_cli.engines import Engine
from fupin_cli.model.sheet import Sheet
from fupin_cli.tables import heading_text
from fupin_cli.tables.headings import Heading
from fupin_cli.tables.lexicon import IDENTIFYING, Lexicon, is_of_another, is_serial

_OWN = frozenset(
    {"户编号", "户主姓名", "户主证件号码"}
)  # who has one of these in every group is in a list of households
# what groups must share besides a name: a name and a telephone may be a helper's
_TELLS = frozenset({"户编号", "人编号", "证件号码", "户主证件号码", "与户主关系", "性别", "出生日期"})
_SAYS_NOTHING = frozenset({"备注", "有关情况说明"})


class Repeats(Struct, frozen=True):
    """Groups of neighbouring columns with nearly the same headings, from left to right."""

    groups: tuple[tuple[int, ...], ...]
    anchor: int  # place of the name or number in each group
    columns: tuple[tuple[str, ...], ...]  # of every column of the sheet: what its heading may mean
    relations: tuple[int | None, ...]  # of each group: its column 与户主关系
    serial: bool  # every group counts its rows

    @property
    def shared(self) -> set[str]:
        """What the columns outside the groups may mean."""
        inside = {i for group in self.groups for i in group}
        return {name for i, names in enumerate(self.columns) if i not in inside for name in names}


def find_repeats(heading: Heading, lexicon: Lexicon, surroundings: str) -> Repeats | None:
    """Return the groups of a heading that says the same again, or None."""
    texts = [heading_text.plain("-".join(levels)) for levels in heading.levels]
    twice = {text for text in texts if text and texts.count(text) > 1}
    if not twice:
        return None
    columns = tuple(
        tuple(each.column for each in lexicon.candidates(levels, surroundings)) for levels in heading.levels
    )
    for i, text in enumerate(texts):
        if text not in twice or is_of_another(heading.levels[i]) or not set(columns[i]) & set(IDENTIFYING):
            continue
        groups = _groups(texts, [j for j, each in enumerate(texts) if each == text])
        alike = _alike(texts, groups)
        told = {name for j in groups[0] if texts[j] in alike for name in columns[j]}
        if (len(alike) >= 2 and told & _TELLS) or (alike and set(columns[i]) & {"户编号", "人编号"}):
            return Repeats(
                groups,
                i - groups[0][0],
                columns,
                tuple(next((j for j in group if "与户主关系" in columns[j]), None) for group in groups),
                all(any(is_serial(heading.levels[j]) for j in group) for group in groups),
            )
    return None


def _groups(texts: Sequence[str], anchors: Sequence[int]) -> tuple[tuple[int, ...], ...]:
    """Return the columns of each group; `anchors` are the columns that say the same."""
    before = 0
    room = min([anchors[0] + 1, *(two - one for one, two in pairwise(anchors))])
    while (
        before + 1 < room
        and len({texts[anchor - before - 1] for anchor in anchors}) == 1
        and texts[anchors[0] - before - 1]
    ):
        before += 1
    begins = [anchor - before for anchor in anchors]
    groups = [tuple(range(one, two)) for one, two in pairwise(begins)]
    known = {texts[i] for group in groups for i in group}
    last = begins[-1]
    end = next((i for i in range(last, len(texts)) if texts[i] and texts[i] not in known), len(texts))
    groups.append(tuple(range(last, end)))
    return tuple(tuple(i for i in group if texts[i]) for group in groups)


def _alike(texts: Sequence[str], groups: Sequence[Sequence[int]]) -> set[str]:
    """Return the headings all groups share; only the first of them when they are less than six in ten of the smallest."""
    sets = [{texts[i] for i in group} for group in groups]
    common = set.intersection(*sets)
    return common if len(common) >= 0.6 * min(map(len, sets)) else {min(common)}


def is_folded(engine: Engine, sheet: Sheet, found: Repeats, below: int, lexicon: Lexicon) -> bool:
    """Tell a list folded into blocks beside each other from members of one household spread over its row.

    Every block has a 户编号, a 户主 or numbers of its own: a list. Columns of the household stand beside the groups: its
    members. Else the relations tell: 户主 in the first group and in no other is a household.
    """
    inside = [{name for i in group for name in found.columns[i]} for group in found.groups]
    certain = [{found.columns[i][0] for i in group if len(found.columns[i]) == 1} for group in found.groups]
    if found.serial or all(names & _OWN for names in certain) or any("户编号" in names for names in inside):
        return True
    if any(lexicon.columns[name].level == "户" for name in found.shared - _SAYS_NOTHING):
        return False
    heads = list(_heads(engine, sheet, found.relations, below))
    return not (heads and heads[0] >= 0.8 and max(heads[1:], default=0.0) <= 0.2)


def _heads(engine: Engine, sheet: Sheet, relations: Sequence[int | None], below: int) -> Iterator[float]:
    """Yield the part of the filled relations of each group that are 户主."""
    for i in relations:
        if i is None:
            continue
        filled, heads = engine.rows(
            f"""SELECT count("c{i}"), count(*) FILTER (WHERE trim("c{i}") IN ('户主', '本人', '户主本人', '01', '1'))
            FROM "{sheet.relation}" WHERE "r" > ?""",
            (below,),
        )[0]
        yield heads / filled if filled else 0.0


def same_values(engine: Engine, sheet: Sheet, found: Repeats, below: int) -> bool:
    """Tell whether the groups name the same in most rows: a column that was pasted beside itself, not another table."""
    first, *others = (group[found.anchor] for group in found.groups)
    for other in others:
        rows, same = engine.rows(
            f"""SELECT greatest(count("c{first}"), count("c{other}")), count(*) FILTER (WHERE trim("c{first}") = trim("c{other}"))
            FROM "{sheet.relation}" WHERE "r" > ?""",
            (below,),
        )[0]
        if same >= 0.8 * rows > 0:
            return True
    return False
