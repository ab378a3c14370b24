"""Change one part of an xlsx package in place."""

import zipfile
from pathlib import Path


def sheet_xml(rows: str, prefix: str = "", before: str = "", after: str = "") -> str:
    """A worksheet's XML around `rows`, its names under a namespace prefix such as `x:` if wanted."""
    binding = f"xmlns:{prefix[:-1]}" if prefix else "xmlns"
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return (
        f'<{prefix}worksheet {binding}="{space}">{before}'
        f"<{prefix}sheetData>{rows}</{prefix}sheetData>{after}</{prefix}worksheet>"
    )


def replace_part(path: Path, part: str, content: str | bytes) -> Path:
    """Put `content` in place of `part` of the package at `path`."""
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    parts[part] = content if isinstance(content, bytes) else content.encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, old in parts.items():
            package.writestr(name, old)
    return path


def with_rows(path: Path, rows: str, **around: str) -> Path:
    """The package at `path` with these rows in its first sheet."""
    return replace_part(path, "xl/worksheets/sheet1.xml", sheet_xml(rows, **around))
