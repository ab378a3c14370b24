"""A mapping file in, the tables it speaks of out; all its faults at once, each with line and the nearest name."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from fupin_cli.catalogue import both, enumerated
from fupin_cli.errors import Fault, InputError, MappingError
from fupin_cli.model.dictionary import Dictionary
from fupin_cli.model.mapping import UNREAD, KnownTable, MappingFile
from fupin_cli.rules.yaml_nodes import Document, Trail, read_yaml

KEYS = ("文件", "工作表", "表", "表头行", "列")
KINDS = ("户", "人", "村", UNREAD)
_ROWS = re.compile(r"(\d{1,7})(?:\s*[-–—~至到]\s*(\d{1,7}))?")
_DEEPEST = 8  # heading rows a table may have


def load_mapping(path: Path, dictionary: Dictionary) -> MappingFile:
    """Read a mapping file.

    Raises:
        InputError: there is no such file.
        MappingError: its faults, all at once.
    """
    if not path.is_file():
        raise InputError(
            *both(
                "{path}：没有这个对应文件；可用 fupin inspect 工作簿 --save {name} 写一个。", path=path, name=path.name
            )
        )
    document = read_yaml(path)
    reader = _Reader(document, dictionary)
    tables = tuple(reader.tables()) if document.readable else ()
    faults = [*document.faults, *reader.faults]
    if faults:
        raise MappingError(faults)
    return MappingFile(path, tables, tuple(document.lines))


class _Reader:
    """Turns the values of one document into tables, and keeps what is wrong with them."""

    def __init__(self, document: Document, dictionary: Dictionary) -> None:
        self.document = document
        self.columns = dictionary.columns
        self.faults: list[Fault] = []

    def tables(self) -> Iterator[KnownTable]:
        """Yield every table that can be made out."""
        value = self.document.value
        for key in value:
            if key != "表格":
                self._say((key,), *_unknown(*both("键"), key, ["表格"]), on_key=True)
        entries = value.get("表格")
        if not isinstance(entries, list):
            self._say(("表格",), *both("“表格:”下面应是一张张表，每张以“- ”开头"))
            return
        for number, entry in enumerate(entries):
            trail: Trail = ("表格", number)
            if isinstance(entry, dict):
                yield self._table(entry, trail)
            else:
                self._say(trail, *both("这里应是“键: 值”的形式"))

    def _table(self, entry: dict[str, Any], trail: Trail) -> KnownTable:
        for key in entry:
            if key not in KEYS:
                self._say((*trail, key), *_unknown(*both("键"), key, KEYS), on_key=True)
        kind = self._text(entry, trail, "表")
        if kind is not None and kind not in KINDS:
            self._say((*trail, "表"), *_unknown(*both("表的类型"), kind, KINDS))
        columns = self._columns(entry, trail)
        return KnownTable(
            file=self._text(entry, trail, "文件"),
            sheet="" if entry.get("工作表", "") is None else self._text(entry, trail, "工作表"),
            kind=kind,
            heading_rows=self._rows(entry, trail),
            columns=columns,
            place=self.document.place(trail),
            places={heading: self._place((*trail, "列", heading)) for heading in columns},
        )

    def _text(self, entry: dict[str, Any], trail: Trail, key: str) -> str | None:
        value = entry.get(key)
        if value is None or isinstance(value, str):
            return value
        self._say((*trail, key), *both("这里应是一段文字"))
        return None

    def _rows(self, entry: dict[str, Any], trail: Trail) -> tuple[int, ...]:
        text = self._text(entry, trail, "表头行")
        if text is None:
            return ()
        found = _ROWS.fullmatch(text.strip())
        first, last = (int(found[1]), int(found[2] or found[1])) if found else (0, 0)
        if not 1 <= first <= last < first + _DEEPEST:
            self._say(
                (*trail, "表头行"),
                *both("“{text}”不是表头行：写成 2，或 2-3（最多 {deepest} 行）", text=text, deepest=_DEEPEST),
            )
            return ()
        return tuple(range(first, last + 1))

    def _columns(self, entry: dict[str, Any], trail: Trail) -> dict[str, str | None]:
        value = entry.get("列")
        if value is None:
            return {}
        if not isinstance(value, dict):
            self._say((*trail, "列"), *both("“列:”下面应是“表头: 列名”的形式"))
            return {}
        columns: dict[str, str | None] = {}
        for heading, column in value.items():
            if column is not None and column != UNREAD and column not in self.columns:
                said = _unknown(*both("列名"), str(column), [*self.columns, UNREAD])
                self._say((*trail, "列", heading), *said)
            columns[heading] = column if isinstance(column, str) else None
        self._twice(columns, (*trail, "列"))
        return columns

    def _twice(self, columns: dict[str, str | None], trail: Trail) -> None:
        """Say which column two headings are given, where it has room for one."""
        counted = Counter(columns.values())
        first: dict[str, str] = {}
        for heading, column in columns.items():
            if column is None or counted[column] < 2 or column not in self.columns or self.columns[column].gather:
                continue
            if column in first:
                self._say(
                    (*trail, heading),
                    *both(
                        "“{column}”给了两个表头：“{first}”和“{heading}”；把一个改成别的列，或写 {unread}",
                        column=column,
                        first=first[column],
                        heading=heading,
                        unread=UNREAD,
                    ),
                )
            first.setdefault(column, heading)

    def _place(self, trail: Trail) -> tuple[int, int]:
        fault = self.document.fault(trail, ("", ""), on_key=True)
        return fault.line, fault.column

    def _say(self, trail: Trail, zh: str, en: str, *, on_key: bool = False) -> None:
        self.faults.append(self.document.fault(trail, (zh, en), on_key=on_key))


def _unknown(what: str, what_en: str, written: str, known: Iterable[str]) -> tuple[str, str]:
    known = list(known)
    nearest = get_close_matches(written, known, 1, 0.3)
    if nearest:
        return both(
            "没有叫“{written}”的{what}，最接近的是“{nearest}”",
            written=written,
            what=(what, what_en),
            nearest=nearest[0],
        )
    if len(known) <= 8:
        return both(
            "没有叫“{written}”的{what}；可写：{known}", written=written, what=(what, what_en), known=enumerated(known)
        )
    return both("没有叫“{written}”的{what}", written=written, what=(what, what_en))
