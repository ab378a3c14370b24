"""Narrow what headings may mean by the headings beside them: whose a bare 身份证号 is, what is counted, what is dated."""

from collections.abc import Iterator, Mapping, Sequence

from msgspec.structs import replace

from fupin_cli.catalogue import both
from fupin_cli.model.place import letter
from fupin_cli.tables import heading_text
from fupin_cli.tables.kinds import Claims, Doubt
from fupin_cli.tables.lexicon import Candidate, Lexicon
from fupin_cli.values.patterns import regex

YES_NO = frozenset({"是", "否"})
_IDENTITY = regex(r"^(?:公民|居民)?身份(?:证号?码?|号码)$|^证件号码?$")
_BARE = regex(r"^(?:联系)?电话(?:号码)?$|^联系方式$|^手机号?码?$|^(?:性别|年龄|民族|政治面貌|学历|文化程度|职务)$")
_NAME = regex(r"姓名$")
_BETWEEN = regex(r"单位|职务|职级")  # what may stand between a helper's name and telephone
_ALL = regex(r"^(?:合计|总计|小计|总数)$")
_MONITORED = regex(r"监测对象|监测户|风险消除")
_POOR = regex(r"贫困户|脱贫户")
_RISK = {"风险是否已消除", "消除监测时间", "致贫/返贫风险", "风险消除方式"}
Levels = Sequence[Sequence[str]]


def beside(claims: Claims, levels: Levels, lexicon: Lexicon, surroundings: str) -> Claims:
    """Return the claims after each heading was read with its neighbours; `levels` are the headings, band to leaf."""
    if lexicon.list_name is not None:
        return claims
    claims = _counted(claims, levels, lexicon)
    claims = _dated(claims, levels, lexicon, surroundings)
    return _owned(claims, levels, lexicon)


def _counted(claims: Claims, levels: Levels, lexicon: Lexicon) -> Claims:
    """Take no 是否 for meant under a band that has a 合计: there the cells are numbers of persons."""
    bands = {tuple(each[:-1]) for each in levels if len(each) > 1 and _ALL.match(heading_text.core(each[-1]))}
    for i, each in enumerate(levels):
        if tuple(each[:-1]) in bands and is_yes_no(claims.candidates[i], lexicon):
            claims = barred(claims, i, _counts(i, each))
    return claims


def is_yes_no(candidates: Sequence[Candidate], lexicon: Lexicon) -> bool:
    """Tell whether a heading can mean nothing but a column of 是 and 否."""
    lists = [lexicon.codes.get(lexicon.columns[each.column].codes or "") for each in candidates if each.how != "given"]
    return bool(lists) and len(lists) == len(candidates) and all(each and {*each.values} == YES_NO for each in lists)


def barred(claims: Claims, i: int, doubt: Doubt) -> Claims:
    """Return the claims with one heading that must not be read, and why."""
    candidates = (*claims.candidates[:i], (), *claims.candidates[i + 1 :])
    return replace(claims, candidates=candidates, barred={**claims.barred, i: doubt})


def _counts(i: int, levels: Sequence[str]) -> Doubt:
    name = heading_text.joined(levels)
    return both("{letter} 列“{name}”和合计并列，是数目，不是“是/否”，没有读入。", letter=letter(i), name=name)


def _dated(claims: Claims, levels: Levels, lexicon: Lexicon, surroundings: str) -> Claims:
    """Read 识别时间 on a list of monitored households as the day the monitoring began."""
    names = claims.names
    titled = _MONITORED.search(surroundings) and not _POOR.search(surroundings)
    if not (titled or ("监测对象类别" in names and names & _RISK)):
        return claims
    if "识别监测时间" in names or "识别监测时间" not in lexicon.columns:
        return claims
    candidates = tuple(
        (Candidate("识别监测时间", "normalised", 2),)
        if each and heading_text.core(each[-1]) in ("识别时间", "识别日期") and _meant(meant) == {"首次识别时间"}
        else meant
        for each, meant in zip(levels, claims.candidates, strict=True)
    )
    return replace(claims, candidates=candidates)


