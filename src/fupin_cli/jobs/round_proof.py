"""Doubts that are not found any more in; whether the data proves that each is settled, or why it cannot be told, out."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from msgspec import Struct

from fupin_cli.catalogue import both, enumerated
from fupin_cli.findings import Judged
from fupin_cli.jobs.round_audit import Seen, certificate_of, load
from fupin_cli.language.levels import list_of
from fupin_cli.model.plan import HEADS
from fupin_cli.model.rule import ASKED_OF
from fupin_cli.rounds import DoubtKey

_SAID = {
    "gone": both("登记表里已找不到这一行，没有可判断的"),
    "unknown": both("规则现在无法判断（有格子空白或读不出）"),
    "told": both("规则仍不通过，只是并在另一个问题里说明"),
    "cannot": both("对不上登记表里的哪一行，无法证明"),
    "column": both("登记表里没有这一列了"),
    "not_run": both("这条规则这次没有运行"),
    "not_wanted": both("这条规则不在本轮所选的规则里"),
}


class Proof(Struct, frozen=True):
    """Whether the data proves a doubt settled; why not, where it does not."""

    proved: bool
    zh: str = ""
    en: str = ""


def proofs(found: Seen, doubts: Iterable[DoubtKey]) -> dict[str, Proof]:
    """Return a proof for each doubt: settled only where its rule ran and judged its row, which is still there, pass or not applicable."""
    by_rule: dict[str, list[DoubtKey]] = defaultdict(list)
    for doubt in doubts:
        by_rule[doubt.rule].append(doubt)
    rows = _Rows(found.judged, [doubt for some in by_rule.values() for doubt in some])
    return {id_: proof for rule, some in by_rule.items() for id_, proof in _of_rule(found, rows, rule, some).items()}


def _of_rule(found: Seen, rows: "_Rows", rule: str, doubts: Sequence[DoubtKey]) -> dict[str, Proof]:
    if rule not in found.audit.rules:
        return {doubt.id: _not("not_wanted") for doubt in doubts}
    if rule not in found.audit.counts:
        missing = next((each for each in found.audit.not_run if each.rule == rule), None)
        why, why_en = (
            both("（缺少：{missing}）", missing=enumerated(missing.missing))
            if missing and missing.missing
            else ("", "")
        )
        proof = Proof(False, _SAID["not_run"][0] + why, _SAID["not_run"][1] + why_en)
        return {doubt.id: proof for doubt in doubts}
    if found.audit.rules[rule].kind == "reading":
        return _read(found, rows, doubts)
    verdicts: dict[str, list[int]] = defaultdict(list)
    asked: set[str] = set()
    for name, planned in found.judged.plan.rules.items():
        plain, _, listed = name.partition(ASKED_OF)
        if plain != rule:
            continue
        own = [doubt for doubt in doubts if not listed or doubt.list == listed]
        own = [doubt for doubt in own if list_of(planned.level) in {None, doubt.list}]
        asked |= {doubt.id for doubt in own}
        for id_, verdict in _judged(rows, planned.level, name, own):
            verdicts[id_].append(verdict)
    return {doubt.id: _proof(verdicts.get(doubt.id), asked=doubt.id in asked) for doubt in doubts}


def _proof(verdicts: list[int] | None, *, asked: bool) -> Proof:
    if not asked:
        return _not("not_run")
    if not verdicts:
        return _not("gone")
    if 2 in verdicts:
        return _not("told")
    return _not("unknown") if 3 in verdicts else Proof(True)


def _not(why: str) -> Proof:
    return Proof(False, *_SAID[why])


def _judged(rows: "_Rows", level: str, name: str, doubts: Sequence[DoubtKey]) -> list[tuple[str, int]]:
    """Return (doubt, verdict) for every row that is a doubt's own: one that fails or cannot be told is enough to keep it."""
    if not doubts or not rows.matched(level):
        return []
    asked = f'SELECT d.id, CAST(x."{name}" AS INTEGER) FROM "_round_at_{level}" d JOIN "verdicts_{level}" x ON x."_id" = d."at"'
    wanted = {doubt.id for doubt in doubts}
    return [(str(id_), int(verdict)) for id_, verdict in rows.judged.engine.rows(asked) if id_ in wanted]


class _Rows:
    """Which rows of the data are those of which doubts; each level is matched once."""

    def __init__(self, judged: Judged, doubts: Sequence[DoubtKey]) -> None:
        self.judged = judged
        self._known: dict[str, bool] = {}
        names = ("id", "household", "person", "person_code", "certificate", "township", "village")
        load(judged.engine, "_round_doubts", {name: [getattr(doubt, name) for doubt in doubts] for name in names})

    def matched(self, level: str) -> bool:
        """Make the table of a level (`id` of a doubt, `at` a row's `_id`); tell whether the data has such rows at all."""
        if level not in self._known:
            match = {"人": _persons, "户": _households, "村": _villages, "县": _counties}.get(level, _list_rows)
            ways = match(self.judged, level)
            self._known[level] = bool(ways)
            if ways:
                self.judged.engine.run(f'CREATE OR REPLACE TABLE "_round_at_{level}" AS {_first_that_meets(ways)}')
        return self._known[level]


