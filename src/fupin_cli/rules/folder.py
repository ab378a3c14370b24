"""Which files a rule folder holds: in comes a folder, out come its YAML files by kind, and faults of their places."""

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from msgspec import Struct, field

from fupin_cli.catalogue import both
from fupin_cli.errors import Fault, InputError

PACKAGE = Path(__file__).parents[1]
KINDS = ("tables", "codes", "lists", "parameters", "profiles", "ledgers", "retired")
RETIRED = "retired.yaml"  # beside the folders: ids that are no rules any more
THEME_FOLDERS = {
    "FMT": "reading", "COD": "reading", "IDN": "identity", "REL": "family", "FOD": "food", "EDU": "education",
    "MED": "medical", "HSG": "housing", "WAT": "water", "INC": "income", "LAB": "labour", "ENT": "entry",
    "STA": "status", "MON": "monitoring", "AID": "helping", "VIL": "village", "RND": "rounds", "TRN": "transition",
}  # fmt: skip


class Folder(Struct, frozen=True):
    """The YAML files of one rule folder."""

    root: Path
    rules: tuple[Path, ...]
    files: dict[str, tuple[Path, ...]]  # one of KINDS → its files
    faults: tuple[Fault, ...] = field(default=())


def shipped_folder() -> Path:
    """Return the folder of the rules that come with fupin: beside the package in a wheel, `rules/` in a checkout."""
    package = PACKAGE
    for folder in (package / "_rules", package.parent.parent / "rules"):
        if (folder / "tables").is_dir():
            return folder
    zh, en = both(
        "找不到 fupin 自带的规则：在 {package} 旁找过 _rules 和 rules 文件夹。请重新安装 fupin-cli", package=package
    )
    raise InputError(zh, en)


def look_into(root: Path) -> Folder:
    """Return the files of `root`; files and folders whose names begin with a dot are passed over.

    Raises:
        InputError: the folder is not there.
    """
    rules: list[Path] = []
    files: dict[str, list[Path]] = {kind: [] for kind in KINDS}
    faults: list[Fault] = []
    for file in map(Path, yaml_files(root)):
        kind = "retired" if file == root / RETIRED else file.parts[len(root.parts)]
        if file.suffix != ".yaml":
            faults.append(
                Fault(file, 1, 1, *both("文件名以 {suffix} 结尾，不会被读取：请改为 .yaml", suffix=file.suffix))
            )
        elif kind in files:
            files[kind].append(file)
        else:
            rules.append(file)
    return Folder(root, tuple(rules), {kind: tuple(found) for kind, found in files.items()}, tuple(faults))


def yaml_files(root: Path) -> list[str]:
    """Return the YAML files of a folder and the folders in it, in order; names that begin with a dot are passed over.

    Raises:
        InputError: the folder is not there.
    """
    if not root.is_dir():
        raise InputError(*both("规则文件夹 {root} 不存在：请检查 --rules 后面的路径", root=root))
    return sorted(_yaml_in(str(root)), key=lambda file: file.replace(os.sep, "\0"))


def _yaml_in(folder: str) -> Iterator[str]:
    with suppress(PermissionError), os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith("."):
                continue
            if entry.is_dir(follow_symlinks=False):
                yield from _yaml_in(entry.path)
            elif entry.name.lower().endswith((".yaml", ".yml")) and entry.is_file():
                yield entry.path
