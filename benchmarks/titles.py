"""Invented titles of matters, with the truth about which say the same: a seeded generator, and what a grouping is worth.

Nothing here was taken from an office. Estates, troubles and slips are made up; how often each occurs was chosen so that
about six in ten pairs of the same matter agree once numbers, phrases and listed synonyms are in one form, and the rest
is left to misspellings and to words that no list has. Many matters differ in one character alone: 金桂 and 银桂,
东门 and 西门, 进水 and 出水, 3号楼 and 8号楼.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import comb

NAMES = [
    "阳光",
    "幸福",
    "和平",
    "建设",
    "红旗",
    "向阳",
    "东湖",
    "西湖",
    "南湖",
    "金桂",
    "银桂",
    "丹桂",
    "祥和",
    "祥瑞",
    "明珠",
    "翠竹",
    "翠柏",
    "滨江",
    "滨河",
    "学府",
    "文苑",
    "锦绣",
    "锦华",
    "安康",
    "永安",
    "永兴",
    "新华",
    "民生",
    "民主",
    "团结",
    "胜利",
    "前进",
    "光明",
    "春晖",
    "秋实",
    "梧桐",
    "香樟",
    "枫林",
    "竹林",
    "桃源",
    "柳荫",
    "荷塘",
    "龙泉",
    "凤山",
    "麒麟",
    "鼓楼",
    "钟楼",
    "纺织",
]
KINDS = ["花园", "小区", "新村", "家园", "公寓", "新城", "佳苑", "一期"]

WAYS: dict[str, tuple[str, str]] = {
    "leak": ("渗漏 渗水 漏水 渗漏水", "洇水"),
    "fall": ("脱落 剥落 掉落", "起皮"),
    "crack": ("开裂", "裂缝"),
    "broken": ("破损 损坏 损毁", "毁损"),
    "clog": ("堵塞 淤堵 不通", "塞住"),
    "repair": ("维修 修缮 修理 整修 检修", "修补"),
    "replace": ("更换 更新 替换", "调换"),
    "install": ("安装 加装 增设", "装设"),
    "clean": ("清理 清除 清扫", "清掏"),
    "renovate": ("改造 整治 翻新", "提档"),
    "wall": ("外墙 外墙面 外立面", "外侧墙"),
    "roof": ("屋顶 楼顶 屋面", "楼面顶"),
    "drain": ("下水管 下水道 排水管", "污水井管"),
    "supply": ("自来水管 供水管 给水管", "进户水管"),
    "lift": ("电梯 升降梯", "客梯"),
    "lamp": ("路灯 照明灯", "灯杆"),
    "park": ("停车位 车位 泊位", "停车格"),
    "charge": ("充电桩 充电设施 充电设备", "充电点"),
    "watch": ("监控 监控探头 摄像头", "监控机"),
    "stairs": ("楼道 楼梯间 走廊", "过道"),
    "firm": ("物业公司 物业 物业服务企业", "管家公司"),
    "committee": ("业委会 业主委员会", "业主会"),
    "fund": ("维修资金 专项维修资金 维修基金", "房修款"),
    "aid": ("低保 最低生活保障", "低收入补助"),
    "housing": ("公租房 公共租赁住房", "廉住房"),
    "review": ("复核 复审 年审", "再审核"),
}
"""For each thing the words that a list has, and one that no list has."""

SUBJECTS: dict[str, tuple[str, ...]] = {
    "repairs": (
        *(
            "{wall}{leak}{repair}",
            "{wall}{fall}{repair}",
            "{wall}{crack}{repair}",
            "内墙{leak}{repair}",
            "内墙{fall}{repair}",
        ),
        *(
            "{roof}{leak}{repair}",
            "{roof}防水层{repair}",
            "地下室{leak}{repair}",
            "{stairs}窗户{replace}",
            "{stairs}扶手{replace}",
        ),
        *("{drain}{clog}{clean}", "{drain}{broken}{replace}", "{supply}{broken}{replace}", "{supply}{leak}{repair}"),
        *(
            "进水阀门{replace}",
            "出水阀门{replace}",
            "东侧围栏{repair}",
            "西侧围栏{repair}",
            "化粪池{clean}",
            "水箱{clean}",
        ),
    ),
    "facilities": (
        *(
            "{lift}{install}",
            "{lift}{replace}",
            "{lift}{repair}",
            "{lamp}{install}",
            "{lamp}{broken}{repair}",
            "{park}{install}",
        ),
        *("{charge}{install}", "{charge}{repair}", "{watch}{install}", "{watch}{broken}{replace}", "东门道闸{replace}"),
        *(
            "西门道闸{replace}",
            "无障碍坡道{install}",
            "非机动车棚{install}",
            "机动车道{repair}",
            "健身场地{renovate}",
            "绿地{renovate}",
        ),
    ),
    "property": (
        *("{firm}选聘", "{firm}续聘", "{firm}解聘", "{firm}收费标准调整", "{committee}成立", "{committee}换届选举"),
        *(
            "{committee}委员补选",
            "{fund}使用",
            "{fund}续交",
            "公共收益公开",
            "公共收益分配",
            "{park}收费标准调整",
            "{park}管理办法修订",
        ),
    ),
    "aid": (
        *("{aid}{review}", "{aid}申请评议", "{aid}停发", "{aid}恢复发放", "{housing}{review}", "{housing}申请评议"),
        *("临时救助评议", "特困供养评议"),
    ),
}
PROGRAMMES = ("2026年度", "旧改", "惠民", "日常")
OPENINGS = ("关于", "关于", "关于", "关于对", "有关", "申请", "")
CLOSINGS = ("的请示", "的请示", "的申请", "的报告", "的议案", "事宜", "问题", "")
SLIPS = dict(
    zip(
        "渗漏维修更换清理安装外墙屋顶停车电梯路灯公司业委会资金复核低保",
        "深露为休梗唤情里按装处强屋项亭东点弟路丁工思业萎汇姿全腹合底宝",
        strict=False,
    )
)
DIGITS = "零一二三四五六七八九"

SLIP, SECOND_SLIP, UNLISTED = 0.21, 0.06, 0.006


@dataclass(frozen=True)
class Title:
    """A title, and what it truly says."""

    id: str
    text: str
    category: str
    programme: str
    truth: int


def chinese(number: int) -> str:
    """A number below a hundred, or the figures of a room."""
    if number >= 100:
        return "".join(DIGITS[int(figure)] for figure in str(number))
    tens, ones = divmod(number, 10)
    return ("" if tens < 2 else DIGITS[tens]) + ("十" if tens else "") + (DIGITS[ones] if ones or not tens else "")


def wide(number: int) -> str:
    return "".join(chr(ord(figure) + 0xFEE0) for figure in str(number))


class Generator:
    """Titles by the thousand, the same for the same seed."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)

    def titles(self, size: int) -> list[Title]:
        """So many titles; a matter is told from one to a dozen times, in an order without meaning."""
        found: list[Title] = []
        seen: set[tuple[object, ...]] = set()
        while len(found) < size:
            matter = self.matter()
            if matter in seen:
                continue
            seen.add(matter)
            category, programme, estate, place, subject = matter
            for _ in range(min(self.random.choice((1, 1, 2, 3, 4, 6, 8, 12)), size - len(found))):
                text = self.told(estate, place, subject)
                found.append(Title("", text, category, programme, len(seen)))
        self.random.shuffle(found)
        return [Title(f"{n:07}", each.text, each.category, each.programme, each.truth) for n, each in enumerate(found)]

    def matter(self) -> tuple[str, str, str, tuple[int, ...], str]:
        """What is to be decided: where, and what."""
        pick = self.random.choice
        category = pick(tuple(SUBJECTS))
        place: tuple[int, ...] = ()
        if category in {"repairs", "facilities"}:
            place = (self.random.randint(1, 28), *([self.random.randint(1, 6)] if self.random.random() < 0.4 else []))
        elif category == "aid":
            place = (
                self.random.randint(1, 28),
                self.random.randint(1, 4),
                100 * self.random.randint(1, 11) + self.random.randint(1, 4),
            )
        return category, pick(PROGRAMMES), pick(NAMES) + pick(KINDS), place, pick(SUBJECTS[category])

    def told(self, estate: str, place: Sequence[int], subject: str) -> str:
        """One way of writing it."""
        pick, chance = self.random.choice, self.random.random
        words = {slot: own if chance() < UNLISTED else pick(listed.split()) for slot, (listed, own) in WAYS.items()}
        text = estate + self.placed(place) + subject.format(**words)
        if chance() < SLIP:
            text = self.slipped(text)
            if chance() < SECOND_SLIP:
                text = self.slipped(text)
        joint = pick(("", "", "", " ", "的")) if place else ""
        return pick(OPENINGS) + text.replace(estate, estate + joint, 1) + pick(CLOSINGS)

    def placed(self, place: Sequence[int]) -> str:
        """Where it is, in one of the forms that are in use."""
        if not place:
            return ""
        form = self.random.choice((str, str, chinese, wide))
        if len(place) == 3 and self.random.random() < 0.2:
            return "-".join(map(str, place))
        building = form(place[0]) + self.random.choice(("号楼", "号楼", "幢", "栋", "#楼"))
        stairs = f"{form(place[1])}单元" if len(place) > 1 else ""
        return building + stairs + (f"{form(place[2])}室" if len(place) == 3 else "")

    def slipped(self, text: str) -> str:
        """One slip of the pen, anywhere but in a number."""
        places = [
            at
            for at, character in enumerate(text)
            if character not in "0123456789-#号楼幢栋单元室十" + DIGITS and ord(character) < 0xFF00
        ]
        at = self.random.choice(places)
        kind = self.random.random()
        if kind < 0.55:
            return text[:at] + SLIPS.get(text[at], "洋") + text[at + 1 :]
        if kind < 0.75:
            return text[:at] + text[at + 1 :]
        if kind < 0.9:
            return text[: at + 1] + text[at:]
        return text[:at] + text[at : at + 2][::-1] + text[at + 2 :]


def titles(size: int, seed: int = 20261123) -> list[Title]:
    return Generator(seed).titles(size)


def worth(truth: Sequence[int], found: Sequence[object]) -> tuple[Fraction, Fraction]:
    """Pairwise precision and recall: of the pairs put together how many belong so, and of those how many were found."""

    def pairs(labels: Iterable[object]) -> int:
        return sum(comb(number, 2) for number in Counter(labels).values())

    both = pairs(zip(truth, found, strict=True))
    return Fraction(both, pairs(found) or 1), Fraction(both, pairs(truth) or 1)
