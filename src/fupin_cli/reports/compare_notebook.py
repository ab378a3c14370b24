"""A Comparison in; the small HTML table a notebook shows of it out: counts, the first differences, how many more there are."""

from collections.abc import Iterator
from itertools import chain, islice

from fupin_cli.model.difference import Comparison, Record, Side
from fupin_cli.model.masking import STANDARD
from fupin_cli.reports.compare_masked import Veil
from fupin_cli.reports.compare_sections import evidence
from fupin_cli.reports.compare_sentences import Where, head_changed, moved, names, regrouped, values
from fupin_cli.reports.compare_terminal import counts_line
from fupin_cli.reports.compare_words import said
from fupin_cli.reports.notebook import MOST, page
from fupin_cli.reports.words import Lang

_Row = tuple[str, str, str, str]  # class, who, what, where


def comparison_html(comparison: Comparison, lang: Lang) -> str:
    """Return the counts, the notes and the first differences, masked."""
    facts = [f"{comparison.left} ⇄ {comparison.right}", counts_line(comparison, lang)]
    facts += [note[lang == "en"] for note in comparison.notes]
    facts += [en if lang == "en" else zh for _, zh, en in comparison.failed_files]
    heads = [said(key, lang) for key in ("classes", "person", "said", "place")]
    rows = list(islice(_rows(comparison, lang), MOST))
    return page(facts, heads, rows, _in_all(comparison), lang)


def _in_all(comparison: Comparison) -> int:
    tables = sum(
        len(each.changed) + len(each.only_left) + len(each.only_right) + len(each.duplicates)
        for each in comparison.tables
    )
    groups = (comparison.regrouped, comparison.head_changed, comparison.moved, comparison.suspected)
    return tables + sum(map(len, groups))


def _rows(comparison: Comparison, lang: Lang) -> Iterator[_Row]:
    veil, where = Veil(comparison, STANDARD), Where(comparison, lang)
    return chain(
        _events(comparison, veil, where, lang),
        _changes(comparison, veil, where, lang),
        _one_side(comparison, veil, where, "left", lang),
        _one_side(comparison, veil, where, "right", lang),
        _repeated(comparison, veil, where, lang),
        _suspected(comparison, veil, where, lang),
    )


def _events(comparison: Comparison, veil: Veil, where: Where, lang: Lang) -> Iterator[_Row]:
    def of_both(left: Record, right: Record) -> str:
        return f"{where.row(left.place, 'left')} ⇄ {where.row(right.place, 'right')}"

    for each in comparison.regrouped:
        yield said(each.kind, lang), "", regrouped(each, veil, lang), of_both(each.left[0], each.right[0])
    for change in map(veil.head, comparison.head_changed):
        told = head_changed(change, lang)
        yield (
            said("head_changed", lang),
            change.right_head.person or "",
            told,
            of_both(change.left_head, change.right_head),
        )
    for move in map(veil.move, comparison.moved):
        yield said("moved", lang), move.right.person or "", moved(move, lang), of_both(move.left, move.right)


def _changes(comparison: Comparison, veil: Veil, where: Where, lang: Lang) -> Iterator[_Row]:
    for change in (veil.change(one) for table in comparison.tables for one in table.changed):
        was, now = values(change, veil, lang)
        told = f"{change.column}{said('colon', lang)}{was} → {now}"
        place = f"{where.cells(change.left_place, 'left')} ⇄ {where.cells(change.right_place, 'right')}"
        yield said("changed", lang), _who(change.right_record), told, place


def _one_side(comparison: Comparison, veil: Veil, where: Where, side: Side, lang: Lang) -> Iterator[_Row]:
    for table in comparison.tables:
        for record in map(veil.record, table.only_left if side == "left" else table.only_right):
            key = names(f"{column} {text}" for column, text in record.key.items())
            yield said(f"only_{side}", lang), _who(record), key, where.row(record.place, side)


def _repeated(comparison: Comparison, veil: Veil, where: Where, lang: Lang) -> Iterator[_Row]:
    for each in (veil.duplicate(one) for table in comparison.tables for one in table.duplicates):
        key = names(f"{column} {text}" for column, text in each.records[0].key.items())
        places = names((where.row(record.place, each.side) for record in each.records), "; ")
        yield said(f"duplicate_{each.side}", lang), _who(each.records[0]), key, places


def _suspected(comparison: Comparison, veil: Veil, where: Where, lang: Lang) -> Iterator[_Row]:
    for each in map(veil.suspicion, comparison.suspected):
        who = f"{_who(each.left)} ⇄ {_who(each.right)}"
        told = names((f"{each.score:.2f}", *(evidence(one, lang) for one in each.evidence[:3])), "; ")
        place = f"{where.row(each.left.place, 'left')} ⇄ {where.row(each.right.place, 'right')}"
        yield said("suspected_same", lang), who, told, place


def _who(record: Record) -> str:
    return names((record.person, record.household), " ") or record.table
