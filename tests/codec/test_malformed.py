"""Stored bytes that are not as they must be: an error of our tree with code or number, fast, and nothing else (R18, R19).

Each is stored under its own digest, as somebody would who forges a record on purpose.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec import structs

from walks import courtyard
from yizheng import Docket, stages
from yizheng.canonical import canonical, digest, seal
from yizheng.case import Entry, Open
from yizheng.errors import BrokenRecord, UnknownKind, YizhengError
from yizheng.stages import Action, Note, RecordBallots
from yizheng.store import MemoryStore, Write

from .examples import ACTIONS, entered, parts_of, read_back, stored

NOTE = entered(Note("x"))
BALLOTS = entered(RecordBallots({"1-101": "for"}, channel="paper", evidence="box"))


def assert_refused(payload: bytes, private: bytes | None = None) -> None:
    """It is refused as a broken record, with the entry's number, or as a kind that is not known, with its name."""
    with pytest.raises((BrokenRecord, UnknownKind)) as raised:
        read_back(payload, private, {})
    if isinstance(raised.value, BrokenRecord):
        assert raised.value.number == 2
    else:
        assert raised.value.kind


def put(entry: Entry, old: bytes, new: bytes) -> bytes:
    """The payload of an entry with some bytes in it changed."""
    assert old in entry.payload
    return entry.payload.replace(old, new, 1)


DEEP = {
    "lists": b"[" * 100_000 + b"]" * 100_000,
    "mappings": b'{"a":' * 100_000 + b"1" + b"}" * 100_000,
    "open lists": b"[" * 100_000,
    "both": b'[{"a":' * 50_000 + b"1" + b"}]" * 50_000,
}
LONG = b'"' + b"x" * 20_000_000 + b'"'
VALUES: dict[str, bytes] = {
    **DEEP,
    "NaN": b"NaN",
    "Infinity": b"-Infinity",
    "float": b"1.0",
    "exponent": b"1e5000000",
    "many digits": b"9" * 5000,
    "beyond 53 bits": b"9007199254740993",
    "leading nought": b"01",
    "truth value": b"true",
    "null": b"null",
    "lone surrogate": b'"\\ud800"',
    "two halves in the wrong order": b'"\\ude00\\ud83d"',
    "no UTF-8": b'"\xff\xfe"',
    "surrogate in UTF-8": b'"\xed\xa0\x80"',
    "overlong": b'"\xc0\xaf"',
    "control": b'"a\nb"',
    "control, escaped": b'"\\u0000"',
    "decomposed": b'"e\\u0301"',
    "list": b"[]",
    "mapping": b"{}",
    "empty": b"",
    "comment": b"/**/1",
    "twenty megabytes": LONG,
    "text beyond 64 KiB": b'"' + b"x" * 65_537 + b'"',
}


