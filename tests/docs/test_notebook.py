"""The notebook of docs/ runs from its first cell to its last, and shows nobody."""

import re
import shutil
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

ROOT = Path(__file__).parents[2]
NOTEBOOK = ROOT / "docs" / "api.ipynb"
NUMBER = re.compile(r"[0-9]{17}[0-9Xx]")
pytestmark = pytest.mark.filterwarnings(
    "ignore::DeprecationWarning", "ignore::RuntimeWarning", "ignore::ResourceWarning"
)


@pytest.fixture(scope="module")
def ran(tmp_path_factory):
    folder = tmp_path_factory.mktemp("notebook")
    (folder / "docs").mkdir()
    (folder / "sample_data").mkdir()
    shutil.copy(ROOT / "sample_data" / "county_faulty.xlsx", folder / "sample_data")
    shutil.copytree(ROOT / "sample_data" / "editions", folder / "sample_data" / "editions")
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    client = NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(folder / "docs")}})
    client.execute()
    return notebook


def outputs(cell):
    return "".join(str(output.get("data", output.get("text", ""))) for output in cell.get("outputs", ()))


def test_it_keeps_no_output_in_the_repository():
    cells = nbformat.read(NOTEBOOK, as_version=4).cells
    assert [cell.id for cell in cells if cell.cell_type == "code" and (cell.outputs or cell.execution_count)] == []


def test_every_cell_runs_and_says_what_the_text_promises(ran):
    shown = "".join(map(outputs, ran.cells))
    assert "发现问题" in shown
    assert "<td>换户</td>" in shown
    assert "CompareCounts(same=38, changed=11" in shown
    assert "<td>3,200元</td><td>3200</td><td>FIX006" in shown
    assert "110105*" in shown
    assert "没有找到登记表" in shown


def test_no_output_holds_a_whole_identity_number(ran):
    assert [cell.id for cell in ran.cells if NUMBER.search(outputs(cell))] == []
