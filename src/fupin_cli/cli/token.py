"""`fupin token`: a registry and a key in, tokens out; `--new-key` makes the key."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from fupin_cli.catalogue import both
from fupin_cli.cli import options
from fupin_cli.cli.arguments import pairs, parts, today
from fupin_cli.cli.help import language_of
from fupin_cli.cli.language import say
from fupin_cli.cli.progress import shown
from fupin_cli.cli.stream import tell
from fupin_cli.errors import UsageError
from fupin_cli.jobs.request import Request
from fupin_cli.model.settings import Settings, Wishes

_FILE = say(*both("文件", "metavar"))
Files = Annotated[
    list[Path] | None,
    typer.Argument(
        metavar=say(*both("文件...")),
        help=say(*both("登记表或部门名册（文件或文件夹）。")),
        show_default=False,
    ),
]
KeyFile = Annotated[
    Path | None,
    typer.Option(
        "--key-file",
        metavar=_FILE,
        help=say(*both("密钥文件，两家单位用同一个。")),
        show_default=False,
    ),
]
NewKey = Annotated[
    Path | None,
    typer.Option(
        "--new-key",
        metavar=_FILE,
        help=say(*both("生成新的密钥文件，不覆盖已有的。")),
        show_default=False,
    ),
]
Out = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        metavar=_FILE,
        help=say(*both("令牌表写到这里（.csv），可交给对方。")),
        show_default=False,
    ),
]
Own = Annotated[
    Path | None,
    typer.Option(
        "--own",
        metavar=_FILE,
        help=say(*both("令牌与本单位行号的对照表，自己留存，不外传。")),
        show_default=False,
    ),
]
Keep = Annotated[
    list[str] | None,
    typer.Option(
        "--keep",
        metavar=say(*both("列,列", "metavar")),
        help=say(*both("原样写出的列（默认没有）；姓名、证件号码、电话、账号不行。")),
        show_default=False,
    ),
]
Hash = Annotated[
    Literal["sha256", "sm3"],
    typer.Option(
        "--algorithm",
        metavar="sha256|sm3",
        help=say(*both("HMAC 的散列算法（默认 sha256），双方要一致。")),
        show_default=False,
    ),
]


def token(  # noqa: PLR0913, PLR0917 - one parameter an option
    ctx: typer.Context,
    files: Files = None,
    key_file: KeyFile = None,
    new_key: NewKey = None,
    output: Out = None,
    own: Own = None,
    keep: Keep = None,
    algorithm: Hash = "sha256",
    sheet: options.SheetNames = None,
    mapping: options.Mapping = None,
    mapping_file: options.MappingFile = None,
    quiet: options.Quiet = False,
    lang: options.Speak = None,  # noqa: ARG001 - read before the command line is parsed
) -> None:
    """Write keyed tokens instead of numbers and names; exit 3 when a file cannot be read: half a registry would mislead."""
    spoken = language_of(ctx)
    if new_key is not None:
        _write_key(new_key, alone=not (files or key_file or output or own), quiet=quiet, english=spoken == "en")
        return
    if not files or key_file is None or output is None:
        raise UsageError(
            *both("fupin token 要写明：文件、--key-file 密钥文件、-o 令牌表.csv；还没有密钥时先用 --new-key 生成。")
        )
    _refuse_places(files, key_file, output, own)
    from fupin_cli.jobs.token import TokenRequest, run
    from fupin_cli.reports.token_table import told, write_own, write_tokens

    request = Request(
        files=tuple(files),
        settings=Settings(today=today()),
        wishes=Wishes(sheets=tuple(sheet or ()), mapping=dict(pairs(mapping, "--map"))),
        mapping=mapping_file,
    )
    with shown(spoken, quiet=quiet) as progress:
        table = run(TokenRequest(request, key_file, algorithm, parts(keep)), progress)
    write_tokens(table, output)
    if own is not None:
        write_own(table, own)
    if not quiet:
        for zh, en in told(table, output):
            tell(en if spoken == "en" else zh)


def _write_key(path: Path, *, alone: bool, quiet: bool, english: bool) -> None:
    if not alone:
        raise UsageError(*both("--new-key 只生成密钥；请单独使用，再用 --key-file 指明它。"))
    from fupin_cli.jobs.key_file import new_key

    new_key(path)
    if not quiet:
        tell(both("密钥已写入 {path}。请用与令牌表不同的途径交给对方，不要和令牌表放在一起。", path=path)[english])


def _refuse_places(files: list[Path], key_file: Path, output: Path, own: Path | None) -> None:
    """Tell before the work where nothing can be written, or something would be lost."""
    from fupin_cli.reports import refuse_input
    from fupin_cli.reports.output import refuse_place

    if output.suffix.lower() != ".csv" or (own is not None and own.suffix.lower() != ".csv"):
        raise UsageError(*both("令牌表和对照表是文本表，文件名要以 .csv 结尾。"))
    if own is not None and own.resolve() == output.resolve():
        raise UsageError(*both("-o 和 --own 是同一个文件；对照表不能外传，请另起文件名。"))
    for place in (output, own):
        if place is not None:
            refuse_input(place, [*files, key_file])
            refuse_place(place)
