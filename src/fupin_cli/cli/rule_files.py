"""`fupin rules new | schema | docs`: files made for rules, or from them."""

import json
from pathlib import Path

import typer

from fupin_cli.catalogue import both
from fupin_cli.cli import options, rule_options
from fupin_cli.cli.help import language_of
from fupin_cli.cli.stream import emit, escaped, speaks_utf8, tell

OWN_FOLDER = Path("本县规则")
PAGES = Path("docs/rules")


def new(
    ctx: typer.Context,
    wanted: rule_options.IdOrTheme,
    name: rule_options.NewName,
    output: rule_options.NewFolder = None,
    rules: options.RulesDir = None,
    lang: options.Speak = None,  # noqa: ARG001 - read before the command line is parsed
) -> None:
    """Write a skeleton rule file."""
    from fupin_cli.jobs.rule_new import as_typed, new_rule

    folder = output or rules or OWN_FOLDER
    id_, place = new_rule(wanted.upper(), name.strip(), folder, rules, language_of(ctx))
    emit(
        both(
            "已写入 {place}\n请逐行改成您要查的问题，示例一定要换成自己的；改好后检验：\n  fupin rules test "
            "--rules {as_typed} --select {id}\n",
            place=place,
            as_typed=as_typed(folder),
            id=id_,
        )[language_of(ctx) == "en"]
    )


def schema(
    kind: rule_options.Kind = "rule",
    output: rule_options.SchemaFile = None,
    rules: options.RulesDir = None,
    lang: options.Speak = None,  # noqa: ARG001 - read before the command line is parsed
) -> None:
    """Print the JSON Schema of one kind of file."""
    import sys

    from fupin_cli.jobs.rule_schema import rule_schema

    text = json.dumps(rule_schema(kind, rules), ensure_ascii=False, indent=2) + "\n"
    if output is None:
        emit(text if speaks_utf8(sys.stdout) else escaped(text))
        return
    from fupin_cli.reports.output import written_beside

    with written_beside(output) as beside:
        beside.write_text(text, encoding="utf-8", newline="\n")


def docs(
    ctx: typer.Context,
    output: rule_options.DocsFolder = PAGES,
    check: rule_options.CheckOnly = False,
    rules: options.RulesDir = None,
    lang: options.Speak = None,  # noqa: ARG001 - read before the command line is parsed
) -> None:
    """Write the pages about the rules, or say which are stale."""
    from fupin_cli.jobs.rule_docs import compare_pages, stale_sentence, write_pages

    english = language_of(ctx) == "en"
    pages = compare_pages(output, rules)
    if check:
        told = stale_sentence(output, pages)
        if told is not None:
            tell(told[english])
        raise typer.Exit(int(told is not None))
    write_pages(output, pages)
    n, changed, gone = len(pages.all), len(pages.changed), len(pages.gone)
    emit(
        both(
            "{output}：共 {n} 页，写入 {changed} 页，删除 {gone} 页。\n", output=output, n=n, changed=changed, gone=gone
        )[english]
    )
