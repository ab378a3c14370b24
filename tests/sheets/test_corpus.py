"""Workbooks as counties keep them, drawn in corpus/, each with what must be read of it (corpus/README.md)."""

import difflib

import pytest

from fupin_cli.rules import load_rulebook
from tests.sheets.corpus_reading import CORPUS, as_lines, expectation, read_drawn_file, reading_of

DRAWINGS = sorted(path for path in CORPUS.glob("*.md") if path.stem != "README")


@pytest.fixture(scope="session")
def dictionary():
    return load_rulebook().dictionary


@pytest.mark.parametrize("path", DRAWINGS, ids=lambda path: path.stem)
def test_a_drawn_workbook_is_read_as_its_page_says(path, tmp_path, dictionary):
    drawn = read_drawn_file(path)
    read = reading_of(drawn, tmp_path, dictionary)
    expected = expectation(drawn, read)
    assert read == expected, "\n".join(
        [
            f"{path.name}: {drawn.title}",
            *difflib.unified_diff(as_lines(expected), as_lines(read), "expected", "read", n=2, lineterm=""),
        ]
    )


def test_the_corpus_has_sixty_drawings_and_each_tells_its_story():
    drawn = [read_drawn_file(path) for path in DRAWINGS]
    assert len(drawn) >= 60
    assert len({each.title for each in drawn}) == len(drawn)
    assert [each.title for each in drawn if not (each.story and each.expected)] == []
