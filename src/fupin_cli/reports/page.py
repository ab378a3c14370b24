"""A look → the console whose text becomes a terminal page."""

from io import StringIO
from typing import TYPE_CHECKING

from fupin_cli.reports.lines import Line
from fupin_cli.reports.words import Look

if TYPE_CHECKING:
    from rich.console import Console


def page_of(look: Look) -> tuple["Console", StringIO]:
    """Return a console as wide and as coloured as the look says, and the text it writes into."""
    from rich.console import Console

    page = StringIO()
    console = Console(
        file=page,
        width=look.width,
        force_terminal=look.colour,
        color_system="standard" if look.colour else None,
        legacy_windows=False,
        highlight=False,
        markup=False,
        emoji=False,
    )
    return console, page


def write_lines(console: "Console", lines: list[Line]) -> None:
    """Write lines that were wrapped before."""
    from rich.text import Text

    for line in lines:
        text = Text()
        for part, style in line:
            text.append(part, style=style)
        console.print(text, no_wrap=True, overflow="ignore", crop=False)
