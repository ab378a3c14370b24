"""A checked rule → the same rule with one thing changed, once for every thing: each must be caught by an example."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial
from typing import Literal, cast, get_args

from msgspec import Struct
from msgspec.structs import replace
from sqlglot import exp

from fupin_cli.language.expression import Expression
from fupin_cli.language.symbols import Symbols
from fupin_cli.language.trees import Tree, unwrap
from fupin_cli.plans.check import Checked

Flip = Literal["comparison", "logic", "boolean"]  # what every rule's examples must catch
Change = Literal[Flip, "part", "literal"]
FLIPS: tuple[Change, ...] = get_args(Flip)

_NUMBERED: dict[
    type[exp.Expression], tuple[type[exp.Binary], ...]
] = {  # the neighbour at the boundary, and the opposite
    exp.LT: (exp.LTE, exp.GTE),
    exp.LTE: (exp.LT, exp.GT),
    exp.GT: (exp.GTE, exp.LTE),
    exp.GTE: (exp.GT, exp.LT),
    exp.EQ: (exp.NEQ,),
    exp.NEQ: (exp.EQ,),
}
_LOGIC: dict[type[exp.Expression], type[exp.Connector]] = {exp.And: exp.Or, exp.Or: exp.And}
_BOOLEAN = (*_NUMBERED, *_LOGIC, exp.Not, exp.In, exp.Between, exp.Like)
_LONGEST = 48  # characters of one side in a mutant's name


class Mutant(Struct, frozen=True):
    """A rule with one thing of one of its conditions changed."""

    name: str  # "must: 年龄 < 16 → 年龄 <= 16"; told apart by #2, #3 where the same stands there twice
    change: Change
    checked: Checked


class _Changed(Struct, frozen=True):
    change: Change
    tree: Tree  # stands in the place of the node
    told: str  # what it was → what it is


def mutants(checked: Checked, symbols: Symbols, changes: tuple[Change, ...] = get_args(Change)) -> list[Mutant]:
    """Return every mutant of a rule's `when`, `must` and `grades`.

    Args:
        checked: the rule as it stands in its file.
        symbols: what its names stand for; a text literal moves to the next of its column's code list.
        changes: which kinds of change.
    """
    found: list[Mutant] = []
    for key, expression, put in _conditions(checked):
        for change, told, tree in _mutated(expression, symbols):
            if change in changes:
                found.append(Mutant(f"{key}: {told}", change, put(replace(expression, tree=tree))))
    return _told_apart(found)


def parts(checked: Checked) -> dict[str, Checked]:
    """Return the branches of `when` and `must`: each side of AND and OR on the row itself, as a rule that claims only it."""
    bare = replace(checked.rule, since=None, until=None, regions=(), grades=())
    found: dict[str, Checked] = {}
    for key, expression, _ in _conditions(replace(checked, grades=())):
        for node in _sides(expression.tree):
            found.setdefault(f"{key}: {_text(node)}", Checked(bare, None, replace(expression, tree=node.copy()), ()))
    return found  # fmt: skip


def _conditions(checked: Checked) -> Iterator[tuple[str, Expression, Callable[[Expression], Checked]]]:
    """Yield each condition of a rule, and how the rule is with another in its place."""
    if checked.when is not None:
        yield "when", checked.when, lambda one: replace(checked, when=one)
    if "必填已填" not in checked.must.calls:  # the profile writes that one out
        yield "must", checked.must, lambda one: replace(checked, must=one)
    for place, (_, expression) in enumerate(checked.grades):
        yield f"grades[{place}]", expression, partial(_graded, checked, place)


def _graded(checked: Checked, place: int, expression: Expression) -> Checked:
    grades = list(checked.grades)
    grades[place] = grades[place][0], expression
    return replace(checked, grades=tuple(grades))


def _sides(tree: Tree) -> Iterator[Tree]:
    node = cast("Tree", unwrap(tree))
    if isinstance(node, (exp.And, exp.Or)):
        yield from _sides(node.this)
        yield from _sides(node.expression)
    else:
        yield node


def _told_apart(found: list[Mutant]) -> list[Mutant]:
    """Number the names that stand there twice."""
    times: dict[str, int] = {}
    told = []
    for one in found:
        times[one.name] = times.get(one.name, 0) + 1
        told.append(one if times[one.name] == 1 else replace(one, name=f"{one.name} #{times[one.name]}"))
    return told


def _mutated(expression: Expression, symbols: Symbols) -> Iterator[tuple[Change, str, Tree]]:
    nodes = [cast("Tree", node) for node in expression.tree.walk()]
    for place, node in enumerate(nodes):
        for changed in _changes(node, symbols, expression.listed):
            tree = expression.tree.copy()
            own = list(tree.walk())[place]
            if own.parent is None:
                yield changed.change, changed.told, changed.tree
            else:
                own.replace(changed.tree)
                yield changed.change, changed.told, tree


def _changes(node: Tree, symbols: Symbols, listed: str | None) -> Iterator[_Changed]:
    yield from _flips(node)
    if _is_part(node):
        for value in (exp.true(), exp.false()):
            yield _changed("part", node, value)
    if isinstance(node, exp.Literal):
        yield from _neighbours(node, symbols, listed)


def _flips(node: Tree) -> Iterator[_Changed]:
    kind = type(node)
    if kind in _NUMBERED:
        for other in _NUMBERED[kind]:
            yield _changed(
                "comparison", node, cast("Tree", other(this=node.this.copy(), expression=node.expression.copy()))
            )
    elif kind in _LOGIC:
        left, right = _bracketed(node.this), _bracketed(node.expression)
        yield _changed("logic", node, cast("Tree", _LOGIC[kind](this=left, expression=right)))
    elif isinstance(node, exp.Not):
        yield _changed("boolean", node, node.this.copy())
    elif isinstance(node, exp.Between):
        yield from _bounds(node)
    elif isinstance(node, exp.In):
        yield from _elements(node)
    if isinstance(node, (exp.In, exp.Between, exp.Like)) and not _negated(node):
        yield _changed("comparison", node, exp.Not(this=_bracketed(node)))
    elif _is_atom(node) and not _negated(node):
        yield _changed("boolean", node, exp.Not(this=node.copy()))


def _bounds(node: exp.Between) -> Iterator[_Changed]:
    value, low, high = node.this, node.args["low"], node.args["high"]
    for first, last in ((exp.GT, exp.LTE), (exp.GTE, exp.LT)):
        lower, upper = (
            first(this=value.copy(), expression=low.copy()),
            last(this=value.copy(), expression=high.copy()),
        )
        yield _changed("comparison", node, exp.And(this=lower, expression=upper))


def _elements(node: exp.In) -> Iterator[_Changed]:
    for place, element in enumerate(node.expressions):
        rest = [one.copy() for other, one in enumerate(node.expressions) if other != place]
        if rest:
            told = f"{_text(node.this)} IN (…) → without {_text(element)}"
            yield _Changed("comparison", exp.Paren(this=exp.In(this=node.this.copy(), expressions=rest)), told)


def _neighbours(node: exp.Literal, symbols: Symbols, listed: str | None) -> Iterator[_Changed]:
    """Move a number or a day by one, a text to the next of its column's code list."""
    parent = node.parent
    if isinstance(parent, exp.Cast):
        for step in (-1, 1):
            day = date.fromisoformat(node.name) + timedelta(step)
            yield _moved(node, exp.Literal.string(day.isoformat()))
    elif node.is_int and isinstance(parent, (*_NUMBERED, exp.Between, exp.In, exp.Add, exp.Sub, exp.Mul)):
        for step in (-1, 1):
            yield _moved(node, exp.Literal.number(int(node.name) + step))
    elif node.is_string and isinstance(parent, (exp.EQ, exp.NEQ)):
        beside = unwrap(parent.expression if parent.this is node else parent.this)
        column = symbols.column(beside.name) if isinstance(beside, exp.Column) and listed is None else None
        if column is not None and node.name in column.values:
            others = [*column.values, *column.values]
            other = others[others.index(node.name) + 1]
            if other != node.name:
                yield _moved(node, exp.Literal.string(other))


