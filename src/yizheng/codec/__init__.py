"""Values, actions and effects to plain data and back."""

from yizheng.codec.actions import effect_data, join, keeps, kept, read_effect, split
from yizheng.codec.values import Parts, Unread, build, choices, dump, fields_of, load, said
from yizheng.codec.versions import build_older, check_kind, form_of, known, version_of

__all__ = [
    "Parts",
    "Unread",
    "build",
    "build_older",
    "check_kind",
    "choices",
    "dump",
    "effect_data",
    "fields_of",
    "form_of",
    "join",
    "keeps",
    "kept",
    "known",
    "load",
    "read_effect",
    "said",
    "split",
    "version_of",
]
