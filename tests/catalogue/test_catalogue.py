"""The catalogue: no message is wanting in either language, and no wording stands outside it."""

import re

import polib
import pytest

from fupin_cli.catalogue import both, enumerated, in_each
from tests.catalogue.gather import PO, SOURCE, compiled, fields, gathered, messages
from tests.catalogue.pairs import pairs

CATALOGUE = polib.pofile(str(PO))
MESSAGES = messages()


def test_every_message_of_the_source_stands_in_the_catalogue_and_no_other():
    """Run `just catalogue`, write the English of what is new into fupin.po, and run it again."""
    assert {(each.msgctxt or "", each.msgid) for each in CATALOGUE} == {(each.context, each.zh) for each in MESSAGES}


def test_no_message_lacks_its_english():
    assert [each.msgid for each in CATALOGUE if not each.msgstr.strip(" ") and each.msgid.strip()] == []
    assert [each.msgid for each in CATALOGUE if each.fuzzy or each.obsolete] == []


def test_what_the_program_reads_is_what_the_catalogue_says():
    assert PO.with_suffix(".mo").read_bytes() == compiled(CATALOGUE)


def test_the_catalogue_is_written_as_just_catalogue_writes_it():
    """But for the files it names: a module may be renamed before anybody runs it again."""
    again = gathered(CATALOGUE)
    assert [(each.msgctxt, each.msgid, each.msgstr) for each in CATALOGUE] == [
        (each.msgctxt, each.msgid, each.msgstr) for each in again
    ]


def test_both_languages_have_the_same_parts_in_the_same_format():
    """A part that one language alone has ends in _zh or _en."""
    odd = {each.msgid: fields(each.msgid) ^ fields(each.msgstr) for each in CATALOGUE}
    assert {zh: one for zh, names in odd.items() for one in names if not re.match(r"\w+_(zh|en)\b", one)} == {}


def test_the_parts_of_a_message_are_those_it_names():
    english = {(each.msgctxt or "", each.msgid): each.msgstr for each in CATALOGUE}
    for message in MESSAGES:
        if message.parts:
            named = fields(message.zh) | fields(english[message.context, message.zh])
            inner = {name for each in named for name in re.findall(r"\{(\w+)\}", each)}
            assert {re.split(r"[!:]", each)[0] for each in named} | inner == message.parts, message.place


def test_english_is_written_with_english_marks():
    """Chinese words of the registry may stand in it, Chinese marks may not."""
    marks = re.compile("[，。；：？！、（）《》　]")
    assert [each.msgstr for each in CATALOGUE if marks.search(each.msgstr)] == []


def test_chinese_is_no_english():
    assert [each.msgid for each in CATALOGUE if not re.search("[㐀-鿿　-〿＀-￯“”]", each.msgid)] == []


def test_no_wording_stands_in_both_languages_outside_the_catalogue():
    """Say both("中文") and write the English into fupin.po (CONTRIBUTING.md, Messages)."""
    assert list(pairs(SOURCE)) == []


def test_the_detector_of_pairs_sees_them_and_lets_data_pass(tmp_path):
    (tmp_path / "drawn.py").write_text(
        'A = ("户", "household")\n'
        'raise UsageError(f"没有规则 {x}", f"there is no rule {x}")\n'
        'word = "rules" if lang == "en" else "规则"\n'
        "zh = f'没有 {x}'\n"
        'fault(node, zh, f"there is no {x}")\n'
        'en = "no such rule"\n'
        'Repair("FIX", why_en="because")\n'
        'B = ("证件号码", "k.card")\n'
        'FUNCTION = Function(("文本",), "数字", "LENGTH(:1)")\n'
        'html = "en" if lang == "en" else "zh-CN"\n'
        'both("户", names_en="a")\n',
        "utf-8",
    )
    assert sorted(pairs(tmp_path)) == [f"drawn.py:{line}" for line in (1, 2, 3, 5, 6, 7)]


def test_a_message_comes_in_both_languages_with_its_parts():
    assert both("没有名单“{name}”；有：{known}。", name="车辆", known=enumerated(["工商", "房产"])) == (
        "没有名单“车辆”；有：工商、房产。",
        "there is no list 车辆; there are 工商, 房产.",
    )


def test_a_message_without_parts_keeps_its_braces_for_later():
    assert both("第{row}行") == ("第{row}行", "row {row}")


def test_a_context_tells_two_uses_of_one_chinese_word_apart():
    other = next(each for each in CATALOGUE if each.msgctxt)
    assert both(other.msgid, other.msgctxt) == (other.msgid, other.msgstr)
    plain = next((each for each in CATALOGUE if each.msgid == other.msgid and not each.msgctxt), None)
    assert plain is None or both(plain.msgid)[1] != other.msgstr


def test_rows_of_words_come_apart_by_language():
    assert in_each(("文件", "file"), ("行", "row")) == (["文件", "行"], ["file", "row"])


def test_a_message_is_written_out_where_it_is_made(tmp_path):
    (tmp_path / "drawn.py").write_text("both(zh)\n", "utf-8")
    with pytest.raises(ValueError, match="a message is a literal text"):
        messages(tmp_path)
