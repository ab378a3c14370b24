"""Say which column of the dictionary each heading of a table means, how surely, and which mean nothing known."""

from collections.abc import Iterator, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from fupin_cli.catalogue import both
from fupin_cli.engines import Engine
from fupin_cli.model.dictionary import Dictionary
from fupin_cli.model.place import letter
from fupin_cli.model.settings import Wishes
from fupin_cli.model.sheet import Sheet
from fupin_cli.model.table import How, Layout, Mapped
from fupin_cli.tables import heading_text
from fupin_cli.tables.evidence import settled
from fupin_cli.tables.headings import Heading
from fupin_cli.tables.kinds import HEAD_OF, LEVELS, Claims, Doubt, resolve
from fupin_cli.tables.lexicon import Candidate, Lexicon, build_lexicon, is_of_another, is_serial
from fupin_cli.tables.neighbours import beside
from fupin_cli.values.patterns import regex

NEAR, CLEAR = 88.0, 5.0  # how near a heading must be, and how much nearer than the second
WORTH_TELLING = 50.0  # how near a column must be to be suggested
_TELLING = frozenset("非未无不没前后原拟上下新旧另其次首末男女老户人村县省市镇乡组年月日元数率额率号名主副总")
_CERTIFICATE = r"^[1-9]\d{5}(18|19|20)\d{2}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])\d{3}[\dXx]"
_MEMBER = regex("成员|人员")
Kept = dict[int, tuple[str, How, float]]  # column of the sheet → canonical column, how it was found, score


class Headed(Struct, frozen=True):
    """A table whose heading was found, before its columns are mapped."""

    heading: Heading
    claims: Claims
    kind: str
    lexicon: Lexicon
    unit: str | None  # stated above the table for all amounts (单位：万元)
    unread: frozenset[int] = frozenset()  # columns of the sheet that the user does not want read


class Mapping(Struct, frozen=True):
    """What the headings of one table mean."""

    columns: tuple[Mapped, ...]
    unmapped: dict[str, str]  # letter → heading
    doubts: tuple[Doubt, ...]
    unread: dict[str, str] = field(default_factory=dict)  # letter → heading
    explained: tuple[str, ...] = ()  # letters of `unmapped` that a doubt speaks of


def claims_of(heading: Heading, lexicon: Lexicon, surroundings: str) -> Claims:
    """Return what each heading may mean."""
    candidates = tuple(tuple(lexicon.candidates(levels, surroundings)) for levels in heading.spoken)
    of_member = any(
        _MEMBER.search("".join(levels)) and any(each.column in HEAD_OF for each in meant)
        for levels, meant in zip(heading.levels, candidates, strict=True)
    )
    return beside(Claims(candidates, of_member), heading.levels, lexicon, surroundings)


def map_columns(engine: Engine, sheet: Sheet, headed: Headed) -> Mapping:
    """Map every column that has a heading, or cells below it."""
    heading, kind, lexicon = headed.heading, headed.kind, headed.lexicon
    doubts: list[Doubt] = []
    claims = settled(engine, sheet, heading, headed.claims, lexicon)
    barred = {i: doubt for i, doubt in claims.barred.items() if not claims.candidates[i] and i not in headed.unread}
    doubts += barred.values()
    chosen = dict(_resolved(claims, kind, lexicon))
    _heads_own(headed, chosen)
    off = _drop_other_units(headed, chosen, doubts)
    kept = _keep_one_each(headed, chosen, doubts)
    kept.update(_nearest(headed, kept, {*chosen, *off, *barred, *claims.off, *headed.unread}, doubts))
    told = {*off, *barred, *(i for i in chosen if i not in kept)}
    full = _full_columns(engine, sheet, heading.bottom)
    free = replace(headed, unread=headed.unread | barred.keys())
    kept.update(_by_values(engine, sheet, free, kept, full, doubts))
    columns = tuple(
        Mapped(column, i, letter(i), written(heading.levels[i]), how, round(score, 1))
        for i, (column, how, score) in sorted(kept.items())
    )
    unmapped = {
        letter(i): written(levels)
        for i, levels in enumerate(heading.levels)
        if i not in kept and i not in headed.unread and (levels or full[i]) and not is_serial(levels)
    }
    unread = {letter(i): written(heading.levels[i]) for i in sorted(headed.unread)}
    explained = tuple(letter(i) for i in sorted(told) if letter(i) in unmapped)
    return Mapping(columns, unmapped, tuple(doubts), unread, explained=explained)


