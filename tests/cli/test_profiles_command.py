"""`fupin rules profiles`: one profile whole, some in columns, many as signs; JSON and markdown."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from fupin_cli.cli.app import app
from tests.reports.rendered import wide_lines

HEIRS = {
    "某乡-2021": (
        "name: 某乡-2021\ntitle: 某乡（2021）\nextends: 某县-2020\nas_of: 2021-12-31\n"
        "basis: {document: 某乡办法, says: 收入线照县里的}\nitems: [{rule: INC001, says: 收入低于线的要核实}]\n"
        "required: {户: [户编号], 人: [姓名, 证件号码]}\nunchecked: [豪华装修的（只能入户看）]\n"
    ),
    "某村": (
        "name: 某村\ntitle: 某村（没有写明年份）\nextends: 某乡-2021\nwithout: [ENT004]\nbasis: {convention: 虚构}\n"
        "parameters: {收入线: 4200}\nunchecked: [长期雇工的]\n"
    ),
    "某年": "name: 某年\ntitle: 某年\nas_of: 2019-12-31\nregion: 9901\nbasis: {convention: 虚构}\n",
}


@pytest.fixture
def profiles(drawn):
    """Run `fupin rules profiles …` over the drawn rule book and three profiles that extend its own, or stand alone."""
    for name, text in HEIRS.items():
        Path(f"package/_rules/profiles/{name}.yaml").write_text(text, "utf-8")
    return lambda *arguments: drawn("profiles", *arguments)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(
    "names",
    [(), ("某村",), ("某县-2020", "某乡-2021"), ("某县-2020", "某村", "某年")],
    ids=["all", "one", "two", "three"],
)
def test_profiles_are_shown_side_by_side(profiles, snapshot, names, lang):
    result = profiles(*names, "--lang", lang)

    assert (result.exit_code, result.stderr) == (0, "")
    assert wide_lines(result.stdout, 80) == []
    assert result.stdout == snapshot


@pytest.mark.parametrize("form", ["json", "markdown"])
def test_other_forms_hold_the_same(profiles, snapshot, form):
    assert profiles("某乡-2021", "某村", "--format", form).stdout == snapshot


def test_a_name_that_stands_twice_is_one_column(profiles):
    told = json.loads(profiles("某村", "某村", "--format", "json").stdout)
    assert [profile["name"] for profile in told["profiles"]] == ["某村"]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("某县-2021", "没有方案“某县-2021”；是不是 某县-2020、某乡-2021？\n"),
        ("national", "没有方案“national”；有：某乡-2021、某县-2020、某年、某村。\n"),
    ],
)
def test_a_name_nobody_has_is_wrong_usage(profiles, name, said):
    result = profiles(name)
    assert (result.exit_code, result.stdout, result.stderr) == (2, "", said)


def test_profiles_of_a_folder_of_ones_own_stand_beside_the_others(profiles):
    own = Path("own/profiles/本县.yaml")
    own.parent.mkdir(parents=True)
    own.write_text("name: 本县\ntitle: 本县\nextends: 某县-2020\nbasis: {convention: 虚构}\n", "utf-8")

    told = json.loads(profiles("本县", "某县-2020", "--rules", "own", "--format", "json").stdout)

    assert [profile["name"] for profile in told["profiles"]] == ["本县", "某县-2020"]
    (cars,) = told["rules"]
    assert (cars["rule"], cars["lists"], cars["items"]["本县"]["from"]) == ("ENT004", ["车辆"], "某县-2020")


@pytest.mark.parametrize(
    "names",
    [(), ("河北-2018", "红塔-2018"), ("江西-七清四严", "九条红线-2017", "农牧民八条-2017"), ("监测-辽宁-2022",)],
)
@pytest.mark.parametrize("columns", ["80", "60"])
def test_the_shipped_profiles_fit_the_page(monkeypatch, names, columns):
    monkeypatch.setenv("COLUMNS", columns)
    result = CliRunner().invoke(app, ["rules", "profiles", *names, "--lang", "zh"])

    assert (result.exit_code, result.stderr) == (0, "")
    assert wide_lines(result.stdout, int(columns)) == []
