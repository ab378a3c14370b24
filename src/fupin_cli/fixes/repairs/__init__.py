"""Every repair, one file each: `SPELLINGS` in the order they are tried on a cell, then `PROPOSERS`.

A file has one constant KIND, a `Spelling` or a `Proposer` (fixes/ground.py). A later proposer's fix of a cell goes before an
earlier one's, and any proposer's before a spelling's; whoever reads typed values (X) writes a cell that needs no spelling any more.
Ids are never renumbered: FIX001 … are safe, FIX101 … need --unsafe.
"""

from fupin_cli.fixes.ground import Proposer, Spelling

SPELLINGS: tuple[Spelling, ...] = ()
PROPOSERS: tuple[Proposer, ...] = ()
