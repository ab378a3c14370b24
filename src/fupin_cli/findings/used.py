"""A parameter's value on a row → where it comes from."""

from datetime import date
from decimal import Decimal

from fupin_cli.findings.judged import Judged
from fupin_cli.model.finding import UsedParameter
from fupin_cli.model.parameters import value_at
from fupin_cli.model.plan import PlannedParameter
from fupin_cli.values.regions import name as region_name

GIVEN = "given by the user, not sourced"
Asked = tuple[PlannedParameter, object, date | None, str | None]  # what was asked, its value, its day, its place


class Sources:
    """Says where values of parameters come from; a hundred thousand rows ask for the same few."""

    def __init__(self, judged: Judged) -> None:
        self._given = judged.settings.given
        self._profiles = judged.book.profiles
        self._profile = judged.book.profiles.get(judged.settings.profile or "")
        self._parameters = judged.book.parameters
        self._known: dict[Asked, UsedParameter | None] = {}

    def of(self, asked: Asked) -> UsedParameter | None:
        """Return the value with its source, or None where there was no value."""
        if asked not in self._known:
            self._known[asked] = self._find(*asked)
        return self._known[asked]

    def _find(
        self, planned: PlannedParameter, value: object, day: date | None, place: str | None
    ) -> UsedParameter | None:
        if value is None:
            return None
        plain = float(value) if isinstance(value, int | float | Decimal) else str(value)
        profile = self._profile
        if planned.name in self._given:
            return UsedParameter(planned.name, plain, "", "", GIVEN)
        if profile is not None and planned.name in profile.parameters:
            profile = self._profiles.get(profile.lent.get(planned.name, ""), profile)  # the one that wrote it
            where = region_name(profile.region) if profile.region else None
            since = profile.as_of.isoformat() if profile.as_of else ""
            document = f"（{profile.basis.document}）" if profile.basis.document else ""
            return UsedParameter(planned.name, plain, since, where or "", f"{profile.title}{document}")
        found = value_at(self._parameters[planned.name], day, place, planned.tier) if day else None
        if found is None or found.value != plain:
            return UsedParameter(planned.name, plain, "", "", "")
        source = found.basis.document or found.basis.convention
        where = region_name(found.place) if found.place else "全国"
        return UsedParameter(planned.name, plain, found.since.isoformat(), where or found.place, source)
