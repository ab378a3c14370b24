"""What a command line says of an option in; its value out, read without pydantic where it is plain text, a file or a word.

typer reads every value through pydantic, whose import and adapters take 0.07 s of each start.
"""

import os
from pathlib import Path
from typing import Any, get_args, get_origin


def read_plainly(params: Any) -> Any:  # noqa: ANN401 - typer's own types are private
    """Return options and arguments, their plain values read here."""
    for param in params:
        param._runtime_param = PlainValues()  # noqa: SLF001 - typer has no other place for it
    return params


class PlainValues:
    """Stands where typer keeps how the values of one option or argument are read."""

    def coerce(self, value: Any, param: Any, ctx: Any) -> Any:  # noqa: ANN401 - typer's own types are private
        """Return the value as its type has it; what is not plain typer reads itself, and refuses in its own words.

        Raises:
            typer.BadParameter: it cannot be read.
        """
        several = param.multiple or param.nargs == -1
        if value is None:
            return () if several else None
        annotation = param.type_descriptor.annotation
        kind = get_args(annotation)[0] if get_origin(annotation) is list else annotation
        texts = value if several and not isinstance(value, str) else [value]
        if several is isinstance(value, str) or not all(_is_plain(text, kind) for text in texts):
            param._runtime_param = None  # noqa: SLF001 - typer makes its own anew
            return param.get_runtime_param().coerce(value, param=param, ctx=ctx)
        made = [Path(text) if kind is Path else text for text in texts]
        return made if several else made[0]


def _is_plain(text: Any, kind: Any) -> bool:  # noqa: ANN401 - a value of any type
    if not isinstance(text, str):
        return False
    if kind is Path:
        return not os.path.lexists(text) or os.access(text, os.R_OK)
    return kind is str or text in get_args(kind)
