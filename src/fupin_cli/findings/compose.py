"""One rule's failing rows → its findings."""

from collections import defaultdict
from collections.abc import Callable
from operator import attrgetter

from msgspec.structs import replace

from fupin_cli.catalogue import both
from fupin_cli.engines.cells import At, Cells, Wanted
from fupin_cli.findings.identity import ids, person_key
from fupin_cli.findings.judged import Judged
from fupin_cli.findings.level_rows import columns_told
from fupin_cli.findings.message import fields_of, sentence
from fupin_cli.findings.row_texts import NOTHING, Addresses, Beside, Listed, RowTexts
from fupin_cli.findings.rows import Failing
from fupin_cli.findings.subjects import Subject
from fupin_cli.language.levels import list_of
from fupin_cli.model.finding import Finding
from fupin_cli.model.place import Place, Role
from fupin_cli.model.plan import EARLIER, PlannedRule
from fupin_cli.model.rule import ASKED_OF, Basis

_WHO: tuple[tuple[str, Callable[[Subject], str | None]], ...] = (
    ("姓名", attrgetter("person")), ("户主姓名", attrgetter("head")), ("户编号", attrgetter("household")),
)  # fmt: skip
_ALWAYS = {"姓名", "户主姓名", "户编号", "成员", "名单"}  # said only to name somebody: blank when nobody is known


class RuleFindings:
    """The findings of one rule."""

    def __init__(self, judged: Judged, planned: PlannedRule, cells: Cells) -> None:
        self._planned, self._cells, self._book = planned, cells, judged.book
        rule = planned.rule
        self._personal = planned.level in {"人", "户"}
        self._of_list = list_of(planned.level) is not None
        self._asked = next((hit.list for hit in planned.hits), None) or rule.id.partition(ASKED_OF)[2] or None  # list
        self._named: dict[tuple[At, tuple[str, ...], Role], Place] = {}
        self._told = fields_of(rule.message, rule.message_en or "")  # what the message names
        self._who = [  # named only to say who
            (name, known) for name, known in _WHO if name in self._told and name not in planned.columns
        ]
        self._masks: dict[int, list[tuple[str, str]]] = {}  # source → masked fields, how
        self._columns = columns_told(judged, planned)
        self.rows = RowTexts(planned, self._columns, cells)
        self._alike = Finding(  # what is the same in all
            id="", rule=rule.told_as, severity=planned.severity, scope=rule.scope, places=(), household=None, person=None,
            village=None, township=None, column=None, list=None, values={}, message="", message_en="",
            basis=basis_of(rule.basis, planned.says), fix=rule.fix, fix_en=rule.fix_en or rule.fix, secrets={},
        )  # fmt: skip

    def all(self, rows: list[Failing]) -> list[Finding]:
        """Return the findings of the rows, in the same order; the cells that `rows` adds were fetched."""
        keys = [self._key(row) for row in rows]
        read = [self.rows.read(row) for row in rows]
        numbered = ids(
            self._planned.rule.told_as,
            keys,
            lambda i: (str(rows[i].day), *read[i][0].values(), rows[i].at[0], rows[i].at[1] or 0),
        )
        return [
            self._finding(row, number, texts, cells)
            for row, number, (texts, cells) in zip(rows, numbered, read, strict=True)
        ]

    def _key(self, row: Failing) -> tuple[str, str, str]:
        """Return household key, person key and list; of a village its names, of a row of a list the list's key."""
        if self._personal:
            return (*person_key(row.subject, about_person=self._planned.level == "人"), self._asked or "")
        return row.subject.key or "", "", self._list(row) or ""

    def _list(self, row: Failing) -> str | None:
        """Return the list whose row was hit, or is judged itself; else the one that was asked."""
        if self._of_list:
            return self._cells.layouts[row.at[0]].kind.removeprefix("名单:")
        return row.listed[0][0] if row.listed else self._asked

    def _finding(self, row: Failing, number: str, texts: dict[str, str], cells: Addresses) -> Finding:
        rule, subject = self._planned.rule, row.subject
        beside = self.rows.beside(row) if row.beside else NOTHING
        fields = self._fields(row, texts, beside)
        unsaid = [field for field in self._told if not fields.get(field, "").strip()]
        absent = self._absent(row, unsaid, fields) if unsaid else ()
        aside, aside_en = (
            both("（名单：{fields}）", fields=(fields["名单"], _listed_text(beside.listed, ": ", ", ", "; ")))
            if beside.listed and "{名单}" not in rule.message
            else ("", "")
        )
        return replace(
            self._alike,
            id=number,
            severity=row.severity,
            places=tuple(self._places(row, cells, beside)),
            household=subject.household,
            person=subject.person,
            village=subject.village,
            township=subject.township,
            list=self._list(row),
            values={column: texts[column] for column in self.rows.own} | beside.earlier,
            message=sentence(rule.message, fields, absent=absent) + aside,
            message_en=sentence(rule.message_en or rule.message, fields, "en", absent) + aside_en,
            parameters=row.parameters,
            stable=(subject.household if self._personal else subject.key) is not None,
            secrets=self._secrets(row, fields, beside),
            evidence=beside.evidence,
        )

    def _fields(self, row: Failing, texts: dict[str, str], beside: Beside) -> dict[str, str]:
        """Return what a message may name. Where it names the person or the head only to say who, a blank cell is helped out."""
        fields = beside.earlier | texts
        for column, known in self._who:
            text = known(row.subject)
            if text and not texts.get(column, "").strip():
                fields[column] = text
        fields |= row.values
        if "空白列" in self._told:
            fields["空白列"] = self._blank(row, texts)
        if beside.names and "成员" in self._told:
            fields["成员"] = "、".join(dict.fromkeys(beside.names))
        if beside.listed:
            fields["名单"] = _listed_text(beside.listed, "：", "，", "；")
        return fields

    def _absent(self, row: Failing, unsaid: list[str], fields: dict[str, str]) -> set[str]:
        """Return what the message names and no sheet of the row has: not blank, but never asked."""

        def there(field: str) -> bool:
            if field in row.columns:
                return any(field in self._cells.columns(source) for source, _ in row.columns[field])
            return field in fields

        return {field for field in unsaid if field not in _ALWAYS and not there(field)}

    def _blank(self, row: Failing, texts: dict[str, str]) -> str:
        """Return the rule's columns that are blank on the row or on a member's row it speaks of."""
        own = [column for column in self._planned.columns if column in texts and not texts[column].strip()]
        members = [
            column
            for column in self._planned.member_columns
            if any(not self._cells.text(at, column).strip() for at in row.members)
        ]
        return "、".join(dict.fromkeys([*own, *members]))

    def _places(self, row: Failing, grouped: Addresses, beside: Beside) -> list[Place]:
        """Return the row itself, the rows its values were taken from, then members, others and list rows."""
        cells = self._cells
        places = [cells.place(at, found, "subject") for at, found in grouped.items() if found or at == row.at]
        if beside is NOTHING:
            return places
        for at in dict.fromkeys(row.members):
            place = self._place(at, self._planned.member_columns, "member")
            if place.cells or at not in grouped:
                places.append(place)
        places += [self._place(at, columns, "other") for at, columns in (*_by_row(beside.before), *row.others.items())]
        return places + [self._place(at, (), "list") for _, at in row.listed]

    def _place(self, at: At, columns: tuple[str, ...], role: Role) -> Place:
        """Return the place of some columns of another row; a row that many findings name is one record."""
        key = (at, columns, role)
        if key not in self._named:
            addresses = [address for column in columns for address in self._cells.addresses(at, column)]
            self._named[key] = self._cells.place(at, addresses, role)
        return self._named[key]

    def _secrets(self, row: Failing, fields: dict[str, str], beside: Beside) -> dict[str, str]:
        """Return every text of the finding that a report must mask, and how."""
        found = {fields[field].strip(): kind for field, kind in self._masked(row.at[0]) if field in fields}
        if beside.listed:
            found |= self._secrets_listed(row, beside)
        for name in (*beside.names, row.subject.person, row.subject.head):
            if name:
                found[name.strip()] = "姓名"
        found.pop("", None)
        return found

    def _secrets_listed(self, row: Failing, beside: Beside) -> dict[str, str]:
        found: dict[str, str] = {}
        for (_, at), entry in zip(row.listed, beside.listed, strict=True):
            for column, text in entry.items():
                own = self._cells.column(at[0], column)
                if own is not None and own.mask:
                    found[text.strip()] = own.mask
        return found

    def _masked(self, source: int) -> list[tuple[str, str]]:
        """Return what a message of a row of the sheet may name that must be masked, and how."""
        if source not in self._masks:
            earlier = (EARLIER + column for column in self._planned.earlier)
            fields = dict.fromkeys([*earlier, *self._columns, *self._told, *self._planned.values, "名单"])
            masks = [(field, self._mask(source, field.removeprefix(EARLIER))) for field in fields]
            self._masks[source] = [(field, kind) for field, kind in masks if kind]
        return self._masks[source]

    def _mask(self, source: int, column: str) -> str:
        known = self._book.dictionary.columns.get(column) or self._cells.column(source, column)
        return known.mask if known is not None else ""


