"""`fupin rules list | show | profiles | test`: the rule book shown, or its examples judged."""

import typer

from fupin_cli.catalogue import both
from fupin_cli.cli import options, rule_options
from fupin_cli.cli.arguments import day, parts, today
from fupin_cli.cli.help import language_of
from fupin_cli.cli.progress import shown
from fupin_cli.cli.stream import emit, show_form
from fupin_cli.errors import UsageError
from fupin_cli.model.settings import Settings
from fupin_cli.reports.words import Lang, Look


def list_rules(  # noqa: PLR0913, PLR0917 - one parameter an option
    ctx: typer.Context,
    theme: options.Theme = None,
    select: options.Select = None,
    severity: rule_options.Severities = None,
    scope: rule_options.Scopes = None,
    tag: rule_options.Tags = None,
    needs_list: rule_options.NeedsList = None,
    rules: options.RulesDir = None,
    form: rule_options.ListForm = "terminal",
    lang: options.Speak = None,  # noqa: ARG001 - read before the command line is parsed
) -> None:
    """List the rules, all or some."""
    from fupin_cli.jobs.rule_choice import RuleFilter, chosen_rules, lists_needed
    from fupin_cli.reports.rule_json import rules_json
    from fupin_cli.reports.rule_list import rule_list, rule_table
    from fupin_cli.rules import load_rulebook

    wanted = RuleFilter(
        ids=(*parts(theme), *parts(select)),
        severities=parts(severity),
        scopes=parts(scope),
        tags=parts(tag),
        lists=parts(needs_list),
    )
    listed = chosen_rules(load_rulebook(rules), wanted)
    look = Look(language_of(ctx))
    if form == "markdown":
        emit(rule_table(listed, look.lang))
    elif form == "json":
        show_form(form, lambda page: rules_json([(rule, lists_needed(rule)) for rule in listed], page.lang), look)
    else:
        show_form(form, lambda page: rule_list(listed, page), look)


def show(  # noqa: PLR0913, PLR0917 - one parameter an option
    ctx: typer.Context,
    id_: options.RuleId,
    as_of: rule_options.ShownDay = None,
    region: rule_options.ShownRegion = None,
    profile: options.ProfileName = None,
    rules: options.RulesDir = None,
    form: options.FormName = "terminal",
    lang: options.Speak = None,  # noqa: ARG001 - read before the command line is parsed
) -> None:
    """Show all there is to say of one rule."""
    from fupin_cli.jobs.rule_page import rule_page
    from fupin_cli.reports.rule_json import page_json
    from fupin_cli.reports.rule_pages import rule_text

    settings = Settings(today=today(), as_of=day(as_of, "--as-of"), region=region, profile=profile)
    page = rule_page(id_, settings, rules)
    made = (lambda look: page_json(page, look.lang)) if form == "json" else (lambda look: rule_text(page, look))
    show_form(form, made, Look(language_of(ctx)))


def profiles(
    ctx: typer.Context,
    names: rule_options.ProfileNames = None,
    rules: options.RulesDir = None,
    form: rule_options.ListForm = "terminal",
    lang: options.Speak = None,  # noqa: ARG001 - read before the command line is parsed
) -> None:
    """Show profiles side by side, or one of them whole."""
    from fupin_cli.jobs.profiles import profile_table
    from fupin_cli.reports.profile_forms import profiles_json, profiles_markdown
    from fupin_cli.reports.profile_text import profiles_text

    table = profile_table(names or (), rules)
    look = Look(language_of(ctx))
    if form == "markdown":
        emit(profiles_markdown(table, look.lang))
        return
    made = (
        (lambda page: profiles_json(table, page.lang)) if form == "json" else (lambda page: profiles_text(table, page))
    )
    show_form(form, made, look)


def run_examples(  # noqa: PLR0913, PLR0917 - one parameter an option
    ctx: typer.Context,
    select: options.Select = None,
    rules: options.RulesDir = None,
    mutate: options.Mutate = False,
    thorough: options.Thorough = False,
    quiet: options.Quiet = False,
    lang: options.Speak = None,  # noqa: ARG001 - read before the command line is parsed
) -> None:
    """Judge every example of the rule files; exit 1 when a verdict is not the one the file says.

    With --mutate, judge the rules with one thing changed; exit 1 when no example notices.
    """
    from fupin_cli.jobs.rules import run_examples as run

    if mutate or thorough:
        from fupin_cli.cli.mutation import run_mutants

        raise typer.Exit(run_mutants(rules, parts(select), language_of(ctx), thorough=thorough, quiet=quiet))
    with shown(language_of(ctx), quiet=quiet) as progress:
        try:
            tested = run(rules, parts(select), progress)
        except UsageError:
            from fupin_cli.jobs.rule_choice import refuse_retired
            from fupin_cli.rules import load_rulebook

            refuse_retired(parts(select), load_rulebook(rules))  # a rule that is no more: rather say what became of it
            raise
    lang_ = language_of(ctx)
    english, made = lang_ == "en", tested.branches
    for wrong in tested.wrong:
        place = f"{wrong.file}:{wrong.line}: {wrong.rule}"
        expected, got = (_verdict(verdict, lang_) for verdict in (wrong.expected, wrong.got))
        emit(both("{place}：应为{expected}，实为{got}\n", place=place, expected=expected, got=got)[english])
    emit(
        both(
            "规则 {rules} 条，示例 {examples} 个，不符 {n} 个。\n",
            rules=tested.rules,
            examples=tested.examples,
            n=len(tested.wrong),
        )[english]
    )
    if made.all:
        told = both(
            "条件的分支 {all} 个：示例使 {true} 个为真、{false} 个为假、{unknown} 个无法判断。\n",
            all=made.all,
            true=made.true,
            false=made.false,
            unknown=made.unknown,
        )
        emit(told[english])
    raise typer.Exit(int(bool(tested.wrong)))


def _verdict(verdict: str, lang: Lang) -> str:
    names = {"pass": "通过", "fail": "不符", "unknown": "无法判断", "not applicable": "不适用"}
    return names.get(verdict, verdict) if lang == "zh" else verdict
