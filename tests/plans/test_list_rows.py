"""Rules over the rows of lists and ledgers: what the registry has, what rows of one value say together."""

import pytest

from tests.plans.judged import rule, verdicts

NUMBER, OTHER = "11010519491231002X", "990101199001010116"


def of_rows(must: str, rows, persons=(), households=(), name: str = "车辆", **more) -> list[str]:
    more = {"scope": "名单", "rows": (name,), **more}
    return verdicts(rule(must, **more), persons, households, {name: rows})


def person(name: str = "张三", number: str = NUMBER, **cells: str) -> dict[str, str]:
    return {"户编号": "990101000001", "姓名": name, "证件号码": number, **cells}


def car(name: str = "张三", number: str = NUMBER, **cells: str) -> dict[str, str]:
    return {"姓名": name, "证件号码": number, **cells}


def test_a_row_of_a_list_is_judged_by_its_own_columns():
    rows = [car(购置价格="3"), car(购置价格="1"), car(购置价格="")]
    assert of_rows("购置价格 > 2", rows) == ["pass", "fail", "unknown"]


def test_a_person_of_the_registry_has_the_number_of_a_row():
    rows = [car(), car(number=NUMBER + "42"), car(number=OTHER), car(number=""), car(number="42")]
    assert of_rows("在册有(证件号码)", rows, [person()]) == ["pass", "pass", "fail", "unknown", "unknown"]


def test_an_old_number_of_15_digits_is_that_of_the_person_with_the_new_one():
    rows = [car(number="110105491231002"), car(number="110105491331002"), car(number="110105491231998")]
    assert of_rows("在册有(证件号码)", rows, [person()]) == ["pass", "unknown", "unknown"]


def test_a_person_whose_own_number_is_not_known_may_be_the_one_of_that_name():
    rows = [car("张三", OTHER), car("李四", OTHER)]
    people = [person("张三", ""), person("王五", NUMBER)]
    assert of_rows("在册有(证件号码)", rows, people) == ["unknown", "fail"]
    gone = [person("张三", "", 人员状态="自然减少"), person("王五", NUMBER, 人员状态="")]
    assert of_rows("在册有(证件号码)", rows, gone) == ["fail", "fail"]


def test_a_person_who_left_is_not_in_the_registry():
    assert of_rows("在册有(证件号码)", [car()], [person(人员状态="自然减少")]) == ["fail"]


def test_the_condition_on_the_person_is_three_valued():
    rows, must = [car()], "在册有(证件号码, 性别 = '男')"
    assert of_rows(must, rows, [person(性别="男")]) == ["pass"]
    assert of_rows(must, rows, [person(性别="女")]) == ["fail"]
    assert of_rows(must, rows, [person(性别="")]) == ["unknown"]
    assert of_rows("在册有(证件号码, 任一成员(性别 = '女'))", rows, [person(性别="男")]) == ["fail"]


def test_a_household_of_the_registry_has_the_number_of_a_row():
    rows = [{"疑点编号": "1", "户编号": number} for number in ("990101000001", "990101000002", "")]
    homes = [{"户编号": "990101000001", "危房户": "是"}]
    assert of_rows("户在册(户编号)", rows, [], homes, LEDGER, scope="台账") == ["pass", "fail", "unknown"]
    assert of_rows("户在册(户编号, 危房户 = '否')", rows, [], homes, LEDGER, scope="台账") == [
        "fail",
        "fail",
        "unknown",
    ]


LEDGER = "疑点台账"


@pytest.mark.parametrize(
    ("must", "said"),
    [
        ("同组行数(姓名, 购置价格 > 1) = 2", ["pass", "pass", "unknown", "unknown", "unknown"]),
        ("同组行数(姓名, 购置价格 > 1) >= 1", ["pass", "pass", "pass", "pass", "unknown"]),
        ("同组行数(姓名, TRUE) = 2", ["pass", "pass", "pass", "pass", "unknown"]),
        ("同组任一(姓名, 购置价格 > 2)", ["pass", "pass", "unknown", "unknown", "unknown"]),
        ("同组最小(姓名, 购置价格) = 购置价格", ["pass", "fail", "unknown", "unknown", "unknown"]),
        ("同组最大(姓名, 购置价格) = 购置价格", ["fail", "pass", "unknown", "unknown", "unknown"]),
        ("同组值数(姓名, 购置价格) = 2", ["pass", "pass", "unknown", "unknown", "unknown"]),
        ("同组值数(姓名, 购置价格) > 2", ["fail", "fail", "fail", "fail", "unknown"]),
    ],
)
def test_rows_with_the_same_value_speak_together(must, said):
    rows = [car("张三", 购置价格="2"), car("张三", 购置价格="3"), car("李四", 购置价格="2"), car("李四", 购置价格="")]
    assert of_rows(must, [*rows, car("", 购置价格="2")]) == said


def test_several_lists_are_judged_as_one_and_only_rows_of_the_same_list_speak_together():
    rows = {"低保": [car("张三"), car("李四")], "特困": [car("张三")]}
    both = rule("同组行数(姓名, TRUE) = 1", scope="名单", rows=("低保", "特困"))
    assert verdicts(both, [], [], rows) == ["pass", "pass", "pass"]
    assert verdicts(both, [], [], {"特困": rows["特困"]}) == ["pass"]


def test_a_list_or_ledger_that_was_not_given_is_the_reason():
    assert verdicts(rule("购置价格 > 2", scope="名单", rows=("车辆",)), [person()]) == ["not run: list 车辆"]
    assert verdicts(rule("NOT 为空(户编号)", scope="台账", rows=(LEDGER,)), [person()]) == ["not run: ledger 疑点台账"]


def test_what_a_row_asks_of_the_registry_needs_the_registry_to_have_it():
    must = "在册有(证件号码, 务工时间 > 3)"
    assert of_rows(must, [car()], [person()]) == ["not run: column 务工时间"]
    assert of_rows("在册有(证件号码)", [car()], [{"姓名": "张三"}]) == ["not run: column 证件号码"]
    assert of_rows("在册有(证件号码)", [car()]) == ["not run: column 证件号码、家庭成员表"]


def test_inside_a_condition_on_a_list_the_row_may_ask_the_registry_too():
    must = "名单有('低保', 在册有(户主证件号码))"
    rows = {
        "低保": [{"证件号码": NUMBER, "户主证件号码": OTHER}, {"证件号码": OTHER, "户主证件号码": "990101198001010011"}]
    }
    assert verdicts(rule(must), [person(), person("李四", OTHER)], [], rows) == ["pass", "fail"]


def test_a_text_is_the_key_of_a_row_of_a_list():
    units = {"帮扶单位": [{"单位名称": "示例局"}, {"单位名称": ""}]}
    homes = [{"户编号": f"99010100000{i}", "帮扶单位": text} for i, text in enumerate(["示例局", "别的局", ""])]
    assert verdicts(rule("名单含('帮扶单位', 帮扶单位)", scope="户"), [], homes, units) == ["pass", "fail", "unknown"]
