"""A profile that extends another: what it takes, what goes before it, and what is said of one that cannot."""

from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from fupin_cli.errors import RuleError
from fupin_cli.model.choice import wanted
from fupin_cli.model.rule import Grade, Profile, ProfileItem, Severity
from fupin_cli.model.rulebook import RuleBook
from fupin_cli.model.settings import Settings
from fupin_cli.plans import check
from fupin_cli.rules import load_rulebook

TODAY = date(2021, 1, 1)
PROVINCE = """\
name: 某省-2018
title: 某省九不进
region: "99"
as_of: 2018-12-31
basis: {convention: 虚构}
parameters: {车辆价格上限: 30000, 举家外出月数: 12}
required: {户: [户编号], 人: [人编号]}
items:
  - {rule: ENT001, says: 有财政供养人员的}
  - {rule: ENT004, says: 有车的, exceptions: ["购置价格 < 30000"]}
  - {rule: ENT006, says: 有房的, severity: notice}
unchecked: [豪华装修的]
"""
COUNTY = """\
name: 某县-2019
title: 某县
extends: 某省-2018
without: [ENT006]
region: "990101"
as_of: 2019-12-31
basis: {convention: 虚构}
parameters: {车辆价格上限: 50000}
required: {人: [证件号码]}
items:
  - {rule: ENT003, says: 村干部}
  - {rule: ENT004, says: 有5万元以上的车的, exceptions: ["购置价格 < 50000"]}
unchecked: [长期雇工的]
"""
VILLAGE = "name: 某村\ntitle: 某村\nextends: 某县-2019\nbasis: {convention: 虚构}\n"


def write(folder: Path, *texts: str) -> Path:
    """Write profiles named by their number, and the parameters they give, into a rule folder."""
    for name in ("profiles", "parameters"):
        (folder / name).mkdir(exist_ok=True)
    for number, text in enumerate(texts):
        (folder / "profiles" / f"{number}.yaml").write_text(text, "utf-8")
    for name in ("车辆价格上限", "举家外出月数"):
        text = f"name: {name}\nunit: 个\nwhy: 试。\nvalues: []\n"
        (folder / "parameters" / f"{name}.yaml").write_text(text, "utf-8")
    return folder


def profiles(folder: Path, *texts: str) -> dict[str, Profile]:
    """Return these profiles."""
    return load_rulebook(root=write(folder, *texts)).profiles


def refused(folder: Path, *texts: str) -> str:
    """Return what is said of these profiles, in Chinese."""
    with pytest.raises(RuleError) as caught:
        profiles(folder, *texts)
    return caught.value.zh.replace(str(folder / "profiles"), "…")


def test_a_profile_takes_what_it_does_not_say_itself(tmp_path: Path) -> None:
    village = profiles(tmp_path, PROVINCE, COUNTY, VILLAGE)["某村"]

    assert (village.title, village.region, village.as_of) == ("某村", "990101", date(2019, 12, 31))
    assert village.parameters == {"举家外出月数": 12, "车辆价格上限": 50000}
    assert village.lent == {"举家外出月数": "某省-2018", "车辆价格上限": "某县-2019"}
    assert village.required == {"户": ("户编号",), "人": ("证件号码",)}
    assert village.unchecked == ("豪华装修的", "长期雇工的")


def test_its_item_for_a_rule_stands_in_the_place_of_the_others(tmp_path: Path) -> None:
    county = profiles(tmp_path, PROVINCE, COUNTY)["某县-2019"]

    assert [(item.rule, item.says, item.exceptions, item.lender) for item in county.items] == [
        ("ENT001", "有财政供养人员的", (), "某省-2018"),
        ("ENT004", "有5万元以上的车的", ("购置价格 < 50000",), ""),
        ("ENT003", "村干部", (), ""),
    ]
    assert (county.lent, county.without) == ({"举家外出月数": "某省-2018"}, ("ENT006",))


def test_the_order_of_files_does_not_matter(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "other").mkdir()
    first = profiles(tmp_path / "one", PROVINCE, COUNTY, VILLAGE)["某村"]
    last = profiles(tmp_path / "other", VILLAGE, COUNTY, PROVINCE)["某村"]

    assert replace(first, file=None) == replace(last, file=None)


