"""A rule's conditions taken apart: each part in the words of the rule, with the SQL of its truth or value on a row."""

from collections.abc import Iterator
from typing import cast

from msgspec.structs import replace
from sqlglot import exp

from fupin_cli.language.functions import AWAY, LISTS
from fupin_cli.language.sql import Compiler
from fupin_cli.language.trees import Tree
from fupin_cli.model.plan import PlannedStep
from fupin_cli.plans.check import Book, Checked

DEEPEST = 7  # derived columns inside derived columns
_BOOLEAN = (exp.And, exp.Or, exp.Not)
_OPAQUE = (*AWAY, *LISTS)  # what stands inside is said of other rows


def steps(asked: Checked, compiler: Compiler, book: Book, unsaid: dict[str, Tree]) -> tuple[PlannedStep, ...]:
    """Return the parts of `when`, `must` and the grades, each under the part it belongs to.

    Args:
        asked: the rule.
        compiler: of the rule; what the parts need is noted in its needs.
        book: the rule book, for the kinds of columns.
        unsaid: what `when` need not say, compiled.
    """
    conditions = [("when", asked.when), ("must", asked.must), *((severity, grade) for severity, grade in asked.grades)]
    found = [
        PlannedStep(text, tree.sql("duckdb", identify=True), 0, truth=True, role="when")
        for text, tree in unsaid.items()
    ]
    for role, expression in conditions:
        if expression is not None:
            found += [replace(step, role=role) for step in _Walk(book).truth(expression.tree, compiler, 0)]
    return tuple(found)


class _Walk:
    """One condition; a derived column is taken apart where it is met first."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._seen: set[str] = set()

    def truth(self, node: Tree, compiler: Compiler, depth: int) -> Iterator[PlannedStep]:
        """Yield a condition and its parts."""
        node = _bare(node)
        yield _step(node, compiler, depth, truth=True)
        if isinstance(node, exp.Not):
            yield from self.truth(node.this, compiler, depth + 1)
        elif isinstance(node, exp.And | exp.Or):
            for part in _parts(node):
                yield from self.truth(part, compiler, depth + 1)
        elif isinstance(node, exp.Column):
            yield from self._inside(node, compiler, depth)
        else:
            yield from self._operands(node, compiler, depth + 1)

    def _operands(self, node: Tree, compiler: Compiler, depth: int) -> Iterator[PlannedStep]:
        """Yield the values a comparison or a function rests on, each once."""
        for part in _operands(node):
            text = part.sql("duckdb")
            if text in self._seen:
                continue
            self._seen.add(text)
            yield _step(part, compiler, depth, truth=False)
            if isinstance(part, exp.Column):
                yield from self._inside(part, compiler, depth)

    def _inside(self, column: exp.Column, compiler: Compiler, depth: int) -> Iterator[PlannedStep]:
        """Yield what a derived column is made of."""
        choice = compiler.sight.derived.get(column.name)
        if choice is None or depth >= DEEPEST or compiler.listed is not None or compiler.where(column.name) is not None:
            return
        level = self._book.symbols.derived[column.name].level
        inner = Compiler(compiler.sight, compiler.needs, level, choice.optional)
        tree = _bare(choice.expression.tree)
        if choice.expression.kind == "真假" and isinstance(tree, _BOOLEAN):
            for part in _parts(tree):
                yield from self.truth(part, inner, depth + 1)
        else:
            yield from self._operands(tree, inner, depth + 1)


def _bare(node: Tree) -> Tree:
    """Return what stands inside brackets."""
    while isinstance(node, exp.Paren):
        node = node.this
    return node


def _parts(node: Tree) -> list[Tree]:
    """Return what an AND or OR joins; of anything else itself."""
    return [cast("Tree", part) for part in node.flatten()] if isinstance(node, exp.And | exp.Or) else [node]


def _operands(node: Tree) -> Iterator[Tree]:
    """Yield columns, parameters and functions over other rows, from the left; what stands inside the last is not entered."""
    if isinstance(node, exp.Column) or (
        isinstance(node, exp.Anonymous) and (node.name in _OPAQUE or node.name == "参数")
    ):
        yield node
    else:
        for child in node.iter_expressions():
            yield from _operands(child)


def _step(node: Tree, compiler: Compiler, depth: int, *, truth: bool) -> PlannedStep:
    sql = compiler.compile(node).sql("duckdb", identify=True)
    column = node.name if isinstance(node, exp.Column) else ""
    known = compiler.where(column) is not None if column else False
    return PlannedStep(node.sql("duckdb"), sql, depth, truth=truth, column=column if known else "")
