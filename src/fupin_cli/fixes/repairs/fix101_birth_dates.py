"""FIX101 (unsafe): a blank day of birth is filled from a certificate that passes its check and contradicts nothing on the row."""

from collections.abc import Iterator

from fupin_cli.catalogue import both
from fupin_cli.fixes.certified import blanks_of
from fupin_cli.fixes.columns import written_day
from fupin_cli.fixes.ground import Change, Ground, Proposer, fix_of
from fupin_cli.model.fix import Fix, Repair

_REASON = both("按证件号码第7至14位填写，请核对证件")


def propose(ground: Ground) -> Iterator[Fix]:
    """Yield a fix for each blank 出生日期 beside such a number; a column whose days are written in a rare way is left."""
    for target in ground.targets:
        if (target.layout.kind, target.column.name) != ("人", "出生日期"):
            continue
        kind = written_day(ground, target)
        if kind is not None:
            for blank in blanks_of(ground, target):
                change = Change(blank.before, blank.before_kind, blank.born.isoformat(), kind)
                yield fix_of("FIX101", target, blank.row, change, _REASON)


KIND = Proposer(
    Repair(
        "FIX101", *both("出生日期按证件补填"), False,
        *both("证件号码的校验码相符，又与性别、登记年龄不矛盾、不与别人重号时，空白的出生日期可以从中读出；证件本身可能是别人的，须核对。")
    ),
    propose,
)  # fmt: skip
