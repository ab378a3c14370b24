"""A table in which most stand in several rows is a ledger: its later rows are no further persons or households."""

from msgspec.structs import replace

from tests.tables.drawn import TODAY, built

HEADING = "| 户编号 | 姓名 | 证件号码 | 务工企业 |\n"
FOUR = ("99010119900101001X", "990101199001010020", "990101199001010039", "990101199001010047")


def rows(*of_each, firm="厂{0}", name="张{0}"):
    """A row a person for each number given: how many rows the first, the second … person has."""
    return HEADING + "".join(
        f"| '{i} | {name.format(i)} | {FOUR[i]} | {firm.format(j)} |\n"
        for i, count in enumerate(of_each)
        for j in range(count)
    )


def read(sketch, text, kind="人"):
    engine, tables = built((sketch(text, "台账.xlsx"), kind), settings=replace(TODAY, as_of=TODAY.today))
    table = "人" if kind == "人" else "户"
    return [row for (row,) in engine.rows(f'SELECT "_row" FROM "{table}" ORDER BY "_id"')], tables.notes


def test_later_rows_of_most_persons_are_taken_with_the_first_and_said(sketch):
    found, notes = read(sketch, rows(2, 3, 2, 1))
    assert found == [2, 4, 7, 9]
    assert notes == (
        (
            "台账.xlsx › Sheet1 有 4 行写的是前面已有的人：多数人（户）在表里不止一行，按台账读，只取每人（户）的第一行，"
            "后面各行的内容没有参与检查。",
            "4 row(s) of 台账.xlsx › Sheet1 tell of persons that stand above: most stand in several rows, so this was read "
            "as a ledger; the first row of each was taken, and what the later rows say was not checked.",
        ),
    )


def test_a_few_persons_of_a_list_who_stand_twice_are_duplicates(sketch):
    assert read(sketch, rows(2, 2, 1, 1)) == ([2, 3, 4, 5, 6, 7], ())


def test_rows_that_say_the_same_again_are_duplicates(sketch):
    assert read(sketch, rows(2, 2, 2, 2, firm="同一个厂")) == ([2, 3, 4, 5, 6, 7, 8, 9], ())


def test_rows_of_one_number_and_several_names_are_duplicates(sketch):
    text = HEADING + "".join(f"| '1 | 张{i}{j} | {FOUR[i]} | 厂{j} |\n" for i in range(4) for j in range(2))
    assert read(sketch, text) == ([2, 3, 4, 5, 6, 7, 8, 9], ())


def test_rows_of_several_years_are_no_ledger(sketch):
    text = "| 年度 | 户编号 | 姓名 | 证件号码 | 备注 |\n" + "".join(
        f"| {year} | '{i} | 张{i} | {FOUR[i]} | 又{year} |\n" for i in range(4) for year in (2018, 2019)
    )
    assert read(sketch, text) == ([2, 3, 4, 5, 6, 7, 8, 9], ())


def test_households_told_of_visit_by_visit_are_taken_once(sketch):
    text = "| 户编号 | 户主姓名 | 走访内容 |\n" + "".join(
        f"| '{i} | 张{i} | 第{j}次 |\n" for i in range(3) for j in range(3)
    )
    found, ((zh, _en),) = read(sketch, text, "户")
    assert found == [2, 5, 8]
    assert zh.startswith("台账.xlsx › Sheet1 有 6 行写的是前面已有的户：")
