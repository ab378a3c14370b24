"""Two sets of verdicts over the same rows → every row on which a rule says something else, and the townships they lie in."""

from collections.abc import Iterator

from msgspec import Struct

from fupin_cli.findings.judged import Judged
from fupin_cli.findings.subjects import subject_columns, subject_of
from fupin_cli.model.plan import HEADS
from fupin_cli.model.rule import ASKED_OF, Outcome
from fupin_cli.model.whatif import NOT_RUN, Change, Given, Township

OUTCOMES: tuple[Outcome, ...] = ("not applicable", "pass", "fail", "unknown")
_LEVELS = ("人", "户")
_ROWS = {
    "人": f' FROM "人" p LEFT JOIN "户" h ON h."_id" = p."_household" LEFT JOIN {HEADS} t ON t."_household" = h."_id"',
    "户": f' FROM "户" h LEFT JOIN {HEADS} t ON t."_household" = h."_id"',
}
_ALIAS = {"人": "p", "户": "h"}
_HOME = {"人": 'r."_household"', "户": 'r."_id"'}


def set_aside(judged: Judged) -> None:
    """Keep the verdicts under another name, so that the registry can be judged again."""
    for level in _LEVELS:
        judged.engine.run(f'DROP TABLE IF EXISTS "before_{level}"')
        if judged.plan.levels.get(level):
            judged.engine.run(f'CREATE TABLE "before_{level}" AS SELECT * FROM "verdicts_{level}"')


class Twice(Struct, frozen=True):
    """Verdicts of both cases: the first set aside, the second as judged."""

    before: Judged
    after: Judged

    def pairs(self) -> Iterator[tuple[str, str, str, str]]:
        """Level, rule, and SQL of its verdict before and after (NULL: not run) over `x` and `y`."""
        for level in _LEVELS:
            first, second = self.before.plan.levels.get(level, ()), self.after.plan.levels.get(level, ())
            for rule in dict.fromkeys((*first, *second)):
                yield (
                    level,
                    rule,
                    f'x."{rule}"' if rule in first else "CAST(NULL AS UTINYINT)",
                    f'y."{rule}"' if rule in second else "CAST(NULL AS UTINYINT)",
                )

    def verdicts(self, level: str, row: str) -> str:
        """SQL: the joins that bring `x` and `y` to the rows of a level."""
        parts = []
        if self.before.plan.levels.get(level):
            parts.append(f' LEFT JOIN "before_{level}" x ON x."_id" = {row}."_id"')
        if self.after.plan.levels.get(level):
            parts.append(f' LEFT JOIN "verdicts_{level}" y ON y."_id" = {row}."_id"')
        return "".join(parts)


def changed_counts(twice: Twice) -> dict[str, dict[tuple[Given, Given], int]]:
    """Return, for each rule that says something else somewhere, how many rows went from what to what."""
    counts: dict[str, dict[tuple[Given, Given], int]] = {}
    for level, rule, before, after in twice.pairs():
        rows = twice.after.engine.rows(
            f'SELECT {before} AS b, {after} AS a, count(*) FROM "{level}" r{twice.verdicts(level, "r")}'
            " WHERE b IS DISTINCT FROM a GROUP BY 1, 2 ORDER BY 1, 2"
        )
        told = counts.setdefault(rule.partition(ASKED_OF)[0], {}) if rows else {}
        for first, second, n in rows:
            pair = _given(first), _given(second)
            told[pair] = told.get(pair, 0) + int(n)
    return counts


def changes(twice: Twice, counts: dict[str, dict[tuple[Given, Given], int]]) -> Iterator[Change]:
    """Yield the rows; where a rule ran in one case only, the rows on which it failed or could not tell."""
    judged = twice.after
    for level, rule, before, after in twice.pairs():
        told_as, _, asked = rule.partition(ASKED_OF)
        if told_as not in counts:
            continue
        alias = _ALIAS[level]
        subject = subject_columns(judged, "p" if level == "人" else "", "h")
        told = f"({before} IS NOT NULL AND {after} IS NOT NULL) OR coalesce({before}, {after}) IN (2, 3)"
        rows = judged.engine.rows(
            f'SELECT {before} AS b, {after} AS a, {alias}."_source", {alias}."_row", {", ".join(subject)}'
            f'{_ROWS[level]}{twice.verdicts(level, alias)} WHERE b IS DISTINCT FROM a AND ({told}) ORDER BY {alias}."_id"'
        )
        for first, second, source, row, *rest in rows:
            about = subject_of(rest)
            sheet = judged.tables.layouts[source].sheet if source is not None else None
            yield Change(
                told_as, _given(first), _given(second), about.household, about.person, about.village, about.township,
                str(sheet.file) if sheet else "", sheet.name if sheet else "", row, asked or None,
            )  # fmt: skip


def townships(twice: Twice) -> tuple[Township, ...]:
    """Count households by township of which an error or warning is said, in each case and in one only."""
    failed = {
        case: [part for level in _LEVELS if (part := _failed(judged, level, table))]
        for case, judged, table in (("b", twice.before, "before"), ("a", twice.after, "verdicts"))
    }
    sets = {
        case: " UNION ".join(parts) or "SELECT CAST(NULL AS BIGINT) AS home WHERE FALSE"
        for case, parts in failed.items()
    }
    township = "coalesce(h.\"乡\", '')" if twice.after.has("户", "乡") else "''"
    rows = twice.after.engine.rows(
        f"""WITH b AS ({sets["b"]}), a AS ({sets["a"]}),
said AS (SELECT {township} AS town, h."_id" IN (SELECT home FROM b) AS was, h."_id" IN (SELECT home FROM a) AS now, h."_id" AS id FROM "户" h)
SELECT town, count(*), count(*) FILTER (WHERE was), count(*) FILTER (WHERE now), count(*) FILTER (WHERE now AND NOT was),
  count(*) FILTER (WHERE was AND NOT now) FROM said GROUP BY 1 ORDER BY min(id)"""
    )
    return tuple(Township(name, *(int(n) for n in numbers)) for name, *numbers in rows)


def _failed(judged: Judged, level: str, table: str) -> str:
    """SQL: `home`, the households of which an error or warning of this level is said."""
    rules = [
        rule for rule in judged.plan.levels.get(level, ()) if judged.plan.rules[rule].severity in ("error", "warning")
    ]
    if not rules:
        return ""
    some = " OR ".join(f'v."{rule}" = 2' for rule in rules)
    return (
        f'SELECT {_HOME[level]} AS home FROM "{level}" r JOIN "{table}_{level}" v ON v."_id" = r."_id"'
        f" WHERE ({some}) AND home IS NOT NULL"
    )


def _given(code: int | None) -> Given:
    return NOT_RUN if code is None else OUTCOMES[code]
