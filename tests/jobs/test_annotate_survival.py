"""Twenty varied workbooks, annotated by the real command: only what was meant to change did, and a spreadsheet opens each of them."""

import json
import re
import subprocess
import zipfile
from copy import copy
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from msgspec import Struct
from openpyxl.utils import range_boundaries
from typer.testing import CliRunner

from fupin_cli.cli.app import app
from tests.jobs.drawn_workbooks import DRAWN, draw_all
from tests.programs import needs

pytestmark = pytest.mark.filterwarnings(
    "ignore:.*extension is not supported:UserWarning"
)  # openpyxl's, of what it reads
MEANT = re.compile(  # parts that may be another than they were; every other part is the same bytes
    r"xl/worksheets/sheet\d+\.xml|xl/worksheets/_rels/.*|xl/(workbook|styles)\.xml|xl/_rels/workbook\.xml\.rels|\[Content_Types\]\.xml"
    r"|docProps/app\.xml|xl/comments.*|xl/drawings/.*\.vml|xl/drawings/_rels/.*vml\.rels"
)


class Run(Struct, frozen=True):
    """The originals, the copies, and what the audit said."""

    originals: Path
    copies: Path
    report: dict[str, Any]
    output: str

    def marked(self, name: str) -> dict[str, set[str]]:
        """Return the cells that findings name in one workbook, by sheet: of a whole row its 姓名, of a column its heading."""
        found: dict[str, set[str]] = {}
        for finding in self.report["findings"]:
            for place in (one for one in finding["places"] if Path(one["file"]).name == name):
                cells = found.setdefault(place["sheet"], set())
                cells.update(place["cells"])
                if (
                    place["role"] != "subject"
                    or (any(one["cells"] for one in finding["places"]) and not place["row"])
                    or place["cells"]
                ):
                    continue
                if place["row"] is None:
                    cells.update(
                        f"{column}{row}" for column, row in self._headed(name, place["sheet"], finding["column"])
                    )
                elif len(who := self._headed(name, place["sheet"], "姓名")) == 1:
                    cells.add(f"{who[0][0]}{place['row']}")
        return found

    def _headed(self, name: str, sheet: str, wanted: str | None) -> list[tuple[str, int]]:
        """Return the columns of a sheet that mean this, each with its heading row."""
        files = [file for file in self.report["files"] if Path(file["path"]).name == name]
        tables = [one for file in files for one in file["sheets"] if one["name"] == sheet]
        return [
            (letter, max(one["heading_rows"]))
            for one in tables
            for letter, column in one["columns"].items()
            if column == wanted
        ]


@pytest.fixture(scope="module")
def run(tmp_path_factory) -> Run:
    folder = tmp_path_factory.mktemp("annotated")
    originals, copies = folder / "in", folder / "out"
    originals.mkdir()
    draw_all(originals)
    before = {path.name: path.read_bytes() for path in originals.iterdir()}
    result = CliRunner().invoke(
        app, ["audit", str(originals), "--format", "json", "--annotate", str(copies), "--lang", "zh"]
    )
    assert result.exit_code == 1, result.output
    assert {path.name: path.read_bytes() for path in originals.iterdir()} == before
    return Run(originals, copies, json.loads(result.stdout), result.stderr)


def test_every_workbook_has_its_copy_and_only_its_owner_may_read_it(run):
    assert sorted(path.name for path in run.copies.iterdir()) == sorted(DRAWN)
    assert {path.stat().st_mode & 0o777 for path in run.copies.iterdir()} == {0o600}
    assert "批注副本已写入" in run.output
    assert "副本与原件一样没有遮盖，含姓名、证件号码等个人信息，请妥善保管。" in run.output


@pytest.mark.parametrize("name", DRAWN)
def test_values_looks_and_settings_are_as_they_were(name, run):
    was, now = openpyxl.load_workbook(run.originals / name, rich_text=True), openpyxl.load_workbook(run.copies / name, rich_text=True)  # fmt: skip
    assert now.sheetnames == [*was.sheetnames, "疑点"]
    assert {key: each.attr_text for key, each in now.defined_names.items()} == {
        key: each.attr_text for key, each in was.defined_names.items()
    }
    for before in was.worksheets:
        after = now[before.title]
        own = _opinions(after)
        assert _settings(before, own) == _settings(after, own)
        looks = {cell.coordinate: _looks(cell) for row in before.iter_rows() for cell in row}
        assert {address: _looks(after[address]) for address in looks} == looks
        added = [
            cell
            for row in after.iter_rows()
            for cell in row
            if cell.value is not None and before[cell.coordinate].value is None
        ]
        assert {cell.column for cell in added} <= {own}
        assert bool(added) == bool(run.marked(name).get(before.title))


@pytest.mark.parametrize("name", DRAWN)
def test_parts_that_have_nothing_to_tell_are_the_same_bytes(name, run):
    with zipfile.ZipFile(run.originals / name) as was, zipfile.ZipFile(run.copies / name) as now:
        assert set(was.namelist()) <= set(now.namelist())
        changed = {part for part in was.namelist() if was.read(part) != now.read(part)}
    assert {part for part in changed if not MEANT.fullmatch(part)} == set()


