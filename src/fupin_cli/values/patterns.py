"""Regular expressions that are compiled when they are first asked: a run over one sheet asks half of those of all layouts."""

import re
from typing import cast

_ASKED = ("search", "match", "fullmatch", "sub", "split", "findall", "finditer", "pattern")


class _Uncompiled:
    """Stands for a pattern; it takes on the pattern's own methods with the first that is asked."""

    def __init__(self, text: str, flags: int) -> None:
        self._text = text
        self._flags = flags

    def __getattr__(self, name: str) -> object:
        compiled = re.compile(self._text, self._flags)
        vars(self).update({each: getattr(compiled, each) for each in _ASKED})
        return getattr(compiled, name)


def regex(text: str, flags: int = 0) -> re.Pattern[str]:
    """Return what `re.compile` does, compiled once it is asked; an error in it is told no sooner."""
    return cast("re.Pattern[str]", _Uncompiled(text, flags))
