"""OpenDocument sheets (.ods, .fods) are read cell by cell as they were saved."""

import html
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fupin_cli.model.sheet import Kind, Merge
from tests.sheets.test_refusals import ENCRYPTED, SAVE, damaged, refused

T, N, D, B, E, U, P = Kind.TEXT, Kind.NUMBER, Kind.DATE, Kind.BOOLEAN, Kind.ERROR, Kind.UNCOMPUTED, Kind.PERCENT
SPACES = (
    " ".join(
        f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for prefix, name in [
            ("office", "office"),
            ("table", "table"),
            ("text", "text"),
            ("style", "style"),
            ("draw", "drawing"),
        ]
    )
    + ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
)
STYLES = (
    '<office:automatic-styles><style:style style:name="ta1" style:family="table"><style:table-properties '
    'table:display="true"/></style:style><style:style style:name="ta2" style:family="table">'
    '<style:table-properties table:display="false"/></style:style></office:automatic-styles>'
)


def table(rows, name="一", style="ta1"):
    return f'<table:table table:name="{name}" table:style-name="{style}">{rows}</table:table>'


def row(*cells, **attributes):
    told = "".join(f' table:{name.replace("_", "-")}="{value}"' for name, value in attributes.items())
    return f"<table:table-row{told}>{''.join(cells)}</table:table-row>"


def cell(content="", told=""):
    return f"<table:table-cell {told}>{content}</table:table-cell>"


def words(text):
    return cell(f"<text:p>{text}</text:p>", 'office:value-type="string"')


def number(value):
    return cell(f"<text:p>{value}</text:p>", f'office:value-type="float" office:value="{value}"')


def content(tables, before=""):
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {SPACES}>{STYLES}<office:body>'
        f"<office:spreadsheet>{before}{tables}</office:spreadsheet></office:body></office:document-content>"
    )


def package(path, xml, **more):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        for name, part in {"content.xml": xml, **more}.items():
            file.writestr(name, part)
    return path


@pytest.fixture
def ods(tmp_path):
    return lambda tables, name="台账.ods", before="": package(tmp_path / name, content(tables, before))


@pytest.mark.parametrize("name", ["台账.ods", "台账.xls", "台账.xlsx"])
def test_every_kind_of_cell_keeps_its_text_and_kind(ods, read, cells, name):
    kinds = row(
        words("姓名"),
        number("2.50"),
        cell("<text:p>25%</text:p>", 'office:value-type="percentage" office:value="0.25"'),
        cell("<text:p>￥3</text:p>", 'office:value-type="currency" office:value="3"'),
        cell("<text:p>16年5月</text:p>", 'office:value-type="date" office:date-value="2016-05-01"'),
        cell("<text:p>x</text:p>", 'office:value-type="date" office:date-value="2016-05-01T08:30:00"'),
        cell("<text:p>x</text:p>", 'office:value-type="time" office:time-value="PT08H30M00S"'),
        cell("<text:p>x</text:p>", 'office:value-type="time" office:time-value="PT36H00M00S"'),
        cell("<text:p>x</text:p>", 'office:value-type="boolean" office:boolean-value="true"'),
        cell("<text:p>TRUE</text:p>", 'table:formula="of:=TRUE()" office:value-type="float" office:value="1"'),
        words("00123"),
        number("3.70123199001011E+017"),
    )
    (sheet,) = read(ods(table(kinds), name))
    assert list(cells(sheet).values()) == [
        ("姓名", T),
        ("2.5", N),
        ("25%", P),
        ("3", N),
        ("2016-05-01", D),
        ("2016-05-01 08:30:00", D),
        ("08:30:00", T),
        ("36:00:00", T),
        ("TRUE", B),
        ("TRUE", B),
        ("00123", T),
        ("370123199001011000", N),
    ]


