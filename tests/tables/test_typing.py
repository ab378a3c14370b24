"""The table below is the whole specification of how one cell is read: type, text, kind → value, state, what is said."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fupin_cli.engines import open_engine
from fupin_cli.model.dictionary import CodeList, Column
from fupin_cli.model.sheet import Kind
from fupin_cli.tables.codes import Labels, Resolved
from fupin_cli.tables.sql import literal
from fupin_cli.tables.typing import Cell, typed
from tests.tables.drawn import DICTIONARY

T, N, D, B, E, U, P = Kind.TEXT, Kind.NUMBER, Kind.DATE, Kind.BOOLEAN, Kind.ERROR, Kind.UNCOMPUTED, Kind.PERCENT
MONEY, AREA, PEOPLE, SHARE = ("数字", "元"), ("数字", "平方米"), ("整数", "人"), ("数字", "%")
LAND, FAR = ("数字", "亩"), ("数字", "公里")
DAY, YEAR, CARD, CODE = ("日期", ""), ("年份", ""), ("证件", ""), ("编号", "")
PHONE, ACCOUNT, NAME, TEXT = ("电话", ""), ("账号", ""), ("姓名", ""), ("文本", "")
ID = "11010519491231002X"
MAY = date(2016, 5, 1)

CELLS = [
    # numbers
    (MONEY, T, "3000", 3000.0, 0, "FMT006|数字存成文本"),
    (MONEY, N, "3000", 3000.0, 0, None),
    (MONEY, N, "3000.5", 3000.5, 0, None),
    (MONEY, N, "1e+16", 1e16, 0, None),
    (MONEY, N, "2.5e-05", 2.5e-05, 0, None),
    (MONEY, N, "-5", -5.0, 0, None),
    (MONEY, T, "-5", -5.0, 0, "FMT006|数字存成文本"),
    (MONEY, T, "+5", 5.0, 0, "FMT006|含空格或多余符号"),
    (MONEY, T, "１２００", 1200.0, 0, "FMT006|全角数字"),
    (MONEY, T, "３．５", 3.5, 0, "FMT006|全角数字"),
    (MONEY, T, "1,200", 1200.0, 0, "FMT006|带千分位逗号"),
    (MONEY, T, "1，200", 1200.0, 0, "FMT006|带千分位逗号"),
    (MONEY, T, "1,234,567.89", 1234567.89, 0, "FMT006|带千分位逗号"),
    (MONEY, T, "1,20", None, 2, "FMT001|"),
    (MONEY, T, "1,2000", None, 2, "FMT001|"),
    (MONEY, T, "3000元", 3000.0, 0, "FMT006|带单位"),
    (MONEY, T, "3000 元", 3000.0, 0, "FMT006|带单位"),
    (MONEY, T, "1.2万元", 12000.0, 0, "FMT006|单位是万元，已换算为元"),
    (MONEY, T, "1.2万", 12000.0, 0, "FMT006|单位是万元，已换算为元"),
    (MONEY, T, "￥3000", 3000.0, 0, "FMT006|带货币符号"),
    (MONEY, T, "¥1,200元", 1200.0, 0, "FMT006|带货币符号"),
    (MONEY, T, " 3000 ", 3000.0, 0, "FMT006|含空格或多余符号"),
    (MONEY, T, "#3000", 3000.0, 0, "FMT006|含空格或多余符号"),
    (MONEY, T, "3000亩", None, 2, "FMT001|"),
    (MONEY, T, "约3000", None, 2, "FMT001|"),
    (MONEY, T, "3000左右", None, 2, "FMT001|"),
    (MONEY, T, "三千二百", None, 2, "FMT001|"),
    (MONEY, T, "2-3", None, 2, "FMT001|"),
    (MONEY, T, "(500)", None, 2, "FMT001|"),
    (MONEY, T, "5%", None, 2, "FMT001|"),
    (MONEY, T, "12.", None, 2, "FMT001|"),
    (MONEY, T, ".5", None, 2, "FMT001|"),
    (MONEY, T, "1e5", None, 2, "FMT001|"),
    (MONEY, T, "nan", None, 2, "FMT001|"),
    (MONEY, N, "inf", None, 2, "FMT001|"),
    (MONEY, T, "同上", None, 2, "FMT001|"),
    (MONEY, D, "2016-05-01", None, 2, "FMT001|单元格是日期"),
    (MONEY, B, "TRUE", None, 2, "FMT001|单元格是真假值"),
    (MONEY, P, "350000%", None, 2, "FMT001|单元格是百分数"),
    (PEOPLE, P, "400%", None, 2, "FMT001|单元格是百分数"),
    (SHARE, P, "5%", 5, 0, None),
    (SHARE, P, "-0.25%", -0.25, 0, None),
    (SHARE, T, "5%", 5, 0, "FMT006|带单位"),
    (SHARE, N, "0.05", 0.05, 0, None),
    (MONEY, E, "#N/A", None, 2, "FMT005|#N/A"),
    (MONEY, U, "=A1+B1", None, 2, "FMT005|公式没有计算结果"),
    (MONEY, T, "#REF!", None, 2, "FMT005|#REF!"),
    (MONEY, T, None, None, 1, None),
    (MONEY, T, " ", None, 1, None),
    (MONEY, T, "\u3000\u200b", None, 1, None),
    (MONEY, T, "/", None, 1, None),
    (MONEY, T, "-", None, 1, None),
    (MONEY, T, "—", None, 1, None),
    (MONEY, T, "——", None, 1, None),
    (MONEY, T, "无", None, 1, None),
    (AREA, T, "120平方米", 120.0, 0, "FMT006|带单位"),
    (AREA, T, "112㎡", 112.0, 0, "FMT006|带单位"),
    (AREA, T, "112m2", 112.0, 0, "FMT006|带单位"),
    (AREA, T, "1.2万", None, 2, "FMT001|"),
    (AREA, T, "三间平房", None, 2, "FMT001|"),
    (("数字", "%"), T, "12.5%", 12.5, 0, "FMT006|带单位"),
    (("数字", "亩"), T, "3.5亩", 3.5, 0, "FMT006|带单位"),
    (("数字", "公里"), T, "2公里", 2.0, 0, "FMT006|带单位"),
    (("数字", "万元"), T, "3万元", 3.0, 0, "FMT006|带单位"),
    (PEOPLE, N, "4", 4, 0, None),
    (PEOPLE, N, "4.5", None, 2, "FMT001|不是整数"),
    (PEOPLE, N, "1e+3", 1000, 0, None),
    (PEOPLE, T, "4.0", 4, 0, "FMT006|数字存成文本"),
    (PEOPLE, T, "4.5", None, 2, "FMT001|不是整数"),
    (PEOPLE, T, "4人", 4, 0, "FMT006|带单位"),
    (PEOPLE, T, "四人", 4, 0, "FMT006|带单位"),
    (PEOPLE, T, "两人", 2, 0, "FMT006|带单位"),
    (PEOPLE, T, "3口人", 3, 0, "FMT006|带单位"),
    (PEOPLE, T, "十口人", 10, 0, "FMT006|带单位"),
    (PEOPLE, T, "3（人）", 3, 0, "FMT006|带单位"),
    (PEOPLE, T, "三", None, 2, "FMT001|"),
    (PEOPLE, T, "十二人", None, 2, "FMT001|"),
    (("整数", "月"), T, "三月", None, 2, "FMT001|"),
    (("整数", "月"), T, "三个月", 3, 0, "FMT006|带单位"),
    (LAND, T, "3亩5分", None, 2, "FMT001|"),
    (LAND, T, "约4亩", None, 2, "FMT001|"),
    (MONEY, T, "六千五", None, 2, "FMT001|"),
    (MONEY, T, "一万二", None, 2, "FMT001|"),
    (FAR, T, "500米", 0.5, 0, "FMT006|单位是米，已换算为公里"),
    (FAR, T, "200m", 0.2, 0, "FMT006|单位是米，已换算为公里"),
    (FAR, T, "0.5km", 0.5, 0, "FMT006|带单位"),
    (FAR, T, "1里", None, 2, "FMT001|"),
    (DAY, T, "19年3月", None, 2, "FMT002|"),
    (PEOPLE, T, "99999999999999999999", None, 2, "FMT001|"),
    (("整数", "月"), T, "6个月", 6, 0, "FMT006|带单位"),
    # dates
    (DAY, D, "2016-05-01", MAY, 0, None),
    (DAY, D, "2016-05-01 08:30:00", MAY, 0, None),
    (DAY, D, "08:30:00", None, 2, "FMT002|"),
    (DAY, N, "42491", MAY, 0, None),
    (DAY, N, "42491.75", MAY, 0, None),
    (DAY, N, "20160501", MAY, 0, None),
    (DAY, N, "201605", MAY, 0, None),
    (DAY, N, "2016.5", MAY, 0, None),
    (DAY, N, "2016.1", None, 2, "FMT002|分不清是1月还是10月"),
    (DAY, N, "2016.11", date(2016, 11, 1), 0, None),
    (DAY, N, "2016", None, 2, "FMT002|只有年份"),
    (DAY, N, "61", None, 2, "FMT002|"),
    (DAY, T, "20160501", MAY, 0, None),
    (DAY, T, "19620101.0", date(1962, 1, 1), 0, None),
    (DAY, T, "202210.0", date(2022, 10, 1), 0, None),
    (DAY, T, "201605", MAY, 0, None),
    (DAY, T, "2016.5", MAY, 0, None),
    (DAY, T, "2016.1", date(2016, 1, 1), 0, None),
    (DAY, T, "2016.10", date(2016, 10, 1), 0, None),
    (DAY, T, "2016.05.01", MAY, 0, None),
    (DAY, T, "2016-5-1", MAY, 0, None),
    (DAY, T, "2016-05", MAY, 0, None),
    (DAY, T, "2016/5/1", MAY, 0, None),
    (DAY, T, "2016/5-1", None, 2, "FMT002|"),
    (DAY, T, "2016年5月1日", MAY, 0, None),
    (DAY, T, "2016 年 5 月 1 日", MAY, 0, None),
    (DAY, T, "2016年5月", MAY, 0, None),
    (DAY, T, "２０１６．５．１", MAY, 0, None),
    (DAY, T, "二〇一六年五月", MAY, 0, None),
    (DAY, T, "二○一六年十月二十一日", date(2016, 10, 21), 0, None),
    (DAY, T, "二零二零年十二月三十日", date(2020, 12, 30), 0, None),
    (DAY, T, "2016-05-01 08:30", MAY, 0, None),
    (DAY, T, "#20160501", MAY, 0, None),
    (DAY, T, "42491", MAY, 0, None),
    (DAY, T, "2016年", None, 2, "FMT002|只有年份"),
    (DAY, T, "2014年底", None, 2, "FMT002|只有年份"),
    (DAY, T, "2016-02-30", None, 2, "FMT002|没有这一天"),
    (DAY, T, "20161301", None, 2, "FMT002|没有这一天"),
    (DAY, T, "16.5.1", None, 2, "FMT002|"),
    (DAY, T, "5月1日", None, 2, "FMT002|"),
    (DAY, T, "属马的", None, 2, "FMT002|"),
    (DAY, T, "约2010", None, 2, "FMT002|"),
    (DAY, T, "同上", None, 2, "FMT002|"),
    (DAY, T, "/", None, 1, None),
    (DAY, E, "#VALUE!", None, 2, "FMT005|#VALUE!"),
    # years
    (YEAR, N, "2014", 2014, 0, None),
    (YEAR, T, "2014年", 2014, 0, None),
    (YEAR, T, "2014年底", 2014, 0, None),
    (YEAR, T, "2014-12-31", 2014, 0, None),
    (YEAR, T, "2014年12月", 2014, 0, None),
    (YEAR, T, "2014.0", 2014, 0, None),
    (YEAR, D, "2014-12-31", 2014, 0, None),
    (YEAR, N, "42491", 2016, 0, None),
    (YEAR, N, "2014.1", 2014, 0, None),
    (YEAR, T, "二〇一四年", 2014, 0, None),
    (YEAR, T, "14", None, 2, "FMT002|"),
    (YEAR, T, "去年", None, 2, "FMT002|"),
    # certificates
    (CARD, T, ID, ID, 0, None),
    (CARD, T, ID.lower(), ID, 0, "FMT007|小写x"),
    (CARD, T, f"#{ID}", ID, 0, "FMT007|前后带#、引号或等号"),
    (CARD, T, f"'{ID}", ID, 0, "FMT007|前后带#、引号或等号"),
    (CARD, T, f'="{ID}"', ID, 0, "FMT007|前后带#、引号或等号"),
    (CARD, T, "110105 19491231 002X", ID, 0, "FMT007|含空格或不可见字符"),
    (CARD, T, f"\t{ID}\u200b", ID, 0, "FMT007|含空格或不可见字符"),
    (CARD, T, "１１０１０５１９４９１２３１００２Ｘ", ID, 0, "FMT007|全角字符"),
    (CARD, T, "11010519491231002×", ID, 0, "FMT007|末位X写成其他字符"),
    (CARD, T, "11010519491231002*", ID, 0, "FMT007|末位X写成其他字符"),
    (CARD, T, "11010519491231002*44", f"{ID}44", 0, "FMT007|末位X写成其他字符"),
    (CARD, T, "99010119600501011*", "99010119600501011*", 0, None),
    (CARD, T, "110105-19491231-002X", ID, 0, "FMT007|含短横线"),
    (CARD, T, "110105-19491231-002-X", ID, 0, "FMT007|含短横线"),
    (CARD, T, "110105－19491231—002x44", f"{ID}44", 0, "FMT007|含短横线"),
    (CARD, T, "110105-1949-1231-002X", "110105-1949-1231-002X", 0, None),
    (CARD, T, "11010519491231002Х", ID, 0, "FMT007|末位X写成其他字符"),
    (CARD, T, "11010519491231002х44", f"{ID}44", 0, "FMT007|末位X写成其他字符"),
    (CARD, T, "110105194912310021.0", "110105194912310021", 0, "FMT007|带.0"),
    (CARD, T, f"{ID}44B1", f"{ID}44B1", 0, None),
    (CARD, T, "1101051949", "1101051949", 0, None),
    (CARD, T, "未办", "未办", 0, None),
    (CARD, N, "110105491231002", "110105491231002", 0, None),
    (CARD, N, "110105194912310000", None, 2, "FMT003|"),
    (CARD, N, "1.10105194912310e+17", None, 2, "FMT003|"),
    (CARD, T, "1.10105E+17", None, 2, "FMT003|"),
    (CARD, T, "无", None, 1, None),
    (CARD, E, "#N/A", None, 2, "FMT005|#N/A"),
    # codes made of digits, accounts
    (CODE, T, "9901010000000012", "9901010000000012", 0, None),
    (CODE, T, "#9901010000000012", "9901010000000012", 0, None),
    (CODE, T, "0012", "0012", 0, None),
    (CODE, N, "990101000012", "990101000012", 0, None),
    (CODE, N, "9901010000000010", None, 2, "FMT003|"),
    (CODE, T, "990101000012.0", "990101000012", 0, None),
    (ACCOUNT, T, "6217 0000 0000 0000 000", "6217000000000000000", 0, None),
    (ACCOUNT, N, "6217000000000000000", None, 2, "FMT003|"),
    # phones
    (PHONE, T, "13800000000", "13800000000", 0, None),
    (PHONE, N, "13800000000", "13800000000", 0, None),
    (PHONE, T, "138 0000 0000", "13800000000", 0, None),
    (PHONE, T, "138-0000-0000\t", "13800000000", 0, None),
    (PHONE, T, "13800000000.0", "13800000000", 0, None),
    (PHONE, T, "+8613800000000", "13800000000", 0, None),
    (PHONE, T, "13800000000、13900000000", "13800000000", 0, None),
    (PHONE, T, "13800000000/13900000000", "13800000000", 0, None),
    (PHONE, T, "0543-8123456", "05438123456", 0, None),
    (PHONE, T, "138****0000", "138****0000", 0, None),
    (PHONE, T, " 0543-812＊＊＊6 ", "0543-812＊＊＊6", 0, None),
    (PHONE, T, "0543 8123456", "05438123456", 0, None),
    (PHONE, T, "010　81234567、13800000000", "01081234567", 0, None),
    (PHONE, T, "0543 8123456 13800000000", "05438123456", 0, None),
    (PHONE, T, "8123456 0543", "8123456", 0, None),
    (PHONE, T, "81234567-601", "81234567", 0, None),
    (PHONE, T, "81234567转8403", "81234567", 0, None),
    (PHONE, T, "不详", "不详", 0, None),
    (PHONE, T, "无", None, 1, None),
    # names and texts
    (NAME, T, "张三", "张三", 0, None),
    (NAME, T, " 张三\n", "张三", 0, None),
    (NAME, T, "张　三", "张　三", 0, None),
    (NAME, T, "#张三", "张三", 0, None),
    (NAME, T, " ##张三 ", "张三", 0, None),
    (NAME, T, "#", None, 1, None),
    (NAME, T, "张#三", "张#三", 0, None),
    (NAME, T, "李\ufffd", "李\ufffd", 0, "FMT004|"),
    (NAME, T, "王\ue123", "王\ue123", 0, "FMT004|"),
    (NAME, T, "å¼ ä¸‰", "å¼ ä¸‰", 0, "FMT004|"),
    (NAME, T, "ÕÅÈý", "ÕÅÈý", 0, "FMT004|"),
    (NAME, T, "张??", "张??", 0, "FMT004|"),
    (NAME, T, "阿依古丽·买买提", "阿依古丽·买买提", 0, None),
    (NAME, U, "=B2", None, 2, "FMT005|公式没有计算结果"),
    (TEXT, T, "石桥村", "石桥村", 0, None),
    (TEXT, T, "#石桥村", "石桥村", 0, None),
    (TEXT, T, "#7组", "7组", 0, None),
    (TEXT, T, "#/", None, 1, None),
    (TEXT, T, "#?", "#?", 0, None),
    (TEXT, T, "石橋區(qū)", "石橋區(qū)", 0, "FMT004|"),
    (TEXT, T, "死亡？", "死亡？", 0, None),
    (TEXT, T, "/", None, 1, None),
    (TEXT, N, "7", "7", 0, None),
]  # fmt: skip

CODED = [
    ("汉族", "汉族", 0, None),
    (" 汉　族 ", "汉族", 0, None),
    ("01", "汉族", 0, None),
    ("1", "汉族", 0, None),
    ("1.0", "汉族", 0, None),
    ("1-汉族", "汉族", 0, None),
    ("01 ", "汉族", 0, None),
    ("99-汉族", "汉族", 0, None),
    ("2-汉族", None, 2, "COD001|汉族"),
    ("汉", "汉族", 0, "COD002|同义写法“汉”，按“汉族”读"),
    ("漢族", "汉族", 0, "FMT013|“漢族”按“汉族”读"),
    ('="回族"', "回族", 0, None),
    ("#回族", "回族", 0, None),
    ("火星族", None, 2, "COD001|汉族"),
    ("99", None, 2, "COD001|只有代码"),
    ("#77", None, 2, "COD001|只有代码"),
    ("同上", None, 2, "COD001|"),
    ("/", None, 1, None),
    ("无", None, 1, None),
    ("", None, 1, None),
]

MANY = [
    ("健康", "健康", 0, None),
    ("残疾，长期慢性病", "长期慢性病,残疾", 0, None),
    ("残疾、患有大病；长期慢性病", "长期慢性病,患有大病,残疾", 0, None),
    ("残疾 长期慢性病", "长期慢性病,残疾", 0, None),
    ("残疾,残疾,", "残疾", 0, None),
    ("01", "健康", 0, None),
    ("04|患有大病", "患有大病,残疾", 0, None),
    ("残疾,还可以", None, 2, "COD001|"),
    ("/", None, 1, None),
    (" ", None, 1, None),
]


def read(column, text, kind=T):
    engine = open_engine()
    labels = Labels(DICTIONARY.codes[column.codes]) if column.codes else None
    resolved = {}
    if labels is not None and text:
        resolved = {text: labels.many(text) if column.type == "多值" else labels.one(text)}
    shown = "CAST(NULL AS VARCHAR)" if not text else literal(text)
    source = f'(SELECT 1 AS "n", {shown} AS "c", {int(kind if text else 0)} AS "k") AS "s"'
    try:
        return engine.rows(typed([Cell(column, '"c"', '"k"', resolved, errors=True)], source, ('"n"',)))[0][1:4]
    finally:
        engine.close()


@pytest.mark.parametrize(("column", "kind", "text", "value", "state", "said"), CELLS)
def test_a_cell_is_read_as_its_column_asks(column, kind, text, value, state, said):
    assert read(Column("某列", "人", column[0], column[1]), text, kind) == (value, state, said)


@pytest.mark.parametrize(("text", "value", "state", "said"), CODED)
def test_a_coded_cell_is_read_as_its_standard_label(text, value, state, said):
    assert read(Column("民族", "人", "代码", codes="民族"), text) == (value, state, said)


@pytest.mark.parametrize(("text", "value", "state", "said"), MANY)
def test_a_cell_of_many_values_is_read_in_the_order_of_the_list(text, value, state, said):
    assert read(Column("健康状况", "人", "多值", codes="健康"), text) == (value, state, said)


def test_of_a_value_a_form_offers_itself_nothing_is_said():
    codes = CodeList("低保", "低保", True, ("享受", "未享受"), synonyms={"是": "享受", "有": "享受"}, offered=("是",))
    assert Labels(codes).one("是") == Resolved("享受")
    assert Labels(codes).one("有") == Resolved("享受", rule="COD002", note="同义写法“有”，按“享受”读")


def test_a_retired_code_value_is_read_and_named():
    assert read(Column("户属性", "户", "代码", codes="属性"), "五保户") == (
        "特困户",
        0,
        "COD002|旧码值“五保户”，按“特困户”读",
    )


def test_brackets_of_both_widths_are_one_label():
    assert read(Column("脱贫", "户", "代码", codes="脱贫"), "已脱贫(享受政策)")[:2] == ("已脱贫（享受政策）", 0)


def test_a_true_cell_is_yes_in_a_column_of_yes_and_no():
    assert read(Column("危房户", "户", "代码", codes="是否"), "TRUE", B) == ("是", 0, None)


@pytest.mark.parametrize("text", ["2020", "2020年", "2020年底"])
def test_a_year_alone_is_the_last_day_of_the_year_in_the_data_date(text):
    assert read(Column("数据日期", "地", "日期"), text) == (date(2020, 12, 31), 0, None)


@pytest.mark.parametrize("type_", ["数字", "整数", "日期", "年份", "证件", "编号", "电话", "账号", "姓名", "文本"])
def test_no_text_stops_the_reading(type_):
    engine = open_engine()
    select = typed([Cell(Column("某列", "人", type_, "元"), '"c"', '"k"', errors=True)], '"cells"', ('"n"',))

    @settings(max_examples=40, deadline=None)
    @given(st.lists(st.tuples(_texts(), st.sampled_from(Kind)), min_size=1, max_size=20))
    def check(cells):
        engine.run('CREATE OR REPLACE TABLE "cells" ("n" INTEGER, "c" VARCHAR, "k" UTINYINT)')
        rows = ", ".join(f"({n}, {literal(text)}, {int(kind)})" for n, (text, kind) in enumerate(cells))
        engine.run(f'INSERT INTO "cells" VALUES {rows}')
        for _, value, state, _ in engine.rows(select):
            assert (value is not None) == (state == 0)
            assert state in (0, 1, 2)

    try:
        check()
    finally:
        engine.close()


def _texts():
    digits = st.text(alphabet="0123456789.,-/年月日十XxＸ０９ eE+#\"'￥万元", max_size=24)
    return st.one_of(digits, st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=30))


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=30))
def test_no_text_stops_the_resolving_of_codes(text):
    labels = Labels(DICTIONARY.codes["健康"])
    for found in (labels.one(text), labels.many(text)):
        assert found.blank + (found.value is not None) + (found.rule == "COD001") == 1
