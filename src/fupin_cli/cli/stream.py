"""Write a report to standard output as the terminal or pipe behind it can take it."""

import codecs
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from typing import TextIO

from msgspec.structs import replace

from fupin_cli.reports.words import Look

_NEAREST = {
    "›": ">",
    "×": "x",
    "…": "...",
    "─": "-",
    "├": "|",
    "└": "`",
    "│": "|",
    "·": ".",
    "“": '"',
    "”": '"',
    "—": "-",
}
_RULE = "fupin.nearest"
_ESCAPED = frozenset({"json", "jsonl", "sarif"})
_UTF8 = frozenset({"csv", "junit", "markdown", "github", "html"})


def emit(text: str) -> None:
    """Write `text` to standard output; what its encoding lacks becomes the nearest sign, or `?`.

    A reader that stops listening (`fupin audit … | head`) is no error.
    """
    tolerate(sys.stdout)
    _pour(sys.stdout.write, (text,))


def _pour(write: Callable[[str], object], parts: Iterable[str]) -> None:
    """Write part after part to standard output, as long as somebody listens."""
    with suppress(BrokenPipeError):
        for part in parts:
            write(part)
        sys.stdout.flush()
        return
    sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115 - nothing is left to close it


def show_parts(form: str, made: Callable[[Look], Iterator[str]], look: Look) -> None:
    """Write a report part after part, as it is made.

    A form of JSON is escaped for an output that is no UTF-8; the other forms for programs are UTF-8 whatever the console
    speaks, byte order mark and ends of lines as they are made, unless somebody sits before it.
    """
    out = sys.stdout
    if form in _ESCAPED:
        parts = made(look)
        tolerate(out)
        _pour(out.write, parts if speaks_utf8(out) else map(escaped, parts))
    elif form in _UTF8 and not out.isatty() and hasattr(out, "buffer"):
        out.flush()
        _pour(lambda part: out.buffer.write(part.encode("utf-8", "backslashreplace")), made(look))
    else:
        tolerate(out)
        page = replace(look, width=columns(out), colour=has_colour(out))
        _pour(out.write, (part.removeprefix("\ufeff") for part in made(page)))


def show_form(form: str, made: Callable[[Look], str], look: Look) -> None:
    """Write what `made` gives for this standard output: a page of its width and colours, or JSON it can carry whole."""
    if form != "json":
        emit(made(replace(look, width=columns(sys.stdout), colour=has_colour(sys.stdout))))
        return
    text = made(look)
    emit(text if speaks_utf8(sys.stdout) else escaped(text))


def escaped(text: str) -> str:
    r"""Write everything beyond ASCII in JSON as \uXXXX, so that any encoding carries it whole."""
    return "".join(char if char.isascii() else json.dumps(char)[1:-1] for char in text)


def tell(text: str) -> None:
    """Write a line to standard error."""
    with suppress(BrokenPipeError):
        tolerate(sys.stderr)
        sys.stderr.write(f"{text}\n")
        sys.stderr.flush()


def tolerate(stream: TextIO) -> None:
    """Let a stream replace what its encoding lacks instead of failing."""
    codecs.register_error(_RULE, _nearest)
    if hasattr(stream, "reconfigure"):
        stream.reconfigure(errors=_RULE)


def speaks_utf8(stream: TextIO) -> bool:
    """Return whether every character can be written to a stream."""
    return (stream.encoding or "utf-8").lower().replace("_", "-") in {"utf-8", "utf8", "utf-8-sig"}


def has_colour(stream: TextIO) -> bool:
    """Return whether a stream is a terminal that shows colours and wants them."""
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb" or not stream.isatty():
        return False
    if os.name != "nt":
        return True
    from rich.console import Console

    return not Console(file=stream).legacy_windows


def columns(stream: TextIO) -> int:
    """Return how wide a page may be: the terminal's width, 80 in a pipe unless COLUMNS says otherwise."""
    wanted = os.environ.get("COLUMNS", "")
    if wanted.isdigit() and int(wanted) > 0:
        return max(40, int(wanted))
    if not stream.isatty():
        return 80
    with suppress(OSError, ValueError):
        return max(40, os.get_terminal_size(stream.fileno()).columns or 80)
    return 80


def _nearest(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    lacking = error.object[error.start : error.end]
    ascii_signs = "".join(_NEAREST.get(char, "?") for char in lacking)
    return ascii_signs, error.end