def written(levels: Sequence[str]) -> str:
    """Return a heading as a clerk would quote it: its levels joined with "-", without line breaks."""
    return heading_text.joined(levels)


def nearest_columns(layout: Layout, dictionary: Dictionary) -> dict[str, tuple[str, float]]:
    """Return for each heading nothing is known of (by its letter) the nearest column and its score of 0 … 100."""
    list_name = layout.kind.removeprefix("名单:") if layout.kind.startswith("名单:") else None
    lexicon = build_lexicon(dictionary, Wishes(list_name=list_name))
    taken = {each.column for each in layout.columns}
    found = {}
    for where, heading in layout.unmapped.items():
        ranked = [each for each in _ranked(heading, lexicon, layout.kind) if each[0] not in taken] if heading else []
        if ranked and ranked[0][1] >= WORTH_TELLING:
            found[where] = (ranked[0][0], round(ranked[0][1], 1))
    return found


def _resolved(claims: Claims, kind: str, lexicon: Lexicon) -> Iterator[tuple[int, Candidate]]:
    certain = {each[0].column: i for i, each in enumerate(claims.candidates) if len(each) == 1}
    for i, candidates in enumerate(claims.candidates):
        if (found := resolve(candidates, kind, lexicon, certain)) is not None:
            yield i, found


def _heads_own(headed: Headed, chosen: dict[int, Candidate]) -> None:
    """Read what stands under a band of the head as the head's, where the members have the same column of their own."""
    columns, levels = headed.lexicon.columns, headed.heading.levels
    if headed.kind != "人":
        return
    for column in {each.column for each in chosen.values() if columns[each.column].level == "人"}:
        having = [i for i, each in sorted(chosen.items()) if each.column == column and each.how != "given"]
        under = [i for i in having if any("户主" in band and not _MEMBER.search(band) for band in levels[i][:-1])]
        if len(under) == len(having):
            continue
        taken = {each.column for each in chosen.values()}
        for i in under:
            own = chosen.pop(i)
            head = HEAD_OF.get(column)
            if head in columns and head not in taken:
                chosen[i] = replace(own, column=head)
                taken.add(head)


def _drop_other_units(headed: Headed, chosen: dict[int, Candidate], doubts: list[Doubt]) -> list[int]:
    """Leave out amounts stated on another scale: a sum in 万元 read as 元 would be wrong by ten thousand."""
    heading, spoken, off = headed.heading, headed.heading.spoken, []
    for i, candidate in list(chosen.items()):
        column = headed.lexicon.columns[candidate.column]
        stated = heading_text.unit_of(spoken[i][-1]) or headed.unit
        if candidate.how == "given" or not heading_text.units_disagree(stated, column.unit):
            continue
        del chosen[i]
        off.append(i)
        name = written(heading.levels[i])
        doubts.append(
            both(
                "{letter} 列“{name}”的单位是{stated}，“{name2}”的单位是{unit}，没有读入。换算后再查，"
                "或确认单位写错后加 --map {name}={name2}。",
                letter=letter(i),
                name=name,
                stated=stated,
                name2=column.name,
                unit=column.unit,
            )
        )
    return off


def _keep_one_each(headed: Headed, chosen: dict[int, Candidate], doubts: list[Doubt]) -> Kept:
    """Let one heading stand for a column: the surest, of equals the first."""
    heading = headed.heading
    kept: Kept = {}
    owner: dict[str, int] = {}
    for i, candidate in sorted(chosen.items(), key=lambda pair: (pair[1].rank, pair[0])):
        column = candidate.column
        if column in owner and not headed.lexicon.columns[column].gather:
            first, second = written(heading.levels[owner[column]]), written(heading.levels[i])
            doubts.append(
                both(
                    "{letter} 列“{first}”和 {letter2} 列“{second}”都是“{column}”，只读了 {letter} 列。",
                    letter=letter(owner[column]),
                    first=first,
                    letter2=letter(i),
                    second=second,
                    column=column,
                )
            )
            continue
        owner.setdefault(column, i)
        kept[i] = (column, candidate.how, 100.0)
    return kept


