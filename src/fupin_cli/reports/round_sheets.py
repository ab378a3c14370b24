"""What became of the sheets of a round in; terminal lines or JSON out."""

import json
from dataclasses import asdict
from pathlib import Path

from fupin_cli.model.doubt_sheet import Collected, IssuedSheets, ReturnedFile
from fupin_cli.reports.lines import printable
from fupin_cli.reports.words import Lang

_SHOWN = 5  # numbers of missing lines
_TOLD = 50  # lines that are told one by one on the terminal


def issued_lines(found: IssuedSheets, lang: Lang) -> list[str]:
    """Return the page of `fupin round issue`."""
    total = sum(each.lines for each in found.files)
    if lang == "en":
        lines = [f"Round {found.round}: {len(found.files)} workbook(s) with {total} doubt(s) in {found.folder}."]
        lines += [f"  {each.file}: {each.lines}" for each in found.files]
        lines.append(
            "Names and numbers are masked."
            if found.masked
            else "Names and numbers are not masked: for the villages only."
        )
        return [
            printable(line)
            for line in [*lines, *(["Handed out before; the files are the same."] if found.again else [])]
        ]
    lines = [f"第 {found.round} 轮：{len(found.files)} 份疑点表、{total} 条疑点，写在 {found.folder}。"]
    lines += [f"  {each.file}：{each.lines} 条" for each in found.files]
    lines.append(
        "姓名、证件号码已遮盖。" if found.masked else "表内姓名、证件号码没有遮盖，只发给核实的村，不得转发、公示。"
    )
    return [printable(line) for line in [*lines, *(["以前已经下发过，文件没有变化。"] if found.again else [])]]


def collected_lines(found: Collected, lang: Lang) -> list[str]:
    """Return the page of `fupin round collect`: file by file, then each line of which something is to be said."""
    en = lang == "en"
    taken = sum(each.taken for each in found.files)
    head = f"Round {found.round}: {taken} answer(s) taken from {len(found.files)} file(s)." if en else (
        f"第 {found.round} 轮：{len(found.files)} 个文件，收下 {taken} 条反馈。"
    )  # fmt: skip
    lines = [head, *(line for each in found.files for line in _file(each, lang))]
    told = [each for each in found.lines if each.zh and not _is_blank(each.zh)]
    for each in told[:_TOLD]:
        name, said = Path(each.file).name, each.en if en else each.zh
        where = f"{name} row {each.row}" if en else f"{name} 第{each.row}行"
        lines.append(
            f"  {where}{' ' + each.doubt if each.doubt else ''}{': ' if en else '：'}{said}{'.' if en else '。'}"
        )
    if len(told) > _TOLD:
        rest = len(told) - _TOLD
        lines.append(
            f"  {rest} more: --format json tells them all." if en else f"  还有 {rest} 行，用 --format json 查看。"
        )
    for file, count in found.outstanding:
        lines.append(f"Not returned: {file} ({count})." if en else f"还没有交回：{file}（{count} 条）。")
    lines += [note[en] for note in found.notes]
    lines += [_failed(path, said_en if en else zh, lang) for path, zh, said_en in found.failed_files]
    return [printable(line) for line in lines]


def _is_blank(zh: str) -> bool:
    return zh == "还没有填写"


def _failed(path: str, said: str, lang: Lang) -> str:
    shown = said if path in said else f"{Path(path).name}{': ' if lang == 'en' else '：'}{said}"
    return f"Not read: {shown}" if lang == "en" else f"没有读到：{shown}"


def _file(each: ReturnedFile, lang: Lang) -> list[str]:
    name = Path(each.file).name
    if lang == "en":
        lines = [
            f"  {name}: {each.taken} taken, {each.refused} not taken, {each.again} taken before or twice, {each.blank} blank."
        ]
        if each.missing:
            lines.append(
                f"    {len(each.missing)} line(s) are missing: {', '.join(each.missing[:_SHOWN])}{' …' if len(each.missing) > _SHOWN else ''}"
            )
        return lines
    lines = [
        f"  {name}：收下 {each.taken} 条，没有收下 {each.refused} 条，重复 {each.again} 条，没有填写 {each.blank} 条。"
    ]
    if each.missing:
        lines.append(
            f"    少了 {len(each.missing)} 行：{'、'.join(each.missing[:_SHOWN])}{' 等' if len(each.missing) > _SHOWN else ''}"
        )
    return lines


def to_json(found: IssuedSheets | Collected) -> str:
    """Return the result as JSON, version 1."""
    if isinstance(found, IssuedSheets):
        page = {"version": 1, **asdict(found), "notes": [list(note) for note in found.notes]}
    else:
        page = {
            "version": 1,
            "round": found.round,
            "files": [asdict(each) for each in found.files],
            "lines": [asdict(each) for each in found.lines],
            "outstanding": [{"file": file, "lines": count} for file, count in found.outstanding],
            "notes": [list(note) for note in found.notes],
            "failed_files": [{"file": path, "zh": zh, "en": en} for path, zh, en in found.failed_files],
        }
    return json.dumps(page, ensure_ascii=False, indent=2) + "\n"
