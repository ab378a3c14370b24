"""A lists.yaml, or the folder it stands in, in; the lists it describes out; all its faults at once, each with line and caret."""

import re
from collections.abc import Iterator
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from fupin_cli.catalogue import both, enumerated
from fupin_cli.errors import Fault, InputError, ListsError
from fupin_cli.model.dictionary import Dictionary, ListKind
from fupin_cli.model.listing import HITS, Excuse, Hit, ListEntry, Listing
from fupin_cli.rules.list_columns import Columns, dated_columns, named_by, own_kind
from fupin_cli.rules.yaml_nodes import Document, Trail, read_yaml

NAME = "lists.yaml"
KEYS = ("name", "file", "sheet", "key", "columns", "date", "hit", "exceptions", "why", "department", "stale_after")
_READ = {".xlsx", ".xls", ".xlsm", ".xlsb", ".et", ".ods", ".csv", ".tsv", ".txt", ".parquet", ".zip", ".html", ".htm"}
_SAFE = re.compile(r"[\w（）()-]{1,40}")  # a list's name becomes that of a table


def load_lists(path: Path, dictionary: Dictionary) -> Listing:
    """Read a lists.yaml.

    Args:
        path: the file, or the folder that has it.
        dictionary: the lists fupin ships, and the code lists columns may name.

    Raises:
        InputError: there is no such file.
        ListsError: its faults, all at once.
    """
    file = path / NAME if path.is_dir() else path
    if not file.is_file():
        raise InputError(
            *both(
                "{path}：没有名单说明 {name}。请在名单文件夹里写一个（写法见 docs/lists.md），或用 --list "
                "名单=文件 逐个给出。",
                path=path,
                name=NAME,
            )
        )
    document = read_yaml(file)
    reader = _Reader(document, dictionary)
    entries = tuple(reader.entries()) if document.readable else ()
    faults = [*document.faults, *reader.faults]
    if faults:
        raise ListsError(faults)
    unnamed = _unnamed(file, entries) if path.is_dir() else []
    return Listing(entries, (*reader.notes, *unnamed))


