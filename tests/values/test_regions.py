"""Region names and codes."""

import pytest

from fupin_cli.values.regions import all_codes, find, find_place, known, name


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("山东", "37"), ("山东省", "37"), ("内蒙古", "15"), ("广西壮族自治区", "45"), ("北京", "11"), ("37", "37"), ("370000", "37"),
        ("滨州市", "3716"), ("滨州", "3716"), ("371600", "3716"), ("恩施土家族苗族自治州", "4228"), ("恩施州", "4228"),
        ("红塔区", "530402"), ("530402", "530402"), ("云南省玉溪市红塔区", "530402"), ("山东省 滨州市", "3716"),
        ("长顺县", "522729"), ("环江县", "451226"), ("样例县", "990101"), ("样例省", "99"),
        ("朝阳区", None), ("市辖区", None), ("某县", None), ("", None), ("123456", None), ("1", None),
    ],
)  # fmt: skip
def test_a_region_is_found_by_name_or_code_when_only_one_is_meant(text, code):
    assert find(text) == code


@pytest.mark.parametrize(
    ("names", "code"),
    [
        (("山东省", "滨州市", "惠民县"), "371621"),
        (("湖北省", "", "仙桃市"), "429004"),
        (("北京市", "市辖区", "朝阳区"), "110105"),
        (("北京市", "北京市", "朝阳区"), "110105"),
        (("", "", "红塔区"), "530402"),
        (("山东省", "", "红塔区"), "37"),
        (("", "", "朝阳区"), None),
        (("", "", ""), None),
    ],
)
def test_the_names_of_a_row_are_read_together(names, code):
    assert find_place(*names) == code


def test_codes_of_all_vintages_are_known():
    assert [known(code) for code in ("530402", "372301", "110103", "990101", "830000")] == [True] * 5
    assert [known(code) for code in ("123456", "999999", "37", "", "53040")] == [False] * 5
    assert "372301" in all_codes()
    assert all(len(code) == 6 for code in all_codes())


def test_a_code_has_its_latest_name():
    assert [name(code) for code in ("530402", "3716", "370000", "990101", "000000")] == [
        "红塔区", "滨州市", "山东省", "样例县", None]  # fmt: skip
