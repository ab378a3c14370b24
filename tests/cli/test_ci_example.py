"""docs/ci.md is run as it stands: its shell scripts with the real command, its hooks as pre-commit runs them."""

import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.sketch import write_sketch

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/ci.md").read_text("utf-8")
CODE = 'import sys; sys.argv[0] = "fupin"; from fupin_cli.cli import main; main()'
LAST = """
| 户编号 | 姓名 | 与户主关系 | 证件号码 | 民族 | 年度 |
| '990101000001 | 张三 | 户主 | '11010519491231002X | 汉族 | 2019 |
| '990101000002 | 李四 | 户主 | '990101197102020027 | 汉族 | 2019 |
"""
THIS = """
| 户编号 | 姓名 | 与户主关系 | 证件号码 | 民族 | 年度 |
| '990101000001 | 张三 | 户主 | '110105194912310021 | 汉族 | 2020 |
| '990101000003 | 王五 | 户主 | '11010519491231002X | 汉族 | 2020 |
"""


def blocks(language):
    return re.findall(rf"^```{language}\n(.*?)^```", PAGE, flags=re.MULTILINE | re.DOTALL)


@pytest.fixture
def place(tmp_path, monkeypatch):
    """Return a folder with two editions and the command `fupin` before all others on the PATH."""
    programs = tmp_path / "bin"
    programs.mkdir()
    command = programs / "fupin"
    command.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -c {shlex.quote(CODE)} "$@"\n', "utf-8")
    command.chmod(0o755)
    folder = tmp_path / "work"
    (folder / ".git").mkdir(parents=True)
    write_sketch(folder / "2019.xlsx", LAST)
    write_sketch(folder / "2020.xlsx", THIS)
    for name in [name for name in os.environ if name.startswith("FUPIN_") and name != "FUPIN_CACHE"]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.chdir(folder)
    return folder


def sh(text, *arguments):
    Path("check.sh").write_text(text, "utf-8")
    return subprocess.run(["sh", "check.sh", *arguments], capture_output=True, text=True, encoding="utf-8", check=False)


posix = pytest.mark.skipif(os.name == "nt", reason="the examples are for a POSIX shell")


@posix
def test_each_exit_code_is_printed_as_the_page_says(place):
    ended = sh(blocks("sh")[1])
    assert (ended.stdout, ended.stderr) == (blocks("text")[0], "")
    assert {line.split()[1] for line in ended.stdout.splitlines()} == {"0:", "1:", "2:", "3:"}


@posix
def test_the_check_ends_with_the_worst_code_and_keeps_both_reports(place):
    (place / "baseline.yaml").write_text("version: 2\nfindings: []\n", "utf-8")
    ended = sh(blocks("sh")[0], "2019.xlsx", "2020.xlsx")
    assert (ended.returncode, ended.stdout) == (1, "audit: exit 1\ncompare: exit 1\n")
    assert json.loads((place / "reports/audit.json").read_text("utf-8"))["version"] == 1
    assert json.loads((place / "reports/compare.json").read_text("utf-8"))["counts"]["only_left"] == 1
    ended = sh(blocks("sh")[0], "2031.xlsx", "2020.xlsx")
    assert (ended.returncode, ended.stdout) == (3, "audit: exit 1\ncompare: exit 3\n")


@posix
def test_the_hook_runs_on_what_is_staged(place):
    """What pre-commit does: the staged files that `files` matches go behind `entry` and `args`."""
    git = ("git", "-c", "init.defaultBranch=main")
    (place / ".git").rmdir()
    subprocess.run([*git, "init", "-q"], check=True)
    (place / "notes.txt").write_text("no registry", "utf-8")
    subprocess.run([*git, "add", "2020.xlsx", "notes.txt"], check=True)
    staged = subprocess.run(
        [*git, "diff", "--cached", "--name-only"], check=True, capture_output=True, text=True
    ).stdout.split()
    hook = {each["id"]: each for each in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))}[
        "fupin-audit"
    ]
    assert hook["language"] == "python"
    files = [name for name in staged if re.search(hook["files"], name)]
    assert files == ["2020.xlsx"]
    ended = subprocess.run([*shlex.split(hook["entry"]), *files], capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stderr) == (1, "")
    assert "IDN002" in ended.stdout


@posix
def test_the_hook_over_rules_tests_the_folder_it_is_given(place):
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    hook = {each["id"]: each for each in hooks}["fupin-rules-test"]
    folder = place / hook["args"][-1] / "identity"
    folder.mkdir(parents=True)
    rule = next((ROOT / "rules/identity").glob("IDN002_*.yaml")).read_text("utf-8").replace("IDN002", "IDN902")
    (folder / "IDN902_证件号码校验码错误.yaml").write_text(rule, "utf-8")
    assert re.search(hook["files"], "rules/identity/IDN902_证件号码校验码错误.yaml")
    command = [*shlex.split(hook["entry"]), *hook["args"], "--select", "IDN902"]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stdout.split("，")[0]) == (0, "规则 1 条"), ended.stderr


@posix
def test_the_reports_of_the_page_for_a_ci_are_what_it_says(place, monkeypatch):
    _, _, more, pipeline, _ = (yaml.safe_load(text) for text in blocks("yaml"))
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(place / "summary.md"))
    (place / "baseline.yaml").write_text("version: 2\nfindings: []\n", "utf-8")
    commands = [step["run"] for step in more["steps"] if "run" in step] + pipeline["check"]["script"][1:]
    ended = [subprocess.run(["sh", "-c", each], capture_output=True, text=True, check=False) for each in commands]
    assert [each.returncode for each in ended] == [1, 0, 0, 1], ended[0].stderr
    assert ended[0].stdout.startswith("::error file=2020.xlsx,line=")
    assert (place / "summary.md").read_text("utf-8").startswith("## fupin")
    assert json.loads((place / "fupin.sarif").read_text("utf-8"))["version"] == "2.1.0"
    assert (place / "fupin.xml").read_text("utf-8").startswith("<?xml")


def test_the_yaml_and_toml_of_the_page_can_be_read_and_name_hooks_that_are_there():
    import tomllib

    from fupin_cli.cli.configuration import _quoted

    hooks = {each["id"] for each in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))}
    baseline, workflow, more, pipeline, configured = (yaml.safe_load(text) for text in blocks("yaml"))
    assert baseline["findings"][0]["id"].startswith("EDU001-")
    assert any(step.get("run") == "sh check.sh 2019.xlsx 2020.xlsx" for step in workflow["jobs"]["check"]["steps"])
    assert more["steps"][-1]["with"]["sarif_file"] == "fupin.sarif"
    assert pipeline["check"]["artifacts"]["reports"] == {"junit": "fupin.xml"}
    assert {hook["id"] for hook in configured["repos"][0]["hooks"]} == hooks
    assert tomllib.loads(_quoted(blocks("toml")[0]))["parameters"] == {"收入线": 4000}
