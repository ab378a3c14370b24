"""Turn a special ledger (专项台账) into a terminal page or JSON: totals by township, what is missing, and the rows."""

import json
from collections import Counter

from fupin_cli.catalogue import both
from fupin_cli.model.masking import Masking
from fupin_cli.model.special_ledger import LedgerMade, LedgerRow, Shown
from fupin_cli.reports.lines import Line, block, heading
from fupin_cli.reports.masked import shown_text
from fupin_cli.reports.page import page_of, write_lines
from fupin_cli.reports.words import Lang, Look, reason_word, word


def title(made: LedgerMade, lang: Lang) -> str:
    """Return the ledger's title."""
    return made.ledger.title_en if lang == "en" else made.ledger.title


def summary(made: LedgerMade, lang: Lang) -> str:
    """Say in one line how many rows there are, and how many lack something."""
    lacking, n = sum(bool(row.missing) for row in made.rows), len(made.rows)
    one = made.ledger.subject
    rows = "person(s)" if one == "人" else "household(s)"
    return both(
        "列入 {n} {one}，其中 {lacking} {one}缺内容；另有 {n_unsure} {one}看不出是否列入。",
        n=n,
        one=(one, rows),
        lacking=lacking,
        n_unsure=len(made.unsure),
    )[lang == "en"]


def shown(value: Shown, kind: str, *, masking: Masking) -> Shown:
    """Return a value as a report may show it."""
    return shown_text(str(value), kind, masking) if kind and value is not None and masking.hides(kind) else value


def person_of(row: LedgerRow, *, masking: Masking) -> str | None:
    """Return the name of a row as a report may show it."""
    return shown_text(row.person, "姓名", masking) if row.person else row.person


def says(made: LedgerMade, needs: tuple[int, ...], lang: Lang) -> list[str]:
    """Return needs in the words of the ledger."""
    return [made.ledger.needed[each].says_en if lang == "en" else made.ledger.needed[each].says for each in needs]


def need_lines(made: LedgerMade, lang: Lang) -> list[tuple[str, int | None, int]]:
    """Return of each need its words, how many rows lack it (None: it could not be asked), and of how many nobody can tell."""
    lack = Counter(need for row in made.rows for need in row.missing)
    unsure = Counter(need for row in made.rows for need in row.unsure)
    not_asked = {number for number, _ in made.not_run}
    numbers = tuple(range(len(made.ledger.needed)))
    return [
        (said, None if number in not_asked else lack[number], unsure[number])
        for number, said in zip(numbers, says(made, numbers, lang), strict=True)
    ]


def not_asked(made: LedgerMade, lang: Lang) -> list[str]:
    """Say which needs could not be asked and why, and which columns the registry lacks."""
    lines = []
    if made.absent:
        names = "、".join(made.absent)
        lines.append(both("登记表没有这些列，台账里留空：{names}。", names=names)[lang == "en"])
    for number, reason in made.not_run:
        (said,), lacking = says(made, (number,), lang), "、".join(reason.missing)
        what = reason_word(reason.reason, lang)
        lines.append(both("“{said}”没有查：{what}（{lacking}）。", said=said, what=what, lacking=lacking)[lang == "en"])
    return lines


