"""Programs beside Python that some tests start: where one is missing the tests are skipped, in CI they fail."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

_CALLED = {"soffice": "LibreOffice", "chromium": "Chromium"}


def needs(program: str) -> pytest.MarkDecorator:
    """Mark a test, or a module by `pytestmark = needs("soffice")`, that starts this program.

    With CI=true nothing is skipped, for a machine that lacks the program must not look green: the test runs, and fails at the start of it.
    """
    missing = shutil.which(program) is None
    reason = f"{_CALLED.get(program, program)} ({program}) is not on this machine"
    return pytest.mark.skipif(missing and os.environ.get("CI") != "true", reason=reason)


def convert(path: Path, form: str, folder: Path) -> Path:
    """Convert a file by LibreOffice, which gets a profile of its own; return where the result stands.

    Args:
        path: what is converted.
        form: as soffice names it: "xlsx", "pdf", "csv:Text - txt - csv (StarCalc):…".
        folder: where the result is written; another than that of `path` when the form is the same.
    """
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", form, "--outdir", str(folder), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return folder / f"{path.stem}.{form.partition(':')[0]}"
