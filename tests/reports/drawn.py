"""Draw an Audit by hand: an invented county, three findings that differ in scope."""

from datetime import date
from pathlib import Path

from fupin_cli.model.audit import Audit, Counts
from fupin_cli.model.finding import Finding, UsedParameter
from fupin_cli.model.place import Place
from fupin_cli.model.rule import Basis, NotRun, Rule
from fupin_cli.model.sheet import Sheet
from fupin_cli.model.table import Layout, LeftOut, Mapped

BOOK = Path("大田乡.xlsx")


def rule(id_, name, name_en, severity, scope="人"):
    return Rule(
        id=id_,
        name=name,
        scope=scope,
        severity=severity,
        message="",
        why=f"{name}说明记录与政策不符。",
        fix=f"核实后更正（{id_}）。",
        basis=Basis(document="某发〔2019〕1号", says="应当如此"),
        file=Path(f"rules/{id_}.yaml"),
        name_en=name_en,
    )


RULES = {
    made.id: made
    for made in (
        rule("FMT007", "列中有空格", "blanks in a column", "notice", "列"),
        rule("IDN006", "证件号码重复", "identity number used twice", "error", "跨户"),
        rule("EDU001", "义务教育适龄失学", "school-age child out of school", "error"),
        rule("INC006", "脱贫户收入低于收入线", "income below the line", "warning", "户"),
        rule("WAT005", "取水时间过长", "water too far", "error", "户"),
        rule("HSG002", "住危房", "unsafe house", "error", "户"),
        rule("ENT004", "名下有车", "owns a car", "warning"),
    )
}


def layout():
    sheet = Sheet(file=BOOK, name="花名册", relation="sheet_0_0", width=6, row_count=120, last_row=122)
    return Layout(
        source=0,
        sheet=sheet,
        kind="人",
        title="大田乡花名册",
        heading_rows=(2, 3),
        first_row=4,
        last_row=120,
        columns=(
            Mapped("户编号", 1, "B", "户编号", "exact"),
            Mapped("姓名", 2, "C", "成员姓名", "normalised"),
            Mapped("证件号码", 3, "D", "证件号", "nearest", 88.4),
        ),
        unmapped={"T": "备注"},
        left_out=(LeftOut(1, 1, "title"), LeftOut(121, 122, "total")),
        doubts=(("表头“证件号”按“证件号码”读取，请确认。", 'heading "证件号" is read as 证件号码: please confirm.'),),
    )


def finding(id_, rule_id, **parts):
    made = RULES[rule_id]
    filled = {
        "severity": made.severity,
        "scope": made.scope,
        "places": (Place(BOOK, "花名册", 12, ("O12",)),),
        "household": "990101000123",
        "person": "张小三",
        "village": "石桥村",
        "township": "大田乡",
        "column": None,
        "list": None,
        "values": {},
        "message": "",
        "message_en": "",
        "basis": "某发〔2019〕1号：应当如此",
        "fix": made.fix,
        "fix_en": "check and correct.",
        "secrets": {},
    }
    return Finding(id=id_, rule=rule_id, **{**filled, **parts})


SCHOOL = finding(
    "EDU001-1a2b3c4d",
    "EDU001",
    values={"姓名": "张小三", "在校生状况": "非在校生", "户编号": "990101000123", "人编号": "99010100012301"},
    message="张小三，10岁，在校生状况为“非在校生”",
    message_en="张小三, 10 years old, 在校生状况 is 非在校生",
    secrets={"张小三": "姓名"},
)
TWICE = finding(
    "IDN006-5e6f7a8b",
    "IDN006",
    places=(
        Place(BOOK, "花名册", 12, ("D12",)),
        Place(BOOK, "花名册", 40, ("D40",), "other"),
    ),
    values={"证件号码": "11010519491231002X", "联系电话": "13800001234"},
    message="证件号码 11010519491231002X 也登记在户 990101000456 的李四名下，电话 13800001234",
    message_en="certificate 11010519491231002X is also that of 李四, household 990101000456, phone 13800001234",
    secrets={"11010519491231002X": "证件", "13800001234": "电话", "张小三": "姓名", "李四": "姓名"},
)
INCOME = finding(
    "INC006-9c0d1e2f",
    "INC006",
    places=(Place(BOOK, "花名册", 20, ()),),
    household="990101000456",
    person=None,
    township="小河乡",
    village="上坝村",
    message="人均纯收入 3200 元，低于 4000 元",
    message_en="income per head 3200, below 4000",
    parameters=(UsedParameter("收入线", 4000.0, "2020-01-01", "全国", "某文件"),),
)
BLANKS = finding(
    "FMT007-00112233",
    "FMT007",
    places=(Place(BOOK, "花名册", None, ("C5", "C9")),),
    household=None,
    person=None,
    village=None,
    township=None,
    column="姓名",
    message="“姓名”列有 2 个单元格含空格",
    message_en="2 cells of 姓名 hold blanks",
)


def audit(**parts):
    filled = {
        "as_of": date(2020, 12, 31),
        "profile": None,
        "region": "990101",
        "engine": "duckdb",
        "layouts": (layout(),),
        "households": 40,
        "persons": 117,
        "findings": (SCHOOL, TWICE, INCOME, BLANKS),
        "rules": RULES,
        "counts": {
            "FMT007": Counts(passed=5, failed=1),
            "IDN006": Counts(passed=115, failed=1, unknown=1),
            "EDU001": Counts(passed=96, failed=1, unknown=3, not_applicable=17),
            "INC006": Counts(passed=38, failed=1, unknown=1, silenced=1),
        },
        "not_run": (
            NotRun("WAT005", "column", ("取水时间",)),
            NotRun("HSG002", "column", ("危房级别", "危房户")),
            NotRun("ENT004", "list", ("车辆",)),
        ),
        "notes": (("收入线=4000 由用户给定，没有出处。", "收入线=4000: given by the user, not sourced."),),
        "townships": {"大田乡": (25, 77), "小河乡": (15, 40)},
    }
    return Audit(**{**filled, **parts})
