"""The fixed words of pages about profiles, and what several of them say of a profile."""

from fupin_cli.catalogue import both
from fupin_cli.model.profile_table import ParameterRow, ProfileRow
from fupin_cli.model.rule import Profile, ProfileItem
from fupin_cli.reports.words import Lang, rule_name, severity_word, word
from fupin_cli.values import regions

_WORDS: dict[str, tuple[str, str]] = {
    "profiles": both("方案", "profiles"),
    "title": both("全称"),
    "place": both("地区"),
    "anywhere": both("不限地区"),
    "day": both("数据日期"),
    "any_day": both("不限日期"),
    "extends": both("沿用"),
    "without": both("去掉"),
    "required": both("必填列"),
    "file": both("文件"),
    "items": both("条目"),
    "no_items": both("没有条目。"),
    "exceptions": both("例外"),
    "lists": both("核查名单"),
    "lent": both("沿用自 {profile}"),
    "given": both("方案给定"),
    "parameters": both("标准"),
    "differing": both("不同的标准"),
    "same": both("标准没有不同。"),
    "unchecked": both("没有规则能查的"),
    "count": both("{n} 条", "count"),
    "total": both("共 {n} 个方案。"),
    "legend": both("有：有这一条；例：有这一条，另有例外；-：没有。数字是方案的序号。"),
    "has": ("有", "x"),
    "has_with_exceptions": ("例", "e"),
    "see_more": both("写出两三个名称可并排看条目和例外，写出一个看全部：fupin rules profiles 名称…"),
    "rule": both("规则"),
    "no_value": both("没有"),
}


def profile_word(key: str, lang: Lang, **parts: object) -> str:
    """Return the word for `key`, its {parts} filled in."""
    text = _WORDS[key][lang == "en"]
    return text.format(**parts) if parts else text


def place_and_day(profile: Profile, lang: Lang) -> tuple[str, str]:
    """Return where and when a profile holds."""
    place = profile.region and f"{regions.name(profile.region) or ''} {profile.region}".strip()
    day = profile.as_of.isoformat() if profile.as_of else profile_word("any_day", lang)
    return place or profile_word("anywhere", lang), day


def item_text(entry: ProfileItem, lang: Lang) -> str:
    """Return what an item says, what it excuses and how grave it is."""
    parts = [entry.says]
    if entry.exceptions:
        colon = word("colon", lang) if lang == "zh" else " "
        parts.append(f"{profile_word('exceptions', lang)}{colon}{joined(entry.exceptions, lang, ' OR ')}")
    parts += [severity_word(entry.severity, lang)] if entry.severity else []
    return both("；")[lang == "en"].join(parts)


def row_name(row: ProfileRow, lang: Lang) -> str:
    """Return a rule as a row is called: its id, its name, the lists that verify it."""
    lists = f"{profile_word('lists', lang)}{word('colon', lang)}{joined(row.lists, lang)}" if row.lists else ""
    return "  ".join(part for part in (f"{row.rule.id} {rule_name(row.rule, lang)}", lists) if part)


def parameter_name(row: ParameterRow, lang: Lang) -> str:
    """Return a parameter with its tier and unit."""
    inside = joined([part for part in (row.tier, row.unit) if part], lang)
    return both("{name}（{inside}）", name=row.name, inside=inside)[lang == "en"]


def required_text(profile: Profile, lang: Lang) -> str:
    """Return the columns that must be filled, table by table."""
    colon = word("colon", lang)
    texts = [f"{level}{colon}{joined(names, lang)}" for level, names in profile.required.items()]
    return both("；")[lang == "en"].join(texts)


def joined(texts: tuple[str, ...] | list[str], lang: Lang, by: str = "") -> str:
    """Return texts as a list within a line."""
    return (by or both("、")[lang == "en"]).join(texts)
