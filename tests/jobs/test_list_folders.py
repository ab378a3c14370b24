"""A folder of departmental lists with its lists.yaml, from the files to the findings."""

import json
import re
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from fupin_cli.cli.app import app
from fupin_cli.errors import InputError, ListsError, UsageError
from fupin_cli.jobs.audit import run
from fupin_cli.jobs.request import Request
from fupin_cli.model.settings import Settings
from fupin_cli.rules import load_rulebook
from tests.jobs.test_audit import fupin

SAMPLES = Path(__file__).parents[2] / "sample_data"

REGISTRY = """
| 户编号 | 户主姓名 | 姓名 | 与户主关系 | 证件号码 | 人员状态 | 数据日期 | 村 |
| '990101000001 | 张三 | 张三 | 户主 | '990101196005010119 | 正常 | 2020-12-31 | 柳湾村 |
| '990101000001 | 张三 | 李四 | 配偶 | '990101196208010223 | 正常 | 2020-12-31 | 柳湾村 |
| '990101000002 | 王五 | 王五 | 户主 | '990101197001010319 | 正常 | 2020-12-31 | 柳湾村 |
| '990101000002 | 王五 | 王小五 | 之子 | '990101201203010615 | 正常 | 2020-12-31 | 柳湾村 |
| '990101000003 | 赵六 | 赵六 | 户主 | '99010119800101041X | 正常 | 2020-12-31 | 石桥村 |
| '990101000003 | 赵六 | 赵老 | 之父 | '990101195505050717 | 自然减少 | 2020-12-31 | 石桥村 |
| '990101000004 | 钱七 | 钱七 | 户主 | n:990101199001010510 | 正常 | 2020-12-31 | 石桥村 |
"""
LISTS = {
    "车管2020.xlsx": """
| 样例县机动车登记情况 | < | < | < |
| 车主 | < | 车辆 | < |
| 车主身份证 | 姓名 | 车辆类型 | 购置价格（元） |
| '990101196005010119 | 张三 | 小型轿车 |  |
| '990101196005010119 | 张三 | 小型普通客车 | 86000 |
| '990101196208010223 | 李四 | 普通二轮摩托车 | 2000 |
| '990101195505050717 | 赵老 | 小型轿车 | 90000 |
| n:990101198001010410 | 赵六 | 小型轿车 | 90000 |
| '990101198506060818 | 王五 | 小型轿车 | 90000 |
""",
    "特困/2020年6月特困人员名单.csv": """
| 姓名 | 身份证号 | 供养方式 |
| 王五 | 990101197001010319 | 分散 |
| 张三 | 990101198506060818 | 集中 |
| 周八 |  | 集中 |
| 钱七 | 990101199001010510 | 集中 |
""",
    "殡葬.xls": """
| 序号 | 死者姓名 | 死者身份证号 | 火化日期 |
| 1 | 赵六 | '99010119800101041X | @2020-03-02 |
""",
    "不动产.xlsx": """
# 历年
| 权利人 | 身份证号 | 取得方式 | 城乡 |
| 赵六 | '99010119800101041X | 购买 | 城镇 |
# 今年
| 权利人 | 身份证号 | 取得方式 | 城乡 |
| 王五 | '990101197001010319 | 购买 | 城镇 |
| 王小五 | '990101201203010615 | 继承 | 城镇 |
""",
    "光伏.tsv": """
| 姓名 | 身份证号 | 年收益 |
| 李四 | 990101196208010223 | 3000 |
| 王五 | 990101197001010319 | 900 |
""",
    "注销户.csv": """
| 户编号 | 户主 | 注销原因 |
| '990101000003 | 赵六 | 整户搬走 |
| '990101000003 | 赵六 | 重复 |
""",
    "专班移交.xlsx": """
| 户编码 | 户主 | 情形 | 数据日期 |
| '990101000001 | 张三 | 因病 | 2020-12-31 |
| '990101000008 | 吴九 | 因病 | 2020-12-31 |
| '990101000009 | 郑十 | 已稳定 | 2020-12-31 |
""",
    "鉴定.xlsx": """
| 姓名 | 身份证号 | 鉴定等级 | 鉴定日期 |
| 冯甲 | '990101198506060818 | D级 | 2020-05-01 |
| 陈乙 | '990101198803030912 | A级 | 2020-05-01 |
""",
    "企业.csv": """
| 统一社会信用代码 | 企业名称 |
| 91990101MA00000001 | 样例公司 |
""",
    "说明.xlsx": """
| 甲 | 乙 |
| 1 | 2 |
""",
}
DESCRIBED = """
stale_after: 180
lists:
  - name: 机动车            # another name of 车辆
    file: "车管*.xlsx"
    columns: {车主身份证: 证件号码}
    date: 2020-12-01
    hit: 应退
    exceptions: ["购置价格 < 30000", "车辆类型 LIKE '%农用%'"]
    department: 公安
  - {name: 特困, file: 特困/*.csv, hit: 应纳, department: 民政}
  - {name: 死亡, file: 殡葬.xls, department: 民政}
  - {name: 房产, file: 不动产.xlsx, sheet: 今年, hit: 应退, department: 自然资源, date: 2020-12-31}
  - name: 光伏收益
    key: 证件号码
    file: 光伏.tsv
    columns: {年收益: {type: 数字, unit: 元}}
    hit: 提示
    exceptions: 年收益 < 1000
    why: 光伏收益要计入收入
  - {name: 注销户, key: 户编号, file: 注销户.csv, hit: 应退, columns: {注销原因: {type: 文本}}}
  - {name: 专班移交, key: 户编号, hit: 应纳, columns: {情形: {type: 文本}}, exceptions: ["情形 = '已稳定'"]}
  - {name: 房屋鉴定, file: 鉴定.xlsx, hit: 应纳}
  - {name: 涉农企业, file: 企业.csv, key: 统一社会信用代码, columns: {统一社会信用代码: {type: 编号}, 企业名称: {type: 文本}}}
  - {name: 残联, hit: 应纳}
"""


