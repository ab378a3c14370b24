"""All readers of an xlsx see the same in a cell, however it is spelled, and excelreader sees it, too."""

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fupin_cli.model.sheet import Kind
from fupin_cli.sheets.xlsx import Reader
from tests.sheets.parts import replace_part, with_rows
from tests.sheets.readings import QUICK, READERS, reading

T, N, D, B, E, U, P = Kind.TEXT, Kind.NUMBER, Kind.DATE, Kind.BOOLEAN, Kind.ERROR, Kind.UNCOMPUTED, Kind.PERCENT
SAMPLES = Path(__file__).parents[2] / "sample_data"

FORMATS = [
    "General", "yyyy-mm-dd", "[h]:mm:ss", "h:mm", '[$-804]yyyy"年"m"月"', "[Red]0.00", '"d"0', 'General"日"', "0.00E+00",
    "yyyy;@", "[DBNum1]yyyy", "\\d0", "_(* #,##0_)", "[Red]m/d", "mm:ss.0", "#,##0;[Red]-#,##0", "@",
    "0.00%", "[Red]0%;-0%", '0"%"', "0\\%",
]  # fmt: skip
DATES = {1, 3, 4, 9, 10, 13, 14}
PERCENTS = {17, 18}

SHARED = (
    "<si><t>a</t></si><si><t> b </t></si><si><t xml:space=\"preserve\"> c </t></si><si/><si><t/></si><si><t>  </t></si>"
    "<si><r><t>x</t></r><r><rPr><sz val=\"11\"/></rPr><t xml:space=\"preserve\"> y</t></r></si>"
    "<si><t>姓名</t><rPh sb=\"0\" eb=\"1\"><t>XM</t></rPh><phoneticPr fontId=\"1\"/></si>"
    "<si><t>_x000D_\r\n&#10;&#13;&amp;</t></si><si><t>超过十二个字节的文字</t></si>"
)  # fmt: skip

