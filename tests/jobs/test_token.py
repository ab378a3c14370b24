"""`fupin token`: what two offices get of one person, what never leaves, and that `compare` works on tokens alone."""

import csv
import hmac
from datetime import date

import pytest

from fupin_cli.errors import InputError, OutputError, UsageError
from fupin_cli.jobs.compare import run as compare
from fupin_cli.jobs.compare_request import CompareRequest
from fupin_cli.jobs.key_file import new_key, read_key
from fupin_cli.jobs.request import Request
from fupin_cli.jobs.token import TokenRequest, run
from fupin_cli.model.settings import Settings
from fupin_cli.reports.token_table import told, write_own, write_tokens
from fupin_cli.values.token import born, certificate_of, key_mark, name_of, token

KEY = bytes(range(32))
REGISTRY = """
| 户编号  | 姓名 | 证件号码           | 与户主关系 | 人均纯收入 | 婚姻状况     |
| '000101 | 甲一 | 11010519491231002x | 户主       | 3200       | 已婚，同甲一 |
| '000101 | 乙二 | 990101198001010017 | 配偶       | 3200       | '@已婚       |
| '000102 | 丙三 |                    | 户主       | 4100       | 未婚         |
| '000103 | 丁四 | '12345678901               | 户主       | 4100       | 未婚         |
"""


@pytest.fixture
def key(tmp_path):
    path = tmp_path / "shared.key"
    path.write_text(KEY.hex(), encoding="ascii")
    path.chmod(0o600)
    return path


def asked(path, key, keep=(), algorithm="sha256"):
    return TokenRequest(Request((path,), Settings(today=date(2020, 12, 31))), key, algorithm, tuple(keep))


