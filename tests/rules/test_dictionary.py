"""The shipped data dictionary, code lists and lists of departments: what they must mean besides being well formed."""

import re
from collections import defaultdict
from collections.abc import Iterable
from itertools import combinations
from pathlib import Path

import pytest

from fupin_cli.model.dictionary import Column, Dictionary
from fupin_cli.model.settings import Wishes
from fupin_cli.rules import load_rulebook
from fupin_cli.tables import heading_text
from fupin_cli.tables.codes import Labels
from fupin_cli.tables.lexicon import build_lexicon

PERSONS_2017 = """县(市、区、旗) 乡(镇) 行政村 自然村 户编号 人编号 姓名 证件号码 人数 与户主关系 民族 文化程度 在校生状况 健康状况 劳动技能
务工状况 务工时间（月） 参加大病医疗 脱贫属性 脱贫年度 贫困户属性 主要致贫原因 危房户 饮水安全 饮水困难 人均纯收入 联系电话"""
VILLAGES_2017 = """行政区划编码 县 乡（镇） 村 负责人 村办公电话 村属性 是否出列 总户数 总人口数 自然村数 贫困户数 贫困人口数 低保人口数
低保户数 五保人口数 五保户数 少数民族人口数 妇女人口数 残疾人口数 劳动力人数 外出务工人数 省 市（州）"""
PERSONS_2018 = "市 县 乡 村 人编号 姓名 性别 证件号码 与户主关系 健康状况 劳动技能 户编号 户主姓名 户主证件号码 家庭人口 脱贫标志 贫困户属性 变更年度"
HOUSEHOLDS_2021 = """省 市 县 乡 村 户编号 户主编号 户主姓名 户主证件号码 家庭人口数 是否危房户 人均纯收入 年收入 是否解决安全饮用水 年度 村办公电话
开户银行名称 银行卡号 识别标准 主要致贫原因 次要致贫原因 工资性收入 生产经营性收入 财产性收入 转移性收入 计划生育金 低保金 五保金 养老保险金
生态补偿金 其他转移性收入 生产经营性支出 纯收入 资产收益扶贫分红收入 其他财产性收入 耕地面积（亩） 水面面积 是否加入农民专业合作组织
退耕还林面积（亩） 林果面积（亩） 牧草地面积 林地面积（亩） 是否通生产用电 是否通生活用电 是否通广播电视 与村主干路距离 入户路类型 住房面积
是否有卫生厕所 主要燃料类型 危房级别 是否有龙头企业带动 是否有创业致富带头人带动"""
PERSONS_2021 = """户编号 人口编号 姓名 性别 出生日期 证件类型 证件号码 民族 户联系电话 成员联系电话 年度 与户主关系 文化程度 在校生状况 劳动技能
务工时间（月） 健康状况 政治面貌 务工企业名称 是否享受低保 是否参加城镇职工基本养老保险 是否参加大病保险
是否参加新型农村合作医疗（城乡居民基本医疗保险） 是否参加城乡居民基本养老保险 失学或辍学原因 是否会讲普通话 是否参加商业补充医疗保险 是否国外务工
产业分类 是否接受大病医疗救助 是否接受其他健康扶贫 公益性岗位类型 公益性岗位(月数) 就业渠道 残疾类别 务工所在地 户主姓名 户主证件号码
是否参加城镇职工基本医疗保险 是否特困供养人员 残疾证办证年度 识别标准"""
LIST_2022 = """数据日期 县(市、区、旗) 乡(镇) 行政村 自然村 户编号 人编号 姓名 证件号码 人数 与户主关系 民族 文化程度 在校生状况 健康状况
劳动技能 务工时间（月） 是否参加大病保险 致贫原因1 危房户 是否解决安全饮用水 人均纯收入 户联系电话 人联系电话 首次识别时间 人员识别时间 户类型
易返贫致贫户(监测对象)类型 风险是否消除 风险识别时间 风险消除时间"""
MONITORING_2023 = """监测对象类别 致贫/返贫风险1 致贫/返贫风险5 因自然灾害子项 识别监测时间 风险是否已消除 消除监测时间 风险消除方式 信息采集人
信息采集人联系电话 是否义务教育阶段适龄儿童少年失学辍学 是否有家庭成员未参加城乡居民（职工）基本医疗保险 风险消除后是否住房损毁
风险消除后是否饮水设施损毁 风险消除后家庭人均纯收入 风险消除后合规自付支出 产业帮扶 公益性岗位帮扶 综合保障 实施开发式帮扶措施情况 是否已务工
是否计划务工 开始时间 结束时间 务工所在县 计划务工所在县 务工月收入 所属行业 是否点对点输送 就业服务需求 年度交通费补助"""
INCOME_ITEMS = """务工收入 行业部门公益岗 乡镇公益岗 村级公益岗 自主采摘 种植收入 养殖收入 林果收入 其他经营 资产收益分红 土地流转 金融贷款项目 代种代养
退耕还林 公益林 草原生态奖补 移民补助 地力补贴 高龄补贴 优抚金 残疾补贴 教育扶持 救灾款 失能老人补贴 赡养费 取暖费 物价补贴 社会救济 防贫保险
捐赠赔偿 种植支出 养殖支出 林果支出 其他支出 奖扶金 特扶金 困难残疾人生活补贴 重度残疾人护理补贴 孤儿/困境儿童生活费 伤残军人 公益林补偿
生态护林员 小额信贷及互助资金借款金额 养老保险年收入 残疾补助 兜底保障 理赔收入 其他理赔收入 合规自付支出"""
HELPING_2016 = """是否搬迁户 是否易地搬迁户 搬迁方式 安置方式 安置地 安置点名称 迁入地 搬迁可能存在的困难 迁出地 房屋面积 是否实际入住 是否拆旧复垦 目前具体地址
帮扶单位名称 隶属关系 帮扶开始时间 帮扶结束时间 队长/队员/结对帮扶责任人 第一书记 驻村队员 项目类别 扶持措施 是否符合扶持条件 项目需求量
受益资金/政策 落实时间 季度 工作开展情况 贫困户人均可支配收入 有安全住房 无贫困辍学学生 无因病致贫返贫 参加新农合 参加养老保险"""
VILLAGES_2012 = """中共党员数 村官人数 地形地貌 发展方向 经度 纬度 低保户数 五保户数 特困供养人口数 村级集体经济收入（万元） 农民人均纯收入（元）
到乡镇是否通沥青（水泥）路 到行政村距离 是否通客运班车 未实现饮水安全户数 饮水困难户数 危房户数 宽带 行政村卫生室个数 行政村公共卫生厕所个数
行政村执业（助理）医师（人） 行政村生产生活垃圾集中堆放点个数（个） 行政村文化（图书）室个数（个） 村小学（个数） 参加城乡居民基本养老保险人数
通广播电视户数 帮扶单位 规划投入资金（元） 已投入帮扶资金 财政专项 信贷资金 单位自筹 社会募捐 社会引资 有劳动能力-低保对象(户)
有劳动能力-低收入困难家庭(人) 无劳动能力-低保对象(人) 无劳动能力-低收入困难家庭(户)"""
FORMS = [
    INCOME_ITEMS,
    HELPING_2016,
    VILLAGES_2012,
    PERSONS_2017,
    VILLAGES_2017,
    PERSONS_2018,
    HOUSEHOLDS_2021,
    PERSONS_2021,
    LIST_2022,
    MONITORING_2023,
]