SPELLINGS = {
    '<c r="A1"><v>1.0</v></c>': ("1", N),
    '<c r="A1"><v>-0</v></c>': ("0", N),
    '<c r="A1"><v>1E-7</v></c>': ("0.0000001", N),
    '<c r="A1"><v>1e5</v></c>': ("100000", N),
    '<c r="A1"><v>1e999</v></c>': ("inf", T),
    '<c r="A1"><v>-1e999</v></c>': ("-inf", T),
    '<c r="A1"><v>12345678901234567890</v></c>': ("12345678901234567000", N),
    '<c r="A1"><v>0.30000000000000004</v></c>': ("0.30000000000000004", N),
    '<c r="A1"><v>1234.5599999999999</v></c>': ("1234.56", N),
    '<c r="A1"><v>0.1000</v></c>': ("0.1", N),
    '<c r="A1"><v>007</v></c>': ("7", N),
    '<c r="A1"><v>+.5</v></c>': ("0.5", N),
    '<c r="A1"><v>-12.25</v></c>': ("-12.25", N),
    '<c r="A1"><v>abc</v></c>': ("abc", T),
    '<c r="A1"><v>1_000</v></c>': ("1_000", T),
    '<c r="A1"><v></v></c>': None,
    '<c r="A1"/>': None,
    '<c r="A1"></c>': None,
    '<c r="A1" s="1"/>': None,
    '<c r="A1" t="s"/>': None,
    '<c r="A1" t="n" s="1"><v>42491</v></c>': ("2016-05-01", D),
    '<c r="A1" s="99"><v>42491</v></c>': ("42491", N),
    '<c r="A1" cm="1"><v>5</v></c>': ("5", N),
    '<c r="A1" s="17"><v>0.05</v></c>': ("5%", P),
    '<c r="A1" t="n" s="17"><v>7.0000000000000007E-2</v></c>': ("7%", P),
    '<c r="A1" s="18"><v>1</v></c>': ("100%", P),
    '<c r="A1" s="17"><v>-1E-05</v></c>': ("-0.001%", P),
    '<c r="A1" s="17"><f>A2/B2</f><v>0.023</v></c>': ("2.3%", P),
    '<c r="A1" s="17"><f>A2/B2</f></c>': ("=A2/B2", U),
    '<c r="A1" s="17" t="str"><v>5%</v></c>': ("5%", T),
    '<c r="A1" s="17" t="s"><v>0</v></c>': ("a", T),
    '<c r="A1" s="17" t="e"><f>A2/B2</f><v>#DIV/0!</v></c>': ("#DIV/0!", E),
    '<c r="A1" s="17"><v>abc</v></c>': ("abc", T),
    '<c r="A1" s="17"/>': None,
    "<c r='A1' s='17'><v>0.5</v></c>": ("50%", P),
    '<c r="A1" s="19"><v>5</v></c>': ("5", N),
    '<c r="A1" t="b"><v>1</v></c>': ("TRUE", B),
    '<c r="A1" s="1" t="b"><v>false</v></c>': ("FALSE", B),
    '<c r="A1" t="d"><v>2016-05-01</v></c>': ("2016-05-01", D),
    '<c r="A1" t="d"><v>2016-05-01T08:30:00</v></c>': ("2016-05-01 08:30:00", D),
    '<c r="A1" t="d"><v>2016-13-01</v></c>': ("2016-13-01", T),
    '<c r="A1" t="e"><v>#N/A</v></c>': ("#N/A", E),
    '<c r="A1" t="e"><f>NA()</f><v>#N/A</v></c>': ("#N/A", E),
    '<c r="A1" t="e"><v></v></c>': ("#ERROR", E),
    '<c r="A1" t="str"><v> a </v></c>': (" a ", T),
    '<c r="A1" t="str"><v></v></c>': None,
    '<c r="A1" t="str"><f>""</f><v></v></c>': None,
    '<c r="A1" t="str"><f>A2&amp;B2</f><v>甲&amp;乙&#10;丙</v></c>': ("甲&乙\n丙", T),
    '<c r="A1" t="str"><f>A2</f></c>': ("=A2", U),
    '<c r="A1" t="str"><v>_x000D_x</v></c>': ("\rx", T),
    '<c r="A1" t="str"><v>a\r\nb</v></c>': ("a\nb", T),
    '<c r="A1"><f>A2</f><v>5</v></c>': ("5", N),
    '<c r="A1"><f t="shared" si="0"/><v>5</v></c>': ("5", N),
    '<c r="A1" s="1"><f>A2</f><v>42491.5</v></c>': ("2016-05-01 12:00:00", D),
    '<c r="A1"><f>A2&lt;B2</f></c>': ("=A2<B2", U),
    '<c r="A1"><f>A2</f><v/></c>': ("=A2", U),
    '<c r="A1"><f>A2</f><v></v></c>': ("=A2", U),
    '<c r="A1" t="s"><v>0</v></c>': ("a", T),
    '<c r="A1" s="1" t="s"><v>1</v></c>': ("b", T),
    '<c r="A1" t="s" s="1"><v>2</v></c>': (" c ", T),
    '<c r="A1" t="s"><v>3</v></c>': None,
    '<c r="A1" t="s"><v>4</v></c>': None,
    '<c r="A1" t="s"><v>5</v></c>': None,
    '<c r="A1" t="s"><v>6</v></c>': ("x y", T),
    '<c r="A1" t="s"><v>7</v></c>': ("姓名", T),
    '<c r="A1" t="s"><v>8</v></c>': ("\r\n\n\r&", T),
    '<c r="A1" t="s"><v>9</v></c>': ("超过十二个字节的文字", T),
    '<c r="A1" t="inlineStr"><is><t>甲乙丙丁戊己</t></is></c>': ("甲乙丙丁戊己", T),
    '<c r="A1" t="inlineStr"><is><t> a </t></is></c>': ("a", T),
    '<c r="A1" t="inlineStr"><is><t xml:space="preserve"> a </t></is></c>': (" a ", T),
    '<c r="A1" t="inlineStr"><is><t>　a\u00a0</t></is></c>': ("　a\u00a0", T),
    '<c r="A1" t="inlineStr"><is><r><t>a</t></r><r><rPr><color/></rPr><t>b</t></r></is></c>': ("ab", T),
    '<c r="A1" t="inlineStr"><is><t>a</t><rPh sb="0" eb="1"><t>x</t></rPh></is></c>': ("a", T),
    '<c r="A1" t="inlineStr"><is><t>_x000D_a_x005F_x000D_</t></is></c>': ("\ra_x000D_", T),
    '<c r="A1" t="inlineStr"><is><t>_x4E2D_</t></is></c>': ("_x4E2D_", T),
    '<c r="A1" t="inlineStr"><is><t>a&#10;b&amp;&lt;</t></is></c>': ("a\nb&<", T),
    '<c r="A1" t="inlineStr"><is><t>&#10;a </t></is></c>': ("a", T),
    '<c r="A1" t="inlineStr"><is><t>a<!-- b --></t></is></c>': ("a", T),
    '<c r="A1" t="inlineStr"><is><t>a]]&gt;<![CDATA[<b>]]></t></is></c>': ("a]]><b>", T),
    '<c r="A1" t="inlineStr"><is><t/></is></c>': None,
    '<c r="A1" t="inlineStr"><is/></c>': None,
    "<c r='A1' t='b'><v>1</v></c>": ("TRUE", B),
    '<c\n r="A1"><v>1</v></c>': ("1", N),
    '<c r="A1" ><v>1</v></c >': ("1", N),
}


