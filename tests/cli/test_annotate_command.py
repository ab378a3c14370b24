"""`fupin audit --annotate`: the copy beside the report, what is said on standard error, and the exit code."""

import json
import zipfile

import pytest
from typer.testing import CliRunner

from fupin_cli.cli.app import app

REGISTRY = """
| 户编号 | 姓名 | 证件号码 | 与户主关系 |
| '9901 | 米小兰 | '110105194912310021 | 户主 |
"""


@pytest.fixture
def fupin(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("LANG", "LC_ALL", "LC_MESSAGES", "LANGUAGE", "FUPIN_DEBUG"):
        monkeypatch.delenv(name, raising=False)
    return lambda *arguments: CliRunner().invoke(app, ["audit", "--as-of", "2020-12-31", "--select", "IDN", *arguments])


def test_the_report_and_the_exit_code_are_as_without_it(fupin, sketch):
    sketch(REGISTRY)
    without, ran = (fupin("registry.xlsx", "--format", "json", *more) for more in ((), ("--annotate", "a.xlsx")))
    assert (ran.exit_code, ran.stdout) == (1, without.stdout)
    assert ran.stderr == (
        "批注副本已写入 a.xlsx，标出 1 处问题。\n副本与原件一样没有遮盖，含姓名、证件号码等个人信息，请妥善保管。\n"
    )


def test_it_is_said_in_english_and_not_at_all_when_quiet(fupin, sketch, tmp_path):
    sketch(REGISTRY)
    ran = fupin("registry.xlsx", "-o", "r.json", "--annotate", "a.xlsx", "--lang", "en")
    assert ran.stderr.endswith(
        "Annotated copy: a.xlsx, 1 finding(s) marked.\n"
        "Copies of a registry are not masked: they hold names and certificate numbers, so keep them safe.\n"
    )
    assert fupin("registry.xlsx", "-o", "r.json", "--annotate", "b.xlsx", "--quiet").stderr == ""
    assert (tmp_path / "b.xlsx").exists()


def test_accepted_findings_are_not_annotated(fupin, sketch, tmp_path):
    sketch(REGISTRY)
    found = json.loads(fupin("registry.xlsx", "--format", "json").stdout)["findings"]
    (tmp_path / "baseline.json").write_text(json.dumps({"findings": [{"id": one["id"]} for one in found]}), "utf-8")
    ran = fupin("registry.xlsx", "--baseline", "baseline.json", "-o", "r.json", "--annotate", "a.xlsx")
    assert (ran.exit_code, "批注副本已写入 a.xlsx，标出 0 处问题。" in ran.stderr) == (0, True)
    with zipfile.ZipFile("registry.xlsx") as was, zipfile.ZipFile("a.xlsx") as now:
        assert now.read("xl/worksheets/sheet1.xml") == was.read("xl/worksheets/sheet1.xml")


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("registry.xlsx", "--annotate", "a.xlsm"), 2, "--annotate a.xlsm：registry.xlsx 的批注副本是 .xlsx 文件，请写以 .xlsx 结尾的文件名。\n"),
        (("registry.xlsx", "--annotate", "registry.xlsx"), 3, "registry.xlsx：这是被核查的文件，原件不会被改写；请给报告另起文件名。\n"),
        (("registry.xlsx", "--annotate", "no/a.xlsx"), 3, "no/a.xlsx：没有文件夹 no，请先建立，或换一个位置。\n"),
        (("registry.xlsx", "-o", "a.xlsx", "--annotate", "a.xlsx"), 2, "-o 和 --annotate 都是 a.xlsx：报告和批注副本请写两个文件名。\n"),
        ((".", "--annotate", "a.xlsx"), 2, "--annotate a.xlsx：要批注的不止一个工作簿，请写文件夹，每个工作簿的副本放在其中。\n"),
    ],
)  # fmt: skip
def test_a_place_that_does_not_do_is_one_sentence_before_the_work(fupin, sketch, tmp_path, arguments, code, said):
    sketch(REGISTRY)
    ran = fupin(*arguments)
    assert (ran.exit_code, ran.stdout, ran.stderr) == (code, "", said)
    assert [path.name for path in tmp_path.iterdir()] == ["registry.xlsx"]


def test_a_table_that_cannot_be_annotated_is_told_and_the_exit_code_is_3(fupin, sketch):
    import duckdb

    sketch(REGISTRY, "in/registry.xlsx")
    duckdb.execute("COPY (SELECT '9905' AS 户编号, '米三' AS 姓名, '户主' AS 与户主关系) TO 'in/a.parquet'")
    ran = fupin("in", "-o", "r.json", "--annotate", "out", "--quiet")
    assert (ran.exit_code, ran.stderr) == (3, "in/a.parquet：Parquet 不能批注，问题见报告。\n")
