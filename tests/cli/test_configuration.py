"""Options may stand in fupin.toml or in the environment: flags beat the environment, the environment beats the file."""

import json
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from fupin_cli.cli.app import app
from tests.cli.test_audit_command import job  # noqa: F401 - a fixture


@pytest.fixture
def fupin(tmp_path, monkeypatch):
    (tmp_path / ".git").mkdir()
    folder = tmp_path / "村" / "一"
    folder.mkdir(parents=True)
    monkeypatch.chdir(folder)
    for name in ("LANG", "LC_ALL", "LC_MESSAGES", "LANGUAGE", "COLUMNS", "FUPIN_DEBUG"):
        monkeypatch.delenv(name, raising=False)
    return lambda *arguments, **env: CliRunner().invoke(app, list(arguments), env=env)


def write(text, name="fupin.toml"):
    Path(name).write_text(text, encoding="utf-8")


def test_every_option_of_the_file_reaches_the_job_and_files_are_looked_for_beside_it(fupin, job):  # noqa: F811
    write(
        """
region = 990101
profile = "红塔-2018"
as-of = 2020-12-31
select = ["EDU", "INC001"]
ignore = "FMT"
severity = "warning"
rules = "本县规则"  # 注释里的 名称 = 值 不算
lists = {车辆 = "名单/cars.csv", 死亡 = 'd.csv'}
baseline = "baseline.yaml"
ledger = ["台账.xlsx"]

[audit]
severity = "error"

[ask]
top = 3

[parameters]
收入线 = 4000
等级 = "甲, 乙=丙"
""",
        "../../fupin.toml",
    )
    result = fupin("audit", "a.xlsx")
    assert (result.exit_code, result.stderr) == (0, "")
    asked, up = job.asked, Path("../..")
    assert asked.lists == (("车辆", up / "名单/cars.csv"), ("死亡", up / "d.csv"))
    assert (asked.rules_dir, asked.baseline, asked.ledgers) == (
        up / "本县规则",
        up / "baseline.yaml",
        (up / "台账.xlsx",),
    )
    settings = asked.settings
    assert (settings.region, settings.profile, settings.as_of) == ("990101", "红塔-2018", date(2020, 12, 31))
    assert (settings.select, settings.ignore, settings.severity) == (("EDU", "INC001"), ("FMT",), "error")
    assert settings.given == {"收入线": 4000.0, "等级": "甲, 乙=丙"}


def test_flags_beat_the_environment_and_the_environment_beats_the_file(fupin, job):  # noqa: F811
    write('select = "EDU"\n')
    fupin("audit", "a.xlsx")
    assert job.asked.settings.select == ("EDU",)
    fupin("audit", "a.xlsx", FUPIN_SELECT="INC,HSG")
    assert job.asked.settings.select == ("INC", "HSG")
    fupin("audit", "a.xlsx", FUPIN_SELECT="INC", FUPIN_AUDIT_SELECT="WAT")
    assert job.asked.settings.select == ("WAT",)
    fupin("audit", "a.xlsx", "--select", "MED", FUPIN_SELECT="INC", FUPIN_AUDIT_SELECT="WAT")
    assert job.asked.settings.select == ("MED",)


def test_the_environment_says_form_place_and_language_of_a_report(fupin, job):  # noqa: F811
    env = {"FUPIN_FORMAT": "json", "FUPIN_OUTPUT": "r.json", "FUPIN_LANG": "en", "FUPIN_LIST": "车辆=c.csv,死亡=d.csv"}
    result = fupin("audit", "a.xlsx", **env)
    assert (result.stdout, result.stderr.split(".")[0]) == ("", "Report: r")
    assert json.loads(Path("r.json").read_text("utf-8"))["notes"][0] == "options --list from FUPIN_LIST"
    assert job.asked.lists == (("车辆", Path("c.csv")), ("死亡", Path("d.csv")))
    assert fupin("audit", "a.xlsx", "--quiet", "--lang", "zh", **env).stderr == ""


def test_the_nearest_file_wins_and_pyproject_counts_only_when_it_speaks_of_fupin(fupin, job):  # noqa: F811
    write('[tool.fupin]\nselect = "EDU"\n', "../../pyproject.toml")
    write('[tool.other]\nname = "fupin"\n', "../pyproject.toml")
    fupin("audit", "a.xlsx")
    assert job.asked.settings.select == ("EDU",)
    write('region = "云南省"\n', "../fupin.toml")
    fupin("audit", "a.xlsx")
    assert (job.asked.settings.select, job.asked.settings.region) == ((), "云南省")
    Path(".git").mkdir()
    fupin("audit", "a.xlsx")
    assert job.asked.settings.region is None


