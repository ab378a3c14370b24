"""What a well-written file must also mean: in comes a checked shape and its document, out come faults."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from fupin_cli.catalogue import both, enumerated
from fupin_cli.errors import Fault
from fupin_cli.model.parameters import claim_the_same_day
from fupin_cli.model.rule import THEMES, Parameter
from fupin_cli.rules.folder import THEME_FOLDERS
from fupin_cli.rules.schema import (
    WrittenBasis,
    WrittenCodes,
    WrittenColumn,
    WrittenList,
    WrittenParameter,
    WrittenProfile,
    WrittenRule,
)
from fupin_cli.rules.yaml_nodes import Document, Sentences, Trail


def check_rule(rule: WrittenRule, document: Document, shipped_root: Path | None) -> Iterator[Fault]:
    """Yield what is wrong with a rule of the right shape.

    Args:
        rule: the rule as written.
        document: the file it stands in.
        shipped_root: the folder whose sub-folders are named after themes; None: the file may stand anywhere.
    """
    yield from check_rule_name(document)
    if shipped_root is not None:
        yield from _check_theme_folder(rule.id[:3], document, shipped_root)
    yield from _check_kind(rule, document)
    if rule.rows and rule.scope not in {"名单", "台账"}:
        yield document.fault(("rows",), both("rows 只用于 scope: 名单 和 台账"), on_key=True)
    if rule.scope == "台账" and rule.kind == "rule" and not rule.rows:
        yield document.fault(("scope",), both("scope: 台账 要写 rows：判断哪种台账的行"))
    if rule.subject is not None and rule.scope != "跨期":
        yield document.fault(("subject",), both("subject 只用于 scope: 跨期"), on_key=True)
    yield from _check_examples(rule, document)
    yield from check_basis(rule.basis, document, ("basis",))
    yield from check_period(rule.since, rule.until, document, ("until",))


def check_rule_name(document: Document) -> Iterator[Fault]:
    """Yield what is wrong with the id of a rule and with the name of its file, whatever else is."""
    rule_id, name = document.value.get("id"), document.value.get("name")
    if not isinstance(rule_id, str) or not isinstance(name, str):
        return
    if (wrong := known_id(rule_id)) is not None:
        yield document.fault(("id",), wrong)
    elif document.file.stem != (expected := f"{rule_id}_{file_word(name)}"):
        zh, en = both(
            "文件名应为“{expected}.yaml”（编号_名称），现为“{name}”", expected=expected, name=document.file.name
        )
        yield document.fault(("id",), (zh, en))


def known_id(rule_id: str) -> Sentences | None:
    """Return what is wrong with the shape of a rule's id, None when nothing is."""
    if re.fullmatch(r"[A-Z]{3}[0-9]{3}", rule_id) and rule_id[:3] in THEMES:
        return None
    return both(
        "编号“{rule_id}”不对：应为主题字母加三位数字，主题有 {themes}", rule_id=rule_id, themes=enumerated(THEMES)
    )


def file_word(name: str) -> str:
    """Return a rule's name as it stands in a file name: signs that file systems refuse are left out."""
    return re.sub(r'[\\/:*?"<>|]', "", name)


def _check_theme_folder(theme: str, document: Document, root: Path) -> Iterator[Fault]:
    expected = THEME_FOLDERS.get(theme)
    folder = document.file.parent.relative_to(root).as_posix()
    if expected is not None and folder != expected:
        zh, en = both(
            "{theme} 的规则应放在“{expected}”文件夹，现在在“{folder}”", theme=theme, expected=expected, folder=folder
        )
        yield document.fault(("id",), (zh, en))


def _check_kind(rule: WrittenRule, document: Document) -> Iterator[Fault]:
    if rule.kind == "reading":
        if rule.check is None:
            yield document.fault((), both("读取规则要写 check（读取器认得的检查名）"))
        for key in ("when", "must"):
            if key in document.value:
                yield document.fault((key,), both("读取规则用 check，不写 {key}", key=key), on_key=True)
        return
    if rule.must is None:
        yield document.fault((), both("缺少 must：合格的行应满足的条件"))
    if rule.check is not None:
        yield document.fault(("check",), both("check 只用于读取规则（kind: reading）"), on_key=True)


