"""A folder of YAML in, a checked RuleBook out; docs/contracts.md says what the files look like."""

from collections.abc import Iterable
from pathlib import Path

from fupin_cli.model.baseline import Baseline
from fupin_cli.model.dictionary import Dictionary
from fupin_cli.model.listing import ListEntry, Listing
from fupin_cli.model.mapping import MappingFile
from fupin_cli.model.rulebook import RuleBook
from fupin_cli.model.whatif import Case

__all__ = ["load_baseline", "load_case", "load_lists", "load_mapping", "load_rulebook", "with_lists"]


def load_rulebook(extra: Path | None = None, root: Path | None = None) -> RuleBook:
    """Load the rules that come with fupin, and those of the user's folder over them.

    Args:
        extra: a folder of the user's own (`--rules DIR`); a rule, column, code list, list kind or profile of the same
            name replaces the shipped one whole, a parameter's values replace those of the same place, tier and days.
        root: a folder to read instead of the shipped rules.

    Raises:
        RuleError: with all faults of all files at once.
        InputError: a folder is not there.
    """
    from fupin_cli.rules.load import load

    return load(extra, root)


def load_mapping(file: Path, dictionary: Dictionary) -> MappingFile:
    """Read a mapping file (`inspect --save`).

    Args:
        file: the YAML file.
        dictionary: the columns it may name.

    Raises:
        MappingError: with all faults at once.
    """
    from fupin_cli.rules.mapping import load_mapping as load

    return load(file, dictionary)


def load_case(text: str, book: RuleBook) -> Case:
    """Return a case of `fupin whatif`.

    Args:
        text: a case file, a profile's name, `收入线=4500`, or 现行.
        book: whose profiles may be named.

    Raises:
        UsageError: the text is none of these.
        InputError: there is no such file.
        RuleError: faults of the file, all at once.
    """
    from fupin_cli.rules.case import load_case as load

    return load(text, book)


def load_baseline(file: Path) -> Baseline:
    """Read a baseline: YAML of version 2, JSON of version 1, or a JSON report.

    Raises:
        InputError: there is no such file, or it is none of these.
        BaselineError: faults of the file, all at once.
    """
    from fupin_cli.rules.baseline import load_baseline as load

    return load(file)


def load_lists(path: Path, dictionary: Dictionary) -> Listing:
    """Read a lists.yaml, or that of a folder.

    Raises:
        InputError: there is none.
        ListsError: its faults, all at once.
    """
    from fupin_cli.rules.lists_file import load_lists as load

    return load(path, dictionary)


def with_lists(book: RuleBook, entries: Iterable[ListEntry]) -> RuleBook:
    """Return the book with the lists of a lists.yaml, and its rules asked of each of them."""
    from fupin_cli.rules.asked_of import with_lists as extended

    return extended(book, entries)
