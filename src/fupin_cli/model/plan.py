"""What will be asked of the engine: the statements in order, and what each rule needs to be explained."""

from typing import Literal

from msgspec import Struct, field

from fupin_cli.model.rows import Rows
from fupin_cli.model.rule import NotRun, Rule, Severity

HEADS = '"_heads"'  # engine table: the only 户主 still in the file of each household
EARLIER = "上期 "  # before the name of a column: its value in the earlier edition


class PlannedHit(Struct, frozen=True):
    """A list a rule asks: the table of hits it reads, and how the list's own rows are found again."""

    list: str
    condition: str  # SQL over p, q, h, g and l
    joins: str = ""  # what the condition asks of the registry, joined to l


class PlannedGroup(Struct, frozen=True):
    """A value that must not stand on other rows: SQL of the value over a row of its level."""

    function: str
    value: str
    level: Literal["户", "人"] = "人"  # whose rows are compared; 人 in a 户 rule: its members' rows
    test: str = "TRUE"  # SQL over a member's row: TRUE where the member function around it speaks of it
    columns: tuple[str, ...] = ()  # columns of the registry the value comes from


class PlannedPart(Struct, frozen=True):
    """Rows of a village or county that a rule counts or sums."""

    level: str  # 户, 人 or 村
    key: str  # SQL over such a row: the `_id` of its village or county
    test: str  # SQL over such a row: TRUE where it is counted
    same: str = ""  # SQL of the value that the most of them share; "" where that is not asked


class PlannedParameter(Struct, frozen=True):
    """A parameter a rule asks, and the SQL of its value on a row."""

    name: str
    value: str
    day: str
    place: str
    tier: str = ""  # the tier asked for, when it is written in the rule


class PlannedRule(Struct, frozen=True):
    """One rule that runs."""

    rule: Rule
    level: str  # 人, 户, 村, 县 or 名单_X (language/levels.py)
    severity: Severity  # the profile may have changed it
    grade: str  # SQL of the severity of a failing row; "" where it is always `severity`
    columns: tuple[
        str, ...
    ]  # columns of the registry on its own row, in the order they are written: the cells of a finding
    member_columns: tuple[str, ...]  # columns inside member functions
    member_tests: tuple[str, ...]  # SQL over a member's row (p, q, h, g): TRUE where the member speaks in the verdict
    values: dict[str, str]  # name in the message that is no column → SQL
    parameters: tuple[PlannedParameter, ...]
    hits: tuple[PlannedHit, ...]
    groups: tuple[PlannedGroup, ...]
    parts: tuple[PlannedPart, ...] = ()
    earlier: tuple[str, ...] = ()  # columns of the registry asked of the row in the earlier edition
    member_earlier: tuple[str, ...] = ()  # the same inside member functions
    says: str = ""  # the words of the profile's item


class PlannedStep(Struct, frozen=True):
    """One part of a rule's condition, in the words of the rule, and the SQL of what it is on a row."""

    text: str
    sql: str
    depth: int  # 0 the condition itself
    truth: bool  # it is true, false or unknown; else it has a value
    column: str = ""  # of the registry: its cell can be shown
    role: str = "must"  # when, must, or the severity of a grade


class Plan(Struct, frozen=True):
    """Statements to run in order, then the verdict tables to read."""

    statements: tuple[str, ...]
    rows_of: dict[str, Rows]  # level → its rows, and the joins of every alias
    rules: dict[str, PlannedRule]
    not_run: tuple[NotRun, ...]
    levels: dict[str, tuple[str, ...]] = field(default_factory=dict)  # level → ids of its rules
    verdicts: dict[str, str] = field(default_factory=dict)  # rule id → the table of which its verdicts are a column
    beside: tuple[str, ...] = ()  # statements that make what verdicts are read with: views of them, heads of households
    steps: tuple[PlannedStep, ...] = ()  # of the one rule that is to be explained