@pytest.fixture
def only_quick(monkeypatch):
    """The quick reader must not give up."""

    def give_up(*_args):
        raise AssertionError("the quick reader gave up")

    monkeypatch.setattr("fupin_cli.sheets.xlsx.scan_sheet_xml", give_up)


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    """A workbook with the formats and shared texts above."""
    import openpyxl

    path = tmp_path_factory.mktemp("template") / "template.xlsx"
    drawn = openpyxl.Workbook()
    for number, code in enumerate(FORMATS, 1):
        drawn.active.cell(1, number, "x" if number == 1 else 1).number_format = code
    drawn.save(path)
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    replace_part(path, "xl/sharedStrings.xml", f'<?xml version="1.0"?>\n<sst xmlns="{space}">{SHARED}</sst>')
    return path.read_bytes()


@pytest.fixture
def book(tmp_path, template):
    """`book(rows)`: that workbook with these rows."""

    def draw(rows, **around):
        path = tmp_path / "book.xlsx"
        path.write_bytes(template)
        return with_rows(path, rows, **around)

    return draw


def cell(engine, path, reader):
    ((*_, cells),) = reading(engine, path, reader)
    return cells.get((1, 0))


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize(("spelling", "expected"), SPELLINGS.items())
def test_a_cell_is_read_however_it_is_spelled(engine, book, spelling, expected, reader):
    assert cell(engine, book(f'<row r="1">{spelling}</row>'), reader) == expected


@pytest.mark.parametrize("style", range(len(FORMATS)))
@pytest.mark.parametrize("value", ["42491", "42491.3541666667", "0.25", "0", "59", "60", "61", "1", "2958466", "abc"])
def test_a_number_under_any_format_is_the_same_to_all_readers(engine, book, style, value):
    path = book(f'<row r="1"><c r="A1" s="{style}"><v>{value}</v></c></row>')
    quick, compiled, calamine = (cell(engine, path, reader) for reader in READERS)
    assert quick == compiled == calamine
    if value == "42491":
        assert (quick[1] == D) == (style in DATES)
    if value == "0.25" and quick[1] == P:
        assert quick[0] == "25%"
    assert value == "abc" or (quick[1] == P) == (style in PERCENTS)


@pytest.mark.parametrize(
    ("spelling", "expected"),
    [
        ('<c r="A1" s="1"><v>-5</v></c>', ("-5", N)),
        ('<c r="A1" s="2"><v>1E10</v></c>', ("10000000000", N)),
        ('<c r="A1" t="e"><v>#BUSY!</v></c>', ("#BUSY!", E)),
        ('<c r="A1"><v>5</v><extLst/></c>', ("5", N)),
        ('<c r="A1"><v>NaN</v></c>', ("NaN", T)),
    ],
)
@pytest.mark.parametrize("reader", QUICK)
def test_the_quick_reader_keeps_what_calamine_loses_or_refuses(engine, book, only_quick, spelling, expected, reader):
    assert cell(engine, book(f'<row r="1">{spelling}</row>'), reader) == expected