class TestPayloads:
    """In any place of a payload."""

    PLACES: tuple[tuple[str, bytes, bytes], ...] = (
        ("the payload itself", NOTE.payload, b"%s"),
        ("number", b'"number":2', b'"number":%s'),
        ("version", b'"version":1', b'"version":%s'),
        ("kind", b'"kind":"note"', b'"kind":%s'),
        ("by", b'"by":"sec-1"', b'"by":%s'),
        ("at", b'"at":"2026-03-02T01:00:00.000001Z"', b'"at":%s'),
        ("previous", b'"previous":"%s"' % (b"0" * 64), b'"previous":%s'),
        ("private", b'"private":{}', b'"private":%s'),
        ("private value", b'"private":{}', b'"private":{"x":%s}'),
        ("effect", b'"effect":{}', b'"effect":%s'),
        ("outcome", b'"effect":{}', b'"effect":{"outcome":%s}'),
        ("rule", b'"effect":{}', b'"effect":{"rule":%s}'),
        ("ruling", b'"effect":{}', b'"effect":{"ruling":%s}'),
        ("due", b'"effect":{}', b'"effect":{"due":{"x":%s}}'),
        ("carried", b'"effect":{}', b'"effect":{"carried":{"x":%s}}'),
        ("action", b'"action":{"text":{"en":"x","zh":"x"}}', b'"action":%s'),
        ("text", b'"text":{"en":"x","zh":"x"}', b'"text":%s'),
        ("words", b'"en":"x"', b'"en":%s'),
    )
    # What is as good a value there as any other: plain data that are carried, a key, a name, words, nobody.
    FINE = frozenset(
        {
            ("carried", "truth value"),
            ("carried", "null"),
            ("by", "null"),
            ("private", "mapping"),
            ("effect", "mapping"),
            ("carried", "list"),
            ("carried", "mapping"),
            ("rule", "null"),
            ("ruling", "null"),
            ("outcome", "null"),
        }
    )

    # What the chain and the seals check, not the type: any string may stand there and leads nowhere.
    ANY_STRING = frozenset({"previous", "private value"})
    STRINGS = frozenset({"decomposed", "control, escaped", "text beyond 64 KiB"})

    @pytest.mark.parametrize("value", VALUES)
    def test_a_malformed_value(self, value: str) -> None:
        """In every place, a value that JSON, the type or the limits do not allow is refused."""
        for name, old, new in self.PLACES:
            payload = put(NOTE, old, new % VALUES[value])
            if (name, value) in self.FINE or (name in self.ANY_STRING and value in self.STRINGS):
                _ours(payload)
            else:
                try:
                    assert_refused(payload)
                except pytest.fail.Exception:
                    pytest.fail(f"{value} as {name} was read")

    @pytest.mark.parametrize(
        ("old", "new"),
        [
            (b'"number":2', b'"number":2,"number":2'),
            (b'"by":"sec-1"', b'"by":"nobody","by":"sec-1"'),
            (b'"en":"x"', b'"en":"y","en":"x"'),
            (b'"effect":{}', b'"effect":{"outcome":"carried","outcome":"lost"}'),
            (b'"number":2', b'"colour":"red","number":2'),
            (b'"text":', b'"colour":"red","text":'),
            (b'"en":"x"', b'"colour":"red","en":"x"'),
            (b'"effect":{}', b'"effect":{"colour":"red"}'),
            (b'"number":2', b'"number": 2'),
            (b'"en":"x"', b'"en":"\\u0078"'),
            (b'"effect":{}', b'"effect":{"outcome":null}'),
            (b'"version":1}', b'"version":1} '),
            (b'"version":1}', b'"version":1}{}'),
            (b'{"action"', b'\xef\xbb\xbf{"action"'),
            (b'"action":{"text":{"en":"x","zh":"x"}},', b""),
            (b'"at":"2026-03-02T01:00:00.000001Z"', b'"at":"2026-03-02T01:00:00.000001"'),
            (b'"at":"2026-03-02T01:00:00.000001Z"', b'"at":"2026-03-02T09:00:00.000001+08:00"'),
            (b'"at":"2026-03-02T01:00:00.000001Z"', b'"at":"2026-03-02T01:00:00.0000010Z"'),
            (b'"at":"2026-03-02T01:00:00.000001Z"', b'"at":"0001-01-01T00:00:00Z"'),
            (b'"kind":"note"', b'"kind":"seance"'),
            (b'"kind":"note"', b'"kind":"Note"'),
            (b'"kind":"note"', b'"kind":"withdraw"'),
            (b'"version":1', b'"version":2'),
            (b'"version":1', b'"version":0'),
            (b'"number":2', b'"number":3'),
            (b'"by":"sec-1"', b'"by":"sec-1 "'),
            (b'"by":"sec-1"', b'"by":""'),
            (b'"key":null', b'"key":""'),
        ],
    )
    def test_another_way_of_saying_it(self, old: bytes, new: bytes) -> None:
        """A payload has one form (RFC 8785): doubled keys, unknown fields, spaces and other escapes are refused."""
        assert_refused(put(NOTE, old, new))

    @pytest.mark.parametrize("kind", sorted(ACTIONS, key=lambda kind: kind.kind), ids=lambda kind: kind.kind)
    @given(data=st.data())
    @settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
    def test_junk_in_any_field_of_any_action(self, kind: type[Action], data: st.DataObject) -> None:
        """Junk in any place of any payload is an error of ours, or is read as a value that is kept the same way."""
        action = data.draw(ACTIONS[kind])
        payload = json.loads(entered(action).payload)
        paths = list(_paths(payload))
        path = data.draw(st.sampled_from(paths))
        _put_at(payload, path, data.draw(JUNK))
        _ours(canonical_or_not(payload), parts=parts_of(action))

    @pytest.mark.parametrize("kind", sorted(ACTIONS, key=lambda kind: kind.kind), ids=lambda kind: kind.kind)
    @given(data=st.data())
    @settings(suppress_health_check=[HealthCheck.too_slow])
    def test_an_unknown_field_of_any_action(self, kind: type[Action], data: st.DataObject) -> None:
        """A field that the kind does not have is refused in each of them."""
        action = data.draw(ACTIONS[kind])
        payload = json.loads(entered(action).payload)
        payload["action"]["colour"] = "red"
        with pytest.raises(BrokenRecord) as raised:
            read_back(canonical(payload), None, parts_of(action))
        assert raised.value.number == 2


