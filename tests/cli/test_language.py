"""Which language a clerk reads."""

import pytest

from fupin_cli.cli.language import choose_language, pick, say


@pytest.mark.parametrize(
    ("arguments", "environment", "lang"),
    [
        ([], {}, "zh"),
        ([], {"LANG": "C"}, "zh"),
        ([], {"LANG": "POSIX"}, "zh"),
        ([], {"LANG": "zh_CN.UTF-8"}, "zh"),
        ([], {"LANG": "en_GB.UTF-8"}, "en"),
        ([], {"LANG": "fr_FR.UTF-8"}, "zh"),
        ([], {"LC_ALL": "en_US.UTF-8", "LANG": ""}, "en"),
        ([], {"LANG": "en_US.UTF-8", "LC_CTYPE": "zh_CN.UTF-8"}, "zh"),
        ([], {"LANG": "en_US.UTF-8", "LANGUAGE": "en_US:zh_CN"}, "zh"),
        ([], {"LC_ALL": "C", "LANG": "en_US.UTF-8"}, "zh"),
        (["audit", "--lang", "en"], {"LANG": "zh_CN"}, "en"),
        (["audit", "--lang=zh"], {"LANG": "en_US"}, "zh"),
        (["audit", "--", "--lang", "en"], {}, "zh"),
        (["audit", "--lang"], {}, "zh"),
        (["audit", "--lang", "fr"], {"LANG": "en_US"}, "en"),
    ],
)
def test_the_command_line_beats_the_locale_and_chinese_is_the_default(arguments, environment, lang):
    assert choose_language(arguments, environment) == lang


def test_a_text_of_one_wording_is_the_same_in_both_languages():
    assert [pick("ID", "zh"), pick("ID", "en"), pick(say("编号", "id"), "zh"), pick(say("编号", "id"), "en")] == [
        "ID",
        "ID",
        "编号",
        "id",
    ]
