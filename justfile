# One way to run things. `just check` is what CI runs, in the same order.

# everything: format, lint, types, floors, the compiled code, tests
check: lint types floors same-code test

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

compiled := "src/fupin_cli/sheets/compiled"
zig := "python -m ziglang cc --target=wasm32-freestanding -mcpu=generic+simd128+bulk_memory -O3 -nostdlib -s -Wall -Wextra -Werror"
linked := "-Wl,--no-entry -Wl,-z,stack-size=65536 -Wl,--export=__heap_base"

# compile the cell scanner anew; needs the dependency group `compile`
compile to=(compiled / "cells.wasm"):
    {{zig}} {{linked}} -o {{to}} {{compiled / "cells.c"}}

# the compiled cell scanner is what its source becomes
same-code:
    just compile {{compiled / "again.wasm"}}
    cmp {{compiled / "again.wasm"}} {{compiled / "cells.wasm"}}
    rm {{compiled / "again.wasm"}}

# build the sample county and its small books anew
samples:
    python sample_data/build.py

# gather new messages into the catalogue (fupin.po), then compile it; write the English of the new ones and run it again
catalogue:
    python -m tests.catalogue.gather

# accept changed whole-report snapshots, then read the diff
snapshots:
    python -m pytest tests/reports tests/jobs --snapshot-update
