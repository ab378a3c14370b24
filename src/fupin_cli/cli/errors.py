"""Run a command line, turn whatever stops it into one sentence on stderr and the exit code of the contract."""

import os
from collections.abc import Callable
from typing import Any

import typer

from fupin_cli.cli.language import pick
from fupin_cli.cli.stream import tell
from fupin_cli.errors import FupinError
from fupin_cli.reports.words import Lang

INTERRUPTED = 130
COULD_NOT_RUN = 3
WRONG_USAGE = 2


def guarded(run: Callable[[], Any], lang: Lang) -> int:
    """Return the exit code of a command line: 0, 1, 2, 3 or 130."""
    try:
        code = run()
    except FupinError as error:
        tell(error.en if lang == "en" else error.zh)
        return error.exit_code
    except typer.TyperException as error:
        tell(usage_sentence(error, lang))
        return error.exit_code
    except (KeyboardInterrupt, typer.Abort):
        code = INTERRUPTED
    except Exception as error:  # noqa: BLE001 - the last door: a fault of ours must not look like a finding
        return _our_fault(error, lang)
    if code == INTERRUPTED:
        tell("已中断，没有写出报告。" if lang == "zh" else "Interrupted; no report was written.")
    return code if isinstance(code, int) else 0


def usage_sentence(error: typer.TyperException, lang: Lang) -> str:
    """Say in one sentence what is wrong with a command line, and where its help is."""
    context = getattr(error, "ctx", None)
    command = context.command_path if context is not None else "fupin"
    if type(error).__name__ == "NoArgsIsHelpError":
        return error.message.rstrip("\n")
    if lang == "en":
        return f"{error.format_message().rstrip('.')}. See {command} --help."
    return f"{_in_chinese(error, lang)}用法见 {command} --help。"


def _in_chinese(error: typer.TyperException, lang: Lang) -> str:
    kind = type(error).__name__
    param = getattr(error, "param", None)
    name = getattr(error, "option_name", None) or _called(param, lang)
    if kind == "NoSuchOption":
        near = "、".join(getattr(error, "possibilities", None) or ())
        return f"没有 {name} 这个选项{f'（是不是 {near}？）' if near else ''}。"
    if kind == "MissingParameter":
        return f"缺少 {name}。"
    if kind == "BadOptionUsage":
        return f"选项 {name} 用得不对：后面要有一个值。"
    if kind == "BadParameter":
        choices = getattr(getattr(param, "type_descriptor", None), "choices", None) or ()
        allowed = "、".join(str(choice) for choice in choices)
        return f"{name} 的值不对{f'，可以是 {allowed}' if allowed else ''}。"
    return f"命令有误（{error.format_message().rstrip('.')}）。"


def _called(param: Any, lang: Lang) -> str:  # noqa: ANN401 - typer's own types are private
    if param is None:
        return ""
    if param.param_type_name == "argument":
        return pick(param.metavar or param.name, lang)
    return str(param.opts[0])


def _our_fault(error: Exception, lang: Lang) -> int:
    kind = type(error).__name__
    if os.environ.get("FUPIN_DEBUG") == "1":
        import traceback

        tell("".join(traceback.format_exception(error)).rstrip("\n"))
    if lang == "en":
        tell(f"This is a fault of fupin ({kind}), not of your files; FUPIN_DEBUG=1 shows where. Please report it.")
    else:
        tell(f"这是 fupin 自身的错误（{kind}），不是您的文件有误；设 FUPIN_DEBUG=1 可看到出错位置，请反馈给开发者。")
    return COULD_NOT_RUN
