"""What is private can be taken away, and nothing else changes by that: a part of the second level."""

from __future__ import annotations

from typing import Any

from msgspec import structs

from yizheng.errors import InvalidType, InvalidValue, VersionConflict
from yizheng.store import Store, Write
from yizheng.testing.samples import record, refuses, write

__all__ = ["TakingChecks"]

_SECRETS = (b"\x00\xff phone", b"address", b"by")


class TakingChecks:
    """Private parts of earlier records, of which less is left, or nothing."""

    def test_a_private_part_is_taken_away(self, store: Store) -> None:
        """Nothing is left of it, or what the writer says, and it is gone from every answer; all else is as it was."""
        before = _with_secrets(store)
        store.append(write(expected=3, private={1: None, 3: b"b"}))
        after = (
            structs.replace(before[0], private=None),
            before[1],
            structs.replace(before[2], private=b"b"),
            record("a", 4),
        )
        assert store.read("a") == store.load("a")[0] == after
        assert store.load("a")[1] == {"p": b"P"}
        assert [kept for _, kept in store.read_all() if kept.stream == "a"] == list(after)
        assert store.facts("a") == {"stage": "1"}

    def test_what_is_taken_away_keeps_its_place(self, store: Store) -> None:
        """The record stays where it stood in the order of everything, at the same position."""
        _with_secrets(store)
        before = [(position, kept.stream, kept.version) for position, kept in store.read_all()]
        store.append(write("a", expected=3, count=0, private={1: None}))
        assert [(position, kept.stream, kept.version) for position, kept in store.read_all()] == before

    def test_it_is_taken_from_the_record_that_is_named(self, store: Store) -> None:
        """The record of the same version in another stream keeps what it has."""
        whole = record("b", private=b"other")
        store.append(write("b", records=[whole]), write("b ", records=[record("b ", private=b"third")]))
        _with_secrets(store)
        store.append(write("a", expected=3, count=0, private={1: None}))
        assert store.read("b") == (whole,)
        assert store.read("b ") == (record("b ", private=b"third"),)

    def test_it_can_be_taken_away_bit_by_bit(self, store: Store) -> None:
        """What was left can be taken away later."""
        _with_secrets(store)
        for left in (b"four", b"", None):
            store.append(write("a", expected=store.version("a"), private={1: left}))
            assert store.read("a")[0].private == left

    def test_records_and_what_is_taken_away_are_one_append(self, store: Store) -> None:
        """Where the stream has moved on, or anything else is refused, nothing is taken away."""
        _with_secrets(store)
        refuses(store, VersionConflict, write(expected=2, private={1: None}))
        refuses(store, VersionConflict, write(expected=3, private={1: None}), write("b"), write("c", expected=1))
        refuses(store, InvalidValue, write(expected=3, private={1: None}, parts={"p": b"other"}))
        refuses(store, InvalidValue, write(expected=3, private={1: None}), write("b", records=[record("b", kind="\0")]))

    def test_nothing_is_given_or_exchanged(self, store: Store) -> None:
        """A private part does not grow, change for another of its length, or come back; one that was never there neither."""
        _with_secrets(store)
        plain = write("plain")
        store.append(plain, write("a", expected=3, count=0, private={2: None}))
        length = len(_SECRETS[0])
        for private in (
            {1: b"x" * (length + 1)},
            {1: b"x" * length},
            {1: _SECRETS[0]},
            {2: b""},
            {2: None},
            {2: b"address"},
        ):
            refuses(store, InvalidValue, write(expected=3, private=private))
        for private in ({1: b""}, {1: None}):
            refuses(store, InvalidValue, write("plain", expected=1, private=private))

    def test_every_private_part_that_does_not_fit_is_told(self, store: Store) -> None:
        """A writer is told of all records that have less than would be left, and one that fits does not save the others."""
        _with_secrets(store)
        error = refuses(store, InvalidValue, write(expected=3, private={1: None, 2: b"x" * 99, 3: b"y" * 99}))
        assert len(error.faults) == 2

    def test_only_earlier_records_are_named(self, store: Store) -> None:
        """A record of the same write, a later one, and one of a stream that does not exist have nothing to be taken away."""
        _with_secrets(store)
        fourth = record(version=4, private=b"fourth")
        for bad in (
            write(expected=3, records=[fourth], private={4: None}),
            write(expected=3, private={5: None}),
            write(expected=3, count=0, private={4: None}),
            write("new", private={1: None}),
            write("new", count=0, private={1: None}),
        ):
            refuses(store, InvalidValue, bad)
        refuses(store, VersionConflict, write(expected=9, count=0, private={9: None}))

    def test_what_is_left_is_of_its_kind(self, store: Store) -> None:
        """Versions are integers from 1 on, and what is left is bytes or nothing."""
        _with_secrets(store)
        unsound: tuple[dict[Any, Any], ...] = (
            {0: None}, {-1: None}, {True: None}, {1.0: None}, {"1": None}, {2**63: None},
            {1: ""}, {1: bytearray()}, {1: 0}, {1: False},
        )  # fmt: skip
        for private in unsound:
            refuses(store, InvalidValue, write(expected=3, private=private))
        strange: Any = [1]
        refuses(store, InvalidType, Write(stream="a", expected=3, private=strange))

    def test_whoever_was_given_a_record_keeps_it(self, store: Store) -> None:
        """What was read before stays as it was read, and a reader that is under way meets what is there now."""
        _with_secrets(store)
        seen = store.read("a")
        store.append(write("a", expected=3, count=0, private={1: None}))
        assert [kept.private for kept in seen] == list(_SECRETS)
        assert next(iter(store.read_all()))[1].private is None


def _with_secrets(store: Store) -> tuple[Any, ...]:
    records = tuple([record("a", number, private=secret) for number, secret in enumerate(_SECRETS, 1)])
    store.append(write("a", records=records, facts={"stage": "1"}, parts={"p": b"P"}))
    return records
