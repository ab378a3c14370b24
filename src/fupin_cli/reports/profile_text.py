"""Turn a ProfileTable into a page for a terminal: one profile whole, two or three in columns, more as signs under numbers."""

from fupin_cli.catalogue import both
from fupin_cli.model.profile_table import ParameterRow, ProfileTable, Standing
from fupin_cli.model.rule import Profile
from fupin_cli.reports.lines import Line, block, heading
from fupin_cli.reports.profile_words import (
    item_text,
    joined,
    parameter_name,
    place_and_day,
    profile_word,
    required_text,
    row_name,
)
from fupin_cli.reports.rule_words import basis_words, number_text
from fupin_cli.reports.words import Lang, Look, rule_name, word
from fupin_cli.reports.wrapping import width, wrap

_NARROWEST = 24  # columns in which a text can still be read
_LABEL = 28  # columns for the name of a rule beside its signs
_SIGN = 3  # columns a sign or a number takes


def profiles_text(table: ProfileTable, look: Look) -> str:
    """Return the profiles: whole, in columns, or as signs, by how many there are and how wide the page is."""
    count = len(table.profiles)
    if count == 1:
        lines = _whole(table, look)
    elif count * (_NARROWEST + 2) <= look.width:
        lines = _columns(table, look)
    else:
        lines = _signs(table, look)
    return "\n".join("".join(text for text, _ in line).rstrip() for line in lines) + "\n"


def _named(name: str, text: str, look: Look) -> list[Line]:
    return block(text, look.width, "      ", f"  {name}{word('colon', look.lang)}") if text else []


def _facts(profile: Profile, lang: Lang) -> list[tuple[str, str]]:
    """Return what a profile is beside its items: (word, text), an entry each; an empty text where it has none."""
    place, day = place_and_day(profile, lang)
    return [
        (profile_word("place", lang), place),
        (profile_word("day", lang), day),
        (profile_word("extends", lang), profile.extends or ""),
        (profile_word("without", lang), joined(profile.without, lang)),
        (profile_word("required", lang), required_text(profile, lang)),
        (word("basis", lang), basis_words(profile.basis)),
    ]


def _whole(table: ProfileTable, look: Look) -> list[Line]:
    profile, lang = table.profiles[0], look.lang
    lines = [*heading(profile.name), *block(profile.title, look.width, "  ")]
    for name, text in _facts(profile, lang):
        lines += _named(name, text, look)
    for above in table.lines[0]:
        lines += block(basis_words(above.basis), look.width, "          ", f"      {above.name}{word('colon', lang)}")
    lines += _named(profile_word("file", lang), str(profile.file or ""), look)
    lines += [(), *heading(profile_word("items", lang))]
    for row in table.rows:
        entry = row.items[0]
        if entry is None:
            continue
        lines += block(row_name(row, lang), look.width, "         ", "  ")
        lines += block(item_text(entry, lang), look.width, "      ")
        lines += block(profile_word("lent", lang, profile=entry.lender), look.width, "      ") if entry.lender else []
    if not table.rows:
        lines += block(profile_word("no_items", lang), look.width, "  ")
    if table.parameters:
        lines += [(), *heading(profile_word("parameters", lang))]
    for one in table.parameters:
        lines += _named(parameter_name(one, lang), _standing(one.values[0], profile, lang), look)
    if profile.unchecked:
        lines += [(), *heading(profile_word("unchecked", lang))]
    for text in profile.unchecked:
        lines += block(text, look.width, "    ", "  - ")
    return lines


def _standing(value: Standing | None, profile: Profile, lang: Lang) -> str:
    """Return a value with who gives it and what it rests on."""
    if value is None:
        return profile_word("no_value", lang)
    if value.giver == profile.name:
        said = profile_word("given", lang)
    elif value.giver:
        said = profile_word("lent", lang, profile=value.giver)
    else:
        said = basis_words(value.basis)
    return f"{number_text(value.value)}  {said}"


