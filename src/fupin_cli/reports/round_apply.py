"""What became of corrections in; terminal lines or JSON out."""

import json

from fupin_cli.catalogue import both
from fupin_cli.model.correction import Applied
from fupin_cli.reports.lines import printable
from fupin_cli.reports.words import Lang


def applied_lines(found: Applied, lang: Lang) -> list[str]:
    """Return the page of `fupin round apply`."""
    cells = sum(len(one.fixes) for one in found.cleaned.files)
    lines = [
        both(
            "第 {round} 轮：写入 {n} 条更正，{cells} 个格子；没有写 {n_refused} 条。",
            round=found.round,
            n=len(found.applied),
            cells=cells,
            n_refused=len(found.refused),
        ),
        *(both("  {doubt}：{one}。", doubt=one.doubt, one=(one.zh, one.en)) for one in found.refused),
        both("副本（没有遮盖）和 changes.jsonl 在 {folder}；核对后用 fupin round close 销号。", folder=found.folder),
    ]
    return [printable(line[lang == "en"]) for line in lines]


def applied_json(found: Applied) -> str:
    """Return the result as JSON, version 1; the cells stand in changes.jsonl."""
    page = {
        "version": 1,
        "round": found.round,
        "folder": found.folder,
        "applied": list(found.applied),
        "refused": [{"doubt": one.doubt, "zh": one.zh, "en": one.en} for one in found.refused],
        "files": [
            {"file": str(one.file), "copy": one.below, "cells": len(one.fixes), "sha256_after": one.sha256_after}
            for one in found.cleaned.files
        ],
        "failed_files": [{"file": path, "zh": zh, "en": en} for path, zh, en in found.cleaned.failed_files],
    }
    return json.dumps(page, ensure_ascii=False, indent=2) + "\n"
