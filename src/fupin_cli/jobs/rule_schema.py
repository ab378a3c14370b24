"""`fupin rules schema`: a kind of rule file in, its JSON Schema out, with the names of the rule book."""

from pathlib import Path
from typing import Any

from fupin_cli.rules import load_rulebook
from fupin_cli.rules.json_schema import Kind, json_schema


def rule_schema(kind: Kind, rules_dir: Path | None = None) -> dict[str, Any]:
    """Return the schema of a kind of file.

    Args:
        kind: which files.
        rules_dir: a folder whose columns, lists and parameters may be named, too.
    """
    return json_schema(kind, load_rulebook(rules_dir))
