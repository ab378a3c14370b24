"""`fupin rules new`: an id or a theme and a name in, a new rule file out."""

import re
from pathlib import Path

from fupin_cli.catalogue import both
from fupin_cli.errors import OutputError, UsageError
from fupin_cli.model.rule import THEMES
from fupin_cli.model.rulebook import RuleBook
from fupin_cli.reports.output import unwritable
from fupin_cli.reports.words import Lang
from fupin_cli.rules import load_rulebook
from fupin_cli.rules.checks import file_word
from fupin_cli.rules.folder import THEME_FOLDERS, shipped_folder
from fupin_cli.rules.skeleton import skeleton

_OWN = 901  # numbers of a user's own rules begin here, so that no later rule of fupin takes them
_LAST = 999
_READING = ("FMT", "COD")


def new_rule(wanted: str, name: str, folder: Path, rules_dir: Path | None, lang: Lang) -> tuple[str, Path]:
    """Write a rule file and return its id and its place.

    Args:
        wanted: an id such as INC024, or a theme: its next free number is taken.
        name: what the rule is called.
        folder: the rule folder it goes into; made when it is not there.
        rules_dir: more rules than those of fupin; None: those of `folder`.
        lang: language of the comments.

    Raises:
        UsageError: the id is in use or retired, or is none; the name cannot stand in a file name.
        OutputError: the file is there already, or cannot be written; the folder is none.
    """
    _check_words(wanted, name)
    if folder.exists() and not folder.is_dir():
        raise OutputError(*both("{folder}：不是文件夹，请换一个位置。", folder=folder))
    own = folder.resolve() != shipped_folder().resolve()
    source = load_rulebook(rules_dir or (folder if own and folder.is_dir() else None))
    taken = {*source.rules, *source.retired, *_ids_of_files(folder)}
    rule_id = wanted if len(wanted) == 6 else _next(wanted, taken, own=own)
    _refuse_taken(rule_id, taken, source)
    place = (folder if own else folder / THEME_FOLDERS[rule_id[:3]]) / f"{rule_id}_{file_word(name)}.yaml"
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        with place.open("x", encoding="utf-8", newline="\n") as file:
            file.write(skeleton(rule_id, name, as_typed(folder), lang))
    except FileExistsError as error:
        raise OutputError(*both("{place} 已存在，没有改动。", place=place)) from error
    except OSError as error:
        raise unwritable(place, error) from error
    return rule_id, place


def as_typed(folder: Path) -> str:
    """Return a path as it is typed on a command line: in quotes where it has a blank."""
    return f'"{folder}"' if " " in str(folder) else str(folder)


def _check_words(wanted: str, name: str) -> None:
    if not re.fullmatch(r"[A-Z]{3}([0-9]{3})?", wanted) or wanted[:3] not in THEMES:
        known = "、".join(theme for theme in THEMES if theme not in _READING)
        raise UsageError(
            *both(
                "“{wanted}”不是编号，也不是主题：写主题（{known}），或主题加三位数字。",
                wanted=wanted,
                known=(known, known.replace("、", ", ")),
            )
        )
    if wanted[:3] in _READING:
        raise UsageError(*both("{wanted} 是读取规则，由读表程序判断，不能另写。", wanted=wanted[:3]))
    if not file_word(name).strip() or not name.isprintable() or len(name) > 60:
        raise UsageError(*both("名称“{name}”不能作文件名：用一行不超过60字的文字。", name=name))


def _ids_of_files(folder: Path) -> set[str]:
    return {found[0] for file in folder.rglob("*.yaml") if (found := re.match(r"[A-Z]{3}[0-9]{3}(?=_)", file.name))}


def _next(theme: str, taken: set[str], *, own: bool) -> str:
    """Return the next free id of a theme: after the last number, in a user's folder from 901 on."""
    numbers = [int(rule_id[3:]) for rule_id in taken if rule_id.startswith(theme)]
    first = max((number for number in numbers if own or number < _OWN), default=0) + 1
    number = max(first, _OWN) if own else first
    if number > _LAST:
        raise UsageError(*both("{theme} 的编号用完了：请写明编号。", theme=theme))
    return f"{theme}{number:03d}"


def _refuse_taken(rule_id: str, taken: set[str], source: RuleBook) -> None:
    if rule_id in source.retired:
        zh, en = source.retired[rule_id].sentence()
        raise UsageError(*both("编号 {rule_id} 不能再用：{sentence}", rule_id=rule_id, sentence=(zh, en)))
    if rule_id in taken:
        name = source.rules[rule_id].name if rule_id in source.rules else ""
        theme = rule_id[:3]
        raise UsageError(
            *both(
                "编号 {rule_id} 已有规则{name}：换一个编号，或只写主题 {theme}。",
                rule_id=rule_id,
                name=(both("“{name}”", name=name) if name else ("", "")),
                theme=theme,
            )
        )
