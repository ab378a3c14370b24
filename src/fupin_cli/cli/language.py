"""Choose the language a clerk reads, from the command line and the environment; pick it out of two-language texts."""

from collections.abc import Mapping, Sequence

from fupin_cli.reports.words import Lang

_BETWEEN = "\x1f"


def say(zh: str, en: str) -> str:
    """Join the two wordings of a help text; `pick` takes one of them."""
    return f"{zh}{_BETWEEN}{en}"


def pick(text: str, lang: Lang) -> str:
    """Return one wording of a text made by `say`."""
    zh, _, en = text.partition(_BETWEEN)
    return en if lang == "en" and en else zh


def choose_language(arguments: Sequence[str], environment: Mapping[str, str]) -> Lang:
    """Return the language asked for by --lang, else en for an English locale without Chinese, else zh."""
    asked = asked_language(arguments)
    if asked:
        return asked
    locales = [environment.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG")]
    first = next((locale for locale in locales if locale), "")
    spoken = [value for name, value in environment.items() if name.startswith("LC_") or name in {"LANG", "LANGUAGE"}]
    chinese = any(part.startswith("zh") for value in spoken for part in value.lower().split(":"))
    return "en" if first.lower().startswith("en") and not chinese else "zh"


def asked_language(arguments: Sequence[str]) -> Lang | None:
    """Return the language --lang asks for."""
    asked: Lang | None = None
    for position, argument in enumerate(arguments):
        if argument == "--":
            break
        value = argument.removeprefix("--lang=") if argument.startswith("--lang=") else ""
        if argument == "--lang" and position + 1 < len(arguments):
            value = arguments[position + 1]
        if value == "zh":
            asked = "zh"
        elif value == "en":
            asked = "en"
    return asked
