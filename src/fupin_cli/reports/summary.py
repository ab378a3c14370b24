"""Count the findings of an Audit by theme and by township, and show where each stands."""

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct, field

from fupin_cli.catalogue import both
from fupin_cli.model.audit import Audit
from fupin_cli.model.finding import Finding, UsedParameter
from fupin_cli.model.place import Place
from fupin_cli.model.rule import SEVERITIES, THEMES
from fupin_cli.reports.words import Lang, severity_word, word
from fupin_cli.values.text import legible


class Tally(Struct):
    """How many findings of each severity one theme or township has."""

    name: str  # letters of the theme, or the township; "" when it is not known
    households: int = 0
    persons: int = 0
    severities: Counter[str] = field(default_factory=Counter)

    @property
    def total(self) -> int:
        """All findings, of any severity."""
        return self.severities.total()


def by_theme(findings: tuple[Finding, ...]) -> list[Tally]:
    """Return a tally for each theme that has findings, in the order of reports."""
    tallies: dict[str, Tally] = {}
    for finding in findings:
        theme = finding.rule[:3]
        tallies.setdefault(theme, Tally(theme)).severities[finding.severity] += 1
    order = {theme: position for position, theme in enumerate(THEMES)}
    return sorted(tallies.values(), key=lambda tally: (order.get(tally.name, len(order)), tally.name))


def by_township(audit: Audit) -> list[Tally]:
    """Return a tally for each township of the registry, with its households and persons; the unknown one last."""
    tallies = {name: Tally(name, *sizes) for name, sizes in audit.townships.items()}
    for finding in audit.findings:
        name = finding.township or ""
        tallies.setdefault(name, Tally(name)).severities[finding.severity] += 1
    return sorted(tallies.values(), key=lambda tally: not tally.name)


def by_severity(findings: tuple[Finding, ...]) -> dict[str, int]:
    """Return how many findings each severity has, the worst first."""
    counted = Counter(finding.severity for finding in findings)
    return {severity: counted[severity] for severity in SEVERITIES}


def ordered(findings: tuple[Finding, ...]) -> list[tuple[str, list[Finding]]]:
    """Return the findings under their rules: the worst severity first, then in the order of themes."""
    groups: dict[str, list[Finding]] = {}
    for finding in findings:
        groups.setdefault(finding.rule, []).append(finding)
    themes = {theme: position for position, theme in enumerate(THEMES)}
    worst = {rule: min(SEVERITIES.index(finding.severity) for finding in group) for rule, group in groups.items()}
    return sorted(groups.items(), key=lambda group: (worst[group[0]], themes.get(group[0][:3], len(themes)), group[0]))


def notes_of(audit: Audit, lang: Lang) -> list[str]:
    """Return what to know before reading on; doubts about a sheet are told with their place, by `doubts_of`."""
    doubts = {doubt for layout in audit.layouts for doubt in layout.doubts}
    return [note[lang == "en"] for note in audit.notes if note not in doubts]


def doubts_of(audit: Audit, lang: Lang) -> dict[str, list[str]]:
    """Return each doubt about the reading with the sheets it is about."""
    names = file_names(audit)
    places: dict[str, list[str]] = {}
    for layout in audit.layouts:
        place = " › ".join(part for part in (names[layout.sheet.file], layout.sheet.name) if part)
        for doubt in layout.doubts:
            places.setdefault(doubt[lang == "en"], []).append(place)
    return places


def file_names(audit: Audit) -> dict[Path, str]:
    """Return how each file is called in a report: its bare name, or its path where two files share a name."""
    files = dict.fromkeys(
        [layout.sheet.file for layout in audit.layouts]
        + [place.file for finding in audit.findings for place in finding.places]
    )
    names = Counter(file.name for file in files)
    return {file: legible(file.name if names[file.name] == 1 else file) for file in files}


def cells_text(place: Place, lang: Lang) -> str:
    """Return `O12, P12`, `row 12` when the whole row is meant, "" when there is no row."""
    if place.cells:
        return ", ".join(place.cells)
    return word("row", lang, row=place.row) if place.row is not None else ""


def place_text(place: Place, names: dict[Path, str], lang: Lang) -> str:
    """Return `file › sheet › cell`, leaving out what the place does not have."""
    parts = (names.get(place.file, place.file.name), place.sheet, cells_text(place, lang))
    return " › ".join(part for part in parts if part)


def standards(used_parameters: Iterable[UsedParameter], lang: Lang) -> list[str]:
    """Return each parameter used: name, value, since when, where, and its source."""
    marks = both("（自 {0}，{1}；{2}）")[lang == "en"]
    return [
        f"{used.name} {used.value:g}" + marks.format(used.since, used.place, used.source)
        if isinstance(used.value, float)
        else f"{used.name} {used.value}" + marks.format(used.since, used.place, used.source)
        for used in used_parameters
    ]


def counts_line(audit: Audit, lang: Lang) -> str:
    """Return the line that ends a report: households, persons, findings by severity."""
    return word(
        "counts",
        lang,
        households=audit.households,
        persons=audit.persons,
        findings=len(audit.findings),
        **by_severity(audit.findings),
    )


def nothing_judged(audit: Audit) -> bool:
    """Tell whether no household and no person was judged: none was read, or no rule ran."""
    return not (audit.households or audit.persons) or not audit.counts


def none_found(audit: Audit, lang: Lang) -> str:
    """Return what stands in the place of findings where there are none: that nothing is wrong only where something was judged."""
    return word("nothing_judged" if nothing_judged(audit) else "no_findings", lang)


def severity_heads(lang: Lang) -> list[str]:
    """Return the names of the severities, the worst first."""
    return [severity_word(severity, lang) for severity in SEVERITIES]


def region_of(audit: Audit) -> str:
    """Return the region asked for, by name and code: 样例县（990101）."""
    from fupin_cli.values.regions import name

    if not audit.region:
        return ""
    called = name(audit.region)
    return f"{called}（{audit.region}）" if called else audit.region