def to_json(made: LedgerMade, *, masking: Masking) -> str:
    """Return the ledger as JSON, version 1."""
    ledger = made.ledger
    document = {
        "version": 1,
        "tool": "fupin",
        "ledger": ledger.name,
        "title": ledger.title,
        "title_en": ledger.title_en,
        "subject": ledger.subject,
        "basis": ledger.basis.document or ledger.basis.convention,
        "counts": {
            "rows": len(made.rows), "lacking": sum(bool(row.missing) for row in made.rows), "unsure": len(made.unsure),
        },
        "columns": [{"heading": one.heading, "column": one.column or None} for one in ledger.columns],
        "absent": list(made.absent),
        "needed": [
            {"says": need.says, "says_en": need.says_en, "missing": missing, "unsure": unsure}
            for need, (_, missing, unsure) in zip(ledger.needed, need_lines(made, "zh"), strict=True)
        ],
        "not_run": [
            {"needed": ledger.needed[number].says, "reason": reason.reason, "missing": list(reason.missing)}
            for number, reason in made.not_run
        ],
        "townships": [
            {"township": one.name or None, "rows": one.rows, "lacking": one.lacking, "unsure": one.unsure}
            for one in made.townships
        ],
        "rows": [_entry(made, row, masking=masking) for row in made.rows],
        "unsure": [_entry(made, row, masking=masking) for row in made.unsure],
        "notes": [{"zh": zh, "en": en} for zh, en in made.notes],
        "failed_files": [{"file": file, "zh": zh, "en": en} for file, zh, en in made.failed_files],
    }  # fmt: skip
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _entry(made: LedgerMade, row: LedgerRow, *, masking: Masking) -> dict[str, object]:
    columns = zip(made.ledger.columns, row.values, made.masks, strict=True)
    return {
        "household": row.household, "person": person_of(row, masking=masking), "township": row.township, "village": row.village,
        "file": str(row.place.file), "sheet": row.place.sheet, "row": row.place.row,
        "values": {one.heading: shown(value, kind, masking=masking) for one, value, kind in columns if one.column},
        "unreadable": [made.ledger.columns[number].heading for number in row.unread],
        "missing": says(made, row.missing, "zh"), "cannot_tell": says(made, row.unsure, "zh"),
    }  # fmt: skip


def to_terminal(made: LedgerMade, look: Look, most: int) -> str:
    """Return the page, with the first `most` of the rows that lack something."""
    console, page = page_of(look)
    lang, width = look.lang, look.width
    lines: list[Line] = [*heading(title(made, lang)), *block(summary(made, lang), width, "")]
    for zh, en in (*made.notes, *((zh, en) for _, zh, en in made.failed_files)):
        lines += block(en if lang == "en" else zh, width, "    ", "  ! ", "yellow")
    for text in not_asked(made, lang):
        lines += block(text, width, "    ", "  ! ", "yellow")
    lines += [(), *_townships(made, look), (), *_needs(made, look)]
    lacking = [row for row in made.rows if row.missing]
    for row in lacking[:most]:
        lines += _row(made, row, look)
    if len(lacking) > most:
        more = both(
            "另有 {n} {subject_zh}；用 -o 台账.xlsx 写出整本台账。",
            n=len(lacking) - most,
            subject_zh=made.ledger.subject,
        )[lang == "en"]
        lines += [(), *block(more, width, "")]
    write_lines(console, lines)
    return page.getvalue()


def _townships(made: LedgerMade, look: Look) -> list[Line]:
    lang = look.lang
    lines = heading(word("by_township", lang))
    for one in made.townships:
        name = one.name or word("unknown_township", lang)
        text = both(
            "{name}：{rows}，缺内容 {lacking}，看不出 {unsure}",
            name=name,
            rows=one.rows,
            lacking=one.lacking,
            unsure=one.unsure,
        )[lang == "en"]
        lines += block(text, look.width, "    ", "  ")
    return lines


def _needs(made: LedgerMade, look: Look) -> list[Line]:
    lang = look.lang
    lines = heading(both("缺什么")[lang == "en"])
    for said, missing, unsure in need_lines(made, lang):
        number = "—" if missing is None else str(missing)
        doubt = both("，看不出 {unsure}", unsure=unsure)[lang == "en"] if unsure else ""
        lines += block(f"{said}{word('colon', lang)}{number}{doubt}", look.width, "    ", "  ")
    return lines


def _row(made: LedgerMade, row: LedgerRow, look: Look) -> list[Line]:
    who = (row.household, person_of(row, masking=look.masking), row.township, row.village)
    where = (
        f"{row.place.sheet} › {word('row', look.lang).format(row=row.place.row)}" if row.place.row else row.place.sheet
    )
    lack = "、".join(says(made, row.missing, look.lang))
    said = both("缺 {lack}", lack=lack)[look.lang == "en"]
    head = "  ".join(part for part in (*who, where) if part)
    return [(), *block(head, look.width, "", style="bold"), *block(said, look.width, "    ", "  ")]
