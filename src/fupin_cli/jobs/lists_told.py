"""What every list of a run says at the head of the report, and what findings of lists say of them, each hit told once."""

import re
from collections.abc import Iterator

from msgspec.structs import replace

from fupin_cli.catalogue import both
from fupin_cli.findings import Judged, Told
from fupin_cli.jobs.request import LEDGER
from fupin_cli.model.audit import Counts
from fupin_cli.model.finding import Finding
from fupin_cli.model.listing import ListEntry
from fupin_cli.model.place import Place
from fupin_cli.model.rule import ASKED_OF, NotRun

Note = tuple[str, str]  # zh, en
At = tuple[str, str, int | None]  # file, sheet, row
_PERSONS = frozenset(("ENT025", "ENT027"))  # silent where one of _BANS told the same rows of the list
_BANS = frozenset(f"ENT{number:03}" for number in range(1, 19))
_ROWS = {"ENT026": frozenset(("ENT021", "STA028"))}  # silent where one of these told the row
_HOMES = "ENT028"  # households, met by their 户编号
_WORDS = re.compile(r"[^\W_]+")


def told_once(judged: Judged, told: Told) -> Told:
    """Return the findings without those that repeat a hit another rule has told; those of lists say what is known of the list."""
    said = {(finding.rule, finding.list, at) for finding in told.findings if finding.list for at in _rows(finding)}
    left, silenced = [], dict(told.silenced)
    for finding in told.findings:
        if _is_repeated(finding, said):
            silenced[finding.rule] = silenced.get(finding.rule, 0) + 1
        else:
            left.append(_dressed(judged, finding))
    return replace(told, findings=left, silenced=silenced)


def told_before(rule: str) -> frozenset[str]:
    """Return the rules whose findings silence those of a rule over lists."""
    return _BANS if rule in _PERSONS else _ROWS.get(rule, frozenset())


def _rows(finding: Finding) -> list[At]:
    """Return the rows of the list that a finding is about."""
    hit = [place for place in finding.places if place.role == "list"] or finding.places[:1]
    return [(str(place.file), place.sheet, place.row) for place in hit]


def _is_repeated(finding: Finding, said: set[tuple[str, str, At]]) -> bool:
    others = told_before(finding.rule)
    return bool(others) and all(
        any((other, finding.list or "", at) in said for other in others) for at in _rows(finding)
    )


def _dressed(judged: Judged, finding: Finding) -> Finding:
    """Return a finding of a list that a lists.yaml describes with its department, its day and the exceptions not proved."""
    entry = judged.book.listing.get(finding.list or "")
    if entry is None or not finding.rule.startswith("ENT"):
        return finding
    if finding.rule == _HOMES:
        finding = replace(finding, places=(*finding.places, *_household_rows(judged, entry, finding)))
    days = _days(judged, entry.name)
    told = [(entry.department, entry.department)] if entry.department else []
    if days:
        told.append(both("名单日期 {days}", days=days))
    if entry.excuses:
        excuses = [_unproved(each.text, entry, finding) for each in entry.excuses]
        told.append(
            both(
                "例外都没有得到名单证实：{excuses}",
                excuses=("、".join(one for one, _ in excuses), ", ".join(other for _, other in excuses)),
            )
        )
    if not told:
        return finding
    return replace(
        finding,
        message=f"{finding.message}（{'；'.join(zh for zh, _ in told)}）",
        message_en=f"{finding.message_en} ({'; '.join(en for _, en in told)})",
    )


def _household_rows(judged: Judged, entry: ListEntry, finding: Finding) -> Iterator[Place]:
    """Yield the rows of a list that have the finding's household."""
    rows = judged.engine.rows(
        f'SELECT "_source", "_row" FROM "名单_{entry.name}" WHERE "{entry.kind.key}" = ? ORDER BY "_id"',
        [finding.household],
    )
    for source, row in rows:
        sheet = judged.tables.layouts[source].sheet
        yield Place(sheet.file, sheet.name, row, (), "list")


def _unproved(text: str, entry: ListEntry, finding: Finding) -> Note:
    """Return an exception with the columns of it that are blank in every row that was hit."""
    asked = [name for name in dict.fromkeys(_WORDS.findall(text)) if name in entry.kind.columns]
    blank = [name for name in asked if finding.evidence and not any(row.get(name) for row in finding.evidence)]
    said = "、".join(blank)
    return both("{text}（{said}空白）", text=text, said=said) if blank else (text, text)


def counted_once(counts: dict[str, Counts]) -> dict[str, Counts]:
    """Return the verdicts by rule, those of a rule that is asked of several lists together."""
    found: dict[str, Counts] = {}
    for name, one in counts.items():
        rule = name.partition(ASKED_OF)[0]
        have = found.get(rule, Counts())
        found[rule] = Counts(
            have.passed + one.passed,
            have.failed + one.failed,
            have.unknown + one.unknown,
            have.not_applicable + one.not_applicable,
            have.silenced + one.silenced,
        )
    return found


def not_run_once(not_run: tuple[NotRun, ...], counts: dict[str, Counts]) -> tuple[NotRun, ...]:
    """Return the rules that ran on no list at all; of one that is asked of given lists, what it lacks beside them."""
    without_file_first = sorted(not_run, key=lambda each: each.reason != "list")  # the last of a rule is told
    asked = {each.rule.partition(ASKED_OF)[0]: each for each in without_file_first if ASKED_OF in each.rule}
    return tuple(
        replace(asked.get(each.rule, each), rule=each.rule)
        for each in not_run
        if ASKED_OF not in each.rule and each.rule not in counts
    )


def of_lists(judged: Judged) -> list[Note]:
    """Say of each list how many rows it has, how many could be compared, how many were met on either side, and how old it is."""
    return [_of_list(judged, name) for name in judged.tables.lists if name != LEDGER]


