"""Mask a finding: what a report's level hides out of every text of it, the same finding without that back."""

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache, lru_cache
from typing import Any

from msgspec.structs import replace

from fupin_cli.catalogue import both
from fupin_cli.model.finding import Finding
from fupin_cli.model.masking import NEVER, STANDARD, Masking, kind_of
from fupin_cli.reports.words import Lang, Look
from fupin_cli.values.mask import MASKS, mask_certificate

__all__ = ["NEVER", "OMITTED", "OMITTED_EN", "as_shown", "hider", "kind_of", "masked", "plain_hider", "shown_text"]

OMITTED, OMITTED_EN = both("〔略〕")  # stand where a text was dropped
_MAY_HIDE = re.compile(r"[0-9](?:[ -]?[0-9]){6}")  # a text without so many digits holds no number of a person
_SHAPES = re.compile(  # numbers that can only be a person's, wherever they stand
    r"(?<![0-9])(?:(?P<证件>[1-9][0-9]{5} ?(?:18|19|20)[0-9]{2} ?(?:0[1-9]|1[0-2]) ?(?:0[1-9]|[12][0-9]|3[01]) ?[0-9]{3}[0-9Xx]"
    r"(?:[1-7][1-4](?:[Bb][0-9])?)?)|(?P<电话>1[3-9][0-9][ -]?[0-9]{4}[ -]?[0-9]{4}|0[1-9][0-9]{1,2}-[0-9]{7,8}))(?![0-9])"
    r"|(?:(?<=身份证)|(?<=身份证号)|(?<=证件号码)|(?<=证件号))(?P<引>\D{0,4})(?P<旧>[1-9][0-9]{14})(?![0-9])"
    r"|(?:(?<=卡号)|(?<=账号)|(?<=帐号)|(?<=账户))(?P<引号>\D{0,4})(?P<账号>[0-9](?:[ -]?[0-9]){8,})(?![0-9])"
)
_STAND_IN = 0x100000  # a plane of private characters that no workbook uses
Hide = Callable[[str], str]


def masked(finding: Finding, masking: Masking = STANDARD, lang: Lang = "zh") -> Finding:
    """Return the finding as a report of that level may show it, told in one language only. 户编号 and 人编号 stay."""
    hide = _hider(finding, masking)
    return replace(
        finding,
        person=shown_text(finding.person, "姓名", masking) if finding.person else finding.person,
        values=_mask_cells(finding.values, hide, masking),
        message=_told(finding.message, finding.message_en, lang, hide),
        message_en="",
        fix=_told(finding.fix, finding.fix_en, lang, hide),
        fix_en="",
        evidence=tuple([_mask_cells(row, hide, masking) for row in finding.evidence]),
        secrets={},
    )


def _told(zh: str, en: str, lang: Lang, hide: Hide) -> str:
    """Return a text in the language, in Chinese when there is no other, hidden."""
    return hide(en).replace(OMITTED, OMITTED_EN) if lang == "en" and en else hide(zh)


def as_shown(finding: Finding, look: Look) -> Finding:
    """Return the finding as this report may show it: every report asks this, and nothing else, what it may show."""
    return masked(finding, look.masking, look.lang) if look.masking.hidden else finding


def shown_text(text: str, kind: str, masking: Masking) -> str:
    """Return one personal text as a report of that level may show it.

    Where health is hidden, the certificate of a disabled person (20 or 22 characters) looks like any other.
    """
    how = _how_shown(kind, masking)
    return text if how is None else how(text)


@cache
def _how_shown(kind: str, masking: Masking) -> Hide | None:
    """Return what hides a text of a kind; None when it stays."""
    if not masking.hides(kind):
        return None
    if kind == "健康" or (masking.dropped and kind != "姓名"):
        return lambda text: OMITTED if text.strip() else text
    if kind == "证件" and masking.health:
        return lambda text: mask_certificate(text[:18])
    return MASKS[kind] if kind in MASKS else lambda text: "*" * len(text)


