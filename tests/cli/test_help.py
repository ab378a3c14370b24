"""The help pages, and what starting the command costs."""

import subprocess
import sys

import pytest
from typer.testing import CliRunner

from fupin_cli.cli.app import app


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(
    "command",
    [
        (),
        ("audit",),
        ("inspect",),
        ("rules",),
        *(("rules", name) for name in ("list", "show", "profiles", "test", "new", "schema", "docs")),
    ],
)
def test_every_command_has_a_page_in_both_languages(snapshot, monkeypatch, command, lang):
    monkeypatch.setenv("COLUMNS", "80")
    result = CliRunner().invoke(app, [*command, "--help", "--lang", lang])
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == snapshot


def test_the_help_page_loads_none_of_the_heavy_libraries():
    code = (
        "import sys\n"
        "from fupin_cli.cli.app import app\n"
        "try:\n    app(['audit', '--help'])\nexcept SystemExit:\n    pass\n"
        "heavy = {'duckdb', 'pandas', 'sqlglot', 'rich', 'openpyxl', 'xlsxwriter', 'yaml', 'lxml'}\n"
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, encoding="utf-8")
    assert done.stderr == "[]\n"


def test_plain_values_are_read_without_pydantic():
    code = (
        "import sys\n"
        "from fupin_cli.cli.app import app\n"
        "line = ['audit', 'x.xlsx', '--select', 'EDU', '--severity', 'error', '-o', 'x.json', '--as-of', 'someday']\n"
        "try:\n    app(line)\nexcept SystemExit as left:\n    print(left.code, 'pydantic' in sys.modules)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, encoding="utf-8")
    assert (done.stdout, "--as-of" in done.stderr) == ("2 False\n", True)


@pytest.mark.parametrize("arguments", [["version"], ["--version"]])
def test_version_is_one_line(arguments):
    result = CliRunner().invoke(app, arguments)
    assert (result.exit_code, result.stdout) == (0, "fupin 0.1.0\n")


def test_no_command_shows_the_help_page_and_is_wrong_usage():
    result = CliRunner().invoke(app, [])
    assert result.exit_code == 2
    assert result.stderr.startswith("用法: fupin [选项] 命令 ...\n")
