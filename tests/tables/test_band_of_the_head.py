"""What a form says of the head in a band of its own, beside the members' columns."""

from tests.tables.headed import layout_of, meanings

MEMBERS = {"D": "姓名", "E": "与户主关系"}


def test_a_name_under_the_band_of_the_head_is_not_the_members():
    layout = layout_of("""
        | 户编号 | 户主基本情况 |          | 家庭成员基本情况 |            |
        |        | 姓名         | 家庭人口 | 姓名             | 与户主关系 |
        | '1     | 张三         | 2        | 张三             | 户主       |
        |        |              |          | 李四             | 配偶       |
        """)
    assert layout.kind == "人"
    assert meanings(layout) == {"A": "户编号", "B": "户主姓名", "C": "家庭人口", **MEMBERS}
    assert layout.doubts == ()


def test_a_name_under_the_band_of_the_head_is_left_where_the_head_is_named_already():
    layout = layout_of("""
        | 户编号 | 户主基本情况 |      | 家庭成员基本情况 |            |
        |        | 户主姓名     | 姓名 | 姓名             | 与户主关系 |
        | '1     | 张三         | 张三 | 张三             | 户主       |
        """)
    assert meanings(layout) == {"A": "户编号", "B": "户主姓名", **MEMBERS}
    assert layout.unmapped == {"C": "户主基本情况-姓名"}


def test_a_band_that_names_head_and_members_leaves_the_name_a_members():
    layout = layout_of("""
        | 户编号 | 户主及家庭成员 |            |
        |        | 姓名           | 与户主关系 |
        | '1     | 张三           | 户主       |
        """)
    assert meanings(layout) == {"A": "户编号", "B": "姓名", "C": "与户主关系"}