@pytest.fixture
def audited(sketch, tmp_path):
    """Audit the registry against lists drawn in a folder."""

    def go(described: str = DESCRIBED, lists: dict[str, str] | None = None, registry: str = REGISTRY, **settings):
        for name, text in (LISTS if lists is None else lists).items():
            sketch(text, f"lists/{name}")
        (tmp_path / "lists").mkdir(exist_ok=True)
        (tmp_path / "lists" / "lists.yaml").write_text(described, "utf-8")
        asked = Settings(today=date(2021, 6, 1), **settings)
        return run(Request((sketch(registry),), asked, lists=(("", tmp_path / "lists"),)))

    return go


def told(audit):
    return [
        (f.rule, f.list, f.household, f.person, [(p.file.name, p.sheet, p.row, p.role) for p in f.places])
        for f in sorted(audit.findings, key=lambda f: (f.rule, f.list or "", f.places[0].row or 0))
    ]


def reg(row):
    return ("registry.xlsx", "Sheet1", row, "subject")


def test_every_list_of_a_folder_is_compared_and_each_hit_is_told_once(audited):
    audit = audited(select=("ENT", "RND", "STA028"), profile="sample-990101")
    special = "2020年6月特困人员名单.csv"
    assert told(audit) == [
        ("ENT004", "车辆", "990101000001", "张三", [reg(2), ("车管2020.xlsx", "Sheet1", 4, "list"), ("车管2020.xlsx", "Sheet1", 5, "list")]),
        ("ENT006", "房产", "990101000002", "王五", [reg(4), ("不动产.xlsx", "今年", 2, "list")]),
        ("ENT017", "死亡", "990101000003", "赵六", [reg(6), ("殡葬.xls", "Sheet1", 2, "list")]),
        ("ENT026", "房屋鉴定", None, "陈乙", [("鉴定.xlsx", "Sheet1", 3, "subject")]),
        ("ENT026", "特困", None, "张三", [(special, "", 3, "subject")]),
        ("ENT027", "光伏收益", "990101000001", "李四", [reg(3), ("光伏.tsv", "", 2, "list")]),
        ("ENT028", "注销户", "990101000003", "赵六", [reg(6), ("注销户.csv", "", 2, "list"), ("注销户.csv", "", 3, "list")]),
        ("ENT029", "专班移交", "990101000008", "吴九", [("专班移交.xlsx", "Sheet1", 3, "subject")]),
        ("RND009", "特困", None, None, [(special, "", None, "subject")]),
        ("STA028", "房屋鉴定", None, "冯甲", [("鉴定.xlsx", "Sheet1", 2, "subject")]),
    ]  # fmt: skip
    counts = audit.counts
    assert (counts["ENT025"].failed, counts["ENT025"].silenced, counts["ENT025"].unknown) == (
        2,
        2,
        3,
    )  # 钱七: two lists; 赵六: a car of his name with a number Excel has rounded
    assert (counts["ENT026"].failed, counts["ENT026"].silenced, counts["ENT026"].unknown) == (3, 1, 2)  # 周八, 钱七
    assert not {"ENT025", "ENT026", "ENT027", "ENT028", "ENT029"} & {each.rule for each in audit.not_run}
    assert all("·" not in rule for rule in (*audit.rules, *counts, *(each.rule for each in audit.not_run)))


