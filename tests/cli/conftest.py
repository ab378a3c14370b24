"""A small rule book of the tests' own in the place of fupin's, and the real command over it."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from fupin_cli.cli.app import app
from tests.cli.drawn_rules import draw_rules


@pytest.fixture
def drawn(monkeypatch, tmp_path):
    """Run `fupin rules …` in an empty folder, over the drawn rule book in package/_rules."""
    for name in ("LANG", "LC_ALL", "LC_MESSAGES", "LANGUAGE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.chdir(tmp_path)
    draw_rules(Path("package/_rules"))
    monkeypatch.setattr("fupin_cli.rules.folder.PACKAGE", Path("package"))
    return lambda *arguments: CliRunner().invoke(app, ["rules", *arguments])
