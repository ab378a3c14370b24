"""One peer over two CSV files, as its own documentation sets it up: `python linkage_peers.py splink LEFT RIGHT`, pairs as JSON.

Runs in an environment of its own, for recordlinkage needs pandas 2: `pip install splink recordlinkage` (5.0 and 0.16 were measured).
Both get the columns fupin gets. Neither reads Chinese names, so surname and given name are told apart for them.
"""

import json
import sys
import time
from collections.abc import Iterable
from typing import Any


def by_splink(left: str, right: str) -> list[tuple[int, int, float]]:
    """Splink's getting-started model: its own comparisons for names and dates, exact ones with term frequencies else.

    u by random sampling, the prior from deterministic rules at recall 0.7, m by expectation maximisation over two
    blockings; pairs from 0.9 on, the threshold of its tutorial.
    """
    import pandas as pd
    import splink.comparison_library as cl
    from splink import Linker, SettingsCreator, block_on
    from splink.internals.duckdb.database_api import DuckDBAPI

    api = DuckDBAPI()
    frames = [pd.read_csv(path, dtype=str).rename(columns={"who": "unique_id"}) for path in (left, right)]
    tables = [api.register(frame, dataset_display_name=side) for frame, side in zip(frames, ("a", "b"), strict=True)]
    settings = SettingsCreator(
        link_type="link_only",
        comparisons=[
            cl.NameComparison("given"),
            cl.NameComparison("surname"),
            cl.DateOfBirthComparison("dob", input_is_string=True),
            cl.DamerauLevenshteinAtThresholds("number", [1, 2]),
            cl.ExactMatch("sex"),
            cl.ExactMatch("village").configure(term_frequency_adjustments=True),
            cl.ExactMatch("household").configure(term_frequency_adjustments=True),
            cl.ExactMatch("relation"),
        ],
        blocking_rules_to_generate_predictions=[
            block_on("given", "surname"),
            block_on("dob"),
            block_on("household"),
            block_on("substr(number, 1, 14)"),
        ],
    )
    linker = Linker(tables, settings, log_level="ERROR")
    linker.training.estimate_probability_two_random_records_match(
        [block_on("given", "surname", "dob"), block_on("household", "dob", "sex")], recall=0.7
    )
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    linker.training.estimate_parameters_using_expectation_maximisation(block_on("given", "surname"))
    linker.training.estimate_parameters_using_expectation_maximisation(block_on("dob"))
    found = linker.inference.predict(threshold_match_probability=0.9).as_pandas_dataframe()
    return best(zip(found["unique_id_l"], found["unique_id_r"], found["match_weight"], strict=True))


def by_recordlinkage(left: str, right: str) -> list[tuple[int, int, float]]:
    """The toolkit's getting-started model: blocks, jarowinkler at 0.85 for texts, exact else, its unsupervised ECM classifier."""
    import pandas as pd
    import recordlinkage as rl

    a, b = (pd.read_csv(path, dtype=str).set_index("who") for path in (left, right))
    index = rl.Index()
    index.block("name")
    index.block("dob")
    index.block("household")
    compare = rl.Compare()
    compare.string("given", "given", method="jarowinkler", threshold=0.85, label="given")
    compare.string("surname", "surname", method="jarowinkler", threshold=0.85, label="surname")
    compare.string("number", "number", method="jarowinkler", threshold=0.85, label="number")
    for column in ("dob", "sex", "village", "household", "relation"):
        compare.exact(column, column, label=column)
    pairs = index.index(a, b)
    features = compare.compute(pairs, a, b)
    classifier = rl.ECMClassifier()
    classifier.fit(features)
    chosen = classifier.predict(features)
    odds = classifier.prob(features).loc[chosen]
    return best((one[0], one[1], odds[one]) for one in chosen)


def best(found: Iterable[tuple[Any, Any, Any]]) -> list[tuple[int, int, float]]:
    """Keep the pairs that are the best of both their rows, as fupin does; without it, both tools name many pairs a row."""
    rows = [(int(a), int(b), float(weight)) for a, b, weight in found]
    lefts, rights = {}, {}
    for a, b, weight in rows:
        lefts[a] = max(weight, lefts.get(a, weight))
        rights[b] = max(weight, rights.get(b, weight))
    return [(a, b, weight) for a, b, weight in rows if weight == lefts[a] == rights[b]]


if __name__ == "__main__":
    import warnings

    warnings.simplefilter("ignore")
    made = {"splink": by_splink, "recordlinkage": by_recordlinkage}[sys.argv[1]]
    started = time.perf_counter()
    pairs = made(*sys.argv[2:4])
    print("\n" + json.dumps({"pairs": pairs, "seconds": time.perf_counter() - started}))
