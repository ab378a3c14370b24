"""The fixed words of the page of an audit: a key and a language in, the word out."""

from fupin_cli.reports.words import Lang

WORDS: dict[str, tuple[str, str]] = {
    "kicker": ("防返贫监测与建档立卡登记表", "Poverty registry"),
    "title": ("登记表核查报告", "Registry audit"),
    "title_of": ("{region}登记表核查报告", "Registry audit, {region}"),
    "made": ("制作", "made by"),
    "more_files": ("等 {n} 个文件", "and more, {n} files in all"),
    "skip": ("跳到正文", "Skip to the content"),
    "contents": ("目录", "Contents"),
    "overview": ("概览", "Overview"),
    "charts": ("分布", "Where they are"),
    "list": ("问题清单", "Findings"),
    "rules": ("规则说明", "Rules"),
    "more_notes": ("其余 {n} 条", "{n} more"),
    "several": ("共 {n} 处", "{n} in all"),
    # tiles
    "checked": ("核查对象", "Checked"),
    "townships": ("{n} 个乡镇", "townships: {n}"),
    "sheets": ("{n} 张表", "tables: {n}"),
    "found": ("发现的问题", "Findings"),
    "places": ("处", "in all"),
    "households_hit": ("涉及 {n} 户，每百户 {rate} 处", "in {n} households; {rate} a hundred households"),
    "accepted_count": ("另有 {n} 处已接受", "{n} more are accepted"),
    "rules_tile": ("规则与判断", "Rules and verdicts"),
    "rules_run": ("条已运行", "rules run"),
    "rules_not_run": ("条未运行", "not run"),
    "unknown": ("次无法判断", "cannot tell"),
    # heat map
    "heat": ("各乡镇的问题，按主题", "Findings by township and theme"),
    "heat_village": ("各村的问题，按主题", "Findings by village and theme"),
    "heat_lead": (
        "每格是问题的处数，颜色越深越多；点格子看清单。",
        "Each cell counts findings, the darker the more; choose a cell to list them.",
    ),
    "heat_cell": ("{place}，{theme}：{n} 处", "{place}, {theme}: {n}"),
    "per_hundred": ("每百户", "per 100 households"),
    "rest": ("其余 {n} 个", "{n} others"),
    "unknown_village": ("（村不详）", "(village unknown)"),
    "scale": ("处数", "findings"),
    # income
    "incomes": ("人均纯收入与收入线", "Income a head beside the line"),
    "incomes_axis": ("元/人·年", "yuan a head and year"),
    "incomes_desc": (
        "{n} 户按人均纯收入分 {bands} 档，最多的一档 {mode}，有 {most} 户。",
        "{n} households in {bands} bands of income a head; most, {most}, lie in {mode}.",
    ),
    "line": ("收入线 {value} 元", "line {value} yuan"),
    "line_told": ("收入线 {value} 元：{place}{since}；{source}", "line {value} yuan: {place}{since}; {source}"),
    "since": ("，{day} 起", ", since {day}"),
    "below": ("整档在收入线以下 {n} 户", "{n} households in bands wholly below the line"),
    "straddling": ("收入线落在这一档内 {n} 户", "{n} households in a band the line falls in"),
    "between": (
        "收入线落在其中、或在几条线之间的档 {n} 户",
        "{n} households in bands with a line in them or between lines",
    ),
    "above": ("整档在收入线以上 {n} 户", "{n} households in bands above the line"),
    "all_bands": ("{n} 户", "{n} households"),
    "no_line": ("没有当地当期的收入线，没有画线。", "No income line is known for the place and date; none is drawn."),
    "no_income": ("另有 {n} 户没有可读的人均纯收入。", "{n} more households have no readable income a head."),
    "incomes_missing": (
        "没有可读的“人均纯收入”，不能画收入分布。",
        "No income a head could be read, so its distribution is not drawn.",
    ),
    "band": ("收入（元）", "income (yuan)"),
    "under": ("不到 {below}", "below {below}"),
    "over": ("{least} 及以上", "{least} and more"),
    "from_to": ("{least}–{below}", "{least}–{below}"),
    # ages
    "ages": ("年龄与性别", "Age and sex"),
    "ages_desc": (
        "在册 {n} 人：男 {men} 人，女 {women} 人；义务教育阶段失学 {out} 人。",
        "{n} registered persons: {men} men, {women} women; {out} children out of school.",
    ),
    "ages_desc_unjudged": (
        "在册 {n} 人：男 {men} 人，女 {women} 人。",
        "{n} registered persons: {men} men, {women} women.",
    ),
    "men": ("男", "men"),
    "women": ("女", "women"),
    "age": ("年龄（岁）", "age (years)"),
    "and_older": ("{n} 及以上", "{n} and older"),
    "out_of_school": ("失学", "out of school"),
    "out_key": ("义务教育阶段失学（EDU001）共 {n} 人", "out of school at school age (EDU001): {n}"),
    "out_unjudged": (
        "EDU001（义务教育适龄失学）没有运行，没有标失学。",
        "EDU001 was not run: nobody is marked as out of school.",
    ),
    "no_age": ("另有 {n} 人年龄或性别不详。", "Age or sex of {n} more persons is not known."),
    "ages_missing": (
        "没有可读的年龄和性别，不能画年龄金字塔。",
        "No age and sex could be read, so the pyramid is not drawn.",
    ),
    "figures_missing": (
        "这份结果没有带收入和年龄的合计，没有画收入分布和年龄金字塔；用 fupin audit … -o 报告.html 直接生成的页面有。",
        "This audit came without sums of incomes and ages, so neither is drawn; "
        "a page made by fupin audit … -o report.html has them.",
    ),
    "numbers": ("数据表", "the figures as a table"),
    # bars
    "worst_rules": ("问题最多的规则", "Rules with the most findings"),
    "worst_villages": ("问题最多的村", "Villages with the most findings"),
    "bar_told": ("{n} 处：{parts}", "{n}: {parts}"),
    "no_villages": ("问题都没有写明村。", "No finding names a village."),
    # list
    "noscript": (
        "筛选、排序问题清单需要浏览器允许脚本；不能用脚本时，用 fupin audit … -o 报告.xlsx 导出全部问题。",
        "The list of findings needs scripts; without them, fupin audit … -o report.xlsx writes all findings to a workbook.",
    ),
    "list_lead": (
        "点一行看原因、依据和建议；上面的数字和格子会在这里筛选。",
        "Choose a row for reason, basis and remedy; numbers and cells above filter this list.",
    ),
    # rule pages
    "rules_lead": (
        "有问题的 {n} 条规则：为什么查、依据什么、怎么改。",
        "The {n} rules with findings: why they ask, on which basis, what to do.",
    ),
    "no_text": ("规则文件中没有说明。", "The rule file does not say."),
    "verdict": ("判断", "verdict"),
    "rows": ("行数", "rows"),
    "share": ("占比", "share"),
    "of_list": ("比对名单 {name}", "list {name}"),
    "no_counts": ("由读表时发现，没有逐行判断的计数。", "Found while reading: there are no counts by row."),
    "show_in_list": ("在问题清单中看这 {n} 处", "List these findings ({n})"),
    # not run, unknown
    "not_run_lead": (
        "{n} 条规则没有运行：不是通过，是没有查。",
        "{n} rules did not run: they did not pass, they were not asked.",
    ),
    "rules_of": ("{n} 条", "({n})"),
    "lacking": ("缺少", "missing"),
    "of_rules": ("规则", "rules"),
    "unknown_lead": (
        "{n} 次判断（{rules} 条规则）下不了结论：所需的值空缺或读不出，既不算通过也不算不符。补上下列各列的值再查。",
        "{n} verdicts ({rules} rules) could not be given: a value they need is blank or unreadable, "
        "which neither passes nor fails. Fill in the columns below and audit again.",
    ),
    "unknown_how": (
        "想知道某一户为什么无法判断：fupin explain 规则编号 登记表 --household 户编号；规则用到哪些列：fupin rules show 规则编号。",
        "Why one household could not be judged: fupin explain RULE REGISTRY --household CODE; "
        "what a rule asks: fupin rules show RULE.",
    ),
    "asks": ("判断要用的值", "values it asks for"),
    "by_reader": ("由读表程序判断", "judged by the reader"),
    # reading
    "reading": ("读了什么", "What was read"),
    "reading_lead": (
        "表头行、数据行和没有当作数据的行，行号同 Excel。逐列的对应关系用 fupin inspect 查看。",
        "Heading rows, rows and rows left out, numbered as in Excel. fupin inspect shows every column.",
    ),
    "columns_known": ("识别的列", "columns known"),
    "columns_unknown": ("未识别的列", "headings not known"),
    "left_out": ("没有当作数据的行", "rows left out"),
    "more_tables": ("还有 {n} 张表未列出；用 fupin inspect 查看。", "{n} more tables; fupin inspect shows them."),
    "footer": (
        "由 fupin {version} 制作。核查结果供人工核实，不能代替入户核查和认定程序。",
        "Made by fupin {version}. Findings are for people to verify; they replace no visit and no decision.",
    ),
}


def page_word(key: str, lang: Lang, **parts: object) -> str:
    """Return the word for `key`, its {parts} filled in."""
    said = WORDS[key][lang == "en"]
    return said.format(**parts) if parts else said
