"""Read one raw cell as an example of a reading rule gives it, and tell whether that rule speaks of it."""

from typing import Literal

from fupin_cli.catalogue import both, enumerated
from fupin_cli.engines import open_engine
from fupin_cli.errors import InputError
from fupin_cli.model.dictionary import Dictionary
from fupin_cli.model.sheet import Kind
from fupin_cli.tables.codes import Labels
from fupin_cli.tables.reading_sheets import nearest_column
from fupin_cli.tables.sql import literal, name
from fupin_cli.tables.staging import readable
from fupin_cli.tables.typing import Cell, typed
from fupin_cli.values.text import fold

_KINDS = {
    "text": Kind.TEXT, "文本": Kind.TEXT, "number": Kind.NUMBER, "数字": Kind.NUMBER, "date": Kind.DATE, "日期": Kind.DATE,
    "boolean": Kind.BOOLEAN, "真假": Kind.BOOLEAN, "error": Kind.ERROR, "错误": Kind.ERROR,
    "formula": Kind.UNCOMPUTED, "公式": Kind.UNCOMPUTED, "percent": Kind.PERCENT, "百分数": Kind.PERCENT,
}  # fmt: skip


def read_cell(rule: str, given: dict[str, str], dictionary: Dictionary) -> Literal["pass", "fail", "unknown"]:
    """Return "fail" when reading a cell gives a finding of `rule`, else "pass".

    Args:
        rule: FMT001 … FMT007, FMT013, COD001, COD002; or FMT008 with `given` {表头: …}.
        given: {列: canonical column, 原值: the raw text, 类型: text, number, date, boolean, error, formula or percent}; 类型 is
            text when left out.
        dictionary: columns and code lists.
    """
    if "表头" in given:
        return "pass" if _known_heading(given["表头"], dictionary) else "fail"
    column = dictionary.columns.get(given.get("列", ""))
    kind = _KINDS.get(given.get("类型", "text"))
    if column is None or kind is None:
        raise InputError(
            *both(
                "读取规则 {rule} 的例子要写 列（数据字典中的列名）、原值、类型（{kinds}）。",
                rule=rule,
                kinds=enumerated(_KINDS),
            )
        )
    text = given.get("原值", "")
    own = readable(column, dictionary)
    resolved = {}
    if own.codes is not None and text:
        labels = Labels(dictionary.codes[own.codes])
        resolved = {text: labels.many(text) if own.type == "多值" else labels.one(text)}
    cell = Cell(own, '"text"', '"kind"', resolved, errors=True)
    source = f'(SELECT {literal(text) if text else "CAST(NULL AS VARCHAR)"} AS "text", {int(kind if text else 0)} AS "kind", 1 AS "n") AS "cell"'
    engine = open_engine()
    try:
        said = engine.rows(f"SELECT {name(own.name + '!')} FROM ({typed([cell], source, (name('n'),))}) AS typed")[0][0]
    finally:
        engine.close()
    return "fail" if said is not None and str(said).startswith(rule) else "pass"


def _known_heading(heading: str, dictionary: Dictionary) -> bool:
    nearest = nearest_column(heading, dictionary)
    column = dictionary.columns.get(nearest)
    return column is not None and fold(heading) in {fold(word) for word in (column.name, *column.aliases)}