PLAIN = [
    '<row r="1"><c r="A1"><v>1</v></c></row><row r="3" hidden="1"><c r="B3" t="s"><v>0</v></c></row>',
    '\n<row r="1">\n<c r="A1"><v>1</v></c></row>\n<row r="3" hidden="1">\n<c r="B3" t="s"><v>0</v></c></row>\n',
    '\r\n  <row r="1">\r\n    <c r="A1"><v>1</v></c>\r\n  </row>\r\n  <row r="2"/>\r\n'
    '<row r="3" spans="1:2" hidden="true"><c r="A3" s="3"/><c r="B3" s="0" t="s"><v>0</v></c>\r\n</row>\r\n',
    '<row r="1"><c r="A1" s="0"><v>1</v></c><c r="XFD1" s="1"/></row><row r="2"></row>'
    '<row r="3" hidden="1" ht="3"><c r="A3"/><c r="B3" t="inlineStr"><is><t>a</t></is></c></row><row r="1048576"/>',
]
ODD = [
    '<row><c><v>1</v></c></row><row/><row hidden="1"><c/><c t="s"><v>0</v></c></row>',
    '<row r="1"><c><v>1</v></c></row><row r="3" hidden="1"><c r="B3" t="s"><v>0</v></c></row>',
    "<row r='1'><c r='A1'><v>1</v></c></row><row r='3' hidden='1'><c r='B3' t='s'><v>0</v></c></row>",
    '<row spans="1:1" r="1"><c r="A1"><v>1</v></c></row><row hidden="1" r="3"><c r="B3" t="s"><v>0</v></c></row>',
    '<row r="1"><!-- <c r="A1"/> --><c r="A1"><v>1</v></c></row><row r="3" hidden="1"><c r="B3" t="s"><v>0</v></c></row>',
    '<row r="1"><c r="A1"><v>1</v></c></row><!-- --><row r="3" hidden="1"><c r="B3" t="s"><v> 0 </v></c></row>',
]  # fmt: skip
BOTH = {(1, 0): ("1", N), (3, 1): ("a", T)}


@pytest.mark.parametrize("rows", PLAIN)
@pytest.mark.parametrize("reader", QUICK)
def test_rows_of_common_programs_are_read_quickly(engine, book, only_quick, rows, reader):
    ((_, _, size, hidden, _, cells),) = reading(engine, book(rows), reader)
    assert (size, hidden, cells) == ((2, 2, 3), ({3}, set()), BOTH)


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("rows", [*PLAIN, *ODD])
def test_rows_of_any_spelling_are_read_with_excels_numbers(engine, book, rows, reader):
    ((_, _, size, hidden, _, cells),) = reading(engine, book(rows), reader)
    assert (size, hidden, cells) == ((2, 2, 3), ({3}, set()), BOTH)


def test_names_with_a_prefix_are_read(engine, book):
    rows = '<x:row r="3"><x:c r="B3"><x:v>5</x:v></x:c></x:row>'
    merged = '<x:mergeCells><x:mergeCell ref="B3:C4"/></x:mergeCells>'
    quick, compiled, calamine = (reading(engine, book(rows, prefix="x:", after=merged), reader) for reader in READERS)
    assert quick == compiled == calamine
    assert quick[0][5] == {(3, 1): ("5", N)}


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize(("serial", "day"), [("0", "00:00:00"), ("1", "1904-01-02"), ("41029", "2016-05-01")])
def test_days_may_count_from_1904(engine, book, reader, serial, day):
    import openpyxl

    path = book('<row r="1"/>')
    drawn = openpyxl.load_workbook(path)
    drawn.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    drawn.active.cell(1, 1, 1).number_format = "yyyy-mm-dd"
    drawn.save(path)
    with_rows(path, f'<row r="1"><c r="A1" s="1"><v>{serial}</v></c></row>')
    assert cell(engine, path, reader) == (day, D if serial != "0" else T)


@pytest.mark.parametrize("reader", QUICK)
def test_a_shared_formula_reaches_into_later_blocks(engine, book, monkeypatch, reader):
    monkeypatch.setattr("fupin_cli.sheets.row_blocks.BLOCK", 400)
    first = '<row r="1"><c r="B1"><f t="shared" ref="B1:B90" si="0">A1*2</f></c></row>'
    rest = "".join(f'<row r="{row}"><c r="B{row}"><f t="shared" si="0"/></c></row>' for row in range(2, 91))
    ((*_, cells),) = reading(engine, book(first + rest), reader)
    assert cells == {(row, 1): (f"=A{row}*2", U) for row in range(1, 91)}


@pytest.mark.parametrize("reader", QUICK)
def test_a_sheet_that_is_given_up_half_way_is_read_once(engine, book, monkeypatch, reader):
    monkeypatch.setattr("fupin_cli.sheets.row_blocks.BLOCK", 400)
    rows = "".join(f'<row r="{row}"><c r="C{row}"><v>{row}</v></c></row>' for row in range(1, 91))
    last = "<row r='91'><c r='A91'><v>7</v></c></row>"
    ((_, _, size, _, _, cells),) = reading(engine, book(rows + last), reader)
    assert cells == {(row, 2): (str(row), N) for row in range(1, 91)} | {(91, 0): ("7", N)}
    assert size == (3, 91, 91)


