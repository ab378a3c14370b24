"""`python -m fupin_cli` is the command `fupin`."""

from fupin_cli.cli import main

if __name__ == "__main__":
    main()
