"""A checked rule → every name its verdict may depend on: what decides whether two rules may share one view of the columns."""

import re

from fupin_cli.language.expression import Expression
from fupin_cli.language.functions import REGISTRY
from fupin_cli.model.plan import EARLIER
from fupin_cli.plans.check import Book, Checked

_FIELD = re.compile(r"\{([^{}]+)\}")
_ALWAYS = ("在册成员", "户已注销", "证件前18位", "与户主关系", "县", "乡", "村")  # the statements themselves read these

_MEET = ("在册", "证件前18位", "与户主关系", "姓名", "户编号", "户主证件号码")


def reached(checked: Checked, book: Book) -> frozenset[str]:
    """Return the columns, derived columns and lists (`名单:车辆`) whose presence can change what a rule says."""
    own = _expressions(checked)
    names: set[str] = {*_ALWAYS, *_FIELD.findall(checked.rule.message), *checked.rule.optional}
    for profile in book.source.profiles.values():
        names.update(*profile.required.values()) if "必填已填" in checked.must.calls else None
    lists = {f"名单:{name}" for one in own for name in one.lists} | {f"名单:{name}" for name in checked.rule.lists}
    names |= _closed([*names, *(name for one in own for name in one.columns | one.members)], book)
    earlier = _closed([name for one in own for name in one.earlier], book)
    if any(one.previous for one in own):  # the editions meet by these
        names |= _closed([*_MEET], book)
        earlier |= _closed([*_MEET], book)
    if any(call in REGISTRY for one in own for call in one.calls):  # rows of lists meet the registry by these
        names |= _closed([*_MEET, "户主姓名"], book)
    return frozenset(names | lists | {f"{EARLIER}{name}" for name in earlier})


def _closed(waiting: list[str], book: Book) -> set[str]:
    """Return columns with all that the derived ones among them are made of."""
    names: set[str] = set()
    while waiting:
        name = waiting.pop()
        names.add(name)
        inner = {column for one in book.derived.get(name, ()) for column in one.columns | one.members}
        for symbol in (book.symbols.columns.get(name), book.symbols.derived.get(name)):
            inner |= {*symbol.blank_when, *symbol.optional} if symbol else set()
        waiting += inner - names
    return names


def calls_of(checked: Checked, book: Book) -> frozenset[str]:
    """Return the functions beyond the row that a rule calls, itself or in a derived column it builds on."""
    names = reached(checked, book)
    derived = [one for name in names if name in book.derived for one in book.derived[name]]
    return frozenset(call for one in (*_expressions(checked), *derived) for call in one.calls)


def _expressions(checked: Checked) -> list[Expression]:
    graded = [expression for _, expression in checked.grades]
    return [expression for expression in (checked.when, checked.must, *graded) if expression is not None]
