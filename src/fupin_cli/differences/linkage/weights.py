"""What each agreement and disagreement is worth: the stated probabilities of the linkage, one table with reasons.

Fellegi and Sunter: a comparison that comes out in one way weighs log2(m/u) bits. m: how often it comes out so when both
rows are one person (among rows whose keys do not meet); u: when they are two persons whom chance or the village brought
together. m is stated here. u of a name, birthday, village, household or relation is counted in the rows of both sides.
"""

from math import log2

from msgspec import Struct


class Level(Struct, frozen=True):
    """One way a comparison comes out."""

    m: float  # probability that it comes out so for one person
    u: float | None  # for two persons; None: counted in the rows
    why: str

    @property
    def bits(self) -> float:
        """The weight, when u is stated."""
        return log2(self.m / (self.u or 1.0))


NAME = {
    "same": Level(0.80, None, "the name is what is copied with most care; u: how many bear it"),
    "variant": Level(
        0.40, None, "as above, less the pairs that write alike; both spellings are one name, so u is the name's"
    ),
    "sound": Level(0.05, None, "one name in twenty is written by ear somewhere; u: how many names sound so"),
    "shape": Level(0.03, 0.0005, "a name copied by eye; a stranger's name is so near by one in some thousand"),
    "one": Level(0.02, 0.10, "one character differs in sound and shape: brothers share a generation's character"),
    "part": Level(0.02, 0.002, "the name a person is called by, without the father's that follows: minority names"),
    "other": Level(0.02, 0.95, "people do change names; two people nearly always have two"),
}
NUMBER = {
    "same": Level(0.30, 1e-6, "15 and 18 digits of one number; or a number two rows of one side have"),
    "digit": Level(0.30, 1e-6, "the commonest slip; the check character lets at most one of the two be valid"),
    "swapped": Level(0.20, 1e-6, "the second commonest slip"),
    "lost": Level(0.20, 1e-6, "one character lost or doubled, most often the X at the end"),
    "cut": Level(0.10, 1e-5, "a spreadsheet keeps fifteen digits; those of one village and day differ in two more"),
    "unlike": Level(0.10, 0.90, "one of the two is not valid, and they are far apart"),
    "two": Level(0.01, 0.98, "both valid and different: a new number is issued to few"),
}
BIRTH = {
    "same": Level(0.90, None, "u: how many were born that day"),
    "swapped": Level(0.02, 0.00005, "day and month changed places; chance hits one day"),
    "part": Level(0.05, 0.006, "year, month or day differs, the two others agree; chance: about 1 in 180"),
    "other": Level(0.02, 0.99, "a birthday is seldom wrong in two parts"),
}
SEX = {
    "same": Level(0.98, 0.50, "half of all people"),
    "other": Level(0.02, 0.50, "a slip of the pen, or somebody else"),
}
PLACE = {
    "household": Level(0.75, None, "same 户编号; u: how large the household is among all"),
    "head": Level(0.10, None, "another 户编号 or none, but the same 户主 and village; u: how large that household is"),
    "village": Level(0.10, None, "same village; u: how large it is"),
    "township": Level(0.03, 0.10, "moved within the township, or the village was merged"),
    "other": Level(0.03, 0.90, "moved further; two people at random live apart"),
}
RELATION = {
    "same": Level(0.85, None, "u: how common the relation is"),
    "other": Level(0.15, 0.80, "it changes with the 户主, and when children marry"),
}
STRENGTH = 1000.0  # how many rows of background a frequency leans on: small files say little of how rare a name is
BACKGROUND = {  # how common one is that was met once
    "name": 1 / 20_000,
    "sound": 1 / 5_000,
    "birth": 1 / 20_000,
    "household": 1 / 1_000,
    "village": 1 / 50,
    "relation": 1 / 5,
}
FEWEST = 200  # a prior is never better than one in so many, however few rows are left over


def prior(left: int, right: int) -> float:
    """Return the bits with which a pair begins: one in as many as the larger side has rows over, and half of those."""
    return -log2(max(left, right, FEWEST)) - 1
