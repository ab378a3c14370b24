"""The YAML files as they may be written: keys, shapes and types, and nothing of what they mean.

All scalars arrive as text (see yaml_nodes); these models turn them into numbers and dates.
"""

import re
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, PlainValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from fupin_cli.model.dictionary import Level, Type
from fupin_cli.model.rule import Outcome, Severity

Scope = Literal[
    "单元格", "列", "表", "户", "人", "帮扶人", "村", "县", "跨户", "名单", "跨期", "台账", "输出"
]  # fmt: skip
Mask = Literal["姓名", "证件", "电话", "账号"]

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")


def _day(written: object) -> object:
    if isinstance(written, str) and not _DAY.fullmatch(written):
        raise PydanticCustomError("iso_day", "no ISO day")
    return written


def _place(written: str) -> str:
    if not re.fullmatch(r"\d{2}|\d{4}|\d{6}", written):
        raise PydanticCustomError("region_code", "no region code")
    return written


def _number_or_text(written: object) -> float | str:
    if not isinstance(written, str) or not written.strip():
        raise PydanticCustomError("number_or_text", "no number and no text")
    if not _NUMBER.fullmatch(written):
        return written
    return float(written) if "." in written else int(written)


def _cells(written: object) -> dict[str, str]:
    if not isinstance(written, dict):
        raise PydanticCustomError("cells", "no row of cells")
    if any(isinstance(cell, dict | list) for cell in written.values()):
        raise PydanticCustomError("cells", "no row of cells")
    return {column: "" if cell is None else str(cell) for column, cell in written.items()}


def _one_or_more(written: object) -> object:
    return (written,) if isinstance(written, str) else written


Text = Annotated[str, Field(min_length=1)]
Texts = tuple[Text, ...]
Day = Annotated[date, BeforeValidator(_day), WithJsonSchema({"$comment": "day"})]  # json_schema.py knows the comments
Place = Annotated[str, AfterValidator(_place), WithJsonSchema({"$comment": "place"})]
NumberOrText = Annotated[Any, PlainValidator(_number_or_text), WithJsonSchema({"$comment": "number or text"})]
Cells = Annotated[Any, PlainValidator(_cells), WithJsonSchema({"$comment": "cells"})]  # column → text as written


class Written(BaseModel):
    """A mapping in a rule folder; a key that is not listed is a fault."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class WrittenBasis(Written):
    """`basis:` of a rule, a parameter's value or a profile."""

    document: Text | None = None
    says: Text | None = None
    convention: Text | None = None


class WrittenExample(Written):
    """One entry of a rule's `examples:`."""

    given: Cells
    verdict: Outcome
    severity: Severity | None = None
    as_of: Day | None = None
    region: Place | None = None
    profile: Text | None = None
    members: tuple[Cells, ...] = ()
    others: tuple[Cells, ...] = ()
    parameters: dict[Text, NumberOrText] = {}
    lists: dict[Text, tuple[Cells, ...]] = {}
    households: tuple[Cells, ...] = ()
    villages: tuple[Cells, ...] = ()
    previous: Cells | None = None
    previous_members: tuple[Cells, ...] = ()


class WrittenGrade(Written):
    """Another severity for failing rows on which a condition holds."""

    severity: Severity
    when: Text


class WrittenRule(Written):
    """A file of a theme folder."""

    id: Text
    name: Text
    name_en: Text | None = None
    kind: Literal["rule", "reading"] = "rule"
    scope: Scope
    subject: Literal["人", "户"] | None = None
    severity: Severity
    grades: tuple[WrittenGrade, ...] = ()
    optional: Texts = ()
    lists: Texts = ()
    rows: Annotated[Texts, BeforeValidator(_one_or_more, json_schema_input_type=Text | Texts)] = ()
    parts: Texts = ()
    profile_item: bool = False
    when: Text | None = None
    must: Text | None = None
    check: Text | None = None
    message: Text
    message_en: Text | None = None
    why: Text
    why_en: Text | None = None
    fix: Text
    fix_en: Text | None = None
    basis: WrittenBasis
    since: Day | None = None
    until: Day | None = None
    regions: tuple[Place, ...] = ()
    tags: Texts = ()
    never_unknown: Text | None = None
    equivalent: dict[Text, Text] = {}
    examples: tuple[WrittenExample, ...]


class WrittenRetiredRule(Written):
    """One entry of `retired.yaml`."""

    id: Text
    name: Text
    since: Day
    why: Text
    replaced_by: Texts = ()


class WrittenRetired(Written):
    """`retired.yaml`: ids that were rules once."""

    retired: tuple[WrittenRetiredRule, ...]


class WrittenColumn(Written):
    """One column of a dictionary file or of a list."""

    name: Text
    type: Type
    unit: Text | None = None
    codes: Text | None = None
    aliases: Texts = ()
    bands: Texts = ()
    gather: bool = False
    blank: Text | None = None
    blank_when: Texts = ()
    most: float | None = None
    mask: Mask | None = None
    source: Text | None = None


class WrittenDictionary(Written):
    """A file of `tables/`."""

    level: Level
    source: Text | None = None
    columns: tuple[WrittenColumn, ...]


class WrittenDerivedColumn(Written):
    """One column of `tables/derived.yaml`."""

    name: Text
    level: Literal["户", "人"]
    type: Type
    alternatives: Texts = Field(alias="from")
    codes: Text | None = None
    optional: Texts = ()
    why: Text | None = None
    basis: WrittenBasis | None = None


class WrittenDerived(Written):
    """`tables/derived.yaml`."""

    columns: tuple[WrittenDerivedColumn, ...]


class WrittenCodes(Written):
    """A file of `codes/`."""

    id: Text
    name: Text
    complete: bool = False
    values: Texts
    codes: dict[Text, Text] = {}
    synonyms: dict[Text, Text] = {}
    retired: Texts = ()
    offered: Texts = ()
    ended: dict[Text, int] = {}
    source: Text | None = None


class WrittenList(Written):
    """A file of `lists/`."""

    name: Text
    aliases: Texts = ()
    key: Text
    why: Text | None = None
    columns: tuple[WrittenColumn, ...]


class WrittenValue(Written):
    """One value of a parameter."""

    value: NumberOrText
    since: Day
    until: Day | None = None
    place: Place | None = None
    tier: Text | None = None
    basis: WrittenBasis


class WrittenParameter(Written):
    """A file of `parameters/`."""

    name: Text
    unit: Text
    why: Text
    values: tuple[WrittenValue, ...]


class WrittenItem(Written):
    """One item of a profile."""

    rule: Text
    says: Text
    exceptions: Texts = ()
    severity: Severity | None = None


class WrittenProfile(Written):
    """A file of `profiles/`."""

    name: Text
    title: Text
    extends: Text | None = None
    without: Texts = ()
    region: Place | None = None
    as_of: Day | None = None
    basis: WrittenBasis
    parameters: dict[Text, NumberOrText] = {}
    required: dict[Literal["户", "人"], Texts] = {}
    items: tuple[WrittenItem, ...] = ()
    unchecked: Texts = ()
