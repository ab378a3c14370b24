"""Laws of a comparison, over drawn registries: nothing differs from itself, sides mirror, order and layout say nothing, changes lead over."""

import csv
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from fupin_cli.model.difference import Comparison, TableComparison
from tests.differences.compared import compare, table
from tests.sketch import write_sketch

FEW = settings(
    max_examples=5,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],  # a registry has too many parts to shrink in a test's time
    suppress_health_check=[HealthCheck.too_slow],
)
OF_HOUSE = ("村", "人均纯收入", "危房户")
OF_PERSON = ("姓名", "与户主关系", "证件号码", "人编号", "出生日期", "健康状况", "务工时间", "我的备注")
NAMES = ["张三", "李四", "王五", "赵六", "阿依古丽·买买提", "钱七"]
Row = dict[str, str]


def number(serial: int) -> str:
    """A number of an invented county, with its check character."""
    body = f"9901011980{1 + serial % 9:02d}01{serial:03d}"
    return body + "10X98765432"[sum(int(c) * 2 ** (17 - i) for i, c in enumerate(body)) % 11]


@st.composite
def registries(draw: st.DrawFn) -> list[Row]:
    """A registry: rows of members, each with what its household says."""
    rows = []
    for house in draw(st.lists(st.integers(1, 6), min_size=1, max_size=4, unique=True)):
        home = {
            "户编号": f"99010100000{house}",
            "村": draw(st.sampled_from(["甲村", "乙村"])),
            "人均纯收入": draw(st.sampled_from(["", "3200", "4100.5", "约3000"])),
            "危房户": draw(st.sampled_from(["", "是", "否"])),
        }
        for member in range(draw(st.integers(1, 3))):
            serial = house * 10 + member
            rows.append(
                home
                | {
                    "姓名": NAMES[draw(st.integers(0, 1)) + 2 * member],
                    "与户主关系": ["户主", "配偶", "之子"][member],
                    "证件号码": draw(st.sampled_from([number(serial), number(serial), ""])),
                    "人编号": draw(st.sampled_from([f"99010100000{house}{member}", ""])),
                    "出生日期": draw(st.sampled_from(["1980-05-01", "1980-05-03", "", "不详"])),
                    "健康状况": draw(st.sampled_from(["健康", "残疾", "长期慢性病,残疾"])),
                    "务工时间": draw(st.sampled_from(["", "3", "12", "三四个月"])),
                    "我的备注": draw(st.sampled_from(["", "甲", "5"])),
                }
            )
    return rows


def members(folder: Path, name: str, rows: list[Row], columns: list[str] | None = None) -> Path:
    """One sheet of members, as csv."""
    columns = columns or ["户编号", *OF_HOUSE, *OF_PERSON]
    with (folder / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)
    return folder / name


def sheet(columns: list[str], rows: list[Row]) -> str:
    text = [[row[column] for column in columns] for row in rows]
    cells = [[f"'{c}" if c.isdigit() and len(c) > 9 else c for c in row] for row in text]
    return "\n".join(f"| {' | '.join(row)} |" for row in [columns, *cells])


def two_sheets(folder: Path, name: str, rows: list[Row]) -> Path:
    """Members on one sheet, households on another."""
    homes = list({row["户编号"]: row for row in rows}.values())
    own = sheet(["户编号", *OF_PERSON], rows)
    return write_sketch(folder / name, f"# 成员\n{own}\n# 户\n{sheet(['户编号', *OF_HOUSE], homes)}\n")


def merged_heading(folder: Path, name: str, rows: list[Row]) -> Path:
    """One sheet whose heading has two rows."""
    columns = ["户编号", *OF_HOUSE, *OF_PERSON]
    first = ["基本情况"] + ["<"] * (len(columns) - 1)
    lines = sheet(columns, rows)
    return write_sketch(folder / name, f"# 表\n| {' | '.join(first)} |\n{lines}\n")


def said(one: TableComparison) -> dict[str, Any]:
    """What a table's comparison says, without places."""

    def name(record: Any) -> tuple[Any, ...]:
        return record.household, tuple(sorted(record.values.items()))

    return {
        "keys": one.keys,
        "rows": one.rows,
        "same": one.same,
        "only_left": sorted(name(r) for r in one.only_left),
        "only_right": sorted(name(r) for r in one.only_right),
        "changed": sorted(
            (name(c.left_record), c.column, str(c.left), str(c.right), name(c.right_record)) for c in one.changed
        ),
        "compared": sorted(one.compared),
    }


def everything(result: Comparison) -> dict[str, dict[str, Any]]:
    return {one.table: said(one) for one in result.tables}


@given(registries())
@FEW
def test_a_registry_compared_with_itself_has_no_difference(rows):
    with tempfile.TemporaryDirectory() as folder:
        path = members(Path(folder), "a.csv", rows)
        result = compare(path, path)
    for one in result.tables:
        assert (one.only_left, one.only_right, one.changed, one.same) == ((), (), (), one.rows[0])
    assert (result.moved, result.regrouped, result.head_changed) == ((), (), ())