@pytest.fixture(scope="module")
def dictionary() -> Dictionary:
    return load_rulebook().dictionary


def headings_of(columns: Iterable[Column]) -> dict[str, list[Column]]:
    """Return each heading as the table finder compares it, with the columns it stands under."""
    found: dict[str, list[Column]] = defaultdict(list)
    for column in columns:
        for heading in (column.name, *column.aliases):
            found[heading_text.plain(heading)].append(column)
    return found


@pytest.mark.parametrize("form", FORMS)
def test_every_heading_of_a_form_in_use_means_a_column(dictionary: Dictionary, form: str) -> None:
    known = headings_of(dictionary.columns.values())
    assert [heading for heading in form.split() if heading_text.plain(heading) not in known] == []


@pytest.mark.parametrize(
    ("heading", "column"),
    [("次要致贫原因", "其他致贫原因"), ("致贫原因1", "主要致贫原因"), ("计划脱贫年度", "计划脱贫年度"), ("人均可支配收入", "人均可支配收入"),
     ("五保金", "特困供养金"), ("脱贫标志", "脱贫属性"), ("变更年度", "年度"), ("是否劳动力(是/否)", "是否劳动力"), ("联系电话", "户联系电话"),
     ("身份证号", "证件号码"), ("户主身份证号", "户主证件号码"), ("年龄", "登记年龄"), ("风险消除后家庭纯收入", "风险消除后纯收入")],
)  # fmt: skip
def test_a_heading_outside_every_band_means_one_column(dictionary: Dictionary, heading: str, column: str) -> None:
    under = headings_of(dictionary.columns.values())[heading_text.plain(heading)]
    assert [each.name for each in under if not each.bands] == [column]


