"""A rule id that is no longer in use: since when, why, and what took its place."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Retired:
    """An id that was a rule once; it is never used again."""

    id: str
    name: str
    since: date  # the day from which the rule is gone
    why: str
    file: Path
    replaced_by: tuple[str, ...] = ()  # ids of rules

    def sentence(self) -> tuple[str, str]:
        """Say in Chinese and English what became of the rule."""
        zh = f"规则 {self.id}（{self.name}）自 {self.since} 起停用：{self.why.rstrip('。')}"
        en = f"the rule {self.id} ({self.name}) is retired since {self.since}: {self.why.rstrip('。.')}"
        if self.replaced_by:
            return (
                f"{zh}；由 {'、'.join(self.replaced_by)} 代替。",
                f"{en}; {', '.join(self.replaced_by)} took its place.",
            )
        return f"{zh}；没有代替它的规则。", f"{en}; nothing took its place."
