"""What became of the sheets of a round in; terminal lines or JSON out."""

import json
from pathlib import Path

from msgspec import to_builtins

from fupin_cli.catalogue import both, enumerated
from fupin_cli.model.doubt_sheet import Collected, IssuedSheets, ReturnedFile
from fupin_cli.reports.lines import printable
from fupin_cli.reports.words import Lang

_SHOWN = 5  # numbers of missing lines
_TOLD = 50  # lines that are told one by one on the terminal


def issued_lines(found: IssuedSheets, lang: Lang) -> list[str]:
    """Return the page of `fupin round issue`."""
    total = sum(each.lines for each in found.files)
    lines = [
        both(
            "第 {round} 轮：{n} 份疑点表、{total} 条疑点，写在 {folder}。",
            round=found.round,
            n=len(found.files),
            total=total,
            folder=found.folder,
        ),
        *(both("  {file}：{lines} 条", file=each.file, lines=each.lines) for each in found.files),
        (
            both("姓名、证件号码已遮盖。")
            if found.masked
            else both("表内姓名、证件号码没有遮盖，只发给核实的村，不得转发、公示。")
        ),
    ]
    if found.again:
        lines.append(both("以前已经下发过，文件没有变化。"))
    return [printable(line[lang == "en"]) for line in lines]


def collected_lines(found: Collected, lang: Lang) -> list[str]:
    """Return the page of `fupin round collect`: file by file, then each line of which something is to be said."""
    en = lang == "en"
    taken = sum(each.taken for each in found.files)
    head = both("第 {round} 轮：{n} 个文件，收下 {taken} 条反馈。", round=found.round, n=len(found.files), taken=taken)[en]  # fmt: skip
    lines = [head, *(line for each in found.files for line in _file(each, lang))]
    told = [each for each in found.lines if each.zh and not _is_blank(each.zh)]
    for each in told[:_TOLD]:
        name, said = Path(each.file).name, each.en if en else each.zh
        where = both("{name} 第{row}行", name=name, row=each.row)[en]
        lines.append(
            f"  {where}{' ' + each.doubt if each.doubt else ''}{both('：')[en]}{said}{both('。', 'round_sheets')[en]}"
        )
    if len(told) > _TOLD:
        rest = len(told) - _TOLD
        lines.append(both("  还有 {rest} 行，用 --format json 查看。", rest=rest)[en])
    for file, count in found.outstanding:
        lines.append(both("还没有交回：{file}（{count} 条）。", file=file, count=count)[en])
    lines += [note[en] for note in found.notes]
    lines += [_failed(path, said_en if en else zh, lang) for path, zh, said_en in found.failed_files]
    return [printable(line) for line in lines]


def _is_blank(zh: str) -> bool:
    return zh == "还没有填写"


def _failed(path: str, said: str, lang: Lang) -> str:
    shown = said if path in said else f"{Path(path).name}{both('：')[lang == 'en']}{said}"
    return both("没有读到：{shown}", shown=shown)[lang == "en"]


def _file(each: ReturnedFile, lang: Lang) -> list[str]:
    name = Path(each.file).name
    taken = both(
        "  {name}：收下 {taken} 条，没有收下 {refused} 条，重复 {again} 条，没有填写 {blank} 条。",
        name=name,
        taken=each.taken,
        refused=each.refused,
        again=each.again,
        blank=each.blank,
    )
    if not each.missing:
        return [taken[lang == "en"]]
    shown, more = each.missing[:_SHOWN], (" 等", " …") if len(each.missing) > _SHOWN else ("", "")
    missing = both("    少了 {n} 行：{shown}{more}", n=len(each.missing), shown=enumerated(shown), more=more)
    return [taken[lang == "en"], missing[lang == "en"]]


def to_json(found: IssuedSheets | Collected) -> str:
    """Return the result as JSON, version 1."""
    if isinstance(found, IssuedSheets):
        page = {"version": 1, **to_builtins(found), "notes": [list(note) for note in found.notes]}
    else:
        page = {
            "version": 1,
            "round": found.round,
            "files": to_builtins(found.files),
            "lines": to_builtins(found.lines),
            "outstanding": [{"file": file, "lines": count} for file, count in found.outstanding],
            "notes": [list(note) for note in found.notes],
            "failed_files": [{"file": path, "zh": zh, "en": en} for path, zh, en in found.failed_files],
        }
    return json.dumps(page, ensure_ascii=False, indent=2) + "\n"
