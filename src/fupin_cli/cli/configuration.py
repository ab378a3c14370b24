"""fupin.toml, or [tool.fupin] of pyproject.toml, in; the options and parameters somebody has settled once and for all out."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct, field

from fupin_cli.catalogue import both
from fupin_cli.errors import UsageError

NAMES = ("fupin.toml", "pyproject.toml")
VARIABLE = "FUPIN_CONFIG"  # a file, or `off`
_TOKEN = re.compile(  # what may hold a sign that looks like a key's, and a key TOML would want in quotes
    r'"""(?:\\.|[^\\])*?"""|\'\'\'.*?\'\'\'|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'|#[^\n]*'
    r"|([^\s\"'=#\[\]{},]*[^\x00-\x7f][^\s\"'=#\[\]{},]*)",
    re.DOTALL,
)


class Configuration(Struct, frozen=True):
    """What one file says; its option values are as TOML has them."""

    file: Path | None = None  # as the user would write it from the working folder; None: there is none
    parameters: dict[str, float | str] = field(default_factory=dict)
    options: dict[str, Any] = field(default_factory=dict)  # for every command; a table is one command's


def configuration(environment: Mapping[str, str]) -> Configuration:
    """Return what the nearest file says: the working folder's, or else of a folder above, up to the one with `.git`.

    Raises:
        UsageError: the file is no TOML, or its parameters are no parameters.
    """
    file = _found(environment)
    if file is None:
        return Configuration()
    content = _content(file)
    parameters = content.pop("parameters", {})
    if not isinstance(parameters, dict):
        raise UsageError(*both("{file}：[parameters] 下应是 名称 = 数值。", file=file))
    return Configuration(file, {name: _parameter(file, name, value) for name, value in parameters.items()}, content)


def _found(environment: Mapping[str, str]) -> Path | None:
    asked = environment.get(VARIABLE, "").strip()
    if asked.lower() == "off":
        return None
    if asked:
        if Path(asked).is_file():
            return Path(asked)
        raise UsageError(
            *both("{variable}={asked}：没有这个文件；不用配置请写 {variable}=off。", variable=VARIABLE, asked=asked)
        )
    folder = Path()
    for _ in (Path.cwd(), *Path.cwd().parents):
        for name in NAMES:
            file = folder / name
            if file.is_file() and (name == NAMES[0] or _table(file) is not None):
                return file
        if (folder / ".git").exists():
            return None
        folder /= ".."
    return None


def _content(file: Path) -> dict[str, Any]:
    if file.name == NAMES[1]:
        return dict(_table(file) or {})
    return _toml(file)


def _table(file: Path) -> dict[str, Any] | None:
    """Return [tool.fupin] of a pyproject.toml; one that does not speak of fupin is not looked into."""
    if b"fupin" not in file.read_bytes():
        return None
    tool = _toml(file).get("tool")
    table = tool.get("fupin") if isinstance(tool, dict) else None
    return table if isinstance(table, dict) else None


def _toml(file: Path) -> dict[str, Any]:
    import tomllib

    try:
        return tomllib.loads(_quoted(file.read_text(encoding="utf-8-sig")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise UsageError(*both("{file}：不是正确的 TOML（{error}）。", file=file, error=error)) from error


def _parameter(file: Path, name: str, value: object) -> float | str:
    from math import isfinite

    if isinstance(value, str):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value):
        return float(value)
    raise UsageError(*both("{file}：[parameters] 的 {name} 应是一个数或一段文字。", file=file, name=name))


def _quoted(text: str) -> str:
    """Put Chinese names that stand outside of texts in quotes: TOML asks for them, clerks do not write them."""
    return _TOKEN.sub(lambda hit: f'"{hit[1]}"' if hit[1] else hit[0], text)
