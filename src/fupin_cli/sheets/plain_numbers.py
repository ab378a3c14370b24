"""Numbers as the XML writes them in; which of them already are the shortest text that reads back the same, out."""

import numpy as np

from fupin_cli.sheets.words import Flags, Numbers, Words, not_digits

_DIGITS = 15  # as many as every double keeps
_LONGEST = 16  # bytes that are looked at


def are_plain(words: Words, lengths: Numbers) -> Flags:
    """Whether each number is written without exponent, superfluous noughts or more than fifteen digits.

    Args:
        words: the first sixteen bytes of each number, two words each.
        lengths: its bytes; one that is longer is not called plain.
    """
    signs = not_digits(words[:, 0], np.minimum(lengths, 8)).astype(np.int64)
    signs |= not_digits(words[:, 1], np.clip(lengths - 8, 0, 8)).astype(np.int64) << 8
    bytes_ = words.view(np.uint8)
    minus = (bytes_[:, 0] == ord("-")).astype(np.int64)
    signs &= ~minus
    point = np.bitwise_count(signs - 1).astype(np.int64)  # where the only other sign stands, if there is one
    has_point = signs > 0
    row, last = np.arange(lengths.size), np.clip(lengths, 1, _LONGEST) - 1
    plain: Flags = (lengths > minus) & (lengths <= _LONGEST) & (lengths - minus - has_point <= _DIGITS)
    plain &= (bytes_[row, minus] != ord("0")) | (lengths == 1) | (has_point & (point == minus + 1))
    decimal = (signs & (signs - 1) == 0) & (bytes_[row, np.minimum(point, last)] == ord("."))
    decimal &= (point > minus) & (point < last) & (bytes_[row, last] != ord("0"))
    plain &= ~has_point | decimal
    return plain
