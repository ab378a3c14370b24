"""`fupin round merge`: another office's ledger in; its rows in this campaign's ledger, and what differs, out."""

from pathlib import Path

from msgspec import Struct

from fupin_cli.catalogue import both
from fupin_cli.errors import UsageError
from fupin_cli.jobs.files import sha256
from fupin_cli.rounds import mark, merge, open_ledger, open_other

Note = tuple[str, str]  # zh, en


class Merged(Struct, frozen=True):
    """What was brought in."""

    added: dict[str, int]  # rows by table
    conflicts: tuple[Note, ...]
    done_before: bool


def run(folder: Path, other: Path, at: str, who: str) -> Merged:
    """Join another ledger of the same campaign into that of `folder`.

    Raises:
        UsageError: it is the same ledger, or that of another campaign.
        InputError: one of them is no ledger, or damaged.
        OutputError: the ledger cannot be written, or another process is writing it.
    """
    with open_ledger(folder) as ledger, open_other(other) as theirs:
        if other.resolve() == ledger.file.resolve():
            raise UsageError(*both("{other}：就是这份台账，不用并入。", other=other))
        with ledger.step("merge", _key(other), at, who) as step:
            if not step.done:
                added, told = merge(ledger, theirs)
                step.result.update(added=added, conflicts=[list(each) for each in told])
            kept, done = dict(step.result), step.done
    return Merged(kept["added"], tuple((zh, en) for zh, en in kept["conflicts"]), done)


def _key(file: Path) -> str:
    """Return what tells this content of a ledger from any other: what its journal holds is part of it."""
    journal = file.with_name(f"{file.name}-wal")
    return mark(sha256(file), sha256(journal) if journal.is_file() else "")
