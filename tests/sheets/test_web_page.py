"""Web pages named .xls, and the single-file pages of Excel, are read table by table."""

import html

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fupin_cli.model.sheet import Kind, Merge
from tests.sheets.test_refusals import SAVE, refused

T, N, D, B, E, U, P = Kind.TEXT, Kind.NUMBER, Kind.DATE, Kind.BOOLEAN, Kind.ERROR, Kind.UNCOMPUTED, Kind.PERCENT
NO_TABLE = (
    "内容是网页（HTML），里面没有带文字的表格（找的是 <table>）；可能是登录已过期的系统给出的登录页；"
    "请重新登录后再导出，或打开看看导出的是什么",
    "this is a web page (HTML) without a table that holds text (looked for <table>); it may be the login page of a "
    "system whose login has expired; log in and export again, or open it to see what was exported",
)


@pytest.fixture
def page(tmp_path):
    def write(text, name="花名册.xls", encoding="utf-8"):
        path = tmp_path / name
        path.write_bytes(text.encode(encoding))
        return path

    return write


def table(*rows):
    return f"<table>{''.join(rows)}</table>"


def row(*cells):
    return f"<tr>{''.join(cells)}</tr>"


def one(told, text="x"):
    return table(row("<td>表头</td>", f"<td {told}>{text}</td>"))


@pytest.mark.parametrize("name", ["花名册.xls", "花名册.xlsx", "花名册.csv", "花名册.html"])
def test_a_bare_table_is_a_sheet_of_text(page, read, cells, name):
    text = table(row("<th>姓名</th>", "<th>证件号码</th>"), row("<td>张三</td>", "<td>11010519491231002X</td>"), row(), row("<td>&nbsp;</td>", "<td>0012</td>"))  # fmt: skip
    (sheet,) = read(page(text, name))
    assert cells(sheet) == {
        (1, 0): ("姓名", T),
        (1, 1): ("证件号码", T),
        (2, 0): ("张三", T),
        (2, 1): ("11010519491231002X", T),
        (4, 1): ("0012", T),
    }
    assert (sheet.name, sheet.relation, sheet.last_row, sheet.hidden) == ("表1", "sheet_0_0", 4, False)


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("\n   张\n  三 ", "张 三"),
        ("张<br>三<br/>", "张\n三"),
        ("<p>张</p>\n<p>三</p>", "张\n三"),
        ("<div>张<br></div><div>三</div>", "张\n三"),
        ("a<br><br>b", "a\n\nb"),
        ("&nbsp;&nbsp;张&nbsp;三", "  张 三"),
        ("&lt;张&gt; &#20108; &amp;", "<张> 二 &"),
        ("<font><b>张</b></font><a href='#'>三</a>", "张三"),
        ("张<!-- 注 -->三<script>alert('x')</script><style>td{}</style>", "张三"),
        ("<ruby>张<rp>(</rp><rt>zhang</rt><rp>)</rp></ruby>", "张"),
        ("<span style='display: none'>20160501</span>2016-05-01", "2016-05-01"),
        ("<select><option>是<option>否</select>是", "是"),
        ("张三<comment>批注</comment>", "张三"),
        ("<span>" * 400 + "深", "深"),
    ],
)
def test_the_text_of_a_cell_is_what_a_page_shows(page, read, cells, markup, text):
    (sheet,) = read(page(one("", markup)))
    assert cells(sheet)[1, 1] == (text, T)


