"""The same workbook as .ods, web page and SpreadsheetML 2003 is read as the .xlsx is, and judged the same."""

from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from fupin_cli.jobs.audit import run
from fupin_cli.jobs.request import Request
from fupin_cli.model.settings import Settings
from tests.sheets.markup import write_ods, write_page, write_spreadsheetml

SMALL = sorted((Path(__file__).parents[2] / "sample_data" / "small").glob("*.xlsx"))
ODD = """
# 一 {rows=6 columns=B,D}
| 标题 | < | < |  | 旁 |
| 户 | 收入 | < | 日期 | x |
| ^ | 工资 | 其他 | ^ | ^ |
| '001 | 1.5 | -3 | @2016-05-01 | TRUE |
| " a　b\\n c" | n:370123199001011000 | #N/A | @2016-05-01 08:30:00 | @08:30:00 |
| 隐 |  | 0.00001 | =A1+B1 | <&> |

|  |  |  |  | 远 |
# 藏 {hidden}
|  | x |
"""
WRITERS = {"花名册.ods": write_ods, "花名册.xls": write_page, "花名册.xml": write_spreadsheetml}


def shape(sheet):
    return replace(sheet, file=Path(), relation="", part="")


@pytest.mark.parametrize("name", WRITERS)
@pytest.mark.parametrize("source", [None, *SMALL], ids=lambda path: path.stem if path else "odd")
def test_every_markup_gives_the_cells_and_shape_of_the_xlsx(sketch, tmp_path, read, cells, name, source):
    source = source or sketch(ODD)
    expected, found = read(source), read(WRITERS[name](source, tmp_path / name))
    assert [shape(sheet) for sheet in found] == [shape(sheet) for sheet in expected]
    assert [cells(sheet) for sheet in found] == [cells(sheet) for sheet in expected]


def judged(path):
    audit = run(Request(files=(path,), settings=Settings(today=date(2020, 12, 31))))
    return audit.households, audit.persons, [
        (found.id, found.rule, found.message.replace(str(path), ""), [(p.sheet, p.row, p.cells) for p in found.places])
        for found in audit.findings
    ]  # fmt: skip


@pytest.mark.parametrize("name", WRITERS)
def test_a_registry_in_any_markup_has_the_findings_of_the_xlsx(tmp_path, name):
    source = next(path for path in SMALL if path.stem == "数字和日期")
    households, persons, findings = judged(source)
    assert (households > 3, len(findings) > 3) == (True, True)
    assert judged(WRITERS[name](source, tmp_path / name)) == (households, persons, findings)
