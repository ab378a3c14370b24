"""`fupin rules docs`: the rule book in, a page of markdown a rule and an index out; or which of them are stale."""

import re
from pathlib import Path

from msgspec import Struct

from fupin_cli.catalogue import both
from fupin_cli.jobs.compiled import compiled
from fupin_cli.jobs.rule_page import uses_of
from fupin_cli.reports.output import unwritable
from fupin_cli.reports.rule_docs import INDEX, MARK, index_doc, rule_doc
from fupin_cli.rules.folder import shipped_folder

_PAGE = re.compile(r"[A-Z]{3}[0-9]{3}\.md")


class Pages(Struct, frozen=True):
    """What a folder of pages would have to become."""

    all: dict[str, str]  # file name → text
    changed: tuple[str, ...]  # pages that are not there, or say something else
    gone: tuple[str, ...]  # pages of rules that are no more


def compare_pages(folder: Path, rules_dir: Path | None = None) -> Pages:
    """Return the pages of all rules, and how the folder differs from them."""
    pages = _pages(rules_dir)
    changed = tuple(name for name, text in pages.items() if _read(folder / name) != text)
    ours = sorted(file.name for file in folder.glob("*.md") if _PAGE.fullmatch(file.name))
    gone = tuple(name for name in ours if name not in pages and _read(folder / name).startswith(MARK))
    return Pages(pages, changed, gone)


def stale_sentence(folder: Path, pages: Pages) -> tuple[str, str] | None:
    """Say in Chinese and English which pages are stale and what to run; None when none is."""
    stale = [*pages.changed, *pages.gone]
    if not stale:
        return None
    few = "、".join(stale[:5]) + (" …" if len(stale) > 5 else "")
    zh, en = both(
        "{folder} 有 {n} 页与规则不一致（{few}）：请运行 fupin rules docs -o {folder}",
        folder=folder,
        n=len(stale),
        few=(few, few.replace("、", ", ")),
    )
    return zh, en


def write_pages(folder: Path, pages: Pages) -> None:
    """Write what has changed, delete the pages of rules that are no more.

    Raises:
        OutputError: a page cannot be written.
    """
    place = folder
    try:
        folder.mkdir(exist_ok=True)
        for name in pages.changed:
            place = folder / name
            place.write_text(pages.all[name], encoding="utf-8", newline="\n")
        for name in pages.gone:
            place = folder / name
            place.unlink()
    except OSError as error:
        raise unwritable(place, error) from error


def _read(file: Path) -> str:
    return file.read_text("utf-8") if file.is_file() else ""


def _pages(rules_dir: Path | None) -> dict[str, str]:
    book = compiled(rules_dir, examples=True).book
    roots = [root.resolve() for root in (shipped_folder(), *([rules_dir] if rules_dir else []))]
    pages = {INDEX: index_doc(list(book.source.rules.values()), book.source.retired)}
    for name, rule in book.source.rules.items():
        file = rule.file.resolve()
        root = next(root for root in roots if file.is_relative_to(root))
        text = rule_doc(rule, uses_of(name, book), book.source.parameters, file.relative_to(root).as_posix())
        pages[f"{name}.md"] = text
    return pages
