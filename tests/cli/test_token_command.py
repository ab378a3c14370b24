"""`fupin token`: options in, two tables and a few sentences out."""

import re

import pytest
from typer.testing import CliRunner

from fupin_cli.cli.app import app

REGISTRY = """
| 姓名 | 证件号码           | 性别 |
| 甲一 | 11010519491231002X | 女   |
| 丙三 |                    | 男   |
"""


@pytest.fixture
def fupin(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("LANG", "LC_ALL", "LC_MESSAGES", "LANGUAGE", "COLUMNS", "FUPIN_DEBUG"):
        monkeypatch.delenv(name, raising=False)
    return lambda *arguments: CliRunner().invoke(app, ["token", *arguments])


def test_a_key_is_made_and_a_registry_becomes_tokens(fupin, sketch, tmp_path):
    sketch(REGISTRY)
    made = fupin("--new-key", "k.key")
    assert (made.exit_code, made.stderr) == (
        0,
        "密钥已写入 k.key。请用与令牌表不同的途径交给对方，不要和令牌表放在一起。\n",
    )
    ran = fupin("registry.xlsx", "--key-file", "k.key", "-o", "t.csv", "--own", "own.csv")
    assert (ran.exit_code, ran.stdout) == (0, "")
    assert ran.stderr == (
        "已写入 t.csv：1 人的令牌。\n1 行证件号码空白，0 行证件号码损坏或位数不对，没有证件令牌。\n"
        "其中 1 行也没有姓名和出生日期，没有任何令牌，没有写出。\n"
    )
    heading, row = (tmp_path / "t.csv").read_text("utf-8-sig").splitlines()
    assert heading == "证件令牌,姓名生日令牌,密钥校验"
    assert re.fullmatch(r"[0-9a-f]{64},[0-9a-f]{64},k[0-9a-f]{16}", row)
    assert (tmp_path / "own.csv").read_text("utf-8-sig").splitlines()[2] == "registry.xlsx,Sheet1,3,,"
    key = (tmp_path / "k.key").read_text("ascii").strip()
    assert not any(key in text for text in (ran.stderr, row, made.stderr))


def test_a_key_is_never_written_over(fupin, tmp_path):
    fupin("--new-key", "k.key")
    before = (tmp_path / "k.key").read_bytes()
    again = fupin("--new-key", "k.key", "--lang", "en")
    assert (again.exit_code, (tmp_path / "k.key").read_bytes()) == (3, before)
    assert "k.key: is there already and a key is never written over; choose another name." in again.stderr


@pytest.mark.parametrize(
    ("arguments", "code", "sentence"),
    [
        (
            ("registry.xlsx",),
            2,
            "fupin token 要写明：文件、--key-file 密钥文件、-o 令牌表.csv；还没有密钥时先用 --new-key 生成。",
        ),
        (("registry.xlsx", "--new-key", "n.key"), 2, "--new-key 只生成密钥；请单独使用，再用 --key-file 指明它。"),
        (("registry.xlsx", "--key-file", "k.key", "-o", "t.xlsx"), 2, "令牌表和对照表是文本表，文件名要以 .csv 结尾。"),
        (
            ("registry.xlsx", "--key-file", "k.key", "-o", "t.csv", "--own", "t.csv"),
            2,
            "-o 和 --own 是同一个文件；对照表不能外传，请另起文件名。",
        ),
        (
            ("registry.xlsx", "--key-file", "k.key", "-o", "t.csv", "--keep", "姓名"),
            2,
            "--keep 姓名：姓名、证件号码、电话、账号不能原样写出；去掉这一列。",
        ),
        (
            ("registry.xlsx", "--key-file", "none.key", "-o", "t.csv"),
            3,
            "none.key：读不到密钥文件（No such file or directory）；用 fupin token --new-key 文件 生成一个，两家单位用同一个。",
        ),
        (("none.xlsx", "--key-file", "k.key", "-o", "t.csv"), 3, "none.xlsx"),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_is_written(fupin, sketch, tmp_path, arguments, code, sentence):
    sketch(REGISTRY)
    fupin("--new-key", "k.key", "--quiet")
    ran = fupin(*arguments)
    assert (ran.exit_code, sentence in ran.stderr) == (code, True), ran.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["k.key", "registry.xlsx"]


@pytest.mark.parametrize(
    ("lang", "line"), [("zh", "生成新的密钥文件，不覆盖已有的。"), ("en", "Write a new key file; none is")]
)
def test_the_help_page_speaks_both_languages(fupin, monkeypatch, lang, line):
    monkeypatch.setenv("COLUMNS", "100")
    page = fupin("--help", "--lang", lang)
    assert (page.exit_code, line in page.stdout) == (0, True), page.stdout


def test_an_algorithm_this_python_lacks_is_wrong_usage(fupin, sketch, monkeypatch):
    sketch(REGISTRY)
    fupin("--new-key", "k.key")
    monkeypatch.setattr("fupin_cli.values.token.hashlib.algorithms_available", {"sha256"})
    ran = fupin("registry.xlsx", "--key-file", "k.key", "-o", "t.csv", "--algorithm", "sm3")
    assert ran.exit_code == 2
    assert "这台机器上的 Python（OpenSSL）不提供 SM3；双方都改用 sha256，或换一个 Python。" in ran.stderr
