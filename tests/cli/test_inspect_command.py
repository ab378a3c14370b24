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

    def inspect(files, wishes, rules_dir, mapping, *, pictures, masking):
        asked.append((files, wishes.sheets, wishes.mapping, rules_dir, mapping, pictures))
        return [
            Inspection(file, failed=("坏.xlsx：不是工作簿。", "坏.xlsx: no workbook.") if "坏" in file.name else None)
            for file in files
        ]

    job.inspect = inspect
    monkeypatch.setitem(sys.modules, "fupin_cli.jobs.inspect", job)
    return asked


def test_every_option_reaches_the_job(seen):
    CliRunner().invoke(
        app,
        ["inspect", "a.xlsx", "--sheet", "花名册", "--map", "证号=证件号码", "--rules", "mine", "--mapping", "m.yaml"],
    )
    assert seen == [([Path("a.xlsx")], ("花名册",), {"证号": "证件号码"}, Path("mine"), Path("m.yaml"), False)]


def test_a_file_that_could_not_be_read_is_three_and_the_rest_is_shown(seen):
    result = CliRunner().invoke(app, ["inspect", "a.xlsx", "坏.xlsx", "--format", "json", "--lang", "zh"])
    assert result.exit_code == 3
    assert len(json.loads(result.stdout)["files"]) == 2
    assert CliRunner().invoke(app, ["inspect", "a.xlsx"]).exit_code == 0


def test_the_suffix_of_the_file_says_its_form_and_pictures_are_asked_for_a_web_page(seen, tmp_path):
    page, plain = tmp_path / "seen.html", tmp_path / "seen.json"
    assert CliRunner().invoke(app, ["inspect", "a.xlsx", "-o", str(page), "--quiet"]).exit_code == 0
    assert CliRunner().invoke(app, ["inspect", "a.xlsx", "-o", str(plain), "--quiet"]).exit_code == 0
    assert [asked[-1] for asked in seen] == [True, False]
    assert page.read_text("utf-8").startswith("<!DOCTYPE html>")
    assert json.loads(plain.read_text("utf-8"))["files"][0]["path"] == "a.xlsx"


def test_a_mapping_file_is_saved_and_said(seen, tmp_path):
    file = tmp_path / "m.yaml"
    result = CliRunner().invoke(app, ["inspect", "a.xlsx", "--save", str(file)])
    assert file.read_text("utf-8").endswith("表格: []\n")
    assert result.stderr == f"对应文件已写入 {file}；改好后加 --mapping {file}。\n"


def test_a_mapping_file_of_another_suffix_and_one_over_a_workbook_are_refused(seen, tmp_path):
    book = tmp_path / "a.xlsx"
    book.write_bytes(b"")
    wrong = CliRunner().invoke(app, ["inspect", str(book), "--save", str(tmp_path / "m.txt")])
    over = CliRunner().invoke(app, ["inspect", str(book), "-o", str(book)])
    assert (wrong.exit_code, over.exit_code) == (2, 3)
    assert wrong.stderr == f"--save {tmp_path / 'm.txt'}：对应文件的名字要以 .yaml 结尾。\n"
    assert (seen, book.read_bytes()) == ([], b"")