def _nearest(headed: Headed, kept: Kept, chosen: set[int], doubts: list[Doubt]) -> Kept:
    """Read headings one slip away from a known one."""
    lexicon, found = headed.lexicon, Kept()
    for i, levels in enumerate(headed.heading.levels):
        if not levels or i in kept or i in chosen or is_serial(levels) or is_of_another(levels):
            continue
        name = written(levels)
        ranked = _ranked(name, lexicon, headed.kind)
        if not ranked or ranked[0][1] < NEAR or (len(ranked) > 1 and ranked[0][1] - ranked[1][1] < CLEAR):
            continue
        column, score, alias = ranked[0]
        taken = {each[0] for each in (*kept.values(), *found.values())}
        if column in taken or _telling(heading_text.core(name), heading_text.core(alias)):
            continue
        found[i] = (column, "nearest", score)
        doubts.append(
            both(
                "{letter} 列“{name}”按最接近的“{column}”读（相似度 {score:.0f}）；不对就加 --map {name}=列名。",
                letter=letter(i),
                name=name,
                column=column,
                score=score,
            )
        )
    return found


def _ranked(name: str, lexicon: Lexicon, kind: str) -> list[tuple[str, float, str]]:
    """Return (column, score, spelling), the nearest first, each column once."""
    from rapidfuzz import fuzz, process

    order = LEVELS.get(kind)
    spellings = {
        heading_text.core(alias): column
        for column, each in lexicon.columns.items()
        if (order is None or each.level in order) and not each.bands
        for alias in lexicon.aliases(column)
    }
    best: dict[str, tuple[str, float, str]] = {}
    for spelling, score, _ in process.extract(heading_text.core(name), list(spellings), scorer=fuzz.ratio, limit=12):
        best.setdefault(spellings[spelling], (spellings[spelling], float(score), spelling))
    return list(best.values())


def _telling(one: str, two: str) -> bool:
    """Tell whether the letters in which two headings differ change their meaning (非, 未, 前, 户 and 人 …)."""
    from rapidfuzz.distance import Indel

    changed = set()
    for step in Indel.opcodes(one, two):
        if step.tag != "equal":
            changed |= set(one[step.src_start : step.src_end]) | set(two[step.dest_start : step.dest_end])
    return bool(changed & _TELLING) or any(char.isdigit() or "A" <= char <= "Z" for char in changed)


def _full_columns(engine: Engine, sheet: Sheet, below: int) -> list[int]:
    """Return for each column how many cells below the heading hold something."""
    parts = ", ".join(f'count("c{i}")' for i in range(sheet.width))
    asked = "<=" if sheet.filled else ">"  # where the reader has counted all of them, the few above are soon taken off
    (counts,) = engine.rows(f'SELECT {parts} FROM "{sheet.relation}" WHERE "r" {asked} ?', (below,))
    return [whole - count for whole, count in zip(sheet.filled, counts, strict=True)] if sheet.filled else list(counts)


def _certificates(engine: Engine, sheet: Sheet, below: int, columns: Sequence[int]) -> list[int]:
    """Return for some columns how many cells below the heading hold a certificate number."""
    parts = ", ".join(
        f"""count(*) FILTER (WHERE length("c{i}") >= 18 AND regexp_matches("c{i}", '{_CERTIFICATE}'))"""
        for i in columns
    )
    return [int(count) for count in engine.rows(f'SELECT {parts} FROM "{sheet.relation}" WHERE "r" > ?', (below,))[0]]


def _by_values(
    engine: Engine, sheet: Sheet, headed: Headed, kept: Kept, full: Sequence[int], doubts: list[Doubt]
) -> Kept:
    """Take the only column full of certificate numbers for the certificate column, whatever its heading."""
    heading = headed.heading
    wanted = {"户": "户主证件号码", "村": None}.get(headed.kind, "证件号码")
    if wanted not in headed.lexicon.columns or any(column == wanted for column, _, _ in kept.values()):
        return {}
    rows = max(full, default=0)
    free = [
        i
        for i, filled in enumerate(full)
        if i not in kept and i not in headed.unread and filled >= 2 and filled >= 0.5 * rows
        if not is_of_another(heading.levels[i]) and "户主" not in "".join(heading.levels[i])
    ]
    counted = _certificates(engine, sheet, heading.bottom, free) if free else []
    found = [(i, 100 * count / full[i]) for i, count in zip(free, counted, strict=True) if count >= 0.8 * full[i]]
    if len(found) != 1:
        return {}
    ((i, score),) = found
    name = written(heading.levels[i])
    doubts.append(
        both(
            "{letter} 列“{name}”的内容是证件号码，按“{wanted}”读；不对就加 --map {name2}=列名。",
            letter=letter(i),
            name=name,
            wanted=wanted,
            name2=(name or both("表头", "columns")),
        )
    )
    return {i: (wanted, "values", score)}
