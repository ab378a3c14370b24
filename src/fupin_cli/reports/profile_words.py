"""The fixed words of pages about profiles, and what several of them say of a profile."""

from fupin_cli.model.profile_table import ParameterRow, ProfileRow
from fupin_cli.model.rule import Profile, ProfileItem
from fupin_cli.reports.words import Lang, rule_name, severity_word, word
from fupin_cli.values import regions

_WORDS: dict[str, tuple[str, str]] = {
    "profiles": ("方案", "profiles"),
    "title": ("全称", "title"),
    "place": ("地区", "region"),
    "anywhere": ("不限地区", "any region"),
    "day": ("数据日期", "data date"),
    "any_day": ("不限日期", "any day"),
    "extends": ("沿用", "extends"),
    "without": ("去掉", "leaves out"),
    "required": ("必填列", "required columns"),
    "file": ("文件", "file"),
    "items": ("条目", "Items"),
    "no_items": ("没有条目。", "No items."),
    "exceptions": ("例外", "except"),
    "lists": ("核查名单", "verified by"),
    "lent": ("沿用自 {profile}", "from {profile}"),
    "given": ("方案给定", "given by the profile"),
    "parameters": ("标准", "Standards"),
    "differing": ("不同的标准", "Standards that differ"),
    "same": ("标准没有不同。", "No standard differs."),
    "unchecked": ("没有规则能查的", "What no rule can check"),
    "count": ("{n} 条", "{n} item(s)"),
    "total": ("共 {n} 个方案。", "{n} profiles."),
    "legend": (
        "有：有这一条；例：有这一条，另有例外；-：没有。数字是方案的序号。",
        "x: has the item; e: has it, with exceptions; -: has it not. The figures are the numbers of the profiles.",
    ),
    "has": ("有", "x"),
    "has_with_exceptions": ("例", "e"),
    "see_more": (
        "写出两三个名称可并排看条目和例外，写出一个看全部：fupin rules profiles 名称…",
        "Name two or three to see their items and exceptions side by side, one to see all of it: fupin rules profiles NAME…",
    ),
    "rule": ("规则", "rule"),
    "no_value": ("没有", "none"),
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
    return ("; " if lang == "en" else "；").join(parts)


def row_name(row: ProfileRow, lang: Lang) -> str:
    """Return a rule as a row is called: its id, its name, the lists that verify it."""
    lists = f"{profile_word('lists', lang)}{word('colon', lang)}{joined(row.lists, lang)}" if row.lists else ""
    return "  ".join(part for part in (f"{row.rule.id} {rule_name(row.rule, lang)}", lists) if part)


def parameter_name(row: ParameterRow, lang: Lang) -> str:
    """Return a parameter with its tier and unit."""
    inside = joined([part for part in (row.tier, row.unit) if part], lang)
    return f"{row.name} ({inside})" if lang == "en" else f"{row.name}（{inside}）"


def required_text(profile: Profile, lang: Lang) -> str:
    """Return the columns that must be filled, table by table."""
    colon = word("colon", lang)
    texts = [f"{level}{colon}{joined(names, lang)}" for level, names in profile.required.items()]
    return ("; " if lang == "en" else "；").join(texts)


def joined(texts: tuple[str, ...] | list[str], lang: Lang, by: str = "") -> str:
    """Return texts as a list within a line."""
    return (by or (", " if lang == "en" else "、")).join(texts)