def test_another_file_may_be_named_and_no_file_asked_for(fupin, job):  # noqa: F811
    write('select = "EDU"\n')
    write('select = "INC"\nrules = "r"\n', "../ci.toml")
    fupin("audit", "a.xlsx", FUPIN_CONFIG="../ci.toml")
    assert (job.asked.settings.select, job.asked.rules_dir) == (("INC",), Path("../r"))
    fupin("audit", "a.xlsx", FUPIN_CONFIG="off")
    assert job.asked.settings.select == ()
    result = fupin("audit", "a.xlsx", FUPIN_CONFIG="none.toml")
    assert (result.exit_code, result.stderr) == (
        2,
        "FUPIN_CONFIG=none.toml：没有这个文件；不用配置请写 FUPIN_CONFIG=off。\n",
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('reigon = "x"\n', "不认识 reigon；是不是 region？"),
        ("[audit]\nselct = 'EDU'\n", "[audit] 不认识 selct；是不是 select、sheet？"),
        ("[ask]\nledger = 'x'\n", "[ask] 不认识 ledger；可以写的是 "),
        ("[audit]\nlang = 'en'\n", "[audit] 不认识 lang；"),
        ("[audti]\nselect = 'EDU'\n", "不认识 audti；是不是 [audit]？"),
        ("reveal = true\n", "reveal 不能写在配置或环境变量里；是否显示个人信息，要每次在命令行上写 --reveal。"),
        (
            "[audit]\nreveal = true\n",
            "reveal 不能写在配置或环境变量里；是否显示个人信息，要每次在命令行上写 --reveal。",
        ),
        ('strict = "yes"\n', "strict 应写 true 或 false。"),
        ("[rules]\na = 1\n", "rules 的写法不对。"),
        ("parameters = 3\n", "[parameters] 下应是 名称 = 数值。"),
        ("[parameters]\n收入线 = nan\n", "[parameters] 的 收入线 应是一个数或一段文字。"),
        (
            'format = "pdf"\n',
            "--format 的值不对，可以是 terminal、json、html、jsonl、csv、junit、sarif、markdown、github、parquet。"
            "用法见 fupin audit --help。",
        ),
        ("as-of = 2020\n", "--as-of 2020：不是日期，请写成 2020-12-31。（--as-of 取自 fupin.toml）"),
        ("fail-on = 'some'\n", "--fail-on some：可以是 "),
    ],
)
def test_what_a_file_may_not_say_is_one_sentence_and_wrong_usage(fupin, job, text, said):  # noqa: F811
    write(text)
    result = fupin("audit", "a.xlsx")
    assert result.exit_code == 2
    assert said in result.stderr
    assert "fupin.toml" in result.stderr
    assert len(result.stderr.splitlines()) == 1
    assert job.asked is None


@pytest.mark.parametrize(
    ("env", "said"),
    [
        ({"FUPIN_REVEAL": "1"}, "FUPIN_REVEAL：reveal 不能写在配置或环境变量里"),
        ({"FUPIN_LANG": "fr"}, "FUPIN_LANG：--lang 的值不对，可以是 zh、en。"),
        ({"FUPIN_STRICT": "maybe"}, "FUPIN_STRICT=maybe：应写 1 或 0。"),
        (
            {"FUPIN_FORMAT": "pdf"},
            "FUPIN_FORMAT：--format 的值不对，可以是 terminal、json、html、jsonl、csv、junit、sarif、markdown、github、parquet。",
        ),
        ({"FUPIN_AS_OF": "昨天"}, "--as-of 昨天：不是日期，请写成 2020-12-31。（--as-of 取自 FUPIN_AS_OF）"),
    ],
)
def test_a_variable_that_makes_no_sense_is_wrong_usage_and_is_named(fupin, job, env, said):  # noqa: F811
    result = fupin("audit", "a.xlsx", **env)
    assert (result.exit_code, job.asked) == (2, None)
    assert said in result.stderr


def test_help_is_shown_beside_a_broken_file_and_the_version_tells_what_is_used(fupin):
    write("reigon = 1\n")
    assert fupin("audit", "--help").exit_code == 0
    write('region = "x"\n[parameters]\n收入线 = 1\n')
    shown = fupin("version", "--verbose", FUPIN_CACHE="off").stdout.splitlines()[1:]
    assert shown == ["配置文件：fupin.toml（region、parameters）", "环境变量：FUPIN_CACHE"]


def test_what_audits_share_leaves_the_rules_commands_as_they_are(fupin):
    write('severity = "warning"\nselect = "EDU"\nformat = "json"\nlang = "en"\n')
    assert "INC006" in fupin("rules", "list", FUPIN_OUTPUT="x.json").stdout
    assert "income" in fupin("rules", "list").stdout


def test_compare_has_words_of_its_own_for_what_fails(fupin, sketch):
    head = "| 户编号 | 姓名 | 与户主关系 | 证件号码 |"
    left = sketch(f"{head}\n| '990101000001 | 张三 | 户主 | '11010519491231002X |", "left.xlsx")
    right = sketch(f"{head}\n| '990101000001 | 张四三 | 户主 | '11010519491231002X |", "right.xlsx")

    def ended(**env):
        return fupin("compare", str(left), str(right), "--format", "json", **env).exit_code

    write('fail-on = "warning"\n')
    assert ended() == 1  # not a word of compare: its own default
    assert ended(FUPIN_FAIL_ON="never") == 0
    assert ended(FUPIN_FAIL_ON="9") == 0
    assert ended(FUPIN_FAIL_ON="never", FUPIN_COMPARE_FAIL_ON="changed") == 1
    write('fail-on = "warning"\n[compare]\nfail-on = "removed"\nignore-columns = ["姓名"]\n')
    assert ended() == 0
    write('[compare]\nfail-on = "newer"\n')
    assert ended() == 2