def _first_that_meets(ways: Sequence[tuple[str, str]]) -> str:
    """Return SQL of (doubt, row): each way of meeting over the doubts that no way before it has met.

    Args:
        ways: SQL of rows (r), and of when a row is a doubt's own (d).
    """
    parts = [
        f'SELECT d.id, r."_id" AS "at", {n} AS way FROM "_round_doubts" d JOIN ({rows}) r ON {meets}'
        for n, (rows, meets) in enumerate(ways)
    ]
    return (
        f'SELECT DISTINCT id, "at" FROM ({" UNION ALL ".join(parts)}) m QUALIFY way = MIN(way) OVER (PARTITION BY id)'
    )


def _persons(judged: Judged, _level: str) -> list[tuple[str, str]]:
    """Persons: by 户编号 and 人编号 (or the name); else by certificate and name: a number may be another's by mistake."""
    if not judged.tables.persons:
        return []
    name = 'p."姓名"' if judged.has("人", "姓名") else "CAST(NULL AS VARCHAR)"
    code = 'p."人编号"' if judged.has("人", "人编号") else "CAST(NULL AS VARCHAR)"
    rows = (
        f'SELECT p."_id", h."_key" AS k, {code} AS code, {name} AS name, {certificate_of(judged)} AS c FROM "人" p'
        ' JOIN "推_人" q ON q."_id" = p."_id" LEFT JOIN "户" h ON h."_id" = p."_household"'
    )
    by_name = "r.k = d.household AND r.name = d.person"
    if judged.has("人", "人编号"):
        by_name += " AND (d.person_code IS NULL OR r.code IS NULL)"
    by_code = "r.k = d.household AND r.code = d.person_code"
    return [(rows, by_code), (rows, by_name), (rows, "r.c = d.certificate AND r.name = d.person")]


def _households(judged: Judged, _level: str) -> list[tuple[str, str]]:
    """Households: by 户编号; where nobody has that any more, by the head's certificate and name."""
    ways = [('SELECT "_id", "_key" AS k FROM "户"', "r.k = d.household")]
    if judged.tables.persons:
        rows = (
            f'SELECT t."_household" AS "_id", t."name", {certificate_of(judged)} AS c FROM {HEADS} t'
            ' JOIN "推_人" q ON q."_id" = t."_id"'
        )
        ways.append((rows, 'r.c = d.certificate AND r."name" = d.person'))
    return ways


def _villages(judged: Judged, _level: str) -> list[tuple[str, str]]:
    if not judged.has("村", "村"):
        return []
    township = '"乡"' if judged.has("村", "乡") else "CAST(NULL AS VARCHAR)"
    rows = f'SELECT "_id", {township} AS a, "村" AS b FROM "村"'
    return [(rows, "r.b = d.village AND r.a IS NOT DISTINCT FROM d.township")]


def _counties(_judged: Judged, _level: str) -> list[tuple[str, str]]:
    return [('SELECT "_id" FROM "县"', "TRUE")]


def _list_rows(judged: Judged, level: str) -> list[tuple[str, str]]:
    """Rows of a list: by 户编号, else by the person's certificate."""
    ways = [(f'SELECT "_id", "证件前18位" AS c FROM "{level}"', "r.c = d.certificate")]
    if "户编号" in judged.tables.lists.get(list_of(level) or "", ()):
        ways.insert(0, (f'SELECT "_id", "户编号" AS k FROM "{level}"', "r.k = d.household"))
    return ways


def _read(found: Seen, at: "_Rows", doubts: Sequence[DoubtKey]) -> dict[str, Proof]:
    """Return proofs for what the reading found: the row, and the column, are still read; what spoke of a sheet needs the sheet."""
    sheets = {(layout.sheet.file.name, layout.sheet.name) for layout in found.judged.tables.layouts}
    proved: dict[str, Proof] = {}
    rows: dict[tuple[str, str], list[DoubtKey]] = defaultdict(list)
    for doubt in doubts:
        if not doubt.household:
            there = (doubt.file.replace("\\", "/").rpartition("/")[2], doubt.sheet) in sheets
            proved[doubt.id] = Proof(True) if there else _not("gone")
            continue
        column = doubt.column or ""
        level = next((each for each in ("人", "户") if found.judged.has(each, column)), None)
        if level is None:
            proved[doubt.id] = _not("column") if column else _not("cannot")
        else:
            rows[level, column].append(doubt)
    for (level, column), some in rows.items():
        proved |= _cells(at, level, column, some)
    return proved


def _cells(rows: "_Rows", level: str, column: str, doubts: Sequence[DoubtKey]) -> dict[str, Proof]:
    states: dict[str, list[int]] = defaultdict(list)
    if rows.matched(level):
        asked = f'SELECT d.id, x."{column}$" FROM "_round_at_{level}" d JOIN "{level}" x ON x."_id" = d."at"'
        for id_, state in rows.judged.engine.rows(asked):
            states[str(id_)].append(int(state))
    return {doubt.id: _by_states(states.get(doubt.id)) for doubt in doubts}


def _by_states(states: list[int] | None) -> Proof:
    if not states:
        return _not("gone")
    if 3 in states:
        return _not("column")
    return _not("unknown") if 2 in states else Proof(True)
