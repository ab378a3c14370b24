"""A rule folder in; the rule book and its plan for the tables of a run out, kept from the last run where nothing changed.

sqlglot, pydantic and YAML are imported only when there is something to make.
"""

from collections.abc import Iterator
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from fupin_cli.jobs.kept import keep, key_of, look_up
from fupin_cli.jobs.uncollected import uncollected
from fupin_cli.model.listing import ListEntry
from fupin_cli.model.plan import Plan
from fupin_cli.model.rulebook import RuleBook
from fupin_cli.model.settings import Settings
from fupin_cli.model.table import Tables

if TYPE_CHECKING:
    from fupin_cli.plans import Book


class Compiled:
    """A rule book whose every expression holds."""

    def __init__(self, source: RuleBook, key: str) -> None:
        self.source = source
        self.key = key

    @cached_property
    def book(self) -> "Book":
        """The rule book with its expressions parsed."""
        from fupin_cli.plans import check

        with uncollected():
            return check(self.source)

    def plan(self, tables: Tables, settings: Settings, walked: str = "") -> Plan:
        """Return the statements that judge every wanted rule over these tables, and the rules that cannot run.

        Args:
            tables: what the run has.
            settings: which rules are wanted, when and where.
            walked: the rule whose conditions are taken apart.
        """
        key = key_of((self.key, _shape(tables), repr(settings), walked))
        found = look_up(key)
        if isinstance(found, Plan):
            return found
        from fupin_cli.plans import plan

        with uncollected():
            made = plan(self.book, tables, settings, walked)
        keep(key, made)
        return made


def compiled(rules_dir: Path | None, *, examples: bool = False) -> Compiled:
    """Return the shipped rules with those of the user's folder over them, all checked.

    Args:
        rules_dir: the user's folder.
        examples: with the examples of the rules, a third of what there is to read, which no registry is judged by.

    Raises:
        RuleError: with all faults of all files at once.
        InputError: a folder is not there.
    """
    key = key_of(_contents(rules_dir))
    return _compiled(key if examples else key_of((key, "without examples")), rules_dir, examples=examples)


def with_listing(base: Compiled, entries: tuple[ListEntry, ...]) -> Compiled:
    """Return the rule book with the lists of a lists.yaml; what it excuses is checked.

    Raises:
        ListsError: with all faults of the exceptions at once.
    """
    if not entries:
        return base
    key = key_of((base.key, repr(entries)))
    found = look_up(key)
    if isinstance(found, RuleBook):
        return Compiled(found, key)
    from fupin_cli.rules import with_lists

    made = Compiled(with_lists(base.source, entries), key)
    keep(key, made.book.source)
    return made


@lru_cache(maxsize=4)
def _compiled(key: str, rules_dir: Path | None, *, examples: bool) -> Compiled:
    found = look_up(key)
    if isinstance(found, RuleBook):
        return Compiled(found, key)
    from fupin_cli.rules import load_rulebook
    from fupin_cli.tables import spelled

    with uncollected():
        book = load_rulebook(rules_dir)
        rules = book.rules
        if not examples:
            rules = {name: replace(rule, examples=()) for name, rule in rules.items()}
        dictionary = replace(book.dictionary, spelled=spelled(book.dictionary))
        made = Compiled(replace(book, rules=rules, dictionary=dictionary), key)
    keep(key, made.book.source)  # checked by now, or a RuleError was raised
    return made


def _shape(tables: Tables) -> str:
    """What a plan depends on: columns and lists, not where they stand."""
    before = replace(tables.previous, layouts=(), notes=()) if tables.previous else None
    return repr(replace(tables, layouts=(), notes=(), previous=before))


def _contents(rules_dir: Path | None) -> Iterator[bytes | str]:
    """Names and contents of all files a rule book is made of."""
    from fupin_cli.rules.folder import shipped_folder, yaml_files

    for root in (shipped_folder(), *([rules_dir] if rules_dir else [])):
        yield str(root.resolve())
        for file in yaml_files(root):
            yield file
            with open(file, "rb") as content:  # noqa: PTH123 - of 740 files, Paths take longer than the reading
                yield content.read()