JUNK = st.sampled_from(
    [
        None,
        True,
        0,
        -1,
        5,
        1.5,
        2**63,
        "",
        "x",
        "e\u0301",
        "\x00",
        "x" * 70_000,
        [],
        {},
        [None],
        {"x": 1},
        [[[]]],
        {"is": 1},
    ]
)


def canonical_or_not(data: Any) -> bytes:
    """JSON with sorted keys, also of what is not plain."""
    return msgspec.json.encode(data, order="sorted")


def _paths(data: Any, path: tuple[Any, ...] = ()) -> Any:
    if path:
        yield path
    if isinstance(data, dict):
        for key, value in data.items():
            yield from _paths(value, (*path, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from _paths(value, (*path, index))


def _put_at(data: Any, path: tuple[Any, ...], value: Any) -> None:
    for key in path[:-1]:
        data = data[key]
    data[path[-1]] = value


def _ours(payload: bytes, private: bytes | None = None, parts: Any = None) -> None:
    """It is an error of ours, or it is read as something that is stored as exactly these bytes."""
    try:
        entry = read_back(payload, private, parts or {})
    except (BrokenRecord, UnknownKind):
        return
    assert stored(entry)[0] == payload


class TestPrivateValues:
    """In the private values and their salts."""

    @pytest.mark.parametrize("value", VALUES)
    def test_a_malformed_value(self, value: str) -> None:
        """A private value that is malformed, or is not the sealed one, is refused."""
        held = canonical(BALLOTS.private())
        for old, new in (
            (held, b"%s"),
            (b'"value":{"1-101":"for"}', b'"value":%s'),
            (b'"1-101":"for"', b'"1-101":%s'),
        ):
            assert old in held
            private = held.replace(old, new % VALUES[value])
            if (value, old) != ("mapping", held):  # no private value at all is a record with all of them withheld
                assert_refused(BALLOTS.payload, private)

    @pytest.mark.parametrize(
        "private",
        [
            b'{"ballots":{"salt":"zz","value":{"1-101":"for"}}}',
            b'{"ballots":{"salt":"0","value":{"1-101":"for"}}}',
            b'{"ballots":{"salt":5,"value":{"1-101":"for"}}}',
            b'{"ballots":{"value":{"1-101":"for"}}}',
            b'{"ballots":{"salt":"00"}}',
            b'{"ballots":5}',
            b'{"other":{"salt":"00","value":1}}',
            b"[]",
            b"",
            b"\xff",
            b"null",
        ],
    )
    def test_another_shape(self, private: bytes) -> None:
        """Salts that are no bytes, missing halves, and paths that were never sealed are refused."""
        assert_refused(BALLOTS.payload, private)

    def sealed(self, path: str, value: Any, action: Action) -> tuple[bytes, bytes]:
        """A payload and private values that agree, with a private value that its field does not allow."""
        payload = json.loads(entered(action, by="1-101").payload)
        payload["private"] = {**payload["private"], path: seal(value, b"s" * 16)}
        private = {path: {"salt": (b"s" * 16).hex(), "value": value}}
        return canonical(payload), canonical(private)

    @pytest.mark.parametrize(
        ("path", "value", "action"),
        [
            ("ballots", {"1-101": "perhaps"}, RecordBallots({"1-101": "for"}, channel="paper", evidence="box")),
            ("ballots", "for", RecordBallots({"1-101": "for"}, channel="paper", evidence="box")),
            ("ballots", {}, RecordBallots({"1-101": "for"}, channel="paper", evidence="box")),
            ("choice", "perhaps", stages.CastBallot("for")),
            ("choice", 5, stages.CastBallot("for")),
            ("author", 5, stages.ReceiveOpinion("x", author="1-102")),
            ("author", "", stages.ReceiveOpinion("x", author="1-102")),
            ("by", 5, stages.ReceiveOpinion("x")),
            ("by", ["1-101"], stages.ReceiveOpinion("x")),
            ("by", "", stages.ReceiveOpinion("x")),
            ("nothing", "x", stages.ReceiveOpinion("x")),
            ("nothing", "x", Note("x")),
        ],
    )
    def test_a_sealed_value_that_cannot_be(self, path: str, value: Any, action: Action) -> None:
        """A value that was sealed as it is, and that its field does not allow, is refused."""
        assert_refused(*self.sealed(path, value, action))


class TestParts:
    """In the rolls and procedures that a record refers to."""

    @pytest.mark.parametrize("which", ["roll", "procedure"])
    @pytest.mark.parametrize("value", [*VALUES, "not a mapping", "other fields"])
    def test_a_malformed_part(self, which: str, value: str) -> None:
        """A part that is malformed is refused when the case is read, as a broken record or an unknown kind."""
        case = courtyard()
        digest_of = {"roll": case.dossier.rolls["owners"].digest, "procedure": case.procedure.digest}[which]
        content = {**VALUES, "not a mapping": b'["members"]', "other fields": b'{"members":[]}'}[value]
        store = MemoryStore()
        docket = Docket(store)
        docket.open(case.matter, case.procedure, case.dossier.rolls, case.offices, at=case.entries[0].at, by="sec-1")
        (record,), parts = store.load(case.id)
        forged = digest(content)
        payload = record.payload.replace(digest_of.encode(), forged.encode())
        assert payload != record.payload
        other = MemoryStore()
        parts = {key: part for key, part in parts.items() if key != digest_of} | {forged: content}
        other.append(
            Write(
                stream=case.id,
                expected=0,
                records=[structs.replace(record, payload=payload, digest=digest(payload))],
                parts=parts,
            )
        )
        with pytest.raises(YizhengError) as raised:
            Docket(other).case(case.id)
        assert isinstance(raised.value, BrokenRecord | UnknownKind)


class TestLimits:
    """Row R19: where a limit applies, the answer is fast."""

    @pytest.mark.parametrize(
        "make",
        [
            lambda: put(NOTE, b'"en":"x"', b'"en":' + LONG),
            lambda: put(NOTE, b'"effect":{}', b'"effect":{"carried":{"x":' + DEEP["lists"] + b"}}"),
            lambda: put(NOTE, b'"effect":{}', b'"effect":{"carried":{"x":' + DEEP["mappings"] + b"}}"),
            lambda: put(NOTE, b'"effect":{}', b'"effect":{"carried":{"x":[' + b"1," * 400_000 + b"1]}}"),
            lambda: DEEP["lists"],
            lambda: LONG,
        ],
        ids=["text of 20 MB", "lists", "mappings", "many values", "all lists", "all text"],
    )
    def test_it_is_refused_fast(self, make: Callable[[], bytes]) -> None:
        """Twenty megabytes, or a hundred thousand brackets, are refused in 50 ms, beside the digest taken first."""
        payload = make()
        claimed, began = digest(payload), time.process_time()
        digest(payload)
        for_digests = time.process_time() - began
        assert claimed
        taken = []
        for _ in range(3):
            start = time.process_time()
            with pytest.raises(BrokenRecord):
                read_back(payload, None, {})
            taken.append(time.process_time() - start)
        assert min(taken) - 2 * for_digests < 0.05

    def test_at_the_limit_it_is_read(self) -> None:
        """Words of 64 KiB are kept and read."""
        entry = entered(Note("x" * 65_536))
        assert read_back(*stored(entry), {}) == entry


def test_the_opening_is_read_as_any_other() -> None:
    """An opening that refers to parts that are no parts of it is refused with its number."""
    entry = entered(courtyard().entries[0].action)
    assert isinstance(entry.action, Open)
    parts = parts_of(entry.action)
    assert read_back(*stored(entry), parts) == entry
    for missing in parts:
        with pytest.raises(BrokenRecord) as raised:
            read_back(*stored(entry), {key: part for key, part in parts.items() if key != missing})
        assert raised.value.number == 2
