"""What was repaired in; changes.xlsx, the log a clerk reads, out: what was done to each file, every cell, what was left."""

from collections import Counter
from pathlib import Path

from fupin_cli.catalogue import both, in_each
from fupin_cli.model.fix import Cleaned
from fupin_cli.model.masking import OPEN, STANDARD
from fupin_cli.reports.clean_text import cleaned_as_shown, shown_value
from fupin_cli.reports.grid import Book
from fupin_cli.reports.masking_words import masking_line
from fupin_cli.reports.words import Look

_SUMMARY = in_each(both("文件"), both("改动", "clean_xlsx"), both("保留原样"), both("说明", "clean_xlsx"))
_CELLS = in_each(
    both("文件"),
    both("工作表"),
    both("单元格"),
    both("列"),
    both("改前"),
    both("改后"),
    both("修复"),
    both("名称"),
    both("原因"),
)
_LEFT = in_each(both("文件"), both("单元格"), both("为什么没有改动"))
_MASKED = both("姓名、证件号码、电话、账号已遮盖；还原用同一文件夹里的 changes.jsonl。")
_REVEALED = both("含个人信息，请勿外传。")


def write_changes(cleaned: Cleaned, path: Path, look: Look) -> None:
    """Write the log to `path`."""
    cleaned = cleaned_as_shown(cleaned, look)
    with Book(path) as book:
        _summary(book, cleaned, look)
        _cells(book, cleaned, look)
        _left(book, cleaned, look)


def _summary(book: Book, cleaned: Cleaned, look: Look) -> None:
    english = look.lang == "en"
    grid = book.grid(both("概览")[english], widths=(48, 14, 14, 60))
    grid.write(["fupin clean"], style="heading")
    levels = {OPEN: _REVEALED[english], STANDARD: _MASKED[english]}
    grid.write([levels.get(look.masking) or masking_line(look)])
    for note in cleaned.notes if look.masking.health else ():
        grid.write([note[english]])
    grid.write([])
    counted = Counter(fix.repair for one in cleaned.files for fix in one.fixes)
    grid.write([both("修复")[english], *_SUMMARY[english][1:2]], style="head")
    for repair in cleaned.repairs:
        if counted[repair.id]:
            grid.write([f"{repair.id} {repair.name_en if english else repair.name}", counted[repair.id]])
    grid.write([])
    grid.write(list(_SUMMARY[english]), style="head")
    for one in cleaned.files:
        notes = "\n".join(note[english] for note in one.notes)
        grid.write([str(one.file), len(one.fixes), len(one.left), notes])
    for path, zh, en in (*cleaned.failed_files, *cleaned.skipped):
        grid.write([path, "", "", en if english else zh])


def _cells(book: Book, cleaned: Cleaned, look: Look) -> None:
    english = look.lang == "en"
    names = {one.id: one.name_en if english else one.name for one in cleaned.repairs}
    widths = (36, 12, 9, 14, 26, 26, 9, 24, 36)
    with book.table(both("改动")[english], list(_CELLS[english]), widths) as grid:
        for one in cleaned.files:
            for fix in one.fixes:
                before, after = shown_value(fix, fix.before, look), shown_value(fix, fix.after, look)
                reason = fix.reason_en if english else fix.reason
                where = [str(fix.file), fix.sheet, fix.cell, fix.column]
                grid.write([*where, before, after, fix.repair, names.get(fix.repair, ""), reason])


def _left(book: Book, cleaned: Cleaned, look: Look) -> None:
    english = look.lang == "en"
    if not any(one.left for one in cleaned.files):
        return
    with book.table(both("保留原样", "clean_xlsx")[english], list(_LEFT[english]), (48, 20, 60)) as grid:
        for one in cleaned.files:
            for where, zh, en in one.left:
                grid.write([str(one.file), where, en if english else zh])
