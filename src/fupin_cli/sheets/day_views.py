"""The views of dates that are whole days, by their serial, out: most dates of a registry."""

from functools import cache

import numpy as np

from fupin_cli.sheets.text_views import Views

_FIRST, _LAST = "1900-03-01", "2099-12-31"


@cache
def day_views(*, from_1904: bool) -> tuple[Views, int]:
    """Views of `1900-03-01` and the days after it, and the serial of the first of them."""
    begin = np.datetime64("1904-01-02" if from_1904 else _FIRST)
    days = np.arange(begin, np.datetime64(_LAST) + np.timedelta64(1))
    months = days.astype("datetime64[M]")
    year, month = days.astype("datetime64[Y]").astype(np.int32) + 1970, months.astype(np.int32) % 12 + 1
    day = (days - months).astype(np.int32) + 1
    views = np.zeros((days.size, 2), np.uint64)
    text = views.view(np.uint8)[:, 4:]
    views.view(np.uint8)[:, 0] = 10
    for at, number, place in (
        (0, year, 1000), (1, year, 100), (2, year, 10), (3, year, 1), (5, month, 10), (6, month, 1), (8, day, 10), (9, day, 1),
    ):  # fmt: skip
        text[:, at] = number // place % 10 + ord("0")
    text[:, 4] = text[:, 7] = ord("-")
    return views, 1 if from_1904 else 61
