"""A small dictionary, and drawn sheets put into an engine without a reader: what the tests of headings start from."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from fupin_cli.engines import Engine, open_engine
from fupin_cli.model.dictionary import CodeList, Column, Dictionary, Level, ListKind, Type
from fupin_cli.model.settings import Wishes
from fupin_cli.model.sheet import Kind, Merge, Sheet
from fupin_cli.model.table import Layout
from fupin_cli.tables.layouts import find_layouts
from tests.sketch import Drawing, Error, Formula, read_sketch

PLACES = {
    "省": "省份",
    "市": "市(州) 市（州）",
    "县": "区县 县(市、区、旗)",
    "乡": "乡镇 乡(镇) 乡镇名称",
    "村": "村名 行政村 村(社区)",
    "自然村": "组 村民小组",
    "行政区划编码": "村编号",
    "年度": "变更年度",
    "数据日期": "",
}
HOUSEHOLDS = {
    "户编号": "户号 户编码",
    "户主姓名": "户主 姓名",
    "户主编号": "户主个人编号",
    "户主证件号码": "户主身份证号 身份证号",
    "家庭人口": "人数 家庭人口数 家庭人数",
    "户联系电话": "联系电话 户主联系电话",
    "开户银行": "开户银行名称 开户行",
    "银行卡号": "银行账号",
    "识别标准": "",
    "贫困户属性": "户属性",
    "脱贫属性": "脱贫标志 是否脱贫",
    "户类型": "",
    "脱贫年度": "脱贫时间",
    "首次识别时间": "识别时间",
    "主要致贫原因": "致贫原因 致贫原因1",
    "其他致贫原因": "次要致贫原因",
    "人均纯收入": "家庭年人均纯收入",
    "年收入": "家庭总收入",
    "纯收入": "家庭纯收入",
    "工资性收入": "",
    "生产经营性收入": "",
    "财产性收入": "",
    "转移性收入": "",
    "计划生育金": "",
    "低保金": "",
    "特困供养金": "五保金",
    "养老保险金": "",
    "生态补偿金": "",
    "其他转移性收入": "",
    "生产经营性支出": "",
    "资产收益分红": "资产收益扶贫分红收入",
    "其他财产性收入": "",
    "耕地面积": "耕地面积（亩）",
    "水面面积": "",
    "合作社": "是否加入农民专业合作组织",
    "退耕还林面积": "",
    "林果面积": "",
    "牧草地面积": "",
    "林地面积": "",
    "生产用电": "是否通生产用电",
    "生活用电": "是否通生活用电",
    "广播电视": "是否通广播电视",
    "与主干路距离": "与村主干路距离",
    "入户路类型": "",
    "住房面积": "",
    "卫生厕所": "是否有卫生厕所",
    "主要燃料类型": "",
    "危房级别": "危房等级",
    "龙头企业": "是否有龙头企业带动",
    "致富带头人": "是否有创业致富带头人带动",
    "危房户": "是否危房户",
    "饮水安全": "",
    "饮水困难": "",
    "安全饮用水": "是否解决安全饮用水",
    "监测对象类别": "易返贫致贫户(监测对象)类型",
    "风险是否已消除": "风险是否消除",
    "识别监测时间": "风险识别时间",
    "消除监测时间": "风险消除时间",
    "风险消除后纯收入": "风险消除后家庭纯收入",
    "致贫/返贫风险": "致贫/返贫风险1 致贫/返贫风险2",
    "帮扶责任人": "姓名 帮扶人",
    "备注": "",
}
PERSONS = {
    "人编号": "人口编号 个人编号",
    "姓名": "成员姓名 家庭成员姓名",
    "性别": "",
    "证件类型": "",
    "证件号码": "身份证号 身份证号码 公民身份号码",
    "出生日期": "",
    "与户主关系": "与户主的关系 关系",
    "民族": "",
    "政治面貌": "",
    "文化程度": "学历",
    "在校生状况": "",
    "失学或辍学原因": "",
    "健康状况": "身体状况",
    "残疾类别": "",
    "残疾证办证年度": "",
    "劳动技能": "劳动能力 是否劳动力(是/否)",
    "务工区域": "务工状况",
    "务工所在地": "",
    "务工时间": "务工时间（月）",
    "务工企业名称": "",
    "就业渠道": "",
    "公益性岗位": "公益性岗位类型",
    "公益性岗位月数": "公益性岗位(月数)",
    "是否会讲普通话": "",
    "居民医保": "是否参加新型农村合作医疗（城乡居民基本医疗保险） 是否参加城乡居民基本医疗保险",
    "职工医保": "是否参加城镇职工基本医疗保险",
    "大病保险": "是否参加大病保险 参加大病医疗",
    "居民养老": "是否参加城乡居民基本养老保险",
    "职工养老": "是否参加城镇职工基本养老保险",
    "低保": "是否享受低保",
    "特困供养": "是否特困供养人员",
    "商业补充医疗保险": "是否参加商业补充医疗保险",
    "医疗救助": "是否接受大病医疗救助",
    "其他健康扶贫": "是否接受其他健康扶贫",
    "是否国外务工": "",
    "产业分类": "",
    "成员电话": "人联系电话 成员联系电话",
    "人员识别时间": "",
}
VILLAGES = {
    "负责人": "",
    "村办公电话": "",
    "村属性": "",
    "是否出列": "",
    "总户数": "",
    "总人口数": "",
    "自然村数": "",
    "贫困户数": "",
    "贫困人口数": "",
    "低保户数": "",
    "低保人口数": "",
    "五保户数": "",
    "五保人口数": "",
    "少数民族人口数": "",
    "妇女人口数": "",
    "残疾人口数": "",
    "劳动力人数": "",
    "外出务工人数": "",
}
UNITS = {"人均纯收入": "元/年", "年收入": "元", "耕地面积": "亩", "务工时间": "月", "与主干路距离": "公里"}


def dictionary() -> Dictionary:
    """Return the columns above, two code lists and one list of vehicles."""
    columns = [
        Column(
            name,
            level,
            _type(name),
            unit=UNITS.get(name, ""),
            aliases=tuple(aliases.split()),
            bands=("帮扶",) if name == "帮扶责任人" else (),
            gather=name == "致贫/返贫风险",
        )
        for level, group in _levels()
        for name, aliases in group.items()
    ]
    codes = {
        "C08": CodeList("C08", "与户主关系", True, ("户主", "配偶")),
        "C06": CodeList("C06", "性别", True, ("男",)),
    }
    cars = {
        "证件号码": Column("证件号码", "名单", "证件", aliases=("车主身份证号",)),
        "车辆类型": Column("车辆类型", "名单", "文本"),
    }
    return Dictionary(
        {column.name: column for column in columns}, {}, codes, {"车辆": ListKind("车辆", (), "证件号码", cars)}
    )


def _levels() -> Iterator[tuple[Level, dict[str, str]]]:
    yield "地", PLACES
    yield "户", HOUSEHOLDS
    yield "人", PERSONS
    yield "村", VILLAGES


def _type(name: str) -> Type:
    kinds: dict[str, Type] = {
        "姓名": "姓名",
        "户主姓名": "姓名",
        "证件号码": "证件",
        "户主证件号码": "证件",
        "户编号": "编号",
    }
    return kinds.get(name, "文本")


def layouts_of(text: str, wishes: Wishes | None = None, file: str = "registry.xlsx") -> list[Layout]:
    """Return the layouts of every drawn sheet, in order."""
    engine = open_engine()
    try:
        return [
            layout
            for number, drawing in enumerate(read_sketch(text))
            for layout in find_layouts(engine, put(engine, drawing, number, file), dictionary(), wishes or Wishes())
        ]
    finally:
        engine.close()


def layout_of(text: str, wishes: Wishes | None = None, file: str = "registry.xlsx") -> Layout:
    """Return the one layout of a drawn sheet."""
    (layout,) = layouts_of(text, wishes, file)
    return layout


def meanings(layout: Layout) -> dict[str, str]:
    """Return letter → canonical column."""
    return {each.letter: each.column for each in layout.columns}


def left_out(layout: Layout) -> list[tuple[int, int, str]]:
    """Return the rows left out, headings and titles apart."""
    return [
        (each.first_row, each.last_row, each.reason)
        for each in layout.left_out
        if each.reason not in ("heading", "title")
    ]


def records(layout: Layout) -> set[int]:
    """Return the rows between first and last that were not left out."""
    out = {row for each in layout.left_out for row in range(each.first_row, each.last_row + 1)}
    return set(range(layout.first_row, layout.last_row + 1)) - out


def put(engine: Engine, drawing: Drawing, number: int, file: str) -> Sheet:
    """Put a drawn sheet into the engine as a reader would."""
    width = max((column for _, column in drawing.cells), default=0)
    rows = sorted({row for row, _ in drawing.cells})
    table = f"sheet_0_{number}"
    if width:
        columns = ", ".join(f'"c{i}" VARCHAR, "k{i}" UTINYINT' for i in range(width))
        engine.run(f'CREATE TABLE "{table}" ("r" INTEGER, {columns})')
        for row in rows:
            cells = [_cell(drawing.cells.get((row, column + 1))) for column in range(width)]
            engine.run(f'INSERT INTO "{table}" VALUES ({row}, {", ".join(cells)})')
    return Sheet(
        file=Path(file),
        name=drawing.name,
        relation=table,
        width=width,
        row_count=len(rows),
        last_row=max(rows, default=0),
        merges=tuple(Merge(a, c, b - 1, d - 1) for a, b, c, d in drawing.merges),
        hidden=drawing.hidden,
        hidden_rows=frozenset(drawing.hidden_rows),
        hidden_columns=frozenset(ord(letter) - 65 for letter in drawing.hidden_columns),
    )


def _cell(value: Any) -> str:
    if value is None:
        return f"NULL, {Kind.BLANK:d}"
    kind = Kind.TEXT
    if isinstance(value, bool):
        kind, value = Kind.BOOLEAN, str(value).upper()
    elif isinstance(value, int | float):
        kind = Kind.NUMBER
    elif isinstance(value, Error | Formula):
        kind, value = (Kind.ERROR if isinstance(value, Error) else Kind.UNCOMPUTED), value.text
    elif not isinstance(value, str):
        kind, value = Kind.DATE, value.isoformat()
    text = str(value).replace("'", "''")
    return f"'{text}', {kind:d}"