def test_without_a_profile_the_meaning_of_lists_yaml_alone_says_who_should_leave(audited):
    audit = audited(select=("ENT025",))
    assert told(audit) == [
        ("ENT025", "房产", "990101000002", "王五", [reg(4), ("不动产.xlsx", "今年", 2, "list")]),
        ("ENT025", "房产", "990101000002", "王小五", [reg(5), ("不动产.xlsx", "今年", 3, "list")]),
        ("ENT025", "车辆", "990101000001", "张三", [reg(2), ("车管2020.xlsx", "Sheet1", 4, "list"), ("车管2020.xlsx", "Sheet1", 5, "list")]),
    ]  # fmt: skip
    assert len({finding.id for finding in audit.findings}) == 3


def test_a_finding_says_whose_list_it_is_of_which_day_and_what_does_not_excuse(audited):
    only = DESCRIBED.replace("hit: 提示", "hit: 应退").replace("年收益 < 1000", "年收益 < 1000 OR 姓名 = '无'")
    found = {each.list: each for each in audited(only, select=("ENT025",)).findings}
    assert found["车辆"].message == (
        "张三在名单“车辆”中，按名单说明应退出，现仍在册（名单：证件号码：990101196005010119，姓名：张三，车辆类型：小型轿车；"
        "证件号码：990101196005010119，姓名：张三，车辆类型：小型普通客车，购置价格：86000）"
        "（公安；名单日期 2020-12-01；例外都没有得到名单证实：购置价格 < 30000、车辆类型 LIKE '%农用%'）"
    )
    assert found["车辆"].message_en.endswith(
        "(公安; list of 2020-12-01; the list proves no exception: 购置价格 < 30000, 车辆类型 LIKE '%农用%')"
    )
    assert found["光伏收益"].basis == "名单说明 lists.yaml：光伏收益要计入收入"
    assert found["车辆"].secrets["990101196005010119"] == "证件"
    assert found["车辆"].secrets["张三"] == "姓名"


def test_a_blank_cell_proves_no_exception_and_is_named(audited):
    cars = {"车管2020.csv": "| 身份证号 | 姓名 | 购置价格 |\n| 990101196005010119 | 张三 |  |\n"}
    described = "lists:\n  - {name: 车辆, file: 车管*.csv, hit: 应退, exceptions: 购置价格 < 30000}\n"
    (finding,) = audited(described, cars, select=("ENT025",)).findings
    assert "例外都没有得到名单证实：购置价格 < 30000（购置价格空白）" in finding.message


