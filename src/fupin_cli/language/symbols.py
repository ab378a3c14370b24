"""What the names in an expression stand for: columns with their types, parameters, lists."""

from typing import Literal

from msgspec import Struct, field

Kind = Literal["文本", "数字", "日期", "代码", "多值", "真假"]
Level = Literal["户", "人", "村", "县", "名单", "地"]  # 地: a column that every table but a list may carry

FAMILY: dict[str, Kind] = {
    "文本": "文本", "姓名": "文本", "证件": "文本", "编号": "文本", "电话": "文本", "账号": "文本",
    "数字": "数字", "整数": "数字", "年份": "数字", "日期": "日期", "代码": "代码", "多值": "多值", "真假": "真假",
}  # fmt: skip  # dictionary type → the kind an expression sees


class Symbol(Struct, frozen=True):
    """A column as expressions see it."""

    name: str
    kind: Kind
    level: Level
    values: tuple[str, ...] = ()  # of a coded column: what it may be compared with
    blank: str | None = None  # the value a blank stands for
    blank_when: tuple[str, ...] = ()  # `blank` counts only where one of these columns is there too; (): everywhere
    alternatives: tuple[str, ...] = ()  # of a derived column: its expressions; () for a column of the registry
    optional: tuple[str, ...] = ()


class Symbols(Struct, frozen=True):
    """Every name an expression may use."""

    columns: dict[str, Symbol]  # 户 and 人 together: a canonical name has one level
    derived: dict[str, Symbol] = field(default_factory=dict)
    parameters: dict[str, Kind] = field(default_factory=dict)
    lists: dict[str, dict[str, Symbol]] = field(default_factory=dict)  # list name → its columns
    together: dict[str, dict[str, Symbol]] = field(default_factory=dict)  # lists judged as one → columns they share
    keys: dict[str, str] = field(default_factory=dict)  # list whose key is no certificate → its key

    def column(self, name: str) -> Symbol | None:
        """Return the registry's or the derived column of that name."""
        return self.columns.get(name) or self.derived.get(name)

    def of_list(self, name: str) -> dict[str, Symbol]:
        """Return the columns of a list, or those that lists judged as one share."""
        return self.lists[name] if name in self.lists else self.together[name]