def told_apart(one: Column, other: Column) -> bool:
    """A band, the kind of sheet (the village's columns stand on no other), or the cells: a list or words, a small number."""
    if one.bands or other.bands:
        return not set(one.bands) & set(other.bands)
    if "村" in (one.level, other.level) and one.level != other.level:
        return True
    if one.level != other.level:
        return False
    return {one.type, other.type} == {"代码", "文本"} or (
        one.type == other.type and (one.most or other.most) is not None
    )


def test_two_columns_share_a_heading_only_where_something_tells_them_apart(dictionary: Dictionary) -> None:
    groups = [dictionary.columns, *(kind.columns for kind in dictionary.lists.values())]
    shared = [
        (heading, one.name, other.name)
        for group in groups
        for heading, columns in headings_of(group.values()).items()
        for one, other in combinations(columns, 2)
        if one is other or not told_apart(one, other)
    ]
    assert shared == []


def test_the_headings_that_two_columns_share_are_known(dictionary: Dictionary) -> None:
    told = {
        heading: [column.name for column in columns]
        for heading, columns in headings_of(dictionary.columns.values()).items()
        if len([column for column in columns if not column.bands]) > 1
    }
    assert told == {
        "劳动力人数": ["劳动力人数", "村劳动力人数"],
        "帮扶单位": ["帮扶单位", "村帮扶单位"],
        "帮扶单位名称": ["帮扶单位", "村帮扶单位"],
        "务工地点": ["务工区域", "务工所在地"],
        "安置地": ["安置地", "迁入地"],
    }


@pytest.mark.parametrize("heading", ["有劳动能力-低保对象", "无劳动能力-低收入困难家庭"])
def test_a_heading_without_the_unit_that_tells_two_columns_apart_means_neither(
    dictionary: Dictionary, heading: str
) -> None:
    assert build_lexicon(dictionary, Wishes()).candidates((heading,)) == []


@pytest.mark.parametrize(
    ("heading", "column"),
    [("公益性岗位（多选）", "公益性岗位"), ("户主（签字）", "户主姓名"), ("有无劳动能力", "是否劳动力"), ("是否户主", "是否户主"), ("有劳动能力-低保对象（户）", "有劳动能力低保对象户数")],
)  # fmt: skip
def test_a_spelling_belongs_to_the_column_that_is_called_so(dictionary: Dictionary, heading: str, column: str) -> None:
    assert [each.column for each in build_lexicon(dictionary, Wishes()).candidates((heading,))] == [column]


@pytest.mark.parametrize(
    ("column", "other"), [("计划脱贫年度", "脱贫年度"), ("人均可支配收入", "人均纯收入"), ("其他理赔收入", "理赔收入"), ("其他合规自付支出", "合规自付支出")]
)  # fmt: skip
def test_two_ideas_are_two_columns(dictionary: Dictionary, column: str, other: str) -> None:
    candidates = build_lexicon(dictionary, Wishes()).candidates((column,))
    assert [each.column for each in candidates] == [column]
    assert column not in dictionary.columns[other].aliases


def test_a_list_has_the_column_it_is_matched_on(dictionary: Dictionary) -> None:
    assert [kind.name for kind in dictionary.lists.values() if kind.key not in kind.columns] == []


def test_no_name_on_the_command_line_means_two_lists(dictionary: Dictionary) -> None:
    names = [name for kind in dictionary.lists.values() for name in (kind.name, *kind.aliases)]
    assert sorted(name for name in set(names) if names.count(name) > 1) == []


def test_a_column_of_bands_says_the_band_in_each_heading_of_its_own(dictionary: Dictionary) -> None:
    shared = {heading for heading, columns in headings_of(dictionary.columns.values()).items() if len(columns) > 1}
    silent = [
        heading
        for column in dictionary.columns.values()
        if column.bands
        for heading in (column.name, *column.aliases)
        if heading_text.plain(heading) not in shared | {"手机", "办公电话"}
        if not any(band in heading for band in column.bands)
    ]
    assert silent == []


def test_what_a_blank_stands_for_is_a_value_of_the_column(dictionary: Dictionary) -> None:
    wrong = [
        column.name
        for column in dictionary.columns.values()
        if column.blank is not None and column.blank not in dictionary.codes[str(column.codes)].values
    ]
    assert wrong == []