def found_in(cells: Cells, told: list[tuple[RuleFindings, list[Failing]]]) -> list[Finding]:
    """Return the findings of the failing rows of some rules; their cells are read together."""
    wanted: Wanted = defaultdict(set)
    for rule, rows in told:
        rule.rows.add_wanted(rows, wanted)
    cells.fetch_rows(wanted)
    return [finding for rule, rows in told for finding in rule.all(rows)]


def _by_row(stood: dict[str, At | None]) -> list[tuple[At, tuple[str, ...]]]:
    """Return the rows on which columns stand, with their columns."""
    found: dict[At, list[str]] = defaultdict(list)
    for column, at in stood.items():
        if at is not None:
            found[at].append(column)
    return [(at, tuple(columns)) for at, columns in found.items()]


def _listed_text(listed: Listed, colon: str, comma: str, semicolon: str) -> str:
    """Return the rows of lists in one line, blank cells left out."""
    return semicolon.join(comma.join(f"{k}{colon}{v}" for k, v in entry.items() if v) for entry in listed)


def basis_of(basis: Basis, item: str = "") -> str:
    """Return the basis in one line; `item` is the wording of the profile's item."""
    text = f"{basis.document}：{basis.says}" if basis.document and basis.says else basis.document
    text = text or f"惯例：{basis.convention}"
    return f"{text}（{item}）" if item else text
