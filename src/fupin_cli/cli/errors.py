"""Run a command line, turn whatever stops it into one sentence on stderr and the exit code of the contract."""

import os
from collections.abc import Callable
from typing import Any

import typer

from fupin_cli.catalogue import both
from fupin_cli.cli.stream import tell
from fupin_cli.cli.usage import usage_sentence
from fupin_cli.errors import FupinError
from fupin_cli.reports.words import Lang

INTERRUPTED = 130
COULD_NOT_RUN = 3


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
        tell(both("已中断，没有写出报告。")[lang != "zh"])
    return code if isinstance(code, int) else 0


def _our_fault(error: Exception, lang: Lang) -> int:
    kind = type(error).__name__
    if os.environ.get("FUPIN_DEBUG") == "1":
        import traceback

        tell("".join(traceback.format_exception(error)).rstrip("\n"))
    tell(
        both(
            "这是 fupin 自身的错误（{kind}），不是您的文件有误；设 FUPIN_DEBUG=1 可看到出错位置，请反馈给开发者。",
            kind=kind,
        )[lang == "en"]
    )
    return COULD_NOT_RUN
