"""The look of a 疑点数据 workbook: the name of a style in, a cell format of XlsxWriter out."""

from typing import Any

_FONT = "微软雅黑"
_LINE, _DARK = "#C9D1D9", "#1F3A4D"
WIDTHS = {
    "序号": 5, "疑点编号": 11.5, "村": 9, "户编号": 13, "户主姓名": 8.5, "姓名": 8.5, "证件号码": 19.5, "规则": 14, "疑点": 29,
    "系统值": 20, "政策依据": 18, "怎么办": 24, "核实情况": 26, "是否属实": 7, "整改措施": 18, "整改结果": 13,
    "更正值": 15, "佐证材料": 18, "责任人": 9, "核实人": 9, "核实日期": 11.5, "备注": 15,
}  # fmt: skip
_CELL: dict[str, Any] = {
    "font_name": _FONT, "font_size": 10, "text_wrap": True, "valign": "vcenter", "border": 1, "border_color": _LINE,
}  # fmt: skip
_STYLES: dict[str, dict[str, Any]] = {
    "title": {"font_name": _FONT, "font_size": 18, "bold": True, "font_color": _DARK, "valign": "vcenter"},
    "number": {"font_name": _FONT, "font_size": 18, "bold": True, "font_color": "#B4690E", "valign": "vcenter"},
    "note": {"font_name": _FONT, "font_size": 10, "font_color": "#5B6770", "valign": "vcenter"},
    "band_asked": {**_CELL, "indent": 1, "text_wrap": False, "bold": True, "font_color": "#FFFFFF", "bg_color": _DARK, "border_color": _DARK},
    "band_answer": {**_CELL, "indent": 1, "text_wrap": False, "bold": True, "font_color": "#FFFFFF", "bg_color": "#B4690E", "border_color": "#B4690E"},
    "head_asked": {**_CELL, "bold": True, "align": "center", "bg_color": "#DCE4EA", "font_color": _DARK, "bottom": 2, "bottom_color": _DARK},
    "head_answer": {**_CELL, "bold": True, "align": "center", "bg_color": "#FCE4BF", "font_color": "#6B3E06", "bottom": 2, "bottom_color": "#B4690E"},
    "asked": {**_CELL, "font_color": "#333B42", "indent": 1},
    "asked_error": {**_CELL, "indent": 1, "font_color": "#9C2B1F", "bold": True},
    "asked_warning": {**_CELL, "indent": 1, "font_color": "#8A5A00", "bold": True},
    "asked_notice": {**_CELL, "indent": 1, "font_color": "#2F5D8A", "bold": True},
    "answer": {**_CELL, "indent": 1, "locked": False, "border_color": "#E3CFA8"},
    "open": {"font_name": _FONT, "font_size": 10, "locked": False, "text_wrap": True, "valign": "vcenter"},
    "guide_title": {"font_name": _FONT, "font_size": 16, "bold": True, "font_color": _DARK, "valign": "vcenter"},
    "guide_name": {**_CELL, "font_size": 10, "bold": True, "bg_color": "#FCE4BF", "font_color": "#6B3E06", "align": "center"},
    "guide_text": {**_CELL, "font_size": 10, "indent": 1},
    "guide_step": {"font_name": _FONT, "font_size": 10, "text_wrap": True, "valign": "vcenter"},
}  # fmt: skip
_STRIPES = {"asked": ("#F6F8F9", "#EBEFF2"), "answer": ("#FFFDF5", "#FFF8E5")}


class Styles:
    """The cell formats of one workbook, each made once."""

    def __init__(self, book: Any) -> None:  # noqa: ANN401 - XlsxWriter has no types
        self._book = book
        self._made: dict[tuple[str, int, bool, bool], Any] = {}

    def of(self, name: str, row: int = 0, *, centred: bool = False, quoted: bool = False) -> Any:  # noqa: ANN401
        """Return a format.

        Args:
            name: of the style.
            row: number of the line: every second one is a shade darker.
            centred: stands in the middle of its cell.
            quoted: a text that must stay a text when the cell is edited.
        """
        key = (name, row % 2, centred, quoted)
        if key not in self._made:
            stripe = _STRIPES.get(name.partition("_")[0]) if name.startswith(("asked", "answer")) else None
            shade = {"bg_color": stripe[row % 2]} if stripe else {}
            middle = {"align": "center", "indent": 0} if centred else {}
            self._made[key] = self._book.add_format({**_STYLES[name], **shade, **middle, "quote_prefix": quoted})
        return self._made[key]
