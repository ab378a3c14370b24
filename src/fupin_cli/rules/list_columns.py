"""`columns:` of one entry of a lists.yaml in; which heading is which column, and the columns it adds to the list, out."""

from difflib import get_close_matches
from typing import Any, Literal, get_args

from msgspec import Struct, field
from msgspec.structs import replace

from fupin_cli.catalogue import both, enumerated
from fupin_cli.errors import Fault
from fupin_cli.model.dictionary import Column, Dictionary, ListKind, Type
from fupin_cli.rules.yaml_nodes import Document, Trail

_KEYS = ("name", "type", "codes", "unit", "mask")
_TYPES: tuple[Type, ...] = tuple(each for each in get_args(Type) if each != "真假")
_STANDARD: dict[str, tuple[Type, tuple[str, ...]]] = {  # columns a list of one's own need not describe
    "户编号": ("编号", ("户编码", "户号")),
    "户主姓名": ("姓名", ("户主",)),
    "户主证件号码": ("证件", ("户主身份证号",)),
    "乡": ("文本", ("乡镇", "乡(镇)")),
    "村": ("文本", ("行政村", "村名")),
    "数据日期": ("日期", ()),
}
_MASKS: dict[str, Literal["姓名", "证件", "电话", "账号"]] = {
    "姓名": "姓名",
    "证件": "证件",
    "电话": "电话",
    "账号": "账号",
}  # what texts of a type, or of a `mask`, are


class Found(Struct):
    """What `columns:` says."""

    headings: dict[str, str] = field(default_factory=dict)
    added: dict[str, Column] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


def named_by(name: str, dictionary: Dictionary) -> ListKind | None:
    """Return the shipped list that goes by a name."""
    return next((kind for kind in dictionary.lists.values() if name in (kind.name, *kind.aliases)), None)


def own_kind(name: str, key: str, why: str) -> ListKind:
    """Return a list of the user's own: of persons, where its key is 证件号码, or of whatever its key names."""
    columns = [_standard(each) for each in (key, "户主姓名") if each in _STANDARD]
    if key == "证件号码":
        columns = [
            Column(key, "名单", "证件", mask="证件", aliases=("身份证号", "身份证号码", "公民身份号码", "身份证", "证件号", "居民身份证号码")),
            Column("姓名", "名单", "姓名", mask="姓名", aliases=("人员姓名",)),
        ]  # fmt: skip
    return ListKind(name, (), key, {column.name: column for column in columns}, why)


def dated_columns(kind: ListKind) -> dict[str, Column]:
    """Return the columns of a list, with the day its rows may give."""
    return {"数据日期": _standard("数据日期"), **kind.columns}


class Columns:
    """Reads `columns:` of one entry."""

    def __init__(self, document: Document, dictionary: Dictionary, kind: ListKind) -> None:
        self.document = document
        self.codes = dictionary.codes
        self.kind = kind
        self.found = Found()

    def of(self, value: Any, trail: Trail) -> Found:  # noqa: ANN401 - a YAML value
        """Return what is said: `heading: column`, or `heading: {name, type}` for a column the list does not have."""
        if value is None:
            return self.found
        if not isinstance(value, dict):
            self._say(trail, *both("“columns:”下面应是“表头: 列名”，或“表头: {name: 列名, type: 类型}”"))
            return self.found
        for heading, written in value.items():
            inner = (*trail, heading)
            name = self._defined(heading, written, inner) if isinstance(written, dict) else self._known(written, inner)
            if name in self.found.headings.values():
                self._say(inner, *both("“{name}”给了两个表头：把一个改成别的列", name=name))
            if name:
                self.found.headings[heading] = name
        return self.found

    def _known(self, written: Any, trail: Trail) -> str:  # noqa: ANN401 - a YAML value
        """Return a column the list has, or one every list may have."""
        known = [*dated_columns(self.kind), *self.found.added]
        if isinstance(written, str) and written in known:
            return written
        if isinstance(written, str) and written in _STANDARD:
            self.found.added[written] = _standard(written)
            return written
        if not isinstance(written, str):
            self._say(trail, *both("这里应是列名，或 {name: 列名, type: 类型}"))
            return ""
        near = get_close_matches(written, known, 1, 0.3)
        zh, en = both(
            "名单“{name}”没有“{written}”这一列{near}；新的列要写类型，如 {{type: 数字}}",
            name=self.kind.name,
            written=written,
            near=(both("，最接近的是“{near}”", near=near[0]) if near else ("", "")),
        )
        self._say(trail, zh, en)
        return ""

    def _defined(self, heading: str, written: dict[str, Any], trail: Trail) -> str:
        """Return a column that is defined here."""
        for key, value in written.items():
            if key not in _KEYS or not isinstance(value, str):
                self._say((*trail, key), *both("列里只能写 {keys}，各一段文字", keys=enumerated(_KEYS)))
                return ""
        name: str = written.get("name", heading)
        type_ = next((one for one in _TYPES if one == written.get("type")), None)
        if type_ is None:
            self._say((*trail, "type"), *both("列“{name}”要写类型 type：{types}", name=name, types=enumerated(_TYPES)))
            return ""
        codes = written.get("codes")
        if (type_ in {"代码", "多值"}) != (codes is not None) or (codes is not None and codes not in self.codes):
            self._say((*trail, "codes"), *both("代码、多值列要写 codes：rules/codes 里的编号，如 是否；其他类型不写"))
            return ""
        if name in self.kind.columns and self.kind.columns[name].type != type_:
            self._say(
                trail,
                *both(
                    "名单“{name}”的“{name2}”是{type}列：换一个列名",
                    name=self.kind.name,
                    name2=name,
                    type=self.kind.columns[name].type,
                ),
            )
            return ""
        if name not in self.kind.columns:
            column = replace(_column(name, type_), codes=codes, unit=written.get("unit", ""))
            self.found.added[name] = (
                replace(column, mask=_MASKS[written["mask"]]) if written.get("mask") in _MASKS else column
            )
        return name

    def _say(self, trail: Trail, zh: str, en: str) -> None:
        self.found.faults.append(self.document.fault(trail, (zh, en)))


def _standard(name: str) -> Column:
    type_, aliases = _STANDARD[name]
    return _column(name, type_, aliases)


def _column(name: str, type_: Type, aliases: tuple[str, ...] = ()) -> Column:
    return Column(name, "名单", type_, aliases=aliases, mask=_MASKS.get(type_, ""))
