"""A file of `ledgers/` as it may be written in, the special ledger it describes out; what its expressions mean is checked in plans/."""

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import BeforeValidator

from fupin_cli.catalogue import both
from fupin_cli.errors import Fault
from fupin_cli.model.rule import Basis
from fupin_cli.model.special_ledger import LedgerColumn, LedgerNeed, SpecialLedger
from fupin_cli.rules.checks import check_basis
from fupin_cli.rules.schema import Text, Texts, Written, WrittenBasis
from fupin_cli.rules.yaml_nodes import Document, Trail


def _by_column(written: object) -> object:
    return {"column": written} if isinstance(written, str) else written


class WrittenLedgerColumn(Written):
    """A column by its name alone, or with a heading of its own; a heading alone is left blank."""

    column: Text | None = None
    heading: Text | None = None


class WrittenNeed(Written):
    """A column that must be filled, by its name alone; or any condition, with the words for its lack."""

    column: Text | None = None
    when: Text | None = None
    must: Text | None = None
    optional: Texts = ()
    says: Text | None = None
    says_en: Text | None = None


class WrittenLedger(Written):
    """A file of `ledgers/`."""

    name: Text
    title: Text
    title_en: Text | None = None
    aliases: Texts = ()
    subject: Literal["户", "人"]
    rows: Text
    optional: Texts = ()
    columns: tuple[
        Annotated[WrittenLedgerColumn, BeforeValidator(_by_column, json_schema_input_type=Text | WrittenLedgerColumn)],
        ...,
    ]
    needed: tuple[
        Annotated[WrittenNeed, BeforeValidator(_by_column, json_schema_input_type=Text | WrittenNeed)], ...
    ] = ()
    why: Text
    basis: WrittenBasis


def check_ledger(written: WrittenLedger, document: Document) -> Iterator[Fault]:
    """Yield columns that say nothing, needs that ask nothing or have no words, headings that stand twice, and a bad basis."""
    yield from check_basis(written.basis, document, ("basis",))
    seen: set[str] = set()
    for number, column in enumerate(written.columns):
        heading = column.heading or column.column
        trail: Trail = ("columns", number)
        if heading is None:
            yield document.fault(trail, both("这一列要写 column（登记表的列）或 heading（留空的表头）"))
        elif heading in seen:
            yield document.fault(trail, both("表头“{heading}”写了两次", heading=heading))
        seen.add(heading or "")
    for number, need in enumerate(written.needed):
        if need.column is None and need.must is None:
            yield document.fault(("needed", number), both("这一条要写 column（必填的列）或 must（条件）"))
        elif need.column is None and need.says is None:
            yield document.fault(("needed", number), both("只写 must 时要写 says：缺了怎么说"))


def to_ledger(written: WrittenLedger, document: Document) -> SpecialLedger:
    """Return the ledger that stands in `document`."""
    return SpecialLedger(
        name=written.name,
        title=written.title,
        title_en=written.title_en or written.title,
        subject=written.subject,
        rows=written.rows,
        columns=tuple(LedgerColumn(one.heading or one.column or "", one.column or "") for one in written.columns),
        needed=tuple(_need(one) for one in written.needed),
        why=written.why,
        basis=Basis(written.basis.document or "", written.basis.says or "", written.basis.convention or ""),
        file=document.file,
        aliases=written.aliases,
        optional=written.optional,
        positions=_positions(written, document),
    )


def _need(written: WrittenNeed) -> LedgerNeed:
    says = written.says or written.column or ""
    must = written.must or f'NOT 为空("{written.column}")'
    return LedgerNeed(says, written.says_en or says, must, written.when or "", written.optional)


def _positions(written: WrittenLedger, document: Document) -> dict[str, tuple[int, int]]:
    trails: list[Trail] = [("rows",), ("optional",)]
    trails += [("columns", number) for number, _ in enumerate(written.columns)]
    for number, _ in enumerate(written.needed):
        trails += [
            ("needed", number),
            ("needed", number, "must"),
            ("needed", number, "when"),
            ("needed", number, "optional"),
        ]
    return {"/".join(map(str, trail)): document.place(trail) for trail in trails if trail in document.values}
