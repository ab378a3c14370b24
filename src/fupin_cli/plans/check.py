"""RuleBook → every expression in it checked; all mistakes at once, each at its place in its file."""

from dataclasses import dataclass
from pathlib import Path

from fupin_cli.errors import Fault, RuleError
from fupin_cli.language.expression import Expression, parse
from fupin_cli.language.symbols import FAMILY, Level, Symbol, Symbols
from fupin_cli.language.walk import Mistake
from fupin_cli.model.dictionary import Column, Dictionary
from fupin_cli.model.rule import Profile, Rule
from fupin_cli.model.rulebook import RuleBook

BUILT_IN: dict[str, dict[str, str]] = {  # columns the table builder adds; 数据日期 stands in both tables
    "户": {"数据日期": "日期"},
    "人": {"数据日期": "日期", "户表有此户": "真假"},
}


@dataclass(frozen=True, slots=True)
class Checked:
    """A rule with its expressions parsed and checked."""

    rule: Rule
    when: Expression | None
    must: Expression


@dataclass(frozen=True, slots=True)
class Book:
    """A rule book whose every expression holds."""

    source: RuleBook
    symbols: Symbols
    rules: dict[str, Checked]  # rules with an expression; reading rules are not here
    derived: dict[str, tuple[Expression, ...]]  # name → its alternatives
    exceptions: dict[tuple[str, str], tuple[Expression, ...]]  # (profile, rule) → conditions over the rule's list


def symbols_of(dictionary: Dictionary, parameters: dict[str, str]) -> Symbols:
    """Return every name an expression may use."""
    columns = {name: _symbol(column, dictionary) for name, column in dictionary.columns.items() if column.level != "村"}
    for level, names in BUILT_IN.items():
        for name, kind in names.items():
            columns[name] = Symbol(name, FAMILY[kind], "人" if level == "人" and name != "数据日期" else "户")
    derived = {}
    for name, item in dictionary.derived.items():
        values = columns[name].values if name in columns else ()
        derived[name] = Symbol(
            name, FAMILY[item.type], item.level, values, alternatives=item.alternatives, optional=item.optional
        )
    lists = {
        name: {column.name: _symbol(column, dictionary) for column in kind.columns.values()}
        for name, kind in dictionary.lists.items()
    }
    kinds = {name: FAMILY[kind] for name, kind in parameters.items()}
    return Symbols(columns, derived, kinds, lists)


def _symbol(column: Column, dictionary: Dictionary) -> Symbol:
    level: Level = "人" if column.level == "人" else "名单" if column.level == "名单" else "户"
    values = dictionary.codes[column.codes].values if column.codes else ()
    return Symbol(column.name, FAMILY[column.type], level, values, column.blank)


def check(rulebook: RuleBook) -> Book:
    """Return the rule book with every expression parsed, or raise RuleError with all mistakes."""
    kinds = {
        name: "文本" if parameter.values and isinstance(parameter.values[0].value, str) else "数字"
        for name, parameter in rulebook.parameters.items()
    }
    symbols = symbols_of(rulebook.dictionary, kinds)
    walk = _Walk(symbols)
    derived = {name: walk.derived(symbol) for name, symbol in symbols.derived.items()}
    rules = {
        rule.id: checked for rule in rulebook.rules.values() if rule.kind == "rule" and (checked := walk.rule(rule))
    }
    exceptions: dict[tuple[str, str], tuple[Expression, ...]] = {}
    for profile in rulebook.profiles.values():
        exceptions.update(walk.exceptions(profile, rules))
    if walk.faults:
        raise RuleError(walk.faults)
    return Book(rulebook, symbols, rules, derived, exceptions)


class _Walk:
    """One pass over a rule book, collecting faults."""

    def __init__(self, symbols: Symbols) -> None:
        self.symbols = symbols
        self.faults: list[Fault] = []

    def derived(self, symbol: Symbol) -> tuple[Expression, ...]:
        found = []
        for text in symbol.alternatives:
            result = parse(text, self.symbols, symbol.level, derived=True)
            if isinstance(result, Expression):
                found.append(result)
            else:
                file = Path("rules/tables/derived.yaml")
                self.faults += [_fault(mistake, file, text, (1, 1), symbol.name) for mistake in result]
        return tuple(found)

    def rule(self, rule: Rule) -> Checked | None:
        level: Level = "人" if rule.scope in {"人", "名单"} else "户"
        parsed: dict[str, Expression] = {}
        for key, text in (("when", rule.when), ("must", rule.must)):
            if not text:
                continue
            result = parse(text, self.symbols, level)
            if isinstance(result, Expression) and result.kind != "真假":
                kind = result.kind
                result = [
                    Mistake(
                        0,
                        len(text) - 1,
                        f"{key} 应是真假，这里是{kind}",
                        f"{key} must be true or false, this is {kind}",
                    )
                ]
            if isinstance(result, Expression):
                parsed[key] = result
            else:
                self.faults += [_fault(mistake, rule.file, text, rule.positions.get(key, (1, 1))) for mistake in result]
        return Checked(rule, parsed.get("when"), parsed["must"]) if "must" in parsed else None

    def exceptions(self, profile: Profile, rules: dict[str, Checked]) -> dict[tuple[str, str], tuple[Expression, ...]]:
        found: dict[tuple[str, str], tuple[Expression, ...]] = {}
        for item in profile.items:
            if not item.exceptions or item.rule not in rules:
                continue
            lists = sorted(rules[item.rule].must.lists)
            parsed = []
            for text in item.exceptions:
                result = parse(text, self.symbols, "人", listed=lists[0]) if lists else None
                if isinstance(result, Expression):
                    parsed.append(result)
                elif result:
                    self.faults += [
                        _fault(mistake, profile.file or Path(profile.name), text, (1, 1)) for mistake in result
                    ]
            found[profile.name, item.rule] = tuple(parsed)
        return found


def _fault(mistake: Mistake, file: Path, text: str, position: tuple[int, int], column: str = "") -> Fault:
    """Return the fault at its place in the file: the line that has the text, or the expression itself when that is folded."""
    line, offset = position
    excerpt = text.splitlines()[0] if "\n" not in text else text.replace("\n", " ")
    start, width = mistake.start, mistake.end - mistake.start + 1
    try:
        lines = file.read_text("utf-8").splitlines()
    except OSError:
        lines = []
    for number, content in enumerate(lines[line - 1 :], start=line):
        if text in content:
            line, offset, excerpt, start = number, content.index(text) + 1, content, content.index(text) + mistake.start
            break
    else:
        offset = 1
    prefix = f"{column}：" if column else ""
    return (
        Fault(file, line, offset + mistake.start, f"{prefix}{mistake.zh}", f"{prefix}{mistake.en}", excerpt, width)
        if start >= 0
        else Fault(file, line, offset, mistake.zh, mistake.en)
    )
