"""A rule that asks for the profile's required columns → the same rule with those columns written out."""

from msgspec.structs import replace

from fupin_cli.language.expression import Expression, parse
from fupin_cli.model.rule import Profile
from fupin_cli.plans.check import Book, Checked

ASKED = "必填已填()"


def written_out(checked: Checked, book: Book, profile: Profile | None) -> Checked | None:
    """Return the rule with `必填已填()` replaced by the profile's columns; None when the profile requires none.

    A household is complete when its own required columns are filled, and those of every member.
    """
    if ASKED not in checked.must.text:
        return checked
    required = profile.required if profile else {}
    own = " AND ".join(f'NOT 为空("{column}")' for column in required.get("户", ()))
    members = " AND ".join(f'NOT 为空("{column}")' for column in required.get("人", ()))
    conditions = [part for part in (own, f"所有成员({members})" if members else "") if part]
    if not conditions:
        return None
    parsed = parse(checked.must.text.replace(ASKED, f"({' AND '.join(conditions)})"), book.symbols, "户")
    if not isinstance(parsed, Expression):  # the loader knows every required column
        raise TypeError(profile.name if profile else checked.rule.id)
    return replace(checked, must=parsed)