def _columns(table: ProfileTable, look: Look) -> list[Line]:
    lang = look.lang
    lines = _beside([profile.name for profile in table.profiles], look, "bold")
    lines += _beside([profile.title for profile in table.profiles], look)
    facts = [_facts(profile, lang) for profile in table.profiles]
    for number, (name, _) in enumerate(facts[0]):
        texts = [told[number][1] for told in facts]
        lines += [((f"{name}", ""),), *_beside(texts, look)] if any(texts) else []
    lines += [(), *heading(profile_word("items", lang))]
    for row in table.rows:
        lines += block(row_name(row, lang), look.width, "       ", "")
        lines += _beside([item_text(entry, lang) if entry else "" for entry in row.items], look)
    if not table.rows:
        lines += block(profile_word("no_items", lang), look.width, "  ")
    lines += [(), *heading(profile_word("differing", lang))]
    for one in table.parameters:
        lines += block(parameter_name(one, lang), look.width, "  ", "")
        lines += _beside([number_text(value.value) if value else "" for value in one.values], look)
    if not table.parameters:
        lines += block(profile_word("same", lang), look.width, "  ")
    unchecked = [joined(profile.unchecked, lang, both("；")[lang == "en"]) for profile in table.profiles]
    if any(unchecked):
        lines += [(), *heading(profile_word("unchecked", lang)), *_beside(unchecked, look)]
    return lines


def _beside(texts: list[str], look: Look, style: str = "") -> list[Line]:
    """Set texts side by side, each in a column of its own; a dash where there is none."""
    room = look.width // len(texts) - 2
    cells = [wrap(text or "-", room) for text in texts]
    lines: list[Line] = []
    for number in range(max(len(cell) for cell in cells)):
        parts = [cell[number] if number < len(cell) else "" for cell in cells]
        lines.append(tuple((f"  {part}{' ' * (room - width(part))}", style) for part in parts))
    return lines


def _signs(table: ProfileTable, look: Look) -> list[Line]:
    lang = look.lang
    lines: list[Line] = []
    for number, profile in enumerate(table.profiles, 1):
        place, day = place_and_day(profile, lang)
        opening = f"{number:>3}  "
        count = profile_word("count", lang, n=len(profile.items))
        extends = f"{profile_word('extends', lang)} {profile.extends}" if profile.extends else ""
        facts = joined([part for part in (place, day, count, extends) if part], lang, "  ")
        lines += block(f"{profile.name}  {profile.title}", look.width, "     ", opening)
        lines += block(facts, look.width, "     ")
    lines += [(), *heading(profile_word("items", lang)), *block(profile_word("legend", lang), look.width, "  ")]
    with_items = [number for number, profile in enumerate(table.profiles) if profile.items]
    per_band = max(1, (look.width - _LABEL - 2) // _SIGN)
    for start in range(0, len(with_items), per_band):
        lines += [(), *_band(table, with_items[start : start + per_band], lang)]
    if not with_items:
        lines += block(profile_word("no_items", lang), look.width, "  ")
    lines += [(), *heading(profile_word("differing", lang))]
    for one in table.parameters:
        lines += block(parameter_name(one, lang), look.width, "    ", "  ")
        lines += _by_value(one, look)
    if not table.parameters:
        lines += block(profile_word("same", lang), look.width, "  ")
    lines += [(), *block(profile_word("total", lang, n=len(table.profiles)), look.width, "")]
    return [*lines, *block(profile_word("see_more", lang), look.width, "")]


def _band(table: ProfileTable, numbers: list[int], lang: Lang) -> list[Line]:
    """Return some columns of the signs, with the rules that any of these profiles has."""
    lines: list[Line] = [((" " * (_LABEL + 2) + "".join(f"{number + 1:>{_SIGN}}" for number in numbers), "bold"),)]
    for row in table.rows:
        entries = [row.items[number] for number in numbers]
        if not any(entries):
            continue
        signs = ""
        for entry in entries:
            key = "has_with_exceptions" if entry and entry.exceptions else "has"
            sign = profile_word(key, lang) if entry else "-"
            signs += " " * (_SIGN - width(sign)) + sign
        name = wrap(f"{row.rule.id} {rule_name(row.rule, lang)}", _LABEL)
        lines.append(((f"  {name[0]}{' ' * (_LABEL - width(name[0]))}{signs}", ""),))
        lines += [((f"         {more}", ""),) for more in name[1:]]
    return lines


def _by_value(row: ParameterRow, look: Look) -> list[Line]:
    """Return which profiles have which value, by their numbers."""
    numbers: dict[str, list[int]] = {}
    for number, value in enumerate(row.values, 1):
        if value is not None:
            numbers.setdefault(number_text(value.value), []).append(number)
    lines: list[Line] = []
    for text, found in numbers.items():
        opening = f"    {text}{word('colon', look.lang)}"
        lines += block(joined(_runs(found), look.lang), look.width, " " * width(opening), opening)
    return lines


def _runs(numbers: list[int]) -> list[str]:
    """Return rising numbers with those that follow each other as one: 2-7, 9."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return [str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs]
