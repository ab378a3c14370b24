"""Write what openpyxl finds in an .xlsx as .ods, web page or SpreadsheetML 2003, as the programs that make those do."""

import datetime
import html
import zipfile
from pathlib import Path

import openpyxl

ODS_SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text", "style")
)
FOLDED = ' table:visibility="collapse"'
UNSEEN = ' style="display:none"'
HIDDEN = ' ss:Hidden="1"'
ERROR = "xmlns:calcext='urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0'"


def sheets_of(path):
    """(name, hidden, cells, merges, hidden rows, hidden columns) of each sheet; all count from 1."""
    book = openpyxl.load_workbook(path)
    for sheet in book.worksheets:
        cells = {
            (cell.row, cell.column): (cell.value, cell.data_type)
            for line in sheet.iter_rows()
            for cell in line
            if cell.value is not None
        }
        merges = {(m.min_row, m.min_col): (m.max_row - m.min_row + 1, m.max_col - m.min_col + 1) for m in sheet.merged_cells.ranges}  # fmt: skip
        rows = {number for number, told in sheet.row_dimensions.items() if told.hidden}
        columns = {
            number
            for told in sheet.column_dimensions.values()
            if told.hidden
            for number in range(told.min, told.max + 1)
        }
        yield sheet.title, sheet.sheet_state != "visible", cells, merges, rows, columns
    book.close()


def _extent(cells, merges):
    height = max([0, *(r for r, _ in cells), *(r + d - 1 for (r, _), (d, _) in merges.items())])
    width = max([0, *(c for _, c in cells), *(c + a - 1 for (_, c), (_, a) in merges.items())])
    return range(1, height + 1), range(1, width + 1)


def _covered(merges):
    return {
        (r + down, c + across)
        for (r, c), (rows, columns) in merges.items()
        for down in range(rows)
        for across in range(columns)
    } - merges.keys()


def _iso(value):
    return value.isoformat() if isinstance(value, datetime.date) else str(value)


def write_ods(source: Path, path: Path) -> Path:
    """The workbook at `source` as an OpenDocument spreadsheet."""
    styles = "".join(
        f'<style:style style:name="{name}" style:family="table"><style:table-properties table:display="{shown}"/></style:style>'
        for name, shown in (("shown", "true"), ("hidden", "false"))
    )
    tables = ""
    for name, hidden, cells, merges, rows, columns in sheets_of(source):
        lines, places = _extent(cells, merges)
        covered = _covered(merges)
        tables += f'<table:table table:name="{html.escape(name)}" table:style-name="{"hidden" if hidden else "shown"}">'
        for c in places:
            tables += f"<table:table-column{FOLDED * (c in columns)}/>"
        for r in lines:
            tables += f"<table:table-row{FOLDED * (r in rows)}>"
            for c in places:
                tag = "covered-table-cell" if (r, c) in covered else "table-cell"
                down, across = merges.get((r, c), (1, 1))
                span = f' table:number-rows-spanned="{down}" table:number-columns-spanned="{across}"' if (r, c) in merges else ""  # fmt: skip
                told, text = _ods_cell(*cells.get((r, c), (None, "n")))
                tables += f"<table:{tag}{span}{told}>{text}</table:{tag}>"
            tables += "</table:table-row>"
        tables += (
            '<table:table-row table:number-rows-repeated="1000000"><table:table-cell/></table:table-row></table:table>'
        )
    xml = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {ODS_SPACES} {ERROR}><office:automatic-styles>{styles}'
        f"</office:automatic-styles><office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("content.xml", xml)
    return path


def _ods_cell(value, kind):
    known = {
        "f": lambda: (f' table:formula="of:{html.escape(value)}"', ""),
        "e": lambda: (' table:formula="of:=NA()" calcext:value-type="error"', f"<text:p>{value}</text:p>"),
        "b": lambda: (f' office:value-type="boolean" office:boolean-value="{str(value).lower()}"', ""),
        "n": lambda: (f' office:value-type="float" office:value="{value!r}"', f"<text:p>{value:.3g}</text:p>"),
        "t": lambda: (f' office:value-type="time" office:time-value="PT{value:%HH%MM%SS}"', ""),
        "d": lambda: (f' office:value-type="date" office:date-value="{_iso(value)}"', "<text:p>日</text:p>"),
    }
    if value is None:
        return "", ""
    if isinstance(value, datetime.time):
        kind = "t"
    if kind in known:
        return known[kind]()
    lines = html.escape(value).replace("  ", '<text:s text:c="2"/>').split("\n")
    marked = (f"<text:s/>{line[1:]}" if line[:1] == " " else line for line in lines)
    return ' office:value-type="string"', "".join(f"<text:p>{line}</text:p>" for line in marked)