@given(registries(), registries())
@FEW
def test_the_sides_mirror_each_other(rows, others):
    with tempfile.TemporaryDirectory() as folder:
        a, b = members(Path(folder), "a.csv", rows), members(Path(folder), "b.csv", others)
        there, back = compare(a, b), compare(b, a)
    for one, other in zip(there.tables, back.tables, strict=True):
        assert one.keys == other.keys
        assert (one.only_left, one.only_right) == (other.only_right, other.only_left)
        cells = [
            (c.right_record, c.left_record, c.column, c.right, c.left, c.right_place, c.left_place) for c in one.changed
        ]
        mirrored = [
            (c.left_record, c.right_record, c.column, c.left, c.right, c.left_place, c.right_place)
            for c in other.changed
        ]
        assert sorted(cells, key=repr) == sorted(mirrored, key=repr)
        assert (one.same, one.changed_records) == (other.same, other.changed_records)
    assert len(there.moved) == len(back.moved)


@given(registries(), registries(), st.randoms(use_true_random=False))
@FEW
def test_order_of_rows_and_columns_changes_nothing(rows, others, chance):
    columns = ["户编号", *OF_HOUSE, *OF_PERSON]
    mixed, turned = others[:], columns[:]
    chance.shuffle(mixed)
    chance.shuffle(turned)
    with tempfile.TemporaryDirectory() as folder:
        a, b = members(Path(folder), "a.csv", rows), members(Path(folder), "b.csv", others)
        c = members(Path(folder), "c.csv", mixed, turned)
        assert everything(compare(a, b)) == everything(compare(a, c))


@given(registries(), registries())
@FEW
def test_layout_changes_nothing(rows, others):
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        a, b = members(folder, "a.csv", rows), members(folder, "b.csv", others)
        expected = everything(compare(a, b))
        assert everything(compare(a, two_sheets(folder, "b2.xlsx", others))) == expected
        assert everything(compare(merged_heading(folder, "a2.xlsx", rows), b)) == expected


def patched(rows: list[Row], result: Comparison) -> list[Row]:
    """The left with the reported changes: rows of members, each with what its household says."""
    people, homes = table(result), table(result, "户")
    home_of = {row["户编号"]: {key: row[key] for key in ("户编号", *OF_HOUSE)} for row in rows}
    for record in homes.only_left:
        home_of.pop(record.household)
    for record in homes.only_right:
        home_of[record.household] = {"户编号": record.household} | {key: record.values.get(key, "") for key in OF_HOUSE}
    left_at = {index + 2: dict(row) for index, row in enumerate(rows)}
    for cell in homes.changed:
        if cell.column != "户编号":
            home_of[cell.left_record.household][cell.column] = cell.right_text or ""
    renamed = {c.left_record.household: c.right_text for c in homes.changed if c.column == "户编号"}
    for record in people.only_left:
        left_at.pop(record.place.row)
    for cell in people.changed:
        left_at[cell.left_record.place.row][cell.column] = cell.right_text or ""
    for move in result.moved:
        left_at[move.left.place.row]["户编号"] = move.right.household
    for regrouping in result.regrouped:
        left_at = _regrouped(left_at, regrouping)
    made = [
        row | home_of.get(row["户编号"], {}) | {"户编号": renamed.get(row["户编号"], row["户编号"])}
        for row in left_at.values()
    ]
    new = [{key: r.values.get(key, "") for key in OF_PERSON} | {"户编号": r.household} for r in people.only_right]
    return [*made, *new]


def _regrouped(left_at: dict[int, Row], regrouping: Any) -> dict[int, Row]:
    for who, from_, to in regrouping.members:
        home, new = regrouping.left[from_].household, regrouping.right[to].household
        for row in left_at.values():
            if row["姓名"] == who and row["户编号"] == home:
                row["户编号"] = new
    return left_at


@given(registries(), registries())
@FEW
def test_the_left_with_the_reported_changes_is_the_right(rows, others):
    with tempfile.TemporaryDirectory() as folder:
        result = compare(members(Path(folder), "a.csv", rows), members(Path(folder), "b.csv", others))

    def own(registry):
        return sorted(tuple(row[key] for key in ("户编号", *OF_PERSON)) for row in registry)

    assert own(patched(rows, result)) == own(others)
    homes = {row["户编号"]: tuple(row[key] for key in OF_HOUSE) for row in others}
    left = {row["户编号"]: tuple(row[key] for key in OF_HOUSE) for row in rows}
    for cell in table(result, "户").changed:
        values = dict(zip(OF_HOUSE, left[cell.left_record.household], strict=True)) | {
            cell.column: cell.right_text or ""
        }
        left[cell.left_record.household] = tuple(values[key] for key in OF_HOUSE)
    met = left.keys() & homes.keys()
    assert {key: left[key] for key in met} == {key: homes[key] for key in met}
