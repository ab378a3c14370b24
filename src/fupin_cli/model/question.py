"""What must be known for a verdict: one cell that is blank or cannot be read, and the verdicts that wait for it."""

from msgspec import Struct

from fupin_cli.model.place import Place
from fupin_cli.model.rule import Rule


class Question(Struct, frozen=True):
    """One cell to be asked for."""

    household: str | None  # 户编号
    head: str | None  # name of the household's head
    person: str | None  # name of the member it is about; None: about the household
    relation: str | None
    village: str | None
    township: str | None
    column: str
    written: str  # what stands there and could not be read; "" a blank cell
    place: Place
    rules: tuple[str, ...]  # that cannot tell while this is not known
    unlocks: int  # verdicts that wait for it: one a rule and row


class Asked(Struct, frozen=True):
    """All questions of a registry, unmasked: the households with most waiting verdicts first, and so within each."""

    questions: tuple[Question, ...]
    rules: dict[str, Rule]
    unknown: int  # verdicts that could not be given
    unlocked: int  # of these, how many wait for some question
    households: int  # that have a question
    notes: tuple[tuple[str, str], ...] = ()  # (zh, en): parameters that are missing, doubts of the reading
    secrets: frozenset[str] = frozenset()  # columns whose text a report masks
