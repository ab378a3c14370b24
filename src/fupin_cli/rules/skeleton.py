"""An id and a name in, the text of a new rule file out: it loads, its examples hold, and its comments say what to write."""

import json
from typing import Literal

from fupin_cli.catalogue import both

_COMMENTS: dict[str, tuple[str, str]] = {
    "top": both("新规则的样子：能读、能运行，但内容是示范。逐行改成您要查的问题，改完删去说明。"),
    "test": both("改好后检验：fupin rules test --rules {folder} --select {id}"),
    "schema": both("编辑器提示与检查：先运行 fupin rules schema rule -o rule.schema.json，再去掉下一行开头的一个 #"),
    "name": both("说出毛病本身，文件名要与编号、名称一致"),
    "scope": both("判断谁：户 人 村 县 跨户 名单 跨期 台账"),
    "severity": both("error 一定错；warning 要人看；notice 提示"),
    "optional": both("optional: [列名]  表中没有也照样运行、按空白读的列"),
    "when": both("哪些行要判断；不写就是全部"),
    "must": both("合格的行应满足的条件：标准列名、AND OR NOT、= < > IN BETWEEN、为空(列)、参数('名')、任一成员(…)"),
    "message": both("花括号里写列名，报告中换成该行的值"),
    "why": both("一两句话，让村里的人明白为什么是问题"),
    "fix": both("请对方做什么"),
    "basis": both("有文件写 {document: 文号, says: 原文要点}；没有就写 convention，不要编造"),
    "examples": both("每种结论至少一个例子：pass 合格、fail 不合格、unknown 无法判断（空白、读不出）；请换成您的例子"),
    "carries": both("例子还可带：as_of 数据日期、region 地区、parameters 标准、members 成员、others 他户、lists 名单"),
}


def skeleton(rule_id: str, name: str, folder: str, lang: Literal["zh", "en"]) -> str:
    """Return the text of a rule file.

    Args:
        rule_id: an id nobody has.
        name: what the rule is called.
        folder: where it will stand, for the command that tests it.
        lang: language of the comments.
    """
    say = {key: "# " + words[lang == "en"] for key, words in _COMMENTS.items()}
    test = say["test"].format(folder=folder, id=rule_id)
    return f"""\
{say["top"]}
{test}
{say["schema"]}
## yaml-language-server: $schema=rule.schema.json
id: {rule_id}
name: {json.dumps(name, ensure_ascii=False)}  {say["name"]}
scope: 户  {say["scope"]}
severity: warning  {say["severity"]}
{say["optional"]}
{say["when"]}
when: NOT 为空(户编号)
{say["must"]}
must: 人均纯收入 > 0
{say["message"]}
message: "{{户主姓名}}：人均纯收入为 {{人均纯收入}}"
{say["why"]}
why: 示范：人均纯收入应大于零。
{say["fix"]}
fix: 示范：请核实收入后补填或更正。
{say["basis"]}
basis: {{convention: 示范，请换成依据}}
{say["examples"]}
{say["carries"]}
examples:
  - {{given: {{户编号: "990101000123", 人均纯收入: 5000}}, verdict: pass}}
  - {{given: {{户编号: "990101000123", 人均纯收入: 0}}, verdict: fail}}
  - {{given: {{户编号: "990101000123", 人均纯收入: ""}}, verdict: unknown}}
"""
