"""Invented matters for the tests of planning."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterable
from pathlib import Path
from types import ModuleType

from hypothesis import strategies as st

from yizheng import Matter
from yizheng.batch import Schedule

ROOT = Path(__file__).parents[2]


def matter(number: int | str, title: str = "外墙渗水维修", category: str = "repairs", **facts: object) -> Matter:
    """A matter; its id ends with a number."""
    return Matter(f"2026-{number}", title=title, category=category, facts=facts)


def shape(schedule: Schedule) -> set[frozenset[str]]:
    """A plan as sets of ids."""
    return {
        *(frozenset(each.id for each in group.matters) for group in schedule.groups),
        *(frozenset({each.matter.id}) for each in schedule.alone),
    }


def by_category(each: Matter) -> str:
    """The key that most tests use."""
    return each.category


def generator() -> ModuleType:
    """The generator of labelled titles that the benchmarks use."""
    spec = importlib.util.spec_from_file_location("labelled_titles", ROOT / "benchmarks" / "titles.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


TITLES = st.builds(
    "".join,
    st.tuples(
        st.sampled_from(["关于", "关于对", "申请", ""]),
        st.sampled_from(["阳光小区", "阳春小区", "东湖新村", "西湖新村", "阳光小小区"]),
        st.sampled_from(["3号楼", "三幢", "3#", "13号楼", ""]),
        st.sampled_from(["外墙渗水", "外墙漏水", "外墙渗谁", "屋顶渗漏", "路灯损坏", "路丁损坏"]),
        st.sampled_from(["维修", "修缮", "更换", "为修", "不维修"]),
        st.sampled_from(["的请示", "的申请", ""]),
    ),
)


@st.composite
def many(draw: st.DrawFn, most: int = 24) -> list[Matter]:
    """Matters of a few categories, with titles of which many are alike."""
    titles: Iterable[str] = draw(st.lists(TITLES, min_size=0, max_size=most))
    categories = st.sampled_from(["repairs", "property"])
    return [matter(f"{number:03}", title, draw(categories)) for number, title in enumerate(titles)]
