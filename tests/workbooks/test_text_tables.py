"""Cells are written into a copy of a text table, and no other byte of it changes."""

import csv
import io
from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fupin_cli.jobs.clean_copies import new_cell
from fupin_cli.model.sheet import Kind
from fupin_cli.workbooks.text_tables import rewrite_text

FIELDS = st.text('ab,"\n 张', max_size=5)
TABLES = st.lists(st.lists(FIELDS, min_size=3, max_size=3), min_size=1, max_size=5)


def read(raw):
    return list(csv.reader(io.StringIO(raw.decode(), newline="")))


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(TABLES, st.data())
def test_one_cell_is_another_and_the_rest_is_as_it_was(tmp_path, table, data):
    made = io.StringIO(newline="")
    csv.writer(made, lineterminator="\r\n").writerows(table)
    source, target = tmp_path / "a.csv", tmp_path / "b.csv"
    source.write_bytes(made.getvalue().encode())
    assert rewrite_text(source, target, {}, "utf-8", ",")
    assert target.read_bytes() == source.read_bytes()
    row, column, new = data.draw(st.integers(1, len(table))), data.draw(st.integers(0, 2)), data.draw(FIELDS)
    assert rewrite_text(source, target, {row: {column: new}}, "utf-8", ",")
    table[row - 1][column] = new
    assert read(target.read_bytes()) == table


def test_what_does_not_encode_back_to_its_bytes_is_not_written(tmp_path):
    source = tmp_path / "a.csv"
    source.write_bytes("甲,乙\n".encode("gb18030"))
    assert not rewrite_text(source, tmp_path / "b.csv", {1: {0: "\ud800"}}, "gb18030", ",")
    assert not (tmp_path / "b.csv").exists()


def test_a_day_is_counted_as_its_workbook_counts():
    assert new_cell(Kind.DATE, "2016-05-01", from_1904=False).value == (date(2016, 5, 1) - date(1899, 12, 30)).days
    assert new_cell(Kind.DATE, "2016-05-01", from_1904=True).value == (date(2016, 5, 1) - date(1904, 1, 1)).days
    assert new_cell(Kind.DATE, "1903-05-01", from_1904=True) is None
