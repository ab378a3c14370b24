"""FIX009: another spelling of a value, one the code list itself calls a synonym, becomes the standard value."""

from fupin_cli.catalogue import both
from fupin_cli.fixes.ground import Spelling, Written
from fupin_cli.model.fix import Repair
from fupin_cli.model.sheet import Kind
from fupin_cli.values.text import fold


def respell(cell: Written) -> tuple[str, Kind] | None:
    """Return the standard value; a value of an older list, or a bare code, may say something else and is left."""
    value = cell.value
    if value is None or value not in cell.codes or value == cell.text:
        return None
    written = fold(cell.text)
    same = written == fold(value)  # width and blanks only
    synonym = written in cell.synonyms and not cell.said.partition("|")[2].partition("“")[0].endswith("旧码值")
    return (value, Kind.TEXT) if same or synonym or _traditional(cell, written) else None


def _traditional(cell: Written, written: str) -> bool:
    """Tell whether a text is the value itself in traditional characters: no spelling of another one is as long."""
    return cell.said.startswith("FMT013|“") and len(written) == len(fold(cell.value or ""))


KIND = Spelling(
    Repair(
        "FIX009", *both("同义写法改为标准值"), True,
        *both("码表注明是同一意思的写法，改为标准值后系统才认，统计才合得上。")
    ),
    frozenset(("代码", "多值")), respell, both("改为标准值"),
)  # fmt: skip
