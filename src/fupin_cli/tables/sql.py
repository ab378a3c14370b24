"""Names and literals as they stand in SQL text."""

from collections.abc import Mapping, Sequence

from fupin_cli.engines.sql import literal
from fupin_cli.engines.sql import quoted as name
from fupin_cli.model.dictionary import Type

__all__ = ["SQL_TYPES", "literal", "literals", "lookup", "name", "sql_type"]
SQL_TYPES: dict[Type, str] = {"数字": "DOUBLE", "整数": "BIGINT", "日期": "DATE", "年份": "INTEGER", "真假": "BOOLEAN"}


def literals(texts: Sequence[str]) -> str:
    """Return texts in single quotes, a comma between."""
    return ", ".join(literal(text) for text in texts)


def sql_type(kind: Type) -> str:
    """Return the SQL type a dictionary type is kept in."""
    return SQL_TYPES.get(kind, "VARCHAR")


def lookup(subject: str, answers: Mapping[str, str], otherwise: str = "NULL") -> str:
    """Return a CASE that answers a text with a text, in the order given; texts of one answer in a row stand together."""
    branches: list[tuple[list[str], str]] = []
    for text, answer in answers.items():
        if branches and branches[-1][1] == answer:
            branches[-1][0].append(text)
        else:
            branches.append(([text], answer))
    if not branches:
        return f"CAST({otherwise} AS VARCHAR)"
    whens = " ".join(f"WHEN {subject} IN ({literals(texts)}) THEN {literal(answer)}" for texts, answer in branches)
    return f"CASE {whens} ELSE {otherwise} END"
