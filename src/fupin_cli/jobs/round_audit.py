"""A request in; the audit of a round out: its findings as the ledger keeps them, rules, parameters and files with their hashes."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from fupin_cli.engines import Engine
from fupin_cli.findings import Judged, explain
from fupin_cli.jobs.ground import opened
from fupin_cli.jobs.request import Progress, Request
from fupin_cli.jobs.result import result
from fupin_cli.jobs.round_request import beside, hashes, refuse_baseline
from fupin_cli.model.audit import Audit
from fupin_cli.model.finding import Finding
from fupin_cli.model.plan import HEADS
from fupin_cli.model.rule import ASKED_OF, Rule
from fupin_cli.rounds import RuleKept, Sighting

_JUDGES = ("scope", "severity", "when", "must", "grades", "rows", "subject", "kind", "check", "optional", "lists", "parts", "profile_item", "since", "until", "regions")  # fmt: skip


class Seen(Struct, frozen=True):
    """What an audit of a round saw, its engine still open."""

    judged: Judged
    audit: Audit
    sightings: tuple[Sighting, ...]  # `doubt` is the finding's own id
    rules: tuple[RuleKept, ...]
    sources: dict[str, str]  # path of each file → sha256


@contextmanager
def seen(request: Request, progress: Progress) -> Iterator[Seen]:
    """Audit every file of a request; the engine stays open inside the block.

    Raises:
        UsageError: an unknown rule id, list, profile or region; a baseline.
        RuleError: a broken rule file, all faults at once.
        InputError: no file could be read, or none holds a registry.
    """
    refuse_baseline(request)
    sources = {**hashes(request.files), **beside(request)}
    with opened(request, progress) as ground:
        judged = ground.judged(ground.settings)
        audit = result(judged, ground.read, explain(judged, progress))
        yield Seen(judged, audit, tuple(_sightings(judged, audit)), tuple(_rules(judged, audit)), sources)


def _sightings(judged: Judged, audit: Audit) -> Iterator[Sighting]:
    facts = _facts(judged, audit)
    once: dict[str, int] = {}
    for number, finding in enumerate(audit.findings):
        if once.setdefault(finding.id, number) == number:
            code, certificate = facts.get(number, (None, None))
            yield _sighting(finding, audit.rules[finding.rule], code, certificate)


def _sighting(finding: Finding, rule: Rule, code: str | None, certificate: str | None) -> Sighting:
    place = finding.places[0]
    return Sighting(
        doubt=finding.id,
        found_as=finding.id,
        rule=finding.rule,
        rule_name=rule.name,
        severity=finding.severity,
        scope=finding.scope,
        household=finding.household,
        person=finding.person,
        person_code=code,
        certificate=certificate,
        township=finding.township,
        village=finding.village,
        column=finding.column,
        list=finding.list,
        stable=finding.stable,
        file=str(place.file),
        sheet=place.sheet,
        row=place.row,
        cells=place.cells,
        values=finding.values,
        message=finding.message,
        message_en=finding.message_en,
        basis=finding.basis,
        fix=finding.fix,
        fix_en=finding.fix_en,
    )


def _facts(judged: Judged, audit: Audit) -> dict[int, tuple[str | None, str | None]]:
    """Return 人编号 and the first 18 characters of the certificate of whom each finding is about; of a household its head's."""
    if not judged.tables.persons:
        return {}
    numbered = [(n, each) for n, each in enumerate(audit.findings) if each.places[0].row is not None and each.person]
    persons = [(n, each) for n, each in numbered if _of_person(audit.rules[each.rule], each)]
    known = {n for n, _ in persons}
    homes = [(n, each) for n, each in enumerate(audit.findings) if n not in known and each.household]
    found = _of_persons(judged, persons)
    found.update(_of_heads(judged, homes))
    return found


def _of_person(rule: Rule, finding: Finding) -> bool:
    return rule.of_persons or (rule.kind == "reading" and finding.scope not in {"列", "表", "户"})


