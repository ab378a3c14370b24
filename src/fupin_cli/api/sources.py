"""What a caller gives as a registry (a path, a frame, or several of them) in; paths and frames, one tuple, out."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, TypeGuard

from fupin_cli.catalogue import both
from fupin_cli.errors import UsageError

if TYPE_CHECKING:
    from typing import TypeAlias

    import pandas as pd
    from arro3.core import Table

    from fupin_cli.jobs.request import Frame

    Source: TypeAlias = "str | Path | Frame"


def listed(given: "Source | Iterable[Source]") -> "tuple[Path | Frame, ...]":
    """Return each path or frame that was given; text is a path.

    Raises:
        UsageError: something is neither a path nor a frame.
    """
    alone = isinstance(given, str | Path) or hasattr(given, "__arrow_c_stream__")
    return tuple(_known(one) for one in ((given,) if alone else given))  # type: ignore[union-attr]


def kept(frame: "Frame") -> "pd.DataFrame | Table":
    """Return a frame that may be read more than once: of pandas as it is, any other as a table of Arrow columns."""
    if is_pandas(frame):
        return frame
    from arro3.core import Table

    return Table.from_arrow(frame)


def is_pandas(frame: object) -> "TypeGuard[pd.DataFrame]":
    """Tell whether a frame is of pandas, without importing it."""
    return hasattr(frame, "itertuples")


def texts(given: Iterable[str]) -> tuple[str, ...]:
    """Return names; one alone may be a text."""
    return (given,) if isinstance(given, str) else tuple(given)


def _known(one: object) -> "Path | Frame":
    if isinstance(one, str | Path):
        return Path(one)
    if hasattr(one, "__arrow_c_stream__"):
        return one
    kind = type(one).__name__
    raise UsageError(
        *both(
            "{kind}：既不是文件路径，也不是表格数据。请给出路径，或 pandas、Polars、PyArrow 等的表（能给出 "
            "Arrow 数据流）。",
            kind=kind,
        )
    )
