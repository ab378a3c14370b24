"""A YAML file read without the places of its values says what the reader with places says, and nothing where that has a fault."""

from itertools import product

import pytest

from fupin_cli.rules.baseline import load_baseline
from fupin_cli.rules.yaml_nodes import DEEPEST, read_values, read_yaml

_LEAVES = ("甲", "'*乙'", '"~"', "~", "null", "", "3609", "yes", "2010-05-01", "*丙", "&丁 1", "!戊 1", "己: 1", '"')
_SHAPES = (
    "a: {leaf}\n",
    "a:\n  - {leaf}\n  - b\n",
    "a: [{leaf}]\n",
    "{{a: {leaf}}}\n",
    "a: 1\nb: {leaf}\na: 2\n",
    "? [a]\n: {leaf}\n",
    "{leaf}\n",
    "a: {leaf}\n---\nb: 1\n",
)


def _agree(file, text):
    file.write_text(text, "utf-8")
    document = read_yaml(file)
    sound = document.readable and not document.faults
    assert read_values(file) == (document.value if sound else None), text
    return sound


def test_both_readers_agree_on_every_kind_of_value_and_of_fault(tmp_path):
    sound = [_agree(tmp_path / "a.yaml", shape.format(leaf=leaf)) for shape, leaf in product(_SHAPES, _LEAVES)]
    assert (sum(sound), len(sound)) == (
        9 * 4 + 3,
        112,
    )  # nine texts in four shapes, and “己: 1” where a mapping may stand


@pytest.mark.parametrize("text", ["", "a: \x07\n", "a:\n\t- b\n", "a: [" * DEEPEST, "[" * 100_000, "\ufeffa: 1\n"])
def test_both_readers_agree_on_files_that_are_none(tmp_path, text):
    assert _agree(tmp_path / "a.yaml", text) is (text == "\ufeffa: 1\n")


def test_values_may_stand_as_deep_as_the_reader_with_places_allows(tmp_path):
    depths = [_agree(tmp_path / "a.yaml", f"a: {'[' * n}b{']' * n}\n") for n in (DEEPEST - 1, DEEPEST)]
    assert depths == [True, False]


def test_a_sound_baseline_is_read_once_and_without_its_places(tmp_path, monkeypatch):
    def never(*_):
        raise AssertionError

    monkeypatch.setattr("fupin_cli.rules.baseline.read_yaml", never)
    file = tmp_path / "b.yaml"
    file.write_text("version: 2\nfindings:\n  - {id: EDU001-1, rule: EDU001, accepted_by: 甲, reason: 乙}\n", "utf-8")
    assert [entry.accepted_by for entry in load_baseline(file).entries.values()] == ["甲"]
