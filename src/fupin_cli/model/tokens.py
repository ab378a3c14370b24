"""What `fupin token` makes of a registry: rows of tokens for the other office, and where each row stands for one's own."""

from msgspec import Struct


class TokenRow(Struct, frozen=True):
    """One person: the tokens, what stays in clear, and where the row stands."""

    certificate: str  # 证件令牌; "" where there is none
    name_and_birth: str  # 姓名生日令牌; "" where there is none
    kept: tuple[str, ...]  # texts of the columns that stay in clear
    file: str
    sheet: str
    row: int

    @property
    def tells(self) -> bool:
        """Whether there is a token at all: without one the row meets nobody, and is not handed over."""
        return bool(self.certificate or self.name_and_birth)


class TokenTable(Struct, frozen=True):
    """Every person of a registry as tokens. It has no number and no name."""

    rows: tuple[TokenRow, ...]  # in the order of the file: for one's own office only
    columns: tuple[str, ...]  # that stay in clear
    mark: str  # 密钥校验
    blank: int  # rows without a certificate number
    damaged: int  # rows whose number could not be read or has another length
    withheld: int  # cells that were to stay in clear, but held a long number or the person's own name
    notes: tuple[tuple[str, str], ...] = ()  # (zh, en)

    @property
    def handed_over(self) -> tuple[TokenRow, ...]:
        """The rows for the other office, by token, so that their order tells nothing of the file."""
        told = (row for row in self.rows if row.tells)
        return tuple(sorted(told, key=lambda row: (row.certificate, row.name_and_birth, row.kept)))
