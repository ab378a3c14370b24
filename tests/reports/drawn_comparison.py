"""Draw a Comparison by hand: two editions of an invented village, with every class of difference once or twice."""

from pathlib import Path

from msgspec.structs import replace

from fupin_cli.model.difference import (
    CellChange,
    Comparison,
    Duplicate,
    Evidence,
    HeadChange,
    Move,
    Record,
    Regrouping,
    Suspicion,
    TableComparison,
)
from fupin_cli.model.place import Place, letter
from fupin_cli.model.sheet import Sheet
from fupin_cli.model.table import Layout, Mapped

LEFT, RIGHT = Path("石桥村2019.xlsx"), Path("石桥村2020.xlsx")
COLUMNS = ("户编号", "人编号", "姓名", "证件号码", "与户主关系", "人均纯收入", "健康状况", "备注")
NUMBERS = {
    "张小三": "99010119500101001X",
    "张小娃": "990101201205010026",
    "李四": "990101196002020035",
    "王小明": "990101197003030041",
    "赵大妹": "99010119801111006X",
    "赵大梅": "990101198011110060",
}
SECRETS = (*NUMBERS, *NUMBERS.values(), "13800001234")


def person(file, row, name, household, **values):
    cells = {"户编号": household, "姓名": name, "证件号码": NUMBERS[name], "与户主关系": "户主", **values}
    return Record(
        table="人",
        key={"证件号码": NUMBERS[name]},
        place=Place(file, "花名册", row),
        values=cells,
        household=household,
        person=name,
        village="石桥村",
        township="大田乡",
    )


def home(file, row, household, head):
    return Record(
        table="户",
        key={"户编号": household},
        place=Place(file, "户信息", row),
        values={"户编号": household, "户主姓名": head},
        household=household,
        person=head,
        village="石桥村",
        township="大田乡",
    )


def cell(left, right, column, was, now, texts=None):
    where = letter(COLUMNS.index(column) + 1)
    was_text, now_text = texts or (None if was is None else str(was), None if now is None else str(now))
    return CellChange(
        left_record=left,
        right_record=right,
        column=column,
        left=was,
        right=now,
        left_text=was_text,
        right_text=now_text,
        left_place=replace(left.place, cells=(f"{where}{left.place.row}",)),
        right_place=replace(right.place, cells=(f"{where}{right.place.row}",)),
    )


def layout(source, file, kind, sheet):
    return Layout(
        source=source,
        sheet=Sheet(file=file, name=sheet, relation=f"sheet_{source}_0", width=9, row_count=9, last_row=12),
        kind=kind,
        title="石桥村花名册",
        heading_rows=(2,),
        first_row=3,
        last_row=12,
        columns=tuple(
            Mapped(column, index + 1, letter(index + 1), column, "exact") for index, column in enumerate(COLUMNS)
        ),
        unmapped={},
        left_out=(),
    )


