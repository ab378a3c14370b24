"""What was repaired in; the page `fupin clean` prints, cell by cell when asked, and its JSON, out."""

import json
from collections import Counter
from typing import Any

from msgspec.structs import replace

from fupin_cli.catalogue import both
from fupin_cli.model.fix import Cleaned, CleanedFile, Fix
from fupin_cli.model.masking import kind_of, tells_health
from fupin_cli.reports.lines import Line, block, heading
from fupin_cli.reports.masked import OMITTED, OMITTED_EN, hider, shown_text
from fupin_cli.reports.masking_words import masking_line
from fupin_cli.reports.page import page_of, write_lines
from fupin_cli.reports.words import Lang, Look

_LEFT_SHOWN = 20
_BLANK = both("（空）")
_UNSEEN = {"\u3000": "□", "\u00a0": "□", "\t": "→", "\n": "↵", "\r": "↵"}


def shown_value(fix: Fix, text: str | None, look: Look) -> str:
    """Return what a cell holds as a report of this level may show it."""
    english = look.lang == "en"
    if text is None:
        return _BLANK[english]
    shown = shown_text(text, fix.mask, look.masking) if fix.mask else hider({}, set(), look.masking)(text)
    return shown.replace(OMITTED, OMITTED_EN) if english else shown


def cleaned_as_shown(cleaned: Cleaned, look: Look) -> Cleaned:
    """Return what was repaired without the cells that tell of health, where the level hides it: they are counted in a note."""
    if not look.masking.health:
        return cleaned
    files = tuple(
        replace(
            one,
            fixes=tuple(fix for fix in one.fixes if not _tells_health(fix)),
            left=tuple(each for each in one.left if not tells_health(each[1])),
        )
        for one in cleaned.files
    )
    n = sum(len(one.fixes) for one in cleaned.files) - sum(len(one.fixes) for one in files)
    note = both("另有 {n} 格的改动说到健康、残疾或病情，本报告的遮盖级别不显示；县里核对时用 --mask standard 看。", n=n)
    return replace(cleaned, files=files, notes=(*((note,) if n else ()), *cleaned.notes))


def _tells_health(fix: Fix) -> bool:
    texts = (fix.column, fix.before or "", fix.after or "", fix.reason)
    return "健康" in {fix.mask, kind_of(fix.column)} or any(map(tells_health, texts))


def to_terminal(cleaned: Cleaned, look: Look, *, diff: bool) -> str:
    """Return the page: what was repaired in each file, by repair, what was left; with `diff` cell by cell."""
    english, cleaned = look.lang == "en", cleaned_as_shown(cleaned, look)
    lines: list[Line] = heading("fupin clean")
    for note in cleaned.notes:
        lines += block(note[english], look.width, "    ", "  ! ", "yellow")
    for path, zh, en in cleaned.failed_files:
        told = en if english else zh
        lines += block(told if path in told else f"{path}: {told}", look.width, "    ", "  ✗ ", "red")
    for path, zh, en in cleaned.skipped:
        lines += block(
            both("{path}：跳过，{skipped}", path=path, skipped=(zh, en))[english], look.width, "    ", "  - "
        )
    for one in cleaned.files:
        if one.fixes or one.left:
            lines += [(), *_file(one, look, diff=diff)]
    lines += [(), *_by_repair(cleaned, look), *block(counts_line(cleaned, look.lang), look.width, "", style="bold")]
    if diff and any(one.fixes for one in cleaned.files):
        lines += block(masking_line(look), look.width, "")
    console, page = page_of(look)
    write_lines(console, lines)
    return "\n".join(line.rstrip() for line in page.getvalue().splitlines()) + "\n"


def _file(one: CleanedFile, look: Look, *, diff: bool) -> list[Line]:
    english = look.lang == "en"
    count = both("{n} 格", n=len(one.fixes))[english]
    lines = block(f"{one.file}  {count}", look.width, "  ", "", "bold")
    for note in one.notes:
        lines += block(note[english], look.width, "    ", "  ! ", "yellow")
    if diff:
        for fix in one.fixes:
            lines += _cell(fix, look)
    for where, zh, en in one.left[:_LEFT_SHOWN]:
        lines += block(both("{where}：{left}", where=where, left=(zh, en))[english], look.width, "    ", "  = ")
    if len(one.left) > _LEFT_SHOWN:
        rest = len(one.left) - _LEFT_SHOWN
        lines += block(both("… 另有 {rest} 格没有改动", rest=rest)[english], look.width, "    ")
    return lines


