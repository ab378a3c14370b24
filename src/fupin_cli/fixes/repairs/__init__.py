"""Every repair, one file each: `SPELLINGS` in the order they are tried on a cell, then `PROPOSERS`.

A file has one constant KIND, a `Spelling` or a `Proposer` (fixes/ground.py). A later proposer's fix of a cell goes before an
earlier one's, and any proposer's before a spelling's; whoever reads typed values (X) writes a cell that needs no spelling any more.
Ids are never renumbered: FIX001 … are safe, FIX101 … need --unsafe.
"""

from fupin_cli.fixes.ground import Proposer, Spelling
from fupin_cli.fixes.repairs import (
    fix001_blanks,
    fix002_unseen,
    fix003_width,
    fix004_number_marks,
    fix005_certificate_x,
    fix006_dressed_number,
    fix007_text_number,
    fix008_dates,
    fix009_codes,
    fix010_separators,
    fix011_name_dots,
    fix012_place_names,
    fix013_fill_households,
    fix101_birth_dates,
    fix102_sexes,
    fix103_income_a_head,
    fix104_fifteen_digits,
    fix105_simplified,
    fix106_one_slip,
)

SPELLINGS: tuple[Spelling, ...] = (
    fix002_unseen.KIND,
    fix001_blanks.KIND,
    fix003_width.KIND,
    fix004_number_marks.KIND,
    fix005_certificate_x.KIND,
    fix011_name_dots.KIND,
    fix006_dressed_number.KIND,
    fix007_text_number.KIND,
    fix008_dates.KIND,
    fix009_codes.KIND,
    fix010_separators.KIND,
)
PROPOSERS: tuple[Proposer, ...] = (
    fix012_place_names.KIND,
    fix013_fill_households.KIND,
    fix101_birth_dates.KIND,
    fix102_sexes.KIND,
    fix103_income_a_head.KIND,
    fix104_fifteen_digits.KIND,
    fix105_simplified.KIND,
    fix106_one_slip.KIND,
)
