"""A rule id that is no longer in use: since when, why, and what took its place."""

from datetime import date
from pathlib import Path

from msgspec import Struct

from fupin_cli.catalogue import both, enumerated


class Retired(Struct, frozen=True):
    """An id that was a rule once; it is never used again."""

    id: str
    name: str
    since: date  # the day from which the rule is gone
    why: str
    file: Path
    replaced_by: tuple[str, ...] = ()  # ids of rules

    def sentence(self) -> tuple[str, str]:
        """Say in Chinese and English what became of the rule."""
        zh, en = both(
            "规则 {id}（{name}）自 {since} 起停用：{why}",
            id=self.id,
            name=self.name,
            since=self.since,
            why=(self.why.rstrip("。"), self.why.rstrip("。.")),
        )
        if self.replaced_by:
            return both("{told}；由 {replaced_by} 代替。", told=(zh, en), replaced_by=enumerated(self.replaced_by))
        return both("{told}；没有代替它的规则。", told=(zh, en))
