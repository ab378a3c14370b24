"""One view of a workbook of examples → what each variant of its rules says of each example."""

from collections.abc import Iterator, Mapping

from fupin_cli.engines import Engine
from fupin_cli.jobs.sharing import Shared
from fupin_cli.language.levels import alias_of, list_of
from fupin_cli.model.rows import rows_with
from fupin_cli.model.rule import Example, Outcome
from fupin_cli.plans import Book, Checked, Trial, trial
from fupin_cli.verdicts import judge_statements

OUTCOMES: tuple[Outcome, ...] = ("not applicable", "pass", "fail", "unknown")
LONGEST = 12_000  # characters of all conditions in one plan: the engine's time grows faster than a statement's length
Codes = dict[str, dict[int, dict[str, tuple[int, str]]]]  # level → example → variant → code and severity
Verdicts = dict[str, dict[str, list[str]]]  # rule → variant → the outcome of each of its examples


def judge_part(
    engine: Engine, part: Shared, variants: Mapping[str, Mapping[str, Checked]], book: Book, verdicts: Verdicts
) -> None:
    """Judge the variants of all rules of one view, and note their outcomes in `verdicts`."""
    for columns in _together(part, variants):
        judged = {column: variants[rule][name] for column, (rule, name) in columns.items()}
        tried = trial(book, part.tables, part.settings, judged)
        judge_statements(engine, tried.statements)
        found = {level: _codes(engine, tried, level) for level in tried.rows}
        for batch in part.batches:
            for column, (rule, name) in columns.items():
                if rule != batch.rule.id:
                    continue
                for number, place in batch.numbers:
                    verdicts[rule][name][place] = _outcome(tried, column, found, number, batch.rule.examples[place])


def _together(part: Shared, variants: Mapping[str, Mapping[str, Checked]]) -> Iterator[dict[str, tuple[str, str]]]:
    """Yield the variants of one plan after the other: column of the verdict table → rule and variant."""
    columns: dict[str, tuple[str, str]] = {}
    length = 0
    for rule in dict.fromkeys(batch.rule.id for batch in part.batches):
        for place, (name, checked) in enumerate(variants[rule].items()):
            own = len(checked.must.text) + (len(checked.when.text) if checked.when else 0)
            if columns and length + own > LONGEST:
                yield columns
                columns, length = {}, 0
            columns[f"{rule}#{place}"] = (rule, name)
            length += own
    if columns:
        yield columns


def _codes(engine: Engine, tried: Trial, level: str) -> dict[int, dict[str, tuple[int, str]]]:
    """Return of each example's first row the code of every variant, and the severity it would have."""
    alias, listed = alias_of(level), list_of(level)
    table = level if listed is None else f"行_{listed}"
    first = '"_stated" DESC, "_id"' if level == "村" else '"_id"'  # the village of the sheet is the one that is judged
    own = [column for column, of in tried.levels.items() if of == level]
    grades = [f"({tried.grades[column]})" if tried.grades[column] else "NULL" for column in own]
    asked = ", ".join([f'{alias}."_example"', *(f'x."{column}"' for column in own), *grades])
    rows = engine.rows(
        f"SELECT {asked}{rows_with(tried.rows[level], asked)}"
        f' JOIN "verdicts_{level}" x ON x."_id" = {alias}."_id" WHERE {alias}."_id" IN'
        f' (SELECT "_id" FROM "{table}" QUALIFY ROW_NUMBER() OVER (PARTITION BY "_example" ORDER BY {first}) = 1)'
    )
    n = len(own)
    return {
        row[0]: {
            column: (row[1 + i], row[1 + n + i] or tried.severities[column]) for i, column in enumerate(own)
        }
        for row in rows
    }  # fmt: skip


def _outcome(tried: Trial, column: str, found: Codes, number: int, example: Example) -> str:
    if column in tried.not_run:
        missing = tried.not_run[column]
        return f"not run: {missing.reason} {'、'.join(missing.missing)}"
    row = found[tried.levels[column]].get(number)
    if row is None:
        return "no row"
    code, severity = row[column]
    outcome: str = OUTCOMES[code]
    return f"fail ({severity})" if outcome == "fail" and example.severity else outcome
