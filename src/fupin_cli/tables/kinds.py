"""Decide what a table holds: persons, households, villages, or rows of a departmental list."""

from collections.abc import Mapping, Sequence

from msgspec import Struct, field

from fupin_cli.engines import Engine
from fupin_cli.model.dictionary import Level
from fupin_cli.model.sheet import Sheet
from fupin_cli.tables.lexicon import Candidate, Lexicon

HEAD_OF = {"姓名": "户主姓名", "证件号码": "户主证件号码"}  # what a heading means where each row is a household
_NEUTRAL = frozenset({*HEAD_OF, *HEAD_OF.values(), "户编号", "性别", "民族", "证件类型", "出生日期", "户联系电话"})
LEVELS: dict[str, tuple[Level, ...]] = {
    "人": ("人", "户", "地", "村"),
    "户": ("户", "人", "地", "村"),
    "村": ("村", "地"),
}
Doubt = tuple[str, str]


class Claims(Struct, frozen=True):
    """Which columns the headings may mean, before the kind of table is known."""

    candidates: tuple[tuple[Candidate, ...], ...]  # one entry a column of the sheet
    of_member: bool = False  # a name or certificate number is said to be a member's: 家庭成员姓名
    barred: Mapping[int, Doubt] = field(default_factory=dict)  # columns of the sheet that must not be read, and why
    off: frozenset[int] = frozenset()  # columns of the sheet whose values are of another time

    def column_of(self, name: str) -> int | None:
        """Return the first column of the sheet that may mean `name`."""
        return next((i for i, each in enumerate(self.candidates) if any(c.column == name for c in each)), None)

    def certain(self, name: str) -> bool:
        """Tell whether some heading can mean nothing but `name`."""
        return any(len(each) == 1 and each[0].column == name for each in self.candidates)

    @property
    def names(self) -> set[str]:
        """Every column that some heading may mean."""
        return {candidate.column for each in self.candidates for candidate in each}


def decide_kind(engine: Engine, sheet: Sheet, below: int, claims: Claims, lexicon: Lexicon) -> str | None:
    """Return "人", "户", "村", "名单:X", or None when the headings are no registry's.

    `below` is the last heading row.
    """
    names = claims.names
    if lexicon.list_name is not None:
        return f"名单:{lexicon.list_name}" if names else None
    if names & {"与户主关系", "人编号", "证件令牌", "姓名生日令牌"} or claims.of_member:
        return "人"
    if _is_village(claims, lexicon):
        return "村"
    if "姓名" in names and claims.certain("姓名") and claims.certain("户主姓名"):
        return "人"
    if "姓名" in names or "证件号码" in names:
        return _by_rows(engine, sheet, below, claims, lexicon)
    return "户" if names & {"户编号", "户主姓名", "户主证件号码"} else None


def resolve(
    candidates: Sequence[Candidate], kind: str, lexicon: Lexicon, taken: Mapping[str, object]
) -> Candidate | None:
    """Return what a heading means in a table of this kind; `taken` are columns another heading names without doubt."""
    if kind.startswith("名单"):
        return candidates[0] if candidates else None
    order = LEVELS[kind]
    allowed = [each for each in candidates if lexicon.columns[each.column].level in order or each.how == "given"]
    if not allowed:
        return None
    best = min(allowed, key=lambda each: 0 if each.how == "given" else order.index(lexicon.columns[each.column].level))
    head = HEAD_OF.get(best.column)
    if kind == "户" and best.how != "given" and head in lexicon.columns and head not in taken:
        return Candidate(head, best.how, best.rank)
    return best


def _is_village(claims: Claims, lexicon: Lexicon) -> bool:
    names = claims.names
    if names & {"户编号", "户主姓名", "户主证件号码", "姓名", "证件号码"} or "村" not in names:
        return False
    return sum(1 for name in names if lexicon.columns[name].level == "村") >= 2


def _by_rows(engine: Engine, sheet: Sheet, below: int, claims: Claims, lexicon: Lexicon) -> str:
    """Tell members from heads: by repeated 户编号, else by which columns there are more of."""
    household = claims.column_of("户编号")
    person = claims.column_of("姓名")
    person = claims.column_of("证件号码") if person is None else person
    if household is not None and person is not None:
        named, different = engine.rows(
            f'SELECT count(*) FILTER (WHERE "c{person}" IS NOT NULL), count(DISTINCT "c{household}") '
            f'FROM "{sheet.relation}" WHERE "r" > ? AND ("c{person}" IS NOT NULL OR "c{household}" IS NOT NULL)',
            (below,),
        )[0]
        if different:
            return "人" if named > 1.15 * different else "户"
    levels = [lexicon.columns[name].level for name in claims.names - _NEUTRAL]
    if levels.count("人") == levels.count("户"):
        return "户" if household is not None or claims.certain("户主姓名") else "人"
    return "人" if levels.count("人") > levels.count("户") else "户"
