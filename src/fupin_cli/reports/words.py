"""The fixed words of every report: a key and a language in, the word out."""

from typing import Literal

from msgspec import Struct

from fupin_cli.catalogue import both
from fupin_cli.model.finding import Finding
from fupin_cli.model.masking import STANDARD, Masking
from fupin_cli.model.rule import SEVERITY_ZH, THEMES, Rule

Lang = Literal["zh", "en"]


class Look(Struct, frozen=True):
    """How a report is to look."""

    lang: Lang = "zh"
    width: int = 80  # columns of the terminal
    colour: bool = False
    group: Literal["rule", "乡", "村", "户"] | None = (
        None  # of the terminal: what findings stand under; None: as fits their number
    )
    top: int | None = None  # of the terminal: only so many groups
    split: Literal["乡", "村"] | None = None  # of a workbook: one sheet of findings for each
    statistics: bool = False  # of the terminal: counts of each group, and no finding
    masking: Masking = STANDARD  # what is hidden


WORDS: dict[str, tuple[str, str]] = {
    # what stands above the findings
    "title": both("fupin 核查结果"),
    "failed": both("未能读取的文件"),
    "notes": both("先请注意"),
    "doubts": both("读表存疑"),
    "as_of": both("数据日期"),
    "region": both("地区"),
    "profile": both("方案"),
    "engine": both("引擎"),
    "files": both("文件", "files"),
    "households": both("户"),
    "persons": both("人"),
    "sizes": both("{files} 个文件"),
    "colon": both("："),
    "findings": both("发现的问题"),
    # summaries
    "by_theme": both("按主题"),
    "by_township": both("按乡镇"),
    "theme": both("主题"),
    "township": both("乡镇"),
    "village": both("村"),
    "total": both("合计"),
    "unknown_township": both("（乡镇不详）"),
    # findings
    "serial": both("序号"),
    "severity": both("严重度"),
    "rule": both("规则"),
    "name": both("名称"),
    "household": both("户编号"),
    "person": both("姓名"),
    "file": both("文件"),
    "sheet": both("工作表"),
    "cell": both("单元格"),
    "problem": both("问题", "problem"),
    "basis": both("依据"),
    "fix": both("建议"),
    "id": both("疑点编号", "id"),
    "list": both("名单"),
    "evidence": both("名单所载"),
    "parameter": both("标准", "parameter"),
    "row": both("第{row}行"),
    "unknown_village": both("（村不详）"),
    "by_severity": both("按严重度"),
    "charts_sheet": both("图表"),
    "by_rule": both("按规则"),
    "by_village": both("按村"),
    "by_household": both("按户"),
    "findings_count": both("问题", "findings_count"),
    "of_households": both("涉及户"),
    "more_groups": both("另有 {groups} 组 {n} 处未列出。"),
    "without_household": both("不属于某一户的问题"),
    "household_heading": both("户 {household}"),
    "unnumbered": both("（无户编号）"),
    "examples": both("示例"),
    "see": both("另见"),
    "more_doubts": both("还有 {n} 条，用 fupin inspect 查看。"),
    "occurrences": both("{n} 处"),
    "more": both("还有 {n} 处未列出；全部用 -o report.xlsx 导出。"),
    "cut": both("问题较多，每条规则只列前 {n} 处；全部用 -o report.xlsx 导出。"),
    "no_findings": both("没有发现问题。"),
    "nothing_judged": both("没有判断任何一户、任何一人，不能说没有问题。"),
    # verdicts and rules
    "rules": both("规则", "rules"),
    "scope": both("范围"),
    "passed": both("通过"),
    "failed_count": both("不符"),
    "unknown": both("无法判断"),
    "not_applicable": both("不适用"),
    "silenced": both("已由分项规则报告"),
    "why": both("为什么"),
    "unknown_heading": both("无法判断", "unknown_heading"),
    "unknown_line": both("{n} 次（{rules} 条规则）：缺值或读不出的值既不算符合也不算不符"),
    "not_run": both("未运行的规则"),
    "not_run_sheet": both("未运行"),
    "reason": both("原因"),
    "missing": both("缺少"),
    "remedy": both("怎么办"),
    # what was read
    "reading_sheet": both("读取"),
    "summary_sheet": both("概览"),
    "findings_sheet": both("疑点"),
    "rules_sheet": both("规则", "rules_sheet"),
    "table": both("表"),
    "heading_rows": both("表头行"),
    "body_rows": both("数据行"),
    "what": both("类别", "what"),
    "where": both("位置", "where"),
    "written": both("表头原文"),
    "means": both("对应列"),
    "remark": both("说明"),
    "mapped": both("对应"),
    "unmapped": both("未识别的列", "unmapped"),
    "left_out": both("未作数据的行"),
    "doubt": both("存疑"),
    "how_exact": both("表头一致"),
    "how_normalised": both("规整后一致"),
    "how_nearest": both("最接近的表头，{score}%"),
    "how_values": both("按列中的值判断，{score}%"),
    "how_given": both("用户指定"),
    # the last lines
    "counts": both(
        "{households} 户 {persons} 人；发现问题 {findings} 处：错误 {error}，疑点 {warning}，提示 {notice}。"
    ),
    "ran": both("运行规则 {run} 条，未运行 {not_run} 条。"),
    "lapsed": both("（曾被接受，已于 {day} 到期）"),
    "accepted": both("已接受 {n} 处{soon}，不再列出：{rules}（{file}）"),
    "accepted_soon": both("（其中 {n} 处到下月底前到期）"),
    "expired": both("{n} 处的接受已到期，重新列为问题：{rules}"),
    "gone": both("{n} 处接受过的问题已不再出现，可用 fupin baseline update 清理：{rules}"),
    "accepted_changed": both("已接受的有 {n} 处内容与接受时不同（数据变了），请复核：{rules}"),
    "unstable": both("已接受的有 {n} 处没有户编号，编号不稳定：表改动后可能要重新接受"),
    "masked": both("姓名、证件号码、电话、账号已遮盖；加 --reveal 显示原文。"),
    "revealed": both("本报告含未遮盖的个人信息，请妥善保管。"),
}