@pytest.mark.parametrize("name", DRAWN)
def test_the_cells_that_findings_name_are_coloured_and_explained_and_no_others(name, run):
    was, now = openpyxl.load_workbook(run.originals / name), openpyxl.load_workbook(run.copies / name)
    for before in was.worksheets:
        after = now[before.title]
        named = {_anchor(before, address) for address in run.marked(name).get(before.title, set())}
        coloured = {
            cell.coordinate
            for row in before.iter_rows()
            for cell in row
            if copy(cell.fill) != copy(after[cell.coordinate].fill)
        }
        assert coloured == named
        comments = {cell.coordinate: cell.comment.text for row in after.iter_rows() for cell in row if cell.comment}
        there = {cell.coordinate: cell.comment.text for row in before.iter_rows() for cell in row if cell.comment}
        assert set(comments) == named | set(there)
        assert all(text in comments[address] for address, text in there.items())
        assert all(re.search(r"【(错误|疑点|提示)】[A-Z]{3}\d{3} ", comments[address]) for address in named)


@pytest.mark.parametrize("name", DRAWN)
def test_opinions_lead_to_the_list_of_findings_and_back(name, run):
    now = openpyxl.load_workbook(run.copies / name)
    listed = now["疑点"]
    assert listed["A1"].value.startswith("fupin 审核副本（数据日期 ")
    lines = {row[0].row: row for row in listed.iter_rows(min_row=4) if row[0].value}
    own = [finding for finding in run.report["findings"] if Path(finding["file"]).name == name]
    assert sorted(row[2].value for row in lines.values()) == sorted(finding["rule"] for finding in own)
    for sheet in now.worksheets[:-1]:
        for cell in (cell for row in sheet.iter_rows() for cell in row if str(cell.value or "").startswith("① ")):
            row = lines[range_boundaries(cell.hyperlink.location.rpartition("!")[2])[1]]
            assert row[2].value in cell.value
            back = row[9].hyperlink.location
            assert back.rpartition("!")[0] == f"'{sheet.title}'"
            assert range_boundaries(back.rpartition("!")[2])[1] == cell.row


def test_the_copies_have_the_findings_of_the_originals_when_they_are_audited(run):
    result = CliRunner().invoke(app, ["audit", str(run.copies), "--format", "json"])
    again = json.loads(result.stdout)

    def keys(report: dict[str, Any]) -> list[tuple[Any, ...]]:
        return sorted(
            (one["id"], Path(one["file"] or "").name, one["sheet"], one["row"] or 0, *one["cells"])
            for one in report["findings"]
        )

    assert keys(again) == keys(run.report)


@needs("soffice")
def test_a_spreadsheet_opens_every_copy(run, tmp_path):
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    copies = sorted(map(str, run.copies.iterdir()))
    command = ["soffice", profile, "--headless", "--convert-to", "ods", "--outdir", str(tmp_path), *copies]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    for name in DRAWN:
        with zipfile.ZipFile(tmp_path / f"{Path(name).stem}.ods") as package:
            content = package.read("content.xml").decode()
        assert 'table:name="疑点"' in content, name
        assert "审核意见" in content, name


def _opinions(after: Any) -> int:
    """Return the column of opinions; 0 where the sheet has none."""
    cells = (cell for row in after.iter_rows() for cell in row)
    return next((cell.column for cell in cells if cell.value == "审核意见"), 0)


def _looks(cell: Any) -> tuple[Any, ...]:
    styles = (copy(cell.font), copy(cell.border), copy(cell.alignment), copy(cell.protection))
    link = cell.hyperlink and (cell.hyperlink.target, cell.hyperlink.location)
    return (str(getattr(cell.value, "text", cell.value)), cell.data_type, cell.number_format, *styles, link)


def _settings(sheet: Any, own: int) -> dict[str, Any]:
    """Return everything openpyxl knows of a sheet beside its cells; the column of opinions left out."""
    return {
        "merges": sorted(map(str, sheet.merged_cells.ranges)),
        "heights": {row: (each.height, each.hidden, each.outlineLevel) for row, each in sheet.row_dimensions.items()},
        "widths": {
            index: (each.width, each.hidden, each.outlineLevel)
            for each in sheet.column_dimensions.values()
            for index in range(each.min or 0, min(each.max or 0, 30) + 1)
            if index != own
        },
        "checks": sorted((str(one.sqref), one.type, one.formula1, one.formula2, one.prompt) for one in sheet.data_validations.dataValidation),
        "conditions": sorted((str(where.sqref), [(rule.type, rule.formula) for rule in rules]) for where, rules in sheet.conditional_formatting._cf_rules.items()),  # noqa: SLF001
        "paper": (sheet.print_title_rows, str(sheet.print_area), copy(sheet.page_setup), copy(sheet.page_margins), sheet.oddHeader.center.text),
        "breaks": [one.id for one in sheet.row_breaks.brk],
        "protection": copy(sheet.protection),
        "view": (sheet.freeze_panes, sheet.sheet_view.zoomScale, sheet.auto_filter.ref, sheet.sheet_state, copy(sheet.sheet_properties.tabColor)),
        "names": {key: each.attr_text for key, each in sheet.defined_names.items()},
        "drawn": (len(sheet._charts), len(sheet._images), sorted(sheet.tables)),  # noqa: SLF001
    }  # fmt: skip


def _anchor(sheet: Any, address: str) -> str:
    return next((found.start_cell.coordinate for found in sheet.merged_cells.ranges if address in found), address)
