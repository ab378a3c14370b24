"""A command line that typer refused in, one sentence in the clerk's language out."""

import re
from typing import Any

import typer

from fupin_cli.catalogue import both, enumerated
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
    return both("{told}用法见 {command} --help。", told=(zh, en), command=command)[lang == "en"]


def _told(error: typer.TyperException, lang: Lang) -> tuple[str, str]:
    """What is wrong, in Chinese and English."""
    name = getattr(error, "option_name", None) or _called(getattr(error, "param", None), lang)
    match type(error).__name__:
        case "NoSuchOption":
            return _not_there(name, list(getattr(error, "possibilities", None) or ()), both("选项", "usage"))
        case "MissingParameter":
            return both("缺少 {name}。", name=name)
        case "BadOptionUsage" if "does not take" in error.message:
            return both("选项 {name} 后面不能有值。", name=name)
        case "BadOptionUsage":
            return both("选项 {name} 后面要有一个值。", name=name)
        case "BadParameter":
            return _bad_value(name, getattr(error, "param", None), error.message)
        case _:
            return _by_message(error.format_message().rstrip("."))


def _by_message(message: str) -> tuple[str, str]:
    """Errors that typer tells apart by their wording alone."""
    if message.startswith("No such command"):
        asked, *near = _QUOTED.findall(message)
        return _not_there(asked, near, both("命令", "usage"))
    if message.startswith("Missing command"):
        return both("缺少命令。")
    if message.startswith("Got unexpected extra"):
        extra = message.rpartition("(")[2].rstrip(")")
        return both("多出来的参数：{extra}。", extra=extra)
    return both("命令有误（{message}）。", message=message)


def _not_there(name: str, near: list[str], what: tuple[str, str]) -> tuple[str, str]:
    zh, en = both("（是不是 {near}？）", near=enumerated(near)) if near else ("", "")
    return both("没有 {name} 这个{what}{told}。", name=name, what=what, told=(zh, en))


def _bad_value(name: str, param: Any, message: str) -> tuple[str, str]:  # noqa: ANN401 - typer's own types are private
    choices = [str(choice) for choice in getattr(getattr(param, "type_descriptor", None), "choices", None) or ()]
    if not choices:
        return _bad_number(name, param) or both(
            "{name} 的值不对（{message}）。", name=name, message=message.rstrip(".")
        )
    return both("{name} 的值不对，可以是 {choices}。", name=name, choices=enumerated(choices))


def _bad_number(name: str, param: Any) -> tuple[str, str] | None:  # noqa: ANN401 - typer's own types are private
    """What a number must be; None of what is no number."""
    least = getattr(param, "min", None)
    if not isinstance(least, int):
        return None
    return both("{name} 的值不对，要写 {least} 或更大的整数。", name=name, least=least)


def _called(param: Any, lang: Lang) -> str:  # noqa: ANN401 - typer's own types are private
    if param is None:
        return ""
    if param.param_type_name == "argument":
        return pick(param.metavar or param.name, lang)
    return str(param.opts[0])
