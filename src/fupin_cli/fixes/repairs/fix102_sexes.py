"""FIX102 (unsafe): a blank sex is filled from a certificate that passes its check and contradicts nothing on the row."""

from collections.abc import Iterator

from fupin_cli.catalogue import both
from fupin_cli.fixes.certified import blanks_of
from fupin_cli.fixes.ground import Change, Ground, Proposer, fix_of
from fupin_cli.model.fix import Fix, Repair
from fupin_cli.model.sheet import Kind

_REASON = both("按证件号码第17位填写，请核对证件")


def propose(ground: Ground) -> Iterator[Fix]:
    """Yield a fix for each blank 性别 beside such a number."""
    for target in ground.targets:
        if (target.layout.kind, target.column.name) == ("人", "性别"):
            for blank in blanks_of(ground, target):
                change = Change(blank.before, blank.before_kind, blank.sex, Kind.TEXT)
                yield fix_of("FIX102", target, blank.row, change, _REASON)


KIND = Proposer(
    Repair(
        "FIX102", *both("性别按证件补填"), False,
        *both("证件号码的校验码相符，又与出生日期、登记年龄不矛盾、不与别人重号时，空白的性别可以从中读出；证件本身可能是别人的，须核对。")
    ),
    propose,
)  # fmt: skip