REASONS: dict[str, tuple[str, str, str, str]] = {  # reason → what it means and what to do: zh, en, zh, en
    "column": (*both("表中没有所需的列"), *both("在表中补上该列；若列名不同，用 --map 你的表头=列名 指定")),
    "list": (*both("没有给出比对名单"), *both("用 --list 名单=文件 给出")),
    "previous": (*both("没有上一期数据"), *both("用 --previous 文件 给出上一期的登记表")),
    "parameter": (*both("没有当地当期的标准"), *both("用 --set 名称=数值 给出，报告中会注明为用户给定")),
    "profile": (*both("只在选定方案时运行"), *both("用 --profile 选定当地方案")),
    "ledger": (*both("没有清洗台账"), *both("需要清洗台账")),
}

LEFT_OUT: dict[str, tuple[str, str]] = {
    "title": both("标题"),
    "heading": both("表头"),
    "repeated heading": both("重复的表头"),
    "total": both("合计行"),
    "footer": both("表尾"),
    "note": both("填表说明"),
    "band": both("分组行"),
    "template": both("空白样行"),
    "outside": both("表外的行"),
}


def word(key: str, lang: Lang, **parts: object) -> str:
    """Return the word for `key`, its {parts} filled in."""
    text = WORDS[key][lang == "en"]
    return text.format(**parts) if parts else text


def severity_word(severity: str, lang: Lang) -> str:
    """Return the name of a severity: 错误 or error."""
    return SEVERITY_ZH[severity] if lang == "zh" else severity


def theme_word(theme: str, lang: Lang) -> str:
    """Return the name of a theme; the letters themselves when it has none."""
    return THEMES[theme][lang == "en"] if theme in THEMES else theme


def reason_word(reason: str, lang: Lang) -> str:
    """Say why a rule did not run."""
    return REASONS[reason][:2][lang == "en"]


def reason_remedy(reason: str, lang: Lang) -> str:
    """Say what would let the rule run."""
    return REASONS[reason][2:][lang == "en"]


def rule_name(rule: Rule | None, lang: Lang) -> str:
    """Return the rule's name in the language, in Chinese when it has no other; "" for no rule."""
    if rule is None:
        return ""
    return rule.name_en or rule.name if lang == "en" else rule.name


def finding_message(finding: Finding, lang: Lang) -> str:
    """Return the message in the language, in Chinese when there is no other; and until when it was accepted."""
    told = finding.message_en or finding.message if lang == "en" else finding.message
    return told + (word("lapsed", lang, day=finding.lapsed.isoformat()) if finding.lapsed else "")


def finding_fix(finding: Finding, lang: Lang) -> str:
    """Return what to do in the language, in Chinese when there is no other."""
    return finding.fix_en or finding.fix if lang == "en" else finding.fix


def basis_text(rule: Rule) -> str:
    """Return the basis of a rule as one line: the document and what it says, or the convention."""
    basis = rule.basis
    return "：".join(part for part in (basis.document, basis.says) if part) or basis.convention
