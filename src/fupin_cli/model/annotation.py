"""The marks by which an annotated copy is known again when it is read: what fupin wrote into it is no registry."""

from fupin_cli.catalogue import both

COPY = both("fupin 审核副本")  # (zh, en): how the first cell of its sheet of findings begins
OPINIONS = both("审核意见")  # (zh, en): the heading of the column of findings
FIRST_OPINION = "① "  # how what it says of a row begins
ORIGINAL = (
    "_fupin_original"  # hidden name of that sheet, under which it keeps the SHA-256 of the file the copy was made of
)
