"""A number and the percent it is shown as: 0.05 and `5%`."""

from decimal import Decimal


def percent_text(number: float) -> str:
    """Return `7%` of 0.07, where 0.07 × 100 is 7.000000000000001: the shortest that reads back as the same number."""
    return f"{(Decimal(repr(float(number))) * 100).normalize():f}%"


def percent_number(text: str) -> float:
    """Return the number of a percent as `percent_text` writes it; the sign may be left out."""
    return float(Decimal(text.removesuffix("%")) / 100)
