"""`fupin token`: a registry and a key in; its persons as keyed tokens out.

One HMAC a value is computed here and not in the engine: there the key would stand in SQL.
"""

import re
from collections.abc import Iterable, Sequence
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from fupin_cli.catalogue import both
from fupin_cli.engines import Engine, open_engine
from fupin_cli.errors import InputError, UsageError
from fupin_cli.jobs.compiled import compiled
from fupin_cli.jobs.files import is_large
from fupin_cli.jobs.key_file import read_key, seen_by_others
from fupin_cli.jobs.layouts import read_layouts
from fupin_cli.jobs.request import Progress, Request
from fupin_cli.jobs.wanted import with_mapping
from fupin_cli.model.dictionary import Dictionary
from fupin_cli.model.table import Tables
from fupin_cli.model.tokens import TokenRow, TokenTable
from fupin_cli.tables import build_tables
from fupin_cli.values.token import Algorithm, born, certificate_of, key_mark, name_of, offers, token

TOKENS = ("证件令牌", "姓名生日令牌", "密钥校验")
_NEVER = ("姓名", "证件", "电话", "账号")  # types and masks of columns that never stay in clear
_LONG_NUMBER = re.compile(r"[0-9]{11}")


class Subject(Struct, frozen=True):
    """Whose tokens are made: an engine table, and its columns that tell who it is."""

    table: str
    number: str
    name: str
    birth: str  # "": there is no such column


PERSON = Subject("人", "证件号码", "姓名", "出生日期")
HEAD = Subject("户", "户主证件号码", "户主姓名", "")
_OF_HEADS = both("每行是一户，令牌是户主的。")


class TokenRequest(Struct, frozen=True):
    """Everything `fupin token` was asked."""

    request: Request
    key_file: Path
    algorithm: Algorithm = "sha256"
    keep: tuple[str, ...] = ()  # columns that stay in clear


def run(asked: TokenRequest, progress: Progress = lambda _stage, _done, _total: None) -> TokenTable:
    """Read a registry and return its persons as tokens.

    Raises:
        UsageError: a column to keep that no file has, or that must not stay in clear; an algorithm this Python lacks.
        InputError: the key or a file cannot be read, or there are no persons to make tokens of.
    """
    _refuse_algorithm(asked.algorithm)
    dictionary = compiled(asked.request.rules_dir).source.dictionary
    _refuse_columns(asked.keep, dictionary)
    key = read_key(asked.key_file)
    request = asked.request
    request = replace(request, wishes=with_mapping(request.wishes, request.mapping, dictionary))
    with closing(open_engine(large=is_large(request.files))) as engine:
        read = read_layouts(engine, request, (), dictionary, progress, {})
        if read.failed:
            raise InputError("；".join(zh for _, zh, _ in read.failed), "; ".join(en for _, _, en in read.failed))
        tables = build_tables(engine, read.layouts, dictionary, request.settings)
        subject = _subject(tables, request.files)
        rows = _rows(engine, tables, subject, asked.keep)
    free = tuple(dictionary.columns[column].type == "文本" for column in asked.keep)
    maker = _Maker(key, asked.algorithm, free)
    made = tuple(maker.row(row, tables) for row in rows)
    notes = [*read.notes, *([_OF_HEADS] if subject is HEAD else [])]
    notes += [_open_to_others(asked.key_file)] if seen_by_others(asked.key_file) else []
    mark = key_mark(key, asked.algorithm)
    return TokenTable(made, asked.keep, mark, maker.blank, maker.damaged, maker.withheld, tuple(notes))


