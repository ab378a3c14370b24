"""Tables → the statement that makes `_heads`: the only 户主 still in the file of each household, by whom findings name it."""

from fupin_cli.model.plan import HEADS
from fupin_cli.model.table import Tables

_NOBODY = (
    'SELECT NULL::BIGINT AS "_household", NULL::BIGINT AS "_id", NULL::INTEGER AS "_source", NULL::INTEGER AS "_row",'
    ' NULL::VARCHAR AS "name" WHERE FALSE'
)


def heads(tables: Tables) -> str:
    """Return the statement; households with no head or several are not in the table."""
    columns = tables.columns.get("人", ())
    rows = _NOBODY
    if tables.persons and "与户主关系" in columns:
        name = 'p."姓名"' if "姓名" in columns else "NULL::VARCHAR"
        rows = (
            f'SELECT p."_household", p."_id", p."_source", p."_row", {name} AS "name" FROM "人" p JOIN "推_人" q ON q."_id" = p."_id"'
            ' WHERE p."与户主关系" = \'户主\' AND COALESCE(q."在册", TRUE) AND p."_household" IS NOT NULL'
            ' QUALIFY COUNT(*) OVER (PARTITION BY p."_household") = 1'
        )
    return f"CREATE OR REPLACE TABLE {HEADS} AS {rows}"
