"""A command and what surrounds it (FUPIN_ variables, fupin.toml) in; values for the options its command line leaves open out.

The one rule: --fail-on is FUPIN_FAIL_ON, or FUPIN_COMPARE_FAIL_ON for `compare` alone; in the file `fail-on`, or the same under `[compare]`.
"""

import os
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any, get_args

import typer
from msgspec import Struct

from fupin_cli.catalogue import both, enumerated
from fupin_cli.cli.configuration import Configuration, configuration
from fupin_cli.cli.language import asked_language, choose_language
from fupin_cli.cli.usage import usage_sentence
from fupin_cli.errors import UsageError
from fupin_cli.model.masking import STANDARD, masking_of
from fupin_cli.reports.words import Lang

PREFIX = "FUPIN_"
_SHARED = (
    "region", "profile", "as-of", "select", "ignore", "severity", "fail-on", "format", "lang", "rules", "list", "previous",
    "ledger", "sheet", "map", "mapping", "baseline", "mask", "strict", "quiet",
)  # fmt: skip
_OF_RULES = {"rules", "region", "profile", "as-of", "lang"}  # what `fupin rules …` takes of what all commands share
_CHANGING = set(_SHARED) - {"fail-on", "format", "lang", "strict", "quiet"}  # what a report differs by
_NEVER = {"reveal", "help", "version", "set", "add", "keep", "new-key"}  # said each time, on the command line
_NO_REPORT = {"baseline", "token"}  # what these write is no report: --output is their own
_SPELLED = {"lists": "list", "maps": "map"}
_YES, _NO = {"1", "true", "yes", "on", "是"}, {"0", "false", "no", "off", "否"}
_KEPT = "fupin.given"


class Given(Struct, frozen=True):
    """A value for an option, and who says so."""

    option: str  # without the dashes
    value: Any
    origin: str  # FUPIN_FORMAT, or fupin.toml


def take_given(command: Any, ctx: Any, arguments: Sequence[str]) -> None:  # noqa: ANN401 - typer's own
    """Let the options that `arguments` leave open stand as environment and file say.

    Raises:
        UsageError: a key nobody knows, or a value of the wrong shape.
    """
    if "--help" in arguments:
        return
    given = given_options(command, ctx, os.environ)
    ctx.meta[_KEPT] = given
    ctx.default_map = {name: each.value for name, each in given.items()}
    if "reveal" in {_name(param) for param in command.params} and os.environ.get("FUPIN_REVEAL"):
        raise _no_reveal("FUPIN_REVEAL")
    for each in given.values():
        if each.option == "mask":
            _refuse_laxer(each)


def given_options(command: Any, ctx: Any, environment: Mapping[str, str]) -> dict[str, Given]:  # noqa: ANN401
    """Return a value for each option that environment or file speaks of, by the name of its parameter."""
    path = ctx.command_path.split()[1:]
    settled = configuration(environment)
    options = {_name(param): param for param in command.params if param.param_type_name == "option"}
    found: dict[str, Given] = {}
    for option, value in _of_file(settled, path, ctx.find_root()):
        if option in options and _holds_here(path, option, value[0], shared=value[1]):
            param = options[option]
            folder = settled.file.parent if settled.file else Path()
            made = _of_toml(param, value[0], folder, *both("{file}：{option}", file=settled.file, option=option))
            found[param.name] = Given(option, made, str(settled.file))
    for option, param in options.items():
        spelled = option.replace("-", "_").upper()
        own = PREFIX + "_".join([*(part.upper() for part in path), spelled])
        for variable, shared in ((PREFIX + spelled, True), (own, False)):
            text = environment.get(variable, "").strip()
            if option not in _NEVER - {"set"} and text and _holds_here(path, option, text, shared=shared):
                found[param.name] = Given(option, _of_text(param, text, variable), variable)
    return found


def _holds_here(path: list[str], option: str, value: object, *, shared: bool) -> bool:
    """Return whether a value said for all commands is meant for this one."""
    if not shared:
        return True
    if path[:1] == ["rules"]:
        return option in _OF_RULES
    if path and path[0] in _NO_REPORT and option == "output":
        return False
    if path[:1] == ["compare"] and option == "fail-on":  # it has words of its own; these both have
        return str(value) == "never" or str(value).isdigit()
    return option in {*_SHARED, "output", "set"}


