"""One rule's failing rows → its findings."""

from collections import defaultdict

from fupin_cli.catalogue import both
from fupin_cli.engines.cells import At, Cells
from fupin_cli.findings.identity import ids, person_key
from fupin_cli.findings.judged import Judged
from fupin_cli.findings.message import fields_of, sentence
from fupin_cli.findings.rows import Failing
from fupin_cli.language.levels import list_of
from fupin_cli.model.finding import Finding
from fupin_cli.model.place import Place, Role
from fupin_cli.model.plan import EARLIER, PlannedRule
from fupin_cli.model.rule import ASKED_OF, Basis

Listed = list[dict[str, str]]  # rows of lists: column → text
_ALWAYS = {"姓名", "户主姓名", "户编号", "成员", "名单"}  # said only to name somebody: blank when nobody is known


class RuleFindings:
    """The findings of one rule."""

    def __init__(self, judged: Judged, planned: PlannedRule, cells: Cells) -> None:
        self._planned, self._cells, self._book = planned, cells, judged.book
        rule = planned.rule
        self._basis = basis_of(rule.basis, planned.says)
        asked = rule.id.partition(ASKED_OF)[2]
        self._lists = tuple(dict.fromkeys(hit.list for hit in planned.hits)) or ((asked,) if asked else ())
        self._named: dict[tuple[At, tuple[str, ...], Role], Place] = {}
        self._members_named = "成员" in fields_of(rule.message, rule.message_en)

    def all(self, rows: list[Failing]) -> list[Finding]:
        """Return the findings of the rows, in the same order."""
        self._fetch(rows)
        keys = [self._key(row) for row in rows]
        texts = [{column: self._text(found, column) for column, found in row.columns.items()} for row in rows]
        numbered = ids(
            self._planned.rule.told_as,
            keys,
            lambda i: (str(rows[i].day), *texts[i].values(), rows[i].at[0], rows[i].at[1] or 0),
        )
        return [self._finding(*each) for each in zip(rows, texts, numbered, strict=True)]

    def _key(self, row: Failing) -> tuple[str, str, str]:
        """Return household key, person key and list; of a village its names, of a row of a list the list's key."""
        if self._planned.level in {"人", "户"}:
            asked = next(iter(self._lists), "")
            return (*person_key(row.subject, about_person=self._planned.level == "人"), asked)
        return row.subject.key or "", "", self._list(row) or ""

    def _list(self, row: Failing) -> str | None:
        """Return the list whose row was hit, or is judged itself; else the one that was asked."""
        if list_of(self._planned.level) is not None:
            return self._cells.layouts[row.at[0]].kind.removeprefix("名单:")
        return row.listed[0][0] if row.listed else next(iter(self._lists), None)

    def _fetch(self, rows: list[Failing]) -> None:
        members = (*self._planned.member_columns, "姓名")
        self._cells.fetch(
            [
                (at, column)
                for row in rows
                for told in (row.columns, row.earlier)
                for column, found in told.items()
                for at in found
            ]
            + [(at, column) for row in rows for at in row.members for column in members]
            + [(at, column) for row in rows for _, at in row.listed for column in self._cells.columns(at[0])]
        )

    def _at(self, rows: tuple[At, ...], column: str) -> At | None:
        """Return the row a column's text stands on: the first that is not blank, else the first that has such a cell."""
        found = [self._cells.stands(at, column) for at in rows]
        if len(found) == 1:
            return found[0]
        for at in found:
            if self._cells.text(at, column).strip():
                return at
        return next((at for at in found if self._cells.addresses(at, column)), None)

    def _text(self, rows: tuple[At, ...], column: str) -> str:
        at = self._at(rows, column)
        return self._cells.text(at, column) if at is not None else ""

    def _finding(self, row: Failing, texts: dict[str, str], number: str) -> Finding:
        rule, subject = self._planned.rule, row.subject
        names = [self._cells.text(at, "姓名") for at in row.members]
        listed = [
            {column: self._cells.text(at, column) for column in self._cells.columns(at[0])} for _, at in row.listed
        ]
        earlier = {EARLIER + column: self._text(found, column) for column, found in row.earlier.items()}
        fields = earlier | self._fields(row, texts, names, listed)
        absent = self._absent(row, fields)
        aside, aside_en = (
            both("（名单：{fields}）", fields=(fields["名单"], _listed_text(listed, ": ", ", ", "; ")))
            if listed and "{名单}" not in rule.message
            else ("", "")
        )
        return Finding(
            id=number,
            rule=rule.told_as,
            severity=row.severity,
            scope=rule.scope,
            places=tuple(self._places(row)),
            household=subject.household,
            person=subject.person,
            village=subject.village,
            township=subject.township,
            column=None,
            list=self._list(row),
            values={column: texts[column] for column in self._planned.columns if column in texts} | earlier,
            message=sentence(rule.message, fields, absent=absent) + aside,
            message_en=sentence(rule.message_en or rule.message, fields, "en", absent) + aside_en,
            basis=self._basis,
            fix=rule.fix,
            fix_en=rule.fix_en or rule.fix,
            parameters=row.parameters,
            stable=(subject.household if self._planned.level in {"人", "户"} else subject.key) is not None,
            secrets=self._secrets(row, fields, names, listed),
            evidence=tuple({"list": name, **entry} for (name, _), entry in zip(row.listed, listed, strict=True)),
        )

    def _fields(self, row: Failing, texts: dict[str, str], names: list[str], listed: Listed) -> dict[str, str]:
        """Return what a message may name. Where it names the person or the head only to say who, a blank cell is helped out."""
        subject = row.subject
        who = {"姓名": subject.person, "户主姓名": subject.head, "户编号": subject.household}
        helped = {
            column: text
            for column, text in who.items()
            if text and not (column in self._planned.columns or texts.get(column, "").strip())
        }
        fields = {**texts, **helped, **row.values, "空白列": self._blank(row, texts)}
        if names and self._members_named:
            fields["成员"] = "、".join(dict.fromkeys(names))
        if listed:
            fields["名单"] = _listed_text(listed, "：", "，", "；")
        return fields

    def _absent(self, row: Failing, fields: dict[str, str]) -> set[str]:
        """Return what the message names and no sheet of the row has: not blank, but never asked."""
        rule = self._planned.rule
        lacking = set(fields_of(rule.message, rule.message_en or "")) - fields.keys() - _ALWAYS
        for column, found in row.columns.items():
            if not any(column in self._cells.columns(source) for source, _ in found):
                lacking.add(column)
        return lacking - _ALWAYS

    def _blank(self, row: Failing, texts: dict[str, str]) -> str:
        """Return the rule's columns that are blank on the row or on a member's row it speaks of."""
        own = [column for column in self._planned.columns if column in texts and not texts[column].strip()]
        members = [
            column
            for column in self._planned.member_columns
            if any(not self._cells.text(at, column).strip() for at in row.members)
        ]
        return "、".join(dict.fromkeys([*own, *members]))

    def _places(self, row: Failing) -> list[Place]:
        """Return the row itself, the rows its values were taken from, then members, others and list rows."""
        cells = self._cells
        grouped: dict[At, list[str]] = defaultdict(list)
        grouped[row.at] = []
        for column in self._planned.columns:
            at = self._at(row.columns[column], column) if column in row.columns else None
            if at is not None:
                grouped[at] += cells.addresses(at, column)
        places = [cells.place(at, found, "subject") for at, found in grouped.items() if found or at == row.at]
        for at in dict.fromkeys(row.members):
            place = self._beside(at, self._planned.member_columns, "member")
            if place.cells or at not in grouped:
                places.append(place)
        places += [self._beside(at, columns, "other") for at, columns in (*self._before(row), *row.others.items())]
        return places + [self._beside(at, (), "list") for _, at in row.listed]

    def _before(self, row: Failing) -> list[tuple[At, tuple[str, ...]]]:
        """Return the rows of the earlier edition whose values the rule asked, with their columns."""
        found: dict[At, list[str]] = defaultdict(list)
        for column, rows in row.earlier.items():
            at = self._at(rows, column)
            if at is not None:
                found[at].append(column)
        return [(at, tuple(columns)) for at, columns in found.items()]

    def _beside(self, at: At, columns: tuple[str, ...], role: Role) -> Place:
        """Return the place of some columns of another row; a row that many findings name is one record."""
        key = (at, columns, role)
        if key not in self._named:
            addresses = [address for column in columns for address in self._cells.addresses(at, column)]
            self._named[key] = self._cells.place(at, addresses, role)
        return self._named[key]

    def _secrets(self, row: Failing, fields: dict[str, str], names: list[str], listed: Listed) -> dict[str, str]:
        """Return every text of the finding that a report must mask, and how."""
        known, found = self._book.dictionary.columns, {}
        for field, text in fields.items():
            column = field.removeprefix(EARLIER)
            one = known.get(column) or self._cells.column(row.at[0], column)
            if one is not None and one.mask:
                found[text.strip()] = one.mask
        for (_, at), entry in zip(row.listed, listed, strict=True):
            for column, text in entry.items():
                own = self._cells.column(at[0], column)
                if own is not None and own.mask:
                    found[text.strip()] = own.mask
        people = (*names, row.subject.person, row.subject.head)
        return {
            text: kind for text, kind in {**found, **{name.strip(): "姓名" for name in people if name}}.items() if text
        }


def _listed_text(listed: Listed, colon: str, comma: str, semicolon: str) -> str:
    """Return the rows of lists in one line, blank cells left out."""
    return semicolon.join(comma.join(f"{k}{colon}{v}" for k, v in entry.items() if v) for entry in listed)


def basis_of(basis: Basis, item: str = "") -> str:
    """Return the basis in one line; `item` is the wording of the profile's item."""
    text = f"{basis.document}：{basis.says}" if basis.document and basis.says else basis.document
    text = text or f"惯例：{basis.convention}"
    return f"{text}（{item}）" if item else text
