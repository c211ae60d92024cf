"""Object-centric logs (OCEL 2.0 in JSON and XML, OCEL 1.0 in JSON) as the plain table of events.

Such a log ties an event to several objects. One type of object is the case; an event that belongs to several objects of
it becomes a row for each, and one that belongs to none a row without a case.
"""

from __future__ import annotations

import json
import os
from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

import attrs

from yizheng.calendar import zone as zone_of
from yizheng.conformance.events import (
    EVENTS,
    Event,
    as_told,
    at_of,
    contents,
    is_empty,
    of_case,
    strung,
)
from yizheng.conformance.markup import WHOLE, parse, unpacked
from yizheng.errors import InvalidValue, YizhengError, shown
from yizheng.values import FrozenMap, Plain, items, mapping, name, one

__all__ = ["read_ocel"]


def read_ocel(
    source: bytes | os.PathLike[str],
    *,
    case: str,
    zone: str | None = None,
    by: str = "org:resource",
) -> tuple[Event, ...]:
    """The events of an object-centric log, in the order of the log.

    The attributes of an event are kept, and what it belongs to under ``"objects"``: the ids by type. What the log says of the
    object that is the case is kept as ``case_attributes``, as it stood at the moment of the event: OCEL 2.0 says from when
    each of them holds. What it says of other objects is not kept.

    Args:
        source: the bytes of the file, or its ``Path``; at most 64 MiB. OCEL 2.0 in JSON or XML, or OCEL 1.0 in JSON; packed with
            gzip or not.
        case: the type of object that is the case.
        zone: the zone of moments that name none; left out, such a moment is refused.
        by: the attribute of an event that says who did it, or the type of object that did.

    Raises:
        InvalidType: when it is given something else.
        InvalidValue: with every fault and its path; also when the log knows no such type of object, naming those that it
            knows.
    """
    if zone is not None:
        zone_of(one(str, zone, "zone"))
    name(case, "case")
    name(by, "by")
    held = unpacked(contents(source))
    begin = held.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    log = _from_json(held) if begin == b"{" else _from_xml(held)
    return _flat(log, case, zone, by)


@attrs.frozen
class _Said:
    """An event as the log has it."""

    path: str
    activity: Any
    at: Any
    attributes: dict[str, Any]
    objects: tuple[Any, ...]


@attrs.frozen
class _Log:
    types: Mapping[str, str]
    """The type of each object, by its id."""
    events: tuple[_Said, ...]
    told: Mapping[str, list[_Told]]
    """What is said of each object, by its id."""


@attrs.frozen
class _Told:
    """One attribute of an object as the log has it, with the moment from which it holds; ``None`` for always."""

    path: str
    key: str
    value: Any
    at: Any


class _Standing:
    """What the log says of one case, as it stood at each moment."""

    def __init__(self, told: list[_Told], zone: str | None) -> None:
        always = [each for each in told if each.at is None]
        timed = [(at_of(each.at, each.path, zone), each) for each in told if each.at is not None]
        timed.sort(key=lambda pair: pair[0])
        self._moments = [at for at, _ in timed]
        self._always = len(always)
        self._turns = [as_told({each.key: each.value}) for each in (*always, *(each for _, each in timed))]
        self._held: dict[int, FrozenMap[str, Plain]] = {}

    def at(self, moment: datetime) -> FrozenMap[str, Plain]:
        """What holds at a moment."""
        turns = self._always + bisect_right(self._moments, moment)
        if turns not in self._held:
            self._held[turns] = FrozenMap({key: value for turn in self._turns[:turns] for key, value in turn.items()})
        return self._held[turns]


TOLD: Final = 250
"""The most that is said of one object: attributes, and changes of them."""


def _standing(log: _Log, case: str, zone: str | None, faults: list[str]) -> Mapping[str, _Standing]:
    """What the log says of each case; faults are put to the others."""
    found: dict[str, _Standing] = {}
    for each, told in log.told.items():
        if log.types.get(each) != case or not told:
            continue
        path = told[0].path
        try:
            if len(told) > TOLD:
                raise InvalidValue(f"{path}: more than {TOLD} attributes are told of {shown(each)}; leave some out")
            found[each] = _Standing(told, zone)
        except YizhengError as error:
            words = str(error)
            faults.append(words if words.startswith(path) else f"{path}: {words}")
    return found


