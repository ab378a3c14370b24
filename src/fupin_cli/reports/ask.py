"""Turn the questions of a registry into a terminal page or JSON: household by household, what is missing and what it unlocks."""

import json
from collections.abc import Iterator
from itertools import groupby

from fupin_cli.catalogue import both
from fupin_cli.model.masking import Masking
from fupin_cli.model.question import Asked, Question
from fupin_cli.reports.lines import Line, block, heading
from fupin_cli.reports.masked import kind_of, plain_hider, shown_text
from fupin_cli.reports.page import page_of, write_lines
from fupin_cli.reports.words import Lang, Look

SHOWN = 8  # rules named under a question


def sentence(question: Question, lang: Lang, *, masking: Masking, hidden: bool) -> str:
    """Say what is missing: of whom, which column, and what stands there instead.

    Args:
        question: the question.
        lang: zh or en.
        masking: what this report hides.
        hidden: what stands in the cell is personal, and is not repeated.
    """
    who = named(question.person, masking=masking)
    english, column = lang == "en", question.column
    relation = both("（{relation}）", relation=question.relation) if question.relation else ("", "")
    subject = both("{who}{relation}的", who=who, relation=relation) if who else ("", "")
    if not question.written:
        return both("{subject}{column}没有填写，应是什么？", subject=subject, column=column)[english]
    written = "" if hidden else plain_hider(masking)(question.written)
    told = both("“{written}”", written=written) if not hidden else ("", "")
    return both("{subject}{column}{told}读不出，应是什么？", subject=subject, column=column, told=told)[english]


def named(person: str | None, *, masking: Masking) -> str:
    """Return a name as a report may show it."""
    return shown_text(person, "姓名", masking) if person else ""


def hides(asked: Asked, question: Question, masking: Masking) -> bool:
    """Return whether what stands in the cell is personal, and not to be repeated."""
    kind = kind_of(question.column)
    return masking.hides(kind or "?") if kind or question.column in asked.secrets else False


def summary(asked: Asked, lang: Lang) -> str:
    """Say in one line how much waits for how many questions."""
    n, left = len(asked.questions), asked.unknown - asked.unlocked
    return both(
        "无法判断 {unknown} 次；其中 {unlocked} 次等着 {households} 户的 {n} 个格子{left}",
        unknown=asked.unknown,
        unlocked=asked.unlocked,
        households=asked.households,
        n=n,
        left=(both("；另 {left} 次缺的是标准、名单或别的行。", left=left) if left else both("。", "ask")),
    )[lang == "en"]


def households(asked: Asked) -> Iterator[tuple[Question, list[Question]]]:
    """Yield a first question and all of each household, in order."""
    for _, own in groupby(
        asked.questions, lambda one: (one.household, one.head, one.village, one.place.file if not one.household else "")
    ):
        questions = list(own)
        yield questions[0], questions


def to_json(asked: Asked, *, masking: Masking) -> str:
    """Return the questions as JSON, version 1."""
    document = {
        "version": 1,
        "tool": "fupin",
        "counts": {
            "unknown": asked.unknown, "unlocked": asked.unlocked, "questions": len(asked.questions), "households": asked.households,
        },
        "questions": [_entry(one, masking=masking, hidden=hides(asked, one, masking)) for one in asked.questions],
        "notes": [{"zh": zh, "en": en} for zh, en in asked.notes],
    }  # fmt: skip
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _entry(question: Question, *, masking: Masking, hidden: bool) -> dict[str, object]:
    place = question.place
    written = None if hidden and question.written else plain_hider(masking)(question.written)
    return {
        "household": question.household, "head": named(question.head, masking=masking) or None,
        "person": named(question.person, masking=masking) or None, "relation": question.relation,
        "village": question.village, "township": question.township, "column": question.column,
        "written": written,
        "file": str(place.file), "sheet": place.sheet, "row": place.row, "cells": list(place.cells),
        "unlocks": question.unlocks, "rules": list(question.rules),
        "question": sentence(question, "zh", masking=masking, hidden=hidden),
        "question_en": sentence(question, "en", masking=masking, hidden=hidden),
    }  # fmt: skip


def to_terminal(asked: Asked, look: Look, most: int) -> str:
    """Return the page, `most` households of it."""
    console, page = page_of(look)
    english = look.lang == "en"
    lines: list[Line] = [*heading("fupin ask"), *block(summary(asked, look.lang), look.width, "")]
    for zh, en in asked.notes:
        lines += block(en if english else zh, look.width, "    ", "  ! ", "yellow")
    for number, (first, questions) in enumerate(households(asked)):
        if number == most:
            break
        lines += _household(asked, first, questions, look)
    left = asked.households - most
    if left > 0:
        more = both("另有 {left} 户；用 -o 问题.xlsx 写出全部，附答复一栏。", left=left)[english]
        lines += [(), *block(more, look.width, "")]
    write_lines(console, lines)
    return page.getvalue()


def _household(asked: Asked, first: Question, questions: list[Question], look: Look) -> list[Line]:
    """One household: who and where, then each cell with what it unlocks and where it stands."""
    english = look.lang == "en"
    unlocks = sum(one.unlocks for one in questions)
    told = both("等着 {unlocks} 次判断", unlocks=unlocks)[english]
    home = first.household or both("一户")[english]
    parts = (home, named(first.head, masking=look.masking), first.township, first.village, told)
    lines: list[Line] = [(), *block("  ".join(part for part in parts if part), look.width, "", style="bold")]
    for question in questions:
        said = sentence(question, look.lang, masking=look.masking, hidden=hides(asked, question, look.masking))
        cell = " › ".join(part for part in (question.place.sheet, "、".join(question.place.cells)) if part)
        lines += block(f"{said}  {cell}", look.width, "       ", f"  {question.unlocks:>3}  ")
        some, more = question.rules[:SHOWN], len(question.rules) - SHOWN
        tail = "" if more <= 0 else both(" 等 {n} 条", n=(len(question.rules), more))[english]
        lines += block(" ".join(some) + tail, look.width, "       ", style="dim")
    return lines
