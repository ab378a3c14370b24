"""A text of a workbook in, the same text as a web page may hold it out; counts as a reader of figures writes them."""

from html import escape


def html_text(said: str) -> str:
    """Return a text as it may stand in a page, between tags or in an attribute: nothing of it is a tag, no control character is left."""
    return escape("".join(char if char.isprintable() else " " for char in said))


def attributes(**values: str | None) -> str:
    """Return attributes, each with a blank before it: `data_filter_rule="EDU001"`; one that is None is left out."""
    return "".join(
        f' {name.rstrip("_").replace("_", "-")}="{html_text(value)}"'
        for name, value in values.items()
        if value is not None
    )


def counted(number: int) -> str:
    """Return a count with a comma at every thousand."""
    return f"{number:,}"


def paragraph(said: str, style: str = "") -> str:
    """Return a paragraph that holds a text."""
    return f"<p{attributes(class_=style or None)}>{html_text(said)}</p>"
