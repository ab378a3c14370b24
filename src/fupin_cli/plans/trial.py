"""Book + Tables of examples → the statements that judge rules, and variants of them, over the examples; no finding follows."""

from collections.abc import Mapping

from msgspec import Struct, field

from fupin_cli.language.needs import Needs
from fupin_cli.model.rows import Rows
from fupin_cli.model.rule import NotRun
from fupin_cli.model.settings import Settings
from fupin_cli.model.table import Tables
from fupin_cli.plans.check import Book, Checked
from fupin_cli.plans.explain import grade
from fupin_cli.plans.plan import Ground, judgement
from fupin_cli.plans.query import rows_of, statements, views
from fupin_cli.plans.required import written_out
from fupin_cli.plans.select import item_of, obstacle
from fupin_cli.plans.shares import Judgement, shared_out
from fupin_cli.plans.sight import see


class Trial(Struct, frozen=True):
    """Statements to run in order, and where the verdict of each variant then stands."""

    statements: tuple[str, ...]
    levels: dict[str, str]  # variant → the level whose verdict table has its column
    grades: dict[str, str]  # variant → SQL of a failing row's severity; "" where it is always the rule's
    severities: dict[str, str]  # variant → the severity where no grade holds
    rows: dict[str, Rows]  # level → what the grades speak of
    not_run: dict[str, NotRun] = field(default_factory=dict)


def trial(book: Book, tables: Tables, settings: Settings, variants: Mapping[str, Checked]) -> Trial:
    """Return the statements that judge every variant on every row of its level.

    Args:
        book: the whole rule book.
        tables: the examples; only the columns that the variants may see.
        settings: the profile, and parameters given.
        variants: name of a column of the verdict table → rule; a rule may stand here more than once, changed.
    """
    ground = Ground(see(book, tables, settings), Needs())
    profile = book.source.profiles.get(settings.profile or "")
    verdicts: dict[str, dict[str, Judgement]] = {}
    found = Trial((), {}, {}, {}, {})
    for name, checked in variants.items():
        asked = written_out(checked, book, profile)
        reason = obstacle(asked, book, ground.sight, settings) if asked else NotRun(checked.rule.id, "profile", ())
        if asked is None or reason is not None:
            found.not_run[name] = reason or NotRun(checked.rule.id, "profile", ())
            continue
        level, compiler, two = judgement(checked, asked, book, settings, ground)
        verdicts.setdefault(level, {})[name] = two
        item = item_of(profile, checked.rule.id)
        found.levels[name] = level
        found.grades[name] = "" if item and item.severity else grade(asked, compiler, book)
        found.severities[name] = item.severity if item and item.severity else checked.rule.severity
    shares = shared_out(verdicts)
    return Trial(
        (*statements(ground.sight, ground.needs, shares, tables), *views(shares)),
        found.levels,
        found.grades,
        found.severities,
        {level: rows_of(level, ground.needs, tables) for level in verdicts},
        found.not_run,
    )
