"""However many findings there are, the engine is asked as often as for one."""

import pytest

from fupin_cli.engines.duckdb import DuckDB
from tests.findings.told import told

HEAD = "| 户编号 | 姓名 | 与户主关系 | 证件号码 | 民族 | 数据日期 |"


@pytest.mark.parametrize("rule", ["IDN010", "IDN004", "REL002", "FMT004"])
def test_no_query_is_made_for_each_finding(sketch, monkeypatch, rule):
    asked = []
    rows, rows_of_each = DuckDB.rows, DuckDB.rows_of_each

    def counted(engine, sql, values=()):
        asked.append(sql)
        return rows(engine, sql, values)

    def each_counted(engine, queries):
        asked.extend(queries)
        return rows_of_each(engine, queries)

    monkeypatch.setattr(DuckDB, "rows", counted)
    monkeypatch.setattr(DuckDB, "rows_of_each", each_counted)

    def drawn(households):
        lines = [
            f"| '9901010{i // 2:05} | 张{i}ï¼Œ | 户主 | '{i // 2 % 10}90101196005010119 | | 2020-12-31 |"
            for i in range(2 * households)
        ]
        asked.clear()
        found = told(sketch("\n".join([HEAD, *lines]), f"registry-{households}.xlsx"), rule=rule)
        return len(found), len(asked)

    few, many = drawn(20), drawn(60)  # of one alone it is soon told that the sheet is no ledger
    assert many[0] >= 60 > few[0] > 0
    assert many[1] == few[1]
