"""Mask a finding: names, certificate, phone and account numbers out, the same finding without them back."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from fupin_cli.model.finding import Finding
from fupin_cli.reports.words import Look
from fupin_cli.values.mask import mask

NEVER = frozenset({"户编号", "人编号"})
_BY_COLUMN = (  # a column so named is masked even when the finding does not call its text a secret
    ("姓名", re.compile(r"姓名$|^户主$|责任人$|联系人$|采集人$")),
    ("证件", re.compile(r"(证件号码?|证件前18位|身份证号?码?|残疾证号?)#?$")),
    ("电话", re.compile(r"(电话|手机号?码?)$")),
    ("账号", re.compile(r"(卡号|账号|帐号)$")),
)
_KINDS = frozenset({"姓名", "证件", "电话", "账号"})
_SHAPES = re.compile(  # numbers that can only be a person's, wherever they stand
    r"(?<![0-9])(?:(?P<证件>[1-9][0-9]{5}(?:18|19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9Xx]"
    r"(?:[1-7][1-4](?:[Bb][0-9])?)?)|(?P<电话>1[3-9][0-9]{9}))(?![0-9])"
)
_STAND_IN = 0x100000  # a plane of private characters that no workbook uses


def masked(finding: Finding) -> Finding:
    """Return the finding as a report may show it to anybody. 户编号 and 人编号 stay."""
    hide = _hider(finding)
    return replace(
        finding,
        person=mask(finding.person, "姓名") if finding.person else finding.person,
        values=_mask_cells(finding.values, hide),
        message=hide(finding.message),
        message_en=hide(finding.message_en),
        fix=hide(finding.fix),
        fix_en=hide(finding.fix_en),
        evidence=tuple(_mask_cells(row, hide) for row in finding.evidence),
        secrets={},
    )


def as_shown(finding: Finding, look: Look) -> Finding:
    """Return the finding as this report may show it: every report asks this, and nothing else, what it may show."""
    return finding if look.reveal else masked(finding)


def _hider(finding: Finding) -> Callable[[str], str]:
    """Return what masks every secret of this finding in a text, in one pass, the longest first."""
    secrets = {text: kind for text, kind in finding.secrets.items() if text.strip()}
    if finding.person and finding.person.strip():
        secrets.setdefault(finding.person, "姓名")
    for row in (finding.values, *finding.evidence):
        for column, value in row.items():
            kind = kind_of(column)
            if kind and isinstance(value, str) and value.strip():
                secrets.setdefault(value, kind)
    return hider(secrets, {finding.household, *(finding.values.get(column) for column in NEVER)})


def hider(secrets: Mapping[str, str], spared: set[str | None]) -> Callable[[str], str]:
    """Return what masks texts in a text, in one pass, the longest first.

    Args:
        secrets: text → its mask kind.
        spared: texts that stay, such as the 户编号.
    """
    known = [  # text, what stands for it meanwhile, what is shown in the end; the longest first
        (text, chr(_STAND_IN + i), text if text in spared else _starred(text, secrets[text]))
        for i, text in enumerate(sorted({*secrets, *filter(None, spared)}, key=len, reverse=True))
    ]

    def hide(text: str) -> str:
        for secret, stand_in, _ in known:
            text = text.replace(secret, stand_in)
        text = _SHAPES.sub(lambda hit: mask(hit.group(), hit.lastgroup or "证件"), text)
        for _, stand_in, shown in known:
            text = text.replace(stand_in, shown)
        return text

    return hide


def _starred(text: str, kind: str) -> str:
    return mask(text, kind) if kind in _KINDS else "*" * len(text)


def _mask_cells(row: Mapping[str, Any], hide: Callable[[str], str]) -> dict[str, Any]:
    """Mask the texts of a row; numbers typed as numbers are hidden when their column says so."""
    shown: dict[str, Any] = {}
    for column, value in row.items():
        kind = kind_of(column)
        if column in NEVER or value is None or isinstance(value, bool):
            shown[column] = value
        elif kind:
            shown[column] = mask(str(value), kind)
        else:
            shown[column] = hide(value) if isinstance(value, str) else value
    return shown


def kind_of(column: str) -> str:
    """Return how a column is masked by its name alone; "" for not at all."""
    return next((kind for kind, pattern in _BY_COLUMN if pattern.search(column)), "")
