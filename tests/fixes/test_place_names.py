"""FIX012: short names become official ones where they mean one place."""

import pytest

from fupin_cli.fixes.repairs.fix012_place_names import official


@pytest.mark.parametrize(
    ("path", "level", "full"),
    [
        (("山东", "", ""), "省", "山东省"),
        (("山东", "滨州", ""), "市", "滨州市"),
        (("山东省", "滨州市", "惠民"), "县", "惠民县"),
        (("广西", "", ""), "省", "广西壮族自治区"),
        (("山东省", "", ""), "省", None),
        (("", "", "朝阳"), "县", None),
        (("云南", "滨州", ""), "市", None),
        (("示例", "", ""), "省", None),
    ],
)
def test_a_short_name_of_one_place_becomes_its_official_one(path, level, full):
    assert official(path, level, 2021) == full
