"""One walk over the tree of an expression: what it uses, and every mistake in it."""

from collections.abc import Callable
from difflib import get_close_matches

from msgspec import Struct, field
from sqlglot import exp

from fupin_cli.catalogue import both, enumerated
from fupin_cli.language.functions import AWAY
from fupin_cli.language.symbols import Kind, Level, Symbol, Symbols


class Mistake(Struct, frozen=True):
    """One fault of an expression: where in its text, and what, in both languages."""

    start: int  # position in the text, counted from 0
    end: int  # last position, included
    zh: str
    en: str


class Nested(Struct, frozen=True):
    """A derived column inside a function that looks beyond the row."""

    around: str
    column: str
    start: int
    end: int


_PARTS: dict[type[exp.Expression], frozenset[str]] = {  # node type → its parts; others have `this` and `expression`
    exp.Between: frozenset({"this", "low", "high"}),
    exp.In: frozenset({"this", "expressions", "query", "unnest"}),
    exp.Like: frozenset({"this", "expression", "negate"}),
    exp.Round: frozenset({"this", "decimals"}),
    exp.Literal: frozenset({"this", "is_string"}),
    exp.Cast: frozenset({"this", "to"}),
    exp.Case: frozenset({"ifs", "default"}),
    exp.Anonymous: frozenset({"this", "expressions"}),
}
_USUAL = frozenset({"this", "expression"})

Checks = tuple[
    tuple[type[exp.Expression] | tuple[type[exp.Expression], ...], Callable[["Walk", exp.Expression], Kind | None]], ...
]


class Walk(Struct):
    """The walk over one tree."""

    text: str
    symbols: Symbols
    level: Level
    derived: bool  # CASE and the functions for derived columns are allowed
    checks: "Checks" = ()  # node types → what checks them
    mistakes: list[Mistake] = field(default_factory=list)
    columns: set[str] = field(default_factory=set)
    members: set[str] = field(default_factory=set)
    asked: set[tuple[Level, str]] = field(default_factory=set)  # both, with the level of the row they are asked of
    parameters: set[str] = field(default_factory=set)
    lists: set[str] = field(default_factory=set)
    previous: bool = False
    earlier: set[str] = field(default_factory=set)  # columns asked of the earlier edition
    inside: list[str] = field(default_factory=list)  # member, group and list functions around the node
    calls: set[str] = field(default_factory=set)  # functions that look beyond the row
    nested: list[Nested] = field(default_factory=list)
    copies: int = 1  # how often the SQL of the functions around the node repeats it
    listed: str | None = None  # the list whose columns are in sight

    def used(self) -> set[str]:
        """Return the set a column belongs to that stands here."""
        if "上期" in self.inside:
            return self.earlier
        return self.members if any(name in AWAY for name in self.inside) else self.columns

    def note(self, name: str) -> None:
        """Note that a column is asked of the row that is the subject here."""
        self.used().add(name)
        if "上期" not in self.inside:
            self.asked.add((self.level, name))

    # ── places ──
    def fault(self, node: exp.Expression, zh: str, en: str) -> None:
        """Note a mistake at the place of a node."""
        start, end = _span(node, self.text)
        self.mistakes.append(Mistake(start, end, zh, en))

    # ── kinds ──
    def kind(self, node: exp.Expression) -> Kind | None:
        """Return the kind of a node, or None when it has a fault (already told)."""
        if isinstance(node, exp.Paren):
            return self.kind(node.this)
        for types, check in self.checks:
            if isinstance(node, types) and not self._strange(node):
                return check(self, node)
        self.fault(node, *both("规则里不能用 {word}", word=_word(node)))
        return None

    def _strange(self, node: exp.Expression) -> bool:
        """Tell whether a node carries a part that no rule needs (SYMMETRIC, a table before a column, …)."""
        return any(part and key not in _PARTS.get(type(node), _USUAL) for key, part in node.args.items())

    def place(self, node: exp.Expression) -> tuple[int, int]:
        """Return where a node stands in the text."""
        return _span(node, self.text)

    def want(self, node: exp.Expression, kind: Kind, role_zh: str, role_en: str) -> None:
        """Say so when `node` is not of that kind."""
        got = self.kind(node)
        if got is not None and got != kind and not (kind == "文本" and got == "代码"):
            self.fault(
                node,
                *both(
                    "{role}应是{kind}，这里是{got}：{sql}", role=(role_zh, role_en), kind=kind, got=got, sql=_sql(node)
                ),
            )


def _sql(node: exp.Expression) -> str:
    return node.sql("duckdb")


def _word(node: exp.Expression) -> str:
    return type(node).__name__.upper()


def _span(node: exp.Expression, text: str) -> tuple[int, int]:
    """Return the first and last position of a node in its text, as near as the parser remembers."""
    marks = [found.meta for found in node.walk() if "start" in found.meta]
    if not marks:
        return 0, max(0, len(text) - 1)
    start, end = min(mark["start"] for mark in marks), max(mark["end"] for mark in marks)
    while text.count("(", start, end + 1) > text.count(")", start, end + 1) and ")" in text[end + 1 :]:
        end = text.index(")", end + 1)
    return start, end


def nearest(name: str, names: list[str]) -> tuple[str, str]:
    """Return words that name the nearest of `names`, in both languages; empty when none is near."""
    near = get_close_matches(name, names, n=3, cutoff=0.4)
    if not near:
        return "", ""
    return both("；相近的有：{near}", near=enumerated(near))


def comparable(left: Kind, right: Kind) -> bool:
    """Tell whether two kinds may stand on the two sides of a comparison."""
    texts = ("文本", "代码")
    return left == right or (left in texts and right in texts)


def coded(walk: Walk, column: exp.Expression, others: list[exp.Expression]) -> None:
    """Every literal beside a coded column must be in its code list."""
    symbol = symbol_of(walk, column)
    if symbol is None or not symbol.values:
        return
    known = [*symbol.values, *([symbol.blank] if symbol.blank else [])]
    for other in others:
        if isinstance(other, exp.Literal) and other.is_string and other.name not in known:
            zh, en = nearest(other.name, known)
            walk.fault(
                other,
                *both("“{name}”不在{name2}的码表里{nearest}", name=other.name, name2=symbol.name, nearest=(zh, en)),
            )


def symbol_of(walk: Walk, node: exp.Expression) -> Symbol | None:
    """Return the column a node stands for, or None when it is no column."""
    if isinstance(node, exp.Anonymous) and node.name in {"户主", "本人", "上期"} and node.expressions:
        outer = Walk(walk.text, walk.symbols, walk.level, walk.derived, walk.checks)
        return symbol_of(outer, node.expressions[0])
    if not isinstance(node, exp.Column):
        return None
    if walk.listed and node.name in walk.symbols.of_list(walk.listed):
        return walk.symbols.of_list(walk.listed)[node.name]
    return walk.symbols.column(node.name)
