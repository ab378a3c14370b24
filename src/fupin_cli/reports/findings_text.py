"""Turn the findings of an Audit into the lines of a terminal page, by household when few, by rule when many."""

from collections.abc import Callable
from pathlib import Path

from fupin_cli.model.audit import Audit
from fupin_cli.model.finding import Finding
from fupin_cli.reports.groups import Group, grouped
from fupin_cli.reports.lines import Line, block, heading, spaced
from fupin_cli.reports.masked import as_shown
from fupin_cli.reports.summary import file_names, none_found, ordered, place_text, standards
from fupin_cli.reports.words import Look, finding_fix, finding_message, rule_name, severity_word, word

FEW = 20  # up to so many stand under their households
MANY = 200  # beyond, only the first of each rule are shown
_OTHERS = 3
STYLES = {"error": "bold red", "warning": "yellow", "notice": "cyan"}


def finding_lines(audit: Audit, look: Look) -> list[Line]:
    """Return the lines of the findings section."""
    if not audit.findings:
        return [*block(none_found(audit, look.lang), look.width, ""), ()]
    by = look.group or ("户" if len(audit.findings) <= FEW else "rule")
    groups = grouped(audit, by, look)
    shown = groups[: look.top]
    lines = heading(word("findings", look.lang))
    if by == "户":
        lines += _by_household(audit, look, shown)
    elif by == "rule":
        lines += _by_rule(audit, look, shown)
    else:
        from fupin_cli.reports.findings_tree import tree_lines

        lines += tree_lines(audit, look, shown, villages=by == "乡")
    return lines + left_groups(groups[len(shown) :], look)


def left_groups(groups: list[Group], look: Look) -> list[Line]:
    """Say how many groups --top leaves out, and how many findings stand in them."""
    if not groups:
        return []
    left = sum(len(group.findings) for group in groups)
    return [*block(word("more_groups", look.lang, groups=len(groups), n=left), look.width, "  "), ()]


def _by_household(audit: Audit, look: Look, groups: list[Group]) -> list[Line]:
    tell = _teller(audit, look, with_household=False)
    lines: list[Line] = []
    limit = shown_of_each(groups)
    for group in groups if look.group else _as_rules_name_them(audit, groups):
        findings = [finding for _, each in ordered(group.findings) for finding in each]
        village = " ".join(dict.fromkeys(part for part in (findings[0].township, findings[0].village) if part))
        lines += spaced([group.title, village] if village and any(group.key) else [group.title], look.width)
        for finding in findings[:limit]:
            name = f"{finding.rule} {rule_name(audit.rules.get(finding.rule), look.lang)}"
            lines += _title(finding.severity, name, look, "    ")
            lines += tell(finding)
            lines += _reasons(finding, look)
        lines += _rest(len(findings) - limit, look, "    ")
        lines.append(())
    return lines


def _as_rules_name_them(audit: Audit, groups: list[Group]) -> list[Group]:
    """Return households in the order in which the rules name them; findings of no household last."""
    in_order = (finding for _, findings in ordered(audit.findings) for finding in findings)
    order = {id(finding): place for place, finding in enumerate(in_order)}
    return sorted(groups, key=lambda group: (not any(group.key), min(order[id(one)] for one in group.findings)))


def _by_rule(audit: Audit, look: Look, groups: list[Group]) -> list[Line]:
    tell = _teller(audit, look, with_household=True)
    limit = shown_of_each(groups)
    lines: list[Line] = []
    if sum(len(group.findings) for group in groups) > MANY:
        lines += [*block(word("cut", look.lang, n=limit), look.width, "  "), ()]
    for group in groups:
        findings = group.findings
        lines += _title(findings[0].severity, group.title, look, "  ", word("occurrences", look.lang, n=len(findings)))
        shared = (
            len({(finding.basis, finding_fix(finding, look.lang), finding.parameters) for finding in findings}) == 1
        )
        if shared:
            lines += _reasons(findings[0], look)
        for finding in findings[:limit]:
            lines += tell(finding)
            if not shared:
                lines += _reasons(finding, look)
        lines += _rest(len(findings) - limit, look, "    ")
        lines.append(())
    return lines


def shown_of_each(groups: list[Group]) -> int:
    """Return how many findings of each group are shown, so that a page stays readable."""
    every = sum(len(group.findings) for group in groups)
    return max(2, MANY // len(groups)) if every > MANY else max(every, 1)


def _rest(left: int, look: Look, indent: str) -> list[Line]:
    return block(word("more", look.lang, n=left), look.width, indent, f"{indent}… ") if left > 0 else []


def _title(severity: str, name: str, look: Look, indent: str, count: str = "") -> list[Line]:
    tail: Line = ((f"  ({count})", ""),) if count else ()
    return [((indent, ""), (severity_word(severity, look.lang), STYLES[severity]), (f" {name}", "bold"), *tail)]


def _reasons(finding: Finding, look: Look) -> list[Line]:
    """The standards used, the basis and what to do."""
    colon = word("colon", look.lang)
    told = [("parameter", standard) for standard in standards(finding.parameters, look.lang)]
    told += [("basis", finding.basis), ("fix", finding_fix(as_shown(finding, look), look.lang))]
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