class _Maker:
    """Makes the tokens of one row after the other, and counts what has none."""

    def __init__(self, key: bytes, algorithm: Algorithm, free: tuple[bool, ...]) -> None:
        self._key, self._algorithm = key, algorithm
        self._free = free  # which of the kept columns may hold any text
        self.blank = self.damaged = self.withheld = 0

    def row(self, row: Sequence[Any], tables: Tables) -> TokenRow:
        source, at, number, state, name, birth, *kept = row
        layout = tables.layouts[source]
        known = certificate_of(number) if number else None
        if known is None:
            self.blank += state in (1, 3)
            self.damaged += state not in (1, 3)
        called, day = name_of(name) if name else None, born(known, birth)
        certificate = token(self._key, self._algorithm, "证件", known) if known else ""
        text = f"{called}|{day.isoformat()}" if called and day else ""
        shared = token(self._key, self._algorithm, "姓名生日", text) if text else ""
        clear = tuple(self._clear(value, called, free) for value, free in zip(kept, self._free, strict=True))
        return TokenRow(certificate, shared, clear, str(layout.sheet.file), layout.sheet.name, at)

    def _clear(self, value: object, name: str | None, free: bool) -> str:
        """Return a cell that stays in clear as text; free text with a long number or the person's own name does not."""
        text = _text(value)
        plain = name_of(text) or ""
        if free and (_LONG_NUMBER.search(plain) or (name and name in plain)):
            self.withheld += 1
            return ""
        return text


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _rows(engine: Engine, tables: Tables, subject: Subject, keep: Sequence[str]) -> list[tuple[Any, ...]]:
    """Return file and row, number, its state, name, day of birth and the kept columns of every person."""
    own = tables.columns[subject.table]
    number = (f't."{subject.number}"', f't."{subject.number}$"') if subject.number in own else ("NULL", "3")
    name = f't."{subject.name}"' if subject.name in own else "NULL"
    birth = f't."{subject.birth}"' if subject.birth in own else "NULL"
    columns = (*number, name, birth, *_kept_sql(keep, tables, subject))
    home = 't."_household"' if subject is PERSON else 't."_id"'
    return engine.rows(
        f'SELECT t."_source", t."_row", {", ".join(columns)} FROM "{subject.table}" AS t '
        f'LEFT JOIN "户" AS h ON h."_id" = {home} ORDER BY t."_id"'
    )


def _kept_sql(keep: Sequence[str], tables: Tables, subject: Subject) -> list[str]:
    """SQL of each column to keep: what was read; a blank, and what could not be read, stays away.

    Raises:
        UsageError: no file has it.
    """
    places = (("t", subject.table), ("h", "户"))
    found = []
    for column in keep:
        alias = next((alias for alias, table in places if column in tables.columns.get(table, {})), "")
        if column == "数据日期":
            found.append(f'CASE WHEN NOT t."_undated" THEN t."{column}" END')
        elif alias:
            found.append(f'CASE WHEN {alias}."{column}$" = 0 THEN {alias}."{column}" END')
        else:
            raise UsageError(*both("--keep {column}：文件中没有这一列；用 fupin inspect 查看有哪些列。", column=column))
    return found


def _refuse_columns(keep: Sequence[str], dictionary: Dictionary) -> None:
    for column in keep:
        known = dictionary.columns.get(column)
        if known is None or column in TOKENS:
            raise UsageError(*both("--keep {column}：没有这个标准列；列名见 fupin inspect。", column=column))
        if known.mask or known.type in _NEVER:
            raise UsageError(
                *both("--keep {column}：姓名、证件号码、电话、账号不能原样写出；去掉这一列。", column=column)
            )


def _refuse_algorithm(algorithm: Algorithm) -> None:
    if not offers(algorithm):
        raise UsageError(
            *both(
                "--algorithm {algorithm}：这台机器上的 Python（OpenSSL）不提供 {algorithm2}；双方都改用 sha256，"
                "或换一个 Python。",
                algorithm=algorithm,
                algorithm2=algorithm.upper(),
            )
        )


def _subject(tables: Tables, files: Iterable[Path]) -> Subject:
    """Return whose tokens are made: the persons', or where every row is a household, those of the 户主.

    Raises:
        InputError: there is nobody whose number, or name and day of birth, are there.
    """
    for one in (PERSON, HEAD):
        own = set(tables.columns.get(one.table, {}))
        if one.number in own or {one.name, one.birth} <= own:
            return one
        if tables.persons:
            break
    where = "、".join(str(file) for file in files)
    raise InputError(
        *both(
            "{where}：没有可做令牌的人。要找的是证件号码列，或姓名和出生日期两列；用 fupin inspect 查看读到了什么。",
            where=where,
        )
    )


def _open_to_others(path: Path) -> tuple[str, str]:
    return both("{path}：这台机器上的其他用户也能读密钥文件；请改成只有自己能读（chmod 600）。", path=path)
