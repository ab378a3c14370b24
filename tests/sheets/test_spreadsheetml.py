"""XML Spreadsheets of Excel 2003 are read under whatever name they have."""

import html

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fupin_cli.model.sheet import Kind, Merge
from tests.sheets.test_refusals import SAVE, damaged, refused

T, N, D, B, E, U, P = Kind.TEXT, Kind.NUMBER, Kind.DATE, Kind.BOOLEAN, Kind.ERROR, Kind.UNCOMPUTED, Kind.PERCENT
STYLES = (
    '<Styles><Style ss:ID="s1"><NumberFormat ss:Format="yyyy\\-mm\\-dd"/></Style>'
    '<Style ss:ID="s2"><NumberFormat ss:Format="Short Date"/></Style>'
    '<Style ss:ID="s3"><NumberFormat ss:Format="#,##0.00_ ;[Red]\\-#,##0.00\\ "/></Style>'
    '<Style ss:ID="s4"/><Style ss:ID="s5"><NumberFormat ss:Format="Percent"/></Style></Styles>'
)


def sheet(rows, name="一", before="", after=""):
    return f'<Worksheet ss:Name="{name}"><Table>{before}{rows}</Table>{after}</Worksheet>'


def row(*cells, told=""):
    return f"<Row {told}>{''.join(cells)}</Row>"


def cell(text, kind="String", told=""):
    return f'<Cell {told}><Data ss:Type="{kind}">{text}</Data></Cell>'


def book(*sheets, head="", encoding="UTF-8"):
    return (
        f'<?xml version="1.0" encoding="{encoding}"?>\n<?mso-application progid="Excel.Sheet"?>\n'
        '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:x="urn:schemas-microsoft-com:office:excel" '
        'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet" xmlns:html="http://www.w3.org/TR/REC-html40">'
        f"{head}{STYLES}{''.join(sheets)}</Workbook>"
    )


@pytest.fixture
def xml(tmp_path):
    def write(text, name="导出.xls", encoding="utf-8"):
        path = tmp_path / name
        path.write_bytes(text.encode(encoding))
        return path

    return write


@pytest.mark.parametrize("name", ["导出.xls", "导出.xml", "导出.xlsx", "导出.sql", "导出.csv"])
def test_every_kind_of_cell_keeps_its_text_and_kind(xml, read, cells, name):
    kinds = row(
        cell("姓名"),
        cell("2.50", "Number"),
        cell("1.0000000000000001E-5", "Number"),
        cell("3.7012319900101101E+17", "Number"),
        cell("2016-05-01T00:00:00.000", "DateTime"),
        cell("2016-05-01T08:30:00.000", "DateTime"),
        cell("1899-12-31T08:30:00.000", "DateTime"),
        cell("1", "Boolean"),
        cell("#N/A", "Error"),
        cell("00123"),
        cell(" a&#10;b "),
        cell("42491", "Number", 'ss:StyleID="s1"'),
        cell("42491.25", "Number", 'ss:StyleID="s2"'),
        cell("42491", "Number", 'ss:StyleID="s3"'),
        cell("0.25", "Number", 'ss:StyleID="s1"'),
        cell("1", "Number", 'ss:StyleID="s4"'),
        cell("0.05", "Number", 'ss:StyleID="s5"'),
    )
    (told,) = read(xml(book(sheet(kinds)), name))
    assert (told.name, list(cells(told).values())) == (
        "一",
        [
            ("姓名", T),
            ("2.5", N),
            ("0.00001", N),
            ("370123199001011000", N),
            ("2016-05-01", D),
            ("2016-05-01 08:30:00", D),
            ("08:30:00", T),
            ("TRUE", B),
            ("#N/A", E),
            ("00123", T),
            (" a\nb ", T),
            ("2016-05-01", D),
            ("2016-05-01 06:00:00", D),
            ("42491", N),
            ("06:00:00", T),
            ("1", N),
            ("5%", P),
        ],
    )


@pytest.mark.parametrize(
    ("text", "kind"),
    [("约3000", "Number"), ("1E999", "Number"), ("1_0", "Number"), ("去年", "DateTime"), ("2", "Boolean")],
)
def test_a_value_that_is_not_of_its_type_is_text(xml, read, cells, text, kind):
    (told,) = read(xml(book(sheet(row(cell(text, kind))))))
    assert cells(told) == {(1, 0): (text, T)}


def test_places_go_by_index_merge_and_span(xml, read, cells):
    rows = (
        row(cell("a", told='ss:MergeAcross="2" ss:MergeDown="1"'), cell("b"))
        + row(cell("c", told='ss:Index="4"'))
        + row(cell("d"), told='ss:Index="5" ss:Span="2"')
        + row(cell("e"), told='ss:Hidden="1"')
    )
    (told,) = read(xml(book(sheet(rows))))
    assert cells(told) == {(1, 0): ("a", T), (1, 3): ("b", T), (2, 3): ("c", T), (5, 0): ("d", T), (8, 0): ("e", T)}
    assert (told.merges, told.hidden_rows) == ((Merge(1, 2, 0, 2),), {8})


