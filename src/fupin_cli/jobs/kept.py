"""What one run leaves for the next: a key in, the records kept under it out; it is never missed when it is not there.

Records of `model` and plain values only: a pickle that names anything else is not read. The folder is the user's own
(0700, files 0600); what lies open to others, is damaged or cannot be written is passed over without a word.
"""

import hashlib
import io
import os
import pickle  # read through the allow-list below
import sys
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

SETTING = "FUPIN_CACHE"  # a folder, or `off`
MOST = 40  # records kept; the oldest go first
_PLAIN = {
    ("builtins", "frozenset"),
    ("builtins", "set"),
    ("datetime", "date"),
    ("pathlib", "Path"),
    ("pathlib", "PosixPath"),
    ("pathlib", "WindowsPath"),
}
_SUFFIX = ".kept"


class _Unpickler(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:  # noqa: ANN401  # a class
        if module.startswith("fupin_cli.model.") or (module, name) in _PLAIN:
            return super().find_class(module, name)
        raise pickle.UnpicklingError(f"{module}.{name}")


def key_of(parts: Iterable[bytes | str]) -> str:
    """Return the key of what is made of these parts, and of this program and Python as they are now."""
    digest = hashlib.sha256(_program())
    for part in parts:
        raw = part.encode() if isinstance(part, str) else part
        digest.update(b"%d:" % len(raw))
        digest.update(raw)
    return digest.hexdigest()[:40]


def _program() -> bytes:
    """The program's own files by name, size and time, and the Python that runs them."""
    root = Path(__file__).parents[1]
    files = sorted(
        (entry.name, status.st_size, status.st_mtime_ns)
        for folder in ("model", "language", "rules", "plans", "tables")
        for entry in os.scandir(root / folder)
        if entry.name.endswith(".py")
        for status in (entry.stat(),)
    )
    return repr((sys.version, str(root), files)).encode()


def look_up(key: str) -> Any:  # noqa: ANN401  # what was kept
    """Return what was kept under the key, or None."""
    folder = _folder()
    if folder is None:
        return None
    try:
        file = folder / f"{key}{_SUFFIX}"
        if not _is_own(file) or not _is_own(folder):
            return None
        found = _Unpickler(io.BytesIO(file.read_bytes())).load()
        os.utime(file)
    except Exception:  # noqa: BLE001  # a damaged pickle may raise anything; the record is made anew
        return None
    return found


def keep(key: str, record: object) -> None:
    """Keep a record under the key; where that is not possible nothing happens."""
    folder = _folder()
    if folder is None:
        return
    with suppress(OSError):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not _is_own(folder):
            return
        raw = pickle.dumps(record, protocol=pickle.HIGHEST_PROTOCOL)
        handle, beside = tempfile.mkstemp(dir=folder)  # 0600
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(raw)
            Path(beside).replace(folder / f"{key}{_SUFFIX}")
        except OSError:
            Path(beside).unlink(missing_ok=True)
            raise
        _clear(folder)


def _clear(folder: Path) -> None:
    files = sorted(folder.glob(f"*{_SUFFIX}"), key=lambda file: file.stat().st_mtime, reverse=True)
    for file in files[MOST:]:
        file.unlink(missing_ok=True)


def _folder() -> Path | None:
    said = os.environ.get(SETTING, "")
    if said == "off":
        return None
    if said:
        return Path(said)
    try:
        home = Path.home()
    except RuntimeError:  # no home
        return None
    above = os.environ.get("LOCALAPPDATA" if sys.platform == "win32" else "XDG_CACHE_HOME", "")
    return (Path(above) if above else home / ".cache") / "fupin"


def _is_own(path: Path) -> bool:
    """Whether nobody but this user can have written it."""
    if sys.platform == "win32":
        return True
    status = path.lstat()
    return status.st_uid == os.geteuid() and not status.st_mode & 0o077
