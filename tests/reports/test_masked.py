"""What anybody may see of a finding."""

from fupin_cli.reports.masked import masked
from tests.reports.drawn import TWICE, finding


def test_every_secret_of_a_finding_is_starred_in_its_message_and_values():
    shown = masked(TWICE)
    assert shown.message == "证件号码 110105***********X 也登记在户 990101000456 的李*名下，电话 138****1234"
    assert shown.message_en == (
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


def test_a_secret_of_a_kind_nobody_knows_is_hidden_whole():
    drawn = finding("x", "FMT007", message="口令 abcdef", secrets={"abcdef": "口令"})
    assert masked(drawn).message == "口令 ******"