def test_a_shipped_profile_can_be_extended_and_one_of_its_name_takes_its_place(tmp_path: Path) -> None:
    heir = VILLAGE.replace("某县-2019", "河北-2018")
    assert load_rulebook(write(tmp_path, heir)).profiles["某村"].region == "13"

    own = "name: 河北-2018\ntitle: 自己的\nbasis: {convention: 虚构}\nparameters: {车辆价格上限: 1}\n"
    village = load_rulebook(write(tmp_path, heir, own)).profiles["某村"]
    assert (village.parameters, village.items, village.region) == ({"车辆价格上限": 1}, (), None)


def test_profiles_that_extend_each_other_are_a_fault_at_each_and_not_at_what_hangs_on_them(tmp_path: Path) -> None:
    ring = PROVINCE.replace("region:", "extends: 某县-2019\nregion:")

    assert refused(tmp_path, ring, COUNTY, VILLAGE) == (
        "规则文件有 2 处错误：\n"
        "…/0.yaml:3:10: 方案互相沿用：某省-2018 → 某县-2019 → 某省-2018\n"
        "    extends: 某县-2019\n"
        "             ^^^^^^^\n"
        "…/1.yaml:3:10: 方案互相沿用：某县-2019 → 某省-2018 → 某县-2019\n"
        "    extends: 某省-2018\n"
        "             ^^^^^^^"
    )


def test_a_name_nobody_has_is_a_fault_and_the_nearest_is_named(tmp_path: Path) -> None:
    assert refused(tmp_path, PROVINCE, VILLAGE.replace("某县-2019", "某省-2081")) == (
        "规则文件有 1 处错误：\n"
        "…/1.yaml:3:10: 没有方案“某省-2081”，是不是“某省-2018”？\n"
        "    extends: 某省-2081\n"
        "             ^^^^^^^"
    )


def test_what_is_left_out_must_be_there_and_not_be_written_anew(tmp_path: Path) -> None:
    said = refused(tmp_path, PROVINCE, COUNTY.replace("[ENT006]", "[ENT017, ENT004]"))

    assert said == (
        "规则文件有 2 处错误：\n"
        "…/1.yaml:4:11: 方案“某省-2018”没有 ENT017 这一条，不用去掉\n"
        "    without: [ENT017, ENT004]\n"
        "              ^^^^^^\n"
        "…/1.yaml:4:19: ENT004 在 items 里另写了：会代替原来的一条，without 里不用写\n"
        "    without: [ENT017, ENT004]\n"
        "                      ^^^^^^"
    )


def test_a_fault_in_the_lent_part_is_said_once_where_it_stands(tmp_path: Path) -> None:
    wrong = PROVINCE.replace("购置价格 < 30000", "购价 < 30000").replace("[户编号]", "[户号]")
    book = load_rulebook(write(tmp_path, wrong, VILLAGE.replace("某县-2019", "某省-2018")))

    with pytest.raises(RuleError) as caught:
        check(book)

    assert book.profiles["某村"].required == {"户": ("户号",), "人": ("人编号",)}
    assert [(fault.file.name, fault.line) for fault in caught.value.faults] == [("0.yaml", 7), ("0.yaml", 10)]


@pytest.fixture(scope="module")
def shipped() -> RuleBook:
    return load_rulebook()


@pytest.mark.parametrize(
    ("asked", "own", "runs"),
    [
        ("error", None, False),  # ENT006 is a doubt
        ("error", "error", True),
        ("warning", "notice", False),
        ("warning", None, True),
        ("notice", "notice", True),
    ],
)
def test_the_severity_of_a_profiles_item_decides_whether_a_rule_is_wanted(
    shipped: RuleBook, asked: str, own: Severity | None, runs: bool
) -> None:
    profile = Profile("试", "试", None, None, (ProfileItem("ENT006", "有房的", severity=own),))

    chosen = wanted(replace(shipped, profiles={"试": profile}), Settings(TODAY, profile="试", severity=asked))

    assert ("ENT006" in chosen) is runs


def test_an_items_severity_goes_before_the_rules_grades(shipped: RuleBook) -> None:
    strict = replace(shipped.rules["ENT006"], grades=(Grade("error", "TRUE"),))
    profile = Profile("试", "试", None, None, (ProfileItem("ENT006", "有房的", severity="notice"),))
    book = replace(shipped, rules={"ENT006": strict}, profiles={"试": profile})

    assert wanted(book, Settings(TODAY, severity="error")) == {"ENT006": strict}
    assert wanted(book, Settings(TODAY, profile="试", severity="error")) == {}
