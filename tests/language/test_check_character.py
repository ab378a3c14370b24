"""The check character of an identity number, as the engine reckons it."""

from collections.abc import Sequence
from contextlib import closing
from random import Random

from fupin_cli.engines import open_engine
from fupin_cli.language.functions import CHARACTER
from fupin_cli.values.id_number import check_character


def reckoned(numbers: Sequence[str]) -> list[str | None]:
    listed = ", ".join(f"({place}, '{number}')" for place, number in enumerate(numbers))
    with closing(open_engine()) as engine:
        asked = CHARACTER.replace(":1", "number")
        return [
            found
            for (found,) in engine.rows(f"SELECT {asked} FROM (VALUES {listed}) AS t(place, number) ORDER BY place")
        ]


def test_it_is_the_one_the_weights_of_the_standard_give():
    random = Random(11643)
    bodies = ["".join(random.choices("0123456789", k=17)) for _ in range(2000)]
    bodies += ["0" * place + digit + "0" * (16 - place) for place in range(17) for digit in "123456789"]
    bodies += ["0" * 17, "9" * 17]
    assert reckoned([f"{body}X" for body in bodies]) == [check_character(body) for body in bodies]


def test_the_certificate_of_a_disabled_person_has_that_of_its_first_18():
    body = "11010519491231002"
    assert reckoned([f"{body}X42", f"{body}X42B1", f"{body}1"]) == ["X", "X", "X"]


def test_what_has_no_17_digits_has_none():
    assert (
        reckoned(["", "X", "1101051949123100", "+1010519491231002X", "11010519491231002XX", "１１０１０５19491231002X"])
        == [None] * 6
    )
