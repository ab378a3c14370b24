"""Give every row of an engine table its `_place`: the region code its 省, 市, 县 names or its 行政区划编码 mean."""

from collections.abc import Collection, Mapping

from msgspec import Struct, field

from fupin_cli.engines import Engine
from fupin_cli.model.dictionary import Column
from fupin_cli.model.settings import Settings
from fupin_cli.tables.sql import literal, lookup, name
from fupin_cli.values.regions import find_place, known, short

CODE, NAMES = "行政区划编码", ("省", "市", "县")


class Where(Struct, frozen=True):
    """The rows to be placed."""

    rows: str  # SQL, to stand after FROM
    alias: str  # what they are called in the statement the answer goes into
    same: Mapping[str, str] = field(default_factory=dict)  # columns that say the same in every row: what they say


def place_sql(engine: Engine, where: Where, columns: dict[str, Column], settings: Settings) -> str:
    """Return SQL that gives the region code of a row, NULL where none is known.

    The few distinct combinations of names are looked up once each. A place the user gave holds where the row's own
    names do not lie inside it.
    """
    options = []
    if combination := _combination(columns, where.alias):
        if where.same.keys() >= set(naming(columns)):
            texts = ["|".join((where.same.get(CODE, "")[:6], *(where.same.get(one, "") for one in NAMES)))]
        else:
            texts = [text for (text,) in engine.rows(_combinations(combination, where, columns)) if text is not None]
        found = {text: code for text in texts if (code := _resolve(text)) is not None}
        if settings.region is not None:
            found = {text: code for text, code in found.items() if code.startswith(settings.region)}
        if found:
            options.append(lookup(combination, dict(sorted(found.items(), key=lambda pair: (pair[1], pair[0])))))
    if settings.region is not None:
        options.append(literal(settings.region))
    return f"coalesce({', '.join(options)})" if options else "CAST(NULL AS VARCHAR)"


def _combinations(combination: str, where: Where, columns: dict[str, Column]) -> str:
    """SQL: the distinct combinations; texts are told apart sooner than they are joined."""
    parts = ", ".join(name(column) for column in naming(columns))
    return f"SELECT DISTINCT {combination} FROM (SELECT DISTINCT {parts} FROM {where.rows} AS rows) AS {where.alias}"


def naming(columns: Collection[str]) -> list[str]:
    """Return those of some columns that tell a place."""
    return [column for column in (CODE, *NAMES) if column in columns]


def _combination(columns: dict[str, Column], alias: str) -> str:
    """SQL: the four texts a place is known by, parted by bars."""
    if not naming(columns):
        return ""
    parts = [f"coalesce(left({alias}.{name(CODE)}, 6), '')" if CODE in columns else "''"]
    parts += [f"coalesce({alias}.{name(column)}, '')" if column in columns else "''" for column in NAMES]
    return "concat(" + ", '|', ".join(parts) + ")"


def _resolve(text: str) -> str | None:
    code, province, city, county = text.split("|", 3)
    if known(code):
        return short(code)
    return find_place(province, city, county)
