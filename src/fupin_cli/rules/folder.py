"""Which files a rule folder holds: in comes a folder, out come its YAML files by kind, and faults of their places."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

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


@dataclass(frozen=True, slots=True)
class Folder:
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
    """Return the files of `root`; files and folders whose names begin with a dot are passed over."""
    if not root.is_dir():
        raise InputError(*both("规则文件夹 {root} 不存在：请检查 --rules 后面的路径", root=root))
    rules: list[Path] = []
    files: dict[str, list[Path]] = {kind: [] for kind in KINDS}
    faults: list[Fault] = []
    for file in _yaml_files(root):
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


def _yaml_files(root: Path) -> Iterator[Path]:
    for file in sorted(root.rglob("*")):
        hidden = any(part.startswith(".") for part in file.parts[len(root.parts) :])
        if not hidden and file.suffix.lower() in (".yaml", ".yml") and file.is_file():
            yield file
