"""What findings are told from: a run after its verdicts."""

from collections.abc import Iterable, Sequence

from msgspec import Struct

from fupin_cli.engines import Engine
from fupin_cli.language.levels import alias_of, list_of
from fupin_cli.model.audit import Counts
from fupin_cli.model.plan import Plan, PlannedRule
from fupin_cli.model.rows import rows_with
from fupin_cli.model.rule import Rule
from fupin_cli.model.rulebook import RuleBook
from fupin_cli.model.settings import Settings
from fupin_cli.model.table import Tables


class Judged(Struct, frozen=True):
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

    def told(self, rules: Sequence[PlannedRule], verdict: int, said: str, joined: str = "") -> str:
        """Return the FROM clause of the rows of which one of the rules says so: 2 fail, 3 unknown.

        Args:
            rules: rules whose verdicts stand in one table.
            verdict: its code.
            said: SQL over the rows; the aliases in it are in place.
            joined: joins to more tables.
        """
        level = rules[0].level
        own = f'x."_id" = {alias_of(level)}."_id" AND ({self.says(rules, verdict)})'
        narrowed = f' JOIN "{self.plan.verdicts[rules[0].rule.id]}" x ON {own}'
        return rows_with(self.plan.rows_of[level], said, joined, narrowed=narrowed) + joined

    @staticmethod
    def says(rules: Iterable[PlannedRule], verdict: int) -> str:
        """Return SQL over the verdicts of a row, `x`: one of the rules says so."""
        return " OR ".join(dict.fromkeys(f'x."{planned.rule.id}" = {verdict}' for planned in rules))
