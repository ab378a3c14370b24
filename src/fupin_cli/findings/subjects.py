"""Rows of 人 and 户 → who they are about: household, person, village and township as written."""

from collections.abc import Sequence

from msgspec import Struct

from fupin_cli.findings.judged import Judged


class Subject(Struct, frozen=True):
    """Household and person of a row, as written."""

    household: str | None  # 户编号
    household_id: int | None  # of this run
    person_code: str | None  # 人编号
    person: str | None  # name; of a household, its head's
    relation: str | None
    village: str | None
    township: str | None
    head: str | None  # name of the household's head
    key: str | None = None  # of a village, a county or a row of a list: what its findings are known by


def subject_of(row: Sequence[object]) -> Subject:
    """Return the subject of a row of the columns that `subject_columns` asks for."""
    household, number, *rest = [part if part is None or isinstance(part, str) else str(part) for part in row]
    return Subject(household, None if number is None else int(number), *rest)


def subject_columns(judged: Judged, person: str, household: str) -> list[str]:
    """Return SQL of a subject's fields; `t` is the table of heads.

    Args:
        judged: the run.
        person: alias of 人, "" when the row is a household's.
        household: alias of 户.
    """

    def own(column: str) -> str:
        return f'{person}."{column}"' if person and judged.has("人", column) else "NULL"

    def either(column: str) -> str:
        home = f'{household}."{column}"' if judged.has("户", column) else "NULL"
        return f"COALESCE({home}, {own(column)})"

    name = f'{household}."户主姓名"' if judged.has("户", "户主姓名") else "NULL"
    head = f'COALESCE({name}, t."name")'
    shown = own("姓名") if person else head
    return [
        f'{household}."_key"', f'{household}."_id"', own("人编号"), shown, own("与户主关系"), either("村"), either("乡"), head,
    ]  # fmt: skip
