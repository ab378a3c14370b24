"""Turn a RulePage into a page for a terminal: the rule, then all it uses, its SQL and its examples."""

from fupin_cli.catalogue import both
from fupin_cli.model.dictionary import Column
from fupin_cli.model.rule import Rule
from fupin_cli.model.rule_page import ColumnUse, ParameterUse, RulePage
from fupin_cli.reports.lines import Line, block, heading
from fupin_cli.reports.rule_words import (
    basis_words,
    carried,
    cells_text,
    number_text,
    rule_word,
    verdict_word,
    where_and_when,
)
from fupin_cli.reports.words import Lang, Look, basis_text, reason_word, rule_name, severity_word, word
from fupin_cli.values import regions

_FEW = 12  # so many other values of a parameter are shown


def rule_text(page: RulePage, look: Look) -> str:
    """Return everything there is to say of a rule."""
    lines = [*heading(f"{page.rule.id} {rule_name(page.rule, look.lang)}"), *_fields(page.rule, look)]
    sections = (
        _parameters(page, look),
        _columns(page, look),
        _derived(page, look),
        _lists(page, look),
        _items(page, look),
        _examples(page.rule, look),
        _sql(page, look),
    )
    for section in sections:
        if section:
            lines += [(), *section]
    return "\n".join("".join(text for text, _ in line).rstrip() for line in lines) + "\n"


def rule_fields(rule: Rule, lang: Lang) -> list[tuple[str, str]]:
    """Return what the file of a rule says but its examples: (word, text), an entry each."""
    english = lang == "en"
    told = [
        (rule_word("english", lang), rule.name if english and rule.name_en else "" if english else rule.name_en),
        (word("severity", lang), severity_word(rule.severity, lang)),
        *((rule_word("grades", lang), f"{severity_word(one.severity, lang)} ← {one.when}") for one in rule.grades),
        (word("scope", lang), rule.scope),
        (rule_word("rows", lang), _joined(rule.rows, lang)),
        (rule_word("subject", lang), rule.subject),
        (rule_word("when", lang), rule.when),
        (rule_word("must", lang), rule.must),
        (rule_word("check", lang), rule.check),
        (word("problem", lang), rule.message_en or rule.message if english else rule.message),
        (word("why", lang), rule.why_en or rule.why if english else rule.why),
        (word("fix", lang), rule.fix_en or rule.fix if english else rule.fix),
        (word("basis", lang), basis_text(rule)),
        (rule_word("since", lang), rule.since.isoformat() if rule.since else ""),
        (rule_word("until", lang), rule.until.isoformat() if rule.until else ""),
        (
            rule_word("regions", lang),
            _joined([f"{regions.name(one) or ''} {one}".strip() for one in rule.regions], lang),
        ),
        (rule_word("parts", lang), _joined(rule.parts, lang)),
        (rule_word("profile_item", lang), rule_word("yes", lang) if rule.profile_item else ""),
        (rule_word("tags", lang), _joined(rule.tags, lang)),
        (rule_word("never_unknown", lang), rule.never_unknown),
        (word("file", lang), str(rule.file)),
    ]
    return [(name, text) for name, text in told if text]


def _joined(texts: tuple[str, ...] | list[str], lang: Lang) -> str:
    return both("、")[lang == "en"].join(texts)


def _fields(rule: Rule, look: Look) -> list[Line]:
    colon = word("colon", look.lang)
    return [
        line
        for name, text in rule_fields(rule, look.lang)
        for line in block(text, look.width, "      ", f"  {name}{colon}")
    ]


def _titled(title: str, lines: list[Line]) -> list[Line]:
    return [*heading(title), *lines] if lines else []


def _parameters(page: RulePage, look: Look) -> list[Line]:
    place = regions.name(page.region) or page.region if page.region else rule_word("anywhere", look.lang)
    lines = [line for used in page.parameters for line in _parameter(used, look)]
    return _titled(rule_word("parameters_at", look.lang, day=page.day, place=place), lines)