def test_the_head_of_the_report_says_of_each_list_what_was_compared_and_how_old_it_is(audited, tmp_path):
    notes = [zh for zh, _ in audited(select=("ENT",)).notes]
    assert [note for note in notes if "名单" in note] == [
        "名单“车辆”（公安）：6 行，其中 1 行的证件号码空白或读不出，没有比对，1 行的证件号码前面的行已有，登记表在册 2 人在名单上，"
        "2 行的人不在册（按证件号码），名单日期 2020-12-01，比登记表早 30 天。",
        "名单“特困”（民政）：4 行，其中 1 行的证件号码空白或读不出，没有比对，登记表在册 1 人在名单上，2 行的人不在册（按证件号码），"
        "名单日期 2020-06-30，比登记表早 184 天，超过名单说明给出的 180 天，已过时。",
        "名单“死亡”（民政）：1 行，登记表在册 1 人在名单上，0 行的人不在册（按证件号码），没有写明名单日期。",
        "名单“房产”（自然资源）：2 行，登记表在册 2 人在名单上，0 行的人不在册（按证件号码），名单日期 2020-12-31，与登记表同日。",
        "名单“光伏收益”：2 行，登记表在册 2 人在名单上，0 行的人不在册（按证件号码），没有写明名单日期。",
        "名单“注销户”：2 行，1 行的户编号前面的行已有，登记表在册 1 户在名单上，0 行的户不在册（按户编号），没有写明名单日期。",
        "名单“专班移交”：3 行，登记表在册 1 户在名单上，2 行的户不在册（按户编号），名单日期 2020-12-31，与登记表同日。",
        "名单“房屋鉴定”：2 行，登记表在册 0 人在名单上，2 行的人不在册（按证件号码），没有写明名单日期。",
        "名单“涉农企业”：1 行，没有写明名单日期。",
        f"名单“残联”没有文件：{tmp_path / 'lists'} 里找不到 残联*，这份名单没有比对。",
        "名单文件夹里有 1 个文件没有写进 lists.yaml，没有读：说明.xlsx。",
        "车管2020.xlsx › Sheet1：标题或文件名写的日期是 2020-12-31，名单说明写的是 2020-12-01，以名单说明为准。",
    ]


def test_a_list_is_stale_by_the_days_somebody_gives_and_by_none_of_our_own(audited):
    def days(described: str, **settings) -> list[str | None]:
        return sorted(finding.list or "" for finding in audited(described, select=("RND009",), **settings).findings)

    assert days(DESCRIBED) == ["特困"]
    assert days(DESCRIBED.replace("stale_after: 180\n", "")) == []
    assert days(DESCRIBED.replace("department: 公安", "department: 公安\n    stale_after: 29")) == ["特困", "车辆"]
    assert days(DESCRIBED, given={"数据日期相差天数": 184.0}) == []


def test_without_a_hit_nothing_is_guessed_of_a_list(audited):
    meant = DESCRIBED.replace("hit: 应退", "why: 未定").replace("hit: 应纳", "why: 未定").replace("hit: 提示\n    ", "")
    audit = audited(meant, select=("ENT025", "ENT026", "ENT027", "ENT028", "ENT029"))
    assert (audit.findings, audit.counts) == ((), {})
    assert {each.rule: each.missing for each in audit.not_run} == {
        "ENT025": ("应退",), "ENT026": ("应纳",), "ENT027": ("提示",), "ENT028": ("应退户",), "ENT029": ("应纳户",),
    }  # fmt: skip


def test_all_faults_of_a_lists_yaml_are_told_at_once_each_with_its_line(audited, tmp_path):
    described = """lists:
  - {name: 车辆, hitt: 应退, hit: 应当退, date: 去年, stale_after: 半年}
  - {name: 车俩}
  - {name: 光伏, key: 证件号码, file: ../光伏.csv, columns: {年收益: {type: 金额}, 收益: 收益额}}
  - {name: 企业户, key: 信用代码, hit: 应退, columns: {信用代码: {type: 编号}}}
  - {name: 机动车}
"""
    with pytest.raises(ListsError) as caught:
        audited(described, {})
    file = tmp_path / "lists" / "lists.yaml"
    told_lines = [line for line in caught.value.zh.splitlines() if line.startswith(str(file))]
    assert caught.value.zh.startswith("名单说明有 10 处错误：")
    assert [line.removeprefix(f"{file}:").split("：")[0] for line in told_lines] == [
        "2:16: 没有叫“hitt”的键，最接近的是“hit”；可写",
        "2:31: hit 写 应退、应纳 或 提示，不是“应当退”",
        "2:42: “去年”不是日期",
        "2:59: stale_after 应是天数，如 180",
        "3:12: fupin 没有自带“车俩”名单，最接近的是“车辆”；自定的名单要写主键，如 key: 证件号码",
        "4:33: “../光伏.csv”要在 lists.yaml 所在的文件夹里",
        "4:66: 列“年收益”要写类型 type",
        "4:75: 名单“光伏”没有“收益额”这一列；新的列要写类型，如 {type: 数字}",
        "5:33: 主键是 信用代码 的名单不能写 hit: 应退",
        "6:12: 名单“车辆”写了两次（第 2 行已有）",
    ]


