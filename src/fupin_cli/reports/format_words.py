"""The fixed words of the machine formats: a key and a language in, the word out."""

from fupin_cli.catalogue import both
from fupin_cli.model.audit import Counts
from fupin_cli.reports.words import Lang, word

_WORDS: dict[str, tuple[str, str]] = {
    # junit
    "read": both("读取 {file}"),
    "told_elsewhere": both("不符 {n} 处，都已由分项规则报告或已接受"),
    "none_apply": both("没有一行适用"),
    "cannot_tell": both("无法判断 {n} 处"),
    "not_run": both("未运行：{reason}（{missing}）；{remedy}"),
    # sarif
    "tool": both("核查建档立卡、防返贫监测登记表：每处问题的单元格、原因、依据和处理办法。"),
    "from_here": both("运行 fupin 时所在的文件夹"),
    "also_cell": both("也看 {cell}"),
    "role_subject": both("取值所在"),
    "role_member": both("户内成员"),
    "role_other": both("相同的值所在"),
    "role_list": both("名单所载"),
    # markdown
    "counts": both("统计"),
    "findings_of": both("{rule} {name}：{n} 处"),
    "of_rule": both("这条规则另有 {n} 处未列出。"),
    "left_out": both("篇幅所限，未列出 {n} 处（涉及 {rules} 条规则）；全部用 -o report.xlsx 或 --format jsonl 导出。"),
    "rules_left_out": both("另有 {n} 条规则未列入上表。"),
    "not_run_rules": both("未运行的规则：{n} 条"),
    "not_run_cut": both("另有 {n} 条未列出。"),
    # github
    "of_all": both("（共 {n} 处）"),
    "summary": both("核查结果"),
    "not_annotated": both("其中 {n} 处没有标注：GitHub 每步每类只显示 10 条。"),
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
