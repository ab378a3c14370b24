"""Fixtures every test may use."""

import gc
import os
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.sketch import write_sketch

if "PYTEST_XDIST_WORKER" not in os.environ:  # workers have their parent's
    _KEPT = tempfile.TemporaryDirectory(prefix="fupin-tests-")  # nothing of the user's, and of other sessions
    os.environ["FUPIN_CACHE"] = _KEPT.name


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the campaign first: nine rounds take minutes, and nobody should wait for them at the end."""
    items.sort(key=lambda item: "campaign" not in item.path.parts)


def pytest_collection_finish() -> None:
    """Leave eight thousand tests out of every round of Python's garbage collector: 6 % of the time."""
    gc.freeze()
    gc.set_threshold(100_000, 20, 50)


def pytest_unconfigure() -> None:
    gc.unfreeze()


@pytest.fixture
def sketch(tmp_path: Path) -> Callable[..., Path]:
    """Draw a workbook in the test's own folder: `sketch(text, name="registry.xlsx")`; see tests/sketch.py."""

    def draw(text: str, name: str = "registry.xlsx", **options: str) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        return write_sketch(path, text, **options)

    return draw
