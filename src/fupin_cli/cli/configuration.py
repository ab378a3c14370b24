"""Read `fupin.toml` in the working folder: the parameters a user has given once and for all."""

import re
from pathlib import Path

from fupin_cli.errors import UsageError

_NAME = "fupin.toml"
_CHINESE_KEY = re.compile(r"^(\s*)([^\s\"'=#\[\]]*[^\x00-\x7f][^\s\"'=#\[\]]*)(\s*=)", re.MULTILINE)


def configured_parameters(folder: Path) -> dict[str, float | str]:
    """Return `[parameters]` of fupin.toml, {} when there is no such file.

    Raises:
        UsageError: the file is no TOML, or holds something else.
    """
    file = folder / _NAME
    if not file.is_file():
        return {}
    import tomllib

    from pydantic import BaseModel, ConfigDict, StrictFloat, StrictInt, StrictStr, ValidationError

    class Configuration(BaseModel):
        """What fupin.toml may hold."""

        model_config = ConfigDict(extra="forbid", allow_inf_nan=False)
        parameters: dict[str, StrictInt | StrictFloat | StrictStr] = {}

    try:
        read = Configuration.model_validate(tomllib.loads(_quoted(file.read_text(encoding="utf-8-sig"))))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(
            f"{_NAME}：不是正确的 TOML（{error}）。",
            f"{_NAME}: no valid TOML ({error}).",
        ) from error
    except ValidationError as error:
        where = ".".join(str(part) for part in error.errors()[0]["loc"][:2])
        raise UsageError(
            f"{_NAME}：不认识 {where}；可以写的是 [parameters] 下的 名称 = 数值。",
            f"{_NAME}: {where} is not understood; it may hold NAME = VALUE under [parameters].",
        ) from error
    return {name: value if isinstance(value, str) else float(value) for name, value in read.parameters.items()}


def _quoted(text: str) -> str:
    """Put Chinese names at the beginning of a line in quotes: TOML asks for them, clerks do not write them."""
    return _CHINESE_KEY.sub(r'\1"\2"\3', text)
