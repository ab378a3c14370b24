"""Turn an Audit into JUnit XML: a suite a theme, a failed case for each finding, a passed or skipped case for each rule without.

A case is named by the finding's id, so that a CI which compares two runs by class and name sees which findings are new.
"""

import re
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from msgspec import Struct

from fupin_cli.model.audit import Audit, Counts
from fupin_cli.model.finding import Finding
from fupin_cli.model.rule import THEMES, NotRun
from fupin_cli.reports.format_words import said, verdicts_line
from fupin_cli.reports.masked import as_shown
from fupin_cli.reports.masking_words import masking_line
from fupin_cli.reports.summary import file_names, notes_of, nothing_judged, ordered, place_text, region_of, standards
from fupin_cli.reports.words import (
    Lang,
    Look,
    finding_fix,
    finding_message,
    reason_remedy,
    reason_word,
    rule_name,
    theme_word,
    word,
)

_UNFIT = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # what XML 1.0 has no place for


class _Case(Struct, frozen=True):
    """A rule with its findings, or with why it has none."""

    rule: str
    findings: list[Finding]
    skipped: str = ""  # why nothing can be said of it; "" for a rule that passed, or has findings


def lines(audit: Audit, look: Look) -> Iterator[str]:
    """Return the text form `junit`."""
    cases = sorted(_cases(audit, look.lang), key=_by_theme)
    files = list(dict.fromkeys(str(layout.sheet.file) for layout in audit.layouts))
    tests = sum(len(case.findings) or 1 for case in cases) + len(files) + len(audit.failed_files)
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    errors = len(audit.failed_files)
    yield f'<testsuites name="fupin" tests="{tests}" failures="{len(audit.findings)}" errors="{errors}">\n'
    yield from _reading_suite(audit, files, look)
    names = file_names(audit)
    for theme, of_theme in groupby(cases, key=lambda case: case.rule[:3]):
        yield from _suite(audit, (theme, list(of_theme)), names, look)
    yield "</testsuites>\n"


def _cases(audit: Audit, lang: Lang) -> Iterator[_Case]:
    found = dict(ordered(audit.findings))
    skipped = {each.rule: each for each in audit.not_run}
    for rule in dict.fromkeys([*audit.rules, *audit.counts, *skipped, *found]):
        if rule in found:
            yield _Case(rule, found[rule])
        elif rule in skipped:
            yield _Case(rule, [], _not_run(skipped[rule], lang))
        elif rule in audit.counts:
            yield _Case(rule, [], _without_verdict(audit, audit.counts[rule], lang))


def _not_run(skipped: NotRun, lang: Lang) -> str:
    reason, remedy = reason_word(skipped.reason, lang), reason_remedy(skipped.reason, lang)
    return said("not_run", lang, reason=reason, missing=", ".join(skipped.missing), remedy=remedy)


def _without_verdict(audit: Audit, counts: Counts, lang: Lang) -> str:
    """Say why a rule that ran, and has no finding, is not called passed; "" where it is."""
    if counts.failed:
        return said("told_elsewhere", lang, n=counts.failed)
    if counts.passed or not (counts.unknown or counts.not_applicable or nothing_judged(audit)):
        return ""
    return said("cannot_tell", lang, n=counts.unknown) if counts.unknown else said("none_apply", lang)


def _by_theme(case: _Case) -> tuple[int, str]:
    themes = list(THEMES)
    return (themes.index(case.rule[:3]) if case.rule[:3] in themes else len(themes)), case.rule


def _reading_suite(audit: Audit, files: list[str], look: Look) -> Iterator[str]:
    """The suite of the run itself: what it was asked, and the files that could not be read as errors."""
    failed = audit.failed_files
    yield f"  <testsuite {_counted('fupin', len(files) + len(failed), 0, len(failed), 0)}>\n    <properties>\n"
    facts = {
        "as_of": audit.as_of.isoformat() if audit.as_of else "",
        "region": region_of(audit),
        "profile": audit.profile or "",
        "households": str(audit.households),
        "persons": str(audit.persons),
        "masking": masking_line(look),
    }
    for name, value in facts.items():
        yield f"      <property name={_quoted(name)} value={_quoted(value)}/>\n"
    yield "    </properties>\n"
    for file in files:
        yield f"    <testcase {_named('fupin.files', said('read', look.lang, file=file))}/>\n"
    for file, zh, en in failed:
        told = en if look.lang == "en" else zh
        yield f"    <testcase {_named('fupin.files', said('read', look.lang, file=file))}>\n"
        yield f"      <error message={_quoted(told)}/>\n    </testcase>\n"
    notes = notes_of(audit, look.lang)
    yield (f"    <system-out>{_text(chr(10).join(notes))}</system-out>\n" if notes else "") + "  </testsuite>\n"


def _suite(audit: Audit, group: tuple[str, list[_Case]], names: dict[Path, str], look: Look) -> Iterator[str]:
    theme, cases = group
    failures = sum(len(case.findings) for case in cases)
    tests = sum(len(case.findings) or 1 for case in cases)
    skipped = sum(bool(case.skipped) for case in cases)
    yield f"  <testsuite {_counted(f'{theme} {theme_word(theme, look.lang)}', tests, failures, 0, skipped)}>\n"
    for case in cases:
        name = f"{case.rule} {rule_name(audit.rules.get(case.rule), look.lang)}"
        where = f"fupin.{theme}.{case.rule}"
        if case.skipped:
            yield f"    <testcase {_named(where, name)}>\n      <skipped message={_quoted(case.skipped)}/>\n    </testcase>\n"
        elif not case.findings:
            yield f"    <testcase {_named(where, name)}/>\n"
        for finding in case.findings:
            shown = as_shown(finding, look)
            subject = " ".join(part for part in (shown.id, shown.household, shown.person) if part)
            message = _quoted(finding_message(shown, look.lang))
            yield f"    <testcase {_named(where, subject)}>\n"
            yield f'      <failure type="{shown.severity}" message={message}>'
            yield f"{_text(_body(shown, name, names, look.lang))}</failure>\n    </testcase>\n"
    told = [verdicts_line(case.rule, audit.counts[case.rule], look.lang) for case in cases if case.rule in audit.counts]
    yield (f"    <system-out>{_text(chr(10).join(told))}</system-out>\n" if told else "") + "  </testsuite>\n"


def _body(finding: Finding, name: str, names: dict[Path, str], lang: Lang) -> str:
    """What a CI shows when a failed case is opened."""
    colon = word("colon", lang)
    places = [place_text(place, names, lang) for place in finding.places]
    told = [name, finding_message(finding, lang), *places[:1]]
    if places[1:]:
        told.append(f"{word('see', lang)}{colon}{'; '.join(places[1:])}")
    told += [f"{word('parameter', lang)}{colon}{standard}" for standard in standards(finding.parameters, lang)]
    told += [f"{word('basis', lang)}{colon}{finding.basis}"] if finding.basis else []
    return "\n".join([*told, f"{word('fix', lang)}{colon}{finding_fix(finding, lang)}"])


def _counted(name: str, tests: int, failures: int, errors: int, skipped: int) -> str:
    return f'name={_quoted(name)} tests="{tests}" failures="{failures}" errors="{errors}" skipped="{skipped}"'


def _named(where: str, name: str) -> str:
    return f"classname={_quoted(where)} name={_quoted(name)}"


def _quoted(text: str) -> str:
    return quoteattr(_fit(text))


def _text(text: str) -> str:
    return escape(_fit(text))


def _fit(text: str) -> str:
    """Return a text with � for every character that XML cannot have."""
    return _UNFIT.sub("�", text)
