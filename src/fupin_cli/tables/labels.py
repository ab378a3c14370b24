"""Tell labels from values among the texts of a form: which columns a text may mean, and whether a value fits one."""

import re

from msgspec import Struct, field

from fupin_cli.model.dictionary import Column, Dictionary
from fupin_cli.model.sheet import Kind
from fupin_cli.tables import heading_text
from fupin_cli.tables.boxes import Box, Rows
from fupin_cli.tables.codes import Labels
from fupin_cli.tables.lexicon import Candidate, Lexicon
from fupin_cli.tables.ticks import has_options, is_unticked
from fupin_cli.values.patterns import regex
from fupin_cli.values.text import fold

ANY_TEXT = "文本"  # the type of a column that takes whatever stands there
_LONGEST = 24  # letters of a label, its options and units left out
_NO_LABEL = regex(r"\d{4}|^\W*$|[{}$。！？]|^[-+]?[\d,.]+\D{0,2}$")
# numbers, days, certificates: their spellings are no labels either, and need not be made
_NUMBER = regex(r"[-+]?[\d,.]+|\d{4}[\d-]*[Xx]?", re.ASCII)
_EXPLAINS = regex(
    "字段(名称?|说明)?|数据项|数据类型|示例|样例|填写(要求|说明|示例)|取值(范围)?|是否必填|必填项?|(指标|项目|字段)?(解释|含义)"
)
_PATTERNS = {
    "数字": r"[¥￥]?[-+]?[\d,]+(\.\d+)?\D{0,4}", "整数": r"[-+]?[\d,]+(\.0+)?\D{0,3}", "日期": r".*(19|20)\d\d.*",
    "年份": r"(19|20)\d\d(\.0|年度?)?", "证件": r"[\dX]{15,22}(\.0)?|[\d.]+E\+\d\d", "编号": r"[A-Z]{0,4}\d{4,22}(\.0)?",
    "账号": r"[\d-]{8,25}", "电话": r".*\d{7,}.*", "姓名": r"[\u4e00-\u9fff]{2,4}|[\u4e00-\u9fff]+·[\u4e00-\u9fff·]+|[\u4e00-\u9fff][*某×X]{1,3}[\u4e00-\u9fff]?",
}  # fmt: skip


class Labelled(Struct):
    """The lexicon as a form asks it: every text is looked up once, every value compared once."""

    lexicon: Lexicon
    dictionary: Dictionary
    _meant: dict[tuple[str, str], tuple[Candidate, ...]] = field(default_factory=dict)
    _codes: dict[str, Labels] = field(default_factory=dict)
    _fitting: dict[tuple[str, str | None, str, Kind], bool | None] = field(default_factory=dict)

    def means(self, text: str, section: str = "") -> tuple[Candidate, ...]:
        """Return the columns a label may mean under a section of the form, best first."""
        key = (text, section)
        if key not in self._meant:
            self._meant[key] = self._looked_up(text, section)
        return self._meant[key]

    def is_label(self, text: str, section: str = "") -> bool:
        """Tell whether a text is a known label, and no value of a code list; 乡镇 is both, and seldom a value."""
        meant = self.means(text, section)
        if not meant or self.lexicon.columns[meant[0].column].level == "地":
            return bool(meant)
        return heading_text.plain(text) not in self.lexicon.spelled.values

    def fits(self, column: Column, text: str | None, kind: Kind = Kind.TEXT) -> bool | None:
        """Tell whether a value is what a column holds; None for a blank and for a column of any text."""
        if text is None or column.type == ANY_TEXT:
            return None
        key = (column.type, column.codes, text, kind)
        if key not in self._fitting:
            self._fitting[key] = self._compared(column, text, kind)
        return self._fitting[key]

    def _compared(self, column: Column, text: str, kind: Kind) -> bool | None:
        if is_unticked(text):
            return None
        if column.type in ("代码", "多值"):
            return self._is_code(column, text)
        if column.type == "日期" and kind is Kind.DATE:
            return True
        return bool(re.fullmatch(_PATTERNS.get(column.type, ".*"), fold(text)))

    def _is_code(self, column: Column, text: str) -> bool | None:
        codes = self.dictionary.codes.get(column.codes or "")
        if codes is None:
            return None
        if codes.id not in self._codes:
            self._codes[codes.id] = Labels(codes)
        found = self._codes[codes.id].many(text)
        return has_options(text) or (found.value is not None and found.rule != "COD001")

    def _looked_up(self, text: str, section: str) -> tuple[Candidate, ...]:
        name = text.strip(" \t\r\n\u3000:：")
        if not name or _NUMBER.fullmatch(name):
            return ()
        bare = heading_text.bare(name)
        if len(bare) > _LONGEST or _NO_LABEL.search(bare):
            return ()
        found = self.lexicon.candidates((section, name) if section else (name,))
        if not found and name.endswith("名称"):  # 乡（镇）名称
            places = self.lexicon.candidates((name.removesuffix("名称"),))
            found = [each for each in places if self.lexicon.columns[each.column].level == "地"]
        return tuple(found)


def label_text(box: Box) -> str:
    """Return a label as written, in one line."""
    return "".join(box.text.split("\n")).strip()


def explains_columns(rows: Rows) -> bool:
    """Tell a list of columns with explanations and samples from a registry, by the words over it."""
    first = list(rows.values())[:5]
    return any(_EXPLAINS.fullmatch("".join(box.text.split())) for boxes in first if len(boxes) > 1 for box in boxes)


def is_unit(text: str) -> bool:
    """Tell whether a text is a unit and nothing else."""
    return heading_text.unit_of(f"（{text}）") is not None
