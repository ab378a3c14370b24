"""Invented names of places, people and units: common characters put together at random, nobody in particular."""

import random

PROVINCE, CITY, COUNTY = "样例省", "样例市", "样例县"

TOWNSHIPS: dict[str, tuple[str, ...]] = {
    "青禾镇": ("石桥村", "柳树湾村", "新庄村", "东岭村", "大塘村"),
    "云溪镇": ("云溪村", "竹园村", "下河村", "枫树坪村"),
    "白鹭镇": ("白鹭村", "荷叶塘村", "双井村", "沙洲村"),
    "松岗乡": ("松岗村", "杨梅岭村", "老屋场村", "界牌村"),
    "金麦乡": ("金麦村", "南坡村", "西沟村", "麻柳村"),
    "望山乡": ("望山村", "银杏坪村", "龙潭村"),
}

_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎"
    "余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段钱汤尹黎易常武乔贺赖龚文"
)
_MALE = "伟强勇军国华建明志平永新德兴福贵春林海波峰涛浩文斌鹏飞宏亮光辉忠良家和庆松柏全有根生树立山水田金宝祥"
_FEMALE = "秀英芳兰梅凤玉珍桂香莲红霞丽娟敏静燕玲萍春花云美琴菊翠巧素淑贞芬惠琼爱清雪月娥彩银芝青荣蓉"
_CHILD_MALE = "子轩浩宇俊杰一鸣天佑嘉诚明轩博文思远泽铭家豪梓睿志远星辰"
_CHILD_FEMALE = "雨欣梦瑶诗涵佳怡欣妍可馨思琪语桐若曦静怡梓涵晓彤雅婷心悦"

UNITS = (
    "样例县农业农村局", "样例县教育局", "样例县卫生健康局", "样例县住房和城乡建设局", "样例县水务局", "样例县民政局",
    "样例县财政局", "样例县交通运输局", "样例县林业局", "样例县人力资源和社会保障局", "样例县供销社", "样例县图书馆",
)  # fmt: skip

FAR_COUNTIES = {
    "乡（镇）内务工": ("样例省样例市样例县",),
    "乡（镇）外县内务工": ("样例省样例市样例县",),
    "县外省内务工": ("样例省样例市模板区", "样例省范本市示例县"),
    "省外务工": ("邻海省东港市临江区", "邻海省东港市望海县", "北原省长丰市新城区"),
}

FIRMS = {
    "制造业": ("恒昌制衣厂", "远达电子厂", "新海鞋厂"),
    "建筑业": ("宏基建筑队", "筑安劳务公司"),
    "居民服务业": ("洁家家政", "和顺物业"),
    "住宿和餐饮业": ("老街饭店", "聚源餐馆"),
    "农业": ("绿野合作社", "青禾果业"),
}


def surname(rng: random.Random) -> str:
    """Return one common surname."""
    return rng.choice(_SURNAMES)


def given_name(rng: random.Random, sex: str, born: int) -> str:
    """Return a given name of one or two characters in the fashion of the birth year."""
    young, old = (_CHILD_MALE, _MALE) if sex == "男" else (_CHILD_FEMALE, _FEMALE)
    pool = young if born >= 1998 else old
    if rng.random() < 0.15:
        return rng.choice(pool)
    first, second = rng.sample(sorted(set(pool)), 2)
    return first + second


class Helpers:
    """Helping cadres: each has a name of their own, a unit, and at most five households of one village."""

    def __init__(self, taken: set[str]) -> None:
        self._taken = taken
        self._current: dict[str, tuple[str, str, int]] = {}

    def next(self, rng: random.Random, village: str) -> tuple[str, str]:
        """Return the name and unit of the helper of one more household of the village."""
        name, unit, left = self._current.get(village, ("", "", 0))
        if left == 0:
            name, unit, left = self._new_name(rng), rng.choice(UNITS), rng.randint(3, 5)
        self._current[village] = (name, unit, left - 1)
        return name, unit

    def _new_name(self, rng: random.Random) -> str:
        while True:
            name = surname(rng) + given_name(rng, rng.choice("男女"), rng.randint(1968, 1996))
            if name not in self._taken:
                self._taken.add(name)
                return name
