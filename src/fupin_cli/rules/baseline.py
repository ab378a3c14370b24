"""A baseline file in, the findings it accepts out: YAML of version 2 with all faults at once, JSON of version 1, or a JSON report."""

import json
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BeforeValidator, ValidationError

from fupin_cli.catalogue import both
from fupin_cli.errors import BaselineError, Fault, InputError
from fupin_cli.model.baseline import Baseline, Entry
from fupin_cli.model.rule import Severity
from fupin_cli.rules.faults import faults_of
from fupin_cli.rules.schema import Day, Text, Written
from fupin_cli.rules.yaml_nodes import Document, read_values, read_yaml

LARGEST = 64_000_000  # bytes; a finding takes about three hundred


class WrittenEntry(Written):
    """One accepted finding."""

    id: Text
    rule: Text
    accepted_by: Text
    reason: Text
    accepted_on: Day | None = None
    until: Day | None = None
    severity: Severity | None = None
    household: Text | None = None
    person: Text | None = None
    message: Text | None = None
    stable: bool = True


class WrittenBaseline(Written):
    """A baseline of version 2."""

    version: Annotated[Literal["2"], BeforeValidator(str)]
    findings: tuple[WrittenEntry, ...]


def load_baseline(file: Path) -> Baseline:
    """Read a baseline.

    Raises:
        InputError: there is no such file, or it is no baseline.
        BaselineError: faults of the YAML, all at once.
    """
    try:
        with file.open("rb") as opened:
            begin = opened.read(64)
    except OSError as error:
        raise InputError(
            *both("{file}：读不到基线文件。请检查路径；可用 fupin baseline create 写一个。", file=file)
        ) from error
    if b"\0" in begin or begin.startswith(b"PK"):
        raise _none(file)
    begin = begin.removeprefix(b"\xef\xbb\xbf").lstrip()
    entries = _of_json(file) if begin[:1] in (b"{", b"[", b"") else _of_yaml(file)
    return Baseline(file, {entry.id: entry for entry in entries})


def _of_yaml(file: Path) -> list[Entry]:
    plain = _without_places(file)
    return _with_places(file) if plain is None else [_entry(each) for each in plain.findings]


def _without_places(file: Path) -> WrittenBaseline | None:
    """Return a baseline in which nothing is wrong, at a third of the time; None where a fault has to be told with its line."""
    value = read_values(file, LARGEST)
    if value is None:
        return None
    try:
        written = WrittenBaseline.model_validate(value)
    except ValidationError:
        return None
    return None if _wrong_ids(written) else written


def _with_places(file: Path) -> list[Entry]:
    document = read_yaml(file, LARGEST)
    faults = list(document.faults)
    if document.readable:
        _refuse_version(file, str(document.value.get("version", "2")))
        if "findings" in document.value and document.value["findings"] is None:
            document.value["findings"] = []
        try:
            written = WrittenBaseline.model_validate(document.value)
        except ValidationError as error:
            faults += faults_of(document, WrittenBaseline, error)
        else:
            faults += _faults_of_meaning(document, written)
            if not faults:
                return [_entry(each) for each in written.findings]
    raise BaselineError(faults)


def _entry(written: WrittenEntry) -> Entry:
    return Entry(
        id=written.id,
        rule=written.rule,
        severity=written.severity,
        household=written.household,
        person=written.person,
        message=written.message or "",
        accepted_by=written.accepted_by,
        reason=written.reason,
        accepted_on=written.accepted_on,
        until=written.until,
        stable=written.stable,
    )


def _wrong_ids(written: WrittenBaseline) -> list[tuple[int, int | None]]:
    """Return the entries whose id stands in an earlier one, with that one, or does not begin with its rule (None)."""
    wrong: list[tuple[int, int | None]] = []
    first: dict[str, int] = {}
    for number, entry in enumerate(written.findings):
        if entry.id in first:
            wrong.append((number, first[entry.id]))
        first.setdefault(entry.id, number)
        if entry.id.partition("-")[0] != entry.rule:
            wrong.append((number, None))
    return wrong


def _faults_of_meaning(document: Document, written: WrittenBaseline) -> list[Fault]:
    """Say which ids stand twice, or do not begin with their rule."""
    faults: list[Fault] = []
    for number, first in _wrong_ids(written):
        entry = written.findings[number]
        if first is not None:
            line = document.place(("findings", first, "id"))[0]
            said = both("“{id}”写了两次（第 {line} 行已有）", id=entry.id, line=line)
        else:
            said = both("编号“{id}”应以规则“{rule}-”开头：请照报告里的编号写", id=entry.id, rule=entry.rule)
        faults.append(document.fault(("findings", number, "id"), said))
    return faults


def _of_json(file: Path) -> list[Entry]:
    """Read version 1, `{"version": 1, "findings": [{"id": …}, …]}`, or a JSON report of an earlier audit."""
    try:
        content = json.loads(file.read_text("utf-8-sig"))
        ids = [str(entry["id"]) for entry in content["findings"]]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise _none(file) from error
    _refuse_version(file, str(content.get("version", 1)))
    return [Entry(id_, id_.partition("-")[0]) for id_ in ids]


def _refuse_version(file: Path, version: str) -> None:
    if version not in {"1", "2"}:
        raise InputError(
            *both(
                "{file}：基线文件的版本是 {version}，这里只认得 1 和 2。请用较新的 fupin，或重新生成基线。",
                file=file,
                version=version,
            )
        )


def _none(file: Path) -> InputError:
    return InputError(
        *both(
            "{file}：不是基线文件。应是 fupin baseline create 写出的 YAML，或 fupin audit --format json "
            '的输出（JSON，含 "findings" 列表，每项有 "id"）。',
            file=file,
        )
    )
