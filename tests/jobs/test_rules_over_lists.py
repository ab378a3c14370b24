"""Every rule over a list, from the files to single verdicts: on the list, on it but not meant, not on it, a blank there, a number damaged."""

from datetime import date

import pytest
from msgspec import Struct, field

from fupin_cli.findings import explain
from fupin_cli.findings.changes import OUTCOMES
from fupin_cli.jobs.audit import run
from fupin_cli.jobs.ground import opened
from fupin_cli.jobs.request import Request
from fupin_cli.jobs.result import result
from fupin_cli.model.settings import Settings
from fupin_cli.rules import load_rulebook
from tests.sketch import write_sketch

FIVE = ("hit", "past", "absent", "blank", "damaged")  # the fifth has a number Excel has rounded
GIVEN = {"纳税金额下限": 1000.0, "种植面积上限": 50.0, "大额自付线": 10000.0, "数据比对轮数": 2.0}
EXCUSED = {  # what the profile of these tests excuses
    "ENT001": "人员类别 LIKE '%公益%'",
    "ENT003": "离任日期 <= 本人(数据日期)",
    "ENT004": "购置价格 < 30000",
    "ENT005": "购置价格 < 30000",
    "ENT006": "取得方式 LIKE '%继承%'",
    "ENT007": "登记状态 LIKE '%注销%'",
    "ENT008": "登记状态 LIKE '%注销%'",
}
_LETTERS = {"fail": "f", "pass": "p", "unknown": "u", "not applicable": "n"}


class Case(Struct, frozen=True):
    """Five households of one person each, and a rule's verdict on each: f fail, p pass, u unknown, n not applicable."""

    rule: str
    verdicts: str
    lists: dict[str, tuple[str | None, str | None, str | None]]  # rows of hit, past, blank: "列=值；列=值", rows with /
    registry: dict[str, str] = field(default_factory=dict)  # column → one value for all, or five with /
    born: str = "19800101"


