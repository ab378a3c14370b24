"""A call that asks whether a person stands on a list in, its SQL out."""

from typing import TYPE_CHECKING

from msgspec.structs import replace
from sqlglot import exp

from fupin_cli.language.needs import Hit
from fupin_cli.language.trees import Tree, fill, quoted, sql_of

if TYPE_CHECKING:
    from fupin_cli.language.sql import Compiler


def on_list(compiler: "Compiler", node: exp.Anonymous) -> Tree:
    """Return whether a row of the list that holds what is asked has the person's number; unknown without one.

    A row whose own number is blank, damaged or starred may be of anybody of its name.
    """
    name = node.expressions[0].name
    condition: Tree = exp.true()
    if len(node.expressions) > 1:
        inner = replace(compiler, level="人", optional=frozenset(), listed=name)
        condition = inner.compile(node.expressions[1])
    hits, key = compiler.needs.hits, (name, sql_of(condition))
    if key not in hits:
        present = compiler.sight.present
        columns = present.get(name, frozenset())
        named = "姓名" in columns and "姓名" in present.get("人", ())
        hits[key] = Hit(f"l{len(hits)}", name, condition, named, "证件号码" in columns)
    alias = hits[key].name
    person = compiler.compile(exp.column("证件前18位"))
    return fill(
        "CASE WHEN :1 IS NULL THEN NULL WHEN :2 THEN TRUE WHEN :3 THEN NULL ELSE FALSE END",
        person, quoted("t", alias), quoted("u", alias),
    )  # fmt: skip
