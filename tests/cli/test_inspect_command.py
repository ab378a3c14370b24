"""`fupin inspect`: the files shown as the reader understood them."""

import json
import sys
from pathlib import Path
from types import ModuleType

import pytest
from typer.testing import CliRunner

from fupin_cli.cli.app import app
from fupin_cli.model.inspection import Inspection


@pytest.fixture
def seen(monkeypatch):
    """Put a stand-in where the job is; it keeps what it was asked."""
    asked = []
    job = ModuleType("fupin_cli.jobs.inspect")

    def inspect(files, wishes, rules_dir):
        asked.append((files, wishes.sheets, wishes.mapping, rules_dir))
        return [
            Inspection(file, failed=("坏.xlsx：不是工作簿。", "坏.xlsx: no workbook.") if "坏" in file.name else None)
            for file in files
        ]

    job.inspect = inspect
    monkeypatch.setitem(sys.modules, "fupin_cli.jobs.inspect", job)
    return asked


def test_every_option_reaches_the_job(seen):
    CliRunner().invoke(app, ["inspect", "a.xlsx", "--sheet", "花名册", "--map", "证号=证件号码", "--rules", "mine"])
    assert seen == [([Path("a.xlsx")], ("花名册",), {"证号": "证件号码"}, Path("mine"))]


def test_a_file_that_could_not_be_read_is_three_and_the_rest_is_shown(seen):
    result = CliRunner().invoke(app, ["inspect", "a.xlsx", "坏.xlsx", "--format", "json", "--lang", "zh"])
    assert result.exit_code == 3
    assert len(json.loads(result.stdout)["files"]) == 2
    assert CliRunner().invoke(app, ["inspect", "a.xlsx"]).exit_code == 0
