"""A campaign's folder in, its ledger out: one SQLite file, one transaction a step, one process writing at a time."""

import json
import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from msgspec import Struct, field

from fupin_cli.catalogue import both
from fupin_cli.errors import FupinError, InputError, OutputError
from fupin_cli.rounds.campaign import key_made, key_of, mark_of
from fupin_cli.rounds.schema import APPLICATION, BEING_MADE, VERSION, application_of, migrate, version_of

NAME = "台账.sqlite"
WAIT = 10.0  # seconds a step waits for another process
_Row = tuple[Any, ...]


class Step(Struct):
    """One step of a command, inside its transaction."""

    name: str
    key: str
    done: bool  # it was done before: nothing is to be written
    result: dict[str, Any] = field(default_factory=dict)  # what is kept of it, for whoever runs it again


class Ledger:
    """An open ledger. Outside a step it can only be read."""

    def __init__(self, folder: Path, connection: sqlite3.Connection) -> None:
        self.folder = folder
        self.file = folder / NAME
        self._connection = connection
        self._step: Step | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()

    @property
    def key(self) -> bytes:
        """The campaign's key.

        Raises:
            InputError: the folder has none, or that of another campaign.
        """
        key = key_of(self.folder)
        if key is None or mark_of(key) != self.mark:
            raise InputError(
                *both(
                    "{folder}：没有这次清洗的密钥 campaign.key（缺少，或是另一次清洗的）；请从备份或发起单位复制回来。",
                    folder=self.folder,
                )
            )
        return key

    @property
    def mark(self) -> str:
        """What tells this campaign from others."""
        return str(self.rows("SELECT key_mark FROM campaign")[0][0])

    def rows(self, sql: str, values: Sequence[object] = ()) -> list[_Row]:
        """Return the rows of a query."""
        with _told(self.file):
            return self._connection.execute(sql, tuple(values)).fetchall()

    def write(self, sql: str, rows: Sequence[Sequence[object]]) -> int:
        """Run a statement for each row of values, inside a step; return how many rows of the ledger it changed."""
        if self._step is None:
            raise RuntimeError("a ledger is written inside a step")
        with _told(self.file):
            return max(0, self._connection.executemany(sql, [tuple(row) for row in rows]).rowcount) if rows else 0

    @contextmanager
    def step(self, name: str, key: str, at: str, who: str) -> Iterator[Step]:
        """Do one step of a command in one transaction: all of it is kept, or nothing.

        Args:
            name: of the command, such as "collect".
            key: what makes this step this one, such as the round and the hashes of its files.
            at: the moment, as ISO text.
            who: does it.

        Yields:
            the step; where `done`, it was done before and `result` is what was kept then: write nothing.

        Raises:
            OutputError: another process is writing, or the disk is full.
        """
        with _told(self.file):
            self._connection.execute("BEGIN IMMEDIATE")
        try:
            before = self.rows("SELECT result FROM step WHERE name = ? AND key = ?", (name, key))
            step = Step(name, key, bool(before), json.loads(before[0][0]) if before else {})
            self._step = None if step.done else step
            yield step
            if not step.done:
                self.write("INSERT INTO step VALUES (?, ?, ?, ?, ?)", [(name, key, at, who, json_text(step.result))])
            with _told(self.file):
                self._connection.execute("COMMIT")
        finally:
            self._step = None
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")


def open_ledger(folder: Path, *, create: bool = False, at: str = "", fupin: str = "", wait: float = WAIT) -> Ledger:
    """Open the ledger of a campaign's folder.

    Args:
        folder: of the campaign.
        create: make folder, key and ledger where there are none; `at` is the moment, `fupin` the version that makes it.
        at: as ISO text.
        fupin: version.
        wait: seconds to wait for another process.

    Raises:
        InputError: no ledger there, a damaged one, one of a newer fupin, or the key of another campaign.
        OutputError: it cannot be made or written, or another process holds it.
    """
    path = folder / NAME
    if not create and not path.is_file():
        raise InputError(
            *both(
                "{folder}：这里没有清洗台账（{name}）；先用 fupin round new 登记表 -d {folder} 开第一轮，或核对 -d。",
                folder=folder,
                name=NAME,
            )
        )
    if create:
        _make_place(folder, path)
    cut_off = path.with_name(f"{NAME}-wal").exists()
    with _told(path):
        connection = sqlite3.connect(path, timeout=wait, isolation_level=None)
    try:
        with _told(path):
            _prepare(connection)
            _look_at(connection, path, folder, create=create)
            if create or version_of(connection) not in {BEING_MADE, VERSION}:
                _bring_up(connection, folder, at, fupin)
            if cut_off:
                _check(connection, path)
        return _keyed(Ledger(folder, connection))
    except BaseException:
        connection.close()
        raise


