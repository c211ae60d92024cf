"""Values, actions and effects to plain data and back."""

from yizheng.codec.actions import effect_data, join, kept, read_effect, split
from yizheng.codec.values import Parts, build, dump, load

__all__ = ["Parts", "build", "dump", "effect_data", "join", "kept", "load", "read_effect", "split"]
