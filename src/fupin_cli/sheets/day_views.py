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
    texts = np.datetime_as_string(days).astype("S12")
    views = np.zeros((days.size, 2), np.uint64)
    bytes_ = views.view(np.uint8)
    bytes_[:, 0] = 10
    bytes_[:, 4:] = texts.view(np.uint8).reshape(-1, 12)
    return views, 1 if from_1904 else 61
