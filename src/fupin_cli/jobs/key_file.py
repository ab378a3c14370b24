"""A key file in, its key out; a new one is written where none is. The key itself stands in no message."""

import os
import secrets
from pathlib import Path

from fupin_cli.catalogue import both
from fupin_cli.errors import InputError, OutputError

LEAST = 32  # bytes
_DIFFERENT = 16  # of 32 random bytes, at least so many are different, but for once in 10²⁰ keys
_LARGEST = 4096


def new_key(path: Path) -> None:
    """Write a new random key, for the owner's eyes only; an existing file is never written over.

    Raises:
        OutputError: something stands there, or it cannot be written.
    """
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        raise OutputError(*both("{path}：已经有这个文件，密钥不会被覆盖；请换一个文件名。", path=path)) from error
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise OutputError(
            *both("{path}：无法写入密钥文件（{reason}）；请换一个位置。", path=path, reason=reason)
        ) from error
    with os.fdopen(handle, "w", encoding="ascii", newline="\n") as file:
        file.write(f"{secrets.token_hex(LEAST)}\n")


def read_key(path: Path) -> bytes:
    """Return the key: the bytes its hexadecimal digits stand for.

    Raises:
        InputError: no file, no hexadecimal text, too short, or plainly not random.
    """
    try:
        with path.open("rb") as file:
            written = file.read(_LARGEST + 1)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise InputError(
            *both(
                "{path}：读不到密钥文件（{reason}）；用 fupin token --new-key 文件 生成一个，两家单位用同一个。",
                path=path,
                reason=reason,
            )
        ) from error
    try:
        key = bytes.fromhex(written.decode("utf-8-sig"))
    except ValueError:
        key = b""
    if len(written) > _LARGEST or len(key) < LEAST or len(set(key)) < _DIFFERENT:
        raise InputError(
            *both(
                "{path}：不是 fupin 的密钥文件；要的是至少 {least} 位随机的十六进制数字。用 fupin token "
                "--new-key 文件 生成，不要自己编写。",
                path=path,
                least=2 * LEAST,
            )
        )
    return key


def seen_by_others(path: Path) -> bool:
    """Tell whether other users of the machine may read the file (where the system has such rights)."""
    return os.name == "posix" and bool(path.stat().st_mode & 0o077)
