"""A special ledger in; a rule book of the questions it asks of every row out, so that the line of the audit answers them.

Whether a row stands in the ledger is one rule (pass: it does), each of its needs another (fail: it is missing).
"""

from collections.abc import Iterator
from pathlib import Path

from msgspec.structs import replace

from fupin_cli.catalogue import both
from fupin_cli.errors import Fault, RuleError
from fupin_cli.language.walk import nearest
from fupin_cli.model.rule import Rule
from fupin_cli.model.rulebook import RuleBook
from fupin_cli.model.special_ledger import SpecialLedger
from fupin_cli.plans.check import Book, check

STANDS = "台账"  # the rule that says whether a row stands in the ledger


def need_id(number: int) -> str:
    """Return the id of the rule of a need."""
    return f"{STANDS}缺{number}"


def ledger_book(ledger: SpecialLedger, source: RuleBook) -> Book:
    """Return the questions of a ledger as rules, their expressions checked.

    Raises:
        RuleError: with all faults of the ledger's expressions and columns at once.
    """
    faults = list(_unknown_columns(ledger, source))
    asked = [_stands(ledger), *(_need(ledger, number) for number, _ in enumerate(ledger.needed))]
    try:
        book = check(replace(source, rules={rule.id: rule for rule in asked}))
    except RuleError as error:
        raise RuleError([*faults, *error.faults]) from error
    if faults:
        raise RuleError(faults)
    return book


def _stands(ledger: SpecialLedger) -> Rule:
    """Return who stands in the ledger; the message names the columns that may have to be derived, so that their SQL is planned."""
    shown = "".join(f"{{{one.column}}}" for one in ledger.columns if one.column)
    places = {"must": ledger.positions["rows"]} if "rows" in ledger.positions else {}
    return replace(_rule(ledger, STANDS), must=ledger.rows, message=shown, optional=ledger.optional, positions=places)


def _need(ledger: SpecialLedger, number: int) -> Rule:
    need, own = ledger.needed[number], f"needed/{number}"
    places = {"must": f"{own}/must" if f"{own}/must" in ledger.positions else own, "when": f"{own}/when"}
    positions = {key: ledger.positions[place] for key, place in places.items() if place in ledger.positions}
    rule = _rule(ledger, need_id(number))
    return replace(rule, when=need.when, must=need.must, optional=need.optional, positions=positions)


def _rule(ledger: SpecialLedger, name: str) -> Rule:
    return Rule(
        id=name,
        name=ledger.title,
        scope=ledger.subject,
        severity="notice",
        message="",
        why=ledger.why,
        fix="",
        basis=ledger.basis,
        file=ledger.file,
    )


def _unknown_columns(ledger: SpecialLedger, source: RuleBook) -> Iterator[Fault]:
    """Yield columns that no registry has, and columns of persons in a ledger of households."""
    dictionary = source.dictionary
    known = {**{name: one.level for name, one in dictionary.columns.items()}}
    known |= {name: one.level for name, one in dictionary.derived.items() if name not in known}
    known["数据日期"] = "地"
    wanted = [(one.column, f"columns/{number}") for number, one in enumerate(ledger.columns) if one.column]
    wanted += [(name, "optional") for name in ledger.optional]
    wanted += [
        (name, f"needed/{number}/optional") for number, need in enumerate(ledger.needed) for name in need.optional
    ]
    for name, where in wanted:
        level = known.get(name)
        if level is None:
            zh, en = nearest(name, list(known))
            yield _fault(ledger, where, name, both("没有列“{name}”{nearest}", name=name, nearest=(zh, en)))
        elif level == "村" or (level == "人" and ledger.subject == "户" and where.startswith("columns")):
            yield _fault(
                ledger,
                where,
                name,
                both("“{name}”是{level}的列，这份台账一行一{subject}", name=name, level=level, subject=ledger.subject),
            )


def _fault(ledger: SpecialLedger, where: str, name: str, sentences: tuple[str, str]) -> Fault:
    line, column = ledger.positions.get(where, (1, 1))
    excerpt = _line(ledger.file, line)
    found = excerpt.find(name)
    return Fault(ledger.file, line, found + 1 if found >= 0 else column, *sentences, excerpt, len(name))


def _line(file: Path, number: int) -> str:
    lines = file.read_text("utf-8").splitlines() if file.is_file() else []
    return lines[number - 1] if number <= len(lines) else ""
