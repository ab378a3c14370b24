"""One side of a comparison as the user named it in; its layouts, and what is to be said of reading it, out."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from fupin_cli.catalogue import both
from fupin_cli.engines import Engine
from fupin_cli.errors import FupinError, InputError, UsageError
from fupin_cli.jobs.files import Source, expanded
from fupin_cli.jobs.layouts import Failed, Note, layouts_of, numbered, skipped
from fupin_cli.jobs.left import SheetRead, not_read
from fupin_cli.jobs.request import Progress
from fupin_cli.jobs.wanted import lists_by_kind
from fupin_cli.model.dictionary import Dictionary
from fupin_cli.model.settings import Wishes
from fupin_cli.model.table import Layout

if TYPE_CHECKING:
    from fupin_cli.jobs.request import Frame

    Given = Path | Frame


class Named(Struct, frozen=True):
    """A side as the user named it."""

    title: str  # its files, as he wrote them
    sources: "tuple[Given, ...]"
    listed: str | None = None  # the kind of departmental list it is


class Side(Struct, frozen=True):
    """What was read of one side."""

    layouts: list[Layout]
    read: list[SheetRead]
    notes: list[Note]
    failed: list[Failed]


def named(given: "Sequence[Given]", dictionary: Dictionary) -> Named:
    """Return a side with NAME=FILE taken apart, where no file is called so.

    Raises:
        UsageError: there is no list of that name.
    """
    title = "、".join(str(one) if isinstance(one, Path) else "frame" for one in given)
    lists = [_parted(one) for one in given if isinstance(one, Path)]
    found = [one for one in lists if one is not None]
    if not found:
        return Named(title, tuple(given))
    kinds = lists_by_kind(found, dictionary)
    if len(found) < len(given) or len({kind for kind, _ in kinds}) > 1:
        raise UsageError(*both("{title}：一边要么是登记表，要么是同一种名单；请分开比对。", title=title))
    return Named(title, tuple(file for _, file in kinds), kinds[0][0])


def read_side(
    engine: Engine, side: Named, first: tuple[int, int], wishes: Wishes, dictionary: Dictionary, progress: Progress
) -> Side:
    """Read every file of a side.

    Args:
        engine: where the cells go.
        side: the files.
        first: the number of its first file, and of its first table, in the engine.
        wishes: how sheets are to be read.
        dictionary: columns and code lists.
        progress: told of every file.

    Raises:
        InputError: the only file cannot be read, or none holds a table.
    """
    files = expanded(one for one in side.sources if isinstance(one, Path))
    notes = [skipped(source) for source in files if source.skipped]
    sources: list[Source | Frame] = [source for source in files if not source.skipped]
    sources += [one for one in side.sources if not isinstance(one, Path)]
    wishes = Wishes(list_name=side.listed) if side.listed else wishes
    layouts: list[Layout] = []
    read: list[SheetRead] = []
    failed: list[Failed] = []
    for number, source in enumerate(sources):
        progress("sheets", number, len(sources))
        try:
            found = layouts_of(engine, source, first[0] + number, wishes, dictionary)
        except UsageError:
            raise
        except FupinError as error:
            if len(sources) == 1:
                raise
            failed.append((str(source.file) if isinstance(source, Source) else "frame", error.zh, error.en))
            continue
        found = found if isinstance(source, Source) else [_as_frame(each, number) for each in found]
        layouts += numbered(found, first[1] + len(layouts))
        read += found
    if not layouts:
        raise _nothing(side.title, failed)
    doubts = [doubt for layout in layouts for doubt in layout.doubts]
    wanted = [each for each in read if not wishes.sheets or each.sheet.name in wishes.sheets]
    return Side(layouts, read, [*notes, *not_read(engine, wanted), *doubts], failed)


def of_side(notes: Sequence[Note], zh: str, en: str) -> list[Note]:
    """Return notes that say which side they speak of."""
    return [both("{told}：{note}", told=(zh, en), note=note) for note in dict.fromkeys(notes)]


def _as_frame(each: SheetRead, number: int) -> SheetRead:
    """Return the sheet of a frame under the number it has on its side."""
    file = Path(f"frame-{number}")
    layouts = tuple(replace(one, sheet=replace(one.sheet, file=file)) for one in each.layouts)
    return SheetRead(replace(each.sheet, file=file), layouts)


def _parted(path: Path) -> tuple[str, Path] | None:
    name, sign, file = str(path).partition("=")
    return (name, Path(file)) if sign and name and file and not path.exists() else None


def _nothing(title: str, failed: Sequence[Failed]) -> InputError:
    if failed:
        return InputError("；".join(zh for _, zh, _ in failed), "; ".join(en for _, _, en in failed))
    return InputError(
        *both("{title}：没有可读的表。请给出工作簿（如 .xlsx .xls .csv），或含工作簿的文件夹、压缩包。", title=title)
    )
