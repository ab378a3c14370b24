"""What a caller gives as a registry (a path, a frame, or several of them) in; paths and frames, one tuple, out."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from fupin_cli.errors import UsageError

if TYPE_CHECKING:
    from typing import TypeAlias

    from fupin_cli.jobs.request import Frame

    Source: TypeAlias = "str | Path | Frame"


def listed(given: "Source | Iterable[Source]") -> "tuple[Path | Frame, ...]":
    """Return each path or frame that was given; text is a path.

    Raises:
        UsageError: something is neither a path nor a frame.
    """
    alone = isinstance(given, str | Path) or hasattr(given, "__arrow_c_stream__")
    return tuple(_known(one) for one in ((given,) if alone else given))  # type: ignore[union-attr]


def _known(one: object) -> "Path | Frame":
    if isinstance(one, str | Path):
        return Path(one)
    if hasattr(one, "__arrow_c_stream__"):
        return one
    kind = type(one).__name__
    raise UsageError(
        f"{kind}：既不是文件路径，也不是表格数据。请给出路径，或 pandas、Polars、PyArrow 等的表（能给出 Arrow 数据流）。",
        f"{kind}: neither a path nor a frame. Give a path, or a frame of pandas, Polars, PyArrow (anything that gives an Arrow stream).",
    )