def test_a_blank_school_state_counts_as_out_of_school_on_the_form_of_2021_only(dictionary: Dictionary) -> None:
    school = dictionary.columns["在校生状况"]
    assert (school.blank, school.blank_when) == ("非在校生", ("户类型", "监测对象类别"))


def test_a_blank_guarantee_is_not_read_as_a_no(dictionary: Dictionary) -> None:
    assert [dictionary.columns[name].blank for name in ("低保", "特困供养", "危房户", "居民医保")] == [None] * 4


def test_names_certificates_telephones_and_accounts_are_masked(dictionary: Dictionary) -> None:
    columns = [
        *dictionary.columns.values(),
        *(each for kind in dictionary.lists.values() for each in kind.columns.values()),
    ]
    masks = (
        {column.mask for column in columns if column.type == "证件"},
        {column.mask for column in columns if column.type == "电话"},
    )
    assert masks == ({"证件"}, {"电话"})
    assert {column.mask for column in columns if column.type in ("姓名", "账号")} == {"姓名", "账号"}


@pytest.mark.parametrize(
    ("codes", "digit"),
    [("是否", "2"), ("C02", "02"), ("C02", "03"), ("C02", "05"), ("C02", "6"), ("C05", "13"), ("C09", "01"), ("C09", "3"),
     ("C11", "05"), ("C11", "1"), ("C12", "03"), ("C12", "16"), ("C15", "5"), ("人员状态", "2")],
)  # fmt: skip
def test_a_digit_that_forms_disagree_about_is_not_decoded(dictionary: Dictionary, codes: str, digit: str) -> None:
    assert Labels(dictionary.codes[codes]).one(digit).value is None


@pytest.mark.parametrize(
    ("codes", "written", "label"),
    [("是否", "1", "是"), ("是否", "0", "否"), ("C02", "五保户", "特困供养户"), ("C02", "4", "低保贫困户"), ("C03", "已脱贫(享受政策)", "已脱贫（享受政策）"),
     ("C03", "脱贫", "已脱贫"), ("C03", "4", "已脱贫（不再享受政策）"), ("C05", "其它", "其他"), ("C05", "9", "缺资金"), ("C06", "男性", "男"),
     ("C08", "长子", "之子"), ("C08", "次女", "之女"), ("C08", "丈夫", "配偶"), ("C08", "本人", "户主"), ("C08", "99", "其他"), ("C09", "汉", "汉族"),
     ("C09", "仡佬族", "仡佬族"), ("C12", "高一", "普通高中一年级"), ("C15", "无劳动能力", "无劳动力"), ("C15", "技能劳动能力", "技能劳动力"),
     ("C16", "乡(镇)内务工", "乡（镇）内务工"), ("C17", "不享受", "未享受"), ("C17", "是", "享受"), ("C19", "d", "D级"), ("C21", "务工就业不稳", "因务工就业不稳"),
     ("有无", "无", "否"), ("饮水安全", "不安全", "否"), ("饮水困难", "困难", "是")],
)  # fmt: skip
def test_a_spelling_means_its_standard_label(dictionary: Dictionary, codes: str, written: str, label: str) -> None:
    assert Labels(dictionary.codes[codes]).one(written).value == label


def test_every_people_has_one_label_and_is_known_without_its_last_character(dictionary: Dictionary) -> None:
    peoples = [value for value in dictionary.codes["C09"].values if value.endswith("族")]
    assert len(peoples) == 56
    assert [
        each for each in peoples if Labels(dictionary.codes["C09"]).one(each.removesuffix("族")).value != each
    ] == []


def test_a_spelling_never_stands_for_two_labels_of_a_list(dictionary: Dictionary) -> None:
    wrong = [
        (codes.id, spelling)
        for codes in dictionary.codes.values()
        for spelling, label in codes.synonyms.items()
        if Labels(codes).one(spelling).value != label
    ]
    assert wrong == []


def test_every_tag_of_a_column_or_code_list_leads_to_a_line_of_docs_sources(dictionary: Dictionary) -> None:
    text = (Path(__file__).parents[2] / "docs" / "sources.md").read_text(encoding="utf-8")
    told = set(re.findall(r"^\| ([SP]\d+) \|", text, re.MULTILINE))
    sources = [column.source for column in dictionary.columns.values()]
    sources += [codes.source for codes in dictionary.codes.values()]
    sources += [column.source for kind in dictionary.lists.values() for column in kind.columns.values()]
    tags = {tag for source in sources for tag in re.findall(r"\b[SP]\d+\b", source)}
    assert len(tags) > 15
    assert sorted(tags - told) == []
    assert [column.name for column in dictionary.columns.values() if not column.source] == []
