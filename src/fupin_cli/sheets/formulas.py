"""A formula as a cell of the XML states or shares it in, the formula as that cell would show it out."""

from typing import Any


def formula_text(
    text: str, attributes: dict[str, Any], place: tuple[int, int], masters: dict[str, tuple[str, str]]
) -> str:
    """`=` and the formula; a shared one is moved from the cell that states it to this one, `=` when it cannot be."""
    if attributes.get("t") != "shared":
        return f"={text}"
    from openpyxl.formula.tokenizer import TokenizerError
    from openpyxl.formula.translate import Translator, TranslatorError
    from openpyxl.utils import get_column_letter

    index, here = str(attributes.get("si")), f"{get_column_letter(place[1] + 1)}{place[0] + 1}"
    if text:
        masters[index] = (text, here)
    stated, there = masters.get(index, ("", here))
    try:
        return str(Translator(f"={stated}", origin=there).translate_formula(here))
    except (TranslatorError, TokenizerError):
        return "="  # moved beyond the sheet's edge, or no formula openpyxl can read
