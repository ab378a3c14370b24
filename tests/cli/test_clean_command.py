"""`fupin clean`: options in, a folder of copies, a page and an exit code out."""

import json

import pytest
from typer.testing import CliRunner

from fupin_cli.cli.app import app

REGISTRY = """
| 姓名 | 证件号码           | 性别 |
| '张　三 | 11010519491231002x | 女   |
"""


@pytest.fixture
def fupin(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("LANG", "LC_ALL", "LC_MESSAGES", "LANGUAGE", "FUPIN_DEBUG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "100")
    return lambda *arguments: CliRunner().invoke(app, ["clean", *arguments])


def test_a_folder_of_copies_is_written_with_its_log(fupin, sketch, tmp_path):
    sketch(REGISTRY)
    ran = fupin("registry.xlsx", "-o", "out")
    assert ran.exit_code == 0
    assert ran.stdout.splitlines()[-1] == "1 个文件，1 个有改动，已修复 2 格；0 格保留原样。"
    assert ran.stderr == "已写入 out：副本、changes.xlsx（供查看）、changes.jsonl（供 --undo 还原）。\n"
    assert sorted(one.name for one in (tmp_path / "out").iterdir()) == [
        "changes.jsonl",
        "changes.xlsx",
        "registry.xlsx",
    ]
    undone = fupin("--undo", "out/changes.jsonl", "-o", "back", "--lang", "en")
    assert (undone.exit_code, undone.stderr) == (0, "2 cell(s) of 1 file(s) restored in back; 0 refused.\n")
    assert fupin("out", "--check").exit_code == 0


def test_check_writes_nothing_and_says_so_by_its_exit_code(fupin, sketch, tmp_path):
    sketch(REGISTRY)
    ran = fupin("registry.xlsx", "--check", "--format", "json")
    told = json.loads(ran.stdout)
    assert (ran.exit_code, told["repaired"], [one.name for one in tmp_path.iterdir()]) == (1, 2, ["registry.xlsx"])
    assert "11010519491231002" not in ran.stdout


def test_a_diff_shows_cells_masked_unless_revealed(fupin, sketch):
    sketch(REGISTRY)
    masked = fupin("registry.xlsx", "--diff", "--select", "FIX005").stdout
    assert "B2 证件号码  110105***********x → 110105***********X  FIX005 末位改为大写X" in masked
    assert "11010519491231002x → 11010519491231002X" in fupin("registry.xlsx", "--diff", "--reveal").stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("a.xlsx",), "fupin clean 要写明 -o 文件夹；只想看看，用 --diff 或 --check。"),
        ((), "fupin clean 要写明登记表；如 fupin clean 村表 -o 清洗后。"),
        (("a.xlsx", "--check", "-o", "out"), "--check 什么也不写，不能和 -o 同用。"),
        (("a.xlsx", "--undo", "l.jsonl", "-o", "out"), "还原的写法：fupin clean --undo 清洗后/changes.jsonl -o 还原后；不再写其他文件。"),
    ],
)  # fmt: skip
def test_what_does_not_go_together_is_wrong_usage(fupin, arguments, said):
    ran = fupin(*arguments)
    assert (ran.exit_code, ran.stderr.strip()) == (2, said)