def _of_file(settled: Configuration, path: list[str], ctx: Any) -> Iterator[tuple[str, tuple[Any, bool]]]:  # noqa: ANN401
    """Yield option → (value, said for all commands), the command's own last; every key of the file is looked at."""
    commands = [name for name, each in ctx.command.commands.items() if not getattr(each, "commands", None)]
    mine = "audit" if path[:1] == ["baseline"] else " ".join(path)  # a baseline is made by an audit
    own: list[tuple[str, tuple[Any, bool]]] = []
    for key, value in settled.options.items():
        option = _option(key)
        if isinstance(value, dict) and key in commands:
            params = ctx.command.get_command(ctx, key).params
            known = [_name(param) for param in params if param.param_type_name == "option"]
            for inner, said in value.items():
                _refuse(settled, inner, [name for name in known if name not in _NEVER | {"lang"}], f"[{key}] ")
                if key == mine:  # what [audit] says of its output is not said of a baseline's
                    own.append((_option(inner), (said, path[:1] == ["baseline"])))
            continue
        _refuse(settled, key, [*_SHARED, "parameters", *(f"[{name}]" for name in commands)], "")
        yield option, (value, True)
    yield from own


def _refuse(settled: Configuration, key: str, known: list[str], where: str) -> None:
    """Raise UsageError for a key that is none of `known`."""
    option = _option(key)
    if option == "reveal":
        raise _no_reveal(str(settled.file))
    if option in known:
        return
    near = get_close_matches(option, known, 3, 0.6) or known
    zh, en = both("是不是 ") if len(near) <= 3 else both("可以写的是 ")
    raise UsageError(
        *both(
            "{file}：{where}不认识 {key}；{told}{near}{n}",
            file=settled.file,
            where=where,
            key=key,
            told=(zh, en),
            near=enumerated(near),
            n=(both("？") if len(near) <= 3 else both("。", "environment")),
        )
    )


def _no_reveal(origin: str) -> UsageError:
    return UsageError(
        *both(
            "{origin}：reveal 不能写在配置或环境变量里；是否显示个人信息，要每次在命令行上写 --reveal。", origin=origin
        )
    )


def _refuse_laxer(said: Given) -> None:
    """Raise UsageError where a configured level hides less than a report hides unasked; a level nobody knows is told later."""
    found = masking_of(str(said.value))
    if found is not None and not found.hidden >= STANDARD.hidden:
        raise UsageError(
            *both(
                "{origin}：mask {value} 比默认的遮盖得少，不能写在配置或环境变量里；要每次在命令行上写 --mask {value}。",
                origin=said.origin,
                value=said.value,
            )
        )


def _of_toml(param: Any, value: object, folder: Path, zh: str, en: str) -> Any:  # noqa: ANN401 - as typer wants it
    """Return a TOML value as the option takes it; files are looked for beside the file that names them."""
    wrong = UsageError(*both("{told} 的写法不对。", told=(zh, en)))
    if getattr(param, "is_flag", False):
        if not isinstance(value, bool):
            raise UsageError(*both("{told} 应写 true 或 false。", told=(zh, en)))
        return value
    if not param.multiple:
        if isinstance(value, bool | list | dict):
            raise wrong
        return str(folder / str(value)) if _is_path(param) else str(value)
    entries = [f"{name}={said}" for name, said in value.items()] if isinstance(value, dict) else value
    texts = entries if isinstance(entries, list) else [entries]
    if any(isinstance(text, bool | list | dict) for text in texts):
        raise wrong
    if _is_path(param):
        return [str(folder / str(text)) for text in texts]
    if _name(param) == "list":
        return [_beside(str(text), folder) for text in texts]
    return [str(text) for text in texts]


def _beside(text: str, folder: Path) -> str:
    name, sign, file = text.partition("=")
    return f"{name}={folder / file.strip()}" if sign else str(folder / text)


def _of_text(param: Any, text: str, variable: str) -> Any:  # noqa: ANN401 - as typer wants it
    """Return the text of a variable as the option takes it: lists with commas, files as PATH has them."""
    if getattr(param, "is_flag", False):
        if text.lower() not in _YES | _NO:
            raise UsageError(*both("{variable}={text}：应写 1 或 0。", variable=variable, text=text))
        return text.lower() in _YES
    if not param.multiple:
        return text
    return [part for part in text.replace("，", ",").split(os.pathsep if _is_path(param) else ",") if part.strip()]


def _is_path(param: Any) -> bool:  # noqa: ANN401 - typer's own types are private
    annotation = param.type_descriptor.annotation
    return annotation is Path or Path in get_args(annotation)


