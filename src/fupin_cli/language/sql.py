"""Checked expression → SQL tree over the engine's tables. Three-valued throughout: what is not known stays NULL.

Relations and their aliases: `p` 人, `q` derived columns of 人, `h` 户, `g` derived columns of 户, `m` sums over the
members of a household, `u0…` groups of equal values, `l0…` hits on a list; inside a hit, `l` is the list itself;
`e` what the earlier edition says of the row.
A row of 人 without a household has NULL for every `h`, `g` and `m`: what its household is like is not known.
"""

from collections.abc import Callable
from functools import partial
from typing import cast

from msgspec import Struct, field
from sqlglot import exp

from fupin_cli.language import once
from fupin_cli.language.earlier import of_earlier
from fupin_cli.language.functions import (
    COUNTS,
    EARLIER,
    FUNCTIONS,
    LISTS,
    MEMBERS,
    PART_OF,
    REGISTRY,
    SAME,
)
from fupin_cli.language.known_sum import known_sum
from fupin_cli.language.levels import PARTS, alias_of, named
from fupin_cli.language.listed import in_registry, need_same, over_same
from fupin_cli.language.needs import Choice, Group, Member, Needs, Sight
from fupin_cli.language.on_list import on_list
from fupin_cli.language.repeated import household, village, with_own
from fupin_cli.language.symbols import Level, Symbol
from fupin_cli.language.templates import ARITHMETIC, INTERVAL, MIRROR, OVER_PARTS, UNIQUE
from fupin_cli.language.trees import (
    Tree,
    among,
    either,
    fill,
    is_single,
    is_small,
    literal,
    null,
    quoted,
    rebuilt,
    sql_of,
    unwrap,
)


def _counts(node: Tree | None) -> bool:
    return isinstance(node := unwrap(node), exp.Anonymous) and node.name in COUNTS


