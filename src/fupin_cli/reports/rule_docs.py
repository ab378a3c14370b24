"""Turn a rule book into pages of markdown: one a rule, and an index that counts them; Chinese, with an English summary."""

from collections import Counter
from collections.abc import Mapping, Sequence

from fupin_cli.model.retired import Retired
from fupin_cli.model.rule import SEVERITIES, THEMES, Parameter, Rule
from fupin_cli.model.rule_page import Uses
from fupin_cli.reports.rule_list import cell, table
from fupin_cli.reports.rule_words import basis_words, carried, cells_text, number_text, verdict_word, where_and_when
from fupin_cli.reports.words import basis_text, severity_word, theme_word
from fupin_cli.values import regions

MARK = "<!-- fupin rules docs 生成，请改规则文件 -->\n"
INDEX = "README.md"
_FEW = 6  # so many values of a parameter stand on a page


def rule_doc(rule: Rule, uses: Uses, parameters: Mapping[str, Parameter], file: str) -> str:
    """Return the page of a rule.

    Args:
        rule: the rule.
        uses: what it speaks of.
        parameters: the parameters of the book.
        file: its file, from the rule folder.
    """
    parts = [
        f"{MARK}# {rule.id} {cell(rule.name)}\n",
        f"*{cell(rule.name_en)}*\n" if rule.name_en else "",
        table(["严重度", "范围", "主题", "标签"], [_kind(rule)]),
        f"**问题**：{_text(rule.message)}\n",
        f"**为什么**：{_text(rule.why)}\n",
        f"**怎么办**：{_text(rule.fix)}\n",
        f"**依据**{'（惯例）' if rule.basis.convention else ''}：{_text(basis_text(rule))}\n",
        _english(rule),
        _condition(rule),
        _limits(rule),
        _parameters(uses, parameters),
        _columns(uses),
        _examples(rule),
        f"规则文件：`rules/{file}`\n",
    ]
    return "\n".join(part for part in parts if part)


def _kind(rule: Rule) -> list[str]:
    graded = "、".join(dict.fromkeys(severity_word(one.severity, "zh") for one in rule.grades))
    severity = severity_word(rule.severity, "zh") + (f"（分级：{graded}）" if graded else "")
    return [severity, rule.scope, f"{rule.theme} {theme_word(rule.theme, 'zh')}", "、".join(rule.tags) or "—"]


def _text(text: str) -> str:
    return cell(text).replace("*", "\\*")


def _english(rule: Rule) -> str:
    told = [part for part in (rule.why_en, rule.fix_en and f"*What to do:* {_text(rule.fix_en)}") if part]
    return f"**English**: {' '.join(told)}\n" if told else ""


def _condition(rule: Rule) -> str:
    if rule.kind == "reading":
        return f"## 条件\n\n由读表程序判断（`{rule.check}`）。\n"
    lines = [f"-- 适用 when\n{rule.when}"] if rule.when else []
    lines += [f"-- 合格 must\n{rule.must}"]
    lines += [f"-- 不合格且符合以下条件时为{severity_word(one.severity, 'zh')}\n{one.when}" for one in rule.grades]
    return "## 条件\n\n```sql\n" + "\n".join(lines) + "\n```\n"


def _limits(rule: Rule) -> str:
    said = []
    if rule.since or rule.until:
        said.append(f"只判断数据日期在 {rule.since or '…'} 至 {rule.until or '…'} 的行")
    if rule.regions:
        said.append("只用于 " + "、".join(f"{regions.name(one) or ''} {one}".strip() for one in rule.regions))
    if rule.rows:
        said.append(f"判断名单{'、'.join(rule.rows)}的各行")
    if rule.profile_item:
        said.append("只在所选方案列出这一条时运行")
    if rule.parts:
        said.append("分项已报告时不再报告：" + "、".join(f"[{part}]({part}.md)" for part in rule.parts))
    if rule.never_unknown:
        said.append(f"不会无法判断：{_text(rule.never_unknown)}")
    return "".join(f"- {one}\n" for one in said)


