"""Nothing in, the version of fupin that makes a report out: asked of its package, for reports lie below `fupin_cli` itself."""

from functools import cache
from importlib import metadata


@cache
def version() -> str:
    """Return the version, as `fupin --version` says it."""
    return metadata.version("fupin-cli")