def open_other(path: Path) -> Ledger:
    """Open the ledger file of another office, to be read only; it is copied into memory and stays as it is.

    Raises:
        InputError: it is no ledger, is damaged, or is of another version of fupin.
    """
    if not path.is_file():
        raise InputError(*both("{path}：没有这个台账文件；请给出对方文件夹里的 {name}。", path=path, name=NAME))
    held = sqlite3.connect(":memory:", isolation_level=None)
    try:
        with _told(path):
            source = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=WAIT)
            try:
                source.backup(held)
            finally:
                source.close()
            _look_at(held, path, path.parent, create=False)
            _check(held, path)
            if version_of(held) < VERSION:
                migrate(held)
    except BaseException:
        held.close()
        raise
    ledger = Ledger(path.parent, held)
    ledger.file = path
    return ledger


def json_text(value: object) -> str:
    """Write JSON as the ledger keeps it: the same value is the same text."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _make_place(folder: Path, path: Path) -> None:
    """Make the folder, and the file with the rights of its owner only; a file that is there stays as it is."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise OutputError(
            *both("{path}：无法建立清洗台账（{reason}）；请换一个文件夹。", path=path, reason=reason)
        ) from error


def _prepare(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = FULL")


def _look_at(connection: sqlite3.Connection, path: Path, folder: Path, *, create: bool) -> None:
    """Refuse what is no ledger, or one this fupin cannot read."""
    version = version_of(connection)
    tables = connection.execute("SELECT COUNT(*) FROM sqlite_schema").fetchone()[0]
    if tables and application_of(connection) != APPLICATION:
        raise InputError(*both("{path}：不是 fupin 的清洗台账；请核对 -d 的文件夹。", path=path))
    if version > VERSION:
        raise InputError(
            *both(
                "{path}：这份台账由更新的 fupin 写成（格式 {version}，本版认识 {version2}）；请升级 fupin。",
                path=path,
                version=version,
                version2=VERSION,
            )
        )
    if version == BEING_MADE and not create:
        raise InputError(
            *both(
                "{path}：台账还没有建成（上次在建立时中断）；重新运行 fupin round new 登记表 -d {folder}。",
                path=path,
                folder=folder,
            )
        )


def _bring_up(connection: sqlite3.Connection, folder: Path, at: str, fupin: str) -> None:
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("BEGIN IMMEDIATE")
    try:
        migrate(connection)
        if not connection.execute("SELECT 1 FROM campaign").fetchone():
            connection.execute("INSERT INTO campaign VALUES (1, ?, ?, ?)", (mark_of(key_made(folder)), at, fupin))
        connection.execute("COMMIT")
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def _check(connection: sqlite3.Connection, path: Path) -> None:
    """Look whether a ledger that was not closed is whole."""
    wrong = [str(row[0]) for row in connection.execute("PRAGMA integrity_check(1)") if row[0] != "ok"]
    if wrong or connection.execute("PRAGMA foreign_key_check").fetchone():
        raise _damaged(path)


def _keyed(ledger: Ledger) -> Ledger:
    """Refuse a folder whose key is not that of its ledger: sheets of two campaigns would be mixed."""
    key = key_of(ledger.folder)
    if key is not None and mark_of(key) != ledger.mark:
        raise InputError(
            *both("{folder}：campaign.key 是另一次清洗的，与台账不符；请放回这次清洗的密钥。", folder=ledger.folder)
        )
    return ledger


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Turn what SQLite says into one sentence."""
    try:
        yield
    except sqlite3.OperationalError as error:
        raise _refused(path, error) from error
    except sqlite3.IntegrityError:
        raise  # a fault of ours: nothing was written
    except sqlite3.DatabaseError as error:
        raise _damaged(path) from error


def _refused(path: Path, error: sqlite3.OperationalError) -> FupinError:
    code = getattr(error, "sqlite_errorcode", None)
    primary = code & 0xFF if isinstance(code, int) else None
    if primary in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
        return OutputError(*both("{path}：另一个 fupin 正在写这份台账；等它结束再运行，什么也没有改动。", path=path))
    if primary == sqlite3.SQLITE_FULL:
        return OutputError(*both("{path}：磁盘已满，这一步没有记入台账；腾出空间再运行。", path=path))
    if primary in {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_PERM}:
        return OutputError(*both("{path}：台账无法读写（{error}）；请检查权限和磁盘。", path=path, error=error))
    raise error


def _damaged(path: Path) -> InputError:
    return InputError(*both("{path}：台账文件已损坏，没有使用它；请放回备份。", path=path))
