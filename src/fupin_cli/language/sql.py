"""Checked expression → SQL tree over the engine's tables. Three-valued throughout: what is not known stays NULL.

Relations and their aliases: `p` 人, `q` derived columns of 人, `h` 户, `g` derived columns of 户, `m` sums over the
members of a household, `u0…` groups of equal values, `l0…` hits on a list; inside a hit, `l` is the list itself.
"""

from dataclasses import dataclass
from typing import cast

from sqlglot import exp

from fupin_cli.language.functions import FUNCTIONS, GROUPS, MEMBERS
from fupin_cli.language.in_force import parameter_in_force
from fupin_cli.language.needs import Choice, Group, Hit, Member, Needs, Sight
from fupin_cli.language.symbols import Level, Symbol
from fupin_cli.language.trees import Tree, fill, literal, null, quoted


def _unwrap(node: Tree | None) -> Tree | None:
    while isinstance(node, exp.Paren):
        node = node.this
    return node


def _counts(node: Tree | None) -> bool:
    return isinstance(node := _unwrap(node), exp.Anonymous) and node.name == "成员数"


_MIRROR = {exp.LT: exp.GT, exp.GT: exp.LT, exp.LTE: exp.GTE, exp.GTE: exp.LTE, exp.EQ: exp.EQ, exp.NEQ: exp.NEQ}
_INTERVAL = {  # :1 sure, :2 sure + unknown, :3 the number
    exp.GT: "CASE WHEN :1 > :3 THEN TRUE WHEN :2 <= :3 THEN FALSE END",
    exp.GTE: "CASE WHEN :1 >= :3 THEN TRUE WHEN :2 < :3 THEN FALSE END",
    exp.LT: "CASE WHEN :2 < :3 THEN TRUE WHEN :1 >= :3 THEN FALSE END",
    exp.LTE: "CASE WHEN :2 <= :3 THEN TRUE WHEN :1 > :3 THEN FALSE END",
    exp.EQ: "CASE WHEN :3 < :1 OR :3 > :2 THEN FALSE WHEN :1 = :2 THEN :1 = :3 END",
    exp.NEQ: "CASE WHEN :3 < :1 OR :3 > :2 THEN TRUE WHEN :1 = :2 THEN :1 <> :3 END",
}