class Compiler(Struct):
    """Rewrites the expressions of one rule (or derived column) at one level."""

    sight: Sight
    needs: Needs
    level: Level  # whose row is the subject now: member functions and lists change it while they are inside
    optional: frozenset[str] = frozenset()
    exceptions: dict[str, Tree] = field(default_factory=dict)  # list → what the profile's item excuses on it
    listed: str | None = None
    storing: bool = False  # the SELECT that makes the table of derived columns

    def compile(self, node: Tree) -> Tree:
        """Return the SQL of a node; the node itself stays as it is."""
        return rebuilt(node, self._rewrite)

    def _rewrite(self, node: Tree) -> Tree | None:
        """Return the SQL that stands in place of a node, or None for one that stays with its parts rewritten."""
        if isinstance(node, exp.Column):
            return self._column(node.name)
        if isinstance(node, exp.Anonymous):
            return self._function(node)
        if isinstance(node, tuple(INTERVAL)) and (_counts(node.this) or _counts(node.expression)):
            return self._count_compared(cast("exp.Binary", node))
        if isinstance(node, exp.Between) and _counts(node.this):
            low, high = (
                exp.GTE(this=node.this.copy(), expression=node.args["low"].copy()),
                exp.LTE(this=node.this.copy(), expression=node.args["high"].copy()),
            )
            return exp.Paren(this=exp.and_(self._count_compared(low), self._count_compared(high), copy=False))
        if isinstance(node, tuple(ARITHMETIC)):
            return fill(ARITHMETIC[type(node)], self.compile(node.this), self.compile(node.expression))
        return among(self.compile(node.this), node.expressions) if isinstance(node, exp.In) else None

    # ── columns ──────────────────────────────────────────────────────────────────────────────────────────
    def where(self, name: str) -> tuple[str, bool] | None:
        """Return the alias that has the column, and whether it has a state."""
        if self.listed is not None:
            if name in self.sight.present.get(self.listed, ()):
                return "l", True
            return ("l", False) if self.level == "名单" and name == "数据日期" else None
        for level in ("人", "户") if self.level == "人" else (self.level,):
            if name in self.sight.present.get(level, ()):
                return alias_of(level), True
            if name in self.sight.built_in.get(level, ()):
                return alias_of(level), False
        return None

    def _symbol(self, name: str) -> Symbol:
        if self.listed is not None and name in (listed := self.sight.symbols.of_list(self.listed)):
            return listed[name]
        symbol = self.sight.symbols.column(name)
        if symbol is None:  # checked before: an expression is compiled only when it has no mistake
            raise KeyError(name)
        return symbol

    def _column(self, name: str) -> Tree:
        if self.listed is not None and name == "例外":
            excused = self.exceptions.get(self.listed)
            return exp.Paren(this=excused.copy()) if excused is not None else exp.false()
        found = self.where(name)
        if self.listed is not None and found == ("l", False):  # the day of a list's row is no column of the list
            return quoted(name, "l")
        symbol = self._symbol(name)
        if found is None:
            choice = self.sight.derived.get(name) if self.listed is None else None
            if choice is not None:
                return self._derived(name, symbol, choice)
            return self._blank_value(symbol)
        alias, stated = found
        if stated and name in self.optional and symbol.blank is not None:
            state, value = quoted(f"{name}$", alias), quoted(name, alias)
            return fill("CASE WHEN :1 = 3 THEN :2 ELSE :3 END", state, self._blank_value(symbol), value)
        return quoted(name, alias)

    def _blank_value(self, symbol: Symbol) -> Tree:
        """Return what a column that is read as blank holds: mostly nothing, sometimes a value on some forms only."""
        if symbol.blank is None:
            return null(symbol.kind)
        if not symbol.blank_when:
            return literal(symbol.blank)
        marks = [(where[0], name) for name in symbol.blank_when if (where := self.where(name)) is not None]
        tests = [fill(":1 <> 3", quoted(f"{name}$", alias)) for alias, name in marks]
        return fill("CASE WHEN :1 THEN :2 END", either(tests), literal(symbol.blank)) if tests else null(symbol.kind)

    def _derived(self, name: str, symbol: Symbol, choice: Choice) -> Tree:
        if choice.stored:
            self.needs.derived.add(name)
            return self.stored(name, symbol.level)
        inner = Compiler(self.sight, self.needs, symbol.level, choice.optional, storing=self.storing)
        return exp.Paren(this=inner.compile(choice.expression.tree))

    def stored(self, name: str, level: Level) -> Tree:
        """Return a column of the table of derived columns."""
        if self.storing and (level == "人") is (self.level == "人"):
            return quoted(name, alias_of(level))  # a column of the SELECT inside this one
        return quoted(name, "q" if level == "人" else "g")

    # ── functions ────────────────────────────────────────────────────────────────────────────────────────
    def _function(self, node: exp.Anonymous) -> Tree:
        name = node.name
        if name in FUNCTIONS:
            if (checked := once.checked(self, node)) is not None:
                return checked
            plain = [number for number, one in enumerate(node.expressions, 1) if is_small(one) or is_single(one)]
            return fill(FUNCTIONS[name].called(plain), *(self.compile(argument) for argument in node.expressions))
        if name in EARLIER:
            return of_earlier(self, node)
        if name in REGISTRY:
            return in_registry(self, node)
        if name in SAME:
            return over_same(self, node)
        return self._special(node)

    def _special(self, node: exp.Anonymous) -> Tree:
        special: dict[str, Callable[[exp.Anonymous], Tree]] = {
            "为空": self._blank, "含": self._has, "项数": self._items, "参数": partial(once.parameter, self), "本人": self._self,
            "已知合计": partial(known_sum, self),
            **dict.fromkeys(PART_OF, self._member), **dict.fromkeys(LISTS, self._on_list),
        }  # fmt: skip
        return special.get(node.name, self._group)(node)

    def _blank(self, node: exp.Anonymous) -> Tree:
        name = node.expressions[0].name
        found = self.where(name)
        if found is None:
            return exp.true() if name in self.optional else null("真假")
        alias, stated = found
        if not stated:
            return exp.false()
        absent = " WHEN 3 THEN TRUE" if name in self.optional else ""
        return fill(f"CASE :1 WHEN 0 THEN FALSE WHEN 1 THEN TRUE{absent} END", quoted(f"{name}$", alias))

    def _has(self, node: exp.Anonymous) -> Tree:
        column, *values = node.expressions
        cell = self.compile(column)
        tests = [fill("STRPOS(',' || :1 || ',', :2) > 0", cell.copy(), literal(f",{value.name},")) for value in values]
        return either(tests)

    def _items(self, node: exp.Anonymous) -> Tree:
        return fill("LENGTH(:1) - LENGTH(REPLACE(:1, ',', '')) + 1", self.compile(node.expressions[0]))

    def _self(self, node: exp.Anonymous) -> Tree:
        outer = Compiler(self.sight, self.needs, "人", self.optional, storing=self.storing)
        return outer.compile(node.expressions[0])

    # ── over members ─────────────────────────────────────────────────────────────────────────────────────
    def need_member(self, node: exp.Anonymous) -> Member:
        """Return the sum over parts that a function reads; the same function twice is one sum."""
        part, whole = PART_OF[node.name], "户" if node.name in MEMBERS else self.level
        inner = Compiler(self.sight, self.needs, part, self.optional, self.exceptions, storing=self.storing)
        tree = inner.compile(node.expressions[0])
        key = (node.name, whole, sql_of(tree))
        if key not in self.needs.members:
            name = f"f{len(self.needs.members)}"
            present = inner.compile(exp.column("在册")) if part == "人" else exp.true()
            self.needs.members[key] = Member(name, node.name, tree, present, PARTS[whole, part])
        return self.needs.members[key]

    def _member(self, node: exp.Anonymous) -> Tree:
        need = self.need_member(node)
        return fill(OVER_PARTS[need.function], *self._sums(need))

    @staticmethod
    def _sums(need: Member) -> tuple[Tree, Tree, Tree]:
        """Return what is sure, what is not, and what is NULL where there is nothing to sum over."""
        alias = need.parts.alias
        known = quoted("_id", "h") if need.parts.whole == "户" else quoted("_n", alias)
        return quoted(f"{need.name}_t", alias), quoted(f"{need.name}_u", alias), known

    def _count_compared(self, node: exp.Binary) -> Tree:
        kind = type(node)
        left, right = node.this, node.expression
        if not _counts(left):
            kind, left, right = MIRROR[kind], right, left
        sure, most = self._interval(cast("exp.Anonymous", unwrap(left)))
        return fill(INTERVAL[kind], sure, most, self.compile(right))

    def _interval(self, node: exp.Anonymous) -> tuple[Tree, Tree]:
        """Return the least and the most a count can be; NULL when there is nothing to count."""
        known: Tree
        sure: Tree
        unknown: Tree
        if node.name in PART_OF:
            sure, unknown, known = self._sums(self.need_member(node))
        elif node.name in SAME:
            group = need_same(self, node)
            known, sure, unknown = group.tree.copy(), quoted("n", group.name), quoted("u", group.name)
        else:
            group = self._need_group(node)
            counted = village(self.sight) if node.name == "不同村数" else household(self.level)
            known, (sure, unknown) = group.tree.copy(), with_own(group.name, self._standing(), counted)
        least = fill("CASE WHEN NOT :1 IS NULL THEN COALESCE(:2, 0) END", known.copy(), sure.copy())
        return least, fill("CASE WHEN NOT :1 IS NULL THEN COALESCE(:2, 0) + COALESCE(:3, 0) END", known, sure, unknown)

    def _on_list(self, node: exp.Anonymous) -> Tree:
        return on_list(self, node)

    # ── over other rows ──────────────────────────────────────────────────────────────────────────────────
    def _need_group(self, node: exp.Anonymous) -> Group:
        *asked, value = node.expressions  # 名单含 names its list first
        tree, level = self.compile(value), named(self.level, self.listed)
        listed = asked[0].name if asked else ""
        key = (node.name, level, listed, sql_of(tree))
        if key not in self.needs.groups:
            self.needs.groups[key] = Group(f"u{len(self.needs.groups)}", node.name, level, tree, list=listed)
        return self.needs.groups[key]

    def _group(self, node: exp.Anonymous) -> Tree:
        group = self._need_group(node)
        value, alias = group.tree.copy(), group.name
        if node.name == "全表任一":
            return fill(
                "CASE WHEN :1 THEN TRUE WHEN :2 THEN NULL ELSE FALSE END", quoted("t", alias), quoted("u", alias)
            )
        if node.name in {"地区码有效", "名单含"}:
            return fill("CASE WHEN NOT :1 IS NULL THEN NOT :2 IS NULL END", value, quoted("k", alias))
        if node.name in {"不同户数", "不同村数"}:
            least, most = self._interval(node)
            return fill("CASE WHEN :1 = :2 THEN :1 END", least, most)
        if node.name == "户内唯一":
            value = fill("CASE WHEN NOT :1 IS NULL THEN :2 END", quoted("_id", "h"), value)
        return fill(UNIQUE, value, quoted("n", alias), quoted("u", alias), self._standing())

    def _standing(self) -> Tree:
        """Return whether the row is among those that are counted."""
        return self.compile(exp.column("在册")) if self.level == "人" else exp.true()