@pytest.mark.parametrize(("row", "widest"), [(9, 702), (10, 702), (99_999, 702), (100_000, 702), (1_048_576, 52)])
@pytest.mark.parametrize("reader", QUICK)
def test_a_cell_stands_where_its_reference_says(engine, book, only_quick, row, widest, reader):
    columns = {"A": 0, "Z": 25, "AA": 26, "AZ": 51, "BA": 52, "ZZ": 701, "AAA": 702}
    told = {letters: column for letters, column in columns.items() if column <= widest}
    drawn = "".join(f'<c r="{letters}{row}"><v>{column}</v></c>' for letters, column in told.items())
    path = book(f'<row r="{row - 1}" hidden="1"/><row r="{row}">{drawn}</row>')
    ((_, _, size, hidden, _, cells),) = reading(engine, path, reader)
    assert cells == {(row, column): (str(column), N) for column in told.values()}
    assert (size, hidden) == ((widest + 1, 1, row), (frozenset({row - 1}), frozenset()))


@pytest.mark.parametrize("reference", ["a7", "B8", "B70", "B", "7", "XFE7", "AAAA7", "B07"])
@pytest.mark.parametrize("reader", QUICK)
def test_a_reference_that_is_none_of_its_row_is_not_for_the_quick_reader(engine, book, only_quick, reference, reader):
    with pytest.raises(AssertionError):
        reading(engine, book(f'<row r="7"><c r="{reference}"><v>1</v></c></row>'), reader)


CELLS = list(SPELLINGS)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.dictionaries(st.integers(1, 60), st.dictionaries(st.integers(0, 30), st.sampled_from(CELLS), max_size=6)),
    sizes=st.tuples(st.sampled_from([400, 1500, 4 << 20]), st.sampled_from([40, 4_000_000])),
    gap=st.sampled_from(["", "\n", "\r\n  "]),
)
@pytest.mark.parametrize("reader", QUICK)
def test_any_mixture_of_spellings_is_the_same_to_all_readers(engine, book, rows, sizes, gap, reader):
    from openpyxl.utils import get_column_letter

    text = ""
    for row, cells in sorted(rows.items()):
        drawn = gap.join(
            re.sub("(['\"])A1(['\"])", rf"\g<1>{get_column_letter(column + 1)}{row}\g<2>", spelling)
            for column, spelling in sorted(cells.items())
        )
        text += f'<row r="{row}">{gap}{drawn}</row>{gap}'
    path = book(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("fupin_cli.sheets.row_blocks.BLOCK", sizes[0])
        patch.setattr("fupin_cli.sheets.quick_sheet.SLOTS", sizes[1])
        quick = reading(engine, path, reader)
    assert quick == reading(engine, path, Reader.CALAMINE)


@pytest.mark.parametrize("path", sorted(SAMPLES.rglob("*.xlsx")), ids=lambda path: path.stem)
@pytest.mark.parametrize("reader", QUICK)
def test_all_readers_see_the_same_in_a_sample(engine, only_quick, path, monkeypatch, reader):
    quick = reading(engine, path, reader)
    monkeypatch.undo()
    assert quick == reading(engine, path, Reader.CALAMINE)


@pytest.mark.parametrize("path", sorted(SAMPLES.rglob("*.xlsx")), ids=lambda path: path.stem)
@pytest.mark.parametrize("reader", QUICK)
def test_excelreader_sees_the_same_in_a_sample(engine, path, reader):
    excelreader = pytest.importorskip("excelreader", reason="excelreader-native has no wheel for this system")
    kinds = {excelreader.CellType.STRING: T, excelreader.CellType.NUMBER: N}
    with excelreader.open_workbook(str(path)) as book:
        for sheet, (name, _, _, _, _, cells) in zip(book.sheets, reading(engine, path, reader), strict=True):
            assert sheet.name == name
            told = [
                {cell.column: (cell.value, kinds[cell.type]) for cell in row if cell.type in kinds and cell.value}
                for row in sheet.rows()
            ]
            mine: dict[int, dict[int, tuple[str, int]]] = {}
            for (row, column), (text, kind) in cells.items():
                if kind in (T, N):
                    mine.setdefault(row, {})[column] = (text, kind)
            assert [_floats(row) for row in told if row] == [_floats(mine[row]) for row in sorted(mine)]


def _floats(row):
    return {column: float(text) if kind == N else text for column, (text, kind) in row.items()}
