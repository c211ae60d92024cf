"""Logs in XES, the standard for event logs (IEEE 1849-2016 and 1849-2023), as the plain table of events."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Mapping
from typing import Any, Final, cast

from yizheng.calendar import zone as zone_of
from yizheng.conformance.events import EVENTS, NOTHING_TOLD, Event, as_told, at_of, contents, is_empty, of_case, strung
from yizheng.conformance.markup import WHOLE, parse, unpacked
from yizheng.errors import InvalidValue, YizhengError
from yizheng.values import SAFE_INTEGER, FrozenMap, Plain, name, one

__all__ = ["read_xes"]

_ATTRIBUTES: Final = frozenset({"string", "date", "int", "float", "boolean", "id", "list", "container"})
_ACTIVITY, _AT, _BY, _LIFECYCLE = "concept:name", "time:timestamp", "org:resource", "lifecycle:transition"
_TRUTH: Final = {"true": True, "1": True, "false": False, "0": False}


def read_xes(
    source: bytes | os.PathLike[str],
    *,
    zone: str | None = None,
    activity: str = _ACTIVITY,
    by: str = _BY,
) -> tuple[Event, ...]:
    """The events of a log in XES, also packed as ``.xes.gz``.

    A trace is a case; its ``concept:name`` is the case, and its place (``"#3"``) where it has none. Of an event,
    ``concept:name`` is the activity, ``time:timestamp`` the moment, ``org:resource`` who did it, ``lifecycle:transition`` the
    lifecycle; everything else is kept as attributes. What a trace says of itself is kept with each of its events, as
    ``case_attributes``. An attribute with others nested in it is kept as
    ``{"value": …, "nested": {…}}``, a list or container as the sequence of what is in it. Figures with a point are kept as they
    are written. What the log declares as global attributes must be there; the values that it names are examples, and are
    put nowhere.

    Args:
        source: the bytes of the file, or its ``Path``; at most 64 MiB, unpacked.
        zone: the zone of moments that name none; left out, such a moment is refused.
        activity: the attribute that says what was done.
        by: the attribute that says who did it.

    Raises:
        InvalidType: when it is given something else.
        InvalidValue: with every fault, each with its line and its place; a document type, with or without entities, is
            refused where it begins.
    """
    if zone is not None:
        zone_of(one(str, zone, "zone"))
    reader = _Reader(zone, name(activity, "activity"), name(by, "by"))
    parse(unpacked(contents(source)), reader.begins, reader.ends)
    if not reader.is_log:
        raise InvalidValue("this is no XES: its first element is not <log>")
    InvalidValue.raise_all(reader.faults)
    return tuple(reader.events)


class _Reader:
    """Takes the elements of a log as they come."""

    def __init__(self, zone: str | None, activity: str, by: str) -> None:
        self.zone, self.activity, self.by = zone, activity, by
        self.events: list[Event] = []
        self.faults: list[str] = []
        self.is_log = False
        self._open: list[str] = []
        self._held: list[list[tuple[str, Any]]] = []  # what each open element holds so far, by key
        self._keys: list[tuple[str, Any]] = []
        self._traces = 0
        self._pending: list[tuple[list[tuple[str, Any]], str]] = []  # a trace may name itself after its events

    def begins(self, tag: str, given: Mapping[str, str], where: str) -> None:
        if not self._open:
            if tag != "log":
                raise InvalidValue(f"{where}: this is no XES: its first element is <{tag[:80]}>, not <log>")
            self.is_log = True
        parent = self._open[-1] if self._open else ""
        if (tag == "trace" and parent != "log") or (tag == "event" and parent not in {"trace", "log"}):
            raise InvalidValue(f"{where}: <{tag}> stands in <{parent}>, where XES has none")
        self._open.append(tag)
        self._held.append([])
        if tag in _ATTRIBUTES:
            self._keys.append((given.get("key", ""), self._value(tag, given, where)))

    def ends(self, tag: str, text: str, where: str) -> None:  # noqa: ARG002
        self._open.pop()
        held = self._held.pop()
        if tag in _ATTRIBUTES:
            key, value = self._keys.pop()
            if self._held:
                self._held[-1].append((key, _with(tag, value, held)))
        elif tag == "values":  # within a list: they are its elements, in their order
            self._held[-1].extend(held)
        elif tag == "event":
            if len(self.events) + len(self._pending) >= EVENTS:
                raise InvalidValue(f"{where}: the log has more than {EVENTS} events; hand it in in parts")
            if self._open[-1] == "log":
                self._take(held, None, f"{where}: an event outside of every trace")
            else:
                self._pending.append((held, where))
        elif tag == "trace":
            self._traces += 1
            named = [value for key, value in held if key == _ACTIVITY and isinstance(value, str) and value.strip()]
            case = named[0].strip() if named else f"#{self._traces}"
            told = self._told([pair for pair in held if pair[0] != _ACTIVITY], f"{where}: trace {self._traces}")
            for place, (event, line) in enumerate(self._pending, 1):
                self._take(event, case, f"{line}: trace {self._traces}, event {place}", told)
            self._pending.clear()

    def _told(self, held: list[tuple[str, Any]], path: str) -> FrozenMap[str, Plain]:
        """What a trace says of itself."""
        times = Counter(key for key, _ in held)
        self.faults += [f"{path}: {key[:80]} is given twice" for key in sorted(times) if times[key] > 1]
        try:
            return as_told(dict(held))
        except YizhengError as error:
            self.faults.append(f"{path}: {error}")
            return NOTHING_TOLD

    def _value(self, tag: str, given: Mapping[str, str], where: str) -> Any:
        """The value of an attribute, by its type."""
        key = given.get("key")
        if key is None:
            self.faults.append(f"{where}: <{tag}> has no key")
            return None
        value = given.get("value")
        if tag in {"list", "container"}:
            return None
        if value is None:
            self.faults.append(f"{where}: {key[:80]} has no value")
        elif tag == "int":
            if WHOLE.fullmatch(value.strip()) is None:
                self.faults.append(f"{where}: {key[:80]} is {value[:80]!r}; a whole number was expected")
                return None
            number = int(value) if len(value) <= 40 else SAFE_INTEGER + 1  # noqa: PLR2004 -- longer ones are words
            return number if abs(number) <= SAFE_INTEGER else value
        elif tag == "boolean":
            if value.lower() not in _TRUTH:
                self.faults.append(f"{where}: {key[:80]} is {value[:80]!r}; true or false was expected")
                return None
            return _TRUTH[value.lower()]
        return value

    def _take(
        self, held: list[tuple[str, Any]], case: str | None, path: str, told: FrozenMap[str, Plain] = NOTHING_TOLD
    ) -> None:
        times = Counter(key for key, _ in held)
        faults = [f"{path}: {key[:80]} is given twice" for key in sorted(times) if times[key] > 1]
        given = dict(held)
        faults += [
            f"{path} has no {key}" for key in (self.activity, _AT) if is_empty(given.get(key)) and key not in faults
        ]
        if faults:
            self.faults += faults
            return
        try:
            words = {
                field: strung(_plainly(given.pop(key)), f"{path}, {key}").strip() or None
                for field, key in (("activity", self.activity), ("by", self.by), ("lifecycle", _LIFECYCLE))
                if key in given
            }
            at = at_of(_plainly(given.pop(_AT)), f"{path}, {_AT}", self.zone)
            what, by, lifecycle = (words.get(field) for field in ("activity", "by", "lifecycle"))
            event = Event(what, at, by=by, case=case, attributes=given, lifecycle=lifecycle)  # pyright: ignore[reportArgumentType] -- the door says what is wrong
            self.events.append(of_case(event, told))
        except YizhengError as error:
            words_of = str(error)
            self.faults.append(words_of if words_of.startswith(path) else f"{path}: {words_of}")


def _plainly(value: Any) -> Any:
    """A value without what is nested in it."""
    return cast("Any", value)["value"] if isinstance(value, dict) else value


def _with(tag: str, value: Any, held: list[tuple[str, Any]]) -> Any:
    """A value with what is nested in it: a list and a container are the sequence of it."""
    if tag in {"list", "container"}:
        return tuple([{key: each} for key, each in held])
    return {"value": value, "nested": dict(held)} if held else value