def _parameter(used: ParameterUse, look: Look) -> list[Line]:
    call = ", ".join(part for part in (f"'{used.call.name}'", used.call.day, used.call.tier) if part)
    colon = word("colon", look.lang)
    said = used.missing[look.lang == "en"]
    if used.value is not None:
        number = f"{number_text(used.value.value)} {used.unit}"
        if used.given_by:
            said = f"{number}  {rule_word('given_by_profile', look.lang, profile=used.given_by)}"
        else:
            said = f"{number}  {where_and_when(used.value, look.lang)}{colon}{basis_words(used.value.basis)}"
    lines = block(said, look.width, "      ", f"  参数({call}){colon}")
    for other in used.others[:_FEW]:
        text = f"{number_text(other.value)}  {where_and_when(other, look.lang)}{colon}{basis_words(other.basis)}"
        lines += block(text, look.width, "          ", f"      {rule_word('others', look.lang)} ")
    if len(used.others) > _FEW:
        lines += block(f"… {len(used.others) - _FEW}", look.width, "      ")
    return lines


def _columns(page: RulePage, look: Look) -> list[Line]:
    lines = [line for used in page.uses.columns for line in _column(used, look)]
    return _titled(rule_word("columns", look.lang), lines)


def _column(used: ColumnUse, look: Look) -> list[Line]:
    column = used.column
    parts = [column_text(column), rule_word(used.role, look.lang)]
    if column.aliases:
        parts.append(rule_word("aliases", look.lang, names=_joined(column.aliases, look.lang)))
    text = both("；")[look.lang == "en"].join(parts)
    return block(text, look.width, "      ", f"  {column.name}  ")


def column_text(column: Column) -> str:
    """Return level, type, unit and code list of a column: “人 代码 C12”."""
    return " ".join(part for part in (column.level, column.type, column.unit, column.codes or "") if part)


def _derived(page: RulePage, look: Look) -> list[Line]:
    lines: list[Line] = []
    for one in page.uses.derived:
        for number, text in enumerate(one.alternatives):
            opening = f"  {one.name} = " if number == 0 else "      / "
            lines += block(text, look.width, "      ", opening)
        lines += block(one.why, look.width, "      ") if one.why else []
    return _titled(rule_word("derived_columns", look.lang), lines)


def _lists(page: RulePage, look: Look) -> list[Line]:
    lines: list[Line] = []
    for one in page.uses.lists:
        said = [rule_word("aliases", look.lang, names=_joined(one.aliases, look.lang))] if one.aliases else []
        names = [used.column.name for used in one.columns]
        said += [rule_word("list_columns", look.lang, names=_joined(names, look.lang))] if names else []
        lines += block("；".join(said), look.width, "      ", f"  {one.name}  ")
    return _titled(rule_word("lists", look.lang), lines)


def _items(page: RulePage, look: Look) -> list[Line]:
    lines: list[Line] = []
    for profile, item in page.items:
        said = [item.says]
        if item.exceptions:
            said.append(rule_word("exceptions", look.lang, conditions=_joined(item.exceptions, look.lang)))
        said += [severity_word(item.severity, look.lang)] if item.severity else []
        lines += block("；".join(said), look.width, "      ", f"  {profile.name}{word('colon', look.lang)}")
    if page.profile and not lines:
        lines = block(rule_word("no_item", look.lang, profile=page.profile), look.width, "  ")
    return _titled(rule_word("profiles", look.lang), lines)


def _examples(rule: Rule, look: Look) -> list[Line]:
    lines: list[Line] = []
    for number, example in enumerate(rule.examples, 1):
        opening = f"  {number}. {verdict_word(example.verdict, look.lang)}{word('colon', look.lang)}"
        lines += block(cells_text(example.given, look.lang), look.width, "      ", opening)
        for name, text in carried(example, look.lang):
            lines += block(text, look.width, "          ", f"      {name}{word('colon', look.lang)}")
    return _titled(word("examples", look.lang), lines)


def _sql(page: RulePage, look: Look) -> list[Line]:
    if page.rule.kind == "reading":
        return _titled("SQL", block(rule_word("sql_reading", look.lang), look.width, "  "))
    if page.not_run is not None:
        reason, missing = (
            reason_word(page.not_run.reason, look.lang),
            _joined(list(dict.fromkeys(page.not_run.missing)), look.lang),
        )
        said = rule_word("sql_not_run", look.lang, reason=reason, missing=missing)
        return _titled("SQL", block(said, look.width, "  "))
    lines: list[Line] = []
    for statement in page.sql:
        for line in f"{statement};".splitlines():
            indent = " " * (2 + len(line) - len(line.lstrip()))
            lines += block(line.lstrip(), look.width, f"{indent}    ", indent)
    title = rule_word("sql", look.lang)
    if page.sql_profile:
        title += f"{word('colon', look.lang)}{word('profile', look.lang)} {page.sql_profile}"
    return _titled(title, lines)