def test_a_fault_in_an_exception_is_shown_at_its_place(audited, tmp_path):
    with pytest.raises(ListsError) as caught:
        audited("lists:\n  - name: 车辆\n    hit: 应退\n    exceptions:\n      - 购买价格 < 30000\n", {})
    assert caught.value.zh.splitlines()[1:] == [
        f"{tmp_path / 'lists' / 'lists.yaml'}:5:9: 名单“车辆”里没有“购买价格”这一列；相近的有：购置价格",
        "          - 购买价格 < 30000",
        "            ^^^^",
    ]


def test_a_folder_without_lists_yaml_and_a_list_described_twice_are_refused(audited, sketch, tmp_path):
    (tmp_path / "empty").mkdir()
    asked = Settings(today=date(2021, 6, 1))
    with pytest.raises(InputError, match=r"there is no lists\.yaml"):
        run(Request((sketch(REGISTRY),), asked, lists=(("", tmp_path / "empty"),)))
    audited("lists:\n  - {name: 车辆}\n", {})
    other = tmp_path / "other.yaml"
    other.write_text("lists:\n  - {name: 机动车}\n", "utf-8")
    with pytest.raises(UsageError, match="make it one entry"):
        run(Request((sketch(REGISTRY),), asked, lists=(("", tmp_path / "lists"), ("", other))))


def test_the_sample_lists_are_compared_as_their_lists_yaml_says_and_no_number_is_shown(tmp_path):
    report = tmp_path / "report.json"
    said = fupin(
        "audit", SAMPLES / "county_clean.xlsx", "--list", SAMPLES / "lists", "--fail-on", "never", "-o", report
    )
    assert (said[0], said[1]) == (0, "")
    text = report.read_text("utf-8")
    found = json.loads(text)
    planted = [one for one in json.loads((SAMPLES / "planted.json").read_text("utf-8")) if "lists/" in one["file"]]
    told_of = {(each["household"], each["list"]) for each in found["findings"] if each["rule"] in {"ENT025", "ENT027"}}
    for excused in (False, True):
        hits = {(one["household"], Path(one["file"]).stem) for one in planted if one["excused"] is excused}
        assert hits
        assert hits & told_of == (set() if excused else hits)
    assert re.findall(r"\d{17}[\dX]", text) == []


def test_every_list_that_is_shipped_may_stand_in_a_folder_and_is_read_by_its_own_headings(audited):
    kinds = load_rulebook().dictionary.lists.values()
    texts = {"证件": "990101196005010119", "姓名": "张三", "日期": "2020-06-01", "编号": "990101000001", "年份": "2020"}
    drawn, entries = {}, []
    for kind in kinds:
        names = [column.name for column in kind.columns.values()]
        cells = [texts.get(kind.columns[name].type, "1") for name in names]
        drawn[f"{kind.name}.csv"] = f"| {' | '.join(names)} |\n| {' | '.join(cells)} |\n"
        entries.append(f"  - {{name: {kind.name}, file: {kind.name}.csv}}\n")
    audit = audited("lists:\n" + "".join(entries), drawn)
    layouts = {layout.kind: layout for layout in audit.layouts if layout.kind.startswith("名单:")}
    assert {name.removeprefix("名单:") for name in layouts} == {kind.name for kind in kinds}
    assert {name: layout.unmapped for name, layout in layouts.items() if layout.unmapped} == {}
    assert [each for each in audit.not_run if each.reason == "list"] == []


CARS = "lists:\n  - {name: 车辆, file: 车管.csv, hit: 应退, exceptions: 购置价格 < 30000, department: 公安}\n"
CARS_CSV = """
| 身份证号 | 姓名 | 购置价格 | 车辆类型 |
| 990101196005010119 | 欧阳修竹 | 86000 | 小型轿车 |
| 990101196208010223 | 李四 | 2000 | 小型轿车 |
| 990101201203010615 | 王小五 | 50000 | 残疾人专用汽车 |
"""


@pytest.fixture
def asked(sketch, tmp_path):
    """Ask a command about the registry, without the member whose number is damaged, and one list of cars in a folder."""
    sketch(CARS_CSV, "lists/车管.csv")
    (tmp_path / "lists" / "lists.yaml").write_text(CARS, "utf-8")
    registry = sketch(REGISTRY.replace("n:990101199001010510", "'990101199001010512"))

    def ask(*words: str) -> tuple[int, str, str]:
        given = (*words, registry, "--list", tmp_path / "lists", "--quiet", "--lang", "zh")
        done = CliRunner().invoke(app, [str(each) for each in given])
        return done.exit_code, done.stdout, done.stderr

    return ask


