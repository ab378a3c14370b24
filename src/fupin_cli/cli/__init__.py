"""Options in, one job called, exit code out."""


def main() -> None:
    """The command `fupin`."""
    from fupin_cli.cli.app import app

    app()
