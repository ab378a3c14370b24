"""Judge one rule, written in a test, over rows written in the test: the whole way from cells to verdicts."""

from datetime import date
from functools import cache
from pathlib import Path

from msgspec.structs import replace

from fupin_cli.engines import open_engine
from fupin_cli.model.rule import Basis, Rule
from fupin_cli.model.rulebook import RuleBook
from fupin_cli.model.settings import Settings
from fupin_cli.plans import check, plan
from fupin_cli.rules import load_rulebook
from fupin_cli.tables import tables_from_cells
from fupin_cli.verdicts import judge

WORDS = ("not applicable", "pass", "fail", "unknown")
DAY = date(2020, 12, 31)


@cache
def shipped() -> RuleBook:
    return load_rulebook()


def rule(must: str, when: str = "", scope: str = "人", **more) -> Rule:
    """A rule with that claim."""
    return Rule(
        id="IDN900", name="试", scope=scope, severity="error", message="", why="", fix="", basis=Basis(convention="试"),
        file=Path("IDN900_试.yaml"), when=when, must=must, **more,
    )  # fmt: skip


def book_of(*rules: Rule):
    return check(replace(shipped(), rules={one.id: one for one in rules}))


def verdicts(one: Rule, persons=(), households=(), lists=None, villages=(), **settings) -> list[str]:
    """The verdict of the rule on each row of its scope, in order."""
    engine = open_engine()
    try:
        wish = Settings(today=DAY, **settings)
        book = book_of(one)
        rows = list(persons), list(households), lists or {}
        tables = tables_from_cells(engine, book.source.dictionary, *rows, wish, villages=list(villages))
        planned = plan(book, tables, wish)
        if planned.not_run:
            missing = planned.not_run[0]
            return [f"not run: {missing.reason} {'、'.join(missing.missing)}"]
        judge(engine, planned)
        level = planned.rules[one.id].level
        return [WORDS[row[0]] for row in engine.rows(f'SELECT "{one.id}" FROM "verdicts_{level}" ORDER BY "_id"')]
    finally:
        engine.close()


def verdict(one: Rule, *rows: dict[str, str], **more) -> str:
    """The verdict on the first row, given alone (人) or with member rows after it (户)."""
    key = {"户编号": "990101000001"}
    if one.scope == "人":
        return verdicts(one, [{**key, **row} for row in rows], **more)[0]
    household, *members = rows
    return verdicts(one, [{**key, **member} for member in members], [{**key, **household}], **more)[0]
