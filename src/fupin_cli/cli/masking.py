"""--mask and --reveal in; what the report hides out."""

from typing import Annotated, Any

import typer

from fupin_cli.catalogue import both
from fupin_cli.cli.environment import on_command_line
from fupin_cli.cli.language import say
from fupin_cli.errors import UsageError
from fupin_cli.model.masking import OPEN, STANDARD, Masking
from fupin_cli.reports.masking_words import masking_called

Masked = Annotated[
    str | None,
    typer.Option(
        "--mask",
        metavar="none|numbers|standard|strict|public",
        help=say(
            *both(
                "遮盖什么：none 不遮盖（同 --reveal）、numbers 只遮号码、standard 姓名和号码（默认）、strict 连健康也不说、"
                "public 公示（号码和健康都删去）；或写要遮盖的种类，如 证件,电话。"
            )
        ),
        show_default=False,
    ),
]


def masking_asked(ctx: typer.Context, mask: str | None, *, reveal: bool, health: bool = True) -> Masking:
    """Return what a report hides: as --mask says, nothing with --reveal, else what every report hides.

    --reveal on the command line goes before a level that the environment or fupin.toml asks for.

    Args:
        ctx: of the command.
        mask: a level, or kinds with commas between; None when nobody says.
        reveal: --reveal was given, which is `--mask none`.
        health: whether this command's report can do without what tells of health.

    Raises:
        UsageError: there is no such level, --reveal says the contrary, or the report cannot hide so much.
    """
    if mask is None or (reveal and not on_command_line(ctx, "mask")):
        return OPEN if reveal else STANDARD
    found = masking_called(mask, reveal=reveal)
    if found.health and not health:
        raise UsageError(
            *both(
                "--mask {mask}：{command} 的报告每一行都可能说到健康，不能这样遮盖；可以用 none、numbers、standard。",
                mask=mask,
                command=_command(ctx),
            )
        )
    return found


def _command(ctx: Any) -> str:  # noqa: ANN401 - typer's own types are private
    return str(ctx.command_path)
