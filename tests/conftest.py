"""Fixtures every test may use."""

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.sketch import write_sketch

if "PYTEST_XDIST_WORKER" not in os.environ:  # workers have their parent's
    _KEPT = tempfile.TemporaryDirectory(prefix="fupin-tests-")  # nothing of the user's, and of other sessions
    os.environ["FUPIN_CACHE"] = _KEPT.name


@pytest.fixture
def sketch(tmp_path: Path) -> Callable[..., Path]:
    """Draw a workbook in the test's own folder: `sketch(text, name="registry.xlsx")`; see tests/sketch.py."""

    def draw(text: str, name: str = "registry.xlsx", **options: str) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        return write_sketch(path, text, **options)

    return draw
