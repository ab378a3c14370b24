"""SQL of what an identity number says: whether it is sound, whose birthday and sex it tells; and every number one slip away."""

from collections.abc import Iterator

from fupin_cli.values.id_number import check_character

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_DIGITS = "0123456789"


def sound(number: str) -> str:
    """SQL: the text is 18 characters with their own check character and a day of birth, and no stand-in (999999…)."""
    total = " + ".join(f"{weight} * CAST(substr({number}, {i}, 1) AS INTEGER)" for i, weight in enumerate(_WEIGHTS, 1))
    return (
        f"CASE WHEN regexp_full_match({number}, '[1-9][0-9]{{16}}[0-9X]') AND NOT starts_with({number}, '999999')"
        f" THEN substr('10X98765432', ({total}) % 11 + 1, 1) = substr({number}, 18, 1) AND {born(number)} IS NOT NULL"
        " ELSE FALSE END"
    )


def born(number: str) -> str:
    """SQL: the day of birth in an 18-character number, NULL when there is no such day."""
    return f"CAST(try_strptime(substr({number}, 7, 8), '%Y%m%d') AS DATE)"


def sex(number: str) -> str:
    """SQL: 男 or 女 by the 17th character."""
    return f"CASE WHEN TRY_CAST(substr({number}, 17, 1) AS INTEGER) % 2 = 1 THEN '男' ELSE '女' END"


def slips(number: str) -> Iterator[str]:
    """Yield every number with its own check character from which `number` came by one slip, each once.

    A slip is one wrong character, two neighbours swapped, or an X at the end that was lost. `number` is upper case.
    """
    found: dict[str, None] = {}
    if len(number) == 17:
        found[f"{number}X"] = None
    if len(number) == 18:
        for place, own in enumerate(number):
            for other in _DIGITS if place < 17 else f"{_DIGITS}X":
                if other != own:
                    found[number[:place] + other + number[place + 1 :]] = None
        for place in range(17):
            swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
            if swapped != number:
                found[swapped] = None
    yield from (one for one in found if check_character(one[:17]) == one[17])
