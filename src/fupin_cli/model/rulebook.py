"""The whole of a `rules/` folder, read and checked."""

from msgspec import Struct, field

from fupin_cli.model.dictionary import Dictionary
from fupin_cli.model.listing import ListEntry
from fupin_cli.model.retired import Retired
from fupin_cli.model.rule import Parameter, Profile, Rule
from fupin_cli.model.special_ledger import SpecialLedger


class RuleBook(Struct, frozen=True):
    """Rules by id (in the order of themes), and what they speak of."""

    rules: dict[str, Rule]
    dictionary: Dictionary
    parameters: dict[str, Parameter]
    profiles: dict[str, Profile]
    retired: dict[str, Retired] = field(default_factory=dict)  # ids that were rules once
    listing: dict[str, ListEntry] = field(
        default_factory=dict
    )  # name of a list → what the user's lists.yaml says of it
    ledgers: dict[str, SpecialLedger] = field(default_factory=dict)  # special ledgers (专项台账) by name
