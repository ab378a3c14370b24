"""Options in, one job called, exit code out."""

import gc


def main() -> None:
    """The command `fupin`."""
    gc.set_threshold(500_000)  # a run leaves next to no cycles; looking for them took a twentieth of an audit
    from fupin_cli.cli.app import app

    app()
