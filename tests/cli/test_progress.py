"""How far a run is: stages, rows, time left."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from fupin_cli.cli.progress import _STAGES, Run

STEPS = st.lists(st.tuples(st.sampled_from([*_STAGES, "rows"]), st.integers(0, 50), st.integers(0, 50)), max_size=20)


@given(STEPS)
@settings(max_examples=50)
def test_a_bar_never_goes_back_and_never_beyond_its_end(steps):
    run, before = Run(), 0.0
    for stage, done, total in steps:
        run.step(stage, done, total)
        assert before <= run.reached <= 1
        before = run.reached


def test_the_time_left_follows_from_what_is_over_and_is_not_told_at_the_start():
    run = Run()
    run.step("sheets", 0, 4)
    assert run.left(2) is None
    run.step("sheets", 4, 4)
    assert round(run.left(2), 3) == 3
    run.step("findings", 0, 0)
    assert round(run.left(8.3), 3) == 1.7


def test_rows_are_counted_beside_the_stages():
    run = Run()
    run.step("rows", 102_060, 0)
    assert (run.rows, run.reached) == (102_060, 0)


def test_stages_follow_each_other_without_a_gap():
    audit = [_STAGES[name][2:] for name in ("sheets", "tables", "plans", "verdicts", "findings", "reports")]
    compare = [_STAGES[name][2:] for name in ("sheets", "tables", "pairs", "differences", "reports")]
    for line in (audit, compare):
        assert line[0][0] == 0
        assert line[-1][1] == 1
        assert all(end == start for (_, end), (start, _) in pairwise(line))