def _of_persons(judged: Judged, found: Sequence[tuple[int, Finding]]) -> dict[int, tuple[str | None, str | None]]:
    if not found:
        return {}
    columns: dict[str, list[Any]] = {
        "i": [n for n, _ in found],
        "file": [str(each.places[0].file) for _, each in found],
        "sheet": [each.places[0].sheet for _, each in found],
        "row": [each.places[0].row for _, each in found],
        "person": [each.person for _, each in found],
    }
    load(judged.engine, "_round_found", columns)
    layouts = [layout for layout in judged.tables.layouts if layout.kind == "人"]
    load(
        judged.engine,
        "_round_layouts",
        {
            "source": [layout.source for layout in layouts],
            "file": [str(layout.sheet.file) for layout in layouts],
            "sheet": [layout.sheet.name for layout in layouts],
        },
    )
    code = 'p."人编号"' if judged.has("人", "人编号") else "NULL"
    name = 'p."姓名"' if judged.has("人", "姓名") else "NULL"
    rows = judged.engine.rows(
        f'SELECT f.i, MIN({code}), MIN({certificate_of(judged)}) FROM "_round_found" f'
        ' JOIN "_round_layouts" l ON l.file = f.file AND l.sheet = f.sheet'
        ' JOIN "人" p ON p."_source" = l.source AND p."_row" = f."row"'
        f' JOIN "推_人" q ON q."_id" = p."_id" WHERE {name} = f.person GROUP BY f.i HAVING COUNT(*) = 1'
    )
    return {int(i): (code, certificate) for i, code, certificate in rows}


def _of_heads(judged: Judged, found: Sequence[tuple[int, Finding]]) -> dict[int, tuple[str | None, str | None]]:
    rows = judged.engine.rows(
        f'SELECT h."_key", MIN({certificate_of(judged)}) FROM "户" h JOIN {HEADS} t ON t."_household" = h."_id"'
        ' JOIN "推_人" q ON q."_id" = t."_id" WHERE h."_key" IS NOT NULL GROUP BY h."_key" HAVING COUNT(*) = 1'
    )
    heads = {str(key): certificate for key, certificate in rows}
    return {n: (None, heads.get(each.household or "")) for n, each in found}


def certificate_of(judged: Judged) -> str:
    """Return SQL of the first 18 characters of a person's certificate (`q` is 推_人); NULL where no sheet has numbers."""
    asked = "SELECT COUNT(*) FROM information_schema.columns WHERE table_name = '推_人' AND column_name = '证件前18位'"
    return 'q."证件前18位"' if judged.engine.rows(asked)[0][0] else "CAST(NULL AS VARCHAR)"


def load(engine: Engine, table: str, columns: dict[str, list[Any]]) -> None:
    """Make an engine table of texts and whole numbers; one of that name before it is dropped."""
    from arro3.core import Array, DataType, Table

    numbers = {"i", "row", "source"}
    arrays: dict[str, Any] = {
        name: Array(values, type=DataType.int64() if name in numbers else DataType.string())
        for name, values in columns.items()
    }
    engine.run(f'DROP TABLE IF EXISTS "{table}"')
    engine.load(table, Table.from_pydict(arrays))


def _rules(judged: Judged, audit: Audit) -> Iterator[RuleKept]:
    """Yield every rule that was wanted: what it judges by, the parameters in force, and why it did not run."""
    not_run = {each.rule: each for each in audit.not_run}
    for id_, rule in audit.rules.items():
        planned = [each for name, each in judged.plan.rules.items() if name.partition(ASKED_OF)[0] == id_]
        names = sorted({used.name for each in planned for used in each.parameters})
        missing = not_run.get(id_)
        why = f"{missing.reason}：{'、'.join(missing.missing)}" if missing else None
        items = sorted(repr((each.severity, each.says, each.hits, each.grade)) for each in planned)
        yield RuleKept(
            id_,
            _digest([repr(getattr(rule, name)) for name in _JUDGES] + items),
            {name: _in_force(judged, name) for name in names},
            why,
        )


def _in_force(judged: Judged, name: str) -> str:
    """Return the value that holds for every row, or a mark of the sourced values by date and place."""
    profile = judged.book.profiles.get(judged.settings.profile or "")
    given = {**(profile.parameters if profile else {}), **judged.settings.given}.get(name)
    if given is not None:
        return f"{given:g}" if isinstance(given, float) else str(given)
    parameter = judged.book.parameters.get(name)
    values = [repr((v.value, v.since, v.until, v.place, v.tier)) for v in parameter.values] if parameter else []
    return f"sourced {_digest(values)}"


def _digest(texts: Sequence[str]) -> str:
    return hashlib.blake2b(json.dumps(list(texts), ensure_ascii=False).encode(), digest_size=8).hexdigest()


def named(found: Seen, names: dict[str, str]) -> tuple[Sighting, ...]:
    """Return the sightings under the ids the ledger knows their doubts by; a doubt that is found by its own id keeps it."""
    own = {each.found_as for each in found.sightings}
    taken = {id_: names[id_] for id_ in own if id_ in names and names[id_] not in own}
    return tuple(replace(each, doubt=taken.get(each.found_as, each.found_as)) for each in found.sightings)
