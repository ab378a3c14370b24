"""The words that the list of findings shows; the script has none of its own."""

from fupin_cli.reports.words import Lang, Look, word

_WORDS: dict[str, tuple[str, str]] = {
    "list": ("问题清单", "Findings"),
    "search": ("搜索", "Search"),
    "search_hint": ("户编号、姓名、村、问题…", "household, name, village, problem …"),
    "shown": ("显示 {n} / {all} 处", "{n} of {all} shown"),
    "shown_all": ("共 {all} 处", "{all} in all"),
    "reset": ("清除筛选", "Clear filters"),
    "download": ("下载 CSV", "Download CSV"),
    "file_name": ("核查问题", "findings"),
    "all": ("全部", "all"),
    "chosen": ("{n} 项", "{n} chosen"),
    "none_shown": ("没有符合筛选条件的问题。", "No finding fits these filters."),
    "nothing": ("没有发现问题。", "Nothing found."),
    "open_hint": (
        "上下方向键选行，回车打开，Esc 关闭。",
        "Arrow keys choose a row, Enter opens it, Escape closes it.",
    ),
    "sort_by": ("按“{column}”排序", "Sort by {column}"),
    "blank": ("（空白）", "(blank)"),
    "of_none": ("（未写明）", "(not told)"),
    "close": ("关闭", "Close"),
    "earlier": ("上一处", "Previous"),
    "later": ("下一处", "Next"),
    "position": ("第 {n} / {all} 处", "{n} of {all}"),
    "copy": ("复制编号", "Copy id"),
    "copied": ("已复制", "Copied"),
    "link": ("本条链接", "Link to this finding"),
    "rule_page": ("规则说明", "About this rule"),
    "place": ("位置", "where"),
    "values": ("表中所写", "as written"),
    "about_column": ("有关的列", "column"),
    "unstable": (
        "没有户编号，编号不稳定：表改动后会变。",
        "There is no 户编号, so the id is not stable: it changes with the sheet.",
    ),
    "subject": ("本条", "subject"),
    "member": ("家庭成员", "member"),
    "other": ("相同的值", "same value"),
    "hit": ("名单", "list"),
    "row": ("第{row}行", "row {row}"),
    "filters": ("筛选条件：{filters}", "Filters: {filters}"),
    "print_cut": (
        "共 {all} 处，只印前 {n} 处；先筛选再打印，或用 fupin audit … -o 报告.xlsx 导出全部。",
        "{all} findings, of which the first {n} are printed; filter before printing, or write all of them with fupin audit … -o report.xlsx.",
    ),
    "more_options": ("还有 {n} 项，输入文字查找。", "{n} more: type to find them."),
    "gone": (
        "这里没有编号为 {id} 的问题：数据可能已改正，或编号抄错了。",
        "No finding here has the id {id}: the data may have been corrected, or the id is mistyped.",
    ),
}
_BROKEN = (
    "问题清单打不开：页面文件不完整（{why}）。请重新复制，或重新生成。",
    "The list cannot be opened: the page is not whole ({why}). Copy it again, or make it anew.",
)
_TAKEN = (  # words that other reports have, too
    "severity theme rule name township village household person file sheet cell problem basis fix id list evidence "
    "parameter see colon"
)


def broken_word(lang: Lang) -> str:
    """Return what the page says where its findings cannot be taken out again; {why} is the browser's."""
    return _BROKEN[lang == "en"]


def findings_words(look: Look) -> dict[str, str]:
    """Return every word of the list in the language of the page."""
    told = {key: said[look.lang == "en"] for key, said in _WORDS.items()}
    return {**{key: word(key, look.lang) for key in _TAKEN.split()}, **told}
