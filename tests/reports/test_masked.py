"""What anybody may see of a finding."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fupin_cli.model.masking import LEVELS, NUMBERS, OPEN, PUBLIC, STRICT
from fupin_cli.reports import Look, render
from fupin_cli.reports.masked import hider, masked
from fupin_cli.reports.withheld import audit_as_shown
from tests.reports.drawn import TWICE, audit, finding


def test_every_secret_of_a_finding_is_starred_in_its_message_and_values():
    shown = masked(TWICE)
    assert shown.message == "证件号码 110105***********X 也登记在户 990101000456 的李*名下，电话 138****1234"
    assert masked(TWICE, lang="en").message == (
        "certificate 110105***********X is also that of 李*, household 990101000456, phone 138****1234"
    )
    assert shown.values == {"证件号码": "110105***********X", "联系电话": "138****1234"}
    assert shown.person == "张*三"
    assert shown.secrets == {}


def test_household_and_person_numbers_stay_even_when_a_secret_stands_inside_them():
    drawn = finding(
        "x",
        "EDU001",
        household="990101000123",
        values={"户编号": "990101000123", "人编号": "99010100012301", "银行卡号": "000123"},
        message="户 990101000123 人 99010100012301 卡 000123",
        secrets={"000123": "账号"},
    )
    shown = masked(drawn)
    assert shown.message == "户 990101000123 人 99010100012301 卡 ******"
    assert shown.values == {"户编号": "990101000123", "人编号": "99010100012301", "银行卡号": "******"}


def test_a_column_that_holds_names_or_numbers_is_masked_even_when_nobody_called_it_a_secret():
    drawn = finding(
        "x", "ENT004", values={"户主姓名": "李四"}, evidence=({"身份证号": 11010519491231002, "金额": 30000},)
    )
    shown = masked(drawn)
    assert shown.values == {"户主姓名": "李*"}
    assert shown.evidence == ({"身份证号": "110105**********2", "金额": 30000},)


def test_a_number_that_can_only_be_a_persons_is_masked_wherever_it_stands():
    drawn = finding("x", "FMT007", message="“备注”为“11010519491231002X、13800001234”，共 138000012345 元")
    assert masked(drawn).message == "“备注”为“110105***********X、138****1234”，共 138000012345 元"


def test_a_longer_secret_is_masked_before_a_shorter_one_inside_it():
    drawn = finding("x", "FMT007", person="王小", message="王小明与王小", secrets={"王小明": "姓名", "王小": "姓名"})
    assert masked(drawn).message == "王*明与王*"


def test_a_secret_inside_what_is_shown_of_another_changes_nothing_of_it():
    drawn = finding(
        "x", "FMT007", person="王明", message="王大明、王明", secrets={"王大明": "姓名", "王": "姓名", "*": "姓名"}
    )
    assert masked(drawn).message == "王*明、王*"


def test_nothing_but_blanks_is_no_secret():
    drawn = finding(
        "x", "FMT007", person=" ", values={"户主姓名": " "}, message="一 二", secrets={" ": "姓名", "": "证件"}
    )
    assert masked(drawn).message == "一 二"


def test_a_column_is_masked_as_each_level_asks_though_another_asked_before():
    drawn = finding("x", "FMT007", values={"户编号": "9", "联系电话": "13800001234", "有病": None, "在册": True})
    assert [masked(drawn, level).values for level in (NUMBERS, OPEN, PUBLIC, NUMBERS)] == [
        {"户编号": "9", "联系电话": "138****1234", "有病": None, "在册": True},
        {"户编号": "9", "联系电话": "13800001234", "有病": None, "在册": True},
        {"户编号": "9", "在册": True},
        {"户编号": "9", "联系电话": "138****1234", "有病": None, "在册": True},
    ]


def test_a_secret_of_a_kind_nobody_knows_is_hidden_whole():
    drawn = finding("x", "FMT007", message="口令 abcdef", secrets={"abcdef": "口令"})
    assert masked(drawn).message == "口令 ******"


def test_numbers_alone_are_hidden_where_the_village_works_with_its_own_list():
    shown = masked(TWICE, NUMBERS)
    assert shown.message == "证件号码 110105***********X 也登记在户 990101000456 的李四名下，电话 138****1234"
    assert shown.person == "张小三"


def test_a_notice_has_no_number_not_even_a_starred_one():
    shown = masked(TWICE, PUBLIC)
    assert shown.message == "证件号码 〔略〕 也登记在户 990101000456 的李*名下，电话 〔略〕"
    assert masked(TWICE, PUBLIC, "en").message == (
        "certificate [left out] is also that of 李*, household 990101000456, phone [left out]"
    )
    assert shown.values == {}


def test_the_certificate_of_a_disabled_person_looks_like_any_other_where_health_is_hidden():
    drawn = finding("x", "IDN006", message="证件号码 11010519491231002X43", secrets={"11010519491231002X43": "证件"})
    assert masked(drawn).message == "证件号码 110105*************3"
    assert masked(drawn, STRICT).message == "证件号码 110105***********X"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("电话 138 0000 1234、139-0000-5678", "电话 138******1234、139******5678"),
        ("座机 0879-7213355", "座机 087*****3355"),
        ("身份证 110105 19491231 002X", "身份证 110105*************X"),
        ("身份证号：110105491231002", "身份证号：110105********2"),
        ("卡号 6228 4800 0000 0001 234", "卡号 ******************* 234"),
        ("户编号 110105491231002，金额 123456789012", "户编号 110105491231002，金额 123456789012"),
    ],
)
def test_numbers_of_a_person_in_a_free_text_are_known_by_their_shape_or_by_the_word_before_them(text, shown):
    assert hider({}, set())(text) == shown


def test_a_name_with_a_blank_in_it_is_hidden_without_the_blank_too():
    assert hider({"禤 昱": "姓名"}, set())("禤 昱，即禤昱") == "禤*昱，即禤*"


def test_a_finding_is_left_out_where_health_is_hidden_when_its_rule_its_cells_or_its_words_tell_it():
    drawn = [
        finding("list", "ENT004", list="残联"),
        finding("cell", "FMT007", values={"合规自付支出": "20000"}),
        finding("word", "EDU001", message="张小三，劳动技能“丧失劳动力”"),
        finding("secret", "EDU001", message="乙", secrets={"尘肺": "健康"}),
        finding("evidence", "ENT004", evidence=({"补贴名称": "困难残疾人生活补贴"},)),
        finding("open", "FMT007", values={"合规自付支出": "0"}, message="人均纯收入 3200 元"),
    ]
    shown = audit_as_shown(audit(findings=tuple(drawn)), Look(masking=STRICT))
    assert ([each.id for each in shown.findings], shown.withheld) == (["open"], 5)


def test_nothing_of_an_audit_changes_where_nothing_is_hidden():
    whole = audit()
    assert audit_as_shown(whole, Look(masking=OPEN)) is whole
    assert masked(TWICE, OPEN).message == TWICE.message


_RARE = "褚祎珩暕翀彧禤昱铄郄煜麴瑄"
_SECRETS = st.fixed_dictionaries(
    {
        "姓名": st.text(_RARE, min_size=2, max_size=6),
        "证件": st.from_regex(r"9[0-9]{14}([0-9]{2}[0-9X]([1-7][1-4])?)?", fullmatch=True),
        "电话": st.from_regex(r"1[3-9][0-9]( ?[0-9]{4}){2}|0[0-9]{3}-[0-9]{7}", fullmatch=True),
        "账号": st.from_regex(r"62[0-9]{10,17}", fullmatch=True),
    }
)


@settings(max_examples=20, deadline=None)
@given(_SECRETS, st.sampled_from([*LEVELS.values()]), st.sampled_from(["json", "terminal", "csv"]))
def test_no_secret_of_a_hidden_kind_stands_in_a_report_of_whatever_findings(secrets, level, form):
    said = "，".join(f"“{text}”" for text in secrets.values())
    drawn = finding(
        "x",
        "EDU001",
        person=secrets["姓名"],
        message=said,
        message_en=said,
        fix=said,
        values={"姓名": secrets["姓名"], "户联系电话": secrets["电话"], "说明": said},
        evidence=({"银行卡号": secrets["账号"], "备注": said},),
        secrets={text: kind for kind, text in secrets.items()},
    )
    page = render(audit(findings=(drawn,)), form, Look(width=2000, masking=level))
    told = {kind for kind, text in secrets.items() if text in page}
    assert told & level.hidden == set()
    assert level.hidden or told == set(secrets)
