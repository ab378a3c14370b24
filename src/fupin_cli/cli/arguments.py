"""Texts of the command line in, typed values out; a text that is no such value is wrong usage."""

from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path

from fupin_cli.catalogue import both
from fupin_cli.errors import UsageError


def today() -> date:
    """Return the day on the clock of this machine."""
    return _now().date()


def moment() -> str:
    """Return this moment on the clock of this machine, with its offset."""
    return _now().isoformat(timespec="milliseconds")


def _now() -> datetime:
    """The only place that asks the clock."""
    return datetime.now().astimezone()


def parts(texts: Iterable[str] | None) -> tuple[str, ...]:
    """Split repeated and comma-separated values: ["EDU,INC001", "HSG"] → ("EDU", "INC001", "HSG")."""
    return tuple(part.strip() for text in texts or () for part in text.replace("，", ",").split(",") if part.strip())


def day(text: str | None, option: str) -> date | None:
    """Return the date written as 2020-12-31 or 20201231.

    Raises:
        UsageError: it is no date.
    """
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UsageError(*both("{option} {text}：不是日期，请写成 2020-12-31。", option=option, text=text)) from error


def pairs(texts: Iterable[str] | None, option: str) -> tuple[tuple[str, str], ...]:
    """Split NAME=VALUE texts at their first `=`.

    Raises:
        UsageError: one has no `=`, or nothing on one side of it.
    """
    found = []
    for text in texts or ():
        name, sign, value = text.replace("＝", "=", 1).partition("=") if "=" not in text else text.partition("=")
        if not (sign and name.strip() and value.strip()):
            raise UsageError(*both("{option} {text}：要写成 名称=值。", option=option, text=text))
        found.append((name.strip(), value.strip()))
    return tuple(found)


def number_or_text(text: str) -> float | str:
    """Return a finite number when the text is one, else the text itself."""
    from math import isfinite

    try:
        number = float(text)
    except ValueError:
        return text
    return number if isfinite(number) else text


def lists_given(texts: Iterable[str] | None) -> tuple[tuple[str, Path], ...]:
    """Return (name, file) for each --list: NAME=FILE, or ("", PATH) for a lists.yaml or the folder it stands in.

    Raises:
        UsageError: one is neither.
    """
    found = []
    for text in texts or ():
        path = Path(text)
        if path.is_dir() or path.suffix.lower() in {".yaml", ".yml"}:
            found.append(("", path))
        elif "=" in text or "＝" in text:
            found += [(name, Path(file)) for name, file in pairs([text], "--list")]
        else:
            raise UsageError(*both("--list {text}：要写成 名单=文件，或名单说明 lists.yaml 所在的文件夹。", text=text))
    return tuple(found)
