"""How many days each list is from the registry, as read → those that are more than the parameter allows (RND009)."""

from datetime import date, timedelta

from msgspec import Struct, field

from fupin_cli.findings.judged import Judged
from fupin_cli.findings.used import GIVEN, Sources
from fupin_cli.model.finding import UsedParameter
from fupin_cli.model.parameters import missing_sentence, value_at
from fupin_cli.model.plan import PlannedParameter

RULE = "RND009"
PARAMETER = "数据日期相差天数"


class ListDays(Struct):
    """The limit of this run, and what could not be told for want of one."""

    judged: Judged
    unknown: int = 0
    notes: dict[str, str] = field(default_factory=dict)  # Chinese → English

    def are_apart(self, own: str, apart: str, listed: str) -> UsedParameter | None:
        """Return the limit that a list of the day `own`, so many days from the registry, exceeds; None: it does not.

        What `lists.yaml` says of the list goes before the profile and the rule book, `--set` before all.

        Where no value is in force on the registry's day that is noted: nobody can tell.
        """
        entry = self.judged.book.listing.get(listed)
        if entry is not None and entry.stale_after is not None and PARAMETER not in self.judged.settings.given:
            stale = abs(int(apart)) > entry.stale_after
            return UsedParameter(PARAMETER, float(entry.stale_after), "", "", GIVEN) if stale else None
        day, place = registry_day(own, apart), self._place()
        value = self._limit(day, place)
        if value is None:
            self.unknown += 1
            parameter = self.judged.book.parameters[PARAMETER]
            self.notes.update([missing_sentence(parameter, day, place)])
            return None
        if abs(int(apart)) <= float(value):
            return None
        return Sources(self.judged).of((PlannedParameter(PARAMETER, "", "", ""), value, day, place))

    def _limit(self, day: date, place: str | None) -> float | str | None:
        """Return the value given by the user, else the profile's, else the rule book's."""
        settings = self.judged.settings
        profile = self.judged.book.profiles.get(settings.profile or "")
        given = {**(profile.parameters if profile else {}), **settings.given}
        if PARAMETER in given:
            return given[PARAMETER]
        found = value_at(self.judged.book.parameters[PARAMETER], day, place)
        return found.value if found else None

    def _place(self) -> str | None:
        """Return the place of the registry, None where its rows are of several."""
        table = "人" if self.judged.tables.persons else "户"
        places = self.judged.engine.rows(f'SELECT DISTINCT "_place" FROM "{table}"')
        return places[0][0] if len(places) == 1 else None


def registry_day(own: str, apart: str) -> date:
    """Return the registry's day: `own` is the list's, `apart` the days from it to the registry's."""
    return date.fromisoformat(own) + timedelta(int(apart))
