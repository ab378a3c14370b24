"""`Audit.figures`: the sums a page draws, counted exactly on a drawn registry."""

from datetime import date

from fupin_cli.jobs.audit import run
from fupin_cli.jobs.request import Request
from fupin_cli.model.figures import AgeBand, Figures, IncomeBand, IncomeLine
from fupin_cli.model.settings import Settings

REGISTRY = """
# 户
| 户编号       | 乡     | 户主姓名 | 脱贫属性 | 人均纯收入 |
| 990101000001 | 青石镇 | 张示例   | 未脱贫   | 3200       |
| 990101000002 | 青石镇 | 李示例   | 未脱贫   | 3999.99    |
| 990101000003 | 大塘乡 | 王示例   | 已脱贫   | -120       |
| 990101000004 | 大塘乡 | 赵示例   | 已脱贫   | 4000       |
| 990101000005 | 大塘乡 | 孙示例   | 已脱贫   | 约五千     |
| 990101000006 | 大塘乡 | 周示例   | 注销     | 900        |
# 人
| 户编号       | 姓名   | 与户主关系 | 性别 | 出生日期   | 在校生状况 | 人员状态 |
| 990101000001 | 张示例 | 户主       | 男   | 1960-05-01 | 非在校生   |          |
| 990101000001 | 张小例 | 之子       | 男   | 2010-05-01 | 非在校生   |          |
| 990101000001 | 张二例 | 之女       | 女   | 2012-05-01 | 小学       |          |
| 990101000002 | 李示例 | 户主       | 女   | 1920-01-01 | 非在校生   |          |
| 990101000003 | 王示例 | 户主       | 男   | 约1950     | 非在校生   |          |
| 990101000004 | 赵示例 | 户主       |      | 1970-01-01 | 非在校生   |          |
| 990101000005 | 孙示例 | 户主       | 男   | 1970-01-01 | 非在校生   | 自然减少 |
"""


def drawn(path, *, wanted=True, **settings) -> Figures | None:
    asked = Settings(today=date(2021, 3, 1), as_of=date(2020, 12, 31), **settings)
    return run(Request(files=(path,), settings=asked, figures=wanted)).figures


def test_incomes_are_banded_from_the_lowest_with_those_that_cannot_be_read_apart(sketch):
    found = drawn(sketch(REGISTRY))
    filled = [band for band in found.incomes if band.households]
    assert filled == [
        IncomeBand(None, 0.0, 1),
        IncomeBand(3000.0, 3500.0, 1),
        IncomeBand(3500.0, 4000.0, 1),
        IncomeBand(4000.0, 4500.0, 1),
    ]
    assert [band.below for band in found.incomes[:-1]] == [band.least for band in found.incomes[1:]]
    assert found.no_income == 0  # the household whose income is 约五千 has no member left


def test_one_income_out_of_all_bounds_leaves_the_bands_narrow(sketch):
    rows = "".join(f"| '9901010{number:05} | 张示例 | {number * 40} |\n" for number in range(1, 251))
    found = drawn(sketch(f"| 户编号 | 户主姓名 | 人均纯收入 |\n{rows}| '990101099999 | 李示例 | 9000000 |\n"))
    assert (len(found.incomes), found.incomes[-1]) == (21, IncomeBand(10_000.0, None, 2))
    assert sum(band.households for band in found.incomes) == 251


def test_the_line_is_the_one_rules_use_on_the_date_and_place_of_the_rows(sketch):
    path = sketch(REGISTRY)
    assert drawn(path).lines == ()  # nobody knows where this is
    assert drawn(path, region="990101").lines == (
        IncomeLine(4010.0, "样例县", "2020-01-01", "样例县自定，虚构，只用于示例数据"),
    )
    assert drawn(path, region="990101", given={"收入线": 3700.0}).lines == (
        IncomeLine(3700.0, "全国", "", "given by the user, not sourced"),
    )


def test_persons_who_are_there_stand_in_bands_of_five_years_with_those_out_of_school(sketch):
    found = drawn(sketch(REGISTRY))
    assert [band for band in found.ages if band.men or band.women] == [
        AgeBand(5, 9, 0, 1, 0),
        AgeBand(10, 14, 1, 0, 1),
        AgeBand(60, 64, 1, 0, 0),
        AgeBand(90, None, 0, 1, 0),
    ]
    assert [band.first for band in found.ages] == list(range(0, 91, 5))
    assert found.no_age == 2  # a birth date that cannot be read, a sex that is blank


def test_ages_and_sexes_come_from_certificates_whatever_rules_were_chosen(sketch):
    path = sketch("| 户编号 | 姓名 | 与户主关系 | 证件号码 |\n| '990101000001 | 张示例 | 户主 | 11010519491231002X |\n")
    found = drawn(path, select=("IDN002",))
    assert [band for band in found.ages if band.women] == [AgeBand(70, 74, 0, 1, 0)]
    assert (found.incomes, found.no_income) == ((), 1)


def test_a_table_of_households_has_no_ages_and_figures_are_made_only_when_asked_for(sketch):
    path = sketch("| 户编号 | 户主姓名 |\n| '990101000001 | 张示例 |\n")
    assert drawn(path) == Figures(no_income=1)
    assert drawn(path, wanted=False) is None
    assert drawn(sketch("| 户编号 | 户主姓名 | 人均纯收入 |\n", "empty.xlsx")) == Figures()