def _moved(node: exp.Literal, tree: Tree) -> _Changed:
    around = node.parent.parent if isinstance(node.parent, exp.Cast) else node.parent
    return _Changed("literal", tree, f"{_text(cast('Tree', around))}: {node.sql('duckdb')} → {tree.sql('duckdb')}")


def _is_part(node: Tree) -> bool:
    """Tell whether a node is one side of AND or OR, or a whole condition."""
    parent = node.parent
    while isinstance(parent, exp.Paren):
        parent = parent.parent
    if isinstance(node, exp.Paren):
        return False
    return (
        parent is None
        or isinstance(parent, (exp.And, exp.Or))
        or (isinstance(parent, exp.Anonymous) and isinstance(node, _BOOLEAN))
    )


_CONDITIONS = {"任一成员", "所有成员", "成员数", "曾有成员", "全表任一", "名单有"}  # functions that take a condition
_CLAIMS = {
    *("为空", "含", "在名单", "名单有", "任一成员", "所有成员", "曾有成员", "全表唯一", "户内唯一", "全表任一"),
    *("证件校验通过", "匹配", "地区码有效", "已读"),
}  # fmt: skip


def _is_atom(node: Tree) -> bool:
    """Tell whether a node is a condition that is no comparison: a column of yes or no, or a call that answers."""
    if isinstance(node, exp.Anonymous):
        return node.name in _CLAIMS
    if not isinstance(node, exp.Column):
        return False
    parent = node.parent
    while isinstance(parent, exp.Paren):
        parent = parent.parent
    if isinstance(parent, exp.Anonymous):
        return parent.name in _CONDITIONS
    return parent is None or isinstance(parent, (exp.And, exp.Or, exp.Not))


def _negated(node: Tree) -> bool:
    parent = node.parent
    while isinstance(parent, exp.Paren):
        parent = parent.parent
    return isinstance(parent, exp.Not)


def _bracketed(node: Tree) -> Tree:
    return exp.Paren(this=node.copy()) if isinstance(node, _BOOLEAN) else node.copy()


def _changed(change: Change, node: Tree, tree: Tree) -> _Changed:
    return _Changed(
        change, exp.Paren(this=tree) if isinstance(tree, _BOOLEAN) else tree, f"{_text(node)} → {_text(tree)}"
    )


def _text(node: Tree) -> str:
    """Return what a node reads like, as rule files write it; of AND and OR each side is kept short."""
    bare = cast("Tree", unwrap(node))
    if isinstance(bare, (exp.And, exp.Or)):
        word = "AND" if isinstance(bare, exp.And) else "OR"
        return f"{_short(bare.this)} {word} {_short(bare.expression)}"
    return bare.sql("duckdb")


def _short(node: Tree) -> str:
    text = node.sql("duckdb")
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST // 2]}…{text[-_LONGEST // 2 :]}"