@pytest.mark.parametrize(
    ("paragraphs", "text"),
    [
        ("<text:p>张</text:p><text:p>三</text:p>", "张\n三"),
        ("<text:p>a<text:line-break/>b<text:tab/>c</text:p>", "a\nb\tc"),
        ('<text:p><text:s text:c="2"/>a <text:s/>b </text:p>', "  a  b "),
        ("<text:p>\n   a\n   b\n</text:p>", "a b"),
        ("<text:p>张<text:span>三<text:span>丰</text:span>、</text:span>李四</text:p>", "张三丰、李四"),
        ("<text:p><text:a>网</text:a>址</text:p>", "网址"),
        (
            "<text:p><text:ruby><text:ruby-base>张</text:ruby-base><text:ruby-text>zhang</text:ruby-text></text:ruby>三</text:p>",
            "张三",
        ),
        ("<office:annotation><text:p>批注</text:p></office:annotation><text:p>张三</text:p>", "张三"),
        ("<text:p>张三</text:p><draw:frame><draw:text-box><text:p>图</text:p></draw:text-box></draw:frame>", "张三"),
        ("<text:p/><text:p>b</text:p>", "\nb"),
        ("<text:p>&lt;𠮷&gt;</text:p>", "<𠮷>"),
    ],
)
def test_the_text_of_a_cell_is_its_paragraphs(ods, read, cells, paragraphs, text):
    (sheet,) = read(ods(table(row(cell(paragraphs, 'office:value-type="string"')))))
    assert cells(sheet) == {(1, 0): (text, T)}


def test_a_cell_with_nothing_but_a_comment_is_blank(ods, read, cells):
    (sheet,) = read(ods(table(row(cell("<office:annotation><text:p>批注</text:p></office:annotation>"), words("a")))))
    assert cells(sheet) == {(1, 1): ("a", T)}


def test_deep_nesting_of_spans_is_read(ods, read, cells):
    text = "<text:span>" * 200 + "深" + "</text:span>" * 200
    (sheet,) = read(ods(table(row(words(text)))))
    assert cells(sheet) == {(1, 0): ("深", T)}


@pytest.mark.parametrize(
    ("told", "shown", "expected"),
    [
        ('table:formula="of:=NA()" calcext:value-type="error" office:value-type="string"', "#N/A", ("#N/A", E)),
        ('table:formula="of:=1/0" office:value-type="float" office:value="0"', "#DIV/0!", ("#DIV/0!", E)),
        ('table:formula="of:=A1:" office:value-type="float" office:value="0"', "Err:502", ("Err:502", E)),
        ('office:value-type="string"', "#N/A", ("#N/A", T)),
        ('table:formula="of:=[.A1]*2" office:value-type="float" office:value="4"', "4", ("4", N)),
        ('table:formula="of:=[.A1]" office:value-type="string" office:string-value="长"', "长", ("长", T)),
    ],
)
def test_formulas_give_their_value_or_their_error(ods, read, cells, told, shown, expected):
    (sheet,) = read(ods(table(row(words("a"), cell(f"<text:p>{shown}</text:p>", told)))))
    assert cells(sheet)[1, 1] == expected


@pytest.mark.parametrize(
    ("formula", "shown"),
    [
        ("of:=SUM([.A1:.B2];3)", "=SUM(A1:B2,3)"),
        ("of:=[$名单.$A$1]&amp;&quot;[.A1];&quot;", '=名单!$A$1&"[.A1];"'),
        ("=A1+1", "=A1+1"),
    ],
)
def test_a_formula_saved_without_a_value_shows_the_formula(ods, read, cells, formula, shown):
    (sheet,) = read(ods(table(row(words("a"), cell("", f'table:formula="{formula}"')))))
    assert cells(sheet)[1, 1] == (shown, U)


def test_a_formula_whose_value_is_an_empty_text_is_blank(ods, read, cells):
    (sheet,) = read(ods(table(row(words("a"), cell("<text:p/>", 'table:formula="of:=&quot;&quot;"')))))
    assert cells(sheet) == {(1, 0): ("a", T)}


def test_repeated_cells_and_rows_are_real_ones(ods, read, cells):
    twice = cell("<text:p>a</text:p>", 'office:value-type="string" table:number-columns-repeated="2"')
    gap = cell("", 'table:number-columns-repeated="3"')
    (sheet,) = read(
        ods(table(row(gap, number_rows_repeated=4) + row(gap, twice, number_rows_repeated=2) + row(words("b"))))
    )
    assert cells(sheet) == {(5, 3): ("a", T), (5, 4): ("a", T), (6, 3): ("a", T), (6, 4): ("a", T), (7, 0): ("b", T)}


def test_a_million_formatted_rows_that_hold_nothing_cost_nothing(ods, read, cells):
    spans = 'table:number-columns-spanned="2" table:number-rows-spanned="1"'
    empty = row(cell("", spans), cell("", 'table:number-columns-repeated="16383"'), number_rows_repeated=1048574, visibility="collapse")  # fmt: skip
    columns = '<table:table-column table:number-columns-repeated="16384" table:visibility="collapse"/>'
    (sheet,) = read(ods(table(columns + row(words("a")) + empty + row(cell()))))
    assert cells(sheet) == {(1, 0): ("a", T)}
    assert (sheet.merges, sheet.hidden_rows, sheet.hidden_columns) == ((), frozenset(), frozenset({0}))


