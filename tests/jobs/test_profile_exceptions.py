"""What the lists of entry bans excuse, and what they do not: one person a row of a department's list."""

import pytest

from fupin_cli import audit

DAY = "2018-12-31"


def numbered(serial: int) -> str:
    """Return an identity number of the invented county with its check character."""
    body = f"99010119800101{serial:03}"
    factors = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(int(digit) * factor for digit, factor in zip(body, factors, strict=True))
    return body + "10X98765432"[total % 11]


@pytest.fixture
def hits(sketch):
    """Return which rows of a list are hits: the position of each, counted from 0."""

    def run(profile: str, rule: str, name: str, heads: tuple[str, ...], rows: list[tuple[str, ...]]) -> list[int]:
        numbers = [numbered(serial) for serial in range(len(rows))]
        persons = "| 户编号 | 姓名 | 与户主关系 | 证件号码 | 数据日期 |\n" + "".join(
            f"| '99010100{serial:04} | 张三 | 户主 | '{number} | {DAY} |\n" for serial, number in enumerate(numbers)
        )
        listed = f"| 证件号码 | {' | '.join(heads)} |\n" + "".join(
            f"| '{number} | {' | '.join(cells)} |\n" for number, cells in zip(numbers, rows, strict=True)
        )
        lists = {name: sketch(listed, "list.xlsx")}
        report = audit(sketch(persons), lists=lists, profile=profile, select=[rule]).to_dict()
        assert report["rules"]["run"] == [rule]
        return sorted(int(finding["household"][-4:]) for finding in report["findings"])

    return run


CARS = [
    ("小型轿车", "80000"), ("小型面包车", "50000"), ("普通二轮摩托车", "6000"), ("轻型普通货车", "60000"),
    ("残疾人专用车", "9000"), ("正三轮摩托车", "7000"), ("大型农用车", "90000"), ("", ""),
]  # fmt: skip


@pytest.mark.parametrize(
    ("profile", "expected"),
    [
        ("河北-2018", [0, 1, 7]),  # minibuses are cars here; what the list does not name stays a hit
        ("四进七不进-2017", [0, 7]),  # cars for pleasure
        ("九条红线-2017", [0, 1, 3, 6, 7]),
        ("江西-七清四严", [0, 1, 3, 6, 7]),
        ("农牧民八条-2017", [0, 1, 2, 3, 5, 6, 7]),  # any motor vehicle but a scooter for the disabled
        ("红塔-2018", [0, 1, 3, 6, 7]),  # 30000 yuan or more, of any kind
    ],
)
def test_which_vehicles_a_list_means(hits, profile, expected):
    assert hits(profile, "ENT004", "车辆", ("车辆类型", "购置价格"), CARS) == expected


def test_only_the_two_heads_of_a_village_are_meant_in_hebei(hits):
    posts = [
        "党支部书记", "村委会主任", "支部书记、村委会主任", "妇女主任", "团支部书记", "村委会副主任",
        "村务监督委员会主任", "会计", "党支部书记兼民兵连长", "团结村支书",
    ]  # fmt: skip
    rows = [(post, "") for post in posts] + [("村委会主任", "已离任")]

    assert hits("河北-2018", "ENT003", "村干部", ("职务", "在任状态"), rows) == [0, 1, 2, 8, 9]


def test_a_cadre_with_a_grave_cause_written_down_is_excused_where_the_list_says_so(hits):
    rows = [
        ("村主任", "", ""),
        ("村主任", "家有重病人", ""),
        ("村主任", "", "2017-06-30"),
        ("村主任", "", "2019-06-30"),
    ]
    heads = ("职务", "致贫原因说明", "离任日期")

    assert hits("四进七不进-2017", "ENT003", "村干部", heads, rows) == [0, 3]
    assert hits("九条红线-2017", "ENT003", "村干部", heads, rows) == [0, 1, 3]


@pytest.mark.parametrize(
    ("profile", "expected"), [("3300线清单", [0, 3]), ("四进七不进-2017", [0, 3]), ("红塔-2018", [0, 1, 2, 3])]
)
def test_formal_posts_only_where_the_list_says_formal(hits, profile, expected):
    rows = [("教师", "事业编制"), ("公益性岗位", ""), ("教师", "编外"), ("", "")]

    assert hits(profile, "ENT001", "财政供养", ("人员类别", "编制类型"), rows) == expected


def test_an_old_house_in_a_village_is_no_house_built_within_two_years(hits):
    rows = [
        ("农村", "2010-05-01", "自建"),
        ("农村", "2018-05-01", "自建"),
        ("城镇", "2010-05-01", "购买"),
        ("农村", "2018-05-01", "灾后重建"),
    ]

    assert hits("农牧民八条-2017", "ENT006", "房产", ("城乡", "取得日期", "取得方式"), rows) == [1, 2]


def test_a_duty_bearer_counts_by_his_post_where_the_list_speaks_of_posts(hits):
    rows = [("是", "无", "无"), ("否", "有", "有"), ("", "有", ""), ("否", "无", "无")]
    heads = ("是否财政供养", "有无房产", "有无车辆")

    assert hits("红塔-2018", "ENT015", "赡养人", heads, rows) == [0]
    assert hits("武城-十不准", "ENT015", "赡养人", heads, rows) == [0, 1, 2]