class _Reader:
    """Turns the values of one document into entries, and keeps what is wrong with them."""

    def __init__(self, document: Document, dictionary: Dictionary) -> None:
        self.document = document
        self.dictionary = dictionary
        self.faults: list[Fault] = []
        self.notes: list[tuple[str, str]] = []

    def entries(self) -> Iterator[ListEntry]:
        """Yield every list that can be made out."""
        value = self.document.value
        for key in value:
            if key not in ("lists", "stale_after"):
                self._unknown((key,), key, ["lists", "stale_after"])
        stale = self._days(value, (), "stale_after")
        written = value.get("lists")
        if not isinstance(written, list) or not written:
            self._say(("lists",), *both("“lists:”下面应是一份份名单，每份以“- ”开头"))
            return
        seen: dict[str, int] = {}
        for number, entry in enumerate(written):
            trail: Trail = ("lists", number)
            if not isinstance(entry, dict):
                self._say(trail, *both("这里应是“键: 值”的形式"))
                continue
            found = self._entry(entry, trail, stale)
            if found is None:
                continue
            if found.name in seen:
                zh, en = both(
                    "名单“{name}”写了两次（第 {seen} 行已有）：并成一条，file 可写几个文件",
                    name=found.name,
                    seen=seen[found.name],
                )
                self._say((*trail, "name"), zh, en)
            seen.setdefault(found.name, found.place[0])
            yield found

    def _entry(self, entry: dict[str, Any], trail: Trail, stale: int | None) -> ListEntry | None:
        for key in entry:
            if key not in KEYS:
                self._unknown((*trail, key), key, list(KEYS))
        kind = self._kind(entry, trail)
        if kind is None:
            return None
        columns = Columns(self.document, self.dictionary, kind).of(entry.get("columns"), (*trail, "columns"))
        self.faults += columns.faults
        kind = replace(kind, columns={**dated_columns(kind), **columns.added})
        if kind.key not in kind.columns:
            zh, en = both("主键“{key}”不在 columns 里：写上它的表头和类型，如 {{{key}: {{type: 编号}}}}", key=kind.key)
            self._say((*trail, "key"), zh, en)
            return None
        own = self._days(entry, trail, "stale_after")
        return ListEntry(
            kind=kind,
            written_in=self.document.file,
            place=self.document.place(trail),
            files=self._files(entry, trail, kind),
            sheets=self._texts(entry, trail, "sheet"),
            columns=tuple(columns.headings.items()),
            dated=self._date(entry, trail),
            hit=self._hit(entry, trail, kind),
            excuses=self._excuses(entry, trail),
            why=self._text(entry, trail, "why"),
            department=self._text(entry, trail, "department"),
            stale_after=stale if own is None else own,
        )

    def _kind(self, entry: dict[str, Any], trail: Trail) -> ListKind | None:
        """Return the kind of an entry: one fupin ships, or one that its `key` defines."""
        name = self._text(entry, trail, "name").strip()
        key = self._text(entry, trail, "key")
        if not name or not _SAFE.fullmatch(name):
            self._say((*trail, "name"), *both("每份名单要有名称 name：汉字、字母、数字，不超过 40 个"))
            return None
        shipped = named_by(name, self.dictionary)
        if shipped is None and not key:
            near = get_close_matches(name, list(self.dictionary.lists), 1, 0.3)
            zh, en = both(
                "fupin 没有自带“{name}”名单{near}；自定的名单要写主键，如 key: 证件号码",
                name=name,
                near=(both("，最接近的是“{near}”", near=near[0]) if near else ("", "")),
            )
            self._say((*trail, "name"), zh, en)
            return None
        if shipped is not None and key and key != shipped.key:
            self._say(
                (*trail, "key"),
                *both(
                    "“{name}”是 fupin 自带的名单，主键是 {key}；要自定请换一个名称", name=shipped.name, key=shipped.key
                ),
            )
            return None
        return shipped or own_kind(name, key, self._text(entry, trail, "why"))

    def _files(self, entry: dict[str, Any], trail: Trail, kind: ListKind) -> tuple[Path, ...]:
        """Return the files of a list; a pattern that nothing answers to is noted."""
        folder, found = self.document.file.parent, dict[Path, None]()
        patterns = self._texts(entry, trail, "file") or (f"{kind.name}*",)
        for pattern in patterns:
            if Path(pattern).is_absolute() or ".." in Path(pattern).parts or not pattern.strip():
                self._say(
                    (*trail, "file"),
                    *both("“{pattern}”要在 {name} 所在的文件夹里：写文件名，可用 *", pattern=pattern, name=NAME),
                )
                continue
            found.update(dict.fromkeys(sorted(each for each in folder.glob(pattern) if _is_list(each))))
        if not found:
            said = "、".join(patterns)
            self.notes.append(
                both(
                    "名单“{name}”没有文件：{folder} 里找不到 {said}，这份名单没有比对。",
                    name=kind.name,
                    folder=folder,
                    said=said,
                )
            )
        return tuple(found)

    def _hit(self, entry: dict[str, Any], trail: Trail, kind: ListKind) -> Hit:
        written = self._text(entry, trail, "hit")
        if not written:
            return ""
        hit = next((each for each in HITS if each == written), None)
        by = "人" if kind.columns[kind.key].type == "证件" else "户" if kind.key == "户编号" else ""
        if hit is None:
            self._say((*trail, "hit"), *both("hit 写 应退、应纳 或 提示，不是“{written}”", written=written))
        elif by != "人" and not (by == "户" and hit != "提示"):
            zh, en = both(
                "主键是 {key} 的名单不能写 hit: {hit}：按证件号码的名单可写 应退、应纳、提示，按户编号的可写 应退、应纳",
                key=kind.key,
                hit=hit,
            )
            self._say((*trail, "hit"), zh, en)
        return hit or ""

    def _excuses(self, entry: dict[str, Any], trail: Trail) -> tuple[Excuse, ...]:
        texts = self._texts(entry, trail, "exceptions")
        hit = self._text(entry, trail, "hit")
        if texts and entry.get("key") == "户编号" and hit == "应退":
            self._say((*trail, "exceptions"), *both("按户编号的应退名单不能写 exceptions：请先从名单里删去例外的户"))
        single = not isinstance(entry.get("exceptions"), list)
        at: list[Trail] = [(*trail, "exceptions", *(() if single else (n,))) for n in range(len(texts))]
        return tuple(Excuse(text, self.document.place(one)) for text, one in zip(texts, at, strict=True))

    def _date(self, entry: dict[str, Any], trail: Trail) -> date | None:
        text = self._text(entry, trail, "date")
        if not text:
            return None
        try:
            return date.fromisoformat(text.strip())
        except ValueError:
            self._say((*trail, "date"), *both("“{text}”不是日期：写成 2020-12-01", text=text))
            return None

    def _days(self, entry: dict[str, Any], trail: Trail, key: str) -> int | None:
        text = self._text(entry, trail, key)
        if not text:
            return None
        if not re.fullmatch(r"[0-9]{1,5}", text):
            self._say((*trail, key), *both("{key} 应是天数，如 180", key=key))
            return None
        return int(text)

    def _text(self, entry: dict[str, Any], trail: Trail, key: str) -> str:
        value = entry.get(key)
        if value is None or isinstance(value, str):
            return value or ""
        self._once((*trail, key), *both("这里应是一段文字"))
        return ""

    def _texts(self, entry: dict[str, Any], trail: Trail, key: str) -> tuple[str, ...]:
        value = entry.get(key)
        values = value if isinstance(value, list) else [value] if value is not None else []
        if all(isinstance(each, str) for each in values):
            return tuple(values)
        self._once((*trail, key), *both("这里应是一段文字，或几段文字"))
        return ()

    def _unknown(self, trail: Trail, written: str, known: list[str]) -> None:
        near = get_close_matches(written, known, 1, 0.3)
        zh, en = both(
            "没有叫“{written}”的键{near}；可写：{known}",
            written=written,
            near=(both("，最接近的是“{near}”", "lists_file", near=near[0]) if near else ("", "")),
            known=enumerated(known),
        )
        self.faults.append(self.document.fault(trail, (zh, en), on_key=True))

    def _say(self, trail: Trail, zh: str, en: str) -> None:
        self.faults.append(self.document.fault(trail, (zh, en)))

    def _once(self, trail: Trail, zh: str, en: str) -> None:
        fault = self.document.fault(trail, (zh, en))
        if fault not in self.faults:
            self.faults.append(fault)


def _is_list(file: Path) -> bool:
    """Tell whether a file may hold a list: no lock file, no hidden one, nothing but tables."""
    return file.is_file() and not file.name.startswith(("~$", ".")) and file.suffix.lower() in _READ


def _unnamed(file: Path, entries: tuple[ListEntry, ...]) -> list[tuple[str, str]]:
    """Say which files of the folder no entry names."""
    named = {each for entry in entries for each in entry.files}
    left = [each.name for each in sorted(file.parent.iterdir()) if _is_list(each) and each not in named]
    if not left:
        return []
    return [
        both(
            "名单文件夹里有 {n} 个文件没有写进 {name}，没有读：{left}。",
            n=len(left),
            name=file.name,
            left=enumerated(left),
        )
    ]
