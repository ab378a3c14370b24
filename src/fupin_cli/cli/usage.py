"""A command line that typer refused in, one sentence in the clerk's language out."""

import re
from typing import Any

import typer

from fupin_cli.cli.language import pick
from fupin_cli.reports.words import Lang

_QUOTED = re.compile(r"'([^']*)'")


def usage_sentence(error: typer.TyperException, lang: Lang) -> str:
    """Say in one sentence what is wrong with a command line, and where its help is."""
    if type(error).__name__ == "NoArgsIsHelpError":
        return error.message.rstrip("\n")
    context = getattr(error, "ctx", None)
    command = context.command_path if context is not None else "fupin"
    zh, en = _told(error, lang)
    return f"{en} See {command} --help." if lang == "en" else f"{zh}用法见 {command} --help。"


def _told(error: typer.TyperException, lang: Lang) -> tuple[str, str]:
    """What is wrong, in Chinese and English."""
    name = getattr(error, "option_name", None) or _called(getattr(error, "param", None), lang)
    match type(error).__name__:
        case "NoSuchOption":
            return _not_there(name, list(getattr(error, "possibilities", None) or ()), ("选项", "option"))
        case "MissingParameter":
            return f"缺少 {name}。", f"{name} is missing."
        case "BadOptionUsage" if "does not take" in error.message:
            return f"选项 {name} 后面不能有值。", f"Option {name} takes no value."
        case "BadOptionUsage":
            return f"选项 {name} 后面要有一个值。", f"Option {name} needs a value."
        case "BadParameter":
            return _bad_value(name, getattr(error, "param", None), error.message)
        case _:
            return _by_message(error.format_message().rstrip("."))


def _by_message(message: str) -> tuple[str, str]:
    """Errors that typer tells apart by their wording alone."""
    if message.startswith("No such command"):
        asked, *near = _QUOTED.findall(message)
        return _not_there(asked, near, ("命令", "command"))
    if message.startswith("Missing command"):
        return "缺少命令。", "A command is missing."
    if message.startswith("Got unexpected extra"):
        extra = message.rpartition("(")[2].rstrip(")")
        return f"多出来的参数：{extra}。", f"Unexpected: {extra}."
    return f"命令有误（{message}）。", f"{message}."


def _not_there(name: str, near: list[str], what: tuple[str, str]) -> tuple[str, str]:
    zh = f"（是不是 {'、'.join(near)}？）" if near else ""
    en = f" Did you mean {', '.join(near)}?" if near else ""
    return f"没有 {name} 这个{what[0]}{zh}。", f"There is no {what[1]} {name}.{en}"


def _bad_value(name: str, param: Any, message: str) -> tuple[str, str]:  # noqa: ANN401 - typer's own types are private
    choices = [str(choice) for choice in getattr(getattr(param, "type_descriptor", None), "choices", None) or ()]
    if not choices:
        return _bad_number(name, param) or (
            f"{name} 的值不对（{message.rstrip('.')}）。",
            f"{name}: {message.rstrip('.')}.",
        )
    return f"{name} 的值不对，可以是 {'、'.join(choices)}。", f"{name} must be one of {', '.join(choices)}."


def _bad_number(name: str, param: Any) -> tuple[str, str] | None:  # noqa: ANN401 - typer's own types are private
    """What a number must be; None of what is no number."""
    least = getattr(param, "min", None)
    if not isinstance(least, int):
        return None
    return f"{name} 的值不对，要写 {least} 或更大的整数。", f"{name} must be a whole number, {least} or more."


def _called(param: Any, lang: Lang) -> str:  # noqa: ANN401 - typer's own types are private
    if param is None:
        return ""
    if param.param_type_name == "argument":
        return pick(param.metavar or param.name, lang)
    return str(param.opts[0])
