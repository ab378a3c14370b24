"""The command line: which commands there are, and their help."""

import typer

from fupin_cli import __version__
from fupin_cli.catalogue import both
from fupin_cli.cli.environment import configured_lines
from fupin_cli.cli.help import BilingualCommand, BilingualGroup, Later, language_of, later
from fupin_cli.cli.language import say
from fupin_cli.cli.options import Speak
from fupin_cli.cli.round_app import round_app
from fupin_cli.cli.stream import emit

app = typer.Typer(
    cls=BilingualGroup,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help=say(
        *both(
            "核查扶贫与防返贫监测登记表：每一处问题说明在哪个单元格、为什么、依据什么、怎么办。\n\n"
            "选项也可写在 fupin.toml（或 pyproject.toml 的 [tool.fupin]）里，或用环境变量给出：--fail-on 即 FUPIN_FAIL_ON。"
            "命令行优先于环境变量，环境变量优先于文件；FUPIN_CONFIG 指定文件，off 为不用文件。"
        )
    ),
)
baseline_app = typer.Typer(
    cls=BilingualGroup,
    no_args_is_help=True,
    help=say(*both("基线：已核实、可以接受的问题，谁接受、为什么、到哪天；audit --baseline 不再把它们列为问题。")),
)
rules_app = typer.Typer(
    cls=BilingualGroup,
    no_args_is_help=True,
    help=say(*both("查看与检验规则。")),
)


def _print_version(asked: bool) -> None:
    if asked:
        emit(f"fupin {__version__}\n")
        raise typer.Exit


@app.callback()
def _root(
    lang: Speak = None,
    version: bool = typer.Option(
        False,
        "--version",
        callback=_print_version,
        is_eager=True,
        help=say(*both("显示版本。")),
        show_default=False,
    ),
) -> None:
    """Read what stands before the command; the language was read already."""


def _version(
    ctx: typer.Context,
    verbose: bool = typer.Option(
        False,
        "--verbose",
        help=say(*both("并显示所用的配置文件和环境变量。")),
        show_default=False,
    ),
    lang: Speak = None,  # noqa: ARG001 - read before the command line is parsed
) -> None:
    """Show the version."""
    emit(f"fupin {__version__}\n")
    if verbose:
        emit("\n".join(configured_lines(language_of(ctx))) + "\n")