def _hider(finding: Finding, masking: Masking) -> Hide:
    """Return what hides every secret of this finding in a text, in one pass, the longest first."""
    secrets = finding.secrets.copy()
    if finding.person:
        secrets.setdefault(finding.person, "姓名")
    for row in (finding.values, *finding.evidence):
        for column, kind in _personal(tuple(row)):
            value = row[column]
            if kind != "健康" and isinstance(value, str):
                secrets.setdefault(value, kind)
    return hider(secrets, (finding.household, *map(finding.values.get, NEVER)), masking)


def hider(secrets: Mapping[str, str], spared: Iterable[str | None], masking: Masking = STANDARD) -> Hide:
    """Return what hides texts in a text, in one pass, the longest first.

    Args:
        secrets: text → its kind. One with blanks in it is looked for without them too; nothing but blanks is no secret.
        spared: texts that stay, such as the 户编号.
        masking: which kinds are hidden, and how.
    """
    if not masking.hidden:
        return str
    how = {  # text → what hides it
        text: shown for text, kind in secrets.items() if (shown := _how_shown(kind, masking)) and text.strip()
    }
    for text in [text for text in how if not text.isalnum()]:
        closed = "".join(text.split())
        if closed != text and len(closed) > 1:
            how.setdefault(closed, how[text])
    for stays in spared:
        if stays:
            how[stays] = str
    known = sorted(how, key=len, reverse=True)  # the longest first
    shapes = plain_hider(masking)

    def hide(text: str) -> str:
        there = [secret for secret in known if secret in text]
        if not there:
            return shapes(text)
        for stand_in, secret in enumerate(there, _STAND_IN):  # what stands for it meanwhile
            text = text.replace(secret, chr(stand_in))
        text = shapes(text)
        for stand_in, secret in enumerate(there, _STAND_IN):
            text = text.replace(chr(stand_in), how[secret](secret))
        return text

    return hide


@cache
def plain_hider(masking: Masking) -> Hide:
    """Return what hides the numbers that can only be a person's, in a text of which nothing else is known."""
    if not masking.hidden & {"证件", "电话", "账号"}:
        return str

    def starred(hit: re.Match[str]) -> str:
        for before, name, kind in (("引", "旧", "证件"), ("引号", "账号", "账号")):
            if hit[name] is not None:
                return f"{hit[before]}{shown_text(hit[name], kind, masking)}"
        return shown_text(hit.group(), hit.lastgroup or "证件", masking)

    return lambda text: _SHAPES.sub(starred, text) if len(text) > 6 and _MAY_HIDE.search(text) else text


def _mask_cells(row: Mapping[str, Any], hide: Hide, masking: Masking) -> dict[str, Any]:
    """Hide the texts of a row; numbers typed as numbers are hidden when their column says so, columns of a notice left out."""
    shown = {}
    for column, kind in _kept(tuple(row), masking):
        value = row[column]
        if kind is None:
            shown[column] = hide(value) if isinstance(value, str) else value
        elif kind and value is not None and not isinstance(value, bool):
            shown[column] = shown_text(str(value), kind, masking)
        else:
            shown[column] = value
    return shown


@lru_cache(1024)  # all findings of a rule have the same columns
def _kept(columns: tuple[str, ...], masking: Masking) -> tuple[tuple[str, str | None], ...]:
    """Return the columns that are not left out: with the kind that is hidden of each, "" to leave it as it is, None to look."""
    kinds = {column: kind for column, kind in _personal(columns) if masking.hides(kind)}
    return tuple(
        (column, kinds.get(column, "" if column in NEVER else None))
        for column in columns
        if not (masking.dropped and kinds.get(column, "姓名") != "姓名")
    )


@lru_cache(1024)
def _personal(columns: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Return the columns that hold personal texts by their names, each with the kind."""
    return tuple((column, kind) for column in columns if (kind := kind_of(column)))
