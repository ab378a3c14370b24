"""The sample county, converted by LibreOffice to other formats, is read and judged as the original is."""

from collections import Counter
from pathlib import Path

import pytest

import fupin_cli
from tests.programs import convert, needs

ORIGINAL = Path(__file__).parents[2] / "sample_data" / "county_faulty.xlsx"
EVERY_SHEET = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
pytestmark = needs("soffice")

# what LibreOffice itself changes on the way, by rule: all other findings must be the same, each in its cell
LOST = {
    "xls": {"FMT005"},  # it recalculates #REF! to #N/A
    "ods": {"FMT005"},
    "csv": {"FMT003", "FMT005", "FMT009", "FMT012"},  # a text table has no numbers, no merged cells, nothing hidden
    "html": {"FMT005", "FMT007", "FMT012"},  # blanks before a text are gone too
}


@pytest.fixture(scope="module")
def unhidden(tmp_path_factory) -> Path:
    """A copy without hidden rows: LibreOffice leaves them out of web pages, and the rows below would move."""
    import openpyxl

    book = openpyxl.load_workbook(ORIGINAL)
    for sheet in book.worksheets:
        sheet.sheet_state = "visible"
        for dimension in (*sheet.row_dimensions.values(), *sheet.column_dimensions.values()):
            dimension.hidden = False
    path = tmp_path_factory.mktemp("original") / "county.xlsx"
    book.save(path)
    return path


@pytest.fixture(scope="module")
def expected(unhidden) -> Counter:
    return _findings(unhidden)


@pytest.mark.parametrize("form", LOST)
def test_a_converted_copy_gives_the_findings_of_the_original(form, unhidden, expected, tmp_path):
    convert(unhidden, EVERY_SHEET if form == "csv" else form, tmp_path)
    found = _findings(*sorted(tmp_path.glob(f"*.{form}")))
    differing = (expected - found) + (found - expected)
    assert {rule for rule, *_ in differing} <= LOST[form], sorted(differing)
    assert sum(expected.values()) > 400


def _findings(*files: Path) -> Counter:
    told = fupin_cli.audit(*files, profile="sample-990101").to_dict()
    assert (told["counts"]["households"], told["counts"]["persons"]) == (864, 2835)
    return Counter(
        (each["rule"], each["household"], each["person"], each["column"], each["row"], tuple(each["cells"]))
        for each in told["findings"]
    )
