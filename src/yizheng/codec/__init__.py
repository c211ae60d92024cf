"""Values, actions and effects to plain data and back."""

from yizheng.codec.actions import effect_data, join, keeps, kept, read_effect, split
from yizheng.codec.values import Parts, Unread, build, dump, load, said
from yizheng.codec.versions import build_older, check_kind, form_of, known

__all__ = [
    "Parts",
    "Unread",
    "build",
    "build_older",
    "check_kind",
    "dump",
    "effect_data",
    "form_of",
    "join",
    "keeps",
    "kept",
    "known",
    "load",
    "read_effect",
    "said",
    "split",
]