@pytest.mark.parametrize(
    ("told", "shown", "expected"),
    [
        ("", "110105194912310021", ("110105194912310021", T)),
        ("", "3000", ("3000", T)),
        ("x:num", "3000", ("3000", N)),
        ("x:num='1234.5'", "1,234.50", ("1234.5", N)),
        ("x:num", "姓名", ("姓名", T)),
        ("x:num", "1_0", ("1_0", T)),
        ("x:num", "110105194912310021", ("110105194912310021", T)),
        ("x:num='1.1010519491231E+17'", "1.1E+17", ("110105194912310000", N)),
        ("x:num style='mso-number-format:\"\\@\"'", "0012", ("0012", T)),
        ("x:num style='vnd.ms-excel.numberformat:@'", "0012", ("0012", T)),
        ("style='vnd.ms-excel.numberformat:@'", "0012", ("0012", T)),
        ("class='w xl24' x:num='42491'", "2016-5-1", ("2016-05-01", D)),
        ("class=xl25 x:num='42491'", "42491", ("42491", T)),
        ("x:num='42491.25' style='mso-number-format:\"yyyy\\\\-m\\\\-d h:mm\"'", "x", ("2016-05-01 06:00:00", D)),
        ("x:num='42491' style='mso-number-format:Standard'", "42,491.00", ("42491", N)),
        ("x:num='5.0000000000000003E-2' style='mso-number-format:Percent'", "5.00%", ("5%", P)),
        ("x:num='0.5' style='mso-number-format:\"0%\"'", "50%", ("50%", P)),
        ("sdval='0.023' sdnum='2052;0;0.00%'", "2.30%", ("2.3%", P)),
        ("", "5%", ("5%", T)),
        ("x:str='长长的'", "长", ("长长的", T)),
        ("x:str", "12", ("12", T)),
        ("x:bool='TRUE'", "TRUE", ("TRUE", B)),
        ("x:err='#N/A'", "#N/A", ("#N/A", E)),
        ("x:fmla='=A1*2'", "", ("=A1*2", U)),
        ("x:num='4' x:fmla='=A1*2'", "4", ("4", N)),
        ("sdval='1234.5' sdnum='2052;0;#,##0.00'", "1,234.50", ("1234.5", N)),
        ("sdval='42491' sdnum='2052;0;YYYY\"年\"M\"月\"'", "2016年5月", ("2016-05-01", D)),
        ("sdval='1' sdnum='1033;0;BOOLEAN'", "TRUE", ("TRUE", B)),
        ("sdval='0' sdnum='1033;'", "#DIV/0!", ("#DIV/0!", E)),
        ("sdnum='1033;0;@'", "0012", ("0012", T)),
    ],
)
def test_hints_of_excel_and_libre_office_give_the_kind(page, read, cells, told, shown, expected):
    styles = '<style><!-- table {a:b} .xl24, td.w2 {mso-number-format:"Short Date";}\n.xl25 {mso-number-format:"\\@"} --></style>'
    (sheet,) = read(page(styles + one(told, shown)))
    assert cells(sheet)[1, 1] == expected


def test_spans_are_merges_and_move_what_follows(page, read, cells):
    text = table(
        row("<td colspan=3 rowspan=2>甲</td>", "<td>乙</td>"),
        row("<td>丙</td>"),
        row("<td>丁</td>", "<td rowspan=9>戊</td>", "<td colspan=0 rowspan=x>己</td>"),
        row("<td>庚</td>", "<td>辛</td>"),
    )
    (sheet,) = read(page(text))
    assert cells(sheet) == {
        (1, 0): ("甲", T),
        (1, 3): ("乙", T),
        (2, 3): ("丙", T),
        (3, 0): ("丁", T),
        (3, 1): ("戊", T),
        (3, 2): ("己", T),
        (4, 0): ("庚", T),
        (4, 2): ("辛", T),
    }
    assert sheet.merges == (Merge(1, 2, 0, 2), Merge(3, 4, 1, 1))


def test_tags_that_were_never_closed_are_understood(page, read, cells):
    (sheet,) = read(page("<table><tr><td>a<td>b<tr><td>c<br><td>d</table>"))
    assert cells(sheet) == {(1, 0): ("a", T), (1, 1): ("b", T), (2, 0): ("c", T), (2, 1): ("d", T)}


def test_cells_without_a_row_and_a_page_that_breaks_off_are_read(page, read, cells):
    (sheet,) = read(page("<table><td>a</td><td>b</td><tr><td>c"))
    assert cells(sheet) == {(1, 0): ("a", T), (1, 1): ("b", T), (2, 0): ("c", T)}


def test_head_body_and_foot_of_a_table_are_its_rows(page, read, cells):
    text = "<table><thead><tr><th>a</th></tr></thead><tbody><tr><td>b</td></tr></tbody><tfoot><tr><td>c</td></tr></tfoot></table>"
    (sheet,) = read(page(text))
    assert list(cells(sheet)) == [(1, 0), (2, 0), (3, 0)]


