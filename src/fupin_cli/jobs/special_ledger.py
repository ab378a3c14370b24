"""`fupin ledger`: a registry in, one special ledger (专项台账) of it out: who stands in it, what is known, what is missing."""

from difflib import get_close_matches

from msgspec.structs import replace

from fupin_cli.catalogue import both
from fupin_cli.errors import InputError, UsageError
from fupin_cli.findings import Judged
from fupin_cli.findings.ledger_rows import LedgerRows
from fupin_cli.jobs.compiled import compiled
from fupin_cli.jobs.ground import Ground, opened
from fupin_cli.jobs.request import Progress, Request
from fupin_cli.model.rulebook import RuleBook
from fupin_cli.model.special_ledger import LedgerMade, SpecialLedger
from fupin_cli.plans import Book, plan
from fupin_cli.plans.ledger import STANDS, ledger_book, need_id
from fupin_cli.tables import build_tables
from fupin_cli.verdicts import judge


def run(request: Request, name: str, progress: Progress = lambda _stage, _done, _total: None) -> LedgerMade:
    """Return the ledger of that name.

    Args:
        request: the registry; rules chosen in its settings play no part.
        name: of a file under `ledgers/`, or an alias.
        progress: told of each stage.

    Raises:
        UsageError: there is no such ledger; an unknown list, profile or region.
        RuleError: a broken rule or ledger file, all faults at once.
        InputError: no file could be read, or the registry lacks what says who stands in the ledger.
    """
    ledger = named(name, compiled(request.rules_dir).source)
    book = ledger_book(ledger, compiled(request.rules_dir).source)
    with opened(request, progress) as ground:
        judged = _judged(ground, book)
        _refuse(ledger, judged)
        progress("findings", 0, 0)
        needs = [need_id(number) for number, _ in enumerate(ledger.needed)]
        made = LedgerRows(judged, ledger, STANDS, needs).made()
        notes = tuple(dict.fromkeys((*ground.read.notes, *judged.tables.notes)))
        return replace(made, notes=notes, failed_files=tuple(ground.read.failed))


def named(name: str, book: RuleBook) -> SpecialLedger:
    """Return the ledger of a name or an alias.

    Raises:
        UsageError: there is none.
    """
    for ledger in book.ledgers.values():
        if name in (ledger.name, *ledger.aliases):
            return ledger
    known = "、".join(book.ledgers) or "—"
    near = get_close_matches(name, list(book.ledgers), 1)
    zh, en = both("，是不是“{near}”？", near=near[0]) if near else ("", "")
    raise UsageError(
        *both(
            "没有专项台账“{name}”{value}有：{known}。自己的台账写在 --rules 文件夹的 ledgers/ "
            "里（docs/special-ledgers.md）。",
            name=name,
            value=(zh or "；", en or ";"),
            known=known,
        )
    )


def _judged(ground: Ground, book: Book) -> Judged:
    """Type the registry and answer the ledger's questions on every row."""
    settings = replace(ground.settings, select=(), ignore=(), severity="notice")
    ground.progress("tables", 0, 0)
    tables = build_tables(ground.engine, ground.read.layouts, book.source.dictionary, settings)
    ground.progress("plans", 0, 0)
    planned = plan(book, replace(tables, previous=ground.earlier), settings)
    ground.progress("verdicts", 0, 0)
    counts = judge(ground.engine, planned)
    return Judged(ground.engine, planned, tables, book.source, settings, dict(book.source.rules), counts)


def _refuse(ledger: SpecialLedger, judged: Judged) -> None:
    """Raise InputError when nothing says who stands in the ledger."""
    for reason in judged.plan.not_run:
        if reason.rule == STANDS:
            lacking = "、".join(reason.missing)
            raise InputError(
                *both(
                    "“{title}”做不出来：要看 {lacking} 才知道哪些{subject_zh}列入，登记表里没有。请检查表头（fupin "
                    "inspect），或用 --map 表头=列名 指明，或用 --list 给出名单。",
                    title=(ledger.title, ledger.title_en),
                    lacking=lacking,
                    subject_zh=ledger.subject,
                )
            )
