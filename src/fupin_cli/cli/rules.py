"""`fupin rules list | show | test`: the rule book shown, or its examples judged."""

from difflib import get_close_matches
from typing import TYPE_CHECKING

import typer

from fupin_cli.cli import options
from fupin_cli.cli.arguments import parts
from fupin_cli.cli.help import language_of
from fupin_cli.cli.progress import shown
from fupin_cli.cli.stream import emit, show_form
from fupin_cli.errors import UsageError
from fupin_cli.reports.words import Lang, Look

if TYPE_CHECKING:
    from fupin_cli.model.rule import Rule


def list_rules(
    ctx: typer.Context,
    theme: options.Theme = None,
    select: options.Select = None,
    rules: options.RulesDir = None,
    form: options.FormName = "terminal",
    lang: options.Speak = None,  # noqa: ARG001 - read before the command line is parsed
) -> None:
    """List the rules, all or some."""
    from fupin_cli.reports.rule_pages import rule_list
    from fupin_cli.rules import load_rulebook

    chosen = (*parts(theme), *parts(select))
    book = load_rulebook(rules).rules
    for name in chosen:
        if not any(id_.startswith(name.upper()) for id_ in book):
            raise _unknown(name, book)
    upper = tuple(name.upper() for name in chosen)
    listed = [rule for id_, rule in book.items() if not upper or id_.startswith(upper)]
    show_form(form, lambda look: rule_list(listed, form, look), Look(language_of(ctx)))


def show(
    ctx: typer.Context,
    id_: options.RuleId,
    rules: options.RulesDir = None,
    form: options.FormName = "terminal",
    lang: options.Speak = None,  # noqa: ARG001 - read before the command line is parsed
) -> None:
    """Show one rule in full."""
    from fupin_cli.reports.rule_pages import rule_page
    from fupin_cli.rules import load_rulebook

    book = load_rulebook(rules).rules
    if id_.upper() not in book:
        raise _unknown(id_, book)
    show_form(form, lambda look: rule_page(book[id_.upper()], form, look), Look(language_of(ctx)))


def run_examples(
    ctx: typer.Context,
    select: options.Select = None,
    rules: options.RulesDir = None,
    quiet: options.Quiet = False,
    lang: options.Speak = None,  # noqa: ARG001 - read before the command line is parsed
) -> None:
    """Judge every example of the rule files; exit 1 when a verdict is not the one the file says."""
    from fupin_cli.jobs.rules import run_examples as run

    with shown(language_of(ctx), quiet=quiet) as progress:
        tested = run(rules, parts(select), progress)
    lang_ = language_of(ctx)
    english = lang_ == "en"
    for wrong in tested.wrong:
        place = f"{wrong.file}:{wrong.line}: {wrong.rule}"
        expected, got = (_verdict(verdict, lang_) for verdict in (wrong.expected, wrong.got))
        emit(f"{place}: expected {expected}, got {got}\n" if english else f"{place}：应为{expected}，实为{got}\n")
    if english:
        emit(f"{tested.rules} rules, {tested.examples} examples, {len(tested.wrong)} wrong.\n")
    else:
        emit(f"规则 {tested.rules} 条，示例 {tested.examples} 个，不符 {len(tested.wrong)} 个。\n")
    raise typer.Exit(int(bool(tested.wrong)))


def _verdict(verdict: str, lang: Lang) -> str:
    names = {"pass": "通过", "fail": "不符", "unknown": "无法判断", "not applicable": "不适用"}
    return names.get(verdict, verdict) if lang == "zh" else verdict


def _unknown(name: str, book: "dict[str, Rule]") -> UsageError:
    near = get_close_matches(name.upper(), book, n=3)
    zh = f"，是不是 {'、'.join(near)}？" if near else "；"
    en = f" Did you mean {', '.join(near)}?" if near else ""
    return UsageError(
        f"没有规则 {name}{zh}用 fupin rules list 查看全部规则。",
        f"There is no rule {name}.{en} `fupin rules list` shows them all.",
    )
