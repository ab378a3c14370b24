"""From the YAML as written to the records of the model: shapes in, frozen records out, nothing judged."""

from pathlib import Path
from typing import Literal, get_args

from fupin_cli.model.dictionary import CodeList, Column, Derived, Level, ListKind
from fupin_cli.model.retired import Retired
from fupin_cli.model.rule import Basis, Example, Grade, Parameter, Profile, ProfileItem, Rule, Value
from fupin_cli.rules.schema import (
    Mask,
    WrittenBasis,
    WrittenCodes,
    WrittenColumn,
    WrittenDerivedColumn,
    WrittenExample,
    WrittenList,
    WrittenParameter,
    WrittenProfile,
    WrittenRetiredRule,
    WrittenRule,
)
from fupin_cli.rules.yaml_nodes import Document, Trail

_MASK_OF: dict[str, Literal["", "姓名", "证件", "电话", "账号"]] = {
    kind: kind for kind in get_args(Mask)
}  # columns of these types are always masked


def to_rule(written: WrittenRule, document: Document) -> Rule:
    """Return the rule that stands in `document`."""
    return Rule(
        id=written.id,
        name=written.name,
        scope=written.scope,
        severity=written.severity,
        message=written.message,
        why=written.why,
        fix=written.fix,
        basis=_basis(written.basis),
        file=document.file,
        when=written.when or "",
        must=written.must or "",
        grades=tuple(Grade(grade.severity, grade.when) for grade in written.grades),
        kind=written.kind,
        check=written.check or "",
        optional=written.optional,
        lists=written.lists,
        rows=written.rows,
        subject=written.subject or "",
        parts=written.parts,
        profile_item=written.profile_item,
        since=written.since,
        until=written.until,
        regions=written.regions,
        tags=written.tags,
        never_unknown=written.never_unknown or "",
        equivalent=written.equivalent,
        name_en=written.name_en or "",
        message_en=written.message_en or "",
        why_en=written.why_en or "",
        fix_en=written.fix_en or "",
        examples=tuple(_example(example, document, n) for n, example in enumerate(written.examples)),
        positions=_positions(document),
    )


def _positions(document: Document) -> dict[str, tuple[int, int]]:
    return {str(trail[0]): document.place(trail) for trail in document.values if len(trail) == 1}


def _basis(written: WrittenBasis) -> Basis:
    return Basis(written.document or "", written.says or "", written.convention or "")


def _example(written: WrittenExample, document: Document, number: int) -> Example:
    return Example(
        given=written.given,
        verdict=written.verdict,
        as_of=written.as_of,
        region=written.region,
        profile=written.profile,
        members=written.members,
        others=written.others,
        parameters=written.parameters,
        lists=written.lists,
        households=written.households,
        villages=written.villages,
        previous=written.previous,
        previous_members=written.previous_members,
        line=document.place(("examples", number))[0],
        severity=written.severity,
    )


def to_retired(written: WrittenRetiredRule, file: Path) -> Retired:
    """Return an id that is no rule any more."""
    return Retired(written.id, written.name, written.since, written.why, file, written.replaced_by)


def to_column(written: WrittenColumn, level: Level) -> Column:
    """Return one column of a dictionary file or a list."""
    return Column(
        name=written.name,
        level=level,
        type=written.type,
        unit=written.unit or "",
        codes=written.codes,
        aliases=written.aliases,
        bands=written.bands,
        gather=written.gather,
        blank=written.blank,
        blank_when=written.blank_when,
        most=written.most,
        # a column of a masked type is masked whether the dictionary says so or not
        mask=written.mask or _MASK_OF.get(written.type, ""),
        source=written.source or "",
    )


def to_derived(written: WrittenDerivedColumn, document: Document, number: int) -> Derived:
    """Return one derived column, with the place of each of its expressions."""
    trails: list[Trail] = [("columns", number, "from", n) for n in range(len(written.alternatives))]
    return Derived(
        name=written.name,
        level=written.level,
        type=written.type,
        alternatives=written.alternatives,
        optional=written.optional,
        why=written.why or "",
        codes=written.codes,
        file=document.file,
        positions=_places(document, trails),
    )


def _places(document: Document, trails: list[Trail]) -> tuple[tuple[int, int], ...]:
    return tuple(document.place(trail) for trail in trails)


def to_codes(written: WrittenCodes) -> CodeList:
    """Return a code list."""
    return CodeList(
        id=written.id,
        name=written.name,
        complete=written.complete,
        values=written.values,
        codes=written.codes,
        synonyms=written.synonyms,
        retired=written.retired,
        offered=written.offered,
        ended=written.ended,
        source=written.source or "",
    )


def to_list(written: WrittenList) -> ListKind:
    """Return a kind of departmental list."""
    columns = {column.name: to_column(column, "名单") for column in written.columns}
    return ListKind(written.name, written.aliases, written.key, columns, written.why or "")


def to_parameter(written: WrittenParameter, file: Path) -> Parameter:
    """Return a parameter with its values in the order written."""
    values = tuple(
        Value(value.value, value.since, value.until, value.place or "", value.tier or "", _basis(value.basis))
        for value in written.values
    )
    return Parameter(written.name, written.unit, values, written.why, file)


def to_profile(written: WrittenProfile, document: Document) -> Profile:
    """Return a profile."""
    items = tuple(
        ProfileItem(
            rule=item.rule,
            says=item.says,
            exceptions=item.exceptions,
            severity=item.severity,
            positions=_places(document, [("items", n, "exceptions", m) for m in range(len(item.exceptions))]),
        )
        for n, item in enumerate(written.items)
    )
    return Profile(
        name=written.name,
        title=written.title,
        region=written.region,
        as_of=written.as_of,
        items=items,
        parameters=written.parameters,
        required=dict(written.required.items()),
        basis=_basis(written.basis),
        file=document.file,
        unchecked=written.unchecked,
        extends=written.extends,
        without=written.without,
    )
