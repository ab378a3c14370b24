"""The whole of a `rules/` folder, read and checked."""

from dataclasses import dataclass

from fupin_cli.model.dictionary import Dictionary
from fupin_cli.model.rule import Parameter, Profile, Rule


@dataclass(frozen=True, slots=True)
class RuleBook:
    """Rules by id (in the order of themes), and what they speak of."""

    rules: dict[str, Rule]
    dictionary: Dictionary
    parameters: dict[str, Parameter]
    profiles: dict[str, Profile]
