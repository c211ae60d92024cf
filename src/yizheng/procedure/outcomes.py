"""Outcomes in words: their names are English, and people read Chinese."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from yizheng.text import Text
from yizheng.values.frozen import FrozenMap

__all__ = ["in_words"]

_OUTCOMES: Final[Mapping[str, str]] = FrozenMap(
    {
        "completed": "完成",
        "carried": "通过",
        "lost": "未通过",
        "inquorate": "不足法定人数",
        "void": "无效",
        "returned": "退回",
        "held": "已举行",
        "waived": "不举行",
        "clear": "无异议或异议不成立",
        "upheld": "异议成立",
        "confirmed": "确认",
        "rejected": "不予确认",
        "abandoned": "终止",
        "satisfied": "满意",
        "unsatisfied": "不满意",
        "recalled": "再次召集",
        "tied": "并列重投",
    }
)


def in_words(outcome: str) -> Text:
    """An outcome, or a turn, in both languages; one of a kind of stage of your own stands as it is called."""
    return Text(_OUTCOMES.get(outcome, outcome), outcome)
