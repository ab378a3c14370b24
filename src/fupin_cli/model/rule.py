"""A rule as it was written and checked, and the parameters, profiles and baselines beside it."""

from datetime import date
from pathlib import Path
from typing import Any, Literal

from msgspec import Struct, field

from fupin_cli.catalogue import both

Severity = Literal["error", "warning", "notice"]
Outcome = Literal["pass", "fail", "unknown", "not applicable"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "notice")
ASKED_OF = "·"  # between a rule's id and the list of lists.yaml it is asked of: ENT025·车辆
SEVERITY_ZH = {"error": "错误", "warning": "疑点", "notice": "提示"}


class Basis(Struct, frozen=True):
    """The document a rule rests on, or the word that it is a convention."""

    document: str = ""
    says: str = ""
    convention: str = ""


class Grade(Struct, frozen=True):
    """Another severity for a failing row on which a condition holds."""

    severity: Severity
    when: str


class Example(Struct, frozen=True):
    """Raw cells and the verdict the rule must give on them."""

    given: dict[str, str]
    verdict: Outcome
    as_of: date | None = None
    region: str | None = None
    profile: str | None = None
    members: tuple[dict[str, str], ...] = ()  # 户 scope: the member rows; 人 scope: the other members of the household
    others: tuple[dict[str, str], ...] = ()  # rows of other households (persons, or household rows for 户 scope)
    parameters: dict[str, Any] = field(default_factory=dict)
    lists: dict[str, tuple[dict[str, str], ...]] = field(default_factory=dict)
    households: tuple[dict[str, str], ...] = ()  # of scope 村, 县 and 名单 with rows: those of the registry
    villages: tuple[dict[str, str], ...] = ()  # of scope 县: rows of village sheets
    previous: dict[str, str] | None = None  # the subject's row in the earlier edition; None: it has none
    previous_members: tuple[dict[str, str], ...] = ()  # the other members of its household there
    line: int = 0
    severity: Severity | None = None  # of the finding, where the rule has grades


class Rule(Struct, frozen=True):
    """One claim about every row of its scope."""

    id: str
    name: str
    scope: str  # 户 | 人, or for reading rules 单元格 | 列 | 表 | 户
    severity: Severity
    message: str  # {列} stands for the cell's text
    why: str
    fix: str
    basis: Basis
    file: Path
    when: str = ""
    must: str = ""
    grades: tuple[Grade, ...] = ()  # the first that holds counts instead of `severity`
    rows: tuple[str, ...] = ()  # of scope 名单 or 台账: the lists whose own rows are judged
    subject: str = ""  # of scope 跨期: 人 where persons are judged, else households
    kind: Literal["rule", "reading"] = "rule"
    check: str = ""  # reading rules: a name the reader knows
    optional: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()  # a composite stays silent where one of these fired
    profile_item: bool = False  # runs only where the profile has an item for it
    since: date | None = None
    until: date | None = None
    regions: tuple[str, ...] = ()  # region codes, or prefixes of them
    tags: tuple[str, ...] = ()
    never_unknown: str = ""
    equivalent: dict[str, str] = field(default_factory=dict)  # mutant that no case can tell from the rule → why
    name_en: str = ""
    message_en: str = ""
    why_en: str = ""
    fix_en: str = ""
    examples: tuple[Example, ...] = ()
    positions: dict[str, tuple[int, int]] = field(default_factory=dict)  # key → (line, column) of its value in the file

    @property
    def theme(self) -> str:
        """The letters of the id, such as EDU."""
        return self.id[:3]

    @property
    def told_as(self) -> str:
        """The id under which its findings are told: without the list it is asked of."""
        return self.id.partition(ASKED_OF)[0]

    @property
    def of_persons(self) -> bool:
        """Whether the rows it judges are persons."""
        return not self.rows and (self.scope in {"人", "名单"} or self.subject == "人")


class Value(Struct, frozen=True):
    """One value of a parameter: from a day (until a day) at a place, perhaps for one tier."""

    value: float | str
    since: date
    until: date | None = None  # included
    place: str = ""  # region code of 2, 4 or 6 digits; "" = everywhere
    tier: str = ""  # 国家标准, 省定标准, …; "" = no tier asked for
    basis: Basis = field(default_factory=Basis)


class Parameter(Struct, frozen=True):
    """A number that differs by date and place."""

    name: str
    unit: str
    values: tuple[Value, ...]
    why: str = ""
    file: Path | None = None


class ProfileItem(Struct, frozen=True):
    """One item of a 四进/九不进 list: the rule that checks it, and what the list excuses."""

    rule: str
    says: str
    exceptions: tuple[str, ...] = ()  # conditions over the list's columns, in the rule language
    severity: Severity | None = None
    positions: tuple[tuple[int, int], ...] = ()  # (line, column) of each exception in the profile's file
    lender: str = ""  # the profile whose file has it; "" = this one's


class Profile(Struct, frozen=True):
    """A place and a time with the items that hold there."""

    name: str
    title: str
    region: str | None  # region code
    as_of: date | None
    items: tuple[ProfileItem, ...]
    parameters: dict[str, float | str] = field(default_factory=dict)
    required: dict[str, tuple[str, ...]] = field(default_factory=dict)  # 户/人 → columns that must be filled (IDN020)
    basis: Basis = field(default_factory=Basis)
    file: Path | None = None
    unchecked: tuple[str, ...] = ()  # items of the list that no rule can check, so that none is silently dropped
    extends: str | None = None  # the profile it takes from; what stands here is the whole, that profile's part included
    without: tuple[str, ...] = ()  # rules whose items it does not take
    lent: dict[str, str] = field(default_factory=dict)  # parameter → the profile whose file has its value, if not this


class NotRun(Struct, frozen=True):
    """A rule that could not be run, and what is missing."""

    rule: str
    reason: Literal["column", "list", "previous", "parameter", "profile", "ledger"]
    missing: tuple[str, ...]


THEMES = {  # prefix → (zh, en), in the order of reports
    "FMT": both("读取"), "COD": both("代码"), "IDN": both("身份与结构"),
    "REL": both("户内关系"), "FOD": both("不愁吃不愁穿"), "EDU": both("义务教育"),
    "MED": both("基本医疗"), "HSG": both("住房安全"), "WAT": both("饮水安全"),
    "INC": both("收入"), "LAB": both("劳动力与务工"), "ENT": both("四进九不进"),
    "STA": both("状态与程序"), "MON": both("监测对象"), "AID": both("帮扶责任"),
    "VIL": both("村"), "RND": both("清洗台账"), "TRN": both("2026转换"),
}  # fmt: skip
