"""Read one YAML file: in comes a path, out come plain values, all scalars as the text written, with the place of each.

Nothing is resolved: `yes`, `3609` and `2010-05-01` stay text, so an identity number or a date keeps its characters.
Anchors, aliases, tags, duplicate keys and a second document are faults; so no file can grow or build an object.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import yaml
from msgspec import Struct, field

from fupin_cli.catalogue import both
from fupin_cli.errors import Fault

LARGEST = 1_000_000  # bytes; the largest file of the shipped rules has a tenth of it
WIDEST = 200  # characters of a line that a fault repeats
DEEPEST = 12  # mappings and lists inside each other

_SYNTAX = (  # the parser's own words, and what a clerk has usually done
    ("mapping values are not", *both("文字里有“: ”要整句加引号，或缩进不对")),
    ("unexpected end of stream", *both("引号没有成对")),
    ("expected node content", *both("少一个值，或括号没有成对")),
    ("expected ',' or", *both("方括号或花括号没有成对，或里面少逗号、少引号")),
    ("cannot start any token", *both("文字以 % @ ` 开头：整句加引号")),
    ("could not find expected ':'", *both("这一行少了“: ”，或上一行的引号没有成对")),
    ("did not find expected key", *both("缩进和上面的行不一致，或引号后面还有文字")),
)

Trail = tuple[str | int, ...]  # keys and positions that lead to a value: ("values", 2, "since")
Sentences = tuple[str, str]  # Chinese, English


class Spot(NamedTuple):
    """Where a key or a value begins."""

    line: int  # counted from 1
    column: int  # counted from 1
    width: int  # characters to underline


class Document(Struct):
    """One YAML file as written."""

    file: Path
    lines: list[str]
    value: dict[str, Any] = field(default_factory=dict)
    keys: dict[Trail, yaml.Event] = field(default_factory=dict)
    values: dict[Trail, yaml.Event] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    readable: bool = False  # the file is one mapping; `value` may be judged

    def fault(self, trail: Trail, sentences: Sentences, *, on_key: bool = False) -> Fault:
        """Return a fault at the key or the value that `trail` leads to, or at the nearest value around it."""
        event = self.keys.get(trail) if on_key else None
        while event is None and trail:
            event = self.values.get(trail)
            trail = trail[:-1]
        event = event or self.values.get(())
        return self.fault_at(_spot(event) if event else Spot(1, 1, 1), sentences)

    def place(self, trail: Trail) -> tuple[int, int]:
        """Return line and column of the value that `trail` leads to."""
        spot = _spot(self.values[trail])
        return spot.line, spot.column

    def fault_at(self, spot: Spot, sentences: Sentences) -> Fault:
        """Return a fault at `spot`, with the line it stands in."""
        excerpt = self.lines[spot.line - 1] if spot.line <= len(self.lines) else ""
        if len(excerpt) > WIDEST:
            excerpt = ""
        return Fault(self.file, spot.line, spot.column, *sentences, excerpt, spot.width)


def read_yaml(file: Path, largest: int = LARGEST) -> Document:
    """Read `file` of at most `largest` bytes; whatever is wrong with it stands in `faults`, nothing is raised."""
    document = Document(file, [])
    text = _read_text(document, largest)
    if text is None:
        return document
    document.lines = text.splitlines()
    try:
        _Reader(document, text).read()
    except yaml.MarkedYAMLError as error:
        document.faults.append(_syntax_fault(document, error))
    except yaml.YAMLError as error:
        document.faults.append(_character_fault(document, text, error))
    return document


def read_values(file: Path, largest: int = LARGEST) -> dict[str, Any] | None:
    """Return what `read_yaml` finds in a file without fault, without the places; None where there is a fault to tell."""
    text = _read_text(Document(file, []), largest)
    if text is None:
        return None
    event: Callable[[], Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)(text).get_event
    try:
        event()  # the stream begins
        if isinstance(event(), yaml.StreamEndEvent):
            return None
        value = _value(event(), event, 0)
        event()  # the document ends
        return value if isinstance(value, dict) and isinstance(event(), yaml.StreamEndEvent) else None
    except (yaml.YAMLError, _Broken):
        return None


def _value(opened: Any, event: Callable[[], Any], depth: int) -> Any:  # noqa: ANN401 - events and YAML values
    """Return the value that begins with an event.

    Raises:
        _Broken: it holds what these files may not.
    """
    if opened.anchor is not None or opened.tag is not None:
        raise _Broken
    if isinstance(opened, yaml.ScalarEvent):
        return _scalar(opened)
    if depth == DEEPEST:
        raise _Broken
    if isinstance(opened, yaml.SequenceStartEvent):
        listed: list[Any] = []
        while not isinstance(inner := event(), yaml.SequenceEndEvent):
            listed.append(_value(inner, event, depth + 1))
        return listed
    values: dict[str, Any] = {}
    while not isinstance(key := event(), yaml.MappingEndEvent):
        if not isinstance(key, yaml.ScalarEvent) or key.value in values:
            raise _Broken
        values[key.value] = _value(event(), event, depth + 1)
    return values


def _scalar(event: yaml.ScalarEvent) -> str | None:
    """Return the text of a scalar; None for a blank."""
    text: str = event.value
    return None if text in ("", "~", "null") and event.implicit[0] else text


def _read_text(document: Document, largest: int) -> str | None:
    try:
        raw = document.file.read_bytes()
    except OSError as error:
        why = error.strerror or type(error).__name__
        document.faults.append(document.fault((), both("文件打不开：{why}", why=why)))
        return None
    if len(raw) > largest:
        size = f"{largest // 1_000_000} MB"
        sentences = both("文件超过 {size}，不像规则文件", size=size)
        document.faults.append(document.fault((), sentences))
        return None
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        spot = Spot(raw[: error.start].count(b"\n") + 1, 1, 1)
        document.faults.append(document.fault_at(spot, both("文件不是 UTF-8 编码（可能是 GBK）：请另存为 UTF-8")))
        return None


class _Broken(Exception):  # noqa: N818 - never leaves this module
    """Stop reading: the rest of the file makes no sense."""


class _Reader:
    """Builds the values of one document from the events of the C parser."""

    def __init__(self, document: Document, text: str) -> None:
        self.document = document
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)(text)
        self.event: Callable[[], Any] = loader.get_event

    def read(self) -> None:
        """Fill the document's value, places and faults."""
        try:
            self.event()  # the stream begins
            if isinstance(self.event(), yaml.StreamEndEvent):
                self._say(Spot(1, 1, 1), *both("文件是空的"))
                return
            value = self._node(self.event(), (), 0)
            self.event()  # the document ends
            extra = self.event()
            if not isinstance(extra, yaml.StreamEndEvent):
                self._say(_spot(extra), *both("一个文件只能写一份内容，不要用“---”分开"))
                return
        except _Broken:
            return
        if isinstance(value, dict):
            self.document.value = value
            self.document.readable = True
        else:
            self._say(Spot(1, 1, 1), *both("文件应是“键: 值”的形式"))

    def _say(self, spot: Spot, zh: str, en: str) -> None:
        self.document.faults.append(self.document.fault_at(spot, (zh, en)))

    def _node(self, event: Any, trail: Trail, depth: int) -> Any:  # noqa: ANN401 - events and YAML values
        self.document.values[trail] = event
        if event.anchor is not None:
            self._say(_spot(event), *both("规则文件不用 & 和 * 引用：请把内容写出来（文字以这两个符号开头时要加引号）"))
            raise _Broken
        if event.tag is not None:
            self._say(_spot(event), *both("规则文件不用 ! 标签（文字以 ! 开头时要加引号）"))
            raise _Broken
        if isinstance(event, yaml.ScalarEvent):
            return _scalar(event)
        if depth == DEEPEST:
            self._say(_spot(event), *both("层次太深，不像规则文件"))
            raise _Broken
        if isinstance(event, yaml.SequenceStartEvent):
            return self._list(trail, depth)
        return self._mapping(trail, depth)

    def _list(self, trail: Trail, depth: int) -> list[Any]:
        values: list[Any] = []
        while not isinstance(event := self.event(), yaml.SequenceEndEvent):
            values.append(self._node(event, (*trail, len(values)), depth + 1))
        return values

    def _mapping(self, trail: Trail, depth: int) -> dict[str, Any]:
        values: dict[str, Any] = {}
        while not isinstance(event := self.event(), yaml.MappingEndEvent):
            if not isinstance(event, yaml.ScalarEvent):
                self._say(_spot(event), *both("键应是文字"))
                raise _Broken
            key = event.value
            if key in values:
                first = _spot(self.document.keys[(*trail, key)]).line
                self._say(_spot(event), *both("“{key}”写了两次（第 {first} 行已有）", key=key, first=first))
                self._skip()
                continue
            inner = (*trail, key)
            self.document.keys[inner] = event
            values[key] = self._node(self.event(), inner, depth + 1)
        return values

    def _skip(self) -> None:
        depth = 0
        while True:
            event = self.event()
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth == 0:
                return