def test_merges_are_told_with_what_stands_under_them(ods, read, cells):
    covered = '<table:covered-table-cell office:value-type="string"><text:p>藏</text:p></table:covered-table-cell>'
    spans = 'office:value-type="string" table:number-columns-spanned="2" table:number-rows-spanned="2"'
    rows = row(cell("<text:p>合</text:p>", spans), covered, words("c")) + row(
        '<table:covered-table-cell table:number-columns-repeated="2"/>', words("d")
    )
    (sheet,) = read(ods(table(row(cell()) + rows)))
    assert sheet.merges == (Merge(2, 3, 0, 1),)
    assert cells(sheet) == {(2, 0): ("合", T), (2, 1): ("藏", T), (2, 2): ("c", T), (3, 2): ("d", T)}


def test_a_merge_of_repeated_rows_stands_in_each(ods, read):
    spans = 'office:value-type="string" table:number-columns-spanned="2" table:number-rows-spanned="1"'
    rows = row(cell("<text:p>a</text:p>", spans), "<table:covered-table-cell/>", number_rows_repeated=3)
    (sheet,) = read(ods(table(rows)))
    assert sheet.merges == (Merge(1, 1, 0, 1), Merge(2, 2, 0, 1), Merge(3, 3, 0, 1))


def test_hidden_rows_columns_and_sheets_are_told(ods, read, cells):
    columns = (
        '<table:table-column/><table:table-column table:visibility="collapse" table:number-columns-repeated="2"/>'
        '<table:table-column-group table:display="false"><table:table-column/></table:table-column-group>'
    )
    wide = row(*[words("a")] * 5)
    rows = (
        f"<table:table-header-rows>{wide}</table:table-header-rows>"
        + row(*[words("b")] * 5, visibility="filter")
        + f'<table:table-row-group table:display="false"><table:table-row-group>{wide}</table:table-row-group></table:table-row-group>'
        + f"<table:table-row-group>{row(words('c'), visibility='collapse', number_rows_repeated=2)}{wide}</table:table-row-group>"
    )
    first, second = read(ods(table(columns + rows) + table(row(words("x")), "藏", "ta2")))
    assert (first.hidden, first.hidden_rows, first.hidden_columns) == (False, {2, 3, 4, 5}, {1, 2, 3})
    assert (second.name, second.hidden, second.relation) == ("藏", True, "sheet_0_1")
    assert [place for place in cells(first) if place[1] == 0] == [(n, 0) for n in range(1, 7)]


def test_tables_that_are_no_sheets_are_left_out(ods, read, cells):
    inner = f"<table:table table:name='内'>{row(words('x'))}</table:table>"
    shapes = f"<table:shapes><draw:frame>{inner}</draw:frame></table:shapes>"
    changes = f"<table:tracked-changes><table:deletion>{words('旧')}</table:deletion></table:tracked-changes>"
    (sheet,) = read(ods(table(shapes + row(words("a"), cell(inner), words("b"))), before=changes))
    assert cells(sheet) == {(1, 0): ("a", T), (1, 2): ("b", T)}


def test_an_empty_sheet_is_a_sheet(ods, read):
    (sheet,) = read(ods(table(row(cell()))))
    assert (sheet.name, sheet.width, sheet.row_count, sheet.last_row) == ("一", 0, 0, 0)


def test_a_flat_document_is_read(tmp_path, read, cells):
    path = tmp_path / "台账.fods"
    mimetype = 'office:mimetype="application/vnd.oasis.opendocument.spreadsheet"'
    xml = content(table(row(words("a")), style="ta2")).replace("document-content", "document")
    path.write_text(xml.replace("<office:document ", f"<office:document {mimetype} "), encoding="utf-8")
    (sheet,) = read(path)
    assert cells(sheet) == {(1, 0): ("a", T)}
    assert sheet.hidden


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.lists(st.sampled_from(["", "张三", "a b", "0012", "<&>"]) | st.integers(-10**15, 10**15) | st.floats(-1e9, 1e9), max_size=6),
        max_size=8,
    )
)  # fmt: skip
def test_any_grid_comes_back_as_it_was_written(ods, read, cells, grid):
    written = {(r, c): value for r, line in enumerate(grid, 1) for c, value in enumerate(line) if value != ""}
    rows = "".join(
        row(*(words(html.escape(v)) if isinstance(v, str) else number(repr(v)) for v in line)) for line in grid
    )
    (sheet,) = read(ods(table(rows)))
    found = cells(sheet)
    assert found.keys() == written.keys()
    for place, value in written.items():
        text, kind = found[place]
        assert (text, kind) == (value, T) if isinstance(value, str) else (float(text), kind) == (value, N)


