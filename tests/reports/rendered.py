"""Look at a page as a terminal shows it."""

from fupin_cli.reports.wrapping import width


def wide_lines(page: str, columns: int) -> list[str]:
    """Return the lines that are wider than the terminal."""
    return [line for line in page.splitlines() if width(line) > columns]