def test_a_table_that_only_lays_out_others_is_no_sheet(page, read, cells):
    text = table(row(f"<td> &nbsp; {table(row('<td>a</td>'))}</td>", f"<td>{table(row('<td>b</td>'))}</td>"))
    first, second = read(page(text))
    assert (first.name, cells(first), second.name, cells(second)) == (
        "表1",
        {(1, 0): ("a", T)},
        "表2",
        {(1, 0): ("b", T)},
    )
    assert (first.relation, second.relation) == ("sheet_0_0", "sheet_0_1")


def test_a_table_with_text_beside_an_inner_one_keeps_its_text(page, read, cells):
    outer, inner = read(page(table(row("<td>外前" + table(row("<td>内</td>")) + "外后</td>", "<td>旁</td>"))))
    assert cells(outer) == {(1, 0): ("外前外后", T), (1, 1): ("旁", T)}
    assert cells(inner) == {(1, 0): ("内", T)}


def test_tables_are_named_by_their_captions(page, read):
    text = "<table><caption>户<b>表</b></caption><tr><td>a</table><table><tr><td>b</table>"
    assert [sheet.name for sheet in read(page(text))] == ["户表", "表2"]


ISLAND = (
    "<xml><x:ExcelWorkbook><x:ExcelWorksheets><x:ExcelWorksheet><x:Name>花&amp;册</x:Name><x:WorksheetOptions/>"
    "</x:ExcelWorksheet></x:ExcelWorksheets></x:ExcelWorkbook></xml>"
)


@pytest.mark.parametrize("island", [ISLAND, f"<!--[if gte mso 9]>{ISLAND}<![endif]-->"])
def test_a_table_is_named_as_excel_is_told(page, read, island):
    (sheet,) = read(
        page(f"<html xmlns:x='urn:schemas-microsoft-com:office:excel'><head>{island}</head><body>{one('')}")
    )
    assert sheet.name == "花&册"


def test_a_table_is_named_by_the_heading_libre_office_writes(page, read):
    text = "<a name='table0'><h1>Sheet 1: <em>户信息</em></h1></a>" + one("")
    assert [sheet.name for sheet in read(page(text + text.replace("户信息", "家庭成员")))] == ["户信息", "家庭成员"]


def test_what_is_not_shown_is_read_and_told(page, read, cells):
    styles = "<style>.no {display:none} tbody.c {visibility:collapse}</style>"
    rows = (
        row("<td>a", "<td>b", "<td style='display:none'>c", "<td>d")
        + "<tr style='DISPLAY: none'><td>e<td>f<td>g"
        + "<tr class='no'><td>h"
        + row("<td hidden>i", "<td hidden>j", "<td hidden>k")
        + "<tbody class=c><tr><td>l</tbody>"
        + "<tr><td>m<td>n<td class=no>o"
    )
    columns = "<colgroup><col span=3><col style='width:0;display:none'></colgroup>"
    (sheet,) = read(page(f"{styles}<table>{columns}{rows}</table>"))
    assert len(cells(sheet)) == 15
    assert (sheet.hidden, sheet.hidden_rows, sheet.hidden_columns) == (False, {2, 3, 4, 5}, {3})


@pytest.mark.parametrize("opening", ["<table style='display:none'>", "<div hidden><table>"])
def test_a_table_that_is_not_shown_is_a_hidden_sheet(page, read, opening):
    hidden, shown = read(page(f"{opening}<tr><td>a</table></div>{one('')}"))
    assert (hidden.hidden, hidden.hidden_rows, shown.hidden) == (True, frozenset(), False)


