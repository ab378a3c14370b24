"""Text of a rule → checked expression: parsed by sqlglot, held to an allow-list, every name and type known."""

from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import cast

import sqlglot
from sqlglot import exp
from sqlglot.errors import ParseError, TokenError

from fupin_cli.language.functions import FUNCTIONS, GROUPS, MEMBERS, SPECIAL
from fupin_cli.language.symbols import Kind, Level, Symbol, Symbols

_LOGIC = (exp.And, exp.Or)
_COMPARE = (exp.EQ, exp.NEQ, exp.LT, exp.LTE, exp.GT, exp.GTE)
_ARITHMETIC = (exp.Add, exp.Sub, exp.Mul, exp.Div)


@dataclass(frozen=True, slots=True)
class Mistake:
    """One fault of an expression: where in its text, and what, in both languages."""

    start: int  # position in the text, counted from 0
    end: int  # last position, included
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Expression:
    """A checked expression and what it uses."""

    text: str
    tree: exp.Expression
    level: Level
    kind: Kind
    columns: frozenset[str] = frozenset()  # of the row itself, derived ones included
    members: frozenset[str] = frozenset()  # inside member functions
    parameters: frozenset[str] = frozenset()
    lists: frozenset[str] = frozenset()
    previous: bool = False


@dataclass(slots=True)
class _Check:
    """The walk over one tree."""

    text: str
    symbols: Symbols
    level: Level
    derived: bool  # CASE and the functions for derived columns are allowed
    mistakes: list[Mistake] = field(default_factory=list)
    columns: set[str] = field(default_factory=set)
    members: set[str] = field(default_factory=set)
    parameters: set[str] = field(default_factory=set)
    lists: set[str] = field(default_factory=set)
    previous: bool = False
    inside: list[str] = field(default_factory=list)  # member, group and list functions around the node
    listed: str | None = None  # the list whose columns are in sight

    # ── places ──
    def fault(self, node: exp.Expression, zh: str, en: str) -> None:
        start, end = _span(node, self.text)
        self.mistakes.append(Mistake(start, end, zh, en))

    # ── kinds ──
    def kind(self, node: exp.Expression) -> Kind | None:
        """Return the kind of a node, or None when it has a fault (already told)."""
        if isinstance(node, exp.Paren):
            return self.kind(node.this)
        for types, check in _CHECKS:
            if isinstance(node, types):
                return check(self, node)
        self.fault(node, f"规则里不能用 {_word(node)}", f"{_word(node)} is not allowed in a rule")
        return None

    def want(self, node: exp.Expression, kind: Kind, role_zh: str, role_en: str) -> None:
        """Say so when `node` is not of that kind."""
        got = self.kind(node)
        if got is not None and got != kind and not (kind == "文本" and got == "代码"):
            self.fault(
                node,
                f"{role_zh}应是{kind}，这里是{got}：{_sql(node)}",
                f"{role_en} must be {kind}, this is {got}: {_sql(node)}",
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
    return min(mark["start"] for mark in marks), max(mark["end"] for mark in marks)


def _nearest(name: str, names: list[str]) -> tuple[str, str]:
    near = get_close_matches(name, names, n=3, cutoff=0.4)
    if not near:
        return "", ""
    return f"；相近的有：{'、'.join(near)}", f"; nearest: {', '.join(near)}"


# ── one check per node type ──────────────────────────────────────────────────────────────────────────────


def _logic(walk: _Check, node: exp.Expression) -> Kind:
    for side in (node.this, node.args.get("expression")):
        if side is not None:
            walk.want(side, "真假", "AND、OR、NOT 的两边", "each side of AND, OR, NOT")
    return "真假"


def _compare(walk: _Check, node: exp.Expression) -> Kind:
    left, right = node.this, node.expression
    kinds = walk.kind(left), walk.kind(right)
    if None in kinds:
        return "真假"
    if "多值" in kinds:
        zh, en = (
            "多值列只能用 含(列, '值') 和 项数(列)",
            "a 多值 column takes only 含(column, 'value') and 项数(column)",
        )
        walk.fault(node, zh, en)
    elif not _comparable(*cast("tuple[Kind, Kind]", kinds)):
        walk.fault(
            node, f"两边类型不同：{kinds[0]} 与 {kinds[1]}", f"the two sides differ in type: {kinds[0]} and {kinds[1]}"
        )
    else:
        _coded(walk, left, [right])
        _coded(walk, right, [left])
    return "真假"


def _comparable(left: Kind, right: Kind) -> bool:
    texts = ("文本", "代码")
    return left == right or (left in texts and right in texts)


def _coded(walk: _Check, column: exp.Expression, others: list[exp.Expression]) -> None:
    """Every literal beside a coded column must be in its code list."""
    symbol = _symbol(walk, column)
    if symbol is None or not symbol.values:
        return
    known = [*symbol.values, *([symbol.blank] if symbol.blank else [])]
    for other in others:
        if isinstance(other, exp.Literal) and other.is_string and other.name not in known:
            zh, en = _nearest(other.name, known)
            walk.fault(
                other,
                f"“{other.name}”不在{symbol.name}的码表里{zh}",
                f"'{other.name}' is not in the code list of {symbol.name}{en}",
            )


def _symbol(walk: _Check, node: exp.Expression) -> Symbol | None:
    if isinstance(node, exp.Anonymous) and node.name in {"户主", "本人", "上期"} and node.expressions:
        outer = _Check(walk.text, walk.symbols, walk.level, walk.derived)
        return _symbol(outer, node.expressions[0])
    if not isinstance(node, exp.Column):
        return None
    if walk.listed and node.name in walk.symbols.lists[walk.listed]:
        return walk.symbols.lists[walk.listed][node.name]
    return walk.symbols.column(node.name)


def _between(walk: _Check, node: exp.Expression) -> Kind:
    kinds = [walk.kind(part) for part in (node.this, node.args["low"], node.args["high"])]
    if None not in kinds and (len(set(kinds)) > 1 or kinds[0] not in {"数字", "日期"}):
        walk.fault(
            node, f"BETWEEN 要三个数字或三个日期，这里是 {kinds}", f"BETWEEN takes three numbers or dates, not {kinds}"
        )
    return "真假"


def _in(walk: _Check, node: exp.Expression) -> Kind:
    kind = walk.kind(node.this)
    if node.args.get("query") or node.args.get("unnest") or not node.expressions:
        walk.fault(node, "IN 后面只能是括号里的常量", "IN takes constants in brackets")
        return "真假"
    if kind in {"多值", "真假"}:
        walk.fault(
            node,
            "多值列和真假列不能用 IN；多值列用 含(列, '值', …)",
            "IN is not for 多值 or 真假; use 含(column, 'value', …)",
        )
    for value in node.expressions:
        if isinstance(value, exp.Null):
            zh, en = "IN 里不能有 NULL：结果会全部变成无法判断", "NULL inside IN makes every result unknown"
            walk.fault(node, zh, en)
        elif not isinstance(value, (exp.Literal, exp.Cast)):
            walk.fault(value, "IN 里只能是常量", "IN takes constants only")
        else:
            other = walk.kind(value)
            if kind and other and not _comparable(kind, other):
                walk.fault(value, f"类型不同：{kind} 与 {other}", f"types differ: {kind} and {other}")
    _coded(walk, node.this, node.expressions)
    return "真假"


def _like(walk: _Check, node: exp.Expression) -> Kind:
    walk.want(node.this, "文本", "LIKE 左边", "the left side of LIKE")
    if not isinstance(node.expression, exp.Literal):
        walk.fault(node, "LIKE 右边要是常量", "the right side of LIKE must be a constant")
    return "真假"


def _arithmetic(walk: _Check, node: exp.Expression) -> Kind:
    for side in (node.this, node.expression):
        walk.want(side, "数字", "加减乘除的两边", "each side of + - * /")
    return "数字"


def _number_function(walk: _Check, node: exp.Expression) -> Kind:
    walk.want(node.this, "数字", "参数", "the argument")
    return "数字"


def _length(walk: _Check, node: exp.Expression) -> Kind:
    walk.want(node.this, "文本", "LENGTH 的参数", "the argument of LENGTH")
    return "数字"


def _literal(_walk: _Check, node: exp.Expression) -> Kind:
    return "文本" if cast("exp.Literal", node).is_string else "数字"


def _boolean(_walk: _Check, _node: exp.Expression) -> Kind:
    return "真假"


def _cast(walk: _Check, node: exp.Expression) -> Kind | None:
    if isinstance(node.this, exp.Literal) and cast("exp.Cast", node).to.is_type("date"):
        return "日期"
    walk.fault(node, "只能写 DATE '2020-01-01'", "only DATE '2020-01-01' may be written")
    return None


def _null(walk: _Check, node: exp.Expression) -> None:
    walk.fault(node, "规则里不能写 NULL；空白用 为空(列)", "NULL may not be written; blank is 为空(column)")


def _is(walk: _Check, node: exp.Expression) -> Kind:
    walk.fault(node, "规则里不能用 IS；空白用 为空(列)", "IS may not be used; blank is 为空(column)")
    return "真假"


def _case(walk: _Check, node: exp.Expression) -> Kind | None:
    if not walk.derived:
        walk.fault(node, "规则里不能用 CASE：它会掩盖无法判断", "CASE may not be used in a rule: it hides unknowns")
        return None
    kinds: list[Kind | None] = []
    for branch in node.args["ifs"]:
        walk.want(branch.this, "真假", "WHEN 后面", "what follows WHEN")
        kinds.append(walk.kind(branch.args["true"]))
    if node.args.get("default") is not None:
        kinds.append(walk.kind(node.args["default"]))
    return kinds[0]


def _column(walk: _Check, node: exp.Expression) -> Kind | None:
    name = node.name
    if walk.listed and name in (columns := walk.symbols.lists[walk.listed]):
        return columns[name].kind
    if walk.listed and name == "例外":
        return "真假"
    symbol = walk.symbols.column(name)
    if symbol is None or walk.listed:
        known = list(walk.symbols.lists[walk.listed]) if walk.listed else [*walk.symbols.columns, *walk.symbols.derived]
        zh, en = _nearest(name, known)
        of_zh, of_en = (f"名单“{walk.listed}”里", f"in the list {walk.listed} ") if walk.listed else ("", "")
        walk.fault(node, f"{of_zh}没有“{name}”这一列{zh}", f"there is no column {name} {of_en}".rstrip() + en)
        return None
    over_members = any(name in MEMBERS for name in walk.inside)
    if symbol.level == "人" and walk.level == "户" and not over_members:
        walk.fault(
            node,
            f"“{name}”是成员的列，户规则里要放在 任一成员(…) 等函数中",
            f"{name} is a member's column: in a 户 rule it stands inside 任一成员(…) and the like",
        )
    (walk.members if over_members else walk.columns).add(name)
    return symbol.kind


def _function(walk: _Check, node: exp.Expression) -> Kind | None:
    name = node.name
    if name in _SPECIAL_CHECKS:
        return _SPECIAL_CHECKS[name](walk, node)
    function = FUNCTIONS.get(name)
    if function is None or (function.derived_only and not walk.derived):
        zh, en = _nearest(name, [*FUNCTIONS, *SPECIAL])
        walk.fault(node, f"没有“{name}”这个函数{zh}", f"there is no function {name}{en}")
        return None
    if len(node.expressions) != len(function.takes):
        walk.fault(node, f"{name} 要 {len(function.takes)} 个参数", f"{name} takes {len(function.takes)} argument(s)")
        return function.gives
    for argument, kind in zip(node.expressions, function.takes, strict=True):
        walk.want(argument, kind, f"{name} 的参数", f"the argument of {name}")
    if name == "匹配" and not isinstance(node.expressions[1], exp.Literal):
        walk.fault(node, "匹配 的第二个参数要是常量", "the second argument of 匹配 must be a constant")
    return function.gives


# ── functions of our own that need more than their arguments ─────────────────────────────────────────────


def _arguments(walk: _Check, node: exp.Expression, least: int, most: int | None = None) -> bool:
    count = len(node.expressions)
    if count < least or (most is not None and count > most):
        walk.fault(node, f"应写作 {SPECIAL[node.name]}", f"write {SPECIAL[node.name]}")
        return False
    return True


def _blank(walk: _Check, node: exp.Expression) -> Kind:
    if _arguments(walk, node, 1, 1):
        column = node.expressions[0]
        walk.kind(column)
        symbol = _symbol(walk, column)
        if not isinstance(column, exp.Column) or (
            symbol is not None and symbol.alternatives and symbol.name not in walk.symbols.columns
        ):
            walk.fault(node, "为空 只问表里的一列", "为空 asks about one column of the registry")
    return "真假"


def _has(walk: _Check, node: exp.Expression) -> Kind:
    if _arguments(walk, node, 2):
        if walk.kind(node.expressions[0]) not in {"多值", None}:
            walk.fault(node, "含 的第一个参数要是多值列", "the first argument of 含 must be a 多值 column")
        if not all(isinstance(value, exp.Literal) for value in node.expressions[1:]):
            walk.fault(node, "含 的值要是常量", "the values of 含 must be constants")
        _coded(walk, node.expressions[0], node.expressions[1:])
    return "真假"


def _count_values(walk: _Check, node: exp.Expression) -> Kind:
    if _arguments(walk, node, 1, 1) and walk.kind(node.expressions[0]) not in {"多值", None}:
        walk.fault(node, "项数 的参数要是多值列", "the argument of 项数 must be a 多值 column")
    return "数字"


def _over_members(walk: _Check, node: exp.Expression) -> Kind | None:
    if not _arguments(walk, node, 1, 1):
        return None
    if any(name in (*MEMBERS, *GROUPS) for name in walk.inside):
        walk.fault(node, "成员函数里不能再套成员函数", "no member function inside another")
        return None
    walk.inside.append(node.name)
    kind = walk.kind(node.expressions[0])
    walk.inside.pop()
    if node.name == "户主":
        return kind
    wanted: Kind = "数字" if node.name == "成员合计" else "真假"
    if kind is not None and kind != wanted:
        walk.fault(node, f"{node.name} 里应是{wanted}，这里是{kind}", f"{node.name} takes {wanted}, not {kind}")
    return "数字" if node.name in {"成员数", "成员合计"} else "真假"


def _over_rows(walk: _Check, node: exp.Expression) -> Kind:
    if _arguments(walk, node, 1, 1):
        if any(name in GROUPS for name in walk.inside):
            walk.fault(node, "不能再套同类函数", "no such function inside another")
        walk.inside.append(node.name)
        walk.kind(node.expressions[0])
        walk.inside.pop()
    return "数字" if node.name in {"不同户数", "不同村数"} else "真假"


def _parameter(walk: _Check, node: exp.Expression) -> Kind | None:
    if not _arguments(walk, node, 1, 3):
        return None
    name = node.expressions[0]
    if not (isinstance(name, exp.Literal) and name.is_string):
        walk.fault(node, "参数的名称要是常量", "the name of a parameter must be a constant")
        return None
    if name.name not in walk.symbols.parameters:
        zh, en = _nearest(name.name, list(walk.symbols.parameters))
        walk.fault(name, f"没有参数“{name.name}”{zh}", f"there is no parameter {name.name}{en}")
        return None
    if len(node.expressions) > 1:
        walk.want(node.expressions[1], "日期", "参数的第二项", "the second argument of 参数")
    if len(node.expressions) > 2:
        walk.want(node.expressions[2], "文本", "参数的第三项", "the third argument of 参数")
    walk.parameters.add(name.name)
    return walk.symbols.parameters[name.name]


def _on_list(walk: _Check, node: exp.Expression) -> Kind:
    if not _arguments(walk, node, 1 if node.name == "在名单" else 2, 1 if node.name == "在名单" else 2):
        return "真假"
    name = node.expressions[0]
    if not (isinstance(name, exp.Literal) and name.name in walk.symbols.lists):
        zh, en = _nearest(name.name, list(walk.symbols.lists))
        walk.fault(name, f"没有名单“{name.name}”{zh}", f"there is no list {name.name}{en}")
        return "真假"
    if walk.level == "户" and not any(inside in MEMBERS for inside in walk.inside):
        walk.fault(node, "户规则里名单要放在 任一成员(…) 中", "in a 户 rule a list stands inside 任一成员(…)")
    walk.lists.add(name.name)
    walk.columns.add("证件前18位") if walk.level == "人" else walk.members.add("证件前18位")
    if len(node.expressions) > 1:
        outer, walk.listed = walk.listed, name.name
        walk.want(node.expressions[1], "真假", "名单条件", "the condition on a list")
        walk.listed = outer
    return "真假"


def _self(walk: _Check, node: exp.Expression) -> Kind | None:
    if not _arguments(walk, node, 1, 1):
        return None
    if not walk.listed:
        walk.fault(node, "本人(列) 只用在名单条件里", "本人(column) stands in conditions on a list only")
    outer, walk.listed = walk.listed, None
    kind = walk.kind(node.expressions[0])
    walk.listed = outer
    return kind


def _previous(walk: _Check, node: exp.Expression) -> Kind | None:
    walk.previous = True
    return walk.kind(node.expressions[0]) if _arguments(walk, node, 1, 1) else None


def _known_sum(walk: _Check, node: exp.Expression) -> Kind:
    if _arguments(walk, node, 1):
        for argument in node.expressions:
            walk.want(argument, "数字", "已知合计 的参数", "an argument of 已知合计")
    return "数字"


def _region(walk: _Check, node: exp.Expression) -> Kind:
    if _arguments(walk, node, 1, 1):
        walk.want(node.expressions[0], "文本", "地区码有效 的参数", "the argument of 地区码有效")
    return "真假"


_SPECIAL_CHECKS = {
    "为空": _blank,
    "含": _has,
    "项数": _count_values,
    **dict.fromkeys(MEMBERS, _over_members),
    **dict.fromkeys(GROUPS, _over_rows),
    "参数": _parameter,
    "在名单": _on_list,
    "名单有": _on_list,
    "本人": _self,
    "上期": _previous,
    "已知合计": _known_sum,
    "地区码有效": _region,
}

_CHECKS = (
    ((exp.And, exp.Or, exp.Not), _logic),
    (_COMPARE, _compare),
    (exp.Between, _between),
    (exp.In, _in),
    (exp.Like, _like),
    (_ARITHMETIC, _arithmetic),
    ((exp.Neg, exp.Abs, exp.Round), _number_function),
    (exp.Length, _length),
    (exp.Literal, _literal),
    (exp.Boolean, _boolean),
    (exp.Cast, _cast),
    (exp.Null, _null),
    (exp.Is, _is),
    (exp.Case, _case),
    (exp.Column, _column),
    (exp.Anonymous, _function),
)


def parse(
    text: str, symbols: Symbols, level: Level, *, listed: str | None = None, derived: bool = False
) -> Expression | list[Mistake]:
    """Return the checked expression, or every mistake in it.

    Args:
        text: SQL boolean expression of a rule, or any expression of a derived column.
        symbols: every name it may use.
        level: 户 or 人, whose rows it speaks of.
        listed: the list whose columns it speaks of (exceptions of a profile).
        derived: the text stands in derived.yaml, where CASE is allowed.
    """
    try:
        tree = sqlglot.parse_one(text, dialect="duckdb")
    except ParseError as error:
        return [_syntax(text, error)]
    except TokenError:
        return [
            Mistake(
                0, max(0, len(text) - 1), "写法不完整：引号或括号没有配对", "unfinished: a quote or bracket is open"
            )
        ]
    walk = _Check(text, symbols, level, derived, listed=listed)
    kind = walk.kind(tree)
    if walk.mistakes or kind is None:
        return walk.mistakes
    return Expression(
        text=text,
        tree=tree,
        level=level,
        kind=kind,
        columns=frozenset(walk.columns),
        members=frozenset(walk.members),
        parameters=frozenset(walk.parameters),
        lists=frozenset(walk.lists),
        previous=walk.previous,
    )


def _syntax(text: str, error: ParseError) -> Mistake:
    first = error.errors[0] if error.errors else {}
    word = str(first.get("highlight") or "")
    end = int(first.get("col") or 1) - 1
    start = max(0, end - len(word) + 1)
    return Mistake(start, min(end, len(text)), f"“{word}”附近写法不对", f"cannot be read near '{word}'")
