"""What the reader understood of the files in, a terminal page out: as wide as the terminal, long headings cut in the middle."""

from collections.abc import Iterator, Sequence

from fupin_cli.model.inspection import Inspection, SeenSheet, SeenTable
from fupin_cli.reports.inspect_words import (
    alike,
    facts,
    how_word,
    left_out_lines,
    no_registry,
    others_line,
    sample_key,
    sum_line,
    word,
)
from fupin_cli.reports.lines import Line, block
from fupin_cli.reports.page import page_of
from fupin_cli.reports.words import Look
from fupin_cli.reports.wrapping import width

MANY = 5  # files; of more only the main facts are listed
_LISTED = 50  # files that are listed at all
_DOUBTS = 12  # of one table
_CAPS = (7, 200, 18, 10, 22)  # widths of the columns where, heading, read as, how, sample; the heading has the rest
_LEAST = 14  # of a heading


def to_text(inspections: Sequence[Inspection], look: Look) -> str:
    """Return the page as text of `look.width` columns."""
    from rich.text import Text

    console, page = page_of(look)
    for line in _lines(inspections, look):
        text = Text()
        for part, style in line:
            text.append(part, style=style)
        console.print(text, no_wrap=True, overflow="ignore", crop=False)
    lines = [line.rstrip() for line in page.getvalue().splitlines()]
    return "\n".join(lines).strip("\n") + "\n"


def _lines(inspections: Sequence[Inspection], look: Look) -> Iterator[Line]:
    for note in (note[look.lang == "en"] for each in inspections for note in each.notes):
        yield from block(note, look.width, "    ", "  ! ", "yellow")
    many = len(inspections) > MANY
    if many:
        yield from block(word("many", look.lang), look.width, "")
        yield ()
    for inspection in inspections[:_LISTED]:
        yield from _file(inspection, look, brief=many)
        yield ()
    if len(inspections) > _LISTED:
        yield from block(word("more_files", look.lang).format(len(inspections) - _LISTED), look.width, "")


def _file(inspection: Inspection, look: Look, *, brief: bool) -> Iterator[Line]:
    yield from block(str(inspection.file), look.width, "", style="bold")
    for told, key, style in ((inspection.failed, "failed", "bold red"), (inspection.skipped, "skipped", "")):
        if told:
            yield from block(word(key, look.lang) + told[look.lang == "en"], look.width, "  ", style=style)
    for seen in inspection.sheets:
        if seen.tables:
            yield from _sheet(seen, look, brief=brief)
    bare = [seen for seen in inspection.sheets if not seen.tables]
    if bare:
        if not brief:
            yield ()
        yield from block(no_registry(bare, look.lang), look.width, "    ", "  ")
        if not brief and any(seen.sheet.row_count for seen in bare):
            yield from block(word("no_table", look.lang), look.width, "    ")


def _sheet(seen: SeenSheet, look: Look, *, brief: bool) -> Iterator[Line]:
    name = seen.sheet.name or word("csv", look.lang)
    hidden = f"（{word('hidden', look.lang)}）" if seen.sheet.hidden else ""
    if not brief:
        yield ()
    yield from block(f"{name}{hidden}", look.width, "  ", style="bold cyan")
    for group in alike(seen.tables):
        yield from (_brief(group[0], look) if brief else _table(group[0], look))
        if len(group) > 1:
            yield from block(others_line(group, look.lang), look.width, "    ")
    yield from block(sum_line(seen.account, look.lang), look.width, "      ", "    ")
    if seen.account.strays and not brief:
        strays = "  ".join(f"{stray.cells} {stray.text}" for stray in seen.account.strays)
        told = word("outside", look.lang).format(seen.account.outside) + strays
        yield from block(told, look.width, "      ", "    ", "yellow")


def _brief(seen: SeenTable, look: Look) -> Iterator[Line]:
    layout = seen.layout
    told = word("brief", look.lang).format(len(layout.columns), len(layout.unmapped), len(layout.doubts))
    yield from block(" · ".join([*facts(seen, look.lang), told]), look.width, "      ", "    ")


