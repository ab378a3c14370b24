"""Groups of findings by place → a tree of 乡, 村, 户 and their findings, as wide as the page."""

from collections.abc import Callable
from itertools import groupby

from fupin_cli.model.audit import Audit
from fupin_cli.model.finding import Finding
from fupin_cli.model.rule import SEVERITIES
from fupin_cli.reports.findings_text import STYLES, shown_of_each
from fupin_cli.reports.groups import Group, household_key
from fupin_cli.reports.lines import Line, block
from fupin_cli.reports.masked import as_shown
from fupin_cli.reports.summary import file_names, place_text
from fupin_cli.reports.words import Look, finding_message, rule_name, severity_word, word

_FORK, _LAST, _PAST, _OVER = "├─ ", "└─ ", "│  ", "   "
_Teller = Callable[[Finding, int], list[Line]]
_Node = tuple[list[Line], list["_Node"]]  # the lines of a node, wrapped for its depth, and what hangs on it


def tree_lines(audit: Audit, look: Look, groups: list[Group], *, villages: bool) -> list[Line]:
    """Return the tree of each group; `villages`: the groups are townships, with their villages below."""
    limit = shown_of_each(groups)
    tell = _teller(audit, look)
    lines: list[Line] = []
    for group in groups:
        lines += [(("  ", ""), (group.title, "bold"), (f"  {counts_text(group, look)}", ""))]
        shown = group.findings[:limit]
        nodes = _villages(look, shown, tell) if villages else _households(look, shown, tell, depth=1)
        if len(group.findings) > limit:
            nodes.append((block(word("more", look.lang, n=len(group.findings) - limit), look.width - 5, "", "… "), []))
        lines += _drawn(nodes, "  ")
        lines.append(())
    return lines


def counts_text(group: Group, look: Look) -> str:
    """Return how many findings of each severity a group has: 错误 3  疑点 1."""
    counts = group.severities
    return "  ".join(f"{severity_word(one, look.lang)} {counts[one]}" for one in SEVERITIES if counts[one])


def _villages(look: Look, findings: tuple[Finding, ...], tell: _Teller) -> list[_Node]:
    nodes: list[_Node] = []
    by_village = sorted(findings, key=lambda finding: (not finding.village, finding.village or ""))
    for village, found in groupby(by_village, key=lambda finding: finding.village):
        title = village or word("unknown_village", look.lang)
        nodes.append((block(title, look.width - 5, "", style="bold"), _households(look, tuple(found), tell, depth=2)))
    return nodes


def _households(look: Look, findings: tuple[Finding, ...], tell: _Teller, depth: int) -> list[_Node]:
    nodes: list[_Node] = []
    in_order = sorted(findings, key=lambda finding: (not any(household_key(finding)), household_key(finding)))
    for key, found in groupby(in_order, key=household_key):
        title = word("without_household", look.lang)
        if key:
            title = word("household_heading", look.lang, household=key[0] or word("unnumbered", look.lang))
        inner = look.width - 2 - 3 * (depth + 1)
        nodes.append((block(title, inner + 3, ""), [(tell(one, inner), []) for one in found]))
    return nodes


def _teller(audit: Audit, look: Look) -> _Teller:
    """Return what tells one finding in so many columns: rule, place and message."""
    names = file_names(audit)

    def told(finding: Finding, columns: int) -> list[Line]:
        seen = as_shown(finding, look)
        name = f"{seen.rule} {rule_name(audit.rules.get(seen.rule), look.lang)}"
        first: Line = ((severity_word(seen.severity, look.lang), STYLES[seen.severity]), (f" {name}", "bold"))
        where = place_text(seen.places[0], names, look.lang) if seen.places else ""
        who = " · ".join(part for part in (where, seen.person or "") if part)
        place = block(who, columns, "  ") if who else []
        return [first, *place, *block(finding_message(seen, look.lang), columns, "  ")]

    return told


def _drawn(nodes: list[_Node], indent: str) -> list[Line]:
    """Draw the branches before the lines of every node."""
    lines: list[Line] = []
    for number, (own, children) in enumerate(nodes):
        last = number == len(nodes) - 1
        below = indent + (_OVER if last else _PAST)
        for position, line in enumerate(own):
            lines.append(((indent + (_LAST if last else _FORK) if position == 0 else below, ""), *line))
        lines += _drawn(children, below)
    return lines
