"""What the user asked for, as the stages need it."""

from datetime import date

from msgspec import Struct, field

from fupin_cli.model.mapping import MappingFile


class Wishes(Struct, frozen=True):
    """How the user wants sheets to be read."""

    sheets: tuple[str, ...] = ()  # only these sheets; () = all
    mapping: dict[str, str] = field(default_factory=dict)  # heading → canonical column
    list_name: str | None = None  # the file is a departmental list of this kind
    known: MappingFile | None = None  # how tables are to be read by a mapping file; `mapping` goes before it
    as_of: date | None = None  # the day asked for: of years side by side, which is read where the sheet has no day
    dated: date | None = None  # of a list: its day by lists.yaml, before the title's and the file's


class Settings(Struct, frozen=True):
    """Time, place and choice of rules."""

    today: date  # given by the cli; nothing below asks for today
    as_of: date | None = None
    region: str | None = None  # region code
    profile: str | None = None
    select: tuple[str, ...] = ()  # ids or prefixes; () = all
    ignore: tuple[str, ...] = ()
    severity: str = "notice"  # the least severity reported
    given: dict[str, float | str] = field(default_factory=dict)  # parameters given by the user
    derived: tuple[
        str, ...
    ] = ()  # derived columns that are stored whatever the rules ask, where this run can have them
