"""The marks by which an annotated copy is known again when it is read: what fupin wrote into it is no registry."""

COPY = ("fupin 审核副本", "fupin annotated copy")  # (zh, en): how the first cell of its sheet of findings begins
OPINIONS = ("审核意见", "review")  # (zh, en): the heading of the column of findings
FIRST_OPINION = "① "  # how what it says of a row begins