def _spot(event: Any) -> Spot:  # noqa: ANN401 - yaml's events share no typed marks
    start, end = event.start_mark, event.end_mark
    width = end.column - start.column if end.line == start.line else 1
    return Spot(start.line + 1, start.column + 1, max(1, width))


def _syntax_fault(document: Document, error: yaml.MarkedYAMLError) -> Fault:
    begun = any(words in (error.problem or "") for words in ("end of stream", "expected ':'"))
    mark = (error.context_mark if begun else None) or error.problem_mark
    spot = Spot(mark.line + 1, mark.column + 1, 1) if mark else Spot(1, 1, 1)
    line = document.lines[spot.line - 1] if spot.line <= len(document.lines) else ""
    if "\t" in line[: len(line) - len(line.lstrip())]:
        return document.fault_at(Spot(spot.line, line.index("\t") + 1, 1), both("缩进用了制表符（Tab）：请改用空格"))
    for words, zh, en in _SYNTAX:
        if words in (error.problem or ""):
            return document.fault_at(spot, (zh, en))
    return document.fault_at(
        spot, both("不是正确的 YAML（{problem}）：请检查缩进，以及冒号、引号、括号是否成对", problem=error.problem)
    )


def _character_fault(document: Document, text: str, error: yaml.YAMLError) -> Fault:
    before = text.encode()[: getattr(error, "position", 0)].decode(errors="ignore")  # the parser counts bytes
    spot = Spot(before.count("\n") + 1, len(before) - before.rfind("\n"), 1)
    return document.fault_at(spot, both("文件里有看不见的控制字符，请删去"))
