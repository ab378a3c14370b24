"""Help pages and usage errors in two languages, set to a width that counts Chinese characters as two."""

import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from fupin_cli.catalogue import both
from fupin_cli.cli.environment import explained, spoken, take_given, with_origin
from fupin_cli.cli.errors import guarded
from fupin_cli.cli.language import pick
from fupin_cli.cli.plain_values import read_plainly
from fupin_cli.errors import UsageError
from fupin_cli.reports.words import Lang

_WORDS = {
    "usage": both("用法"),
    "arguments": both("参数"),
    "options": both("选项"),
    "commands": both("命令"),
    "command": both("命令 ..."),
    "help": both("显示本说明。"),
}
_INDENT = 2
_LEFT = 30  # columns of the left half, where it stands


class BilingualCommand(TyperCommand):
    """A command whose help page is in the language of the run; environment and fupin.toml say what it leaves open."""

    def get_params(self, ctx: Any) -> Any:  # noqa: ANN401 - typer's own types are private
        """Return options and arguments."""
        return read_plainly(super().get_params(ctx))

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401 - typer's own types are private
        """Read the command line; what it leaves open stands as environment and file say."""
        take_given(self, ctx, args)
        try:
            return list(super().parse_args(ctx, args))
        except typer.BadParameter as error:
            raise explained(error, ctx, language_of(ctx)) from error

    def invoke(self, ctx: Any) -> Any:  # noqa: ANN401 - typer's own types are private
        """Run the command; an error about an option that nobody wrote on the line says where it comes from."""
        try:
            return super().invoke(ctx)
        except UsageError as error:
            raise with_origin(error, ctx) from error

    def format_help(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401 - typer's own types are private
        """Write the help page."""
        formatter.write(_page(self, ctx))


def later(where: str) -> Callable[[], Callable[..., None]]:
    """Return what stands for the function of a command until it is needed.

    Args:
        where: the module in cli/ and the function in it, as `rules:list_rules`.
    """

    def imported() -> Callable[..., None]:
        module, _, name = where.partition(":")
        function: Callable[..., None] = getattr(import_module(f"fupin_cli.cli.{module}"), name)
        return function

    return imported


class Later(TyperCommand):
    """A command whose module is imported when it is called: a run needs one of thirty, and all of them cost 0.2 s."""

    def command(self) -> Any:  # noqa: ANN401 - typer's own types are private
        """Return the command itself."""
        imported: Any = self.callback
        alone = typer.Typer(add_completion=False)
        alone.command(self.name, cls=BilingualCommand, help=self.help)(imported())
        return typer.main.get_command(alone)


class BilingualGroup(TyperGroup):
    """A group of commands whose help page is in the language of the run; at the root it also guards the exit code."""

    def get_params(self, ctx: Any) -> Any:  # noqa: ANN401 - typer's own types are private
        """Return options and arguments."""
        return read_plainly(super().get_params(ctx))

    def format_help(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401 - typer's own types are private
        """Write the help page."""
        formatter.write(_page(self, ctx))

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ANN401 - typer's own types are private
        """Return the command of this name."""
        command = super().get_command(ctx, cmd_name)
        if isinstance(command, Later):
            command = self.commands[cmd_name] = command.command()
        return command

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ANN401, ARG002 - typer's own types are private
        """Return the commands in the order they were declared."""
        return list(self.commands)

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,  # noqa: ARG002 - the command is called fupin however it was started
        complete_var: str | None = None,
        standalone_mode: bool = True,
        windows_expand_args: bool = True,
        **extra: Any,  # noqa: ANN401
    ) -> Any:  # noqa: ANN401
        """Run the command line and leave with the exit code of the contract."""
        lang = spoken(sys.argv[1:] if args is None else list(args), os.environ)
        run = super().main
        code = guarded(lambda: run(args, "fupin", complete_var, False, windows_expand_args, obj=lang, **extra), lang)
        if standalone_mode:
            sys.exit(code)
        return code


def language_of(ctx: Any) -> Lang:  # noqa: ANN401 - typer's own types are private
    """Return the language of the run a context belongs to."""
    return "en" if ctx.find_root().obj == "en" else "zh"


def _page(command: Any, ctx: Any) -> str:  # noqa: ANN401 - typer's own types are private
    from fupin_cli.cli.stream import columns
    from fupin_cli.reports.wrapping import wrap

    lang = language_of(ctx)
    width = min(columns(sys.stdout), 100)
    lines = [f"{_word('usage', lang)}: {ctx.command_path} {_pieces(command, ctx, lang)}", ""]
    lines += [f"{' ' * _INDENT}{line}".rstrip() for line in wrap(pick(command.help or "", lang), width - _INDENT)]
    sections: dict[str, list[tuple[str, str]]] = {"arguments": [], "options": [], "commands": []}
    for param in command.get_params(ctx):
        if getattr(param, "hidden", False):
            continue
        section = "arguments" if param.param_type_name == "argument" else "options"
        text = _word("help", lang) if param.name == "help" else pick(getattr(param, "help", None) or "", lang)
        sections[section].append((_left(param, lang), text))
    for name, sub in getattr(command, "commands", {}).items():
        sections["commands"].append((name, pick(sub.help or "", lang).splitlines()[0]))
    for section, rows in sections.items():
        if rows:
            lines += ["", f"{_word(section, lang)}:", *_rows(rows, width)]
    return "\n".join(lines) + "\n"


def _pieces(command: Any, ctx: Any, lang: Lang) -> str:  # noqa: ANN401 - typer's own types are private
    """What stands behind the command in its usage line."""
    arguments = [_left(param, lang) for param in command.get_params(ctx) if param.param_type_name == "argument"]
    sub = [_word("command", lang)] if getattr(command, "commands", None) else []
    return " ".join([f"[{_word('options', lang)}]", *arguments, *sub])


def _left(param: Any, lang: Lang) -> str:  # noqa: ANN401 - typer's own types are private
    metavar = pick(param.metavar or "", lang)
    if param.param_type_name == "argument":
        return metavar or param.name.upper()
    return " ".join(part for part in (", ".join(param.opts), metavar) if part)


def _rows(rows: list[tuple[str, str]], width: int) -> list[str]:
    from fupin_cli.reports.wrapping import width as columns_of
    from fupin_cli.reports.wrapping import wrap

    lines: list[str] = []
    for left, text in rows:
        wrapped = wrap(text, width - _INDENT - _LEFT)
        gap = _LEFT - columns_of(left)
        if gap >= 2:
            lines.append(" " * _INDENT + left + " " * gap + wrapped.pop(0))
        else:
            lines.append(" " * _INDENT + left)
        lines += [" " * (_INDENT + _LEFT) + line for line in wrapped]
    return [line.rstrip() for line in lines]


def _word(key: str, lang: Lang) -> str:
    return _WORDS[key][lang == "en"]