def _table(seen: SeenTable, look: Look) -> Iterator[Line]:
    layout = seen.layout
    if layout.title:
        yield from block(layout.title, look.width, "    ")
    yield from block(" · ".join(facts(seen, look.lang)), look.width, "      ", "    ")
    yield from _columns(seen, look)
    if layout.unmapped:
        yield from block(word("unknown", look.lang), look.width, "    ", style="bold")
        yield from _unknown(seen, look)
    if layout.unread:
        unread = "、".join(f"{where} {_cut(heading, 30)}" for where, heading in layout.unread.items())
        yield from block(word("unread", look.lang) + unread, look.width, "      ", "    ")
    left_out = list(left_out_lines(layout.left_out, look.lang))
    if left_out:
        yield from block(word("left_out", look.lang), look.width, "    ", style="bold")
        for rows, reason in left_out:
            yield from block(f"{rows}  {reason}", look.width, "        ", "      ")
    if layout.doubts:
        yield from block(word("doubts", look.lang), look.width, "    ", style="bold")
        for doubt in layout.doubts[:_DOUBTS]:
            yield from block(doubt[look.lang == "en"], look.width, "        ", "      ! ", "yellow")
        if len(layout.doubts) > _DOUBTS:
            yield from block(word("and_more", look.lang).format(len(layout.doubts)), look.width, "      ")


def _columns(seen: SeenTable, look: Look) -> Iterator[Line]:
    """The mapping as a table; a heading that says what the column is called is not told apart."""
    heads = tuple(word(key, look.lang) for key in ("column", "heading", "meaning", "how", sample_key(seen)))
    rows = [
        (each.where, each.heading, each.column, how_word(each, look.lang), seen.sample.get(each.column, ""))
        for each in seen.layout.columns
    ]
    if not rows:
        return
    if not any(row[4] for row in rows):
        heads = (*heads[:4], "")
    natural = [max(width(row[i]) for row in (heads, *rows)) for i in range(5)]
    widths = [min(cap, own) for cap, own in zip(_CAPS, natural, strict=True)]
    room = look.width - 4 - 2 * 4 - (sum(widths) - widths[1])
    widths[1] = min(widths[1], max(_LEAST, room))
    short = max(0, widths[1] - max(room, 0))  # a narrow terminal takes it from the sample
    widths[4] = max(0, widths[4] - short)
    yield (("    " + "  ".join(_padded(_cut(head, size), size) for head, size in zip(heads, widths, strict=True)), ""),)
    yield (("    " + "─" * min(look.width - 4, sum(widths) + 8), ""),)
    for row, mapped in zip(rows, seen.layout.columns, strict=True):
        text = "  ".join(_padded(_cut(part, size), size) for part, size in zip(row, widths, strict=True))
        yield (("    " + text, "yellow" if mapped.how in ("nearest", "values") else ""),)


def _unknown(seen: SeenTable, look: Look) -> Iterator[Line]:
    nameless = [where for where, heading in seen.layout.unmapped.items() if not heading]
    if nameless:
        yield from block(
            f"{'、'.join(nameless)}  {word('no_heading', look.lang)}", look.width, "        ", "      ", "yellow"
        )
    for where, heading in seen.layout.unmapped.items():
        if not heading:
            continue
        near = seen.nearest.get(where)
        advice = f"  {word('nearest_is', look.lang)}{near[0]} {near[1]:.0f}" if near else ""
        room = look.width - 6 - 6 - width(advice)
        shown = _cut(heading, max(_LEAST, room))
        yield ((f"      {_padded(where, 4)}  {shown}{advice}", "yellow"),)


def _cut(text: str, columns: int) -> str:
    """Shorten a text in its middle: what tells two headings of one band apart stands at the end."""
    plain = "".join(" " if ord(char) < 32 or 0x7F <= ord(char) < 0xA0 or char in _STEERING else char for char in text)
    if width(plain) <= columns:
        return plain
    if columns < 5:
        return "…"[:columns]
    head, tail = "", ""
    left = columns - 1
    for front, back in zip(plain, reversed(plain), strict=True):
        if width(tail) + width(back) + width(head) > left:
            break
        tail = back + tail
        if width(tail) + width(head) + width(front) > left:
            break
        head += front
    return f"{head}…{tail}"


_STEERING = frozenset(chr(code) for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A)))


def _padded(text: str, columns: int) -> str:
    return text + " " * (columns - width(text))
