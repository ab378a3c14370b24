"""The commands of `fupin round`, and their help."""

import typer

from fupin_cli.catalogue import both
from fupin_cli.cli.help import BilingualGroup, Later, later
from fupin_cli.cli.language import say
from fupin_cli.cli.options import Speak

round_app = typer.Typer(
    cls=BilingualGroup,
    no_args_is_help=True,
    help=say(*both("清洗轮次：登记疑点、下发、收回、销号，一件不漏，每次变动都有记录。")),
)

round_app.command(
    "new",
    cls=Later,
    help=say(*both("开一轮清洗：核查登记表，把每个问题登记为疑点；以前轮次有过的接着原来的记录。")),
)(later("round:new"))
round_app.command(
    "issue",
    cls=Later,
    help=say(*both("下发：一村（或一乡）一份疑点数据工作簿，问题锁定，右边填写核实反馈。")),
)(later("round_sheets:issue"))
round_app.command(
    "collect",
    cls=Later,
    help=say(
        *both(
            "收回：读交回的疑点表，不管行列怎么挪动；逐行说明收下没有、为什么。\n\n"
            "退出码：0 全部收下，1 有没收下的或少了的行，2 用法有误，3 有文件读不到，130 已中断。"
        )
    ),
)(later("round_sheets:collect"))
round_app.command(
    "apply",
    cls=Later,
    help=say(
        *both(
            "把核实属实的更正值写进登记表的副本：按户、人、列找到现在的格子，下发后变过的、读不出的、会带来新错误的都不写并说明。\n\n"
            "退出码：0 全部写了，1 有没写的，2 用法有误，3 无法运行，130 已中断。"
        )
    ),
)(later("round_sheets:apply"))
round_app.command(
    "receive",
    cls=Later,
    help=say(
        *both(
            "接收上级的疑点清单（用对方的说法），与我们的疑点对上：两边都有、只有对方有、只有我们有、已经改好，写明相似度。\n\n"
            "退出码：0 没有只有对方查出的，1 有，2 用法有误，3 有文件读不到，130 已中断。"
        )
    ),
)(later("round_sheets:receive"))
round_app.command(
    "close",
    cls=Later,
    help=say(
        *both(
            "销号：按现在的登记表再核查，数据能证明的才销，其余写明原因；再用清洗台账的规则（RND）检查台账。\n\n"
            "退出码：0 台账没有问题，1 有，2 用法有误，3 无法运行，130 已中断。"
        )
    ),
)(later("round:close"))
round_app.command(
    "status",
    cls=Later,
    help=say(*both("按乡、按村列出待处理、已下发、已反馈、超期、已销号、再现各多少，各轮怎样减少。")),
)(later("round:status"))
round_app.command(
    "why",
    cls=Later,
    help=say(*both("两轮的疑点为什么不同：数据变了、标准变了、规则变了、行挪了，还是选项不同。")),
)(later("round:why"))
round_app.command(
    "merge",
    cls=Later,
    help=say(*both("并入另一单位的台账（同一把 campaign.key）；两边不同的都保留，并列出。")),
)(later("round:merge"))
round_app.command(
    "export",
    cls=Later,
    help=say(*both("把台账全部导出为工作簿（不脱敏）。")),
)(later("round:export"))


@round_app.callback()
def _round_root(lang: Speak = None) -> None:
    """Take --lang before the command too; it was read already."""
