"""The files of a round in; the county and the head of each household, for the sheets that are handed out, out."""

from datetime import date
from pathlib import Path

from msgspec import Struct, field

from fupin_cli.catalogue import both
from fupin_cli.errors import FupinError
from fupin_cli.jobs.ground import opened
from fupin_cli.jobs.round_request import request_of
from fupin_cli.model.round import Doubt
from fupin_cli.rounds import Ledger, RoundKept, sources
from fupin_cli.tables import build_tables

Note = tuple[str, str]  # zh, en


class People(Struct, frozen=True):
    """What the ledger does not keep of a household."""

    heads: dict[str, str] = field(default_factory=dict)  # 户编号 → 户主姓名
    counties: dict[str, str] = field(default_factory=dict)  # 户编号 → 县
    homes: frozenset[str] = frozenset()  # every 户编号
    notes: tuple[Note, ...] = ()

    def head(self, doubt: Doubt) -> str:
        """Return the name of the head of the doubt's household, "" when it is not known."""
        return self.heads.get(doubt.household or "", "")

    def county(self, doubt: Doubt) -> str:
        """Return the county of the doubt's household, "" when it is not known."""
        return self.counties.get(doubt.household or "", "")


def people_of(ledger: Ledger, current: RoundKept, today: date) -> People:
    """Read the registry as the round did; where it is not there any more, both are left blank and that is said."""
    try:
        return _read([Path(path) for path in sources(ledger, current.number)], current, today)
    except FupinError as error:
        return People(notes=(both("登记表读不到，表上的县、户主姓名空着：{error}", error=(error.zh, error.en)),))


def _read(files: list[Path], current: RoundKept, today: date) -> People:
    with opened(request_of(current.settings, files, today), lambda _stage, _done, _total: None) as ground:
        tables = build_tables(ground.engine, ground.read.layouts, ground.book.source.dictionary, ground.settings)
        columns = tables.columns.get("户", {})
        head = 'CASE WHEN COUNT(DISTINCT "户主姓名") = 1 THEN MIN("户主姓名") END' if "户主姓名" in columns else "NULL"
        county = 'CASE WHEN COUNT(DISTINCT "县") = 1 THEN MIN("县") END' if "县" in columns else "NULL"
        homes = ground.engine.rows(
            f'SELECT "_key", {head}, {county} FROM "户" WHERE "_key" IS NOT NULL GROUP BY "_key"'
        )
        heads = {str(key): str(name) for key, name, _ in homes if name}
        if tables.persons and {"姓名", "与户主关系"} <= tables.columns.get("人", {}).keys():
            found = ground.engine.rows(
                'SELECT h."_key", MIN(p."姓名") FROM "人" p JOIN "户" h ON h."_id" = p."_household" '
                'WHERE p."与户主关系" = \'户主\' AND h."_key" IS NOT NULL GROUP BY 1 HAVING COUNT(DISTINCT p."姓名") = 1'
            )
            heads = {**{str(key): str(name) for key, name in found}, **heads}
        counties = {str(key): str(name) for key, _, name in homes if name}
        return People(heads, counties, frozenset(str(key) for key, _, _ in homes))


def homes_of(ledger: Ledger, current: RoundKept) -> tuple[frozenset[str], tuple[Note, ...]]:
    """Return every 户编号 of the registry of a round; none, and a note, where it cannot be read."""
    found = people_of(ledger, current, current.data_date or date.fromisoformat(current.opened[:10]))
    return found.homes, found.notes
