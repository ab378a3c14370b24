"""Each spelling: what it repairs, what it leaves, and the laws that hold of all of them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fupin_cli.fixes.ground import Written
from fupin_cli.fixes.repairs import SPELLINGS
from fupin_cli.fixes.spelling import same_value
from fupin_cli.model.dictionary import Column
from fupin_cli.model.sheet import Kind
from fupin_cli.values.text import fold

BY_ID = {one.repair.id: one for one in SPELLINGS}
NUMBER = "11010519491231002X"
MESS = st.text("张三买提·.•　 \t\u200b\u00a0\x07０12９3-，,、；元亩xX×#'\"年月日（）AＢ", max_size=12)


def cell(text, kind, value=None, said="", *, plain=False, codes=(), synonyms=()):
    return Written(text, Kind.TEXT, Column("列", "人", kind), value, said, plain, codes, synonyms)


@pytest.mark.parametrize(
    ("repair", "before", "after"),
    [
        ("FIX001", cell(" 张　三 ", "姓名"), "张三"),
        ("FIX001", cell("阿依 古丽", "姓名"), None),
        ("FIX001", cell(" 阿依 古丽", "姓名"), "阿依 古丽"),
        ("FIX001", cell("John Li", "姓名"), None),
        ("FIX001", cell("说明 一\n", "文本"), "说明 一"),
        ("FIX001", cell("110105 19491231 002X", "证件"), NUMBER),
        ("FIX001", cell(f"\t{NUMBER}", "证件", plain=True), None),
        ("FIX002", cell("张\u200b三\x07", "姓名"), "张三"),
        ("FIX002", cell("ئا\u200dب", "姓名"), None),
        ("FIX003", cell("１１０Ｘ", "证件"), "110X"),
        ("FIX003", cell("住Ａ座３．５号，（旧）", "文本"), "住A座3.5号，（旧）"),
        ("FIX004", cell(f"#{NUMBER}", "证件"), NUMBER),
        ("FIX004", cell("990101.0", "编号"), "990101"),
        ("FIX004", cell("110105-19491231-002X", "证件"), NUMBER),
        ("FIX004", cell("#110105－19491231-002X42", "证件"), NUMBER + "42"),
        ("FIX004", cell("110105-19491231-002X", "证件", plain=True), None),
        ("FIX004", cell("11010-519491231-002X", "证件"), None),
        ("FIX004", cell("110105-19491231-002X", "编号"), None),
        ("FIX004", cell(f'="{NUMBER}"', "证件", plain=True), None),
        ("FIX005", cell(NUMBER.lower(), "证件"), NUMBER),
        ("FIX005", cell(NUMBER[:17] + "×", "证件"), NUMBER),
        ("FIX005", cell("11010519491231003*", "证件"), None),
        ("FIX006", cell("3,200元", "数字", "3200.0", "FMT006|带千分位逗号"), "3200"),
        ("FIX006", cell("1.2万", "数字", "12000.0", "FMT006|单位是万元，已换算为元"), None),
        ("FIX007", cell("3.50", "数字", "3.5", "FMT006|数字存成文本"), "3.5"),
        ("FIX007", cell("3.50", "数字", "3.5", "FMT006|数字存成文本", plain=True), None),
        ("FIX007", cell("2016年", "年份", "2016"), "2016"),
        ("FIX007", cell("2016-05", "年份", "2016"), None),
        ("FIX008", cell("2016.5.1", "日期", "2016-05-01"), "2016-05-01"),
        ("FIX008", cell("二〇一六年五月一日", "日期", "2016-05-01"), "2016-05-01"),
        ("FIX008", cell("20160501", "日期", "2016-05-01"), "2016-05-01"),
        ("FIX008", cell("2016年5月", "日期", "2016-05-01"), None),
        ("FIX008", cell("201605", "日期", "2016-05-01"), None),
        ("FIX008", cell("2016-05-01 08:30", "日期", "2016-05-01"), None),
        ("FIX008", cell("1899-12-30", "日期", "1899-12-30"), None),
        ("FIX009", cell("汉", "代码", "汉族", "COD002|同义写法“汉”，按“汉族”读", codes=("汉族",), synonyms=("汉",)), "汉族"),
        ("FIX009", cell("五保户", "代码", "特困户", "COD002|旧码值“五保户”，按“特困户”读", codes=("特困户",)), None),
        ("FIX009", cell("01", "代码", "汉族", codes=("汉族",)), None),
        ("FIX009", cell("漢族", "代码", "汉族", "FMT013|“漢族”按“汉族”读", codes=("汉族",)), "汉族"),
        ("FIX010", cell("因残；因病", "多值", "因病,因残", codes=("因病", "因残")), "因残,因病"),
        ("FIX010", cell("因残；因懒", "多值", "因残,因懒", codes=("因病", "因残")), None),
        ("FIX011", cell("买买提.艾力", "姓名"), "买买提·艾力"),
        ("FIX011", cell("J.Li", "姓名"), None),
    ],
)  # fmt: skip
def test_a_spelling_repairs_what_it_is_for_and_nothing_else(repair, before, after):
    found = BY_ID[repair].respell(before)
    assert (found[0] if found else None) == after


@pytest.mark.parametrize("spelling", SPELLINGS, ids=lambda one: one.repair.id)
def test_a_spelling_done_twice_is_the_same_as_once(spelling):
    @settings(max_examples=40, deadline=None)
    @given(MESS, st.sampled_from(sorted(spelling.types)), st.booleans())
    def holds(text, kind, plain):
        first = spelling.respell(cell(text, kind, plain=plain))
        if first is not None:
            again = spelling.respell(cell(first[0], kind, plain=plain))
            assert again is None or again == first

    holds()


@settings(max_examples=100, deadline=None)
@given(MESS, st.sampled_from(("FIX001", "FIX002", "FIX003", "FIX011")))
def test_a_name_keeps_its_letters(text, repair):
    found = BY_ID[repair].respell(cell(text, "姓名"))
    if found is not None:
        assert same_value(text, found[0])
        assert [char for char in fold(text) if char.isalnum()] == [char for char in fold(found[0]) if char.isalnum()]


def test_numbers_with_a_point_are_not_the_same_without_it():
    assert not same_value("3.5", "35")
    assert same_value("艾力.买买提", "艾力·买买提 ")
