"""A Parquet file in; one sheet, its column names as row 1 and its rows from row 2 on, loaded into the engine, out.

Everything is SQL: a number becomes its shortest text, a day ISO, a list its parts with “、” between; an instant is told
in China's time. Whole numbers beyond 15 digits are text: unlike Excel, Parquet keeps every digit of an identity number.
"""

from pathlib import Path

from fupin_cli.engines import Engine
from fupin_cli.engines.parquet import ParquetFile, UnreadableParquetError, open_parquet
from fupin_cli.model.sheet import Sheet
from fupin_cli.sheets.refusals import refuse
from fupin_cli.sheets.typed_columns import heads, kept_cells


def read_parquet(engine: Engine, path: Path, number: int) -> Sheet:
    """Load every row; a row without a value is left out, and the rows behind it keep their numbers.

    Raises:
        InputError: damaged, encrypted, or with a binary column.
    """
    relation = f"sheet_{number}_0"
    try:
        with open_parquet(path) as file:
            columns = file.columns()
            for name, kind in columns:
                if "BLOB" in kind or kind in {"BIT", "GEOMETRY"}:
                    raise refuse(path, "binary_column", name)
            _load(engine, file, relation, columns)
    except UnreadableParquetError as error:
        raise refuse(path, "damaged", "Parquet") from error
    count, last = engine.rows(f'SELECT count(*), max("r") FROM "{relation}"')[0]
    return Sheet(path, "Parquet", relation, len(columns), count, last)


def _load(engine: Engine, file: ParquetFile, relation: str, columns: list[tuple[str, str]]) -> None:
    file.load(engine, relation, heads([name for name, _ in columns]))
    texts, kept, some = kept_cells(columns)
    file.load(
        engine,
        relation,
        f'SELECT "r", {kept} FROM (SELECT CAST(file_row_number + 2 AS INTEGER) AS "r", {texts} FROM {file.relation}) WHERE {some}',
    )
