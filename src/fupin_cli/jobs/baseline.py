"""`fupin baseline create | update | show`: an audit and a baseline in, the baseline as it should be, or how it stands, out."""

from datetime import date
from pathlib import Path

from msgspec.structs import replace

from fupin_cli.catalogue import both
from fupin_cli.errors import InputError
from fupin_cli.findings import Looked, accept, end_of_next_month
from fupin_cli.jobs.audit import run
from fupin_cli.jobs.request import Progress, Request
from fupin_cli.model.audit import Audit
from fupin_cli.model.baseline import Baseline, Entry, Review, Revised, Signature, State
from fupin_cli.model.finding import Finding
from fupin_cli.model.rule import SEVERITIES
from fupin_cli.reports.baseline import entry_of, says_otherwise
from fupin_cli.rules import load_baseline


def create(request: Request, signed: Signature, progress: Progress) -> Revised:
    """Accept every finding of an audit.

    Args:
        request: the audit; its `baseline` is the file that is to be written.
        signed: who accepts, why, until when.
        progress: is told how far it is.

    Raises:
        InputError: a file could not be read; nothing is accepted then.
    """
    file = _file(request)
    audit = _whole(run(replace(request, baseline=None), progress))
    entries = [entry_of(finding, signed) for finding in audit.findings]
    return Revised(Baseline(file, {entry.id: entry for entry in entries}), added=tuple(entries))


def update(request: Request, signed: Signature | None, progress: Progress, *, add: bool) -> Revised:
    """Hold a baseline against an audit: what is still found stays, what is not goes, what is new comes with `add`.

    Args:
        request: the audit; only findings of its severity or worse are added, but all are looked for.
        signed: who accepts what is added, and what an old baseline does not say.
        progress: is told how far it is.
        add: accept what is new.

    Raises:
        InputError: the baseline, or a file of the registry, could not be read.
    """
    baseline = load_baseline(_file(request))
    audit = _all_severities(request, progress)
    found = {finding.id: finding for finding in audit.findings}
    looked = _looked(audit)
    kept: list[Entry] = []
    dropped: list[Entry] = []
    unchecked: list[Entry] = []
    for id_, entry in baseline.entries.items():
        if id_ in found:
            kept.append(_as_found(found[id_], _told(entry, signed, request.settings.today)))
        else:
            (dropped if looked.covers(entry) else unchecked).append(entry)
    lowest = SEVERITIES.index(request.settings.severity)
    new = [
        finding
        for finding in audit.findings
        if finding.id not in baseline.entries and SEVERITIES.index(finding.severity) <= lowest
    ]
    added = [entry_of(finding, signed) for finding in new] if add and signed is not None else []
    unchecked = [_told(entry, signed, request.settings.today) for entry in unchecked]
    return Revised(
        baseline=Baseline(baseline.file, {entry.id: entry for entry in (*kept, *unchecked, *added)}),
        kept=tuple(kept),
        changed=tuple(entry for entry in kept if says_otherwise(baseline.entries[entry.id], found[entry.id])),
        dropped=tuple(dropped),
        unchecked=tuple(unchecked),
        added=tuple(added),
        waiting=len(new) - len(added),
    )


def review(request: Request, progress: Progress) -> Review:
    """Return how each line of a baseline stands today, and, when files are given, whether it is still found."""
    baseline = load_baseline(_file(request))
    today = request.settings.today
    states: dict[str, State] = {id_: _state(entry, today) for id_, entry in baseline.entries.items()}
    if request.files:
        audit = _all_severities(request, progress)
        _, told = accept(audit.findings, baseline, today, _looked(audit))
        states |= {entry.id: "gone" for entry in told.gone}
    return Review(baseline, states, audited=bool(request.files))


def _state(entry: Entry, today: date) -> State:
    if entry.until is None:
        return "open"
    if entry.until < today:
        return "expired"
    return "soon" if entry.until <= end_of_next_month(today) else "open"


def _file(request: Request) -> Path:
    if request.baseline is None:
        message = "a job over a baseline needs one"
        raise ValueError(message)
    return request.baseline


def _all_severities(request: Request, progress: Progress) -> Audit:
    """Audit without the baseline and at every severity: what is below --severity is not gone."""
    settings = replace(request.settings, severity="notice")
    return _whole(run(replace(request, baseline=None, settings=settings), progress))


def _whole(audit: Audit) -> Audit:
    """Return the audit when every file was read: what stands in an unread one would count as gone."""
    if not audit.failed_files:
        return audit
    zh = "；".join(told if path in told else f"{path}：{told}" for path, told, _ in audit.failed_files)
    en = "; ".join(told if path in told else f"{path}: {told}" for path, _, told in audit.failed_files)
    raise InputError(*both("有文件没能读取，基线没有改动。{told}", told=(zh, en)))


def _looked(audit: Audit) -> Looked:
    return Looked({rule: audit.rules[rule] for rule in audit.counts if rule in audit.rules})


def _as_found(finding: Finding, entry: Entry) -> Entry:
    """Return the entry with what the finding says today; who accepted it, why and until when stay."""
    now = entry_of(finding, Signature(entry.accepted_by or "", entry.reason or "", date.min, entry.until))
    return replace(now, accepted_on=entry.accepted_on)


def _told(entry: Entry, signed: Signature | None, today: date) -> Entry:
    """Return the entry with who and why: a baseline of version 1 says neither."""
    if entry.accepted_by and entry.reason:
        return entry
    who, why = (signed.who, signed.why) if signed else ("未注明", "未注明（旧版基线）")
    return replace(
        entry,
        accepted_by=entry.accepted_by or who,
        reason=entry.reason or why,
        accepted_on=entry.accepted_on or (today if signed else None),
    )
