"""Fixtures every test may use."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.sketch import write_sketch

os.environ["FUPIN_CACHE"] = "off"  # nothing of one test, and nothing of the user's, is there in the next


@pytest.fixture
def sketch(tmp_path: Path) -> Callable[..., Path]:
    """Draw a workbook in the test's own folder: `sketch(text, name="registry.xlsx")`; see tests/sketch.py."""

    def draw(text: str, name: str = "registry.xlsx", **options: str) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        return write_sketch(path, text, **options)

    return draw
