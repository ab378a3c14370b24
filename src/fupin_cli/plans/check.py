"""RuleBook → every expression in it checked; all mistakes at once, each at its place in its file."""

from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import replace

from fupin_cli.catalogue import both
from fupin_cli.errors import Fault, ListsError, RuleError
from fupin_cli.language.expression import Expression, parse
from fupin_cli.language.symbols import FAMILY, Kind, Level, Symbol, Symbols
from fupin_cli.language.walk import Mistake, comparable, nearest
from fupin_cli.model.dictionary import Column, Derived, Dictionary
from fupin_cli.model.listing import ListEntry
from fupin_cli.model.rule import Profile, Rule, Severity
from fupin_cli.model.rulebook import RuleBook
from fupin_cli.plans.nesting import misplaced, reach
from fupin_cli.plans.subject import subject_of, together

BUILT_IN: dict[str, dict[str, str]] = {  # columns the table builder adds; 数据日期 stands in both tables
    "户": {"数据日期": "日期", "成员表有户主": "真假"},
    "人": {"数据日期": "日期", "户表有此户": "真假", "表有户主": "真假"},
}


class Checked(Struct, frozen=True):
    """A rule with its expressions parsed and checked."""

    rule: Rule
    when: Expression | None
    must: Expression
    grades: tuple[tuple[Severity, Expression], ...] = ()  # the first that holds on a failing row is its severity


class Book(Struct, frozen=True):
    """A rule book whose every expression holds."""

    source: RuleBook
    symbols: Symbols
    rules: dict[str, Checked]  # rules with an expression; reading rules are not here
    derived: dict[str, tuple[Expression, ...]]  # name → its alternatives
    exceptions: dict[tuple[str, str], tuple[Expression, ...]]  # (profile, rule) → conditions over the rule's list
    excuses: dict[str, tuple[Expression, ...]] = field(default_factory=dict)  # list → what lists.yaml excuses on it


def symbols_of(dictionary: Dictionary, parameters: dict[str, str]) -> Symbols:
    """Return every name an expression may use."""
    columns = {name: _symbol(column, dictionary) for name, column in dictionary.columns.items()}
    for level, names in BUILT_IN.items():
        for name, kind in names.items():
            columns[name] = Symbol(name, FAMILY[kind], "地" if name == "数据日期" else "人" if level == "人" else "户")
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
    keys = {name: kind.key for name, kind in dictionary.lists.items() if kind.columns[kind.key].type != "证件"}
    return Symbols(columns, derived, kinds, lists, keys=keys)


def _symbol(column: Column, dictionary: Dictionary) -> Symbol:
    values = dictionary.codes[column.codes].values if column.codes else ()
    return Symbol(column.name, FAMILY[column.type], column.level, values, column.blank, column.blank_when)


def check(rulebook: RuleBook) -> Book:
    """Return the rule book with every expression parsed, or raise RuleError with all mistakes."""
    kinds = {
        name: "文本" if parameter.values and isinstance(parameter.values[0].value, str) else "数字"
        for name, parameter in rulebook.parameters.items()
    }
    symbols = symbols_of(rulebook.dictionary, kinds)
    symbols = replace(symbols, together=together(rulebook.rules.values(), symbols.lists))
    walk = _Walk(symbols)
    derived = walk.derived(rulebook.dictionary.derived)
    rules = {
        rule.id: checked for rule in rulebook.rules.values() if rule.kind == "rule" and (checked := walk.rule(rule))
    }
    exceptions: dict[tuple[str, str], tuple[Expression, ...]] = {}
    for profile in rulebook.profiles.values():
        exceptions.update(walk.exceptions(profile, rules))
        walk.required(profile, rulebook.profiles.get(profile.extends or ""))
    if walk.faults:
        raise RuleError(walk.faults)
    excuses = {entry.name: walk.excused(entry) for entry in rulebook.listing.values()}
    if walk.faults:
        raise ListsError(walk.faults)
    return Book(rulebook, symbols, rules, derived, exceptions, excuses)