def _check_examples(rule: WrittenRule, document: Document) -> Iterator[Fault]:
    verdicts = {example.verdict for example in rule.examples}
    wanted = ["pass", "fail"] if rule.kind == "reading" or rule.never_unknown else ["pass", "fail", "unknown"]
    missing = [verdict for verdict in wanted if verdict not in verdicts]
    if missing:
        zh, en = both("examples 还缺 {missing} 的例子", missing=enumerated(missing))
        if "unknown" in missing:
            zh, en = both("{told}（不可能有 unknown 时写 never_unknown: 原因）", told=(zh, en))
        yield document.fault(("examples",), (zh, en), on_key=True)
    if rule.never_unknown and "unknown" in verdicts:
        yield document.fault(("never_unknown",), both("写了 never_unknown，却有 unknown 的例子"), on_key=True)


def check_basis(basis: WrittenBasis, document: Document, trail: Trail) -> Iterator[Fault]:
    """Yield a fault when `basis` names neither a document nor a convention, or both."""
    if (basis.document is None) == (basis.convention is None):
        yield document.fault(trail, both("basis 要写 document（文件）或 convention（惯例）之一"))


def check_period(since: date | None, until: date | None, document: Document, trail: Trail) -> Iterator[Fault]:
    """Yield a fault when a period ends before it begins."""
    if since is not None and until is not None and until < since:
        yield document.fault(trail, both("until（{until}）早于 since（{since}）", until=until, since=since))


def check_parameter(written: WrittenParameter, parameter: Parameter, document: Document) -> Iterator[Fault]:
    """Yield values without a basis, periods that run backwards, and values that claim the same days."""
    for number, (value, record) in enumerate(zip(written.values, parameter.values, strict=True)):
        trail: Trail = ("values", number)
        yield from check_basis(value.basis, document, (*trail, "basis"))
        yield from check_period(value.since, value.until, document, (*trail, "until"))
        rivals = [other for other in parameter.values[:number] if claim_the_same_day(record, other)]
        if rivals:
            since = rivals[0].since
            zh, en = both("与 since: {since} 的值时间重叠（同一地区、同一层级同一天只能有一个值）", since=since)
            yield document.fault(trail, (zh, en))


def check_profile(profile: WrittenProfile, document: Document) -> Iterator[Fault]:
    """Yield a basis that is none, two items for one rule, and items left out where none are taken."""
    yield from check_basis(profile.basis, document, ("basis",))
    if profile.without and profile.extends is None:
        yield document.fault(("without",), both("without 只用于有 extends 的方案：去掉沿用来的条目"), on_key=True)
    seen: set[str] = set()
    for number, entry in enumerate(profile.items):
        if entry.rule in seen:
            yield document.fault(
                ("items", number, "rule"), both("规则 {rule} 已有一条：同一规则请合写成一条", rule=entry.rule)
            )
        seen.add(entry.rule)


def check_codes(codes: WrittenCodes, document: Document) -> Iterator[Fault]:
    """Yield codes and synonyms that stand for no value of the list, and retired or offered values that are neither."""
    for key, words in (("codes", codes.codes), ("synonyms", codes.synonyms)):
        for word, label in words.items():
            if label not in codes.values:
                yield document.fault((key, word), both("“{label}”不在 values 里", label=label))
    for number, word in enumerate(codes.retired):
        if word not in codes.synonyms and word not in codes.values:
            zh, en = both("旧码值“{word}”既不在 values 里，也不在 synonyms 里", word=word)
            yield document.fault(("retired", number), (zh, en))
    for word in codes.ended:
        if word not in codes.retired:
            yield document.fault(("ended", word), both("“{word}”写了停用年份，却不在 retired 里", word=word))
    for number, word in enumerate(codes.offered):
        if word not in codes.synonyms:
            yield document.fault(("offered", number), both("表式选项“{word}”不在 synonyms 里", word=word))


def check_list(written: WrittenList, document: Document) -> Iterator[Fault]:
    """Yield columns that stand twice, coded columns without codes, and a key that is no column of the list."""
    names: set[str] = set()
    for number, column in enumerate(written.columns):
        trail: Trail = ("columns", number)
        yield from check_column(column, document, trail)
        if column.name in names:
            yield document.fault(trail, both("“{name}”列写了两次", name=column.name))
        names.add(column.name)
    if written.key not in names:
        yield document.fault(("key",), both("key 说的“{key}”不在 columns 里", key=written.key))


def check_column(column: WrittenColumn, document: Document, trail: Trail) -> Iterator[Fault]:
    """Yield a coded column without a code list."""
    if column.type in ("代码", "多值") and column.codes is None:
        yield document.fault(trail, both("“{type}”列要写 codes（码表编号）", type=column.type))
