"""What a county is made of: households and members, each a mapping from the heading of its sheet to the cell."""

from datetime import date

from msgspec import Struct, field

AS_OF = date(2020, 12, 31)
TERM_START = date(2020, 9, 1)


class ErrorCell(Struct, frozen=True):
    """A formula whose value is an error, as a lookup over a lost list leaves it."""

    text: str  # "#N/A"


Cell = str | int | float | date | ErrorCell | None


def full_years(born: date, day: date) -> int:
    """Return the age in whole years on that day."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


class Member(Struct):
    """One person: one row of 家庭成员."""

    cells: dict[str, Cell]
    born: date
    sex: str

    @property
    def age(self) -> int:
        """Age in whole years on the data date."""
        return full_years(self.born, AS_OF)

    @property
    def school_age(self) -> int:
        """Age in whole years on 1 September of the school year."""
        return full_years(self.born, TERM_START)

    @property
    def pupil(self) -> bool:
        """Whether the person goes to a school or kindergarten."""
        return self.cells["在校生状况"] not in (None, "非在校生", "学龄前儿童")

    @property
    def able(self) -> bool:
        """Whether the person can work at all."""
        return self.cells["劳动技能"] in ("普通劳动力", "技能劳动力", "弱劳动力或半劳动力")

    @property
    def works(self) -> bool:
        """Whether the person worked away from home this year."""
        return self.cells["是否已务工"] == "是"

    def ill(self, *conditions: str) -> bool:
        """Whether 健康状况 holds one of the conditions."""
        return any(condition in str(self.cells["健康状况"]).split(",") for condition in conditions)


class Household(Struct):
    """One household: one row of 户信息, its members, and who left it this year but still stands on the sheet."""

    cells: dict[str, Cell]
    members: list[Member] = field(default_factory=list)
    left: list[Member] = field(default_factory=list)

    @property
    def head(self) -> Member:
        """The first member, who is the head."""
        return self.members[0]

    @property
    def rows(self) -> list[Member]:
        """Everybody who has a row on 家庭成员."""
        return self.members + self.left

    @property
    def exited(self) -> bool:
        """Whether the household has left poverty (脱贫户)."""
        return self.cells["户类型"] == "脱贫户"

    @property
    def monitored(self) -> bool:
        """Whether the household stands in one of the three classes of monitoring."""
        return bool(self.cells["监测对象类别"])

    @property
    def removed(self) -> bool:
        """Whether the household's risk has been marked as removed."""
        return self.cells["风险是否已消除"] == "是"

    @property
    def income(self) -> float:
        """Net income per head, yuan a year."""
        value = self.cells["人均纯收入"]
        return float(value) if isinstance(value, int | float) else 0.0
