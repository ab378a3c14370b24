"""Turn an Audit into workflow commands of GitHub Actions: annotations beside the file, the worst first, and a last line that counts.

GitHub shows ten errors, ten warnings and ten notices of a step and drops the rest without a word, so no more are written; of each
rule comes its first finding before any rule's second.
"""

from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path

from fupin_cli.model.audit import Audit
from fupin_cli.model.finding import Finding
from fupin_cli.model.place import Place
from fupin_cli.model.rule import SEVERITIES
from fupin_cli.reports.format_words import said
from fupin_cli.reports.masked import as_shown
from fupin_cli.reports.masking_words import masking_line
from fupin_cli.reports.positions import from_here, position
from fupin_cli.reports.summary import cells_text, counts_line, nothing_judged, ordered
from fupin_cli.reports.words import Lang, Look, finding_fix, finding_message, rule_name, word

SHOWN = 10  # annotations of a kind that GitHub shows of one step
_IN_MESSAGE = "%\r\n"  # signs that end a command
_IN_PART = "%\r\n:,"  # and a part of it


def lines(audit: Audit, look: Look) -> Iterator[str]:
    """Return the text form `github`."""
    lang, written = look.lang, 0
    files = audit.failed_files[:SHOWN]
    for path, zh, en in files:
        yield _command(
            "error",
            {"file": from_here(Path(path)).as_posix(), "title": word("failed", lang)},
            en if lang == "en" else zh,
        )
    room = {
        "error": SHOWN - len(files),
        "warning": SHOWN,
        "notice": SHOWN - 1,
    }  # the last notice is the one that counts
    for severity in SEVERITIES:
        for finding, of_rule in _first(audit, severity)[: room[severity]]:
            yield _annotation(as_shown(finding, look), audit, of_rule, lang)
            written += 1
    told = [counts_line(audit, lang)]
    if nothing_judged(audit):
        told.append(word("nothing_judged", lang))
    if len(audit.findings) > written:
        told.append(said("not_annotated", lang, n=len(audit.findings) - written))
    told += [word("ran", lang, run=len(audit.counts), not_run=len(audit.not_run)), masking_line(look)]
    yield _command("notice", {"title": f"fupin {said('summary', lang)}"}, " ".join(told))


def _first(audit: Audit, severity: str) -> list[tuple[Finding, int]]:
    """Return up to ten findings of a severity: the first of every rule, then the second of every rule; with how many each rule has."""
    groups = [
        [(finding, len(found)) for finding in found if finding.severity == severity][:SHOWN]
        for _, found in ordered(audit.findings)
    ]
    return [each for row in zip_longest(*groups) for each in row if each is not None]


def _annotation(finding: Finding, audit: Audit, of_rule: int, lang: Lang) -> str:
    where: dict[str, str] = {}
    cells = ""
    if finding.places:
        place = finding.places[0]
        row, column = next(
            (at for each in finding.places if _is_of(each, place) and (at := position(each))[0]), (None, None)
        )
        where["file"] = from_here(place.file).as_posix()
        where |= {key: str(number) for key, number in (("line", row), ("col", column)) if number is not None}
        cells = " ".join(part for part in (place.sheet, cells_text(place, lang)) if part)
    name = f"{finding.rule} {rule_name(audit.rules.get(finding.rule), lang)}"
    where["title"] = name + (said("of_all", lang, n=of_rule) if of_rule > 1 else "")
    colon = word("colon", lang)
    told = f"{cells}{colon}{finding_message(finding, lang)}" if cells else finding_message(finding, lang)
    return _command(finding.severity, where, f"{told}\n{word('fix', lang)}{colon}{finding_fix(finding, lang)}")


def _is_of(place: Place, first: Place) -> bool:
    """Return whether a place says more exactly where the first one is: a finding of a sheet has a cell it is about."""
    return (place.file, place.sheet, place.role) == (first.file, first.sheet, first.role)


def _command(kind: str, where: dict[str, str], message: str) -> str:
    parts = ",".join(f"{key}={_escaped(value, _IN_PART)}" for key, value in where.items())
    return f"::{kind} {parts}::{_escaped(message, _IN_MESSAGE)}\n"


def _escaped(text: str, signs: str) -> str:
    """Return a text in which the signs that end a command, or a part of it, stand as %XX."""
    return "".join(f"%{ord(char):02X}" if char in signs else char for char in text)