def written(table, tmp_path):
    write_tokens(table, tmp_path / "tokens.csv")
    with (tmp_path / "tokens.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_hmac_sha_256_is_that_of_rfc_4231():
    mac = hmac.new(b"\x0b" * 20, b"Hi There", "sha256").hexdigest()
    assert mac == "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
    assert token(KEY, "sha256", "证件", "11010519491231002X") == (
        hmac.new(KEY, "fupin token v1|证件|11010519491231002X".encode(), "sha256").hexdigest()
    )


def test_hmac_sm3_is_that_of_gm_t_0042():
    key = bytes.fromhex("0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f20")
    mac = hmac.new(key, b"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq" * 2, "sm3").hexdigest()
    assert mac == "ca05e144ed05d1857840d1f318a4a8669e559fc8391f414485bfdf7bb408963a"
    assert token(key, "sm3", "证件", "甲") == hmac.new(key, "fupin token v1|证件|甲".encode(), "sm3").hexdigest()


def test_tokens_of_version_one_never_change():
    assert token(KEY, "sha256", "证件", "11010519491231002X") == CERTIFICATE
    assert key_mark(KEY, "sha256") != key_mark(KEY, "sm3") != key_mark(KEY[::-1], "sm3")


CERTIFICATE = "ee44e2e47893122fd531dc64757fcec84ef6d2989b614d490738f652c9b8601e"


def test_spellings_of_one_number_are_one():
    spellings = (
        "11010519491231002X",
        "11010519491231002x",
        "110105491231002",
        "11010519491231002X43",
        "１１０１０５19491231002X",
    )
    assert {certificate_of(number) for number in spellings} == {"11010519491231002X"}
    assert [certificate_of(number) for number in ("", "1234", "1.10105E+17")] == [None, None, None]


def test_spellings_of_one_name_are_one():
    spellings = (
        "阿依·买买提",
        "阿依•买买提",
        "阿依．买买提",
        " 阿依 · 买买提",
        "阿依・买买提",
        "阿依･买买提",
        "阿依买买提",
    )
    assert {name_of(name) for name in spellings} == {"阿依买买提"}
    assert name_of("甲") is None


def test_the_day_of_birth_is_that_of_a_number_that_holds_before_the_written_one():
    written = date(1980, 2, 2)
    assert born("11010519491231002X", written) == date(1949, 12, 31)
    assert born("110105194912310021", written) == written
    assert born("110105194912310021", None) == date(1949, 12, 31)
    assert born(None, None) is None


def test_one_person_in_two_layouts_has_one_token(sketch, key, tmp_path):
    registry = sketch(REGISTRY, "registry.xlsx")
    clinic = sketch(
        """
    | 医保参保名册 | <  | <        |
    | 身份证号     | 姓 名 | 出生日期 |
    | '110105491231002 | 甲 一 | 1949-12-31 |
    | '990101198001010017 | 乙二 | 1980-01-01 |
    """.replace("姓 名", "姓名"),
        "clinic.xlsx",
    )
    ours, theirs = run(asked(registry, key)), run(asked(clinic, key))
    assert [row.certificate for row in ours.rows[:2]] == [row.certificate for row in theirs.rows]
    assert [row.name_and_birth for row in ours.rows[:2]] == [row.name_and_birth for row in theirs.rows]
    assert ours.mark == theirs.mark


def test_another_key_or_algorithm_makes_other_tokens(sketch, key, tmp_path):
    registry = sketch(REGISTRY)
    other = tmp_path / "other.key"
    new_key(other)
    tables = [run(asked(registry, key)), run(asked(registry, other)), run(asked(registry, key, algorithm="sm3"))]
    assert len({table.mark for table in tables}) == 3
    assert len({row.certificate for table in tables for row in table.rows[:2]}) == 6


def test_no_number_name_or_order_leaves_the_office(sketch, key, tmp_path):
    registry = sketch(REGISTRY)
    table = run(asked(registry, key, ["户编号", "人均纯收入", "婚姻状况"]))
    rows = written(table, tmp_path)
    write_own(table, tmp_path / "own.csv")
    said = "".join(zh + en for zh, en in told(table, tmp_path / "tokens.csv"))
    for text in (
        (tmp_path / "tokens.csv").read_text("utf-8"),
        (tmp_path / "own.csv").read_text("utf-8"),
        said,
        repr(table),
    ):
        for secret in (
            "11010519491231002",
            "990101198001010017",
            "12345678901",
            "甲一",
            "乙二",
            "丙三",
            "丁四",
            KEY.hex(),
        ):
            assert secret not in text
    assert [row["证件令牌"] for row in rows] == sorted(row["证件令牌"] for row in rows)
    assert {(row["户编号"], row["人均纯收入"], row["婚姻状况"]) for row in rows} == {
        ("000101", "3200", ""),
        ("000101", "3200", "'@已婚"),
    }


def test_what_has_no_token_is_counted_and_said(sketch, key, tmp_path):
    table = run(asked(sketch(REGISTRY), key, ["婚姻状况"]))
    assert (table.blank, table.damaged, table.withheld) == (1, 1, 1)
    assert [zh for zh, _ in told(table, tmp_path / "t.csv")] == [
        f"已写入 {tmp_path / 't.csv'}：2 人的令牌。",
        "1 行证件号码空白，1 行证件号码损坏或位数不对，没有证件令牌。",
        "其中 2 行也没有姓名和出生日期，没有任何令牌，没有写出。",
        "--keep 的列里有 1 格含本人姓名或长号码，留空。",
    ]


def test_the_own_list_leads_back_to_every_row(sketch, key, tmp_path):
    registry = sketch(REGISTRY)
    table = run(asked(registry, key))
    write_own(table, tmp_path / "own.csv")
    with (tmp_path / "own.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["行"], bool(row["证件令牌"])) for row in rows] == [
        ("2", True),
        ("3", True),
        ("4", False),
        ("5", False),
    ]
    assert {row["文件"] for row in rows} == {str(registry)}


@pytest.mark.parametrize("column", ["证件号码", "姓名", "户联系电话", "户主姓名", "残疾证号", "证件令牌", "没有的列"])
def test_what_names_a_person_never_stays_in_clear(sketch, key, column):
    with pytest.raises(UsageError, match=f"--keep {column}"):
        run(asked(sketch(REGISTRY), key, [column]))


def test_a_column_no_file_has_cannot_be_kept(sketch, key):
    with pytest.raises(UsageError) as told:
        run(asked(sketch(REGISTRY), key, ["民族"]))
    assert told.value.zh == "--keep 民族：文件中没有这一列；用 fupin inspect 查看有哪些列。"


def test_a_new_key_is_random_private_and_never_written_over(tmp_path):
    first, second = tmp_path / "a.key", tmp_path / "b.key"
    new_key(first)
    new_key(second)
    assert first.stat().st_mode & 0o777 == 0o600
    assert len(read_key(first)) == 32
    assert read_key(first) != read_key(second)
    before = first.read_bytes()
    with pytest.raises(OutputError) as told:
        new_key(first)
    assert told.value.zh == f"{first}：已经有这个文件，密钥不会被覆盖；请换一个文件名。"
    assert first.read_bytes() == before


@pytest.mark.parametrize(
    "text", ["", "secret passphrase of the two offices, long", "00" * 32, "0123456789abcdef", KEY.hex()[:62]]
)
def test_what_is_no_random_key_is_refused_without_showing_it(tmp_path, text):
    path = tmp_path / "bad.key"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as told:
        read_key(path)
    assert "不是 fupin 的密钥文件" in told.value.zh
    assert not text or text not in told.value.zh + told.value.en


def test_a_key_file_others_may_read_is_said(sketch, key):
    key.chmod(0o644)
    assert run(asked(sketch(REGISTRY), key)).notes[-1][0].startswith(f"{key}：这台机器上的其他用户也能读密钥文件")


def test_a_table_of_nobody_has_no_tokens(sketch, key):
    path = sketch("""
    | 户编号 | 户主姓名 | 人均纯收入 |
    | '0001  | 甲一     | 3200       |
    """)
    with pytest.raises(InputError) as told:
        run(asked(path, key))
    assert told.value.zh.startswith(f"{path}：没有可做令牌的人。")


def test_a_table_of_households_has_the_tokens_of_their_heads(sketch, key):
    homes = sketch("""
    | 户编号  | 户主姓名 | 户主证件号码       | 人均纯收入 |
    | '000101 | 甲一     | 11010519491231002X | 3200       |
    """)
    table = run(asked(homes, key, ["人均纯收入"]))
    [row] = table.rows
    assert (row.certificate, row.kept, row.row) == (CERTIFICATE, ("3200",), 2)
    assert table.notes[-1][0] == "每行是一户，令牌是户主的。"


LAST_YEAR = """
| 户编号  | 姓名 | 证件号码           | 出生日期   | 与户主关系 | 健康状况   |
| '000101 | 甲一 | 11010519491231002X | 1949-12-31 | 户主       | 健康       |
| '000101 | 甲二 | 990101198001010017 | 1980-01-01 | 之子       | 健康       |
| '000102 | 乙一 | 990101197501010016 | 1975-01-01 | 户主       | 长期慢性病 |
| '000103 | 丙一 | 990101196001010010 | 1960-01-01 | 户主       | 健康       |
| '000104 | 丁一 | 990101195001010016 | 1950-01-01 | 户主       | 健康       |
"""
THIS_YEAR = """
| 姓名 | 身份证号           | 出生日期 | 户编号  | 健康状况   | 与户主关系 |
| 戊一 | 990101199001010010 | 19900101 | '000105 | 健康       | 户主       |
| 丙一 |                    | 19600101 | '000103 | 健康       | 户主       |
| 乙一 | 990101750101001    | 19750101 | '000102 | 健康       | 户主       |
| 甲二 | 990101198001010017 | 19800101 | '000102 | 健康       | 之子       |
| 甲 一 | 11010519491231002x | 19491231 | '000101 | 健康       | 户主       |
"""


def compared(left, right):
    return compare(CompareRequest((left,), (right,), Settings(today=date(2020, 12, 31))))


def counted(found):
    main = found.tables[0]
    return {
        "same": main.same,
        "changed": main.changed_records,
        "left": len(main.only_left),
        "right": len(main.only_right),
        "duplicates": len(main.duplicates),
        "moved": [(one.left.household, one.right.household) for one in found.moved],
    }


def tokens_of(path, key, tmp_path, name):
    write_tokens(run(asked(path, key, ["户编号", "与户主关系", "健康状况"])), tmp_path / name)
    return tmp_path / name


def test_tokens_compare_as_the_registries_do(sketch, key, tmp_path):
    before, after = sketch(LAST_YEAR, "before.xlsx"), sketch(THIS_YEAR, "after.xlsx")
    plain = counted(compared(before, after))
    blind = compared(tokens_of(before, key, tmp_path, "a.csv"), tokens_of(after, key, tmp_path, "b.csv"))
    assert plain == {"same": 2, "changed": 2, "left": 1, "right": 1, "duplicates": 0, "moved": [("000101", "000102")]}
    assert counted(blind) == plain
    assert (blind.tokens, blind.tables[0].keys) == (True, {"证件令牌": 3, "姓名生日令牌": 1})


def test_tokens_of_two_keys_are_refused(sketch, key, tmp_path):
    registry, other = sketch(LAST_YEAR), tmp_path / "other.key"
    new_key(other)
    with pytest.raises(UsageError) as told:
        compared(tokens_of(registry, key, tmp_path, "a.csv"), tokens_of(registry, other, tmp_path, "b.csv"))
    assert told.value.zh == (
        "两边的令牌不是用同一个密钥和算法做的，谁和谁都对不上；请双方用同一个密钥文件和 --algorithm 重新生成。"
    )


def test_tokens_beside_numbers_are_refused(sketch, key, tmp_path):
    registry = sketch(LAST_YEAR)
    with pytest.raises(UsageError) as told:
        compared(registry, tokens_of(registry, key, tmp_path, "b.csv"))
    assert told.value.zh == "只有右边是令牌表，无法和证件号码相比；请把另一边也用同一个密钥做成令牌（fupin token）。"


def test_tokens_without_the_mark_of_their_key_are_refused(sketch, key, tmp_path):
    whole = tokens_of(sketch(LAST_YEAR), key, tmp_path, "a.csv")
    cut = tmp_path / "cut.csv"
    cut.write_text(whole.read_text("utf-8-sig").replace("密钥校验", "别的列"), "utf-8")
    with pytest.raises(UsageError) as told:
        compared(whole, cut)
    assert "令牌表缺少“密钥校验”列" in told.value.zh
