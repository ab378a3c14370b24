"""Masks."""

import pytest

from fupin_cli.values.mask import mask


@pytest.mark.parametrize(
    ("text", "kind", "masked"),
    [
        ("张三", "姓名", "张*"), ("张小三", "姓名", "张*三"), ("欧阳小三", "姓名", "欧**三"), ("张", "姓名", "*"), ("", "姓名", ""),
        ("99010119491231002X", "证件", "990101***********X"), ("990101491231002", "证件", "990101********2"),
        ("1949123100", "证件", "**********"),
        ("13800001234", "电话", "138****1234"), ("81234567", "电话", "******67"), ("120", "电话", "***"),
        ("6217000000000001234", "账号", "***************1234"), ("1234", "账号", "****"),
        ("石桥村", "", "石桥村"),
    ],
)  # fmt: skip
def test_what_tells_who_it_is_is_hidden(text, kind, masked):
    assert mask(text, kind) == masked


def test_no_birth_date_shows_through_a_certificate():
    assert "19491231" not in mask("11010519491231002X44", "证件")
