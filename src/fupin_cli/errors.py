"""Every error of fupin, one tree. An error means "could not run"; what a rule finds is a Finding, never an error.

FupinError             one clear sentence; `exit_code` 3
├── UsageError         an unknown rule id, list, profile, region or option value; `exit_code` 2
├── InputError         a file that cannot be read, or holds no registry
├── RuleError          faults of rule files, all at once
│   ├── MappingError   faults of a mapping file, all at once
│   ├── BaselineError  faults of a baseline, all at once
│   └── ListsError     faults of a lists.yaml, all at once
└── OutputError        a report that cannot be written
"""

from pathlib import Path

from msgspec import Struct

from fupin_cli.catalogue import both


class FupinError(Exception):
    """Something that kept a run from happening, told in one sentence for a clerk.

    `zh` and `en` say the same: where, what, what was looked for, what to do. No identity number, no name in either.
    """

    exit_code = 3

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.zh = zh
        self.en = en


class UsageError(FupinError):
    """A name or value on the command line that nothing answers to."""

    exit_code = 2


class InputError(FupinError):
    """A file that cannot be read as a workbook, or in which no registry stands."""


class OutputError(FupinError):
    """A report that cannot be written where it was asked for."""


class Fault(Struct, frozen=True, order=True):
    """One fault of a rule file: where it stands and what is wrong, in both languages."""

    file: Path
    line: int  # counted from 1
    column: int  # counted from 1
    zh: str
    en: str
    excerpt: str = ""  # the line as written
    width: int = 1  # how many characters the caret underlines


class RuleError(FupinError):
    """All the faults of a rule folder, each with file, line and caret."""

    head = both("规则文件有 {n} 处错误：")

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = sorted(faults)
        super().__init__(self._text("zh"), self._text("en"))

    def _text(self, lang: str) -> str:
        head = self.head[lang == "en"].format(n=len(self.faults))
        return "\n".join([head, *(_with_caret(fault, lang) for fault in self.faults)])


class MappingError(RuleError):
    """All the faults of a mapping file, each with line and caret."""

    head = both("对应文件有 {n} 处错误：")


class BaselineError(RuleError):
    """All the faults of a baseline, each with line and caret."""

    head = both("基线文件有 {n} 处错误：")


class ListsError(RuleError):
    """All the faults of a lists.yaml, each with line and caret."""

    head = both("名单说明有 {n} 处错误：")


def _with_caret(fault: Fault, lang: str) -> str:
    line = f"{fault.file}:{fault.line}:{fault.column}: {fault.zh if lang == 'zh' else fault.en}"
    if not fault.excerpt:
        return line
    blank = "".join("　" if ord(char) > 0x2E80 else " " for char in fault.excerpt[: fault.column - 1])
    return f"{line}\n    {fault.excerpt}\n    {blank}{'^' * max(1, fault.width)}"
