"""Region names and codes."""

from pathlib import Path

import pytest

from fupin_cli.values.region_table import codes, spans
from fupin_cli.values.regions import all_codes, find, find_place, history, in_force, known, name, successors, years


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
    # what python-stdnum alone does not know: two districts of today, cities of 1989, the list of 1995
    assert [known(code) for code in ("330113", "330114", "379013", "132733", "620925", "517021")] == [True] * 6
    assert all(len(code) == 6 for code in all_codes())


def test_a_code_has_its_latest_name():
    assert [name(code) for code in ("530402", "3716", "370000", "990101", "000000")] == [
        "红塔区", "滨州市", "山东省", "样例县", None]  # fmt: skip


def test_a_code_has_the_name_of_the_year():
    assert [name("130502", year) for year in (2015, 2023)] == ["桥东区", "襄都区"]
    assert [name("3723", year) for year in (1985, 1995)] == ["惠民地区", "滨州地区"]
    assert name("372301", 2019) == "滨州市"  # out of force: the last name it had


@pytest.mark.parametrize(
    ("code", "periods"),
    [
        ("110103", ((1981, 2010),)),
        ("330113", ((2021, None),)),  # in force, and in the derived table only
        ("372300", ((1981, 2000),)),  # renamed in 1992
        ("210200", ((None, None),)),  # an older name from the package
        ("320482", ((1993, 2015),)),
        ("517021", ((1995, 1995),)),  # on the list of 1995 only
        ("123456", ()),
    ],
)
def test_the_years_of_a_code_are_known(code, periods):
    assert years(code) == periods


def test_an_abolished_code_holds_until_the_year_it_went():
    assert [in_force("110103", year) for year in (1980, 1981, 2010, 2011)] == [False, True, True, False]
    assert [in_force("110101", year) for year in (1981, 2026)] == [True, True]


def test_an_abolished_code_has_successors():
    assert successors("110103") == (("110101", 2010),)
    assert successors("510214") == (("510211", 1994), ("500108", 1997))
    assert successors("110101") == ()
    assert successors("123456") == ()


def test_what_became_of_a_code_is_told_in_both_languages():
    assert history("110103") == (
        "110103（崇文区）2010年已撤销或改码，其后为 110101（东城区）",
        "110103 (崇文区) was abolished or changed in 2010; since then 110101 (东城区)",
    )
    assert [history(code) for code in ("110101", "517021", "123456")] == [None] * 3


def test_every_successor_is_a_code_of_the_table():
    after = {code for each in codes() for span in spans(each) for code, _ in span.successors}
    assert len(after) > 2500
    assert [code for code in sorted(after) if not known(code)] == []


def test_no_period_runs_backwards():
    table = (Path(__file__).parents[2] / "rules" / "regions" / "gbt2260.csv").read_text(encoding="utf-8")
    lines = [line.split(",") for line in table.splitlines() if line[:1].isdecimal()]
    assert len(lines) == 6781
    assert [line for line in lines if line[3] and int(line[3]) < int(line[2])] == []