class _Walk:
    """One pass over a rule book, collecting faults."""

    def __init__(self, symbols: Symbols) -> None:
        self.symbols = symbols
        self.faults: list[Fault] = []
        self.reached: dict[str, frozenset[str]] = {}  # derived column → what it calls beyond its row
        self.excuses: dict[tuple[str, str], Expression | list[Mistake]] = {}  # profiles say the same of many lists

    def derived(self, columns: dict[str, Derived]) -> dict[str, tuple[Expression, ...]]:
        """Return the alternatives of every derived column; what they may nest is checked when all are known."""
        parsed = {
            name: tuple(
                _typed(parse(text, self.symbols, item.level, derived=True), FAMILY[item.type], "from")
                for text in item.alternatives
            )
            for name, item in columns.items()
        }
        sound = {name: tuple(one for one in found if isinstance(one, Expression)) for name, found in parsed.items()}
        self.reached = reach(sound)
        for name, found in parsed.items():
            item = columns[name]
            for number, (text, result) in enumerate(zip(item.alternatives, found, strict=True)):
                position = item.positions[number] if number < len(item.positions) else (1, 1)
                mistakes = misplaced(result, self.reached) if isinstance(result, Expression) else result
                file = item.file or Path("rules/tables/derived.yaml")
                self.faults += [_fault(mistake, file, text, position, name) for mistake in mistakes]
        return sound

    def rule(self, rule: Rule) -> Checked | None:
        """Return a rule with its conditions checked, or None when it has a mistake (noted)."""
        unknown = [name for name in rule.rows if name not in self.symbols.lists]
        for name in unknown:
            zh, en = nearest(name, list(self.symbols.lists))
            mistake = Mistake(0, len(name) - 1, *both("没有名单“{name}”{nearest}", name=name, nearest=(zh, en)))
            self.faults.append(_fault(mistake, rule.file, name, rule.positions.get("rows", (1, 1))))
        if unknown:
            return None
        must = self._condition(rule, "must", rule.must)
        when = self._condition(rule, "when", rule.when) if rule.when else None
        graded = [(grade.severity, self._condition(rule, "grades", grade.when)) for grade in rule.grades]
        grades = tuple((severity, expression) for severity, expression in graded if expression is not None)
        return Checked(rule, when, must, grades) if must is not None else None

    def _condition(self, rule: Rule, key: str, text: str) -> Expression | None:
        """Return a condition of a rule, or None when it has a mistake (noted)."""
        level, listed = subject_of(rule)
        result = _typed(parse(text, self.symbols, level, listed=listed), "真假", key)
        if isinstance(result, Expression):
            mistakes = misplaced(result, self.reached)
            if not mistakes:
                return result
            result = mistakes
        self.faults += [_fault(mistake, rule.file, text, rule.positions.get(key, (1, 1))) for mistake in result]
        return None

    def required(self, profile: Profile, lender: Profile | None) -> None:
        """Note the required columns that are none, or of the other table; those taken of `lender` are noted there."""
        for level, columns in profile.required.items():
            for name in columns if lender is None or lender.required.get(level) != columns else ():
                column = self.symbols.columns.get(name)
                if column is None or ("户" if column.level == "地" else column.level) != level:
                    mistake = Mistake(
                        0, len(name) - 1, *both("required 里的“{name}”不是{level}表的列", name=name, level=level)
                    )
                    self.faults.append(_fault(mistake, profile.file or Path(profile.name), name, (1, 1)))

    def exceptions(self, profile: Profile, rules: dict[str, Checked]) -> dict[tuple[str, str], tuple[Expression, ...]]:
        found: dict[tuple[str, str], tuple[Expression, ...]] = {}
        for item in profile.items:
            if not item.exceptions or item.rule not in rules:
                continue
            parsed = []
            for number, text in enumerate(item.exceptions):
                position = item.positions[number] if number < len(item.positions) else (1, 1)
                result = self._exception(text, _lists(rules[item.rule]))
                if isinstance(result, Expression):
                    parsed.append(result)
                elif not item.lender:  # the profile that lends it has the fault
                    file = profile.file or Path(profile.name)
                    self.faults += [_fault(mistake, file, text, position) for mistake in result]
            found[profile.name, item.rule] = tuple(parsed)
        return found

    def excused(self, entry: ListEntry) -> tuple[Expression, ...]:
        """Return what a lists.yaml excuses on a list, as conditions: over its own rows where these are judged."""
        level: Level = "名单" if entry.hit == "应纳" else "人"
        found = []
        for excuse in entry.excuses:
            typed = _typed(parse(excuse.text, self.symbols, level, listed=entry.name), "真假", "exceptions")
            wrong = misplaced(typed, self.reached) if isinstance(typed, Expression) else typed
            self.faults += [_fault(mistake, entry.written_in, excuse.text, excuse.place) for mistake in wrong]
            if isinstance(typed, Expression):
                found.append(typed)
        return tuple(found)

    def _exception(self, text: str, lists: list[str]) -> Expression | list[Mistake]:
        """Return an exception as a condition on the first of the rule's lists that has its columns."""
        mistakes: list[Mistake] = []
        for name in lists:
            if (text, name) not in self.excuses:
                typed = _typed(parse(text, self.symbols, "人", listed=name), "真假", "exceptions")
                wrong = misplaced(typed, self.reached) if isinstance(typed, Expression) else []
                self.excuses[text, name] = wrong or typed
            result = self.excuses[text, name]
            if isinstance(result, Expression):
                return result
            mistakes = mistakes or result
        return mistakes or [Mistake(0, len(text) - 1, *both("这条规则不查名单，例外不起作用"))]


def _lists(checked: Checked) -> list[str]:
    return sorted(checked.must.lists | (checked.when.lists if checked.when else frozenset()))


def _typed(result: Expression | list[Mistake], kind: Kind, name: str) -> Expression | list[Mistake]:
    """Return the expression, or a mistake when it is not of that kind."""
    if not isinstance(result, Expression) or comparable(result.kind, kind):
        return result
    zh, en = both("{name} 应是{kind}，这里是{kind2}", name=name, kind=kind, kind2=result.kind)
    return [Mistake(0, len(result.text) - 1, zh, en)]


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
