"""What a command asks of a job: files, lists, time and place, rules, as one frozen record."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct, field

from fupin_cli.model.settings import Settings, Wishes

if TYPE_CHECKING:
    from typing import TypeAlias

    import pandas as pd

    from fupin_cli.engines import ArrowStream

    Frame: TypeAlias = (
        pd.DataFrame | ArrowStream
    )  # a table in memory: of pandas, or anything that gives an Arrow stream

LEDGER = "疑点台账"  # the kind of list a ledger is
Progress = Callable[[str, int, int], None]  # stage, steps done, steps in all (0: not known)


class Request(Struct, frozen=True):
    """Everything `fupin audit` was asked; nothing in it has been looked up yet."""

    files: tuple[Path, ...]
    settings: Settings  # `region` as the user wrote it: a name or a code
    wishes: Wishes = field(default_factory=Wishes)
    lists: tuple[tuple[str, Path], ...] = ()  # departmental lists: (name as the user wrote it, file)
    ledgers: tuple[Path, ...] = ()  # ledgers of doubts
    previous: "tuple[Path | Frame, ...]" = ()  # the earlier edition: files, folders, frames
    rules_dir: Path | None = None  # more rules than those of fupin
    baseline: Path | None = None
    mapping: Path | None = None  # mapping file: how the headings of its tables are to be read
    figures: bool = False  # whether the sums that a page draws are wanted (Audit.figures)
    verdicts: Path | None = None  # where all verdicts are to be written, as Parquet
    health: bool = True  # whether verdicts of rules that tell of somebody's health are among them
    frames: "tuple[Frame, ...]" = ()  # registry tables already in memory (the Python API)


class WrongExample(Struct, frozen=True):
    """An example of a rule file on which the rule gave another verdict than the file says."""

    rule: str
    file: Path
    line: int
    expected: str
    got: str


class Branches(Struct, frozen=True):
    """How many branches of all `when` and `must` there are, and how many some example makes true, false and unknown."""

    all: int = 0
    true: int = 0
    false: int = 0
    unknown: int = 0


class Tested(Struct, frozen=True):
    """The result of `fupin rules test`."""

    rules: int
    examples: int
    wrong: tuple[WrongExample, ...]
    branches: Branches = Branches()
