"""Regions whose rules stand in the catalogue, and which lies in which."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import attrs

from yizheng.errors import InvalidType, InvalidValue, shown
from yizheng.text import Text, as_text
from yizheng.values.frozen import FrozenMap

__all__ = ["REGIONS", "UNPLACED", "Region", "as_region"]


def _within(value: Region | str | None) -> Region | None:
    return value if value is None or isinstance(value, Region) else as_region(value)


@attrs.frozen
class Region:
    """A place with rules of its own, or within one that has them.

    Example:
        >>> from yizheng.catalogue import law
        >>> town = law.Region("某镇", within="重庆")
        >>> [str(place) for place in town.lineage()]
        ['某镇', '重庆 (Chongqing)']

    Attributes:
        name: its name, in both languages.
        within: the region that contains it; ``None`` for what stands directly under the state.
    """

    name: Text = attrs.field(converter=as_text)
    within: Region | None = attrs.field(default=None, converter=_within)

    def lineage(self) -> Iterator[Region]:
        """The region itself, then each that contains it, the nearest first."""
        place: Region | None = self
        while place is not None:
            yield place
            place = place.within

    def __str__(self) -> str:
        return str(self.name)


UNPLACED: Final = Region(Text("地点未记的地方文本", "local texts whose place is not recorded"))
"""Where texts stand that hold in one place only, and nobody recorded in which. They are found by asking for them."""

_PROVINCES: Final = [
    Region(Text(zh, en))
    for zh, en in (
        *(("北京", "Beijing"), ("天津", "Tianjin"), ("河北", "Hebei"), ("内蒙古", "Inner Mongolia")),
        *(("上海", "Shanghai"), ("江苏", "Jiangsu"), ("浙江", "Zhejiang"), ("山东", "Shandong"), ("河南", "Henan")),
        *(("广东", "Guangdong"), ("海南", "Hainan"), ("重庆", "Chongqing"), ("四川", "Sichuan"), ("云南", "Yunnan")),
        *(("陕西", "Shaanxi"),),
    )
]
_PLACES: Final = {
    "Hebei": (("石家庄", "Shijiazhuang"), ("秦皇岛", "Qinhuangdao"), ("衡水", "Hengshui")),
    "Jiangsu": (("昆山", "Kunshan"),),
    "Zhejiang": (("杭州", "Hangzhou"), ("宁波", "Ningbo"), ("绍兴", "Shaoxing"), ("舟山", "Zhoushan")),
    "Shandong": (("青岛", "Qingdao"), ("聊城", "Liaocheng")),
    "Guangdong": (("深圳", "Shenzhen"),),
    "Sichuan": (("成都", "Chengdu"), ("达州", "Dazhou"), ("德阳", "Deyang"), ("资阳", "Ziyang"), ("泸州", "Luzhou")),
    "Yunnan": (("腾冲", "Tengchong"),),
    "Shaanxi": (("商洛", "Shangluo"),),
}


def _all() -> Iterator[Region]:
    for province in _PROVINCES:
        yield province
        for zh, en in _PLACES.get(province.name.en, ()):
            place = Region(Text(zh, en), province)
            yield place
            if en == "Tengchong":
                yield Region(Text("明光", "Mingguang"), place)
    yield UNPLACED


REGIONS: Final = FrozenMap({region.name.en: region for region in _all()})
"""Every region whose rules stand in the catalogue, and those that contain them, by their English names."""

_CHINESE: Final = {region.name.zh: region for region in REGIONS.values()}


def as_region(value: Region | Text | str) -> Region:
    """A region by itself or by its name, in Chinese (with 省, 市 or 自治区, or without) or in English.

    Raises:
        InvalidValue: when no rule of such a region is in the catalogue; the error lists those that there are.
        InvalidType: when it is neither a region nor a name.
    """
    if isinstance(value, Region):
        return value
    given = value.zh if isinstance(value, Text) else value
    if not isinstance(given, str):
        raise InvalidType(f'a region is {shown(value)}; write its name, such as "山东" or "Shandong"')
    short = given.removesuffix("省").removesuffix("市").removesuffix("自治区")
    for known in (_CHINESE.get(given), _CHINESE.get(short), REGIONS.get(given)):
        if known is not None:
            return known
    raise InvalidValue(
        f"no rule of {shown(given)} is in the catalogue; leave the region out for what holds in the whole country, write "
        f"Region({shown(given)}, within=…) if it lies in one of these, or write one of these: "
        + ", ".join(map(str, REGIONS.values()))
    )