def test_an_encrypted_ods(tmp_path, read):
    manifest = "<manifest:manifest><manifest:encryption-data/></manifest:manifest>"
    refused(read, package(tmp_path / "台账.ods", b"\x01\x02", **{"META-INF/manifest.xml": manifest}), *ENCRYPTED)


def test_an_ods_encrypted_as_a_whole(tmp_path, read):
    path = tmp_path / "台账.ods"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        file.writestr("encrypted-package", b"\x01\x02")
    refused(read, path, *ENCRYPTED)


@pytest.mark.parametrize("before", ["", f"<!--{'x' * 70_000}-->", "<?a b?>\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_an_ods_that_declares_entities(tmp_path, read, before, encoding):
    xml = f'<?xml version="1.0" encoding="{encoding}"?>{before}<!DOCTYPE x [<!ENTITY a "aaaa">]><x b="&a;"/>'
    sentence = (
        f"内部的 XML 含有文档类型或实体声明，正常的工作簿没有，不予读取；{SAVE[0]}",
        f"its XML declares a document type or entities, which no normal workbook does, and is not read; {SAVE[1]}",
    )
    refused(
        read,
        package(tmp_path / "台账.ods", xml.encode(encoding)),
        *(damaged("XML") if len(before) > 1000 else sentence),
    )


def test_an_ods_whose_xml_breaks_off(tmp_path, read):
    refused(read, package(tmp_path / "台账.ods", content(table(row(words("a"))))[:-90]), *damaged("XML"))


def test_an_ods_without_its_content(tmp_path, read):
    path = tmp_path / "台账.ods"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    refused(read, path, *damaged("zip"))


def test_a_number_of_repetitions_that_is_none(ods, read):
    refused(read, ods(table(row(cell("", 'table:number-columns-repeated="x"')))), *damaged("XML"))


def test_an_ods_that_inflates_without_measure(tmp_path, read):
    path = package(tmp_path / "台账.ods", content(table(row(words("a")))), **{"Pictures/1.bin": bytes(150 << 20)})
    refused(
        read,
        path,
        "解压后有 150 MB，超出上限（2048 MB，或超过 100 MB 且是压缩前的 200 倍以上），不予读取；请拆分，或删去多余的空白行列后另存",
        "inflates to 150 MB, beyond the limit (2048 MB, or more than 100 MB at over 200 times its size), and is not read; "
        "split it, or delete superfluous blank rows and columns and save it",
    )


@pytest.mark.parametrize(("rows", "columns"), [(1_048_576, 16_384), (101, 10), (1, 1001), (1001, 1)])
def test_cells_stated_by_repetition_have_a_limit(ods, read, monkeypatch, rows, columns):
    monkeypatch.setattr("fupin_cli.sheets.filling.MOST_REPEATED", 1000)
    filled = cell("<text:p>0</text:p>", f'office:value-type="string" table:number-columns-repeated="{columns}"')
    refused(
        read,
        ods(table(row(filled, number_rows_repeated=rows))),
        "工作表“一”里靠重复标记写出的单元格超过 1000 个，无法读取；请删去整行整列填充的内容后另存",
        "sheet “一” states more than 1000 cells by repetition and cannot be read; "
        "delete what fills whole rows or columns and save it",
    )


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (row(words("a")) + row(cell(), number_rows_repeated=9_000_000_000) + row(words("b")), (9_000_000_002, 1)),
        (row(cell("<text:p>a</text:p>", 'table:number-columns-repeated="9999999999"')), (1, 9_999_999_999)),
        (row(words("a")) + row(cell(), number_rows_repeated=1_000_000) + row(cell("", 'table:number-columns-repeated="16383"'), words("b")), (1_000_002, 16384)),
    ],
)  # fmt: skip
def test_a_few_cells_far_apart(ods, read, rows, told):
    refused(
        read,
        ods(table(rows)),
        f"工作表“一”只有少数单元格，却散布在 {told[0]} 行 × {told[1]} 列的范围内，无法读取；请删去远处的单元格后另存",
        f"sheet “一” has a few cells scattered over {told[0]} rows × {told[1]} columns and cannot be read; "
        "delete the far-off cells and save it",
    )
