"""Regions whose rules stand in the catalogue, and which lies in which."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

import attrs

from yizheng.errors import InvalidType, InvalidValue, shown
from yizheng.text import Text, as_text
from yizheng.values.frozen import FrozenMap

__all__ = ["REGIONS", "UNPLACED", "Region", "as_region", "same_place"]

_KNOWN: Final[dict[str, Region]] = {}
"""The regions of the catalogue, by each of their names; filled below."""


def _within(value: Region | str | None) -> Region | None:
    return value if value is None or isinstance(value, Region) else as_region(value)


@attrs.frozen
class Region:
    """A place with rules of its own, or within one that has them.

    A name that the catalogue knows is that region, however it is written: ``Region("上海市")`` equals
    ``REGIONS["Shanghai"]``, and ``Region("石家庄")`` lies within Hebei. So no region's own rules are lost by a name.

    Example:
        >>> from yizheng import law
        >>> town = law.Region("某镇", within="重庆")
        >>> [str(place) for place in town.lineage()]
        ['某镇', '重庆 (Chongqing)']

    Attributes:
        name: its name, in both languages.
        within: the region that contains it; ``None`` for what stands directly under the state.
    """

    name: Text = attrs.field(converter=as_text)
    within: Region | None = attrs.field(default=None, converter=_within)

    def __attrs_post_init__(self) -> None:
        known = _named(self.name)
        if known is None:
            return
        if self.within is not None and self.within not in {*known.lineage()} - {known}:
            raise InvalidValue(
                f"{self.name} is known here as {_path(known)}, and was put within {_path(self.within)}; write "
                f"REGIONS[{shown(known.name.en)}] if that is meant, or else a name that tells the two apart, such as "
                f"{shown(self.within.name.zh + self.name.zh)}"
            )
        object.__setattr__(self, "name", known.name)
        object.__setattr__(self, "within", known.within)

    def lineage(self) -> Iterator[Region]:
        """The region itself, then each that contains it, the nearest first."""
        place: Region | None = self
        while place is not None:
            yield place
            place = place.within

    def __str__(self) -> str:
        return str(self.name)


def _path(region: Region) -> str:
    return " < ".join(map(str, region.lineage()))


def _names(name: str) -> Iterator[str]:
    """The ways in which a name may be written, the exact one first."""
    yield name.casefold()
    for ending in ("省", "市", "自治区"):
        yield name.removesuffix(ending)


def _named(name: Text | str) -> Region | None:
    """The region of the catalogue that is meant by a name, in either language.

    Raises:
        InvalidValue: when the name is that of one region in Chinese and of another in English.
    """
    words = (name.zh, name.en) if isinstance(name, Text) else (name,)
    found = {known: None for word in words for each in _names(word) if (known := _KNOWN.get(each)) is not None}
    if len(found) > 1:
        raise InvalidValue(f"{name} names {' and '.join(map(str, found))}; write one region")
    return next(iter(found), None)


def same_place(one: Text | None, other: Text | None) -> bool:
    """Whether two names of regions mean one place; ``None`` is the whole country, and no region."""
    if one is None or other is None or one == other:
        return one == other
    known = _named(one)
    return known is not None and known == _named(other)


def _know(regions: Iterable[Region]) -> None:
    for region in regions:
        _KNOWN.update({region.name.zh: region, region.name.en.casefold(): region})


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

_know(REGIONS.values())


def as_region(value: Region | Text | str) -> Region:
    """A region by itself or by its name, in Chinese (with 省, 市 or 自治区, or without) or in English.

    Raises:
        InvalidValue: when the name is that of two regions, or no rule of such a region is in the catalogue; the error lists those that there are.
        InvalidType: when it is neither a region nor a name.
    """
    if isinstance(value, Region):
        return value
    if not isinstance(value, Text | str):
        raise InvalidType(f'a region is {shown(value)}; write its name, such as "山东" or "Shandong"')
    if (known := _named(value)) is not None:
        return known
    given = value.zh if isinstance(value, Text) else value
    raise InvalidValue(
        f"no rule of {shown(given)} is in the catalogue; leave the region out for what holds in the whole country, write "
        f"Region({shown(given)}, within=…) if it lies in one of these, or write one of these: "
        + ", ".join(map(str, REGIONS.values()))
    )
