import random
import subprocess
import sys
from pathlib import Path

import pytest

from tests.rounds.drawn import campaign, faults, whole

MOST = {"operations": 850, "lines": 5500}  # of each the whole campaign has a few more


@pytest.mark.parametrize("how", ["operations", "lines"])
def test_a_campaign_killed_at_random_points_is_never_inconsistent_and_ends_the_same(how, tmp_path):
    campaign(tmp_path / "whole")
    expected, drawn, killed = whole(tmp_path / "whole"), random.Random(20210301), 0

    for number in range(10):
        folder = tmp_path / str(number)
        killed += kill(folder, how, drawn.randrange(1, MOST[how])) and kill(folder, how, drawn.randrange(1, MOST[how]))
        if (folder / "台账.sqlite").exists():
            try_to_look(folder)
        campaign(folder)
        assert faults(folder) == []
        assert whole(folder) == expected

    assert killed >= 5, "most runs must have died twice"


def kill(folder: Path, how: str, point: int) -> bool:
    """Run the campaign until it dies; tell whether it did."""
    command = [sys.executable, "-m", "tests.rounds.killed", str(folder), how, str(point)]
    code = subprocess.run(command, check=False, cwd=Path(__file__).parents[2]).returncode
    assert code in {0, -9}
    return code == -9


def try_to_look(folder: Path) -> None:
    """Look at what a kill left: a ledger without fault, or one that was never finished and says so."""
    from fupin_cli.errors import InputError

    try:
        assert faults(folder) == []
    except InputError as error:
        assert "台账还没有建成" in error.zh  # noqa: PT017
