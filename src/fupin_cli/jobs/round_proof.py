"""Doubts that are not found any more in; whether the data proves that each is settled, or why it cannot be told, out."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from fupin_cli.findings import Judged
from fupin_cli.jobs.round_audit import Seen, load
from fupin_cli.language.levels import list_of
from fupin_cli.model.rule import ASKED_OF
from fupin_cli.rounds import DoubtKey

_SAID = {
    "gone": ("登记表里已找不到这一行，没有可判断的", "its row is not in the data any more, so nothing could be judged"),
    "unknown": (
        "规则现在无法判断（有格子空白或读不出）",
        "the rule cannot tell now: a cell is blank or cannot be read",
    ),
    "told": ("规则仍不通过，只是并在另一个问题里说明", "the rule still fails; another finding tells it"),
    "cannot": ("对不上登记表里的哪一行，无法证明", "no row of the data can be matched to it, so nothing is proved"),
    "column": ("登记表里没有这一列了", "the data has no such column any more"),
    "not_run": ("这条规则这次没有运行", "the rule did not run this time"),
    "not_wanted": ("这条规则不在本轮所选的规则里", "the rule is not among those of the round"),
}


@dataclass(frozen=True, slots=True)
class Proof:
    """Whether the data proves a doubt settled; why not, where it does not."""

    proved: bool
    zh: str = ""
    en: str = ""


def proofs(found: Seen, doubts: Iterable[DoubtKey]) -> dict[str, Proof]:
    """Return a proof for each doubt: settled only where its rule ran and judged its row, which is still there, pass or not applicable."""
    by_rule: dict[str, list[DoubtKey]] = defaultdict(list)
    for doubt in doubts:
        by_rule[doubt.rule].append(doubt)
    return {id_: proof for rule, some in by_rule.items() for id_, proof in _of_rule(found, rule, some).items()}


def _of_rule(found: Seen, rule: str, doubts: Sequence[DoubtKey]) -> dict[str, Proof]:
    if rule not in found.audit.rules:
        return {doubt.id: _not("not_wanted") for doubt in doubts}
    if rule not in found.audit.counts:
        missing = next((each for each in found.audit.not_run if each.rule == rule), None)
        why = f"（缺少：{'、'.join(missing.missing)}）" if missing and missing.missing else ""
        why_en = f" (missing: {', '.join(missing.missing)})" if missing and missing.missing else ""
        proof = Proof(False, _SAID["not_run"][0] + why, _SAID["not_run"][1] + why_en)
        return {doubt.id: proof for doubt in doubts}
    if found.audit.rules[rule].kind == "reading":
        return _read(found, doubts)
    verdicts: dict[str, list[int]] = defaultdict(list)
    asked: set[str] = set()
    for name, planned in found.judged.plan.rules.items():
        plain, _, listed = name.partition(ASKED_OF)
        if plain != rule:
            continue
        own = [doubt for doubt in doubts if not listed or doubt.list == listed]
        own = [doubt for doubt in own if list_of(planned.level) in {None, doubt.list}]
        asked |= {doubt.id for doubt in own}
        for id_, verdict in _judged(found.judged, planned.level, name, own):
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


def _judged(judged: Judged, level: str, name: str, doubts: Sequence[DoubtKey]) -> list[tuple[str, int]]:
    """Return (doubt, verdict) for every row that may be a doubt's own, so that one row that fails or cannot be told is enough to keep it."""
    if not doubts:
        return []
    _load(judged, doubts)
    rows = _ROWS[level](judged) if level in _ROWS else _list_rows(judged, level)
    if rows is None:
        return []
    sql = f'SELECT d.id, CAST(x."{name}" AS INTEGER) FROM "_round_doubts" d {rows} JOIN "verdicts_{level}" x ON x."_id" = r."_id"'
    return [(str(id_), int(verdict)) for id_, verdict in judged.engine.rows(sql)]


