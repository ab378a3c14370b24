"""`fupin rules test --mutate`: what no example of the rule files notices, one line each."""

from pathlib import Path
from typing import get_args

from fupin_cli.catalogue import both
from fupin_cli.cli.progress import shown
from fupin_cli.cli.stream import emit
from fupin_cli.reports.words import Lang

_SAYS = {  # what is wrong with a mutant → (zh, en)
    "": both("没有示例能发现改动“{}”"),
    "caught": both("equivalent 里的“{}”有示例能发现，请删去"),
    "none": both("equivalent 里的“{}”不是这条规则的改动"),
}


def run_mutants(rules: Path | None, select: tuple[str, ...], lang: Lang, *, thorough: bool, quiet: bool) -> int:
    """Judge the mutants of the selected rules, tell what no example catches, and return the exit code.

    Args:
        rules: more rules than those of fupin.
        select: ids or prefixes; () = all.
        lang: of the lines.
        thorough: every kind of change, not only those every rule must catch.
        quiet: no progress bar.
    """
    from fupin_cli.jobs.mutation import mutate
    from fupin_cli.jobs.rules import book
    from fupin_cli.plans.mutants import FLIPS, Change

    english = lang == "en"
    with shown(lang, quiet=quiet) as progress:
        told = mutate(book(rules), select, get_args(Change) if thorough else FLIPS, progress)
    for one in told.survivors:
        place, says = f"{one.file}:{one.line}: {one.rule}", _SAYS[one.why][english].format(one.mutant)
        emit(both("{place}：{says}\n", place=place, says=says)[english])
    left = sum(not one.why for one in told.survivors)
    emit(
        both(
            "规则 {rules} 条，改动 {mutants} 处，注明无差别的 {equivalent} 处，没有示例能发现的 {left} 处。\n",
            rules=told.rules,
            mutants=told.mutants,
            equivalent=told.equivalent,
            left=left,
        )[english]
    )
    return int(bool(told.survivors))
