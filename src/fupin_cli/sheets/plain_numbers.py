"""Numbers as the XML writes them in; which of them already are the shortest text that reads back the same, out."""

import numpy as np

from fupin_cli.sheets.words import KEEP, Flags, Numbers, Words, not_digits

_DIGITS = 15  # as many as every double keeps


def are_plain(words: Words, start: Numbers, lengths: Numbers) -> Flags:
    """Whether each number is written without exponent, superfluous noughts or more than fifteen digits.

    Args:
        words: the word at each byte of the block.
        start: where each number begins.
        lengths: its bytes.
    """
    first = words[start]
    plain: Flags = (lengths > 0) & (lengths <= 8) & (not_digits(first, np.minimum(lengths, 8)) == 0)
    plain &= ((first & KEEP[1]) != ord("0")) | (lengths == 1)
    other = np.flatnonzero(~plain & (lengths > 0) & (lengths <= _DIGITS + 2))
    if other.size:
        plain[other] = _are_plain_decimals(words, start[other], lengths[other])
    return plain


def _are_plain_decimals(words: Words, start: Numbers, lengths: Numbers) -> Flags:
    width = int(lengths.max())
    parts = [words[start + 8 * index] for index in range((width + 7) // 8)]
    bytes_ = np.stack(parts, axis=1).view(np.uint8)[:, :width]
    inside = np.arange(width) < lengths[:, None]
    digit = ((bytes_ - np.uint8(ord("0"))) <= 9) & inside
    point = (bytes_ == ord(".")) & inside
    digits, points = digit.sum(axis=1), point.sum(axis=1)
    row = np.arange(start.size)
    minus = (bytes_[:, 0] == ord("-")).astype(np.int64)
    head, last = np.minimum(minus, width - 1), lengths - 1
    following = np.minimum(head + 1, width - 1)
    plain: Flags = (digits + points + minus == lengths) & (points <= 1) & (digits <= _DIGITS) & digit[row, head]
    plain &= (bytes_[row, head] != ord("0")) | (point[row, following] & (following > head))
    plain |= (lengths == 1) & digit[:, 0]
    plain &= (points == 0) | (digit[row, last] & (bytes_[row, last] != ord("0")))
    return plain
