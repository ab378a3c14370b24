# One way to run things. `just check` is what CI runs, in the same order.

# everything: format, lint, types, floors, tests
check: lint types floors test

# format in place
format:
    ruff format .
    ruff check --fix .

# format and lint, without changing anything
lint:
    ruff format --check .
    ruff check .

# mypy, strict
types:
    mypy

# imports only go down; libraries enter by their doors
floors:
    lint-imports

# the tests, on both cores
test *ARGS:
    python -m pytest -n auto {{ARGS}}

# every example of every rule
rules:
    fupin rules test

# build the sample county and its small books anew
samples:
    python sample_data/build.py

# gather new messages into the catalogue (fupin.po), then compile it; write the English of the new ones and run it again
catalogue:
    python -m tests.catalogue.gather

# accept changed whole-report snapshots, then read the diff
snapshots:
    python -m pytest tests/reports tests/jobs --snapshot-update
