"""Draw a small rule folder: two themes, a list, a parameter with a tier, a profile, a retired id; all invented."""

from pathlib import Path

SCHOOL = """\
id: EDU001
name: 适龄未在校
name_en: of school age and not in school
scope: 人
severity: error
grades: [{severity: warning, when: 年龄 >= 15}]
optional: [原因]
when: 年龄 BETWEEN 参数('起始年龄') AND 15
must: 在校 = '是' OR (NOT 为空(原因) AND 原因 = '因病')
message: "{姓名}，{年龄}岁，在校为“{在校}”"
message_en: "{姓名}, aged {年龄}, has “{在校}”"
why: 适龄孩子应在校。
why_en: Children of school age are in school.
fix: 入户核实。
fix_en: Visit the household.
basis: {document: 某发〔2019〕1号, says: 适龄儿童不失学}
since: 2016-01-01
regions: ["99"]
tags: [三保障, 教育]
examples:
  - {given: {姓名: 张小三, 出生日期: 2010-05-01, 在校: 是}, as_of: 2020-12-31, region: "990101", verdict: pass}
  - {given: {姓名: 张小三, 出生日期: 2010-05-01, 在校: 否, 原因: ""}, region: "990101", parameters: {起始年龄: 7}, verdict: fail, severity: error}
  - {given: {姓名: 张小三, 出生日期: 约2010, 在校: 否}, region: "990101", members: [{姓名: 李四, 出生日期: 1980-01-01}], verdict: unknown}
"""
CARS = """\
id: ENT004
name: 车辆命中
name_en: owns a car
scope: 人
severity: warning
profile_item: true
when: NOT 为空(证件号码)
must: NOT 名单有('车辆', 排量 > 0 AND NOT 例外)
message: "{姓名}名下有车"
why: 有车的要核实。
fix: 查登记证。
basis: {document: 某发〔2018〕2号, says: 有车的不纳入}
tags: [九不进]
examples:
  - {given: {姓名: 张三, 证件号码: 11010519491231002X}, lists: {车辆: [{证件号码: 11010519491231002X, 排量: 1.6}]}, verdict: fail}
  - {given: {姓名: 张三, 证件号码: 11010519491231002X}, lists: {车辆: []}, verdict: pass}
  - {given: {姓名: 张三, 证件号码: 1101}, lists: {车辆: []}, verdict: unknown}
"""
INCOME = """\
id: INC001
name: 收入低于线
name_en: income below the line
scope: 户
severity: error
when: NOT 为空(户编号)
must: 人均纯收入 >= 参数('收入线') OR 人均纯收入 >= 参数('收入线', DATE '2018-12-31', '国家标准')
message: 人均纯收入{人均纯收入}元
why: 低于线的要核实。
fix: 核对收入。
basis: {convention: 本例的做法}
tags: [收入]
examples:
  - {given: {户编号: "1", 人均纯收入: 4000}, parameters: {收入线: 3000}, others: [{户编号: "2"}], verdict: pass}
  - {given: {户编号: "1", 人均纯收入: 2000}, parameters: {收入线: 3000}, verdict: fail}
  - {given: {户编号: "1", 人均纯收入: ""}, verdict: unknown}
"""
READING = """\
id: FMT001
name: 数字无法识别
name_en: number that cannot be read
kind: reading
scope: 单元格
severity: error
check: number_unreadable
message: "{列}：“{原值}”读不出数字"
why: 读不出的数字不能判断。
fix: 改成数字。
basis: {convention: 读表的做法}
examples:
  - {given: {列: 人均纯收入, 原值: 约3000, 类型: text}, verdict: fail}
  - {given: {列: 人均纯收入, 原值: "3000", 类型: text}, verdict: pass}
"""
FILES = {
    "reading/FMT001_数字无法识别": READING,
    "education/EDU001_适龄未在校": SCHOOL,
    "income/INC001_收入低于线": INCOME,
    "entry/ENT004_车辆命中": CARS,
    "codes/是否": "id: 是否\nname: 是否\ncomplete: true\nvalues: [是, 否]\n",
    "lists/车辆": (
        "name: 车辆\naliases: [机动车]\nkey: 证件号码\ncolumns:\n"
        "  - {name: 证件号码, type: 证件}\n  - {name: 排量, type: 数字, unit: 升, aliases: [排气量]}\n"
    ),
    "parameters/起始年龄": (
        "name: 起始年龄\nunit: 岁\nwhy: 入学的年龄。\n"
        "values:\n  - {value: 6, since: 2000-01-01, basis: {document: 某法, says: 满六周岁入学}}\n"
    ),
    "parameters/收入线": (
        "name: 收入线\nunit: 元\nwhy: 各年不同。\nvalues:\n"
        '  - {value: 3500, since: 2019-01-01, until: 2019-12-31, place: "9901", basis: {convention: 虚构}}\n'
        '  - {value: 4000, since: 2020-01-01, until: 2020-12-31, place: "9901", basis: {convention: 虚构}}\n'
        "  - {value: 3000, since: 2018-01-01, tier: 国家标准, basis: {convention: 虚构}}\n"
    ),
    "profiles/某县-2020": (
        "name: 某县-2020\ntitle: 某县八不进（2020）\nregion: 990101\nas_of: 2020-12-31\nbasis: {convention: 虚构}\n"
        "parameters: {收入线: 4100}\n"
        'items:\n  - {rule: ENT004, says: 有机动车的, exceptions: ["排量 < 1"], severity: notice}\n'
    ),
    "tables/person": (
        "level: 人\ncolumns:\n  - {name: 姓名, type: 姓名}\n  - {name: 证件号码, type: 证件, aliases: [身份证号]}\n"
        "  - {name: 出生日期, type: 日期, aliases: [出生年月, 生日]}\n"
        "  - {name: 在校, type: 代码, codes: 是否}\n  - {name: 原因, type: 文本}\n"
    ),
    "tables/household": (
        "level: 户\ncolumns:\n  - {name: 户编号, type: 编号}\n"
        "  - {name: 人均纯收入, type: 数字, unit: 元, aliases: [年人均纯收入]}\n"
    ),
    "tables/derived": (
        "columns:\n"
        "  - {name: 在册, level: 人, type: 真假, from: ['TRUE']}\n"
        "  - {name: 证件前18位, level: 人, type: 证件, from: ['证件前18位(证件号码)'], why: 认人用。}\n"
        "  - {name: 在册成员, level: 人, type: 真假, from: [在册], why: 问谁。}\n"
        "  - {name: 户已注销, level: 户, type: 真假, from: ['FALSE'], why: 问谁。}\n"
        "  - name: 年龄\n    level: 人\n    type: 数字\n"
        "    from: ['周岁(出生日期, 数据日期)', '周岁(证件出生日期(证件号码), 数据日期)']\n    why: 数据日期当天的周岁。\n"
    ),
    "retired": (
        "retired:\n  - {id: INC002, name: 收入偏低, since: 2024-03-01, why: 与 INC001 重复。, replaced_by: [INC001]}\n"
    ),
}


def draw_rules(folder: Path) -> Path:
    """Write the rule folder and return it."""
    for name, text in FILES.items():
        file = folder / f"{name}.yaml"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return folder
