"""The kinds that a reader of records knows: stages and actions by their lasting names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, cast

from yizheng.codec import build_older, check_kind, known
from yizheng.errors import InvalidType, InvalidValue, kind_of, shown
from yizheng.stages import ANYWHERE, KINDS, LEAVING, Action, Destroy, Stage
from yizheng.values import mapping, one, several

__all__ = ["Kinds"]


def _check(kind: Any) -> None:
    if not isinstance(kind, type):
        raise InvalidType(f"kinds: classes of stages were expected, not {kind_of(kind)}")
    named, phases = getattr(kind, "kind", None), getattr(kind, "phases", None)
    following: list[Any] = [*cast("Any", phases).values()] if isinstance(phases, Mapping) else [None]
    if not isinstance(named, str) or not all(isinstance(each, Mapping) for each in following):
        raise InvalidType(f"kinds: {kind.__name__} is no class of stages; give it kind and phases, as in StageBase")
    if strange := [each for actions in following for each in actions if not _is_action(each)]:
        raise InvalidType(f"kinds: the phases of {kind.__name__} name {shown(strange[0])}; write classes of actions")
    for each in (kind, *dict.fromkeys(action for actions in following for action in actions)):
        check_kind(each)


def _is_action(value: object) -> bool:
    return isinstance(value, type) and issubclass(value, Action)


class Kinds:
    """Every kind of stage and action that can be read back.

    Args:
        stages: kinds of stages of your own, beside those that the library brings; their actions come with them.

    Raises:
        InvalidType: when something else than classes of stages is among them.
        InvalidValue: when a name is taken twice.
    """

    def __init__(self, stages: Iterable[type[Any]] = ()) -> None:
        self.stages: dict[str, type[Any]] = {}
        self.actions: dict[str, type[Action]] = {action.kind: action for action in (*ANYWHERE, *LEAVING, Destroy)}
        for kind in (*KINDS, *several(stages, "kinds")):
            _check(kind)
            if self.stages.setdefault(kind.kind, kind) is not kind:
                raise InvalidValue(f"two kinds of stages are called {kind.kind!r}; give yours another lasting name")
            for following in kind.phases.values():
                for action in following:
                    if self.actions.setdefault(action.kind, action) is not action:
                        raise InvalidValue(f"two kinds of actions are called {action.kind!r}; give yours another name")

    def action(self, kind: str, version: int, introduced: str | None = None) -> type[Action]:
        """The class of a kind of action, which reads this version and all before it.

        Args:
            kind: its lasting name.
            version: the version that was stored.
            introduced: the release that brought this version, where the record says so.

        Raises:
            InvalidType: when the name is no string, or the version no whole number.
            UnknownKind: when this release does not know it, or knows an earlier version only.
        """
        one(str, kind, "the name of a kind of action")
        return known(self.actions.get(kind), kind, one(int, version, "its version"), introduced)

    def read_stage(self, data: Any, path: str) -> Stage:
        """A stage from its plain data, in the form of its own version or of one before.

        Raises:
            InvalidValue: with the path of what is not as it must be.
            UnknownKind: when this release does not know its kind, or knows an earlier version only.
        """
        fields = dict(mapping(data, path))
        kind, version, introduced = fields.pop("kind", None), fields.pop("version", 1), fields.pop("introduced", None)
        if not isinstance(kind, str):
            raise InvalidValue(f"{path}.kind: the name of a kind of stage was expected")
        if isinstance(version, bool) or not isinstance(version, int) or not isinstance(introduced, str | None):
            raise InvalidValue(f"{path}: version is a whole number, and introduced the name of a release")
        found = known(self.stages.get(kind), kind, version, introduced)
        stage: Stage = build_older(found, version, fields, {}, path)
        return stage