CASES = (
    Case("ENT001", "fppfu", {"财政供养": ("人员类别=公务员", "人员类别=公益性岗位", "")}),
    Case("ENT002", "fppuu", {"社保公积金": ("缴费月数=6", "缴费月数=5", "")}),
    Case("ENT003", "fppfu", {"村干部": ("职务=村主任", "离任日期=2019-06-30", "")}),
    Case("ENT004", "fppfu", {"车辆": ("购置价格=30000", "购置价格=29999", "")}),
    Case("ENT005", "fppfu", {"农机": ("购置价格=30000", "购置价格=29999", "")}),
    Case("ENT006", "fppfu", {"房产": ("取得方式=购买", "取得方式=继承", "")}),
    Case("ENT007", "fppfu", {"工商": ("登记状态=存续", "登记状态=已注销", "")}),
    Case("ENT008", "fppfu", {"个体工商户": ("登记状态=存续", "登记状态=已注销", "")}),
    Case(
        "ENT009", "fppuu", {"纳税": ("纳税年度=2020；纳税金额=1000", "纳税年度=2019；纳税金额=1000", "纳税年度=2020")}
    ),
    Case("ENT010", "fppuu", {"合作社": ("职务=理事长", "职务=社员", "")}),
    Case("ENT011", "fppuu", {"种养大户": ("面积=50.5", "面积=50", "")}),
    Case("ENT012", "fppuu", {"出国": ("出境事由=自费留学", "出境事由=公派留学", "")}),
    Case("ENT013", "fppuu", {"商业保险": ("险种=养老年金", "险种=意外险", "")}),
    Case("ENT014", "fppuu", {"违法处理": ("案由=赌博", "案由=超速", "")}),
    Case("ENT015", "fppuu", {"赡养人": ("有无车辆=有", "是否财政供养=否；有无房产=无；有无车辆=无", "")}),
    Case("ENT016", "fppuu", {"外出居住": ("离开日期=2019-12-31", "离开日期=2020-01-31", "")}),
    Case(
        "ENT017",
        "fppuu",
        {"死亡": ("火化日期=2020-03-02", "死亡日期=2021-01-01；火化日期=2021-01-02；注销日期=2021-01-03", "")},
    ),
    Case("ENT018", "fppuu", {"服刑": ("刑满日期=2021-01-01", "刑满日期=2020-12-31", "")}),
    Case(
        "ENT019",
        "fppuu",
        {"扶贫资金发放": ("补贴名称=农村低保金/补贴名称=特困供养金", "补贴名称=低保金", "补贴名称=低保金/发放金额=1")},
    ),
    Case("ENT020", "fpppu", {"扶贫资金发放": ("", "", None), "村干部": ("", None, "")}),
    Case(  # a blank 监测对象类别 says that the household is not watched
        "ENT022",
        "fppuu",
        {"房屋鉴定": ("鉴定等级=D级", "鉴定等级=A级；是否无房=否", "")},
        {"户类型": "一般农户", "监测对象类别": ""},
    ),
    Case("EDU003", "ppfpu", {"残疾儿童教育认定": ("", "", "")}, {"失学或辍学原因": "因残"}),
    Case("EDU011", "ppfpu", {"学籍": ("", "", "")}, {"在校生状况": "小学"}),
    Case(
        "EDU012",
        "fpnuu",
        {"雨露计划": ("", "", "")},
        {"在校生状况": "普通高中一年级/中职一年级/非在校生/初中/非在校生"},
    ),
    Case("EDU027", "fnnfu", {"学籍": ("学籍状态=在读", "学籍状态=毕业", "")}, {"在校生状况": "非在校生"}),
    Case("AID010", "fppuu", {"小额信贷": ("贷款日期=2022-12-31", "贷款日期=2023-01-01", "")}, born="20050101"),
    Case(
        "AID011",
        "fppuu",
        {
            "小额信贷": (
                "贷款金额=50001；贷款日期=2018-01-01；到期日期=2020-01-01",
                "贷款金额=50000；贷款日期=2018-01-01；到期日期=2021-01-01",
                "贷款日期=2018-01-01；到期日期=2020-01-01",
            )
        },
    ),
    Case("AID012", "fppuu", {"小额信贷": ("贷款用途=购房", "贷款用途=养殖", "结清日期=2020-01-01")}),
    Case("AID013", "fppuu", {"小额信贷": ("到期日期=2020-12-30；是否续贷=否", "到期日期=2020-12-31", "")}),
    Case(
        "AID014",
        "fppuu",
        {"扶贫资金发放": ("发放日期=2020-03-03", "发放日期=2020-03-02", "")},
        {"人员状态": "自然减少", "人员变更时间": "2020-03-02"},
    ),
    Case(
        "MED010",
        "fpnuu",
        {"残联": ("残疾类别=智力；残疾等级=二级", "残疾类别=肢体；残疾等级=二级", "残疾类别=肢体")},
        {"残疾类别": "肢体残疾", "残疾等级": "2级"},
    ),
    Case("MED016", "fpfpu", {"医保": ("参保年度=2019", "参保年度=2020", "")}, {"居民医保": "是"}),
    Case("MED017", "ppfpu", {"家庭医生": ("", "", "")}),
    Case(
        "MED018",
        "fnnuu",
        {"医疗费用": ("个人自付=10000", "个人自付=9999", "")},
        {"数据日期": "2021-12-31"},
    ),
    Case("MED028", "fpnfu", {"残联": ("", "", "")}, {"健康状况": "健康/残疾/健康/健康/健康"}),
    Case("MED029", "fnnfu", {"医保": ("参保年度=2020", "参保年度=2019", "")}, {"居民医保": "否", "职工医保": "否"}),
)


def numbered(born: str, serial: int) -> str:
    """Return an identity number of the invented county with its check character."""
    body = f"990101{born}{serial:03}"
    factors = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return body + "10X98765432"[sum(int(digit) * factor for digit, factor in zip(body, factors, strict=True)) % 11]


def household(case: int, person: int) -> str:
    return f"990101{case:03}{person:03}"


