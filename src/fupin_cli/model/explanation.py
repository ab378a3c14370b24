"""One verdict walked through: the row, each part of the condition with its truth, the values and standards behind it."""

from msgspec import Struct

from fupin_cli.model.finding import Finding, UsedParameter
from fupin_cli.model.place import Place
from fupin_cli.model.rule import Outcome, Rule

Truth = bool | None  # None: unknown


class Part(Struct, frozen=True):
    """One part of a condition on one row."""

    role: str  # when, must, or the severity of a grade
    depth: int
    text: str  # in the words of the rule
    truth: Truth | str  # of a condition; of a value its text, "" where there is none
    is_truth: bool
    cells: tuple[str, ...] = ()  # where a column of the registry stands
    written: str = ""  # what stands there


class Explanation(Struct, frozen=True):
    """Why a rule gave its verdict on one row. Unmasked."""

    rule: Rule
    verdict: Outcome
    household: str | None
    person: str | None
    village: str | None
    place: Place
    parts: tuple[Part, ...]
    parameters: tuple[UsedParameter, ...]
    finding: Finding | None  # where it failed
    secrets: dict[str, str]  # unmasked text → its mask kind
