"""Everything one run found, and what it ran on."""

from datetime import date

from msgspec import Struct, field

from fupin_cli.model.baseline import Acceptance
from fupin_cli.model.figures import Figures
from fupin_cli.model.finding import Finding
from fupin_cli.model.rule import NotRun, Rule
from fupin_cli.model.table import Layout


class Counts(Struct, frozen=True):
    """How often a rule gave each verdict, over all rows of its scope."""

    passed: int = 0
    failed: int = 0
    unknown: int = 0
    not_applicable: int = 0
    silenced: int = 0  # of `failed`: told by a part's own rule already


class Audit(Struct, frozen=True):
    """The whole result of `fupin audit`, unmasked; reports read nothing else."""

    as_of: date | None  # the day asked for, or the latest data date of the rows
    profile: str | None
    region: str | None
    engine: str
    layouts: tuple[Layout, ...]
    households: int
    persons: int
    findings: tuple[Finding, ...]
    rules: dict[str, Rule]  # every rule selected, by id
    counts: dict[str, Counts]  # rule id → verdicts; only rules that ran
    not_run: tuple[NotRun, ...]
    notes: tuple[
        tuple[str, str], ...
    ] = ()  # (zh, en): doubts, assumptions, missing parameters, values given by the user
    accepted: int = 0  # findings a baseline has accepted
    failed_files: tuple[tuple[str, str, str], ...] = ()  # (path, zh, en): files that could not be read
    townships: dict[str, tuple[int, int]] = field(default_factory=dict)  # township → (households, persons)
    figures: Figures | None = None  # None: the request did not ask for them
    acceptance: Acceptance | None = None  # what the baseline did; None: none was given
    withheld: int = (
        0  # findings that a report of this level leaves out, for they tell of health; 0 as the audit made it
    )
