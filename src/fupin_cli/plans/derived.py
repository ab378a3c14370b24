"""What rules need of derived columns → the tables that hold them: 推_人, 推_户, and those of the earlier edition."""

from collections.abc import Iterator

from sqlglot import exp

from fupin_cli.language.levels import alias_of
from fupin_cli.language.needs import Needs, Sight
from fupin_cli.language.once import written_out
from fupin_cli.language.sql import Compiler
from fupin_cli.language.symbols import Level
from fupin_cli.language.trees import Tree, sql_of
from fupin_cli.model.rows import Rows, rows_with

_ALWAYS = ("在册", "证件前18位")  # the statements themselves read these


def stored(sight: Sight, needs: Needs) -> dict[Level, dict[str, Tree]]:
    """Return the derived columns and calls to store, by level, those that others build on before them."""
    columns: dict[Level, dict[str, Tree]] = {"户": {}, "人": {}}

    def store(wanted: Needs) -> None:
        for name in sorted(wanted.derived & sight.derived.keys()):
            choice, level, inner = sight.derived[name], sight.symbols.derived[name].level, Needs()
            if name not in columns[level]:
                tree = Compiler(sight, inner, level, choice.optional, storing=True).compile(choice.expression.tree)
                store(inner)
                columns[level][name] = tree
        for (level, called), node in wanted.calls.items():
            if called not in columns[level]:
                inner = Needs()
                tree = written_out(Compiler(sight, inner, level, storing=True), node)
                store(inner)
                columns[level][called] = tree

    store(Needs(derived={*needs.derived, *_ALWAYS}, calls=needs.calls))
    return columns


def laid_in(table: str, level: Level, columns: dict[str, Tree], rows: Rows) -> str:
    """Return the statement that stores derived columns, which need nothing but their row.

    One that others build on is a column of a SELECT inside theirs: written out in their place, it would be planned and reckoned anew in each.
    """
    alias = alias_of(level)
    for depth in _depths(alias, columns):
        parts = ", ".join([f"{alias}.*", *(f"{sql_of(columns[name])} AS {_quoted(name)}" for name in depth)])
        rows = Rows(f" FROM (SELECT {parts}{rows_with(rows, parts)}) {alias}", rows.joins)
    told = ", ".join([f'{alias}."_id"', *(f"{alias}.{_quoted(name)}" for name in columns)])
    return f'CREATE OR REPLACE TABLE "{table}" AS SELECT {told}{rows.alone}'


def _depths(alias: str, columns: dict[str, Tree]) -> Iterator[list[str]]:
    """Yield the columns that build on none, then those that build on these, and so on."""
    depth: dict[str, int] = {}
    for name, tree in columns.items():
        inner = (depth.get(one.name, -1) for one in tree.find_all(exp.Column) if one.table == alias)
        depth[name] = 1 + max(inner, default=-1)
    for number in sorted(set(depth.values())):
        yield [name for name, found in depth.items() if found == number]


def _quoted(name: str) -> str:
    return sql_of(exp.to_identifier(name, quoted=True))
