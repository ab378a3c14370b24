"""Invented people in two editions, the second with planted errors that break the key, and with people who went and came.

All of them are drawn from a seed; area code 990101 is nobody's. The pairs of look-alikes were
written down before the first run, some from what a four-corner code calls alike; 22 of the 125 are nothing fupin knows.
"""

import random
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta

from msgspec import Struct, field
from msgspec.structs import replace

KINDS = ("one digit", "two swapped", "X lost", "15 digits, one wrong", "card, one lost", "traditional", "homophone",
         "look-alike", "dots", "birth date")  # fmt: skip
COLUMNS = ("姓名", "性别", "证件号码", "出生日期", "乡", "村", "户编号", "户主姓名", "与户主关系")
_SURNAMES = (
    "李王张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪"
    "田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文单解查仇区"
)
_MALE = "伟强军勇杰涛明超刚平辉鹏华飞波斌宇浩凯健俊帆国建志文德永成林海江东峰山松柏龙虎福贵财旺兴隆荣昌盛义仁忠孝信礼智祥瑞庆良善光亮新民生根栋梁春秋冬学家正大世泽宏伯仲武才友发水金木土火田河恩庄"
_FEMALE = "芳娟敏静丽艳娜秀英霞燕玲桂兰珍梅莲凤玉红翠云月琴花香菊莉萍红雪琳婷慧淑贞洁颖雯倩佳欣怡晴悦彩巧美娇春秋冬蓉萱蕾蓝荷芬芝汝妮姗瑶"
_PARTS = (
    "买买提",
    "吐尔逊",
    "阿卜杜拉",
    "古丽",
    "艾合买提",
    "热合曼",
    "阿依古丽",
    "依明",
    "玉素甫",
    "帕提古丽",
    "木合塔尔",
    "努尔",
    "塔西",
    "麦麦提",
    "祖力皮亚",
    "阿迪力",
    "克里木",
    "茹仙古丽",
    "库尔班",
    "艾山",
)
_LOOK_ALIKES = [
    "芳芬", "杨扬", "丽雨", "宇宰", "汉淑", "河汀", "浩洁", "沈池", "若苦", "荷芹", "莲蓬", "蓝茎", "凤风", "庄庞",
    "伟佛", "仲伸", "恩思", "晴睛", "侯候", "王玉", "田由", "江汪", "治冶", "刘列", "张弛", "陈阵", "李季", "林材",
    "明朋", "梅海", "兰三", "秀季", "萍苹", "玲铃", "珍诊", "桂柱", "国园", "军车", "平乎", "永水", "成咸", "志忘",
    "东车", "良艮", "金全", "祥详", "福副", "康唐", "光先", "学字", "梁粱", "松枚", "春舂", "贵责", "昌冒", "吕吴",
    "杜社", "朱未", "于干", "史吏", "石右", "白自", "孔礼", "强弹", "涛铸", "波泼", "勇男", "大太", "天夫", "友发",
    "英莫", "红江", "艳绝", "淑椒", "娟捐", "燕蒸", "翠翟", "霞露", "琴琵", "香杳", "菊萄", "月用", "云去", "雪雷",
    "栋拣", "信倍", "仁仕", "义叉", "忠患", "孝考", "万方", "文又", "丁下", "田甲", "徐涂", "孙孔", "高亮", "冯马",
    "余佘", "戴载", "薛薜", "贾贸", "范苑", "崔催", "贺贸", "龙尤", "熊能", "任仟", "汤扬", "易昜", "常棠", "武式",
    "乔桥", "赖籁", "金余", "木术", "土士", "水永", "火大", "山出", "生主", "根银", "建健", "辉挥", "帆帅",
]  # fmt: skip


class Person(Struct, frozen=True):
    """One invented person as a registry has them."""

    name: str
    sex: str
    number: str
    born: str  # ISO
    township: str
    village: str
    household: str
    head: str
    relation: str
    who: int
    minority: bool = False

    @property
    def cells(self) -> tuple[str | None, ...]:
        """The cells of COLUMNS; None: blank."""
        every = (
            self.name,
            self.sex,
            self.number,
            self.born,
            self.township,
            self.village,
            self.household,
            self.head,
            self.relation,
        )
        return tuple(one or None for one in every)


