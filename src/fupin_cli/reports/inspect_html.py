"""What the reader understood of the files in, one web page out that needs no network and no script, and prints well."""

from collections.abc import Iterator, Sequence

from fupin_cli.catalogue import both
from fupin_cli.model.inspection import Inspection, Row, SeenSheet, SeenTable
from fupin_cli.model.place import letter
from fupin_cli.reports.inspect_words import (
    REASONS,
    WENT,
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
from fupin_cli.reports.markup import html_text, paragraph
from fupin_cli.reports.words import Lang

_WIDEST = 120  # columns of a picture
_LONGEST = 24  # characters of one of its cells
_TITLE = both("读表结果")
_PICTURE = both("表的样子（前几行，和没有当作数据的行；内容已遮盖）")
_STYLE = """
body{font:14px/1.5 "Microsoft YaHei","PingFang SC","Noto Sans CJK SC","Droid Sans Fallback",sans-serif;margin:1.5em;color:#222}
h1{font-size:20px}h2{font-size:17px;border-bottom:2px solid #888;margin-top:1.6em;word-break:break-all}h3{font-size:15px;margin-bottom:.3em}
table{border-collapse:collapse;margin:.4em 0 1em}td,th{border:1px solid #bbb;padding:1px 6px;text-align:left;vertical-align:top}
th{background:#eee;font-weight:600}.wide{overflow-x:auto}.picture td{white-space:nowrap;font-size:12px}
.picture th{font-size:11px;color:#555;font-weight:400}.sum{font-weight:600}.doubt{color:#8a5a00}.failed{color:#b00020}
.read{background:#e3f1e1}.heading{background:#cfe0f5}.left{background:#ececec;color:#666}.unmapped{background:#fff0c2}
.unread{background:#f1e4f5}.serial{background:#f6f6f6;color:#777}.outside{background:#fbd9d3}.covered{color:#aaa}
.key span{padding:1px 8px;margin-right:6px;border:1px solid #bbb}.guess{background:#fff0c2}
@media print{body{margin:0;font-size:11px}.wide{overflow:visible}h2,h3{break-after:avoid}tr{break-inside:avoid}
*{-webkit-print-color-adjust:exact;print-color-adjust:exact}}
"""


def to_html(inspections: Sequence[Inspection], lang: Lang) -> str:
    """Return the page."""
    title = _TITLE[lang == "en"]
    parts = [
        f'<!DOCTYPE html>\n<html lang="{"en" if lang == "en" else "zh-CN"}">\n<head><meta charset="utf-8">\n<meta name="generator" content="fupin">',
        f"<title>{title} · fupin</title><style>{_STYLE}</style></head>\n<body><h1>{title}</h1>",
        _key(lang),
    ]
    parts += [paragraph(note[lang == "en"], "doubt") for each in inspections for note in each.notes]
    for inspection in inspections:
        parts += _file(inspection, lang)
    return "\n".join([*parts, "</body></html>"]) + "\n"


def _key(lang: Lang) -> str:
    shown = ("heading", "read", "left out", "unmapped", "unread", "serial", "outside")
    return (
        '<p class="key">'
        + "".join(f'<span class="{went.split()[0]}">{WENT[went][lang == "en"]}</span>' for went in shown)
        + "</p>"
    )


def _file(inspection: Inspection, lang: Lang) -> Iterator[str]:
    yield f"<h2>{html_text(str(inspection.file))}</h2>"
    if inspection.failed:
        yield paragraph(word("failed", lang) + inspection.failed[lang == "en"], "failed")
    if inspection.skipped:
        yield paragraph(word("skipped", lang) + inspection.skipped[lang == "en"])
    for seen in inspection.sheets:
        if seen.tables:
            yield from _sheet(seen, lang)
    bare = [seen for seen in inspection.sheets if not seen.tables]
    if bare:
        yield paragraph(no_registry(bare, lang))
        if any(seen.sheet.row_count for seen in bare):
            yield paragraph(word("no_table", lang))
        for seen in bare:
            if seen.picture:
                yield f"<h3>{html_text(seen.sheet.name or word('csv', lang))}</h3>"
                yield from _picture(seen, lang)


def _sheet(seen: SeenSheet, lang: Lang) -> Iterator[str]:
    hidden = f"（{word('hidden', lang)}）" if seen.sheet.hidden else ""
    yield f"<h3>{html_text(seen.sheet.name or word('csv', lang))}{hidden}</h3>"
    yield paragraph(sum_line(seen.account, lang), "sum")
    yield from _picture(seen, lang)
    if seen.account.strays:
        told = "  ".join(f"{stray.cells} {stray.text}" for stray in seen.account.strays)
        yield paragraph(word("outside", lang).format(seen.account.outside) + told)
    for group in alike(seen.tables):
        yield from _table(group[0], lang)
        if len(group) > 1:
            yield paragraph(others_line(group, lang))


def _picture(seen: SeenSheet, lang: Lang) -> Iterator[str]:
    """The telling rows as a small coloured sheet; three points stand for the rows between."""
    if not seen.picture:
        return
    columns = min(_WIDEST, max(len(row.cells) for row in seen.picture))
    heads = "".join(f"<th>{letter(i)}</th>" for i in range(columns))
    yield f'<div class="wide"><table class="picture"><caption>{_PICTURE[lang == "en"]}</caption>'
    yield f"<tr><th></th>{heads}<th></th></tr>"
    before = 0
    for row in seen.picture:
        if row.number > before + 1 and before:
            yield f'<tr><th>⋮</th><td colspan="{columns + 1}"></td></tr>'
        before = row.number
        yield _picture_row(row, columns, lang)
    yield "</table></div>"


def _picture_row(row: Row, columns: int, lang: Lang) -> str:
    cells = []
    for text, went in row.cells[:columns]:
        shown = text if len(text) <= _LONGEST else f"{text[: _LONGEST // 2]}…{text[-_LONGEST // 2 + 1 :]}"
        cells.append(f'<td class="{went.split()[0]}">{html_text(shown)}</td>' if went else "<td></td>")
    why = REASONS[row.why][lang == "en"] if row.why in REASONS else ""
    return f"<tr><th>{row.number}</th>{''.join(cells)}<th>{why}</th></tr>"


def _table(seen: SeenTable, lang: Lang) -> Iterator[str]:
    layout = seen.layout
    yield paragraph(" · ".join([*([layout.title] if layout.title else []), *facts(seen, lang)]))
    heads = "".join(f"<th>{word(key, lang)}</th>" for key in ("column", "heading", "meaning", "how", sample_key(seen)))
    yield f"<table><tr>{heads}</tr>"
    for each in layout.columns:
        style = ' class="guess"' if each.how in ("nearest", "values") else ""
        told = (each.where, each.heading, each.column, how_word(each, lang), seen.sample.get(each.column, ""))
        yield f"<tr{style}>" + "".join(f"<td>{html_text(part)}</td>" for part in told) + "</tr>"
    yield "</table>"
    if layout.unmapped:
        yield paragraph(word("unknown", lang))
        yield "<table>"
        for where, heading in layout.unmapped.items():
            near = seen.nearest.get(where)
            advice = f"{word('nearest_is', lang)}{near[0]} {near[1]:.0f}" if near else ""
            unknown = (where, heading or word("no_heading", lang), advice)
            yield '<tr class="unmapped">' + "".join(f"<td>{html_text(part)}</td>" for part in unknown) + "</tr>"
        yield "</table>"
    if layout.unread:
        yield paragraph(
            word("unread", lang) + "、".join(f"{where} {heading}" for where, heading in layout.unread.items())
        )
    for rows, reason in left_out_lines(layout.left_out, lang):
        yield paragraph(f"{rows}：{reason}")
    for doubt in layout.doubts:
        yield paragraph(doubt[lang == "en"], "doubt")
