"""What the user wrote → what the stages understand: region names to codes, list names to kinds, a profile's time and place."""

from collections.abc import Iterable
from pathlib import Path

from msgspec.structs import replace

from fupin_cli.catalogue import both
from fupin_cli.errors import UsageError
from fupin_cli.jobs.rule_choice import refuse_retired
from fupin_cli.model.dictionary import Dictionary
from fupin_cli.model.listing import ListEntry
from fupin_cli.model.rulebook import RuleBook
from fupin_cli.model.settings import Settings, Wishes
from fupin_cli.rules import load_lists, load_mapping
from fupin_cli.values.regions import find

Note = tuple[str, str]  # zh, en


def resolved(settings: Settings, book: RuleBook) -> Settings:
    """Return the settings with a region code, and with the profile's place and day where neither user nor rows give one."""
    refuse_retired((*settings.select, *settings.ignore), book)
    profile = None
    if settings.profile:
        profile = book.profiles.get(settings.profile)
        if profile is None:
            known = "、".join(book.profiles)
            raise UsageError(*both("没有方案“{profile}”；有：{known}。", profile=settings.profile, known=known))
    for name in settings.given:
        if name not in book.parameters:
            known = "、".join(sorted(book.parameters))
            raise UsageError(*both("没有参数“{name}”；有：{known}。", name=name, known=known))
    region = settings.region
    if region is not None:
        code = find(region)
        if code is None:
            raise UsageError(
                *both("认不出地区“{region}”：写全名（如 山东省滨州市）或 GB/T 2260 代码（如 371602）。", region=region)
            )
        region = code
    return replace(
        settings,
        region=region or (profile.region if profile else None),
        today=(profile.as_of if profile else None) or settings.today,
    )


def with_mapping(wishes: Wishes, file: Path | None, dictionary: Dictionary) -> Wishes:
    """Return the wishes with what a mapping file says; raise its faults, all at once."""
    return wishes if file is None else replace(wishes, known=load_mapping(file, dictionary))


def listings(lists: Iterable[tuple[str, Path]], dictionary: Dictionary) -> tuple[tuple[ListEntry, ...], list[Note]]:
    """Return what every lists.yaml among the lists says, and what is to be said of their folders.

    Raises:
        UsageError: two of them describe one list.
        InputError: a folder has none.
        ListsError: faults of one, all at once.
    """
    found: dict[str, ListEntry] = {}
    notes: list[Note] = []
    for path in (path for name, path in lists if not name):
        listing = load_lists(path, dictionary)
        notes += listing.notes
        for entry in listing.entries:
            if entry.name in found:
                first = found[entry.name].written_in
                raise UsageError(
                    *both(
                        "名单“{name}”在 {first} 和 {written_in} 里都有；请并成一条。",
                        name=entry.name,
                        first=first,
                        written_in=entry.written_in,
                    )
                )
            found[entry.name] = entry
    return tuple(found.values()), notes


def lists_by_kind(lists: Iterable[tuple[str, Path]], dictionary: Dictionary) -> list[tuple[str, Path]]:
    """Return (kind, file) for each `--list NAME=FILE`; raise UsageError for a name no list kind has.

    Those without a name are a lists.yaml, which names its own.
    """
    names = {alias: kind.name for kind in dictionary.lists.values() for alias in (kind.name, *kind.aliases)}
    found = []
    for name, file in lists:
        if name and name not in names:
            known = "、".join(dictionary.lists)
            raise UsageError(*both("没有名单“{name}”；有：{known}。", name=name, known=known))
        if name:
            found.append((names[name], file))
    return found


def wishes_of(entries: Iterable[ListEntry]) -> dict[tuple[str, Path], Wishes]:
    """Return how each file that a lists.yaml names is to be read."""
    return {
        (entry.name, file): Wishes(
            sheets=entry.sheets, mapping=dict(entry.columns), list_name=entry.name, dated=entry.dated
        )
        for entry in entries
        for file in entry.files
    }
