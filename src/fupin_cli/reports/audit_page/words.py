"""The fixed words of the page of an audit: a key and a language in, the word out."""

from fupin_cli.catalogue import both
from fupin_cli.reports.words import Lang

WORDS: dict[str, tuple[str, str]] = {
    "kicker": both("防返贫监测与建档立卡登记表"),
    "title": both("登记表核查报告"),
    "title_of": both("{region}登记表核查报告"),
    "made": both("制作"),
    "more_files": both("等 {n} 个文件"),
    "skip": both("跳到正文"),
    "contents": both("目录"),
    "overview": both("概览", "overview"),
    "charts": both("分布"),
    "list": both("问题清单"),
    "rules": both("规则说明", "rules"),
    "more_notes": both("其余 {n} 条"),
    "several": both("共 {n} 处"),
    # tiles
    "checked": both("核查对象"),
    "townships": both("{n} 个乡镇"),
    "sheets": both("{n} 张表"),
    "found": both("发现的问题"),
    "places": both("处"),
    "households_hit": both("涉及 {n} 户，每百户 {rate} 处"),
    "accepted_count": both("另有 {n} 处已接受"),
    "rules_tile": both("规则与判断"),
    "rules_run": both("条已运行"),
    "rules_not_run": both("条未运行"),
    "unknown": both("次无法判断"),
    # heat map
    "heat": both("各乡镇的问题，按主题"),
    "heat_village": both("各村的问题，按主题"),
    "heat_lead": both("每格是问题的处数，颜色越深越多；点格子看清单。"),
    "heat_cell": both("{place}，{theme}：{n} 处"),
    "per_hundred": both("每百户"),
    "rest": both("其余 {n} 个"),
    "unknown_village": both("（村不详）"),
    "scale": both("处数"),
    # income
    "incomes": both("人均纯收入与收入线"),
    "incomes_axis": both("元/人·年"),
    "incomes_desc": both("{n} 户按人均纯收入分 {bands} 档，最多的一档 {mode}，有 {most} 户。"),
    "line": both("收入线 {value} 元"),
    "line_told": both("收入线 {value} 元：{place}{since}；{source}"),
    "since": both("，{day} 起"),
    "below": both("整档在收入线以下 {n} 户"),
    "straddling": both("收入线落在这一档内 {n} 户"),
    "between": both("收入线落在其中、或在几条线之间的档 {n} 户"),
    "above": both("整档在收入线以上 {n} 户"),
    "all_bands": both("{n} 户"),
    "no_line": both("没有当地当期的收入线，没有画线。"),
    "no_income": both("另有 {n} 户没有可读的人均纯收入。"),
    "incomes_missing": both("没有可读的“人均纯收入”，不能画收入分布。"),
    "band": both("收入（元）"),
    "under": both("不到 {below}"),
    "over": both("{least} 及以上"),
    "from_to": ("{least}–{below}", "{least}–{below}"),
    # ages
    "ages": both("年龄与性别"),
    "ages_desc": both("在册 {n} 人：男 {men} 人，女 {women} 人；义务教育阶段失学 {out} 人。"),
    "ages_desc_unjudged": both("在册 {n} 人：男 {men} 人，女 {women} 人。"),
    "men": both("男"),
    "women": both("女"),
    "age": both("年龄（岁）"),
    "and_older": both("{n} 及以上"),
    "out_of_school": both("失学"),
    "out_key": both("义务教育阶段失学（EDU001）共 {n} 人"),
    "out_unjudged": both("EDU001（义务教育适龄失学）没有运行，没有标失学。"),
    "no_age": both("另有 {n} 人年龄或性别不详。"),
    "ages_missing": both("没有可读的年龄和性别，不能画年龄金字塔。"),
    "figures_missing": both(
        "这份结果没有带收入和年龄的合计，没有画收入分布和年龄金字塔；用 fupin audit … -o 报告.html 直接生成的页面有。"
    ),
    "numbers": both("数据表"),
    # bars
    "worst_rules": both("问题最多的规则"),
    "worst_villages": both("问题最多的村"),
    "bar_told": both("{n} 处：{parts}"),
    "no_villages": both("问题都没有写明村。"),
    # list
    "noscript": both(
        "筛选、排序问题清单需要浏览器允许脚本；不能用脚本时，用 fupin audit … -o 报告.xlsx 导出全部问题。"
    ),
    "list_lead": both("点一行看原因、依据和建议；上面的数字和格子会在这里筛选。"),
    # rule pages
    "rules_lead": both("有问题的 {n} 条规则：为什么查、依据什么、怎么改。"),
    "no_text": both("规则文件中没有说明。"),
    "verdict": both("判断"),
    "rows": both("行数"),
    "share": both("占比"),
    "of_list": both("比对名单 {name}"),
    "no_counts": both("由读表时发现，没有逐行判断的计数。"),
    "show_in_list": both("在问题清单中看这 {n} 处"),
    # not run, unknown
    "not_run_lead": both("{n} 条规则没有运行：不是通过，是没有查。"),
    "rules_of": both("{n} 条"),
    "lacking": both("缺少"),
    "of_rules": both("规则", "of_rules"),
    "unknown_lead": both(
        "{n} 次判断（{rules} 条规则）下不了结论：所需的值空缺或读不出，既不算通过也不算不符。补上下列各列的值再查。"
    ),
    "unknown_how": both(
        "想知道某一户为什么无法判断：fupin explain 规则编号 登记表 --household 户编号；规则用到哪些列：fupin rules show 规则编号。"
    ),
    "asks": both("判断要用的值"),
    "by_reader": both("由读表程序判断"),
    # reading
    "reading": both("读了什么"),
    "reading_lead": both("表头行、数据行和没有当作数据的行，行号同 Excel。逐列的对应关系用 fupin inspect 查看。"),
    "columns_known": both("识别的列"),
    "columns_unknown": both("未识别的列"),
    "left_out": both("没有当作数据的行"),
    "more_tables": both("还有 {n} 张表未列出；用 fupin inspect 查看。"),
    "footer": both("由 fupin {version} 制作。核查结果供人工核实，不能代替入户核查和认定程序。"),
}


def page_word(key: str, lang: Lang, **parts: object) -> str:
    """Return the word for `key`, its {parts} filled in."""
    said = WORDS[key][lang == "en"]
    return said.format(**parts) if parts else said
