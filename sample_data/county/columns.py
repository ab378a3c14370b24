"""The columns of the county's two sheets, as (band, headings): canonical names and real aliases mixed."""

Columns = tuple[tuple[str, tuple[str, ...]], ...]


def _band(band: str, names: str) -> tuple[str, tuple[str, ...]]:
    return band, tuple(names.split())


HOUSEHOLDS: Columns = (
    _band("", """
        序号 年度
    """),
    _band("户籍基础信息", """
        省 市 县 乡镇 行政村 村民小组 户编号 户主姓名 户主证件号码 人数 户联系电话 识别标准 户类型
        贫困户属性 脱贫属性 脱贫年度 首次识别时间 主要致贫原因 其他致贫原因 返贫年度 返贫原因
    """),
    _band("识别程序", """
        申请日期 评议日期 公示开始日期 公示结束日期 审核日期 审定日期 公告日期
    """),
    _band("收入（元）", """
        工资性收入 生产经营性收入 财产性收入 资产收益扶贫分红收入 其他财产性收入 转移性收入
        计划生育金 低保金 特困供养金 养老保险金 生态补偿金 其他转移性收入 年收入 生产经营性支出
        纯收入 人均纯收入
    """),
    _band("两不愁", """
        不愁吃 不愁穿
    """),
    _band("住房和饮水", """
        住房面积（平方米） 是否危房户 危房级别 住房安全 住房安全来源 饮水困难 饮水安全 是否解决安全饮用水
        是否通生活用电 有无卫生厕所 入户路类型 与村主干路距离（公里） 主要燃料类型 耕地面积（亩）
        林地面积（亩） 是否搬迁户 安置方式
    """),
    _band("防返贫监测", """
        监测对象类别 致贫/返贫风险1 致贫/返贫风险2 致贫/返贫风险3
        因自然灾害子项 其他备注 识别监测时间 风险是否已消除
        消除监测时间 风险消除方式
    """),
    _band("帮扶", """
        产业帮扶 就业帮扶 健康帮扶 教育帮扶 综合保障 实施开发式帮扶措施情况 帮扶责任人 帮扶单位名称
        帮扶开始时间 走访次数 最近走访日期
    """),
)  # fmt: skip

MEMBERS: Columns = (
    _band("", """
        年度
    """),
    _band("户籍基础信息", """
        乡镇 行政村 户编号 户主姓名 人编号 姓名 性别 证件类型 证件号码 出生日期 与户主关系 民族
        成员联系电话 人员状态 人员变更原因 人员变更时间
    """),
    _band("教育和健康", """
        文化程度 在校生状况 失学或辍学原因 健康状况
    """),
    _band("社会保障", """
        是否参加城乡居民基本医疗保险 是否参加城镇职工基本医疗保险 是否参加大病保险 是否接受医疗救助
        是否参加城乡居民基本养老保险 是否参加城镇职工基本养老保险 是否享受低保 是否特困供养人员
    """),
    _band("劳动力和务工", """
        劳动技能 是否已务工 务工区域 务工所在地 务工时间（月） 务工企业名称 所属行业 务工月收入
        就业渠道 是否点对点输送 公益性岗位 公益性岗位(月数) 是否计划务工 就业服务需求
    """),
)  # fmt: skip

MONEY = dict(HOUSEHOLDS)["收入（元）"]
TOTALLED = ("人数", *MONEY[:-1])  # summed in the 合计 row; a mean is no sum


def headings(columns: Columns) -> list[str]:
    """Return the headings of the second level, in the order of the columns."""
    return [name for _, names in columns for name in names]
