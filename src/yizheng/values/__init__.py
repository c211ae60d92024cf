"""Values that the whole library is made of: exact numbers, clean names, frozen and growing collections."""

from yizheng.values.doors import a_day, all_of, instance_of, one, one_of, optional_instance_of, several
from yizheng.values.exact import Exact, exact, written
from yizheng.values.frozen import FrozenMap, frozen
from yizheng.values.growing import GrowingList, GrowingMap, ShrinkingMap
from yizheng.values.names import keyed, name, names, prose
from yizheng.values.plain import Plain, items, mapping, plain
from yizheng.values.scalars import SAFE_INTEGER, count, flag

__all__ = [
    "SAFE_INTEGER",
    "Exact",
    "FrozenMap",
    "GrowingList",
    "GrowingMap",
    "Plain",
    "ShrinkingMap",
    "a_day",
    "all_of",
    "count",
    "exact",
    "flag",
    "frozen",
    "instance_of",
    "items",
    "keyed",
    "mapping",
    "name",
    "names",
    "one",
    "one_of",
    "optional_instance_of",
    "plain",
    "prose",
    "several",
    "written",
]
