"""Every file of broken/ says in its comments where it stands and what must be said of it."""

from pathlib import Path

import pytest

from fupin_cli.errors import RuleError
from fupin_cli.rules import load_rulebook

BROKEN = sorted((Path(__file__).parent / "broken").iterdir())


@pytest.mark.parametrize("broken", BROKEN, ids=lambda path: path.stem)
def test_a_broken_file_is_refused_with_its_sentence(broken: Path, tmp_path: Path) -> None:
    written = broken.read_bytes()
    place, *expected = [line[2:] for line in written.decode().splitlines() if line.startswith("# ")]
    copy = tmp_path / place
    copy.parent.mkdir(parents=True)
    copy.write_bytes(written)

    with pytest.raises(RuleError) as caught:
        load_rulebook(root=tmp_path)

    assert [f"{fault.line}:{fault.column}: {fault.en}" for fault in caught.value.faults] == expected
