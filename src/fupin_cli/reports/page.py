"""A look → the console whose text becomes a terminal page."""

from io import StringIO
from typing import TYPE_CHECKING

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