def write_spreadsheetml(source: Path, path: Path) -> Path:
    """The workbook at `source` as an XML Spreadsheet of Excel 2003."""
    xml = (
        '<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n'
        '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:x="urn:schemas-microsoft-com:office:excel" '
        'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">'
    )
    for name, hidden, cells, merges, rows, columns in sheets_of(source):
        xml += f'<Worksheet ss:Name="{html.escape(name)}"><Table>'
        xml += "".join(f'<Column ss:Index="{c}" ss:Hidden="1"/>' for c in sorted(columns))
        for r in _extent(cells, merges)[0]:
            told = {c for line, c in (*cells, *merges) if line == r}
            if told or r in rows:
                xml += f'<Row ss:Index="{r}"{HIDDEN * (r in rows)}>'
                for c in sorted(told):
                    down, across = merges.get((r, c), (1, 1))
                    span = f' ss:MergeDown="{down - 1}" ss:MergeAcross="{across - 1}"' if (r, c) in merges else ""
                    xml += _sml_cell(f'ss:Index="{c}"{span}', *cells.get((r, c), (None, "n")))
                xml += "</Row>"
        state = "SheetHidden" if hidden else "SheetVisible"
        xml += f"</Table><x:WorksheetOptions><x:Visible>{state}</x:Visible></x:WorksheetOptions></Worksheet>"
    path.write_text(xml + "</Workbook>", encoding="utf-8")
    return path


def _sml_cell(told, value, kind):
    if value is None:
        return f"<Cell {told}/>"
    if kind == "f":
        return f'<Cell {told} ss:Formula="{html.escape(value)}"/>'
    if isinstance(value, datetime.time):
        text, kind = f"1899-12-31T{value.isoformat()}.000", "d"
    else:
        text = str(int(value)) if kind == "b" else _iso(value) if kind == "d" else repr(value) if kind == "n" else value
    name = {"e": "Error", "b": "Boolean", "n": "Number", "d": "DateTime"}.get(kind, "String")
    return f'<Cell {told}><Data ss:Type="{name}">{html.escape(text).replace(chr(10), "&#10;")}</Data></Cell>'


def write_page(source: Path, path: Path) -> Path:
    """The workbook at `source` as a web page with the hints Excel writes; a hidden sheet is a table not shown."""
    text = '<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta charset="gb2312"></head><body>'
    for name, hidden, cells, merges, rows, columns in sheets_of(source):
        lines, places = _extent(cells, merges)
        covered = _covered(merges)
        text += f"<table{UNSEEN * hidden}><caption>{html.escape(name)}</caption>"
        text += "".join(f"<col{UNSEEN * (c in columns)}>" for c in places)
        for r in lines:
            text += f"<tr{UNSEEN * (r in rows)}>"
            for c in places:
                if (r, c) not in covered:
                    down, across = merges.get((r, c), (1, 1))
                    told, shown = _page_cell(*cells.get((r, c), (None, "n")))
                    text += f"<td rowspan={down} colspan={across}{told}>{shown}</td>\n"
            text += "</tr>"
        text += "</table>"
    path.write_bytes(text.encode("gb18030"))
    return path


def _page_cell(value, kind):
    if value is None:
        return "", "&nbsp;"
    if kind == "f":
        return f' x:fmla="{html.escape(value)}"', ""
    if kind == "d":
        serial = openpyxl.utils.datetime.to_excel(value)
        return f' style=\'mso-number-format:"yyyy\\-mm\\-dd"\' x:num="{serial!r}"', "日"
    text = html.escape(str(value)).replace("\n", "<br>").replace(" ", "&nbsp;")
    hint = {"n": f' x:num="{value!r}"', "b": f' x:bool="{str(value).upper()}"', "e": f' x:err="{value}"'}.get(kind, "")
    return hint, text
