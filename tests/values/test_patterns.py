"""Regular expressions that are compiled when they are first asked."""

import importlib
import pkgutil
import re
from collections.abc import Iterator

import pytest

from fupin_cli import tables
from fupin_cli.values.patterns import _Uncompiled, regex


def of_tables() -> Iterator[tuple[str, object]]:
    """Every expression that stands in a module of `tables`, alone or among others."""
    for module in pkgutil.iter_modules(tables.__path__):
        for name, value in vars(importlib.import_module(f"fupin_cli.tables.{module.name}")).items():
            several = value if isinstance(value, tuple) else (value,)
            yield from ((f"{module.name}.{name}", each) for each in several if isinstance(each, _Uncompiled))


def test_every_expression_of_the_tables_can_be_compiled():
    found = list(of_tables())
    assert len(found) > 100
    for name, expression in found:
        assert isinstance(expression.search(""), re.Match | None), name


def test_an_expression_answers_as_a_compiled_one():
    late, once = regex("(?P<first>a+)B", re.IGNORECASE), re.compile("(?P<first>a+)B", re.IGNORECASE)
    for text in ("", "xAABx", "b", "aab"):
        assert (found := late.search(text)) is None or found["first"] == once.search(text)["first"]
        assert bool(late.fullmatch(text)) is bool(once.fullmatch(text))
        assert late.sub("-", text) == once.sub("-", text)
    assert late.pattern == once.pattern


def test_an_error_of_an_expression_is_told_when_it_is_asked():
    broken = regex("(")
    with pytest.raises(re.error):
        broken.search("")