class Editions(Struct):
    """Two editions of one registry."""

    left: list[Person]
    right: list[Person]
    planted: dict[int, str] = field(default_factory=dict)  # who → kind of error


def editions(people: int, seed: int) -> Editions:
    """Draw a registry of about so many people and its next edition, in which 5 % have one of KINDS."""
    drawn = _Drawing(random.Random(seed))
    left = drawn.registry(people)
    chance = drawn.chance
    order = left[:]
    chance.shuffle(order)
    planted: dict[int, str] = {}
    changed: dict[int, Person] = {}
    for kind in KINDS:
        wanted = people // 200 if kind != "dots" else min(people // 200, sum(one.minority for one in left) // 2)
        for person in order:
            if wanted == 0:
                break
            if person.who in planted:
                continue
            wrong = drawn.with_error(person, kind)
            if wrong is not None:
                planted[person.who], changed[person.who] = kind, drawn.around(wrong)
                wanted -= 1
    others = [one for one in order if one.who not in planted]
    gone = others[: people // 40]
    came = [drawn.newcomer(one, number, left) for number, one in enumerate(gone)]
    went = {one.who for one in gone}
    right = [changed.get(one.who, one) for one in left if one.who not in went] + came
    chance.shuffle(right)
    return Editions(left, right, planted)


class _Drawing:
    """What is drawn from one seed."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self._count = 0
        self._numbers: set[str] = set()
        self._alike: dict[str, list[str]] = {}
        for a, b in _LOOK_ALIKES:
            self._alike.setdefault(a, []).append(b)
            self._alike.setdefault(b, []).append(a)
        self._sounds = _sounds()
        from opencc import OpenCC

        self._old_form: Callable[[str], str] = OpenCC("s2t").convert

    def registry(self, people: int) -> list[Person]:
        """Households of villages; about one in twelve villages is of a minority with long names."""
        found: list[Person] = []
        village = 0
        while len(found) < people:
            village += 1
            township, minority = f"示例{village % 7 + 1}乡", village % 12 == 5
            surnames = [self.surname() for _ in range(4)]  # a village has its own few
            mine: list[Person] = []
            for household in range(self.chance.randint(60, 140)):
                key = f"9901{village:04d}{household:04d}"
                mine += self.household(key, (township, f"第{village}示例村"), surnames, minority=minority)
            found += self.with_namesakes(mine)
        return found[:people]

    def surname(self) -> str:
        """Surnames by rank: the first few make up a third of all."""
        return self.chance.choices(_SURNAMES, [1 / (rank + 4) for rank in range(len(_SURNAMES))])[0]

    def given(self, sex: str, shared: str = "") -> str:
        pool = _MALE if sex == "男" else _FEMALE
        weights = [1 / (rank + 12) for rank in range(len(pool))]
        size = 1 if not shared and self.chance.random() < 0.2 else 2
        drawn = "".join(self.chance.choices(pool, weights, k=size))
        return shared + drawn[-1] if shared else drawn

    def household(self, key: str, place: tuple[str, str], surnames: list[str], *, minority: bool) -> list[Person]:
        chance = self.chance
        surname = chance.choice(surnames) if chance.random() < 0.7 else self.surname()
        year = chance.randint(1940, 1990)
        roles = [("户主", "男" if chance.random() < 0.85 else "女", year)]
        if chance.random() < 0.75:
            roles.append(("配偶", "女" if roles[0][1] == "男" else "男", year + chance.randint(-4, 4)))
        roles += [
            ("", chance.choice("男女"), year + chance.randint(20, 34))
            for _ in range(chance.choices((0, 1, 2, 3), (3, 4, 4, 1))[0])
        ]
        if chance.random() < 0.2:
            roles.append(("之母", "女", year - chance.randint(18, 30)))
        shared = chance.choice(_MALE) if chance.random() < 0.4 else ""
        made: list[Person] = []
        for relation, sex, born_in in roles:
            twin = made[-1] if made and not relation and chance.random() < 0.03 else None
            drawn = twin.sex if twin and chance.random() < 0.7 else sex
            if minority:
                name = f"{chance.choice(_PARTS)}·{chance.choice(_PARTS)}"
            else:
                name = (self.surname() if relation in {"配偶", "之母"} else surname) + self.given(
                    drawn, "" if relation else shared
                )
            born = twin.born if twin else self.day(born_in)
            title = relation or ("之子" if drawn == "男" else "之女")
            head = made[0].name if made else name
            if any(one.name == name for one in made):
                continue
            made.append(self.person(name, drawn, born, (*place, key, head, title), minority=minority))
        return made

    def person(
        self, name: str, sex: str, born: str, home: tuple[str, str, str, str, str], *, minority: bool = False
    ) -> Person:
        self._count += 1
        township, village, household, head, relation = home
        number = self.number(born, sex)
        return Person(name, sex, number, born, township, village, household, head, relation, self._count, minority)

    def day(self, year: int) -> str:
        return (date(year, 1, 1) + timedelta(self.chance.randrange(365))).isoformat()

    def number(self, born: str, sex: str) -> str:
        while True:
            order = self.chance.randrange(50) * 2 * 10 // 10 + (1 if sex == "男" else 0)
            body = f"990101{born.replace('-', '')}{order + 20 * self.chance.randrange(40):03d}"[:17]
            whole = body + check(body)
            if whole not in self._numbers:
                self._numbers.add(whole)
                return whole

    def with_namesakes(self, people: list[Person]) -> list[Person]:
        """Give one in fifty the name of somebody else of the village."""
        found = list(people)
        for i, one in enumerate(found):
            other = self.chance.choice(people)
            if (
                one.relation != "户主"
                and self.chance.random() < 0.02
                and other.sex == one.sex
                and other.household != one.household
            ):
                found[i] = replace(one, name=other.name)
        return found

    def around(self, person: Person) -> Person:
        """Now and then the household is counted anew, or the relation is told otherwise."""
        draw = self.chance.random()
        if draw < 0.05:
            return replace(person, household=f"77{person.household[2:]}")
        return replace(person, relation="其他") if draw < 0.08 and person.relation != "户主" else person

    def newcomer(self, gone: Person, number: int, left: list[Person]) -> Person:
        """Somebody else in the place of one who went: a twin, a brother, a namesake near or far, a stranger."""
        far = self.chance.choice(left)
        home = (gone.township, gone.village, gone.household, gone.head, gone.relation)
        away = (far.township, far.village, far.household, far.head, "其他")
        blank = self.chance.random() < 0.5
        near = [
            one
            for one in left[gone.who - 300 if gone.who > 300 else 0 : gone.who + 300]
            if one.village == gone.village and one.household != gone.household
        ]
        there = self.chance.choice(near or [far])
        beside = (there.township, there.village, there.household, there.head, "其他")
        surname = gone.name[0]
        other = surname + self.given(gone.sex, gone.name[1] if len(gone.name) == 3 else "")
        while set(other[1:]) & set(self._sounding(gone.name)) or other == gone.name:
            other = surname + self.given(gone.sex)
        year = int(gone.born[:4]) + self.chance.choice((-3, -2, -1, 1, 2, 3))
        made = {
            0: lambda: self.person(other, gone.sex, gone.born, home),
            1: lambda: self.person(other, gone.sex, self.day(year), home),
            2: lambda: self.person(gone.name, gone.sex, self.day(self.chance.randint(1940, 2020)), away),
            3: lambda: self.person(gone.name, gone.sex, self.day(self.chance.randint(1940, 2020)), beside),
        }.get(number % 5, lambda: self.person(self.surname() + self.given(gone.sex), gone.sex, self.day(year), away))()
        return replace(made, number="") if blank else made

    def _sounding(self, name: str) -> str:
        """The characters that sound or look like the last of a name: of a twin none may stand in the other's name."""
        last = name[-1]
        return last + "".join(self._sounds.get(last, "")) + "".join(self._alike.get(last, []))

    def with_error(self, person: Person, kind: str) -> Person | None:
        """Return the person with one error of a kind; None where this person cannot have it."""
        made: dict[str, Callable[[Person], Person | None]] = {
            "one digit": lambda one: replace(one, number=self._digit(one.number)),
            "two swapped": self._swapped,
            "X lost": lambda one: replace(one, number=one.number[:17]) if one.number.endswith("X") else None,
            "15 digits, one wrong": lambda one: replace(one, number=self._digit(one.number[:6] + one.number[8:17]))
            if one.born < "2000" else None,
            "card, one lost": self._card,
            "traditional": self._traditional,
            "homophone": lambda one: self._other(one, self._sounds),
            "look-alike": lambda one: self._other(one, self._alike),
            "dots": self._dots,
            "birth date": self._birth,
        }  # fmt: skip
        return made[kind](person)

    def _digit(self, number: str) -> str:
        at = self.chance.randrange(min(17, len(number)))
        return number[:at] + self.chance.choice([one for one in "0123456789" if one != number[at]]) + number[at + 1 :]

    def _swapped(self, person: Person) -> Person | None:
        number = person.number
        places = [i for i in range(16) if number[i] != number[i + 1]]
        at = self.chance.choice(places)
        return replace(person, number=number[:at] + number[at + 1] + number[at] + number[at + 2 :])

    def _card(self, person: Person) -> Person:
        card = person.number + self.chance.choice("1234567") + self.chance.choice("1234")
        at = self.chance.randrange(18)
        return replace(person, number=card[:at] + card[at + 1 :])

    def _traditional(self, person: Person) -> Person | None:
        name = self._old_form(person.name)
        return None if name == person.name else replace(person, name=name, number="")

    def _other(self, person: Person, table: dict[str, list[str]]) -> Person | None:
        places = [] if person.minority else [i for i, one in enumerate(person.name) if table.get(one)]
        if not places:
            return None
        at = self.chance.choice(places)
        name = person.name[:at] + self.chance.choice(table[person.name[at]]) + person.name[at + 1 :]
        return replace(person, name=name, number="")

    def _dots(self, person: Person) -> Person | None:
        if not person.minority:
            return None
        return replace(
            person, name=person.name.replace("·", self.chance.choice(["•", "・", ".", "", " ", "．"])), number=""
        )

    def _birth(self, person: Person) -> Person | None:
        year, month, day = (int(one) for one in person.born.split("-"))
        options = [
            (year + self.chance.choice((-10, -1, 1, 10)), month, min(day, 28)),
            (year, self.chance.randint(1, 12), min(day, 28)),
            (year, month, self.chance.randint(1, 28)),
        ]
        if day <= 12 and day != month:
            options.append((year, day, month))
        born = date(*self.chance.choice([one for one in options if one != (year, month, day)])).isoformat()
        return replace(person, born=born, number="")


def check(body: str) -> str:
    """Return the check character of 17 digits (GB 11643)."""
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return "10X98765432"[sum(weight * int(one) for weight, one in zip(weights, body, strict=True)) % 11]


def _sounds() -> dict[str, list[str]]:
    """Common characters of one sound, tones off: what somebody writes who hears a name."""
    from pypinyin import Style, lazy_pinyin

    common = dict.fromkeys(
        _SURNAMES
        + _MALE
        + _FEMALE
        + "章彰刚纲钢岗洪鸿宏红虹健建剑芳方房莉丽利梅玫媚华花英瑛莹盈颖影军君俊均国果志智治致卫魏维伟玮纬"
    )
    by_sound: dict[str, list[str]] = {}
    for one in common:
        by_sound.setdefault(lazy_pinyin(one, style=Style.NORMAL)[0], []).append(one)
    return {one: [other for other in alike if other != one] for alike in by_sound.values() for one in alike}


def tally(planted: dict[int, str]) -> Counter[str]:
    """Return how many there are of each kind."""
    return Counter(planted.values())
