"""What one run keeps for the next: the same result, sooner; and never anything else."""

import os
import pickle
import stat
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from fupin_cli.jobs.audit import run
from fupin_cli.jobs.compiled import _compiled, compiled
from fupin_cli.jobs.kept import MOST, keep, key_of, look_up
from fupin_cli.jobs.request import Request
from fupin_cli.model.rule import Value
from fupin_cli.model.settings import Settings
from fupin_cli.tables import spelled

RULE = """
id: EDU990
name: 示例
scope: 人
severity: notice
must: NOT 为空(姓名)
message: "{姓名}"
why: 示例
fix: 示例
basis: {convention: 示例}
never_unknown: 示例
examples:
  - {given: {姓名: 张三}, verdict: pass}
  - {given: {姓名: ""}, verdict: fail}
"""
REGISTRY = """
| 户编号       | 姓名   | 证件号码           | 与户主关系 | 健康状况 |
| 990101000001 | 张示例 | 11010519491231002X | 户主       | 健康     |
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    _compiled.cache_clear()  # what an earlier test of this process loaded would not be kept here
    monkeypatch.setenv("FUPIN_CACHE", str(tmp_path / "kept"))
    return tmp_path / "kept"


def test_what_is_kept_comes_back_and_is_for_its_owner_alone(folder):
    keep("k", Value(4000.0, date(2020, 1, 1)))
    assert look_up("k") == Value(4000.0, date(2020, 1, 1))
    assert look_up("another") is None
    if sys.platform != "win32":
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        assert [stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir()] == [0o600]


def test_a_folder_that_cannot_be_written_is_passed_over(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("FUPIN_CACHE", str(tmp_path / "file" / "kept"))
    keep("k", 1)
    assert look_up("k") is None


def test_off_keeps_nothing(tmp_path, monkeypatch):
    monkeypatch.setenv("FUPIN_CACHE", "off")
    monkeypatch.setenv("HOME", str(tmp_path))
    keep("k", 1)
    assert look_up("k") is None
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("raw", [b"", b"nonsense", pickle.dumps(1)[:-1]], ids=["empty", "nonsense", "cut off"])
def test_a_damaged_record_is_none(folder, raw):
    keep("k", 1)
    (folder / "k.kept").write_bytes(raw)
    assert look_up("k") is None


class _Evil:
    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.system, ("touch evil",)


def test_a_record_that_names_anything_but_our_records_is_not_read(folder, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    keep("k", 1)
    (folder / "k.kept").write_bytes(pickle.dumps(_Evil()))
    assert look_up("k") is None
    assert not (tmp_path / "evil").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps a user's folder from others by other means")
def test_a_record_others_could_have_written_is_not_read(folder):
    keep("k", 1)
    (folder / "k.kept").chmod(0o666)
    assert look_up("k") is None
    (folder / "k.kept").chmod(0o600)
    folder.chmod(0o777)
    assert look_up("k") is None


def test_the_oldest_go_first(folder):
    for number in range(MOST + 3):
        keep(f"k{number}", number)
        os.utime(folder / f"k{number}.kept", (number, number))
    keep("last", 1)
    assert len(list(folder.iterdir())) == MOST
    assert look_up("last") == 1
    assert look_up("k0") is None


def test_parts_of_a_key_do_not_run_together():
    assert key_of(("ab", "c")) != key_of(("a", "bc"))


def test_a_changed_rule_file_is_read_again(folder, tmp_path):
    file = tmp_path / "rules" / "EDU990_示例.yaml"
    file.parent.mkdir()
    file.write_text(RULE, "utf-8")
    assert compiled(file.parent).source.rules["EDU990"].severity == "notice"
    assert len(list(folder.iterdir())) == 1, "kept"
    file.write_text(RULE.replace("notice", "error"), "utf-8")
    assert compiled(file.parent).source.rules["EDU990"].severity == "error"


@pytest.mark.usefixtures("folder")
def test_examples_are_there_for_who_asks_for_them_and_with_an_audit_they_are_not_read(tmp_path):
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "EDU990_示例.yaml").write_text(RULE, "utf-8")
    for _ in ("made", "kept"):
        _compiled.cache_clear()
        whole, rest = compiled(tmp_path / "rules", examples=True).source, compiled(tmp_path / "rules").source
        assert [each.verdict for each in whole.rules["EDU990"].examples] == ["pass", "fail"]
        assert not any(rule.examples for rule in rest.rules.values())
        assert replace(whole.rules["EDU990"], examples=()) == rest.rules["EDU990"]


@pytest.mark.usefixtures("folder")
def test_headings_by_their_spelling_are_kept_with_the_rules():
    for _ in ("made", "kept"):
        _compiled.cache_clear()
        dictionary = compiled(None).source.dictionary
        assert dictionary.spelled == spelled(replace(dictionary, spelled=None))


def test_an_audit_with_what_was_kept_is_the_audit_without(folder, sketch):
    request = Request((sketch(REGISTRY),), Settings(today=date(2020, 12, 31)))
    first = run(request)
    assert len(list(folder.iterdir())) == 2, "the rule book and the plan"
    assert run(request) == first
    assert run(Request(request.files, Settings(today=date(2020, 12, 31), select=("MED",)))) != first


def test_a_second_run_imports_no_parser(folder, sketch):
    code = f"""
import sys
from datetime import date
from pathlib import Path
from fupin_cli.jobs.audit import run
from fupin_cli.jobs.request import Request
from fupin_cli.model.settings import Settings
from fupin_cli.tables import spelled
run(Request((Path({str(sketch(REGISTRY))!r}),), Settings(today=date(2020, 12, 31))))
print([name for name in ("sqlglot", "pydantic", "yaml") if name in sys.modules])
"""
    runs = [
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout for _ in "12"
    ]
    assert runs == ["['sqlglot', 'pydantic', 'yaml']\n", "[]\n"]