def _of_list(judged: Judged, name: str) -> Note:
    entry = judged.book.listing.get(name)
    kind = judged.book.dictionary.lists[name]
    department = f"（{entry.department}）" if entry and entry.department else ""
    rows, keyed, repeated = _counted(judged, name, kind.key)
    told = [both("{rows} 行", rows=rows)]
    if keyed < rows:
        unkeyed = both("其中 {rows} 行的{key}空白或读不出，没有比对", rows=rows - keyed, key=kind.key)
        told.append(unkeyed)
    if repeated:
        told.append(both("{repeated} 行的{key}前面的行已有", repeated=repeated, key=kind.key))
    told += [*_met(judged, name), _age(judged, name, entry)]
    return both(
        "名单“{name}”{department_zh}：{told}。",
        name=name,
        department_zh=department,
        told=("，".join(zh for zh, _ in told), ", ".join(en for _, en in told)),
    )


def _key(judged: Judged, name: str) -> str | None:
    """Return the column by which rows of a list are met; None where the file lacks it."""
    key = judged.book.dictionary.lists[name].key
    if judged.book.dictionary.lists[name].columns[key].type == "证件":
        return '"证件前18位"'
    return f'"{key}"' if key in judged.tables.lists[name] else None


def _counted(judged: Judged, name: str, key: str) -> tuple[int, int, int]:
    """Return how many rows there are, how many have a key, and how many repeat one."""
    column = _key(judged, name) or "NULL"
    sql = f'SELECT COUNT(*), COUNT({column}), COUNT({column}) - COUNT(DISTINCT {column}) FROM "名单_{name}"'
    rows, keyed, repeated = judged.engine.rows(sql)[0]
    return int(rows), int(keyed), int(repeated) if key in {"证件号码", "户编号"} else 0


def _met(judged: Judged, name: str) -> Iterator[Note]:
    """Say how many persons, or households, of the registry stand on a list, and how many of its rows do not stand there."""
    kind = judged.book.dictionary.lists[name]
    of_persons = kind.columns[kind.key].type == "证件"
    key = _key(judged, name)
    if key is None or not (judged.tables.persons if of_persons else kind.key == "户编号"):
        return
    own, standing = ('"推_人"', '"在册"') if of_persons else ('"户"', "TRUE")
    value = key if of_persons else '"_key"'
    listed = f'SELECT {key} FROM "名单_{name}" WHERE {key} IS NOT NULL'
    there = f"SELECT {value} FROM {own} WHERE {value} IS NOT NULL AND {standing} IS DISTINCT FROM FALSE"
    hit, strange = judged.engine.rows(
        f"SELECT (SELECT COUNT(*) FROM {own} WHERE {standing} AND {value} IN ({listed})),"
        f' (SELECT COUNT(*) FROM "名单_{name}" WHERE {key} NOT IN ({there}))'
    )[0]
    zh, en = both("人", "lists_told") if of_persons else both("户", "lists_told")
    yield both("登记表在册 {hit} {told}在名单上", hit=hit, told=(zh, en))
    yield both("{strange} 行的{told_zh}不在册（按{key}）", strange=strange, told_zh=zh, key=kind.key)


def _age(judged: Judged, name: str, entry: ListEntry | None) -> Note:
    """Say of which day a list is, and how far that is from the registry's."""
    sources = [layout.source for layout in judged.tables.layouts if layout.kind == f"名单:{name}"]
    apart = judged.engine.rows(
        "SELECT DISTINCT raw, note FROM \"reading\" WHERE rule = 'RND009' AND source IN"
        f" ({', '.join(map(str, sources)) or 'NULL'}) ORDER BY raw"
    )
    if apart:
        told = [_apart(str(day), int(days), entry) for day, days in apart]
        return "；".join(zh for zh, _ in told), "; ".join(en for _, en in told)
    if judged.engine.rows(f'SELECT COUNT(*) FROM "名单_{name}" WHERE "_undated"')[0][0]:
        return both("没有写明名单日期")
    days = _days(judged, name)
    registry = "人" if judged.tables.persons else "户"
    if (
        judged.settings.as_of is None
        and judged.engine.rows(f'SELECT COUNT(*) FROM "{registry}" WHERE "_undated"')[0][0]
    ):
        return both("名单日期 {days}，登记表没有写明日期", days=days)
    return both("名单日期 {days}，与登记表同日", days=days)


def _apart(day: str, days: int, entry: ListEntry | None) -> Note:
    zh, en = both(
        "名单日期 {day}，比登记表{days} {days2} 天",
        day=day,
        days=(both("早") if days > 0 else both("晚")),
        days2=abs(days),
    )
    if entry is not None and entry.stale_after is not None and abs(days) > entry.stale_after:
        zh, en = both(
            "{told}，超过名单说明给出的 {stale_after} 天，已过时", told=(zh, en), stale_after=entry.stale_after
        )
    return zh, en


def _days(judged: Judged, name: str) -> str:
    """Return the days a list's rows are of; "" where some row states none."""
    if judged.settings.as_of is not None:  # which goes before what the rows say
        days = {layout.dated for layout in judged.tables.layouts if layout.kind == f"名单:{name}"}
        known = sorted(day.isoformat() for day in days if day is not None)
        return "、".join(known) if len(known) == len(days) else ""
    found = judged.engine.rows(
        f'SELECT MIN("数据日期"), MAX("数据日期"), COALESCE(BOOL_OR("_undated"), TRUE) FROM "名单_{name}"'
    )
    first, last, undated = found[0]
    if undated:
        return ""
    return str(first) if first == last else f"{first} 至 {last}"