def _owned(claims: Claims, levels: Levels, lexicon: Lexicon) -> Claims:
    """Give a bare identity number, telephone … to the person whose name stands left of it."""
    whose = dict(_owners(claims, levels, lexicon))
    identities = [i for i, each in enumerate(claims.candidates) if _meant(each) & {"证件号码", "户主证件号码"}]
    own = [i for i in identities if i not in whose or whose[i][0] in ("head", "member")]
    before = claims
    for i, (role, name) in whose.items():
        found = claims.candidates[i]
        if any(each.how == "given" for each in found):
            continue
        leaf, plain = levels[i][-1], tuple(each for each in found if not lexicon.columns[each.column].bands)
        identity = bool(_IDENTITY.match(heading_text.core(leaf)))
        if role in ("head", "member"):
            claims = _with(claims, i, plain)
            if role == "head" and _members_follow(before, whose, i):
                claims = _heads(claims, i, identity, levels, lexicon, name)
            continue
        alone = not any(k != i for k in own) if identity else _only(before, i, whose)
        if (alone and "与户主关系" in before.names and _of_member(plain, lexicon)) or (
            identity and role == "other" and alone
        ):
            continue
        helpers = _helpers(leaf, lexicon) if role == "helper" else ()
        claims = _with(claims, i, helpers) if helpers else barred(claims, i, _anothers(i, levels[i], name))
    return claims


def _owners(claims: Claims, levels: Levels, lexicon: Lexicon) -> Iterator[tuple[int, tuple[str, str]]]:
    """Yield for each bare heading in an unbroken line behind a name: its column, and the role and heading of the name."""
    owner: tuple[str, str] | None = None
    for i, each in enumerate(levels):
        if len(each) != 1:
            owner = None
            continue
        word = heading_text.core(each[0])
        if (role := _role(word, claims.candidates[i], lexicon)) is not None:
            owner = (role, heading_text.joined(each)) if role else None
        elif _IDENTITY.match(word) or _BARE.match(word):
            if owner is not None:
                yield i, owner
        elif not _BETWEEN.search(word):
            owner = None


def _role(word: str, candidates: Sequence[Candidate], lexicon: Lexicon) -> str | None:
    """Return whose name a heading is, "" for one of two, None for no name."""
    meant = _meant(candidates)
    if not meant:
        return "other" if _NAME.search(word) else None
    if not all(lexicon.columns[column].type == "姓名" for column in meant):
        return None
    known = {"户主姓名": "head", "姓名": "member", "帮扶责任人": "helper"}
    return "" if len(meant) > 1 else known.get(next(iter(meant)), "other")


def _members_follow(claims: Claims, whose: Mapping[int, tuple[str, str]], i: int) -> bool:
    """Tell whether a name and a certificate number of a member stand to the right."""
    names = [k for k, each in enumerate(claims.candidates) if k > i and _meant(each) == {"姓名"}]
    return any(
        k > names[0] and "证件号码" in _meant(each) and whose.get(k, ("member", ""))[0] == "member"
        for k, each in enumerate(claims.candidates)
        if names
    )


def _heads(claims: Claims, i: int, identity: bool, levels: Levels, lexicon: Lexicon, name: str) -> Claims:
    found = claims.candidates[i]
    if identity and found and "户主证件号码" in lexicon.columns and not claims.certain("户主证件号码"):
        return _with(claims, i, (replace(found[0], column="户主证件号码"),))
    return barred(claims, i, _anothers(i, levels[i], name)) if _of_member(found, lexicon) else claims


def _only(claims: Claims, i: int, whose: Mapping[int, tuple[str, str]]) -> bool:
    """Tell whether no other heading, somebody else's apart, may mean what this one means."""
    meant = _meant(claims.candidates[i])
    others = [k for k, each in enumerate(claims.candidates) if k != i and _meant(each) & meant]
    return all(whose.get(k, ("", ""))[0] in ("helper", "other") for k in others)


def _of_member(candidates: Sequence[Candidate], lexicon: Lexicon) -> bool:
    return any(lexicon.columns[each.column].level == "人" for each in candidates)


def _helpers(leaf: str, lexicon: Lexicon) -> tuple[Candidate, ...]:
    found = lexicon.candidates(("帮扶责任人", leaf))
    return tuple(each for each in found if "帮扶" in each.column)


def _with(claims: Claims, i: int, candidates: tuple[Candidate, ...]) -> Claims:
    return replace(claims, candidates=(*claims.candidates[:i], candidates, *claims.candidates[i + 1 :]))


def _meant(candidates: Sequence[Candidate]) -> set[str]:
    return {each.column for each in candidates}


def _anothers(i: int, levels: Sequence[str], name: str) -> Doubt:
    heading = heading_text.joined(levels)
    return both(
        "{letter} 列“{heading}”跟在“{name}”后面，按那个人的算，没有读入；不对就加 --map {heading}=列名。",
        letter=letter(i),
        heading=heading,
        name=name,
    )
