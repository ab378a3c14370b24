"""Examples of rules over villages, counties and rows of a ledger: how they are laid out, and what they are judged to be."""

import pytest

from fupin_cli.jobs.rules import run_examples

_RULE = """\
id: {name}
name: 试
name_en: trial
scope: {scope}
severity: error
must: {must}
message: 试
message_en: trial
why: 试
why_en: trial
fix: 核对
fix_en: look
basis: {{convention: 试}}
examples:
{examples}"""
LEDGER = """\
  - {given: {疑点编号: Y1, 户编号: "990101000001"}, households: [{户编号: "990101000001"}], verdict: pass}
  - {given: {疑点编号: Y1, 户编号: "990101000001"}, others: [{疑点编号: Y2, 户编号: "990101000001"}, {疑点编号: Y3, 户编号: "990101000001"}], households: [{户编号: "990101000001"}], verdict: fail}
  - {given: {疑点编号: Y1, 户编号: "990101000001"}, households: [{户编号: "990101000001"}], as_of: 2022-01-01, verdict: fail}
  - {given: {疑点编号: Y1, 户编号: ""}, households: [{户编号: "990101000001"}], verdict: unknown}
"""
VILLAGE = """\
  - {given: {总户数: 1}, households: [{危房户: 是}], verdict: pass}
  - {given: {总户数: 1}, households: [{危房户: 是}, {危房户: 是}, {危房户: ""}], as_of: 2019-12-31, verdict: fail}
  - {given: {总户数: 1}, households: [{危房户: 是}, {危房户: ""}], verdict: unknown}
  - {given: {总户数: 1}, verdict: unknown}
"""
COUNTY = """\
  - {given: {县: 示例县}, villages: [{村: 甲村, 总户数: 7}], households: [{村: 甲村, 户编号: "990101000001"}], members: [{户编号: "990101000001", 姓名: 张三}, {户编号: "990101000001", 姓名: 李四}], verdict: pass}
  - {given: {县: 示例县}, villages: [{村: 甲村, 总户数: 7}], households: [{村: 甲村}], members: [{姓名: 张三}], verdict: fail}
  - {given: {县: 示例县}, villages: [{村: 甲村, 总户数: ""}], households: [{村: 甲村}], members: [{姓名: 张三}, {姓名: 李四}], verdict: unknown}
"""


@pytest.mark.parametrize(
    ("name", "scope", "must", "examples"),
    [
        (
            "RND901",
            "台账\nrows: 疑点台账",
            "户在册(户编号) AND 同组行数(户编号, TRUE) < 3 AND 数据日期 < DATE '2021-01-01'",
            LEDGER,
        ),
        ("VIL901", "村", "总户数 >= 户数(危房户 = '是')", VILLAGE),
        ("VIL902", "县", "村数(总户数 > 5) >= 1 AND 户数(成员数(TRUE) > 1) = 1", COUNTY),
    ],
)
def test_every_example_gets_the_verdict_it_says(tmp_path, name, scope, must, examples):
    text = _RULE.format(name=name, scope=scope, must=must, examples=examples)
    (tmp_path / f"{name}_试.yaml").write_text(text, encoding="utf-8")
    tested = run_examples(tmp_path, (name,))
    assert (tested.examples, tested.wrong) == (examples.count("verdict"), ())