app.command(
    "audit",
    cls=Later,
    help=say(*both("核查登记表，列出每一处问题。\n\n退出码：0 没有，1 有问题，2 用法有误，3 无法运行，130 已中断。")),
)(later("audit:audit"))
app.command(
    "compare",
    cls=Later,
    help=say(
        *both(
            "比对两份数据（去年与今年、村表与系统导出、登记表与部门名单）：仅左、仅右、改动的格子、重复、换户、分户并户、换户主。\n\n"
            "退出码：0 没有 --fail-on 所列的差别，1 有，2 用法有误，3 无法运行，130 已中断。"
        )
    ),
)(later("compare:compare"))
app.command(
    "inspect",
    cls=Later,
    help=say(*both("显示读表结果：工作表、表头行、列的对应、未读的行。")),
)(later("inspect:inspect"))
app.command(
    "ask",
    cls=Later,
    help=say(*both("把无法判断的地方变成一份问题清单：每户缺什么，先问能解开最多判断的。")),
)(later("ask:ask"))
app.command(
    "ledger",
    cls=Later,
    help=say(
        *both(
            "专项台账：患病、残疾、教育、住房。一行一人（户），登记表里有什么、缺什么，按乡镇合计；可自己写（docs/special-ledgers.md）。"
            "与 audit --ledger（疑点台账）是两回事。"
        )
    ),
)(later("ledger:ledger"))
app.command(
    "explain",
    cls=Later,
    help=say(*both("说明一处问题是怎样判断出来的：条件的每一部分是真是假，用了哪个格子、哪项标准。")),
)(later("explain:explain"))
app.command(
    "whatif",
    cls=Later,
    help=say(*both("同一份登记表按两种情形（标准、方案）各判断一次，列出判断不同的户和人，按乡镇合计。")),
)(later("whatif:whatif"))
app.command(
    "stats",
    cls=Later,
    help=say(
        *both(
            "统计登记表的户数和人数：按乡、村、致贫原因、脱贫属性、户类型等，附占比；可与上报的汇总表逐行核对（docs/stats.md）。\n\n"
            "退出码：0 已完成，1 与 --stated 的表不一致，2 用法有误，3 有文件未能读取，130 已中断。"
        )
    ),
)(later("stats:stats"))
app.command(
    "token",
    cls=Later,
    help=say(*both("用密钥把证件号码和姓名换成令牌，两家单位不交换号码也能比对（fupin compare）。")),
)(later("token:token"))
app.command(
    "clean",
    cls=Later,
    help=say(
        *both(
            "修复登记表的书写（空格、全角、不可见字符、文本数字和日期、同义写法），写成副本，逐格记录，可以还原。\n\n"
            "退出码：0 已完成，1 --check 查到可修复的（--undo 时有格子没有还原），2 用法有误，3 有文件未能读取，130 已中断。"
        )
    ),
)(later("clean:clean"))
app.command(
    "trend",
    cls=Later,
    help=say(
        *both(
            "比较历年的登记表：谁新增、减少、返回，收入和状态怎样变，谁的性别、年龄、生死前后矛盾。\n\n"
            "退出码：0 没有，1 有问题，2 用法有误，3 无法运行，130 已中断。"
        )
    ),
)(later("trend:trend"))
rules_app.command("list", cls=Later, help=say(*both("列出规则。")))(later("rules:list_rules"))
rules_app.command(
    "show",
    cls=Later,
    help=say(*both("显示一条规则的全部：条件、依据、当时当地的标准、所需的列和名单、示例、SQL。")),
)(later("rules:show"))
rules_app.command(
    "profiles",
    cls=Later,
    help=say(*both("并排显示方案（四进、九不进、各省各年）：有哪些条目、例外、核查名单，标准有什么不同。")),
)(later("rules:profiles"))
rules_app.command(
    "test",
    cls=Later,
    help=say(*both("用规则文件里的示例检验规则。")),
)(later("rules:run_examples"))

rules_app.command(
    "new",
    cls=Later,
    help=say(*both("写出一条新规则的样子，逐行改成自己的。")),
)(later("rule_files:new"))
rules_app.command(
    "schema",
    cls=Later,
    help=say(*both("输出规则文件的 JSON Schema，供编辑器提示和检查。")),
)(later("rule_files:schema"))
rules_app.command(
    "docs",
    cls=Later,
    help=say(*both("生成规则的说明页，每条一页，另有目录。")),
)(later("rule_files:docs"))


@rules_app.callback()
def _rules_root(lang: Speak = None) -> None:
    """Take --lang before the command too; it was read already."""


baseline_app.command(
    "create",
    cls=Later,
    help=say(*both("核查登记表，把查出的问题全部写成基线（先用 --select、--severity 挑选）。")),
)(later("baseline:create"))
baseline_app.command(
    "update",
    cls=Later,
    help=say(*both("按登记表更新基线：不再出现的删去，仍在的保留，--add 时把新的也接受。")),
)(later("baseline:update"))
baseline_app.command(
    "show",
    cls=Later,
    help=say(*both("列出基线各处：有效、即将到期、已到期、不再出现。")),
)(later("baseline:show"))


@baseline_app.callback()
def _baseline_root(lang: Speak = None) -> None:
    """Take --lang before the command too; it was read already."""


app.add_typer(baseline_app, name="baseline")
app.add_typer(round_app, name="round")
app.add_typer(rules_app, name="rules")
app.command("version", cls=BilingualCommand, help=say(*both("显示版本。")))(_version)