@pytest.mark.parametrize(
    ("head", "encoding"),
    [
        ("<meta charset=gb2312>", "gb18030"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=GBK">', "gb18030"),
        ("", "gb18030"),
        ("", "utf-8"),
        ("", "utf-8-sig"),
        ("<meta charset='utf-8'>", "gb18030"),
        ("<meta charset='iso-8859-1'>", "gb18030"),
        ("<meta charset='no-such'>", "utf-8"),
        ("<meta charset='utf-16'>", "utf-16"),
        ("", "utf-16-le"),
        ("", "utf-16-be"),
        ("<meta charset='big5'>", "big5"),
        ("<meta charset='gb2312'>", "utf-8"),
    ],
)
def test_encodings_are_found(page, read, cells, head, encoding):
    name = "張三" if encoding == "big5" else "朱镕基𠮷"
    text = f"<html><head>{head}</head><table><tr><td></td><td>{name}"
    (sheet,) = read(page(text, encoding=encoding))
    assert cells(sheet)[1, 1] == (name, T)


def test_words_of_a_system_before_the_table_do_no_harm(page, read, cells):
    (sheet,) = read(page("Notice: Undefined index in export.php\n" + one("", "张三")))
    assert cells(sheet)[1, 1] == ("张三", T)


def test_an_xhtml_declaration_tells_the_encoding(page, read, cells):
    (sheet,) = read(page(f'<?xml version="1.0" encoding="gb2312"?><html>{one("", "镕")}</html>', encoding="gb18030"))
    assert cells(sheet)[1, 1] == ("镕", T)


def test_characters_cut_by_a_block_are_whole(page, read, cells, monkeypatch):
    monkeypatch.setattr("fupin_cli.sheets.web_page._BLOCK", 7)
    (sheet,) = read(page(one("", "朱镕基𠮷" * 9)))
    assert cells(sheet)[1, 1] == ("朱镕基𠮷" * 9, T)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.lists(st.sampled_from(["", "张三", "a b", "0012", "<&>", "x\ny", "110105194912310021"]), max_size=5),
        max_size=7,
    )
)
def test_any_grid_comes_back_as_it_was_written(page, read, cells, grid):
    written = {(r, c): text for r, line in enumerate(grid, 2) for c, text in enumerate(line) if text}
    rows = (row(*(f"<td>{html.escape(text).replace(chr(10), '<br>')}</td>" for text in line)) for line in grid)
    (sheet,) = read(page(table(row("<th>表头</th>"), *rows)))
    assert cells(sheet) == {(1, 0): ("表头", T), **{place: (text, T) for place, text in written.items()}}


def test_a_page_written_by_pandas_is_the_frame(page, read, cells):
    import pandas as pd

    frame = pd.DataFrame({"姓名": ["张三", "李四"], "证件号码": ["11010519491231002X", "0012"], "备注": ["<a>", None]})
    (sheet,) = read(page(frame.to_html(index=False, na_rep="")))
    assert [text for text, _ in cells(sheet).values()] == [
        "姓名", "证件号码", "备注", "张三", "11010519491231002X", "<a>", "李四", "0012",
    ]  # fmt: skip


@st.composite
def tilings(draw):
    """A grid cut into rectangles: {(row, column): (rows, columns)}, every place in exactly one."""
    height, width = draw(st.integers(1, 6)), draw(st.integers(1, 6))
    taken, tiles = set(), {}
    for place in [(r, c) for r in range(height) for c in range(width)]:
        if place in taken:
            continue
        down, across = draw(st.integers(1, 3)), draw(st.integers(1, 3))
        while True:
            area = {(r, c) for r in range(place[0], place[0] + down) for c in range(place[1], place[1] + across)}
            if not area & taken and all(r < height and c < width for r, c in area):
                break
            down, across = (down, across - 1) if across > 1 else (down - 1, across)
        taken |= area
        tiles[place] = down, across
    return height, tiles


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(tilings())
def test_any_pattern_of_spans_puts_every_cell_in_its_place(page, read, cells, tiling):
    height, tiles = tiling
    rows = [
        row(*(f"<td rowspan={d} colspan={a}>{r}.{c}</td>" for (r, c), (d, a) in sorted(tiles.items()) if r == line))
        for line in range(height)
    ]
    (sheet,) = read(page(table(*rows)))
    assert cells(sheet) == {(r + 1, c): (f"{r}.{c}", T) for r, c in tiles}
    assert sheet.merges == tuple(
        Merge(r + 1, r + d, c, c + a - 1) for (r, c), (d, a) in sorted(tiles.items()) if (d, a) != (1, 1)
    )


def letter(*parts, head="MIME-Version: 1.0"):
    """An MHTML of parts (location, page), each in quoted-printable GB2312."""
    import quopri

    lines = [head, 'Content-Type: multipart/related; boundary="----=_x"', "", "这是一个单一文件网页", ""]
    for location, text in parts:
        body = quopri.encodestring(text.encode("gb18030")).decode("ascii")
        lines += ["------=_x", f"Content-Location: {location}", "Content-Transfer-Encoding: quoted-printable"]
        lines += ['Content-Type: text/html; charset="gb2312"', "", body]
    return "\r\n".join([*lines, "------=_x--", ""])


