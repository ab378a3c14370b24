"""The fixed words of every report: a key and a language in, the word out."""

from dataclasses import dataclass
from typing import Literal

from fupin_cli.model.finding import Finding
from fupin_cli.model.masking import OPEN, STANDARD, Masking
from fupin_cli.model.rule import SEVERITY_ZH, THEMES, Rule

Lang = Literal["zh", "en"]


@dataclass(frozen=True, slots=True)
class Look:
    """How a report is to look."""

    lang: Lang = "zh"
    reveal: bool = False  # True: everything stands as it is, whatever `masking` says
    width: int = 80  # columns of the terminal
    colour: bool = False
    group: Literal["rule", "乡", "村", "户"] | None = (
        None  # of the terminal: what findings stand under; None: as fits their number
    )
    top: int | None = None  # of the terminal: only so many groups
    split: Literal["乡", "村"] | None = None  # of a workbook: one sheet of findings for each
    statistics: bool = False  # of the terminal: counts of each group, and no finding
    masking: Masking = STANDARD  # what is hidden; `reveal` follows it

    def __post_init__(self) -> None:
        if self.reveal:
            object.__setattr__(self, "masking", OPEN)
        object.__setattr__(self, "reveal", not self.masking.hidden)


WORDS: dict[str, tuple[str, str]] = {
    # what stands above the findings
    "title": ("fupin 核查结果", "fupin audit"),
    "failed": ("未能读取的文件", "Files that could not be read"),
    "notes": ("先请注意", "Please note first"),
    "doubts": ("读表存疑", "Doubts about the reading"),
    "as_of": ("数据日期", "data date"),
    "region": ("地区", "region"),
    "profile": ("方案", "profile"),
    "engine": ("引擎", "engine"),
    "files": ("文件", "files"),
    "households": ("户", "households"),
    "persons": ("人", "persons"),
    "sizes": ("{files} 个文件", "{files} file(s)"),
    "colon": ("：", ": "),
    "findings": ("发现的问题", "Findings"),
    # summaries
    "by_theme": ("按主题", "By theme"),
    "by_township": ("按乡镇", "By township"),
    "theme": ("主题", "theme"),
    "township": ("乡镇", "township"),
    "village": ("村", "village"),
    "total": ("合计", "total"),
    "unknown_township": ("（乡镇不详）", "(township unknown)"),
    # findings
    "serial": ("序号", "no."),
    "severity": ("严重度", "severity"),
    "rule": ("规则", "rule"),
    "name": ("名称", "name"),
    "household": ("户编号", "household"),
    "person": ("姓名", "person"),
    "file": ("文件", "file"),
    "sheet": ("工作表", "sheet"),
    "cell": ("单元格", "cell"),
    "problem": ("问题", "problem"),
    "basis": ("依据", "basis"),
    "fix": ("建议", "what to do"),
    "id": ("疑点编号", "finding id"),
    "list": ("名单", "list"),
    "evidence": ("名单所载", "on the list"),
    "parameter": ("标准", "standard"),
    "row": ("第{row}行", "row {row}"),
    "unknown_village": ("（村不详）", "(village unknown)"),
    "by_severity": ("按严重度", "By severity"),
    "charts_sheet": ("图表", "charts"),
    "by_rule": ("按规则", "By rule"),
    "by_village": ("按村", "By village"),
    "by_household": ("按户", "By household"),
    "findings_count": ("问题", "findings"),
    "of_households": ("涉及户", "households"),
    "more_groups": (
        "另有 {groups} 组 {n} 处未列出。",
        "{groups} more group(s) with {n} finding(s) not shown.",
    ),
    "without_household": ("不属于某一户的问题", "Findings of no single household"),
    "household_heading": ("户 {household}", "household {household}"),
    "unnumbered": ("（无户编号）", "(no 户编号)"),
    "examples": ("示例", "examples"),
    "see": ("另见", "see also"),
    "more_doubts": ("还有 {n} 条，用 fupin inspect 查看。", "{n} more; fupin inspect shows them."),
    "occurrences": ("{n} 处", "{n}"),
    "more": (
        "还有 {n} 处未列出；全部用 -o report.xlsx 导出。",
        "{n} more not shown; write them all with -o report.xlsx.",
    ),
    "cut": (
        "问题较多，每条规则只列前 {n} 处；全部用 -o report.xlsx 导出。",
        "Many findings: the first {n} of each rule are shown; write them all with -o report.xlsx.",
    ),
    "no_findings": ("没有发现问题。", "Nothing found."),
    # verdicts and rules
    "rules": ("规则", "Rules"),
    "scope": ("范围", "scope"),
    "passed": ("通过", "pass"),
    "failed_count": ("不符", "fail"),
    "unknown": ("无法判断", "cannot tell"),
    "not_applicable": ("不适用", "not applicable"),
    "silenced": ("已由分项规则报告", "told by a part's rule"),
    "why": ("为什么", "why"),
    "unknown_heading": ("无法判断", "Cannot tell"),
    "unknown_line": (
        "{n} 次（{rules} 条规则）：缺值或读不出的值既不算符合也不算不符",
        "{n} verdicts ({rules} rules): a missing or unreadable value neither passes nor fails",
    ),
    "not_run": ("未运行的规则", "Rules not run"),
    "not_run_sheet": ("未运行", "not run"),
    "reason": ("原因", "reason"),
    "missing": ("缺少", "missing"),
    "remedy": ("怎么办", "remedy"),
    # what was read
    "reading_sheet": ("读取", "reading"),
    "summary_sheet": ("概览", "summary"),
    "findings_sheet": ("疑点", "findings"),
    "rules_sheet": ("规则", "rules"),
    "table": ("表", "table"),
    "heading_rows": ("表头行", "heading rows"),
    "body_rows": ("数据行", "rows"),
    "what": ("类别", "what"),
    "where": ("位置", "where"),
    "written": ("表头原文", "heading as written"),
    "means": ("对应列", "column"),
    "remark": ("说明", "remark"),
    "mapped": ("对应", "mapped"),
    "unmapped": ("未识别的列", "heading not known"),
    "left_out": ("未作数据的行", "rows left out"),
    "doubt": ("存疑", "doubt"),
    "how_exact": ("表头一致", "same heading"),
    "how_normalised": ("规整后一致", "same after normalising"),
    "how_nearest": ("最接近的表头，{score}%", "nearest heading, {score}%"),
    "how_values": ("按列中的值判断，{score}%", "by the values of the column, {score}%"),
    "how_given": ("用户指定", "given by the user"),
    # the last lines
    "counts": (
        "{households} 户 {persons} 人；发现问题 {findings} 处：错误 {error}，疑点 {warning}，提示 {notice}。",
        "{households} households, {persons} persons; {findings} findings: "
        "error {error}, warning {warning}, notice {notice}.",
    ),
    "ran": ("运行规则 {run} 条，未运行 {not_run} 条。", "{run} rules run, {not_run} not run."),
    "lapsed": ("（曾被接受，已于 {day} 到期）", " (accepted once, until {day})"),
    "accepted": (
        "已接受 {n} 处{soon}，不再列出：{rules}（{file}）",
        "{n} accepted{soon} and not listed: {rules} ({file})",
    ),
    "accepted_soon": ("（其中 {n} 处到下月底前到期）", " ({n} of them end by the end of next month)"),
    "expired": (
        "{n} 处的接受已到期，重新列为问题：{rules}",
        "{n} acceptance(s) have expired and are findings again: {rules}",
    ),
    "gone": (
        "{n} 处接受过的问题已不再出现，可用 fupin baseline update 清理：{rules}",
        "{n} accepted finding(s) are there no more; fupin baseline update clears them: {rules}",
    ),
    "accepted_changed": (
        "已接受的有 {n} 处内容与接受时不同（数据变了），请复核：{rules}",
        "{n} of the accepted say something else than when they were accepted, so look again: {rules}",
    ),
    "unstable": (
        "已接受的有 {n} 处没有户编号，编号不稳定：表改动后可能要重新接受",
        "{n} of the accepted have no 户编号, so their ids are not stable: after changes of the sheet they may come again",
    ),
    "masked": (
        "姓名、证件号码、电话、账号已遮盖；加 --reveal 显示原文。",
        "Names, certificate, phone and account numbers are masked; --reveal shows them.",
    ),
    "revealed": (
        "本报告含未遮盖的个人信息，请妥善保管。",
        "This report holds personal particulars unmasked: keep it safe.",
    ),
}

