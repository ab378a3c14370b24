"""The words that the list of findings shows; the script has none of its own."""

from fupin_cli.catalogue import both
from fupin_cli.model.audit import Audit
from fupin_cli.reports.summary import none_found
from fupin_cli.reports.words import Lang, Look, word

_WORDS: dict[str, tuple[str, str]] = {
    "list": both("问题清单"),
    "search": both("搜索"),
    "search_hint": both("户编号、姓名、村、问题…"),
    "shown": both("显示 {n} / {all} 处"),
    "shown_all": both("共 {all} 处"),
    "reset": both("清除筛选"),
    "download": both("下载 CSV"),
    "file_name": both("核查问题"),
    "all": both("全部"),
    "chosen": both("{n} 项"),
    "none_shown": both("没有符合筛选条件的问题。"),
    "open_hint": both("上下方向键选行，回车打开，Esc 关闭。"),
    "sort_by": both("按“{column}”排序"),
    "blank": both("（空白）"),
    "of_none": both("（未写明）"),
    "close": both("关闭"),
    "earlier": both("上一处"),
    "later": both("下一处"),
    "position": both("第 {n} / {all} 处"),
    "copy": both("复制编号"),
    "copied": both("已复制"),
    "link": both("本条链接"),
    "rule_page": both("规则说明"),
    "place": both("位置", "place"),
    "values": both("表中所写"),
    "about_column": both("有关的列"),
    "unstable": both("没有户编号，编号不稳定：表改动后会变。"),
    "subject": both("本条"),
    "member": both("家庭成员"),
    "other": both("相同的值"),
    "hit": both("名单"),
    "row": both("第{row}行"),
    "filters": both("筛选条件：{filters}"),
    "print_cut": both("共 {all} 处，只印前 {n} 处；先筛选再打印，或用 fupin audit … -o 报告.xlsx 导出全部。"),
    "more_options": both("还有 {n} 项，输入文字查找。"),
    "gone": both("这里没有编号为 {id} 的问题：数据可能已改正，或编号抄错了。"),
}
_BROKEN = both("问题清单打不开：页面文件不完整（{why}）。请重新复制，或重新生成。")
_TAKEN = (  # words that other reports have, too
    "severity theme rule name township village household person file sheet cell problem basis fix id list evidence "
    "parameter see colon"
)


def broken_word(lang: Lang) -> str:
    """Return what the page says where its findings cannot be taken out again; {why} is the browser's."""
    return _BROKEN[lang == "en"]


def findings_words(audit: Audit, look: Look) -> dict[str, str]:
    """Return every word of the list in the language of the page."""
    told = {key: said[look.lang == "en"] for key, said in _WORDS.items()}
    taken = {key: word(key, look.lang) for key in _TAKEN.split()}
    return {**taken, **told, "nothing": none_found(audit, look.lang)}
