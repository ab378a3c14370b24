"""What findings are told from: a run after its verdicts."""

from dataclasses import dataclass

from fupin_cli.engines import Engine
from fupin_cli.language.levels import alias_of, list_of
from fupin_cli.model.audit import Counts
from fupin_cli.model.plan import Plan, PlannedRule
from fupin_cli.model.rule import Rule
from fupin_cli.model.rulebook import RuleBook
from fupin_cli.model.settings import Settings
from fupin_cli.model.table import Tables


@dataclass(frozen=True, slots=True)
class Judged:
    """Tables and verdicts in the engine, and everything that says what they mean."""

    engine: Engine
    plan: Plan
    tables: Tables
    book: RuleBook
    settings: Settings
    wanted: dict[str, Rule]
    counts: dict[str, Counts]  # rule id → verdicts; a rule that never failed is not asked about

    def has(self, level: str, column: str) -> bool:
        """Tell whether the rows of a level have the column."""
        if (names := list_of(level)) is not None:
            return any(column in self.tables.lists.get(name, ()) for name in names.split("、"))
        return column in self.tables.columns.get(level, ())

    def failing(self, planned: PlannedRule, joined: str = "") -> str:
        """Return `FROM … WHERE …` over the failing rows of a rule, every alias in place; `joined` names more tables."""
        rows = self.plan.rows_of[planned.level] + joined
        return f'{rows} JOIN "verdicts_{planned.level}" x ON x."_id" = {alias_of(planned.level)}."_id" WHERE x."{planned.rule.id}" = 2'