def test_explain_says_of_a_hit_what_the_audit_says_and_masks_the_rows_of_the_list(asked):
    report = json.loads(asked("audit", "--select", "ENT025", "--format", "json", "--fail-on", "never")[1])
    code, out, err = asked("explain", "ENT025", "--format", "json")
    assert (code, err) == (0, "")
    explained = [(one["rule"], one["list"], one["finding"], one["message"]) for one in json.loads(out)["explanations"]]
    assert explained == [("ENT025", "车辆", one["id"], one["message"]) for one in report["findings"]]
    assert explained[0][3].endswith(
        "购置价格：86000，车辆类型：小型轿车）（公安；例外都没有得到名单证实：购置价格 < 30000）"
    )
    page = asked("explain", "ENT025")[1]
    assert [text for text in ("ENT025·", "欧阳修竹", "990101196005010119") if text in page] == []


def test_explain_shows_no_finding_that_another_rule_has_told(asked):
    profile = ("--profile", "sample-990101")
    code, _, err = asked("explain", "ENT025", *profile)
    assert code == 2
    assert "规则 ENT025 的不符都已由别的规则报过；可用 --household 户编号 看某一户。" in err
    shown = json.loads(asked("explain", "ENT025", *profile, "--household", "990101000001", "--format", "json")[1])
    assert [(one["verdict"], one["finding"], one["rule"]) for one in shown["explanations"]] == [
        ("fail", None, "ENT025"),
        ("pass", None, "ENT025"),
    ]


def test_whatif_names_rule_and_list_apart(asked):
    case = ("whatif", "现行", "sample-990101", "--select", "ENT025")
    code, out, err = asked(*case, "--format", "json")
    assert (code, err) == (0, "")
    told = json.loads(out)
    assert told["rules"][0]["rule"] == "ENT025"
    assert told["rules"][0]["changes"] == [{"before": "fail", "after": "pass", "rows": 1}]
    assert [(one["rule"], one["list"], one["person"]) for one in told["changes"]] == [("ENT025", "车辆", "王*五")]
    page = asked(*case)[1]
    assert "ENT025 车辆" in page
    assert "ENT025·" not in page


def test_a_registry_of_households_says_that_it_has_no_members_and_not_that_the_list_is_missing(audited):
    households = "| 户编号 | 户主姓名 | 家庭人口 | 数据日期 |\n| '990101000001 | 张三 | 2 | 2020-12-31 |\n"
    audit = audited(select=("ENT025", "ENT026", "ENT027"), registry=households)
    assert {each.rule: (each.reason, set(each.missing)) for each in audit.not_run} == dict.fromkeys(
        ("ENT025", "ENT026", "ENT027"), ("column", {"家庭成员表", "证件号码"})
    )


def test_who_has_died_is_said_to_be_no_present_member_and_not_to_be_nowhere(audited):
    cars = {"低保.csv": "| 身份证号 | 姓名 |\n| 990101195505050717 | 赵老 |\n"}
    (finding,) = audited("lists:\n  - {name: 低保, hit: 应纳}\n", cars, select=("ENT026",)).findings
    assert finding.message == "名单“低保”上的赵老不是登记表里的在册人员，按名单说明应当纳入"
    assert finding.message_en == (
        "赵老, on the list “低保”, is no present member of a household of the registry; the list means entry"
    )


def test_a_sheet_and_a_heading_that_no_file_of_a_list_has_are_told(audited):
    lists = {"车管1.xlsx": "# 一月\n" + CARS_CSV.strip(), "车管2.xlsx": "# 二月\n" + CARS_CSV.strip()}
    described = """lists:
  - {name: 车辆, file: 车管*.xlsx, sheet: [一月, 三月], hit: 应退, columns: {排量: 排气量, 车型: 车辆类型}}
"""
    notes = [zh for zh, _ in audited(described, lists, select=("ENT025",)).notes]
    assert [note for note in notes if "没有" in note and "名单日期" not in note] == [
        "名单“车辆”的文件里没有工作表“三月”（有：一月、二月）；名单说明要的这张表没有比对。",
        "名单“车辆”里没有名单说明写的表头“排量”，排气量 按没有这一列算。",
    ]