@dataclass(slots=True)
class Compiler:
    """Rewrites the expressions of one rule (or derived column) at one level."""

    sight: Sight
    needs: Needs
    level: Level  # whose row is the subject now: member functions and lists change it while they are inside
    optional: frozenset[str] = frozenset()
    exceptions: Tree | None = None  # of the profile's item, over a list
    listed: str | None = None
    storing: bool = False  # the SELECT that makes the table of derived columns

    def compile(self, node: Tree) -> Tree:
        """Return the SQL of a node; the node itself stays as it is."""
        return node.copy().transform(self._rewrite, copy=False)

    def _rewrite(self, node: Tree) -> Tree:
        if isinstance(node, exp.Column):
            return self._column(node.name)
        if isinstance(node, exp.Anonymous):
            return self._function(node)
        if isinstance(node, tuple(_INTERVAL)) and (_counts(node.this) or _counts(node.expression)):
            return self._count_compared(cast("exp.Binary", node))
        if isinstance(node, exp.Between) and _counts(node.this):
            low, high = (
                exp.GTE(this=node.this.copy(), expression=node.args["low"]),
                exp.LTE(this=node.this.copy(), expression=node.args["high"]),
            )
            return exp.Paren(this=exp.and_(self._count_compared(low), self._count_compared(high), copy=False))
        if isinstance(node, exp.Div):
            return fill("CAST(:1 AS DOUBLE) / NULLIF(:2, 0)", self.compile(node.this), self.compile(node.expression))
        return node

    # ── columns ──────────────────────────────────────────────────────────────────────────────────────────
    def _where(self, name: str) -> tuple[str, bool] | None:
        """Return the alias that has the column, and whether it has a state."""
        if self.listed is not None:
            return ("l", True) if name in self.sight.present.get(self.listed, ()) else None
        for level, alias in (("人", "p"), ("户", "h")):
            if level == "人" and self.level != "人":
                continue
            if name in self.sight.present[level]:
                return alias, True
            if name in self.sight.built_in[level]:
                return alias, False
        return None

    def _symbol(self, name: str) -> Symbol:
        if self.listed is not None:
            return self.sight.symbols.lists[self.listed][name]
        symbol = self.sight.symbols.column(name)
        if symbol is None:  # checked before: an expression is compiled only when it has no mistake
            raise KeyError(name)
        return symbol

    def _column(self, name: str) -> Tree:
        if self.listed is not None and name == "例外":
            return exp.Paren(this=self.exceptions.copy()) if self.exceptions is not None else exp.false()
        symbol = self._symbol(name)
        found = self._where(name)
        if found is None:
            choice = self.sight.derived.get(name) if self.listed is None else None
            if choice is not None:
                return self._derived(name, symbol, choice)
            return literal(symbol.blank) if symbol.blank is not None else null(symbol.kind)
        alias, stated = found
        if stated and name in self.optional and symbol.blank is not None:
            return fill(
                f"CASE WHEN :1 = 3 THEN '{symbol.blank}' ELSE :2 END", quoted(f"{name}$", alias), quoted(name, alias)
            )
        return quoted(name, alias)

    def _derived(self, name: str, symbol: Symbol, choice: Choice) -> Tree:
        if choice.stored:
            self.needs.derived.add(name)
            if self.storing and (symbol.level == "人") is (self.level == "人"):
                return exp.column(name, quoted=True)  # a column of the same SELECT, written before this one
            return quoted(name, "q" if symbol.level == "人" else "g")
        level: Level = "人" if symbol.level == "人" else self.level
        inner = Compiler(self.sight, self.needs, level, choice.optional, storing=self.storing)
        return exp.Paren(this=inner.compile(choice.expression.tree))

    # ── functions ────────────────────────────────────────────────────────────────────────────────────────
    def _function(self, node: exp.Anonymous) -> Tree:
        name = node.name
        if name in MEMBERS:
            return self._member(node)
        if name in GROUPS or name == "地区码有效":
            return self._group(node)
        special = {
            "为空": self._blank, "含": self._has, "项数": self._items, "参数": self._parameter, "在名单": self._list,
            "名单有": self._list, "本人": self._self, "已知合计": self._known_sum,
        }.get(name)  # fmt: skip
        if special is not None:
            return special(node)
        return fill(FUNCTIONS[name].sql, *(self.compile(argument) for argument in node.expressions))

    def _blank(self, node: exp.Anonymous) -> Tree:
        name = node.expressions[0].name
        found = self._where(name)
        if found is None:
            return exp.true() if name in self.optional else null("真假")
        alias, stated = found
        if not stated:
            return exp.false()
        absent = " WHEN 3 THEN TRUE" if name in self.optional else ""
        return fill(f"CASE :1 WHEN 0 THEN FALSE WHEN 1 THEN TRUE{absent} END", quoted(f"{name}$", alias))

    def _has(self, node: exp.Anonymous) -> Tree:
        column, *values = node.expressions
        tests = [fill(f"',' || :1 || ',' LIKE '%,{value.name},%'", self.compile(column)) for value in values]
        return exp.Paren(this=exp.or_(*tests, copy=False))

    def _items(self, node: exp.Anonymous) -> Tree:
        return fill("LENGTH(:1) - LENGTH(REPLACE(:1, ',', '')) + 1", self.compile(node.expressions[0]))

    def _known_sum(self, node: exp.Anonymous) -> Tree:
        parts = [fill("COALESCE(:1, 0)", self.compile(argument)) for argument in node.expressions]
        total = parts[0]
        for part in parts[1:]:
            total = exp.Add(this=total, expression=part)
        return exp.Paren(this=total)

    def _self(self, node: exp.Anonymous) -> Tree:
        outer = Compiler(self.sight, self.needs, "人", self.optional, storing=self.storing)
        return outer.compile(node.expressions[0])

    # ── parameters ───────────────────────────────────────────────────────────────────────────────────────
    def _parameter(self, node: exp.Anonymous) -> Tree:
        alias = "p" if self.level == "人" else "h"
        values = self.sight.parameters[node.expressions[0].name]
        day = self.compile(node.expressions[1]) if len(node.expressions) > 1 else quoted("数据日期", alias)
        tier = self.compile(node.expressions[2]) if len(node.expressions) > 2 else None
        return parameter_in_force(values, day, quoted("_place", alias), tier)

    # ── over members ─────────────────────────────────────────────────────────────────────────────────────
    def need_member(self, node: exp.Anonymous) -> Member:
        """Return the sum over members that a member function reads; the same function twice is one sum."""
        inner = Compiler(self.sight, self.needs, "人", self.optional, self.exceptions, storing=self.storing)
        tree = inner.compile(node.expressions[0])
        key = (node.name, tree.sql("duckdb"))
        if key not in self.needs.members:
            name = f"f{len(self.needs.members)}"
            self.needs.members[key] = Member(name, node.name, tree, inner.compile(exp.column("在册")))
        return self.needs.members[key]

    def _member(self, node: exp.Anonymous) -> Tree:
        need = self.need_member(node)
        true, unknown = quoted(f"{need.name}_t", "m"), quoted(f"{need.name}_u", "m")
        if need.function in {"任一成员", "曾有成员"}:
            return fill("CASE WHEN :1 THEN TRUE WHEN :2 THEN NULL ELSE FALSE END", true, unknown)
        if need.function == "所有成员":
            return fill("CASE WHEN :1 THEN FALSE WHEN :2 THEN NULL ELSE TRUE END", true, unknown)
        if need.function == "成员数":
            return fill("CASE WHEN COALESCE(:2, 0) = 0 THEN COALESCE(:1, 0) END", true, unknown)
        if need.function == "成员合计":
            return fill("CASE WHEN COALESCE(:2, 0) = 0 THEN COALESCE(:1, 0) END", true, unknown)
        return fill("CASE WHEN :2 = 1 THEN :1 END", true, unknown)  # 户主: the value, and how many heads

    def _count_compared(self, node: exp.Binary) -> Tree:
        kind, left, right = type(node), node.this, node.expression
        if not _counts(left):
            kind, left, right = _MIRROR[kind], right, left
        need = self.need_member(cast("exp.Anonymous", _unwrap(left)))
        sure = fill("COALESCE(:1, 0)", quoted(f"{need.name}_t", "m"))
        most = fill("COALESCE(:1, 0) + COALESCE(:2, 0)", quoted(f"{need.name}_t", "m"), quoted(f"{need.name}_u", "m"))
        return fill(_INTERVAL[kind], sure, most, self.compile(right))

    # ── over other rows ──────────────────────────────────────────────────────────────────────────────────
    def _group(self, node: exp.Anonymous) -> Tree:
        tree = self.compile(node.expressions[0])
        key = (node.name, self.level, tree.sql("duckdb"))
        if key not in self.needs.groups:
            self.needs.groups[key] = Group(f"u{len(self.needs.groups)}", node.name, self.level, tree)
        alias = self.needs.groups[key].name
        if node.name == "全表任一":
            return fill(
                "CASE WHEN :1 THEN TRUE WHEN :2 THEN NULL ELSE FALSE END", quoted("t", alias), quoted("u", alias)
            )
        if node.name == "地区码有效":
            return fill("CASE WHEN NOT :1 IS NULL THEN NOT :2 IS NULL END", tree, quoted("k", alias))
        if node.name in {"不同户数", "不同村数"}:
            return fill("CASE WHEN NOT :1 IS NULL THEN COALESCE(:2, 0) END", tree, quoted("n", alias))
        return fill("CASE WHEN NOT :1 IS NULL THEN COALESCE(:2, 0) <= 1 END", tree, quoted("n", alias))

    # ── lists ────────────────────────────────────────────────────────────────────────────────────────────
    def _list(self, node: exp.Anonymous) -> Tree:
        name = node.expressions[0].name
        condition: Tree = exp.true()
        if len(node.expressions) > 1:
            inner = Compiler(
                self.sight, self.needs, "人", frozenset(), self.exceptions, listed=name, storing=self.storing
            )
            condition = inner.compile(node.expressions[1])
        key = (name, condition.sql("duckdb"))
        if key not in self.needs.hits:
            self.needs.hits[key] = Hit(f"l{len(self.needs.hits)}", name, condition)
        alias = self.needs.hits[key].name
        person = self.compile(exp.column("证件前18位"))
        return fill(
            "CASE WHEN :1 IS NULL THEN NULL WHEN :2 THEN TRUE WHEN :3 THEN NULL ELSE FALSE END",
            person, quoted("t", alias), quoted("u", alias),
        )  # fmt: skip