def test_hidden_columns_and_sheets_are_told(xml, read):
    columns = '<Column/><Column ss:Hidden="1" ss:Span="1"/><Column/><Column ss:Index="6" ss:Hidden="1"/>'
    options = "<x:WorksheetOptions><x:Visible>SheetHidden</x:Visible></x:WorksheetOptions>"
    wide = row(*[cell("a")] * 6)
    first, second, empty = read(
        xml(book(sheet(wide, before=columns), sheet(wide, "藏", after=options), '<Worksheet ss:Name="空"/>'))
    )
    assert (first.hidden, first.hidden_columns) == (False, {1, 2, 5})
    assert (second.name, second.hidden, second.hidden_columns) == ("藏", True, frozenset())
    assert (empty.name, empty.width, empty.row_count, empty.last_row) == ("空", 0, 0, 0)


def test_rich_text_is_read_and_guides_and_comments_are_not(xml, read, cells):
    rich = (
        '<Cell><ss:Data ss:Type="String" xmlns="http://www.w3.org/TR/REC-html40"><Font>张<B>三</B></Font>丰</ss:Data>'
        "<x:PhoneticText>zhang</x:PhoneticText>"
        '<Comment><ss:Data xmlns="http://www.w3.org/TR/REC-html40"><B>批注</B></ss:Data></Comment></Cell>'
    )
    (told,) = read(xml(book(sheet(row(rich, "<Cell/>", cell("b"))))))
    assert cells(told) == {(1, 0): ("张三丰", T), (1, 2): ("b", T)}


def test_a_formula_without_a_value_shows_the_formula(xml, read, cells):
    rows = row(
        '<Cell ss:Formula="=RC[1]*2"/>',
        '<Cell ss:Formula="=RC[1]*2"><Data ss:Type="Number">4</Data></Cell>',
        '<Cell ss:Formula="=RC[1]"><Data ss:Type="Number"></Data></Cell>',
        '<Cell ss:Formula="=&quot;&quot;"><Data ss:Type="String"></Data></Cell>',
    )
    (told,) = read(xml(book(sheet(rows))))
    assert cells(told) == {(1, 0): ("=RC[1]*2", U), (1, 1): ("4", N), (1, 2): ("=RC[1]", U)}


def test_a_workbook_of_1904_has_its_own_first_day(xml, read, cells):
    rows = row(
        cell("1904-01-01T08:30:00.000", "DateTime"),
        cell("2016-05-01T00:00:00.000", "DateTime"),
        cell("41029", "Number", 'ss:StyleID="s1"'),
    )
    (told,) = read(xml(book(sheet(rows), head="<x:ExcelWorkbook><x:Date1904/></x:ExcelWorkbook>")))
    assert list(cells(told).values()) == [("08:30:00", T), ("2016-05-01", D), ("2016-05-01", D)]


@pytest.mark.parametrize("stated", ["gb2312", "GBK", "GB18030"])
def test_chinese_encodings_are_read_whole(xml, read, cells, stated):
    (told,) = read(xml(book(sheet(row(cell("朱镕基𠮷䶮"))), encoding=stated), encoding="gb18030"))
    assert cells(told) == {(1, 0): ("朱镕基𠮷䶮", T)}


@pytest.mark.parametrize("lead", ["", "\n\r\n  ", "\ufeff"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_what_stands_before_the_declaration_does_no_harm(xml, read, cells, lead, encoding):
    if encoding == "utf-16":
        lead = ""
    (told,) = read(xml(lead + book(sheet(row(cell("张"))), encoding=encoding), encoding=encoding))
    assert cells(told) == {(1, 0): ("张", T)}


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.dictionaries(st.tuples(st.integers(1, 300), st.integers(0, 9)), st.sampled_from(["张三", " a ", "0012", "<&>"]))
)
def test_any_places_come_back_as_they_were_written(xml, read, cells, grid):
    rows = "".join(
        row(
            *(cell(html.escape(grid[r, c]), told=f'ss:Index="{c + 1}"') for c in range(10) if (r, c) in grid),
            told=f'ss:Index="{r}"',
        )
        for r in sorted({r for r, _ in grid})
    )
    (told,) = read(xml(book(sheet(rows))))
    assert cells(told) == {place: (text, T) for place, text in grid.items()}
    assert told.last_row == max((r for r, _ in grid), default=0)


def test_xml_that_declares_entities(xml, read):
    text = book(sheet(row(cell("&a;")))).replace("<Workbook", '<!DOCTYPE x [<!ENTITY a "aaaa">]><Workbook', 1)
    refused(
        read,
        xml(text),
        f"内部的 XML 含有文档类型或实体声明，正常的工作簿没有，不予读取；{SAVE[0]}",
        f"its XML declares a document type or entities, which no normal workbook does, and is not read; {SAVE[1]}",
    )


@pytest.mark.parametrize(
    "rows",
    [
        row(cell("a & b")),
        row(cell("a"), told='ss:Index="x"'),
        row(cell("a", told='ss:Index="0"')),
        row(cell("a"), told='ss:Index="5"') + row(cell("b"), told='ss:Index="5"'),
        "<Row><Cell>",
    ],
)
def test_broken_xml(xml, read, rows):
    refused(read, xml(book(sheet(rows))), *damaged("XML"))


def test_a_few_cells_far_apart(xml, read):
    path = xml(book(sheet(row(cell("a")) + row(cell("b", told='ss:Index="16384"'), told='ss:Index="1048576"'))))
    refused(
        read,
        path,
        "工作表“一”只有少数单元格，却散布在 1048576 行 × 16384 列的范围内，无法读取；请删去远处的单元格后另存",
        "sheet “一” has a few cells scattered over 1048576 rows × 16384 columns and cannot be read; "
        "delete the far-off cells and save it",
    )