def _load(judged: Judged, doubts: Sequence[DoubtKey]) -> None:
    names = ("id", "household", "person", "person_code", "certificate", "township", "village")
    load(judged.engine, "_round_doubts", {name: [getattr(doubt, name) for doubt in doubts] for name in names})


def _persons(judged: Judged) -> str | None:
    """Return SQL that joins the persons a doubt may be about: by 户编号 and 人编号 (or name), and by the certificate."""
    if not judged.tables.persons:
        return None
    code = 'p."人编号"' if judged.has("人", "人编号") else "NULL"
    name = 'p."姓名"' if judged.has("人", "姓名") else "NULL"
    rows = (
        f'SELECT p."_id", h."_key" AS k, {code} AS code, {name} AS name, q."证件前18位" AS c FROM "人" p'
        ' JOIN "推_人" q ON q."_id" = p."_id" LEFT JOIN "户" h ON h."_id" = p."_household"'
    )
    own = "(r.k = d.household AND (r.code = d.person_code OR (d.person_code IS NULL AND r.name = d.person)))"
    return f"JOIN ({rows}) r ON {own} OR r.c = d.certificate"


def _households(judged: Judged) -> str | None:
    """Return SQL that joins the households: by 户编号; where nobody has that any more, by the head's certificate."""
    heads = '"_heads" t ON t."_household" = h."_id" LEFT JOIN "推_人" q ON q."_id" = t."_id"'
    certificate = 'q."证件前18位"' if judged.tables.persons else "NULL"
    joined = f" LEFT JOIN {heads}" if judged.tables.persons else ""
    rows = f'SELECT h."_id", h."_key" AS k, {certificate} AS c FROM "户" h{joined}'
    nobody = 'd.household NOT IN (SELECT "_key" FROM "户" WHERE "_key" IS NOT NULL)'
    return f"JOIN ({rows}) r ON r.k = d.household OR (r.c = d.certificate AND (d.household IS NULL OR {nobody}))"


def _villages(judged: Judged) -> str | None:
    own = [
        f'v."{column}" AS {name}' if judged.has("村", column) else f"NULL AS {name}"
        for column, name in (("乡", "a"), ("村", "b"))
    ]
    rows = f'SELECT v."_id", {", ".join(own)} FROM "村" v'
    return f"JOIN ({rows}) r ON r.b = d.village AND r.a IS NOT DISTINCT FROM d.township"


def _counties(judged: Judged) -> str | None:  # noqa: ARG001 - of the shape of the others
    return 'JOIN "县" r ON TRUE'


_ROWS: dict[str, Callable[[Judged], str | None]] = {"人": _persons, "户": _households, "村": _villages, "县": _counties}


def _list_rows(judged: Judged, level: str) -> str | None:
    """Return SQL that joins rows of a list by the person's certificate or by 户编号."""
    name = list_of(level) or ""
    columns = judged.tables.lists.get(name, ())
    household = 'l."户编号" = d.household' if "户编号" in columns else "FALSE"
    return f'JOIN (SELECT * FROM "{level}") r ON {household.replace("l.", "r.")} OR r."证件前18位" = d.certificate'


def _read(found: Seen, doubts: Sequence[DoubtKey]) -> dict[str, Proof]:
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
        proved |= _cells(found.judged, level, column, some)
    return proved


def _cells(judged: Judged, level: str, column: str, doubts: Sequence[DoubtKey]) -> dict[str, Proof]:
    _load(judged, doubts)
    rows = _ROWS[level](judged)
    states: dict[str, list[int]] = defaultdict(list)
    sql = f'SELECT d.id, x."{column}$" FROM "_round_doubts" d {rows} JOIN "{level}" x ON x."_id" = r."_id"'
    for id_, state in judged.engine.rows(sql):
        states[str(id_)].append(int(state))
    return {doubt.id: _by_states(states.get(doubt.id)) for doubt in doubts}


def _by_states(states: list[int] | None) -> Proof:
    if not states:
        return _not("gone")
    if 3 in states:
        return _not("column")
    return _not("unknown") if 2 in states else Proof(True)