REASONS: dict[str, tuple[str, str, str, str]] = {  # reason → what it means and what to do: zh, zh, en, en
    "column": (
        "表中没有所需的列",
        "在表中补上该列；若列名不同，用 --map 你的表头=列名 指定",
        "the workbook lacks a column",
        "add the column, or say --map your-heading=column when it has another name",
    ),
    "list": (
        "没有给出比对名单",
        "用 --list 名单=文件 给出",
        "a departmental list was not given",
        "give it with --list NAME=FILE",
    ),
    "previous": (
        "没有上一期数据",
        "用 --previous 文件 给出上一期的登记表",
        "there is no earlier dataset",
        "give the registry of an earlier date with --previous FILE",
    ),
    "parameter": (
        "没有当地当期的标准",
        "用 --set 名称=数值 给出，报告中会注明为用户给定",
        "no standard is known for the place and date",
        "give it with --set NAME=VALUE; the report will say it was given by the user",
    ),
    "profile": (
        "只在选定方案时运行",
        "用 --profile 选定当地方案",
        "runs only with a profile",
        "choose one with --profile",
    ),
    "ledger": ("没有清洗台账", "需要清洗台账", "there is no cleaning ledger", "a cleaning ledger is needed"),
}

LEFT_OUT: dict[str, tuple[str, str]] = {
    "title": ("标题", "title"),
    "heading": ("表头", "heading"),
    "repeated heading": ("重复的表头", "repeated heading"),
    "total": ("合计行", "total"),
    "footer": ("表尾", "footer"),
    "note": ("填表说明", "note"),
    "band": ("分组行", "band"),
    "template": ("空白样行", "template row"),
    "outside": ("表外的行", "outside the table"),
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
    return REASONS[reason][2 if lang == "en" else 0]


def reason_remedy(reason: str, lang: Lang) -> str:
    """Say what would let the rule run."""
    return REASONS[reason][3 if lang == "en" else 1]


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
