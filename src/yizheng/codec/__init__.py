"""Values, actions and effects to plain data and back."""

from yizheng.codec.actions import effect_data, join, keeps, kept, read_effect, split
from yizheng.codec.values import Parts, build, dump, load, said

__all__ = ["Parts", "build", "dump", "effect_data", "join", "keeps", "kept", "load", "read_effect", "said", "split"]