def _flat(log: _Log, case: str, zone: str | None, by: str) -> tuple[Event, ...]:
    known = sorted(set(log.types.values()))
    if case not in known:
        raise InvalidValue(
            f"the log has no object of type {shown(case)}; it has {', '.join(map(shown, known)) or 'none'}"
        )
    events: list[Event] = []
    faults: list[str] = []
    standing = _standing(log, case, zone, faults)
    for said in log.events:
        try:
            rows = [
                of_case(row, stood.at(row.at)) if (stood := standing.get(row.case or "")) is not None else row
                for row in _rows(said, log.types, case, zone, by)
            ]
        except YizhengError as error:
            words = str(error)
            faults.append(words if words.startswith(said.path) else f"{said.path}: {words}")
            continue
        events += rows
        if len(events) > EVENTS:
            raise InvalidValue(f"the log makes more than {EVENTS} rows; hand it in in parts")
    InvalidValue.raise_all(faults)
    return tuple(events)


def _rows(said: _Said, types: Mapping[str, str], case: str, zone: str | None, by: str) -> list[Event]:
    if strange := [each for each in said.objects if not isinstance(each, str) or each not in types]:
        raise InvalidValue(f"{said.path} belongs to {shown(strange[0])}, which is no object of the log")
    belonging: dict[str, list[str]] = {}
    for each in dict.fromkeys(said.objects):
        belonging.setdefault(types[each], []).append(each)
    attributes = dict(said.attributes)
    actor = attributes.pop(by, None) if by in attributes else " ".join(belonging.get(by, ())) or None
    activity = strung(said.activity, f"{said.path}, the activity")
    at = at_of(said.at, f"{said.path}, the moment", zone)
    who = None if is_empty(actor) else strung(actor, f"{said.path}, {by}")
    held: dict[str, Any] = {**attributes, **({"objects": belonging} if belonging else {})}
    return [Event(activity, at, by=who, case=each, attributes=held) for each in belonging.get(case, [None])]


# JSON


def _from_json(held: bytes) -> _Log:
    try:
        given = json.loads(
            held.decode("utf-8-sig"),
            object_pairs_hook=_pairs,
            parse_float=str,
            parse_int=_integer,
            parse_constant=_never,
        )
    except UnicodeDecodeError:
        raise InvalidValue("the log is not UTF-8; write it as UTF-8") from None
    except json.JSONDecodeError as error:
        raise InvalidValue(f"line {error.lineno}, column {error.colno}: the log is no JSON ({error.msg})") from None
    except RecursionError:
        raise InvalidValue("the log is nested too deep; flatten it") from None
    log = mapping(given, "the log")
    return _older(log) if "ocel:events" in log else _newer(log)


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        twice = next(key for key, times in Counter(key for key, _ in pairs).items() if times > 1)
        raise InvalidValue(f"the key {shown(twice)} stands twice in one object of the log; take one of them out")
    return made


_LONGEST: Final = 16


def _integer(digits: str) -> int | str:
    """A whole number, and one that not every reader keeps as it is written."""
    return int(digits) if len(digits) < _LONGEST else digits


def _never(word: str) -> None:
    raise InvalidValue(f"the log holds {word}, which is no figure of JSON; write null or a string")


def _newer(log: Mapping[str, Any]) -> _Log:
    """OCEL 2.0."""
    if "events" not in log or "objects" not in log:
        raise InvalidValue(
            "this is no OCEL: events and objects were expected (2.0), or ocel:events and ocel:objects (1.0)"
        )
    types: dict[str, str] = {}
    told: dict[str, list[_Told]] = {}
    for place, each in enumerate(items(log["objects"], "objects")):
        path = f"objects[{place}]"
        known = mapping(each, path)
        named = strung(known.get("id"), f"{path}.id")
        types[named] = strung(known.get("type"), f"{path}.type")
        path = f"{path}.attributes"
        pairs = [mapping(pair, path) for pair in items(known.get("attributes") or [], path)]
        told[named] = [
            _Told(path, strung(pair.get("name"), f"{path}.name"), pair.get("value"), pair.get("time")) for pair in pairs
        ]
    events: list[_Said] = []
    for place, each in enumerate(items(log["events"], "events")):
        path = f"events[{place}]"
        said = mapping(each, path)
        attributes = {
            strung(mapping(pair, f"{path}.attributes").get("name"), f"{path}.attributes.name"): pair.get("value")
            for pair in items(said.get("attributes") or [], f"{path}.attributes")
        }
        belonging = [
            mapping(pair, f"{path}.relationships").get("objectId")
            for pair in items(said.get("relationships") or [], f"{path}.relationships")
        ]
        events.append(_Said(path, said.get("type"), said.get("time"), attributes, tuple(belonging)))
    return _Log(types, tuple(events), told)


