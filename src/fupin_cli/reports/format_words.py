"""The fixed words of the machine formats: a key and a language in, the word out."""

from fupin_cli.model.audit import Counts
from fupin_cli.reports.words import Lang, word

_WORDS: dict[str, tuple[str, str]] = {
    # junit
    "read": ("读取 {file}", "read {file}"),
    "nothing_found": ("没有发现问题", "nothing found"),
    "told_elsewhere": ("不符 {n} 处，都已由分项规则报告或已接受", "{n} fail, all told by a part's rule or accepted"),
    "none_apply": ("没有一行适用", "applies to no row"),
    "cannot_tell": ("无法判断 {n} 处", "cannot tell of {n}"),
    "not_run": ("未运行：{reason}（{missing}）；{remedy}", "not run: {reason} ({missing}); {remedy}"),
    # sarif
    "tool": (
        "核查建档立卡、防返贫监测登记表：每处问题的单元格、原因、依据和处理办法。",
        "Audits China's poverty-registry spreadsheets: every discrepancy with its cell, reason, basis and remedy.",
    ),
    "from_here": ("运行 fupin 时所在的文件夹", "the folder in which fupin was run"),
    "also_cell": ("也看 {cell}", "see also {cell}"),
    "role_subject": ("取值所在", "where a value was taken from"),
    "role_member": ("户内成员", "member of the household"),
    "role_other": ("相同的值所在", "where the same value stands"),
    "role_list": ("名单所载", "on the list"),
    # markdown
    "counts": ("统计", "Counts"),
    "findings_of": ("{rule} {name}：{n} 处", "{rule} {name}: {n}"),
    "of_rule": ("这条规则另有 {n} 处未列出。", "{n} more of this rule are not listed."),
    "left_out": (
        "篇幅所限，未列出 {n} 处（涉及 {rules} 条规则）；全部用 -o report.xlsx 或 --format jsonl 导出。",
        "For want of space {n} findings of {rules} rules are not listed; -o report.xlsx or --format jsonl has all.",
    ),
    "rules_left_out": ("另有 {n} 条规则未列入上表。", "{n} more rules are not in this table."),
    "not_run_rules": ("未运行的规则：{n} 条", "Rules not run: {n}"),
    "not_run_cut": ("另有 {n} 条未列出。", "{n} more are not listed."),
    # github
    "of_all": ("（共 {n} 处）", " ({n} in all)"),
    "summary": ("核查结果", "audit"),
    "not_annotated": (
        "其中 {n} 处没有标注：GitHub 每步每类只显示 10 条。",
        "{n} of them are not annotated: GitHub shows ten of a kind in a step.",
    ),
}


def said(key: str, lang: Lang, **parts: object) -> str:
    """Return the word for `key`, its {parts} filled in."""
    return _WORDS[key][lang == "en"].format(**parts)


def verdicts_line(rule: str, counts: Counts, lang: Lang) -> str:
    """Return how often a rule gave each verdict: `EDU001: 通过 96, 不符 1, 无法判断 3, 不适用 17`."""
    told = (
        ("passed", counts.passed),
        ("failed_count", counts.failed),
        ("unknown", counts.unknown),
        ("not_applicable", counts.not_applicable),
    )
    return f"{rule}: " + ", ".join(f"{word(key, lang)} {n}" for key, n in told)
