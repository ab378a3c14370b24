"""Numbers as the engine casts them to text in; as a sheet keeps them out."""

_DIGITS = 15  # what a spreadsheet keeps of a number


def plain_number(value: str | None) -> str | None:
    """Return the shortest text of a number without `.0`; None when it has more digits than a spreadsheet keeps."""
    if value is None:
        return None
    number = float(value)
    if sum(char.isdigit() for char in value.removesuffix(".0").lstrip("-0.")) > _DIGITS or "e" in value.lower():
        return None
    return str(int(number)) if number.is_integer() else repr(number)
