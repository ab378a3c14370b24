"""The commands of `fupin round`, and their help."""

import typer

from fupin_cli.cli import round as steps
from fupin_cli.cli import round_sheets as sheets
from fupin_cli.cli.help import BilingualCommand, BilingualGroup
from fupin_cli.cli.language import say
from fupin_cli.cli.options import Speak

round_app = typer.Typer(
    cls=BilingualGroup,
    no_args_is_help=True,
    help=say(
        "清洗轮次：登记疑点、下发、收回、销号，一件不漏，每次变动都有记录。",
        "Cleaning rounds: doubts entered, handed out, taken back, struck off; nothing lost, every change on record.",
    ),
)

round_app.command(
    "new",
    cls=BilingualCommand,
    help=say(
        "开一轮清洗：核查登记表，把每个问题登记为疑点；以前轮次有过的接着原来的记录。",
        "Open a round: audit the files, enter each finding as a doubt; what stood in a round before keeps its history.",
    ),
)(steps.new)
round_app.command(
    "issue",
    cls=BilingualCommand,
    help=say(
        "下发：一村（或一乡）一份疑点数据工作簿，问题锁定，右边填写核实反馈。",
        "Hand out: one 疑点数据 workbook a village or township, its questions locked, its answers to be filled in.",
    ),
)(sheets.issue)
round_app.command(
    "collect",
    cls=BilingualCommand,
    help=say(
        "收回：读交回的疑点表，不管行列怎么挪动；逐行说明收下没有、为什么。\n\n"
        "退出码：0 全部收下，1 有没收下的或少了的行，2 用法有误，3 有文件读不到，130 已中断。",
        "Take back: read returned sheets wherever rows and columns stand now; each line is taken, or told why not.\n\n"
        "Exit code: 0 all taken, 1 lines not taken or missing, 2 wrong usage, 3 a file could not be read, 130 interrupted.",
    ),
)(sheets.collect)
round_app.command(
    "apply",
    cls=BilingualCommand,
    help=say(
        "把核实属实的更正值写进登记表的副本：按户、人、列找到现在的格子，下发后变过的、读不出的、会带来新错误的都不写并说明。\n\n"
        "退出码：0 全部写了，1 有没写的，2 用法有误，3 无法运行，130 已中断。",
        "Write confirmed corrections into copies: cells are found by household, person and column; one that changed since, cannot be "
        "read or makes an error is left and told.\n\n"
        "Exit code: 0 all written, 1 some not, 2 wrong usage, 3 could not run, 130 interrupted.",
    ),
)(sheets.apply)
round_app.command(
    "receive",
    cls=BilingualCommand,
    help=say(
        "接收上级的疑点清单（用对方的说法），与我们的疑点对上：两边都有、只有对方有、只有我们有、已经改好，写明相似度。\n\n"
        "退出码：0 没有只有对方查出的，1 有，2 用法有误，3 有文件读不到，130 已中断。",
        "Join a list of the level above, in its wording, to our doubts: found by both, only by them, only by us, repaired; with scores.\n\n"
        "Exit code: 0 nothing that only they found, 1 something, 2 wrong usage, 3 a file could not be read, 130 interrupted.",
    ),
)(sheets.receive)
round_app.command(
    "close",
    cls=BilingualCommand,
    help=say(
        "销号：按现在的登记表再核查，数据能证明的才销，其余写明原因；再用清洗台账的规则（RND）检查台账。\n\n"
        "退出码：0 台账没有问题，1 有，2 用法有误，3 无法运行，130 已中断。",
        "Strike off what the data now proves, say why the rest stays, and audit the ledger by its own rules (RND).\n\n"
        "Exit code: 0 nothing in the ledger, 1 findings, 2 wrong usage, 3 could not run, 130 interrupted.",
    ),
)(steps.close)
round_app.command(
    "status",
    cls=BilingualCommand,
    help=say(
        "按乡、按村列出待处理、已下发、已反馈、超期、已销号、再现各多少，各轮怎样减少。",
        "Show by township or village what is open, issued, answered, overdue, struck off, back; and the burn-down.",
    ),
)(steps.status)
round_app.command(
    "why",
    cls=BilingualCommand,
    help=say(
        "两轮的疑点为什么不同：数据变了、标准变了、规则变了、行挪了，还是选项不同。",
        "Why two rounds differ: data, a parameter, a rule, a moved row, or other options.",
    ),
)(steps.why)
round_app.command(
    "merge",
    cls=BilingualCommand,
    help=say(
        "并入另一单位的台账（同一把 campaign.key）；两边不同的都保留，并列出。",
        "Join another office's ledger of the same campaign.key; what differs is kept both, and told.",
    ),
)(steps.merge)
round_app.command(
    "export",
    cls=BilingualCommand,
    help=say("把台账全部导出为工作簿（不脱敏）。", "Write the whole ledger to a workbook (unmasked)."),
)(steps.export)


@round_app.callback()
def _round_root(lang: Speak = None) -> None:
    """Take --lang before the command too; it was read already."""
