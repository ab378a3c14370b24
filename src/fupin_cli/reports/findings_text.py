"""Turn the findings of an Audit into the lines of a terminal page, by household when few, by rule when many."""

from collections.abc import Callable
from pathlib import Path

from fupin_cli.model.audit import Audit
from fupin_cli.model.finding import Finding
from fupin_cli.reports.lines import Line, block, heading, spaced
from fupin_cli.reports.masked import as_shown
from fupin_cli.reports.summary import file_names, ordered, place_text, standards
from fupin_cli.reports.words import Look, finding_fix, finding_message, rule_name, severity_word, word

FEW = 20  # up to so many stand under their households
MANY = 200  # beyond, only the first of each rule are shown
_OTHERS = 3
_STYLES = {"error": "bold red", "warning": "yellow", "notice": "cyan"}


def finding_lines(audit: Audit, look: Look) -> list[Line]:
    """Return the lines of the findings section."""
    if not audit.findings:
        return [*block(word("no_findings", look.lang), look.width, ""), ()]
    lines = heading(word("findings", look.lang))
    few = len(audit.findings) <= FEW
    tell = _teller(audit, look, with_household=not few)
    return lines + (_by_household if few else _by_rule)(audit, look, tell)


def _by_household(audit: Audit, look: Look, tell: "Callable[[Finding], list[Line]]") -> list[Line]:
    groups: dict[tuple[str, ...], list[Finding]] = {}
    for _, findings in ordered(audit.findings):
        for finding in findings:
            groups.setdefault(_household_key(finding), []).append(finding)
    lines: list[Line] = []
    for key, findings in sorted(groups.items(), key=lambda group: not any(group[0])):
        village = " ".join(dict.fromkeys(part for part in (findings[0].township, findings[0].village) if part))
        title = word("without_household", look.lang)
        if any(key):
            title = word("household_heading", look.lang, household=key[0] or word("unnumbered", look.lang))
        lines += spaced([title, village] if village and any(key) else [title], look.width)
        for finding in findings:
            name = f"{finding.rule} {rule_name(audit.rules.get(finding.rule), look.lang)}"
            lines += _title(finding.severity, name, look, "    ")
            lines += tell(finding)
            lines += _reasons(finding, look)
        lines.append(())
    return lines


def _household_key(finding: Finding) -> tuple[str, ...]:
    """Findings of one household stand together; one without a 户编号 goes by its row, one without a row by nothing."""
    if finding.household:
        return (finding.household,)
    first = finding.places[0] if finding.places else None
    if first is None or first.row is None or finding.scope not in {"户", "人", "跨户"}:
        return ()
    return ("", str(first.file), first.sheet, str(first.row))


def _by_rule(audit: Audit, look: Look, tell: "Callable[[Finding], list[Line]]") -> list[Line]:
    groups = ordered(audit.findings)
    shown = max(2, MANY // len(groups)) if len(audit.findings) > MANY else len(audit.findings)
    lines: list[Line] = []
    if len(audit.findings) > MANY:
        lines += [*block(word("cut", look.lang, n=shown), look.width, "  "), ()]
    for rule, findings in groups:
        name = f"{rule} {rule_name(audit.rules.get(rule), look.lang)}"
        lines += _title(findings[0].severity, name, look, "  ", word("occurrences", look.lang, n=len(findings)))
        shared = (
            len({(finding.basis, finding_fix(finding, look.lang), finding.parameters) for finding in findings}) == 1
        )
        if shared:
            lines += _reasons(findings[0], look)
        for finding in findings[:shown]:
            lines += tell(finding)
            if not shared:
                lines += _reasons(finding, look)
        if len(findings) > shown:
            lines += block(word("more", look.lang, n=len(findings) - shown), look.width, "    ", "    … ")
        lines.append(())
    return lines


def _title(severity: str, name: str, look: Look, indent: str, count: str = "") -> list[Line]:
    tail: Line = ((f"  ({count})", ""),) if count else ()
    return [((indent, ""), (severity_word(severity, look.lang), _STYLES[severity]), (f" {name}", "bold"), *tail)]


def _reasons(finding: Finding, look: Look) -> list[Line]:
    """The standards used, the basis and what to do."""
    colon = word("colon", look.lang)
    told = [("parameter", standard) for standard in standards(finding.parameters, look.lang)]
    told += [("basis", finding.basis), ("fix", finding_fix(finding, look.lang))]
    lines: list[Line] = []
    for key, text in told:
        if text:
            lines += block(text, look.width, "        ", f"      {word(key, look.lang)}{colon}")
    return lines


def _teller(audit: Audit, look: Look, *, with_household: bool) -> "Callable[[Finding], list[Line]]":
    """Return what tells one finding: where, who, what, and where else to look."""
    names = file_names(audit)

    def tell(finding: Finding) -> list[Line]:
        shown = as_shown(finding, look)
        subject = " · ".join(
            part
            for part in (
                place_text(shown.places[0], names, look.lang) if shown.places else "",
                word("household_heading", look.lang, household=shown.household)
                if shown.household and with_household
                else "",
                shown.person or "",
            )
            if part
        )
        lines = block(subject, look.width, "        ", "      - ", "dim" if look.colour else "")
        lines += block(finding_message(shown, look.lang), look.width, "        ")
        return lines + _others(shown, names, look)

    return tell


def _others(finding: Finding, names: dict[Path, str], look: Look) -> list[Line]:
    """Where else to look: the members, the other households, the list."""
    others = [place_text(place, names, look.lang) for place in finding.places[1:]]
    if not others:
        return []
    more = f" … (+{len(others) - _OTHERS})" if len(others) > _OTHERS else ""
    return block(
        "; ".join(others[:_OTHERS]) + more,
        look.width,
        "          ",
        f"        {word('see', look.lang)}{word('colon', look.lang)}",
    )
