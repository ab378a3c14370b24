"""`fupin audit`: the line written out. file → sheets → tables → plans → verdicts → findings; reports are made of the Audit."""

from dataclasses import replace
from pathlib import Path

from fupin_cli.engines import open_engine
from fupin_cli.findings import Judged, accept, explain
from fupin_cli.jobs.compiled import compiled
from fupin_cli.jobs.earlier import read_earlier
from fupin_cli.jobs.files import is_large
from fupin_cli.jobs.layouts import read_layouts
from fupin_cli.jobs.request import LEDGER, Progress, Request
from fupin_cli.jobs.result import result
from fupin_cli.jobs.wanted import lists_by_kind, resolved, with_mapping
from fupin_cli.model.audit import Audit
from fupin_cli.model.choice import wanted
from fupin_cli.tables import build_tables
from fupin_cli.verdicts import judge


def run(request: Request, progress: Progress = lambda _stage, _done, _total: None) -> Audit:
    """Audit every file of the request together and return everything found.

    Raises:
        UsageError: an unknown rule id, list, profile or region.
        RuleError: a broken rule file, all faults at once; a mapping file likewise.
        InputError: no file could be read, or none holds a registry.
    """
    book = compiled(request.rules_dir)
    settings = resolved(request.settings, book.source)
    asked = (*request.lists, *((LEDGER, file) for file in request.ledgers))
    lists = lists_by_kind(asked, book.source.dictionary)
    rules = wanted(book.source.rules, settings)
    request = replace(request, wishes=with_mapping(request.wishes, request.mapping, book.source.dictionary))
    engine = open_engine(large=is_large((*request.files, *(each for each in request.previous if isinstance(each, Path)))))
    try:
        read = read_layouts(engine, request, lists, book.source.dictionary, progress)
        earlier = read_earlier(engine, request, book.source.dictionary, settings, progress)
        progress("tables", 0, 0)
        tables = replace(build_tables(engine, read.layouts, book.source.dictionary, settings), previous=earlier)
        progress("plans", 0, 0)
        planned = book.plan(tables, settings)
        progress("verdicts", 0, 0)
        counts = judge(engine, planned)
        told = explain(Judged(engine, planned, tables, book.source, settings, rules, counts), progress)
        if request.baseline is not None:
            left, accepted = accept(told.findings, request.baseline)
            told = replace(told, findings=left, accepted=accepted)
        return result(engine, settings, read, tables, planned, counts, told, rules)
    finally:
        engine.close()
