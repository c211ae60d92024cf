"""What is let through at a glance is what a close look would let through too."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from yizheng.errors import InvalidType, InvalidValue
from yizheng.store import Record, Write, refusals
from yizheng.testing.samples import record, write

TEXTS = st.sampled_from(["a", "k", "", "x\0", "\ud800", "长", "a b", "\n", 5, None])
NUMBERS = st.sampled_from([0, 1, 2, -1, 2**63 - 1, 2**63, True, 1.0, "1"])
BYTES = st.sampled_from([b"{}", b"", bytearray(b"x"), "x", None])
MOMENTS = st.sampled_from(
    [
        datetime(2026, 3, 1, tzinfo=UTC),
        datetime(2026, 3, 1, tzinfo=timezone(timedelta(hours=8))),
        datetime(2026, 3, 1, tzinfo=UTC, fold=1),
        datetime(2026, 3, 1, tzinfo=timezone(timedelta(0))),
        "2026-03-01",
    ]
)


@st.composite
def a_record(draw: st.DrawFn) -> Record:
    """A record that is sound but for one field, or altogether."""
    fields: dict[str, Any] = {
        "stream": TEXTS,
        "version": NUMBERS,
        "kind": TEXTS,
        "kind_version": NUMBERS,
        "moment": MOMENTS,
        "payload": BYTES,
        "private": BYTES,
        "digest": TEXTS,
        "key": TEXTS,
    }
    field = draw(st.sampled_from([*fields, None]))
    sound = record(version=draw(st.sampled_from([1, 2])), key=draw(st.sampled_from(["k", None])))
    return sound if field is None else structs.replace(sound, **{field: draw(fields[field])})


@st.composite
def a_write(draw: st.DrawFn) -> Write:
    """A write that is sound, or not in some way."""
    fields: dict[str, Any] = {
        "stream": TEXTS,
        "expected": NUMBERS,
        "records": st.lists(a_record() | TEXTS, max_size=1) | st.tuples(st.just(record(key="k")), a_record()),
        "parts": st.dictionaries(TEXTS, BYTES, max_size=2) | st.just([]),
        "facts": st.dictionaries(TEXTS, TEXTS, max_size=2) | st.just([]),
        "private": st.dictionaries(NUMBERS, BYTES, max_size=1),
    }
    chosen = draw(st.sets(st.sampled_from([*fields]), max_size=3))
    given_: dict[str, Any] = {"stream": "a", "expected": 0, "records": [record()]}
    return Write(**given_ | {field: draw(fields[field]) for field in chosen})


class TestAtAGlance:
    """A write that is let through at a glance has no fault that a close look would find."""

    @settings(max_examples=600)
    @given(a_write())
    def test_nothing_unsound_is_let_through(self, one: Write) -> None:
        """Whatever is plainly sound is sound."""
        if refusals._is_plain(one):
            refusals._check_closely([one])

    @given(a_write())
    def test_the_answer_is_the_same(self, one: Write) -> None:
        """Whether a write is looked at alone or beside another, its faults are refused alike."""
        other = write("another")
        try:
            refusals.check_writes([one])
        except (InvalidType, InvalidValue) as alone:
            with pytest.raises(type(alone)):
                refusals.check_writes([one, other])

    def test_what_a_docket_writes_is_let_through(self) -> None:
        """An ordinary write is plainly sound: what this is for."""
        assert refusals._is_plain(write(count=12, parts={"d": b"x"}, facts={"stage": "solicit", "due": None}))
        assert refusals._is_plain(write(expected=4))
        assert not refusals._is_plain(write(expected=4, private={1: None}))
