"""Rules and retired ids of the folders in, faults out: an id is a rule or retired, never both."""

from collections.abc import Iterator, Mapping

from fupin_cli.catalogue import both
from fupin_cli.errors import Fault
from fupin_cli.model.retired import Retired
from fupin_cli.model.rule import Rule
from fupin_cli.rules.checks import known_id
from fupin_cli.rules.yaml_nodes import Document


def check_retired(entries: tuple[str, ...], document: Document) -> Iterator[Fault]:
    """Yield the ids of a `retired.yaml` that no rule could have had."""
    for number, name in enumerate(entries):
        if (wrong := known_id(name)) is not None:
            yield document.fault(("retired", number, "id"), wrong)


def reused(rules: Mapping[str, Rule], retired: Mapping[str, Retired]) -> Iterator[Fault]:
    """Yield each rule of one folder whose id is retired, at the place where it takes that id."""
    for name, rule in rules.items():
        if name not in retired:
            continue
        zh, en = retired[name].sentence()
        line, column = rule.positions["id"]
        excerpt = rule.file.read_text("utf-8-sig").splitlines()[line - 1]
        zh, en = both(
            "编号 {name} 已停用，不能再用：{told}请换一个编号（fupin rules new {theme} {name_zh}）",
            name=name,
            told=(zh, en),
            theme=rule.theme,
            name_zh=rule.name,
        )
        yield Fault(rule.file, line, column, zh, en, excerpt, len(name))


def foreign(retired: Mapping[str, Retired], lines: Mapping[str, int], rules: Mapping[str, Rule]) -> Iterator[Fault]:
    """Yield each rule of fupin's own that a user's folder calls retired, at the line that says so."""
    for name, entry in retired.items():
        if name in rules:
            zh, en = both(
                "{name} 是 fupin 自带的规则，不能在这里停用：不要它时用 --ignore {name}，要改时另写一个 {name} 的规则文件",
                name=name,
            )
            yield Fault(entry.file, lines[name], 1, zh, en)