def worksheet(name, source, visible=""):
    return f"<x:ExcelWorksheet><x:Name>{name}</x:Name>{visible}<x:WorksheetSource HRef=3D'{source}'/></x:ExcelWorksheet>".replace(
        "=3D", "="
    )


def test_the_sheets_of_a_single_file_page_are_those_excel_names(page, read, cells):
    frames = (
        "<html><head><!--[if gte mso 9]><xml><x:ExcelWorkbook><x:ExcelWorksheets>"
        + worksheet("户表", "x.files/sheet001.htm")
        + worksheet("藏", "x.files/sheet002.htm", "<x:Visible>SheetHidden</x:Visible>")
        + "</x:ExcelWorksheets></x:ExcelWorkbook></xml><![endif]--></head><frameset></frameset></html>"
    )
    text = letter(
        ("file:///C:/x.htm", frames),
        ("file:///C:/x.files/tabstrip.htm", table(row("<td>户表</td>", "<td>藏</td>"))),
        ("file:///C:/x.files/sheet002.htm", one("", "乙")),
        ("file:///C:/x.files/sheet001.htm", one("", "朱镕基")),
    )
    first, second = read(page(text))
    assert [(sheet.name, sheet.hidden, sheet.relation) for sheet in (first, second)] == [
        ("户表", False, "sheet_0_0"),
        ("藏", True, "sheet_0_1"),
    ]
    assert (cells(first)[1, 1], cells(second)[1, 1]) == (("朱镕基", T), ("乙", T))


@pytest.mark.parametrize("head", ["MIME-Version: 1.0", "From: <x>\r\nSubject: a\r\n\tb\r\nMIME-Version: 1.0"])
@pytest.mark.parametrize("name", ["花名册.xls", "花名册.mht"])
def test_a_page_archive_of_a_browser_is_read(page, read, cells, head, name):
    (sheet,) = read(page(letter(("http://a/", one("", "张三")), ("http://a/x", "<p>广告"), head=head), name))
    assert (sheet.name, cells(sheet)[1, 1]) == ("表1", ("张三", T))


@pytest.mark.parametrize(
    "text",
    [
        "    <html><body><form><input name=user></form></body></html>",
        "\ufeff<!DOCTYPE html>\n<HTML></HTML>",
        "<!-- made by a system --><html><table><tr><td>&nbsp;</td></tr></table></html>",
        "<html>",
        "<meta charset=utf-8><script>location='/login?<table><tr><td>1'</script>",
        letter(("http://a/", "<p>请登录")),
    ],
)
@pytest.mark.parametrize("name", ["导出.xls", "导出.csv"])
def test_a_page_without_a_table_is_refused(page, read, name, text):
    path = page(text, name)
    refused(read, path, *NO_TABLE)


def test_a_page_whose_sheets_stand_beside_it_is_refused(page, read):
    text = (
        f"<html><head><xml><x:ExcelWorkbook>{worksheet('户表', '%E5%86%8C.files/sheet001.htm')}</xml></head><frameset>"
    )
    refused(
        read,
        page(text),
        f"是 Excel 保存的网页，工作表在它旁边的文件夹“册.files”里，本文件里没有；{SAVE[0]}",
        f"this is a web page saved by Excel whose sheets stand in the folder “册.files” beside it; {SAVE[1]}",
    )


def test_a_page_in_no_known_encoding_is_refused(page, read):
    path = page("")
    path.write_bytes(b"<html><table><tr><td>\xff\xfe\xff\x81")
    refused(
        read,
        path,
        "文字编码无法识别；试过 UTF-8、UTF-16、GB18030；请用 Excel 或 WPS 另存为“CSV UTF-8”再试",
        "the text encoding is not known; tried UTF-8, UTF-16, GB18030; "
        "save it as “CSV UTF-8” in Excel or WPS and try again",
    )


def test_entities_of_a_page_are_not_opened(page, read, cells):
    text = '<!DOCTYPE html [<!ENTITY a SYSTEM "file:///etc/passwd">]><html>' + one("", "甲&a;")
    (sheet,) = read(page(text))
    assert "甲" in cells(sheet)[1, 1][0]
    assert "root" not in cells(sheet)[1, 1][0]
