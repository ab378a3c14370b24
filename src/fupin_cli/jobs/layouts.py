"""Files, folders, frames and lists → layouts; a file that fails is told, the rest goes on."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from fupin_cli.catalogue import both
from fupin_cli.engines import Engine
from fupin_cli.errors import FupinError, InputError, UsageError
from fupin_cli.jobs.annotated_before import is_findings, opinions_left, without_opinions
from fupin_cli.jobs.files import Source, expanded, read_source
from fupin_cli.jobs.left import SheetRead, check_mapping, not_read, refuse_unknown_sheets
from fupin_cli.jobs.request import Progress, Request
from fupin_cli.model.dictionary import Dictionary
from fupin_cli.model.settings import Wishes
from fupin_cli.model.sheet import Sheet
from fupin_cli.model.table import Layout
from fupin_cli.sheets import read_frame
from fupin_cli.tables import find_layouts

if TYPE_CHECKING:
    from fupin_cli.jobs.request import Frame

Failed = tuple[str, str, str]  # path, zh, en
Note = tuple[str, str]  # zh, en


class Read(Struct, frozen=True):
    """What was read of the files of a request."""

    layouts: list[Layout]
    notes: list[Note]
    failed: list[Failed]


def read_layouts(
    engine: Engine,
    request: Request,
    lists: Sequence[tuple[Path, Wishes]],
    dictionary: Dictionary,
    progress: Progress,
    known: dict[int, list[Sheet]],
) -> Read:
    """Read registry files, frames and lists.

    Args:
        engine: where the cells go.
        request: the files, and how they are read.
        lists: files of lists, and how they are read.
        dictionary: what headings mean.
        progress: told of each file.
        known: the sheets of each file, by its number, that are in the engine already; those read now are added.

    Raises:
        InputError: a list, or the only file, cannot be read; or nothing holds a registry.
    """
    registries: list[Source | Frame] = [*expanded(request.files), *request.frames]
    sources = [(source, request.wishes) for source in registries]
    sources += [(source, wishes) for file, wishes in lists for source in expanded([file])]
    notes = [skipped(source) for source, _ in sources if isinstance(source, Source) and source.skipped]
    sources = [each for each in sources if not (isinstance(each[0], Source) and each[0].skipped)]
    alone = sum(not wishes.list_name for _, wishes in sources) == 1
    layouts: list[Layout] = []
    read: list[SheetRead] = []
    listed: dict[str, list[SheetRead]] = {}
    failed: list[Failed] = []
    for number, (source, wishes) in enumerate(sources):
        progress("sheets", number, len(sources))
        try:
            if number not in known:
                known[number] = _sheets(engine, source, number)
            found = _layouts(engine, known[number], wishes, dictionary)
        except UsageError:
            raise
        except FupinError as error:
            if wishes.list_name or alone:
                raise
            failed.append((str(source.file) if isinstance(source, Source) else f"frame-{number}", error.zh, error.en))
            continue
        layouts += [_dated(layout, wishes) for layout in numbered(found, len(layouts))]
        (listed.setdefault(wishes.list_name, []) if wishes.list_name else read).extend(found)
        progress("rows", sum(each.sheet.row_count for each in read), 0)
    refuse_unknown_sheets(request.wishes.sheets, (each.sheet.name for each in read))
    unused = check_mapping(request.wishes.known, read)
    if all(layout.kind.startswith("名单:") for layout in layouts):
        raise _nothing(request.files, failed)
    wanted = [each for each in read if _is_wanted(each.sheet, request.wishes)]
    left = [*not_read(engine, wanted), *opinions_left(each.sheet for each in wanted)]
    unused += [note for _, wishes in lists for note in _not_found(wishes, listed.get(wishes.list_name or "", []))]
    notes = list(dict.fromkeys([*notes, *left, *unused]))
    return Read(layouts, [*notes, *(doubt for layout in layouts for doubt in layout.doubts)], failed)


def layouts_of(
    engine: Engine, source: "Source | Frame", number: int, wishes: Wishes, dictionary: Dictionary
) -> list[SheetRead]:
    """Return the sheets of one file or frame with their tables; `number` is its ordinal in the engine.

    Raises:
        InputError: it cannot be read, or holds no table.
    """
    return _layouts(engine, _sheets(engine, source, number), wishes, dictionary)


def numbered(found: list[SheetRead], first: int) -> list[Layout]:
    """Return the layouts of a file, their sources counted on from `first`."""
    return [
        replace(layout, source=i) for i, layout in enumerate((lay for each in found for lay in each.layouts), first)
    ]


def _dated(layout: Layout, wishes: Wishes) -> Layout:
    """Return the layout with the day a lists.yaml gives, which goes before that of its title or file; a contradiction is told."""
    day, titled = wishes.dated, layout.dated
    if day is None or titled == day:
        return layout
    if titled is None:
        return replace(layout, dated=day)
    where = f"{layout.sheet.file.name} › {layout.sheet.name}" if layout.sheet.name else layout.sheet.file.name
    zh, en = both(
        "{where}：标题或文件名写的日期是 {titled}，名单说明写的是 {day}，以名单说明为准。",
        where=where,
        titled=titled,
        day=day,
    )
    return replace(layout, dated=day, doubts=(*layout.doubts, (zh, en)))


def _not_found(wishes: Wishes, read: list[SheetRead]) -> Iterator[Note]:
    """Say which sheets and columns a lists.yaml names that no file of the list has."""
    sheets = [each.sheet.name for each in read]
    there = "、".join(name for name in dict.fromkeys(sheets) if name) or "—"
    for name in wishes.sheets:
        if read and name not in sheets:
            yield both(
                "名单“{list_name}”的文件里没有工作表“{name}”（有：{there}）；名单说明要的这张表没有比对。",
                list_name=wishes.list_name,
                name=name,
                there=there,
            )
    layouts = [layout for each in read for layout in each.layouts]
    columns = {mapped.column for layout in layouts for mapped in layout.columns}
    for heading, column in wishes.mapping.items():
        if layouts and column not in columns:
            yield both(
                "名单“{list_name}”里没有名单说明写的表头“{heading}”，{column} 按没有这一列算。",
                list_name=wishes.list_name,
                heading=heading,
                column=column,
            )


def _is_wanted(sheet: Sheet, wishes: Wishes) -> bool:
    return not wishes.sheets or sheet.name in wishes.sheets


def skipped(source: Source) -> Note:
    """Say that a file is not read, and why."""
    zh, en = source.skipped or ("", "")
    return both("{file}：跳过，{skipped}", file=source.file, skipped=(zh, en))


def _sheets(engine: Engine, source: "Source | Frame", number: int) -> list[Sheet]:
    if not isinstance(source, Source):
        return without_opinions(engine, [read_frame(engine, source, number)])
    if source.failed:
        raise InputError(*source.failed)
    return without_opinions(engine, read_source(engine, source, number))


def _layouts(engine: Engine, sheets: list[Sheet], wishes: Wishes, dictionary: Dictionary) -> list[SheetRead]:
    """Return the sheets of one file with their tables, or say that it holds none; a file may lack the sheets asked for."""
    found = [
        SheetRead(sheet, () if is_findings(engine, sheet) else tuple(find_layouts(engine, sheet, dictionary, wishes)))
        for sheet in sheets
    ]
    if any(each.layouts for each in found) or not any(_is_wanted(sheet, wishes) for sheet in sheets):
        return found
    name, names = sheets[0].file.name if sheets else "", "、".join(sheet.name for sheet in sheets if sheet.name) or "—"
    if wishes.list_name:
        key = dictionary.lists[wishes.list_name].key
        raise InputError(
            *both(
                "{name}：不像“{list_name}”名单（工作表：{names}）。要找的是一行表头，含 {key} 和另一列；请检查表头。",
                name=name,
                list_name=wishes.list_name,
                names=names,
                key=key,
            )
        )
    raise InputError(
        *both(
            "{name}：没有找到登记表（工作表：{names}）。要找的是一行表头，至少含姓名、证件号码、"
            "户编号或人编号之一和另一列；用 fupin inspect 查看读到了什么，或用 --map 表头=列名 指明。",
            name=name,
            names=names,
        )
    )


def _nothing(files: tuple[Path, ...], failed: list[Failed]) -> InputError:
    if failed:
        return InputError("；".join(zh for _, zh, _ in failed), "; ".join(en for _, _, en in failed))
    where = "、".join(str(file) for file in files) or "（空文件夹）"
    return InputError(
        *both(
            "{where}：没有可读的登记表。请给出工作簿（如 .xlsx .xls .csv），或含工作簿的文件夹、压缩包。", where=where
        )
    )