def _name(param: Any) -> str:  # noqa: ANN401 - typer's own types are private
    return next((str(opt)[2:] for opt in param.opts if opt.startswith("--")), str(param.name))


def _option(key: str) -> str:
    return _SPELLED.get(key, key.replace("_", "-"))


def spoken(arguments: Sequence[str], environment: Mapping[str, str]) -> Lang:
    """Return the language of a run: --lang, FUPIN_LANG, the file's `lang`, then the locale's."""
    asked = asked_language(arguments) or environment.get("FUPIN_LANG")
    if asked not in ("zh", "en"):
        try:
            asked = configuration(environment).options.get("lang")
        except UsageError:  # the command that reads the file next tells of it
            asked = None
    if asked in ("zh", "en"):
        return "en" if asked == "en" else "zh"
    return choose_language((), environment)


def explained(error: typer.BadParameter, ctx: Any, lang: Lang) -> Exception:  # noqa: ANN401 - typer's own
    """Return an error of a value with who said it; that of the command line as it is."""
    each = _used(ctx).get(getattr(getattr(error, "param", None), "name", None) or "")
    if each is None:
        return error
    sentence = usage_sentence(error, lang)
    return UsageError(*both("{origin}：{sentence}", origin=each.origin, sentence=sentence))


def with_origin(error: UsageError, ctx: Any) -> UsageError:  # noqa: ANN401 - typer's own types are private
    """Return the error with the origin of each option it speaks of that was not said on the command line."""
    told = [
        each
        for each in _used(ctx).values()
        if f"--{each.option}" in error.zh or any(len(text) > 1 and text in error.zh for text in _texts(each.value))
    ]
    if not told:
        return error
    said = [both("--{option} 取自 {origin}", option=each.option, origin=each.origin) for each in told]
    zh, en = "、".join(zh for zh, _ in said), ", ".join(en for _, en in said)
    return UsageError(*both("{error}（{said}）", error=(error.zh, error.en), said=(zh, en)))


def _texts(value: object) -> list[str]:
    return [str(each) for each in value] if isinstance(value, list) else [str(value)] if isinstance(value, str) else []


def _used(ctx: Any) -> dict[str, Given]:  # noqa: ANN401 - typer's own types are private
    """Return what was given and not said on the command line, by parameter."""
    given: dict[str, Given] = ctx.meta.get(_KEPT, {})
    overruled = {"mask"} if ctx.params.get("reveal") else set()  # --reveal on the command line beats a settled level
    return {name: each for name, each in given.items() if _is_default(ctx, name) and name not in overruled}


def _is_default(ctx: Any, name: str) -> bool:  # noqa: ANN401 - typer's own types are private
    source = ctx.get_parameter_source(name)
    return source is not None and source.name == "DEFAULT_MAP"


def on_command_line(ctx: Any, name: str) -> bool:  # noqa: ANN401 - typer's own types are private
    """Return whether a parameter was said on the command line itself."""
    source = ctx.get_parameter_source(name)
    return source is not None and source.name == "COMMANDLINE"


def told_origins(ctx: Any) -> tuple[tuple[str, str], ...]:  # noqa: ANN401 - typer's own types are private
    """Return the note of a report that says which options came from where, when they change what it says."""
    origins: dict[str, list[str]] = {}
    for each in _used(ctx).values():
        if each.option in _CHANGING:
            origins.setdefault(each.origin, []).append(f"--{each.option}")
    if not origins:
        return ()
    said = [
        both("{options} 取自 {origin}", options=enumerated(options), origin=origin)
        for origin, options in origins.items()
    ]
    zh, en = "；".join(zh for zh, _ in said), "; ".join(en for _, en in said)
    return (both("选项 {said}", said=(zh, en)),)


def configured_lines(lang: Lang) -> list[str]:
    """Say which file and which variables hold here, and what the file settles."""
    settled = configuration(os.environ)
    variables = sorted(name for name in os.environ if name.startswith(PREFIX))
    keys = [*settled.options, *(["parameters"] if settled.parameters else [])]
    none = both("无")
    file = (str(settled.file), str(settled.file)) if settled.file else none
    named = both("（{keys}）", keys=enumerated(keys)) if keys else ("", "")
    there = ("、".join(variables), ", ".join(variables)) if variables else none
    return [
        both("配置文件：{file}{named}", file=file, named=named)[lang == "en"],
        both("环境变量：{there}", there=there)[lang == "en"],
    ]
