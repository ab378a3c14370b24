"""A folder in; the key of its campaign out. Whoever has the key works in the same campaign; the key stands in no message."""

import hashlib
import os
import secrets
from pathlib import Path

from fupin_cli.catalogue import both
from fupin_cli.errors import InputError, OutputError

KEY = "campaign.key"
_BYTES = 32


def key_of(folder: Path) -> bytes | None:
    """Return the campaign's key, None where the folder has none.

    Raises:
        InputError: there is a file of that name that is no key.
    """
    path = folder / KEY
    try:
        written = path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise InputError(*both("{path}：读不到清洗的密钥（{reason}）。", path=path, reason=reason)) from error
    try:
        key = bytes.fromhex(written.decode("ascii"))
    except ValueError:
        key = b""
    if len(key) != _BYTES:
        raise InputError(
            *both(
                "{path}：不是清洗的密钥；要的是 {bytes} 位十六进制数字。请从发起清洗的单位重新复制这个文件。",
                path=path,
                bytes=2 * _BYTES,
            )
        )
    return key


def key_made(folder: Path) -> bytes:
    """Return the campaign's key; a new one is made where the folder has none, whole or not at all."""
    known = key_of(folder)
    if known is not None:
        return known
    path, beside = folder / KEY, folder / f".{KEY}.{os.getpid()}.part"
    try:
        try:
            handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(handle, "w", encoding="ascii", newline="\n") as file:
                file.write(f"{secrets.token_hex(_BYTES)}\n")
                file.flush()
                os.fsync(file.fileno())
            _place(beside, path)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise OutputError(
            *both("{path}：无法写入清洗的密钥（{reason}）；请换一个文件夹。", path=path, reason=reason)
        ) from error
    return key_made(folder)


def mark_of(key: bytes) -> str:
    """Return what a ledger keeps of the key: it tells campaigns apart and gives nothing away."""
    return hashlib.sha256(b"fupin campaign v1|" + key).hexdigest()[:32]


def _place(beside: Path, path: Path) -> None:
    """Give the key its name unless another process was first."""
    try:
        os.link(beside, path)
    except FileExistsError:
        return
    except OSError:  # a file system without links
        if not path.exists():
            beside.replace(path)
