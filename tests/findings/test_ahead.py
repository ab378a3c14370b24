"""Steps made in another thread come in their order, and what goes wrong there is heard of here."""

import sys
from collections.abc import Iterator
from threading import Event, get_ident

import pytest

from fupin_cli.findings.ahead import each_ahead


def test_the_next_step_is_made_while_one_is_used() -> None:
    second_begun = Event()
    makers: set[int] = set()

    def steps() -> Iterator[str]:
        makers.add(get_ident())
        yield "first"
        second_begun.set()
        yield "second"

    found = []
    for step in each_ahead(steps()):
        assert second_begun.wait(5)
        found.append(step)

    assert found == ["first", "second"]
    assert get_ident() not in makers


def test_a_fault_of_a_step_is_raised_where_the_steps_are_used_and_threads_take_their_usual_turns_again() -> None:
    usual = sys.getswitchinterval()

    def steps() -> Iterator[int]:
        yield 1
        raise ValueError("the engine is closed")

    found: list[int] = []
    with pytest.raises(ValueError, match="the engine is closed"):
        found.extend(each_ahead(steps()))

    assert found == [1]
    assert sys.getswitchinterval() == usual
