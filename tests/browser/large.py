"""Draw the audit of a large county: the findings of a small one over and over, each with its own household, people, cells and values."""

import random
import re

from msgspec.structs import replace

from fupin_cli.model.audit import Audit
from fupin_cli.model.finding import Finding
from fupin_cli.model.place import Place

TOWNSHIPS = [f"{name}{kind}" for name in "青云松白望金石柳" for kind in ("山镇", "河乡")]
VILLAGES_EACH = 14
HOUSEHOLDS = 30_000
_SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫雷龙黎史陶贺毛段郝顾龚邵覃武钱戴严莫孔向常汤"
_GIVEN = "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂华文辉玲建国梅红春云珍贵生福海燕波成荣新利清飞彬富顺信子浩亮政谦亨奇固之轮翰朗伯宏言若鸣朋斌梁栋维启克伦翔旭鹏泽晨辰士以家致树炎德行时泰盛雄琛钧冠策腾楠榕风航弘"
_NUMBER = re.compile(r"[0-9]{2,}")


def large_county(small: Audit, findings: int, seed: int = 7) -> Audit:
    """Return an audit with so many findings; rules that tell of a household or a person are repeated, in equal parts."""
    rng = random.Random(seed)
    models = [one for one in small.findings if one.household and one.person]
    households = sorted(rng.choice(range(HOUSEHOLDS)) for _ in range(findings))
    drawn = [_varied(rng.choice(models), number, household, rng) for number, household in enumerate(households)]
    return replace(small, findings=tuple(drawn), households=HOUSEHOLDS, persons=HOUSEHOLDS * 3)


def _varied(model: Finding, number: int, household: int, rng: random.Random) -> Finding:
    code = f"990101{household:06d}"
    person = rng.choice(_SURNAMES) + "".join(rng.choice(_GIVEN) for _ in range(rng.choice((1, 2, 2, 2))))
    step = (household if model.places[0].sheet == "户信息" else number) - (model.places[0].row or 0) + 5
    swap = {model.household or "": code, model.person or "": person}
    for text in (*model.values.values(), *(str(cell) for row in model.evidence for cell in row.values())):
        if text not in swap:
            swap[text] = _NUMBER.sub(lambda found: _digits(found[0], rng), text)
    ordered = sorted((text for text in swap if len(text) > 1), key=len, reverse=True)
    pattern = re.compile("|".join(re.escape(text) for text in ordered))

    def told(text: str) -> str:
        return pattern.sub(lambda found: swap[found[0]], text)

    village = household * len(TOWNSHIPS) * VILLAGES_EACH // HOUSEHOLDS
    return replace(
        model,
        id=f"{model.rule}-{rng.getrandbits(40):010x}",
        places=tuple(_moved(place, step) for place in model.places),
        household=code,
        person=person,
        village=f"{_SURNAMES[village % 90]}家{'湾坪岭坝沟塘'[village % 6]}村",
        township=TOWNSHIPS[village // VILLAGES_EACH],
        values={column: swap.get(text, text) for column, text in model.values.items()},
        message=told(model.message),
        message_en=told(model.message_en),
        secrets={swap.get(text, text): kind for text, kind in model.secrets.items()},
        evidence=tuple({column: swap.get(str(cell), cell) for column, cell in row.items()} for row in model.evidence),
    )


def _digits(text: str, rng: random.Random) -> str:
    """Another number of as many digits; years stay years."""
    if len(text) == 4 and text.startswith("20"):
        return f"20{rng.randrange(14, 21)}"
    return (
        text[:-2] + f"{rng.randrange(100):02d}"
        if len(text) < 5
        else text[0] + "".join(rng.choices("0123456789", k=len(text) - 1))
    )


def _moved(place: Place, step: int) -> Place:
    if place.row is None:
        return place
    row = max(1, place.row + step)
    return replace(place, row=row, cells=tuple(cell.rstrip("0123456789") + str(row) for cell in place.cells))