def _parameters(uses: Uses, parameters: Mapping[str, Parameter]) -> str:
    tiers: dict[str, set[str]] = {}
    for call in uses.parameters:
        tiers.setdefault(call.name, set()).add(call.tier)
    text = "".join(_parameter(parameters[name], asked) for name, asked in tiers.items() if name in parameters)
    return f"## 标准\n\n{text}" if text else ""


def _parameter(parameter: Parameter, asked: set[str]) -> str:
    """Return a parameter's values, those first that answer these tiers (of a call: text in quotes, "" = none)."""
    tiers = {tier.strip("'") for tier in asked}
    values = sorted(parameter.values, key=lambda value: value.tier not in tiers)
    rows = [
        [number_text(value.value), where_and_when(value, "zh"), basis_words(value.basis)] for value in values[:_FEW]
    ]
    more = len(values) - _FEW
    said = f"另有 {more} 个值，见 `rules/parameters/{parameter.name}.yaml`。\n" if more > 0 else ""
    if not rows:
        return f"{parameter.name}（{parameter.unit}）：没有查到来源，用 `--set {parameter.name}=数值` 给出。\n\n"
    return f"{parameter.name}（{parameter.unit}）\n\n{table(['值', '何时何地', '来源'], rows)}\n{said}"


def _columns(uses: Uses) -> str:
    needed = [one.column.name for one in uses.columns if one.role == "needed"]
    lines = [
        ("必需的列", needed),
        ("可缺的列", [one.column.name for one in uses.columns if one.role == "optional"]),
        ("推算列", [one.name for one in uses.derived]),
        ("推算所用的列", [one.column.name for one in uses.columns if one.role == "derived"]),
        ("比对名单", [one.name for one in uses.lists]),
    ]
    text = "".join(f"- {title}：{'、'.join(names)}\n" for title, names in lines if names)
    return f"## 所需\n\n{text}" if text else ""


def _examples(rule: Rule) -> str:
    rows = [
        [
            verdict_word(example.verdict, "zh"),
            cells_text(example.given, "zh"),
            "；".join(f"{name}：{text}" for name, text in carried(example, "zh")) or "—",
        ]
        for example in rule.examples
    ]
    return f"## 示例\n\n{table(['结论', '单元格', '另有'], rows)}"


def index_doc(rules: Sequence[Rule], retired: Mapping[str, Retired]) -> str:
    """Return the index: counts by theme, severity and kind of basis, then every rule with its page."""
    parts = [
        f"{MARK}# 规则\n",
        f"共 {len(rules)} 条。每条一页，由 `fupin rules docs` 从 `rules/` 生成；最新内容用 `fupin rules show 编号` 查看。\n",
        f"*{len(rules)} rules, a page each, made from `rules/` by `fupin rules docs`.*\n",
        _counts(rules),
    ]
    for theme in THEMES:
        found = [rule for rule in rules if rule.theme == theme]
        if found:
            rows = [
                [f"[{one.id}]({one.id}.md)", one.name, severity_word(one.severity, "zh"), one.scope, one.name_en]
                for one in found
            ]
            title = f"## {theme} {theme_word(theme, 'zh')} · {theme_word(theme, 'en')}\n"
            parts += [title, table(["编号", "名称", "严重度", "范围", "English"], rows)]
    if retired:
        parts += ["## 停用的编号\n", "".join(f"- {cell(one.sentence()[0])}\n" for one in retired.values())]
    return "\n".join(parts)


def _counts(rules: Sequence[Rule]) -> str:
    rows = []
    for theme in [*THEMES, ""]:
        found = [rule for rule in rules if rule.theme == theme or not theme]
        severities = Counter(rule.severity for rule in found)
        sourced = sum(1 for rule in found if not rule.basis.convention)
        counts = [len(found), *(severities[one] for one in SEVERITIES), sourced, len(found) - sourced]
        name = f"{theme} {theme_word(theme, 'zh')}" if theme else "**合计**"
        rows += [[name, *map(str, counts)]] if found else []
    return table(["主题", "条数", *(severity_word(one, "zh") for one in SEVERITIES), "依据文件", "依据惯例"], rows)
