"""The column that the first two letters of a cell reference tell, out: a table for every two bytes."""

from functools import cache

import numpy as np
from numpy.typing import NDArray


@cache
def column_codes() -> NDArray[np.int16]:
    """For every two bytes, the first of them the lower: the column a reference begins with, by one letter or two.

    Twice the column, and one more when both are letters; -1 where it begins with no letter.
    """
    codes = np.full((256, 256), -1, np.int16)
    letters = np.arange(ord("A"), ord("Z") + 1)
    codes[ord("0") : ord("9") + 1, letters] = 2 * np.arange(26)
    codes[letters[None, :], letters[:, None]] = 2 * (26 * np.arange(1, 27)[:, None] + np.arange(26)) + 1
    return codes.ravel()