def drawn(rows: list[dict[str, str]]) -> str:
    """Return rows as a table: every column that any of them has."""
    columns = list(dict.fromkeys(column for row in rows for column in row))
    lines = [columns, *([row.get(column, "") for column in columns] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


def registry(cases) -> str:
    rows = []
    for number, case in enumerate(cases):
        for person in range(5):
            serial = number * 5 + person
            told = {column: (text.split("/") * 5)[person] for column, text in case.registry.items()}
            certificate = "n:990101198001010990" if person == 4 else f"'{numbered(case.born, serial)}"
            rows.append(
                {"户编号": f"'{household(number, person)}", "姓名": "张三", "与户主关系": "户主",
                 "证件号码": certificate, "数据日期": "2020-12-31", **told}
            )  # fmt: skip
    return drawn(rows)


def listed(cases) -> dict[str, str]:
    """Return the lists of all cases: a list that several rules ask has the rows of each."""
    rows: dict[str, list[dict[str, str]]] = {}
    for number, case in enumerate(cases):
        for name, (hit, past, blank) in case.lists.items():
            for person, text in ((0, hit), (1, past), (3, blank)):
                for row in [] if text is None else text.split("/"):
                    cells = dict(part.split("=", 1) for part in row.split("；") if part)
                    certificate = f"'{numbered(case.born, number * 5 + person)}"
                    rows.setdefault(name, []).append({"身份证号": certificate, "姓名": "张三", **cells})
    return {name: drawn(found) for name, found in rows.items()}


@pytest.fixture(scope="module")
def judged(tmp_path_factory):
    """Audit all cases in one run: each rule's verdicts by 户编号, and the households its findings name."""
    folder = tmp_path_factory.mktemp("cases")
    items = "".join(
        f'  - {{rule: ENT{n:03}, says: 各项, exceptions: ["{EXCUSED[f"ENT{n:03}"]}"]}}\n'
        if f"ENT{n:03}" in EXCUSED
        else f"  - {{rule: ENT{n:03}, says: 各项}}\n"
        for n in range(1, 19)
    )
    (folder / "rules" / "profiles").mkdir(parents=True)
    (folder / "rules" / "profiles" / "各项.yaml").write_text(
        f'name: 各项\ntitle: 各项\nregion: "990101"\nbasis: {{convention: 虚构}}\nitems:\n{items}', "utf-8"
    )
    request = Request(
        (write_sketch(folder / "登记表.xlsx", registry(CASES)),),
        Settings(
            today=date(2021, 1, 1), profile="各项", given=GIVEN, severity="notice",
            select=tuple(case.rule for case in CASES),
        ),
        lists=tuple((name, write_sketch(folder / f"{name}.xlsx", text)) for name, text in listed(CASES).items()),
        rules_dir=folder / "rules",
    )  # fmt: skip
    with opened(request, lambda *_: None) as ground:
        found = ground.judged(ground.settings)
        audit = result(found, ground.read, explain(found, lambda *_: None))
        verdicts = {
            planned.rule.id: found.engine.rows(
                f'SELECT h."_key", v."{planned.rule.id}" FROM "{planned.level}" r JOIN "verdicts_{planned.level}" v'
                f' ON v."_id" = r."_id" JOIN "户" h ON h."_id" = r."{"_id" if planned.level == "户" else "_household"}"'
            )
            for planned in found.plan.rules.values()
        }
    return verdicts, audit


@pytest.mark.parametrize("number", range(len(CASES)), ids=[case.rule for case in CASES])
def test_a_rule_over_a_list_gives_each_of_five_persons_its_verdict_and_tells_those_it_fails(judged, number):
    verdicts, audit = judged
    case = CASES[number]
    assert audit.not_run == ()
    own = [household(number, person) for person in range(5)]
    said = dict(verdicts[case.rule])
    given = dict(zip(FIVE, "".join(_LETTERS[OUTCOMES[said[key]]] for key in own), strict=True))
    assert given == dict(zip(FIVE, case.verdicts, strict=True))
    told = {finding.household for finding in audit.findings if finding.rule == case.rule}
    assert told & set(own) == {key for key, letter in zip(own, case.verdicts, strict=True) if letter == "f"}


REGISTRY = """
| 户编号 | 户主姓名 | 姓名 | 与户主关系 | 证件号码 | 人员状态 | 帮扶单位 | 数据日期 |
| '990101000001 | 张三 | 张三 | 户主 | '990101196005010119 | 正常 | 样例县水利局 | 2020-12-31 |
| '990101000001 | 张三 | 张老 | 之父 | '990101195505050717 | 自然减少 | 样例县水利局 | 2020-12-31 |
| '990101000002 | 王五 | 王五 | 户主 | n:990101197001010319 | 正常 | 样例县水利 | 2020-12-31 |
|  | 孙八 | 孙八 | 户主 | '990101196208010223 | 正常 |  | 2020-12-31 |
| '990101000004 | 李四 | 李四 | 户主 | '990101196208010240 | 正常 | #N/A | 2020-12-31 |
"""
PEOPLE = """
| 姓名 | 身份证号 |
| 张三 | '990101196005010119 |
| 张老 | '990101195505050717 |
| 陈外 | '990101198506060818 |
| 陈空 |  |
| 王五 | '990101197001010319 |
"""
HOUSES = """
| 户编号 | 户主姓名 |
| '990101000001 | 张三 |
| '990101000007 | 郑七 |
| | 何九 |
| '990101000008 | 孙八 |
"""
LISTS = {
    "小额信贷": PEOPLE.replace(" |\n", " | |\n").replace("身份证号 | |", "身份证号 | 结清日期 |")
    + "| 陈清 | '990101198801010414 | 2020-06-01 |\n",
    "该纳": PEOPLE,
    "该退": PEOPLE,
    "看看": PEOPLE,
    "退户": HOUSES,
    "纳户": HOUSES,
    "帮扶责任人": PEOPLE,
    "帮扶单位": "| 单位名称 | 帮扶村 |\n| 样例县水利局 | 柳湾村 |\n",
    "数据比对": """
| 户编号 | 户主姓名 | 轮次 |
| '990101000001 | 张三 | 1 |
| '990101000001 | 张三 | 2 |
| '990101000002 | 王五 | 1 |
| '990101000003 | 钱七 | 1 |
| '990101000003 | 钱七 |  |
""",
}
DESCRIBED = """
lists:
  - {name: 小额信贷}
  - {name: 该纳, key: 证件号码, hit: 应纳}
  - {name: 该退, key: 证件号码, hit: 应退}
  - {name: 看看, key: 证件号码, hit: 提示}
  - {name: 退户, key: 户编号, hit: 应退}
  - {name: 纳户, key: 户编号, hit: 应纳}
  - {name: 帮扶责任人}
  - {name: 帮扶单位}
  - {name: 数据比对}
"""
LEDGER = """
| 疑点编号 | 轮次 | 户编号 | 完成时限 | 核实情况 | 是否属实 | 佐证材料 | 整改措施 | 核实日期 | 核实人 | 更正值 | 更正后系统值 | 是否销号 | 销号日期 | 状态 |
| A1 | 1 | '990101000001 | 2020-12-30 |  |  |  |  |  |  |  |  |  |  |  |
| A2 | 1 | '990101000001 | 2020-12-31 |  |  |  |  |  |  |  |  |  |  |  |
| A3 | 1 | '990101000001 | 月底 |  |  |  |  |  |  |  |  |  |  |  |
| B1 | 1 | '990101000001 |  | 已核 | 否 |  |  |  | 张三 | 4000 | 4000.0 |  |  |  |
| B2 | 1 | '990101000001 |  | 已核 | 否 | 照片 |  |  | 张三、李四 | 4000 | 3000 |  |  |  |
| B3 | 1 | '990101000001 |  | 已核 | 否 | #N/A |  |  | #N/A | 4000 | #N/A |  |  |  |
| C1 | 1 | '990101000001 |  | 已核 | 是 |  |  |  |  |  |  |  |  |  |
| C2 | 1 | '990101000001 |  | 已核 | 是 |  | 补录 |  |  |  |  |  |  |  |
| C3 | 1 | '990101000001 |  | 已核 | 是 |  | #N/A |  |  |  |  |  |  |  |
| D1 | 1 | '990101000001 |  | 已核 |  |  |  |  |  |  |  | 是 | 2020-05-01 |  |
| D1 | 2 | '990101000001 |  | 已核 |  |  |  |  |  |  |  |  |  |  |
| D1 | 3 | '990101000001 |  | 已核 |  |  |  |  |  |  |  |  |  |  |
| D2 | 1 | '990101000001 |  | 已核 |  |  |  |  |  |  |  | 是 | 2020-05-01 |  |
| D3 | 二 | '990101000001 |  | 已核 |  |  |  |  |  |  |  | 是 | 2020-05-01 |  |
| D4 | 1 | '990101000001 |  | 已核 |  |  |  |  |  |  |  |  |  |  |
| D4 | 2 | '990101000001 |  | 已核 |  |  |  |  |  |  |  |  |  |  |
| D4 | 二 | '990101000001 |  | 已核 |  |  |  |  |  |  |  |  |  |  |
"""


@pytest.fixture(scope="module")
def by_row(tmp_path_factory):
    """Audit a folder of lists and a ledger: the verdicts of every rule, in the order of the rows it is asked of."""
    folder = tmp_path_factory.mktemp("rows")
    (folder / "名单").mkdir()
    for name, text in LISTS.items():
        write_sketch(folder / "名单" / f"{name}.xlsx", text)
    (folder / "名单" / "lists.yaml").write_text(DESCRIBED, "utf-8")
    request = Request(
        (write_sketch(folder / "登记表.xlsx", REGISTRY),),
        Settings(today=date(2021, 1, 1), given=GIVEN, severity="notice"),
        lists=(("", folder / "名单"),),
        ledgers=(write_sketch(folder / "疑点台账2020年12月31日.xlsx", LEDGER),),
    )
    with opened(request, lambda *_: None) as ground:
        found = ground.judged(ground.settings)
        return {
            planned.rule.id: "".join(
                _LETTERS[OUTCOMES[said]]
                for (said,) in found.engine.rows(
                    f'SELECT "{planned.rule.id}" FROM "verdicts_{planned.level}" ORDER BY "_id"'
                )
            )
            for planned in found.plan.rules.values()
        }


OF_ROWS = {
    "ENT021": "pffuun",  # 张三; 张老, who is dead; a stranger; no number; a namesake's is damaged; a loan paid back
    "ENT025·该退": "fnupp",
    "ENT026·该纳": "pffuu",
    "ENT027·看看": "fnupp",
    "ENT028·退户": "fpup",
    "ENT029·纳户": "pfuu",  # 孙八 has no number in the registry
    "AID007": "pfnu",
    "AID022": "fppuu",
    "RND006": "pnfuu",
    "RND010": "ppuf",
    "RND001": "fpu" + "n" * 14,
    "RND002": "nnnfpu" + "n" * 11,
    "RND003": "nnnnnnfpu" + "n" * 8,
    "RND004": "n" * 9 + "fnnppnnn",
    "RND005": "p" * 9 + "nnfnnuuu",  # D4 came in round 1, in 2 and in one that cannot be read
    "RND007": "nnnfpu" + "n" * 11,
    "RND008": "nnnpfu" + "n" * 11,
}


@pytest.mark.parametrize("rule", OF_ROWS)
def test_a_rule_gives_each_row_its_verdict(by_row, rule):
    assert by_row[rule] == OF_ROWS[rule]


def test_a_grant_after_the_school_year_in_which_the_risk_was_gone_is_told_where_the_rule_holds(sketch):
    cells = ("发放日期=2023-11-20", "发放日期=2023-08-31", "")
    case = Case("EDU013", "fppuu", {"雨露计划": cells}, {"监测对象类别": "边缘易致贫户", "消除监测时间": "2023-08-10"})
    asked = Settings(today=date(2024, 1, 1), region="500101", select=("EDU013",), as_of=date(2023, 12, 31))
    lists = tuple((name, sketch(text, f"{name}.xlsx")) for name, text in listed((case,)).items())
    found = run(Request((sketch(registry((case,))),), asked, lists=lists))
    assert [finding.household for finding in found.findings] == [household(0, 0)]
    counts = found.counts["EDU013"]
    assert (counts.failed, counts.passed, counts.unknown) == (1, 2, 2)


def test_no_rule_over_a_list_of_these_themes_is_left_out():
    themes = ("ENT", "RND", "AID", "MED", "EDU")
    asked = {
        rule.id
        for rule in load_rulebook().rules.values()
        if rule.id.startswith(themes) and (rule.rows or "名单" in rule.must or "名单" in rule.when)
    }
    assert asked == {case.rule for case in CASES} | {rule.partition("·")[0] for rule in OF_ROWS} | {"EDU013"}


def of_benefits(registry, benefits):
    """What STA037 says of each person of a registry, and the audit, with a list of 低保."""
    asked = Settings(today=date(2021, 1, 1), select=("STA037",))
    with opened(Request((registry,), asked, lists=(("低保", benefits),)), lambda *_: None) as ground:
        judged = ground.judged(ground.settings)
        audit = result(judged, ground.read, explain(judged, lambda *_: None))
        said = judged.engine.rows('SELECT "STA037" FROM "verdicts_人" ORDER BY "_id"')
    return "".join(_LETTERS[OUTCOMES[code]] for (code,) in said), audit


def test_a_row_whose_number_is_starred_or_blank_may_be_of_anybody_of_its_name_whose_number_it_does_not_contradict(
    tmp_path,
):
    registry = write_sketch(tmp_path / "登记表.xlsx", """
        | 户编号 | 姓名 | 与户主关系 | 证件号码 | 低保 |
        | '990101000001 | 李四 | 户主 | '990101196208010223 | 农村低保 |
        | '990101000001 | 李小 | 之子 | '990101201203010615 | 农村低保 |
        | '990101000002 | 李四 | 户主 | '990102196208010268 | 农村低保 |
        | '990101000003 | 王五 | 户主 | '990101197001010319 | 未享受 |
        | '990101000004 | 赵六 | 户主 | '99010119800101041X | 未享受 |
        """)  # fmt: skip
    benefits = write_sketch(tmp_path / "低保.xlsx", """
        | 姓名 | 身份证号 | 保障人数 |
        | 李四 | '990101********0223 | 2 |
        | 王五 |  | 1 |
        """)  # fmt: skip
    said, audit = of_benefits(registry, benefits)
    assert said == "uufup"
    assert any("2 行，其中 2 行的证件号码空白或读不出，没有比对" in zh for zh, _ in audit.notes)


def test_an_old_number_of_a_list_is_that_of_the_person_who_has_the_new_one_and_a_number_with_a_digit_lost_anybodys_of_its_name(
    tmp_path,
):
    registry = write_sketch(tmp_path / "登记表.xlsx", """
        | 户编号 | 姓名 | 与户主关系 | 证件号码 | 低保 |
        | '990101000001 | 李四 | 户主 | '990101196208010223 | 未享受 |
        | '990101000002 | 王五 | 户主 | '990101197001010319 | 未享受 |
        | '990101000003 | 赵六 | 户主 | '99010119800101041X | 未享受 |
        | '990101000004 | 钱七 | 户主 | '990101198101010518 | 未享受 |
        """)  # fmt: skip
    benefits = write_sketch(tmp_path / "低保.xlsx", """
        | 姓名 | 身份证号 | 保障人数 |
        | 李四 | '990101620801022 | 2 |
        | 王五 | '99010119700101031 | 1 |
        | 钱七 | 'E12345678 | 1 |
        """)  # fmt: skip
    said, audit = of_benefits(registry, benefits)
    assert said == "fupp"
    (found,) = audit.findings
    assert [entry["证件号码"] for entry in found.evidence] == ["990101620801022"]
