"""Decimals of sixteen digits and more in, as Excel writes 1.1 (`1.1000000000000001`); the short text of those that are one, out.

A decimal of fifteen digits is the only one of its length that reads as its double (IEEE 754: 53 bits tell fifteen digits
apart). So when the digits, rounded to fifteen, read as the same double as all of them, they are its shortest text but for
noughts at the end. Whether they do is told without a rounding: the rounded ones are one exact division away from their
double f·2^-s, and the whole m·10^-k reads as it when |m·2^s - f·10^k| is less than half of 10^k. Both products are far beyond 64
bits, their difference is not.
"""

import numpy as np

from fupin_cli.sheets.text_views import INLINE, Views
from fupin_cli.sheets.words import Flags, Numbers, Words

LONGEST = 20  # bytes that are looked at
_KEPT, _MOST = 15, 18  # digits
_DECIMALS = 17  # beyond, the difference could be more than 63 bits
_TENS: Words = np.array([10**power for power in range(20)], np.uint64)
_FRACTION, _UNIT = np.uint64((1 << 52) - 1), np.uint64(1 << 52)
_TEN = np.uint64(10)


def short_views(texts: "np.ndarray[tuple[int, int], np.dtype[np.uint8]]", lengths: Numbers) -> tuple[Views, Flags]:
    """Views of the shortest texts of numbers, and which were found; the others mean nothing.

    Args:
        texts: the first LONGEST bytes of each number.
        lengths: its bytes.
    """
    whole, decimals, minus, known = _digits(texts, lengths)
    digits = np.searchsorted(_TENS, whole, "right")
    dropped = np.clip(digits - _KEPT, 0, 3)
    known &= (digits > _KEPT) & (digits <= _MOST) & (decimals >= dropped) & (decimals <= _DECIMALS)
    step = _TENS[dropped]
    kept, places = (whole + step // np.uint64(2)) // step, np.where(known, decimals - dropped, 0)
    known &= _reads_as(whole, np.where(known, decimals, 1), kept.astype(np.float64) / _TENS[places].astype(np.float64))
    for _ in range(_KEPT):
        ends = (kept % _TEN == 0) & (places > 0)
        if not ends.any():
            break
        kept, places = np.where(ends, kept // _TEN, kept), places - ends
    before = np.maximum(np.searchsorted(_TENS, kept, "right") - places, 1)  # digits before the point
    known &= minus + before + places + (places > 0) <= INLINE
    return _views(kept, minus, before, np.where(known, places, 0)), known


def _digits(
    texts: "np.ndarray[tuple[int, int], np.dtype[np.uint8]]", lengths: Numbers
) -> tuple[Words, Numbers, Numbers, Flags]:
    """The digits of each as one number, how many stand behind the point, whether a minus stands before; which are decimals."""
    inside = np.arange(LONGEST) < lengths[:, None]
    values = texts - np.uint8(ord("0"))
    are_digits, are_points = (values < 10) & inside, (texts == ord(".")) & inside
    minus = (texts[:, 0] == ord("-")).astype(np.int64)
    point = are_points.argmax(axis=1)
    known = (are_points.sum(axis=1) == 1) & (are_digits.sum(axis=1) == lengths - 1 - minus)
    known &= (lengths <= LONGEST) & (point > minus) & (point < lengths - 1)
    whole = np.zeros(lengths.size, np.uint64)
    for column in range(LONGEST):
        whole = np.where(are_digits[:, column], whole * _TEN + values[:, column], whole)
    return whole, lengths - 1 - point, minus, known


def _reads_as(whole: Words, decimals: Numbers, value: "np.ndarray[tuple[int], np.dtype[np.float64]]") -> Flags:
    """Whether `whole` with so many decimals reads as the double `value`."""
    bits = value.view(np.uint64)
    shift = 1075 - (bits >> np.uint64(52)).astype(np.int64)
    sure: Flags = (shift > 0) & (bits & _FRACTION != 0)  # below a power of two doubles lie closer
    shifted = np.where(shift < 64, whole << np.clip(shift, 0, 63).astype(np.uint64), np.uint64(0))
    between = (shifted - ((bits & _FRACTION) | _UNIT) * _TENS[decimals]).view(np.int64)
    sure &= np.abs(between) < (_TENS[decimals] // np.uint64(2)).view(np.int64)
    return sure


def _views(kept: Words, minus: Numbers, before: Numbers, places: Numbers) -> Views:
    """Texts of numbers that have so many digits before their point and behind it."""
    views = np.zeros((kept.size, 2), np.uint64)
    bytes_ = views.view(np.uint8)
    length = before + places + (places > 0)
    views[:, 0] = (minus + length).view(np.uint64)
    for column in range(INLINE):
        at = column - minus  # among digits and point
        power = np.clip(before + places - 1 - at + (at > before), 0, len(_TENS) - 1)
        digit = (kept // _TENS[power] % _TEN).astype(np.uint8) + np.uint8(ord("0"))
        character = np.where(at < 0, np.uint8(ord("-")), np.where(at == before, np.uint8(ord(".")), digit))
        bytes_[:, 4 + column] = np.where(at < length, character, np.uint8(0))
    return views
