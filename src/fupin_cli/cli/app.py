"""The command line: which commands there are, and their help."""

import typer

from fupin_cli import __version__
from fupin_cli.cli import audit, inspect, rules
from fupin_cli.cli.help import BilingualCommand, BilingualGroup
from fupin_cli.cli.language import say
from fupin_cli.cli.options import Speak
from fupin_cli.cli.stream import emit

app = typer.Typer(
    cls=BilingualGroup,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help=say(
        "核查扶贫与防返贫监测登记表：每一处问题说明在哪个单元格、为什么、依据什么、怎么办。",
        "Audit poverty-registry workbooks: every discrepancy with its cell, reason, basis and remedy.",
    ),
)
rules_app = typer.Typer(
    cls=BilingualGroup,
    no_args_is_help=True,
    help=say("查看与检验规则。", "Look at the rules, and test them."),
)


def _print_version(asked: bool) -> None:
    if asked:
        emit(f"fupin {__version__}\n")
        raise typer.Exit


@app.callback()
def _root(
    lang: Speak = None,
    version: bool = typer.Option(
        False,
        "--version",
        callback=_print_version,
        is_eager=True,
        help=say("显示版本。", "Show the version."),
        show_default=False,
    ),
) -> None:
    """Read what stands before the command; the language was read already."""


def _version(lang: Speak = None) -> None:  # noqa: ARG001 - read before the command line is parsed
    """Show the version."""
    _print_version(True)


app.command(
    "audit",
    cls=BilingualCommand,
    help=say(
        "核查登记表，列出每一处问题。\n\n退出码：0 没有，1 有问题，2 用法有误，3 无法运行，130 已中断。",
        "Check workbooks against the rules and show every finding.\n\n"
        "Exit code: 0 none, 1 findings, 2 wrong usage, 3 could not run, 130 interrupted.",
    ),
)(audit.audit)
app.command(
    "inspect",
    cls=BilingualCommand,
    help=say(
        "显示读表结果：工作表、表头行、列的对应、未读的行。",
        "Show what the reader understood: sheets, heading rows, columns, what it left out.",
    ),
)(inspect.inspect)
rules_app.command("list", cls=BilingualCommand, help=say("列出规则。", "List the rules."))(rules.list_rules)
rules_app.command("show", cls=BilingualCommand, help=say("显示一条规则的全文。", "Show one rule in full."))(rules.show)
rules_app.command(
    "test",
    cls=BilingualCommand,
    help=say("用规则文件里的示例检验规则。", "Test the rules on the examples of their files."),
)(rules.run_examples)


@rules_app.callback()
def _rules_root(lang: Speak = None) -> None:
    """Take --lang before the command too; it was read already."""


app.add_typer(rules_app, name="rules")
app.command("version", cls=BilingualCommand, help=say("显示版本。", "Show the version."))(_version)