def _older(log: Mapping[str, Any]) -> _Log:
    """OCEL 1.0."""
    types: dict[str, str] = {}
    told: dict[str, list[_Told]] = {}
    for key, each in mapping(log.get("ocel:objects"), "ocel:objects").items():
        path = f"ocel:objects.{shown(key)}"
        known = mapping(each, path)
        types[key] = strung(known.get("ocel:type"), f"{path}.ocel:type")
        path = f"{path}.ocel:ovmap"
        told[key] = [
            _Told(path, name, value, None) for name, value in mapping(known.get("ocel:ovmap") or {}, path).items()
        ]
    events: list[_Said] = []
    for key, each in mapping(log["ocel:events"], "ocel:events").items():
        path = f"ocel:events.{shown(key)}"
        said = mapping(each, path)
        attributes = dict(mapping(said.get("ocel:vmap") or {}, f"{path}.ocel:vmap"))
        belonging = tuple(items(said.get("ocel:omap") or [], f"{path}.ocel:omap"))
        events.append(_Said(path, said.get("ocel:activity"), said.get("ocel:timestamp"), attributes, belonging))
    return _Log(types, tuple(events), told)


# XML


def _from_xml(held: bytes) -> _Log:
    reader = _Reader()
    parse(held, reader.begins, reader.ends)
    InvalidValue.raise_all(reader.faults)
    return _Log(reader.types, tuple(reader.events), reader.told)


_KINDS: Final = {"int": "integer", "integer": "integer", "bool": "boolean", "boolean": "boolean"}
_TIES: Final = frozenset({"relationship", "object", "relobj"})


class _Reader:
    """Takes the elements of OCEL 2.0 in XML as they come."""

    def __init__(self) -> None:
        self.types: dict[str, str] = {}
        self.told: dict[str, list[_Told]] = {}
        self.events: list[_Said] = []
        self.faults: list[str] = []
        self._open: list[str] = []
        self._given: list[Mapping[str, str]] = []
        self._attributes: dict[str, Any] = {}
        self._objects: list[str] = []
        self._declared: dict[tuple[str, str, str], str] = {}
        self._path = ""

    def begins(self, tag: str, given: Mapping[str, str], where: str) -> None:
        if not self._open and tag != "log":
            raise InvalidValue(f"{where}: this is no OCEL: its first element is <{tag[:80]}>, not <log>")
        self._open.append(tag)
        self._given.append(given)
        match self._open[1:]:
            case ["objects", "object"]:
                self._known(given, where)
                self._path = f"{where}: object {shown(given.get('id'))}"
            case ["events", "event"]:
                self._attributes, self._objects = {}, []
                self._path = f"{where}: event {shown(given.get('id'))}"
                if len(self.events) >= EVENTS:
                    raise InvalidValue(f"{where}: the log has more than {EVENTS} events; hand it in in parts")
            case ["events", "event", *_, tie] if tie in _TIES:
                self._objects.append(given.get("object-id", ""))
            case ["event-types" | "object-types", "event-type" | "object-type" as sort, "attributes", "attribute"]:
                of = sort.partition("-")[0], self._given[2].get("name", ""), given.get("name", "")
                self._declared[of] = given.get("type", "string")
            case _:
                pass

    def ends(self, tag: str, text: str, where: str) -> None:  # noqa: ARG002
        match self._open[1:]:
            case ["events", "event", "attributes", "attribute"]:
                event, given = self._given[2], self._given[-1]
                key = given.get("name")
                if key is None or key in self._attributes:
                    self.faults.append(f"{self._path}: an attribute has no name, or one that another has: {shown(key)}")
                else:
                    self._attributes[key] = self._value("event", event.get("type", ""), key, text)
            case ["objects", "object", "attributes", "attribute"]:
                known, given = self._given[2], self._given[-1]
                key, named = given.get("name"), known.get("id")
                if key is None:
                    self.faults.append(f"{self._path}: an attribute has no name")
                elif named is not None:
                    value = self._value("object", known.get("type", ""), key, text)
                    self.told.setdefault(named, []).append(_Told(self._path, key, value, given.get("time")))
            case ["events", "event"]:
                given = self._given[-1]
                self.events.append(
                    _Said(self._path, given.get("type"), given.get("time"), self._attributes, tuple(self._objects))
                )
            case _:
                pass
        self._open.pop()
        self._given.pop()

    def _known(self, given: Mapping[str, str], where: str) -> None:
        named, kind = given.get("id"), given.get("type")
        if named is None or kind is None:
            self.faults.append(f"{where}: an object needs an id and a type")
        else:
            self.types[named] = kind

    def _value(self, sort: str, kind: str, key: str, text: str) -> Any:
        """A value by the type that the log declares for it; a truth value that is none stays as it is written."""
        words = text.strip()
        declared = _KINDS.get(self._declared.get((sort, kind, key), "string"))
        if declared == "integer" and words:
            if WHOLE.fullmatch(words):
                return _integer(words)
            self.faults.append(
                f"{self._path}: {shown(key)} is {shown(words)}, and declared a whole number; write one, or declare it a string"
            )
        if declared == "boolean" and words.lower() in {"true", "false"}:
            return words.lower() == "true"
        return words
