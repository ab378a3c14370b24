"""The benchmarks, which nobody runs for weeks: each still starts, and the one that times stages counts all of an audit."""

import json
import sys
from importlib import import_module
from pathlib import Path

import pytest

from benchmarks.auditing import STAGES, main
from benchmarks.registry import write_registry

_THERE = sorted(file.stem for file in (Path(__file__).parent.parent / "benchmarks").glob("[a-z]*.py"))


@pytest.mark.parametrize("name", _THERE)
def test_a_benchmark_can_be_loaded(name):
    assert import_module(f"benchmarks.{name}").__doc__


def test_each_stage_of_an_audit_is_timed_and_a_step_that_is_no_stage_is_counted_with_one(tmp_path, capsys, monkeypatch):
    write_registry(tmp_path / "three.xlsx", 3)
    monkeypatch.setattr(sys, "argv", ["auditing", "--only", str(tmp_path / "three.xlsx"), "all"])

    assert main() == 0

    told = json.loads(capsys.readouterr().out)
    assert set(told["seconds"]) == set(STAGES.values())
    assert all(told["seconds"].values())
    assert told["rules"] > 100