def _cell(fix: Fix, look: Look) -> list[Line]:
    english = look.lang == "en"
    before, after = (_visible(shown_value(fix, text, look)) for text in (fix.before, fix.after))
    where = f"{fix.sheet}!{fix.cell}" if fix.sheet else fix.cell
    reason = fix.reason_en if english else fix.reason
    said = f"{where} {fix.column}  {before} → {after}  {fix.repair} {reason}"
    return block(said, look.width, "      ", "    ")


def _visible(text: str) -> str:
    """Let blanks at the ends, and line ends, be seen."""
    body = text.strip(" ")
    front, back = len(text) - len(text.lstrip(" ")), len(text) - len(text.rstrip(" "))
    marked = "".join(_UNSEEN.get(char, char) for char in body)
    return "␣" * front + marked + ("␣" * back if body else "")


def _by_repair(cleaned: Cleaned, look: Look) -> list[Line]:
    english = look.lang == "en"
    counted = Counter(fix.repair for one in cleaned.files for fix in one.fixes)
    lines: list[Line] = []
    for repair in cleaned.repairs:
        if counted[repair.id]:
            name = repair.name_en if english else repair.name
            lines += block(f"{repair.id}  {name}  {counted[repair.id]}", look.width, "    ", "  ")
    return [*lines, ()] if lines else []


def counts_line(cleaned: Cleaned, lang: Lang) -> str:
    """Return the sentence that ends the page."""
    cells, left = sum(len(one.fixes) for one in cleaned.files), sum(len(one.left) for one in cleaned.files)
    files = sum(bool(one.fixes) for one in cleaned.files)
    written = any(one.copy for one in cleaned.files)
    verb = both("已修复") if written else both("可修复")
    return both(
        "{n} 个文件，{files} 个有改动，{verb} {cells} 格；{left} 格保留原样。",
        n=len(cleaned.files),
        files=files,
        verb=verb,
        cells=cells,
        left=left,
    )[lang == "en"]


def to_json(cleaned: Cleaned, look: Look) -> str:
    """Return the result as JSON text, every cell in it."""
    return json.dumps(to_dict(cleaned, look), ensure_ascii=False, indent=2) + "\n"


def to_dict(cleaned: Cleaned, look: Look) -> dict[str, Any]:
    """Return what the JSON holds."""
    english, cleaned = look.lang == "en", cleaned_as_shown(cleaned, look)
    return {
        "version": 1,
        "repaired": sum(len(one.fixes) for one in cleaned.files),
        "left": sum(len(one.left) for one in cleaned.files),
        "repairs": [{"id": one.id, "name": one.name_en if english else one.name, "safe": one.safe} for one in cleaned.repairs],
        "files": [_file_dict(one, look) for one in cleaned.files],
        "failed_files": [{"path": path, "message": en if english else zh} for path, zh, en in cleaned.failed_files],
        "skipped": [{"path": path, "message": en if english else zh} for path, zh, en in cleaned.skipped],
        "notes": [note[english] for note in cleaned.notes],
    }  # fmt: skip


def _file_dict(one: CleanedFile, look: Look) -> dict[str, Any]:
    english = look.lang == "en"
    return {
        "file": str(one.file),
        "copy": str(one.copy) if one.copy else None,
        "notes": [note[english] for note in one.notes],
        "changes": [
            {
                "sheet": fix.sheet,
                "cell": fix.cell,
                "column": fix.column,
                "before": None if fix.before is None else shown_value(fix, fix.before, look),
                "before_kind": fix.before_kind.name,
                "after": None if fix.after is None else shown_value(fix, fix.after, look),
                "after_kind": fix.after_kind.name,
                "repair": fix.repair,
                "reason": fix.reason_en if english else fix.reason,
            }
            for fix in one.fixes
        ],
        "left": [{"cell": where, "reason": en if english else zh} for where, zh, en in one.left],
    }