A, B, C = "990101000123", "990101000456", "990101000789"
ZHANG = (
    person(LEFT, 3, "张小三", A, 人均纯收入="3200", 健康状况="健康", 备注="=电话13800001234"),
    person(RIGHT, 4, "张小三", A, 人均纯收入="4,100", 健康状况="2"),
)
CHILD = (person(LEFT, 4, "张小娃", A, 与户主关系="之子"), person(RIGHT, 9, "张小娃", B, 与户主关系="之孙子"))
WANG = (person(LEFT, 6, "王小明", B, 人均纯收入="5000"), person(RIGHT, 6, "王小明", B, 人均纯收入="4800.5"))
LI = person(LEFT, 5, "李四", B)
ZHAO_LEFT, ZHAO_RIGHT = person(LEFT, 8, "赵大妹", C), person(RIGHT, 11, "赵大梅", C)
CHANGES = (
    cell(*ZHANG, "人均纯收入", 3200.0, 4100.0, ("3200", "4,100")),
    cell(*ZHANG, "健康状况", "健康", "长期慢性病", ("健康", "2")),
    cell(*ZHANG, "备注", "=电话13800001234", None),
    cell(*CHILD, "户编号", A, B),
    cell(*CHILD, "与户主关系", "之子", "之孙子"),
    cell(*WANG, "人均纯收入", 5000.0, 4800.5, ("5000", "4800.5")),
    cell(*WANG, "证件号码", "990101197003030041", "990101197003039991"),
)
HOMES = {
    "left": {A: home(LEFT, 3, A, "张小三"), B: home(LEFT, 4, B, "李四"), C: home(LEFT, 5, C, "赵大妹")},
    "right": {A: home(RIGHT, 3, A, "张小三"), B: home(RIGHT, 4, B, "王小明"), C: home(RIGHT, 5, C, "赵大梅")},
}
PERSONS = TableComparison(
    table="人",
    keys={"证件号码": 110, "人编号": 2, "户编号+姓名": 1},
    rows=(115, 117),
    same=110,
    only_left=(LI, ZHAO_LEFT),
    only_right=(ZHAO_RIGHT,),
    changed=CHANGES,
    changed_records=3,
    duplicates=(Duplicate("right", (WANG[1], replace(WANG[1], place=Place(RIGHT, "花名册", 12)))),),
    compared=COLUMNS,
    columns_only_left=("残疾类别",),
    columns_only_right=("在校生状况", "失学或辍学原因"),
)
HOUSEHOLDS = TableComparison(
    table="户",
    keys={"户编号": 3},
    rows=(3, 3),
    same=2,
    only_left=(),
    only_right=(),
    changed=(
        replace(
            cell(ZHANG[0], ZHANG[1], "人均纯收入", None, 12.5),
            left_record=HOMES["left"][A],
            right_record=HOMES["right"][A],
            column="住房面积",
            left_place=Place(LEFT, "户信息", 3, ("F3",)),
            right_place=Place(RIGHT, "户信息", 3, ("F3",)),
        ),
    ),
    changed_records=1,
    duplicates=(),
    compared=("户编号", "户主姓名", "住房面积"),
)


def comparison(**parts):
    filled = {
        "left": str(LEFT),
        "right": str(RIGHT),
        "tables": (PERSONS, HOUSEHOLDS),
        "layouts": (
            layout(0, LEFT, "人", "花名册"),
            layout(1, LEFT, "户", "户信息"),
            layout(2, RIGHT, "人", "花名册"),
            layout(3, RIGHT, "户", "户信息"),
        ),
        "left_layouts": 2,
        "moved": (Move(*CHILD, HOMES["left"][A], HOMES["right"][B]),),
        "regrouped": (
            Regrouping(
                "split",
                (HOMES["left"][A],),
                (HOMES["right"][A], HOMES["right"][B]),
                (("张小三", 0, 0), ("张小娃", 0, 1)),
            ),
            Regrouping(
                "merged",
                (HOMES["left"][B], HOMES["left"][C]),
                (HOMES["right"][B],),
                (("王小明", 0, 0), ("李四", 1, 0)),
            ),
        ),
        "head_changed": (HeadChange(HOMES["left"][B], HOMES["right"][B], LI, WANG[1]),),
        "suspected": (
            Suspicion(
                ZHAO_LEFT,
                ZHAO_RIGHT,
                0.983,
                (
                    Evidence("证件号码只有末位不同：X/0", "certificates differ in the last character: X/0", 12.3, "证件号码"),
                    Evidence("姓名读音相同：妹/梅", "names sound alike: 妹/梅", 6.1, "姓名"),
                    Evidence("与户主关系相同", "same relation to the head", -0.4, "与户主关系"),
                ),
            ),
        ),
        "notes": (("两边数据日期不同：2019-12-31，2020-12-31。", "data dates differ: 2019-12-31, 2020-12-31."),),
    }  # fmt: skip
    return Comparison(**{**filled, **parts})
